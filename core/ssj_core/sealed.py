"""What is sealed before any entropy exists: plan, rules, rosters, exclusions, and the files that hold them."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain
from typing import Final

from attrs import frozen

from ssj_core.canonical import check_id
from ssj_core.commitment import Commitment, OfficerLine, SubjectLine, commit
from ssj_core.pool import ACCOMPANIES, NO_SUBJECT, OTHER_SECTOR
from ssj_core.problems import Problem, problem
from ssj_core.rules.effective import EffectiveRules, SealedRatio, decode_rules
from ssj_core.rules.model import MOST_TICKETS, ClassRatio
from ssj_core.sealed_team import colleagues_wrong, limits_wrong, plan_of_places_wrong
from ssj_core.strata import DrawClass, Quota, quotas, strata_of
from ssj_core.structuring import shown
from ssj_core.tables import (
    OFFICER,
    SEALED_FILES,
    SITES_FILE,
    SUBJECT,
    TICKETS_FILE,
    ExcludedRow,
    OfficerRow,
    RecusalRow,
    SiteRow,
    SubjectRow,
    TableError,
    TicketsRow,
    decode_table,
    encode_table,
)

LARGEST_TEAM: Final = 50
PLAN_FILE: Final = "plan.toml"
RULES_FILE: Final = "rules.toml"
ORDERS: Final[Mapping[str, tuple[str, str]]] = {
    "subjects.csv": ("编号", "the id"),
    "officers.csv": ("编号", "the id"),
    "excluded.csv": ("类别、编号", "unit and id"),
    "recusals.csv": ("检查对象、执法检查人员、规则", "subject, officer and rule"),
    "tickets.csv": ("编号", "the id"),
    "sites.csv": ("编号", "the id"),
}
"""What each sealed table is sorted by, in words."""


SealedRow = SubjectRow | OfficerRow | ExcludedRow | RecusalRow


class SealedError(TableError):
    """Sealed files that can be read and hold what no honest sealing can hold; `problems` says all of it."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(f"{p.code} {p.file} {p.message('en')}" for p in self.problems))


@frozen(kw_only=True)
class Sealed:
    """封存: everything that decides a draw but the seed. `previous_head` is the ledger's head at that moment.

    `rules_data` are the very bytes of `rules.toml`: what is hashed is the file, not what this version would write.
    """

    plan: bytes
    rules: EffectiveRules
    rules_data: bytes
    subjects: tuple[SubjectRow, ...]
    officers: tuple[OfficerRow, ...]
    excluded: tuple[ExcludedRow, ...]
    recusals: tuple[RecusalRow, ...]
    tickets: tuple[TicketsRow, ...] = ()
    sites: tuple[SiteRow, ...] = ()
    previous_head: str

    @cached_property
    def tables(self) -> dict[str, bytes]:
        """The sealed tables by file name; those of weights and of a second stage where the rules have them."""
        made = {
            "subjects.csv": encode_table(SubjectRow, self.subjects),
            "officers.csv": encode_table(OfficerRow, self.officers),
            "excluded.csv": encode_table(ExcludedRow, self.excluded),
            "recusals.csv": encode_table(RecusalRow, self.recusals),
        }
        if self.rules.weights:
            made[TICKETS_FILE] = encode_table(TicketsRow, self.tickets)
        if self.rules.second_stage:
            made[SITES_FILE] = encode_table(SiteRow, self.sites)
        return made

    @cached_property
    def ticket_counts(self) -> Mapping[str, int]:
        """How many tickets each subject has; empty in a draw without weights."""
        return {row.id: row.tickets for row in self.tickets}

    @cached_property
    def files(self) -> dict[str, bytes]:
        """All sealed files by name: plan, rules, tables."""
        return {PLAN_FILE: self.plan, RULES_FILE: self.rules_data, **self.tables}

    @property
    def subject_lines(self) -> list[SubjectLine]:
        """The subjects as the commitment has them (SPEC §5.1)."""
        counts = self.ticket_counts
        return [SubjectLine(id=s.id, stratum=s.stratum, tickets=counts.get(s.id, 0)) for s in self.subjects]

    @cached_property
    def commitment(self) -> Commitment:
        """The commitment over all of this (SPEC §5)."""
        return commit(
            self.rules.draw_id,
            self.subject_lines,
            [OfficerLine(id=o.id, section=o.section, cap=o.cap, history=o.history) for o in self.officers],
            plan=self.plan,
            rules=self.rules_data,
            previous_head=self.previous_head,
        )

    @cached_property
    def quotas(self) -> tuple[Quota, ...]:
        """Quotas by stratum (SPEC §4), from the sealed classes and the subjects."""
        sizes: dict[str, int] = {}
        for subject in self.subjects:
            sizes[subject.stratum] = sizes.get(subject.stratum, 0) + 1
        classes = [
            DrawClass(
                id=c.id,
                strata=c.strata,
                ratio=ClassRatio(
                    ratio=c.ratio,
                    bound=c.bound,
                    rounding=c.rounding,
                    at_least=c.at_least,
                    small_below=c.small_below,
                    small_take=c.small_take,
                ),
            )
            for c in self.rules.ratio.classes
        ]
        return quotas(classes, sizes, self.rules.ratio.total)


