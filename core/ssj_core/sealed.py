"""What is sealed before any entropy exists: plan, rules, rosters, exclusions, and the files that hold them."""

from collections.abc import Mapping
from functools import cached_property
from typing import Final

from attrs import frozen

from ssj_core.commitment import Commitment, OfficerLine, SubjectLine, commit
from ssj_core.rules.effective import EffectiveRules, decode_rules
from ssj_core.rules.model import ClassRatio
from ssj_core.strata import DrawClass, Quota, quotas
from ssj_core.tables import (
    OFFICER,
    SEALED_FILES,
    SUBJECT,
    ExcludedRow,
    OfficerRow,
    RecusalRow,
    SubjectRow,
    TableError,
    decode_table,
    encode_table,
)

LARGEST_TEAM: Final = 50
PLAN_FILE: Final = "plan.toml"
RULES_FILE: Final = "rules.toml"


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
    previous_head: str

    @cached_property
    def tables(self) -> dict[str, bytes]:
        """The four sealed tables by file name."""
        return {
            "subjects.csv": encode_table(SubjectRow, self.subjects),
            "officers.csv": encode_table(OfficerRow, self.officers),
            "excluded.csv": encode_table(ExcludedRow, self.excluded),
            "recusals.csv": encode_table(RecusalRow, self.recusals),
        }

    @cached_property
    def files(self) -> dict[str, bytes]:
        """All sealed files by name: plan, rules, tables."""
        return {PLAN_FILE: self.plan, RULES_FILE: self.rules_data, **self.tables}

    @cached_property
    def commitment(self) -> Commitment:
        """The commitment over all of this (SPEC §5)."""
        return commit(
            self.rules.draw_id,
            [SubjectLine(id=s.id, stratum=s.stratum) for s in self.subjects],
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
        InputError: `rules.toml` cannot be read. TableError: a table is not canonical. KeyError: a file is missing.
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
        previous_head=previous_head,
    )
    check_sealed(sealed)
    return sealed


def check_sealed(sealed: Sealed) -> None:
    """What no honest sealing can hold (SPEC §4, §9).

    Raises:
        TableError: a stratum named twice or a subject in none, negative numbers, mixed rounding of a shared total, rows
        out of order.
    """
    ratio = sealed.rules.ratio
    strata = [s for c in ratio.classes for s in c.strata]
    if len(set(strata)) < len(strata):
        raise TableError("rules.toml names a stratum twice")
    if unknown := {s.stratum for s in sealed.subjects} - set(strata):
        raise TableError(f"subjects.csv: no such stratum: {', '.join(sorted(unknown))}")
    numbers = [n for c in ratio.classes for n in (c.at_least, c.small_below, c.small_take) if isinstance(n, int)]
    if min([ratio.reserve, *numbers]) < 0 or not 2 <= sealed.rules.team.size <= LARGEST_TEAM:
        raise TableError("rules.toml holds a number below what is allowed")
    if ratio.total == "shared" and len({c.rounding for c in ratio.classes}) > 1:
        raise TableError("rules.toml shares a total among classes of different rounding")
    _check_everybody(sealed)
    for name, keys in (
        ("subjects.csv", [s.id.encode() for s in sealed.subjects]),
        ("officers.csv", [o.id.encode() for o in sealed.officers]),
        ("excluded.csv", [(e.unit, e.id.encode()) for e in sealed.excluded]),
        ("recusals.csv", [(r.subject.encode(), r.officer.encode(), r.rule) for r in sealed.recusals]),
    ):
        if keys != sorted(keys):
            raise TableError(f"{name} is not in its order")


def _check_everybody(sealed: Sealed) -> None:
    """Everybody of both rosters is in the pool or among the excluded, once (SPEC §3)."""
    for role, unit, rows in (("subjects", SUBJECT, sealed.subjects), ("officers", OFFICER, sealed.officers)):
        left_out = [e.id for e in sealed.excluded if e.unit == unit]
        ids = [row.id for row in rows] + left_out
        if len(set(ids)) < len(ids):
            raise TableError(f"somebody stands twice among {role} and excluded")
        pins = [pin.rows for pin in sealed.rules.rosters if pin.role == role]
        if pins != [len(ids)]:
            raise TableError(f"the roster of {role} had {pins} rows, {role} and excluded have {len(ids)}")
    if unknown := {e.unit for e in sealed.excluded} - {SUBJECT, OFFICER}:
        raise TableError(f"excluded.csv: no such unit: {', '.join(sorted(unknown))}")