def unseal(files: Mapping[str, bytes], previous_head: str) -> Sealed:
    """Read the sealed files back.

    Raises:
        InputError: `rules.toml` cannot be read. TableError: a table is not canonical. SealedError: what is read cannot
        have been sealed. KeyError: a file is missing.
    """
    rules = decode_rules(files[RULES_FILE], RULES_FILE)
    subjects, officers, excluded, recusals = (files[name] for name in SEALED_FILES)
    sealed = Sealed(
        plan=files[PLAN_FILE],
        rules=rules,
        rules_data=files[RULES_FILE],
        subjects=decode_table(SubjectRow, subjects),
        officers=decode_table(OfficerRow, officers),
        excluded=decode_table(ExcludedRow, excluded),
        recusals=decode_table(RecusalRow, recusals),
        tickets=decode_table(TicketsRow, files[TICKETS_FILE]) if rules.weights else (),
        sites=decode_table(SiteRow, files[SITES_FILE]) if rules.second_stage else (),
        previous_head=previous_head,
    )
    check_sealed(sealed)
    return sealed


def check_sealed(sealed: Sealed) -> None:
    """What no honest sealing can hold (SPEC §4, §9).

    Raises:
        SealedError: with all that is wrong.
    """
    found = [*_rules_wrong(sealed.rules), *_strata_wrong(sealed), *_people_wrong(sealed), *_named_wrong(sealed)]
    found += colleagues_wrong(sealed.rules.team, sealed.officers, sealed.excluded)
    found += limits_wrong(sealed.rules.team, sealed.rules.start, sealed.rules.end, sealed.officers)
    found += [*_tickets_wrong(sealed), *_sites_wrong(sealed)]
    if found:
        raise SealedError(found)


def order_of(row: SealedRow) -> tuple[bytes, ...]:
    """What the rows of a sealed table are sorted by (SPEC §3)."""
    if isinstance(row, ExcludedRow):
        return (row.unit.encode(), row.id.encode())
    if isinstance(row, RecusalRow):
        return (row.subject.encode(), row.officer.encode(), row.rule.encode())
    return (row.id.encode(),)


def _rules_wrong(rules: EffectiveRules) -> Iterator[Problem]:
    ratio, team = rules.ratio, rules.team
    strata = Counter(s for c in ratio.classes for s in c.strata)
    for name in sorted(s for s, count in strata.items() if count > 1):
        yield problem("SSJ-V053", file=RULES_FILE, field="ratio.classes", value=name)
    numbers: dict[str, object] = {"ratio.reserve": ratio.reserve}
    for n, c in enumerate(ratio.classes, start=1):
        limits = {"at_least": c.at_least, "small_below": c.small_below, "small_take": c.small_take}
        numbers |= {f"ratio.classes[{n}].{name}": limit for name, limit in limits.items()}
    for field, number in numbers.items():
        if isinstance(number, int) and number < 0:
            yield problem("SSJ-V055", file=RULES_FILE, field=field, value=number, allowed="≥ 0")
    if not 2 <= team.size <= LARGEST_TEAM:
        yield problem("SSJ-V055", file=RULES_FILE, field="team.size", value=team.size, allowed=f"2–{LARGEST_TEAM}")
    yield from plan_of_places_wrong(team)
    roundings = sorted({c.rounding for c in ratio.classes})
    if ratio.total == "shared" and len(roundings) > 1:
        yield problem("SSJ-V056", file=RULES_FILE, field="ratio.classes", value=", ".join(roundings))
    yield from _classes_wrong(ratio)


def _classes_wrong(ratio: SealedRatio) -> Iterator[Problem]:
    """Order, strata and limits of the classes (SPEC §4.2, §4.4)."""
    ids = [c.id for c in ratio.classes]
    if ids != sorted(set(ids)):  # text sorts by code point, which is bytewise order
        yield problem("SSJ-V064", file=RULES_FILE, field="ratio.classes", value=shown(", ".join(ids)))
    for n, c in enumerate(ratio.classes, start=1):
        field, right = f"ratio.classes[{n}]", strata_of(c.id, coverage_first=ratio.coverage_first)
        if c.strata != right:
            yield problem("SSJ-V066", file=RULES_FILE, field=f"{field}.strata", value=c.id, right=", ".join(right))
        if ratio.total == "shared" and (c.at_least or c.small_below):
            yield problem("SSJ-V065", file=RULES_FILE, field=field, value=c.id)


def _strata_wrong(sealed: Sealed) -> Iterator[Problem]:
    strata = {s for c in sealed.rules.ratio.classes for s in c.strata}
    for row, subject in enumerate(sealed.subjects, start=2):
        if subject.stratum not in strata:
            yield problem(
                "SSJ-V054", file="subjects.csv", row=row, field="分层", value=subject.id, stratum=subject.stratum
            )


def _people_wrong(sealed: Sealed) -> Iterator[Problem]:
    """Everybody of both rosters is in the pool or among the excluded, once, and the tables are sorted (SPEC §3)."""
    rosters: tuple[tuple[str, str, Sequence[SubjectRow | OfficerRow]], ...] = (
        ("subjects", SUBJECT, sealed.subjects),
        ("officers", OFFICER, sealed.officers),
    )
    for role, unit, rows in rosters:
        listed = [(f"{role}.csv", n, row.id) for n, row in enumerate(rows, start=2)]
        if unit == SUBJECT:
            listed += [(SITES_FILE, n, row.id) for n, row in enumerate(sealed.sites, start=2)]
        left_out = (("excluded.csv", n, e.id) for n, e in enumerate(sealed.excluded, start=2) if e.unit == unit)
        seen: set[str] = set()
        count = 0
        for file, row, one in chain(listed, left_out):
            count += 1
            if one in seen:
                yield problem("SSJ-V057", file=file, row=row, field="编号", value=one)
            seen.add(one)
        pins = [pin.rows for pin in sealed.rules.rosters if pin.role == role]
        if pins != [count]:
            told = ", ".join(map(str, pins)) or "—"
            yield problem("SSJ-V058", file=f"{role}.csv", value=told, role=role, name=unit, count=count)
    for row, excluded in enumerate(sealed.excluded, start=2):
        if excluded.unit not in (SUBJECT, OFFICER):
            yield problem("SSJ-V059", file="excluded.csv", row=row, field="类别", value=excluded.unit)
    tables: tuple[Sequence[SealedRow], ...] = (sealed.subjects, sealed.officers, sealed.excluded, sealed.recusals)
    for name, table in zip(SEALED_FILES, tables, strict=True):
        keys = [order_of(row) for row in table]
        if keys != sorted(keys):
            zh, en = ORDERS[name]
            yield problem("SSJ-V036", file=name, order=zh, order_en=en)


def _named_wrong(sealed: Sealed) -> Iterator[Problem]:
    """Whoever is named has an id and is in the pool, and every rule that was applied is one that was sealed."""
    eligibility = {use.rule for use in sealed.rules.eligibility} | {OTHER_SECTOR, ACCOMPANIES}
    eligibility |= {NO_SUBJECT} if sealed.rules.second_stage else set()
    recusal = {use.rule for use in sealed.rules.recusal}
    for row, excluded in enumerate(sealed.excluded, start=2):
        if excluded.rule not in eligibility:
            yield problem("SSJ-V060", file="excluded.csv", row=row, field="规则", value=excluded.rule)
        if not excluded.reason:
            yield problem("SSJ-V238", file="excluded.csv", row=row, field="原因", value=excluded.id)
    subjects, officers = {s.id for s in sealed.subjects}, {o.id for o in sealed.officers}
    for row, r in enumerate(sealed.recusals, start=2):
        if r.rule not in recusal:
            yield problem("SSJ-V061", file="recusals.csv", row=row, field="规则", value=r.rule)
        for field, one, pool in ((SUBJECT, r.subject, subjects), (OFFICER, r.officer, officers)):
            if one not in pool:
                yield problem("SSJ-V062", file="recusals.csv", row=row, field=field, value=one)
    listed: tuple[Sequence[SubjectRow | OfficerRow | ExcludedRow], ...] = (
        sealed.subjects,
        sealed.officers,
        sealed.excluded,
    )
    for name, people in zip(SEALED_FILES, listed, strict=False):
        for row, person in enumerate(people, start=2):
            if not _is_id(person.id):
                yield problem("SSJ-V063", file=name, row=row, field="编号", value=person.id)


def _tickets_wrong(sealed: Sealed) -> Iterator[Problem]:
    """Every subject has its number of tickets, and that of its class where the strata tell the class (SPEC §7.3)."""
    weights = sealed.rules.weights
    if weights is None:
        return
    if [row.id for row in sealed.tickets] != [s.id for s in sealed.subjects]:
        yield problem("SSJ-V067", file=TICKETS_FILE, field="编号")
        return
    for name, tickets in weights.classes.items():
        if not 1 <= tickets <= MOST_TICKETS:
            field, allowed = f"weights.classes.{name}", f"1–{MOST_TICKETS}"
            yield problem("SSJ-V055", file=RULES_FILE, field=field, value=tickets, allowed=allowed)
    told = weights.stratifier == sealed.rules.ratio.stratifier
    class_of = {s: c.id for c in sealed.rules.ratio.classes for s in c.strata}
    known = set(weights.classes.values())
    for n, (row, subject) in enumerate(zip(sealed.tickets, sealed.subjects, strict=True), start=2):
        right = weights.classes.get(class_of.get(subject.stratum, "")) if told else row.tickets
        if row.tickets != right or row.tickets not in known:
            yield problem("SSJ-V068", file=TICKETS_FILE, row=n, field="签数", value=row.tickets, id=row.id)


def _sites_wrong(sealed: Sealed) -> Iterator[Problem]:
    """Sites are sorted, and each belongs to a subject of the pool (SPEC §7.4)."""
    stage = sealed.rules.second_stage
    if stage is not None and stage.count < 1:
        yield problem("SSJ-V055", file=RULES_FILE, field="second_stage.count", value=stage.count, allowed="≥ 1")
    ids = [row.id for row in sealed.sites]
    if ids != sorted(ids):
        zh, en = ORDERS[SITES_FILE]
        yield problem("SSJ-V036", file=SITES_FILE, order=zh, order_en=en)
    pool = {s.id for s in sealed.subjects}
    for n, row in enumerate(sealed.sites, start=2):
        if row.subject not in pool:
            yield problem("SSJ-V069", file=SITES_FILE, row=n, field="所属对象", value=row.subject)
        if not _is_id(row.id):
            yield problem("SSJ-V063", file=SITES_FILE, row=n, field="编号", value=row.id)


def _is_id(text: str) -> bool:
    try:
        check_id(text)
    except ValueError:
        return False
    return True
