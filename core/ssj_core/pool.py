"""SPEC §3: who takes part: sector, eligibility and recusal rules turn rosters into the pool and the excluded."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from attrs import evolve, frozen

from ssj_core.canonical import check_line_value
from ssj_core.causes import cause, named_cause
from ssj_core.foreign import failed
from ssj_core.model import Officer, Subject, UnitKind
from ssj_core.problems import InputError, Problem, problem
from ssj_core.rules.effective import SealedCompanion
from ssj_core.rules.model import Context, EligibilityRule, ParamValue, RecusalRule
from ssj_core.rules.ruleset import RuleUse
from ssj_core.rules.sectors import SectorNames
from ssj_core.tables import OFFICER, SUBJECT, ExcludedRow, RecusalRow
from ssj_core.text import Text
from ssj_core.watching import run

NO_SUBJECT: Final = "core.no_subject"
"""Rule id for a site (项目、小区) whose subject does not take part."""
OTHER_SECTOR: Final = "core.other_sector"
"""Rule id for whoever does not belong to the sectors of the batch."""
ACCOMPANIES: Final = "core.accompanies"
"""Rule id for experts and helpers: they accompany the officers and are never counted."""

TITLES: Final[Mapping[str, Text]] = {
    NO_SUBJECT: Text("所属对象不参加抽取", "its subject does not take part"),
    OTHER_SECTOR: Text("不属于本批次的监管类别", "not of the sectors of the batch"),
    ACCOMPANIES: Text("随同检查，不计入检查人员", "accompanies the officers and is not counted"),
}
"""What the rules of the core are called, as those of plugins have a title."""


@frozen(kw_only=True)
class Applied:
    """A rule with the parameters the ruleset gave it."""

    id: str
    applies_to: UnitKind
    check: Callable[..., str | None]
    context: Context


@frozen(kw_only=True)
class Pool:
    """抽取范围: subjects and officers that take part (sectors resolved to ids), and who is left out and why.

    `companions` are among the excluded: they accompany visits of the sectors named, of all where none is.
    """

    subjects: tuple[Subject, ...]
    officers: tuple[Officer, ...]
    excluded: tuple[ExcludedRow, ...]
    recusals: tuple[RecusalRow, ...]
    companions: tuple[SealedCompanion, ...] = ()


def apply_rules(
    uses: Iterable[RuleUse],
    known: Mapping[str, EligibilityRule] | Mapping[str, RecusalRule],
    context: Context,
    file: str,
    row: Callable[[int], int | None] = lambda _: None,
) -> tuple[Applied, ...]:
    """Bind parameters to rules; `file` and `row` say where each is used, counting from 0.

    Raises:
        InputError: a parameter the rule does not take, or of another type.
    """
    made: list[Applied] = []
    found: list[Problem] = []
    uses = tuple(uses)
    for n, use in enumerate(uses):
        rule = known[use.rule]
        wrong = _check_params(rule.id, rule.params, use.params, file)
        found.extend(evolve(p, row=row(n)) for p in wrong)
        bound = Context(
            year=context.year,
            start=context.start,
            end=context.end,
            sectors=context.sectors,
            params={**rule.params, **use.params},
            rules=tuple(one.rule for one in uses),
        )
        kind: UnitKind = getattr(rule, "applies_to", "officer")
        made.append(Applied(id=rule.id, applies_to=kind, check=rule.check, context=bound))
    if found:
        raise InputError(found)
    return tuple(made)


def make_pool(
    subjects: Sequence[Subject],
    officers: Sequence[Officer],
    names: SectorNames,
    sectors: tuple[str, ...],
    eligibility: Sequence[Applied],
    recusal: Sequence[Applied],
) -> Pool:
    """Apply the rules; everybody of both rosters ends in the pool or, with the first reason, among the excluded.

    Raises:
        InputError: an id stands twice in a roster (MUST-3.2), whatever its reader let pass. PluginError: a rule failed.
    """
    if found := [*_repeated(subjects, SUBJECT), *_repeated(officers, OFFICER)]:
        raise InputError(found)
    excluded: list[ExcludedRow] = []
    inside = _inside(subjects, SUBJECT, names, sectors, _of(eligibility, "subject"), excluded)
    companions = _companions(officers, names, sectors, excluded)
    counted = [o for o in officers if not o.accompanies]
    able = _inside(counted, OFFICER, names, sectors, _of(eligibility, "officer"), excluded)
    recusals = [
        RecusalRow(subject=subject.id, officer=officer.id, rule=rule.id, reason=reason)
        for subject in inside
        for officer in able
        for rule in recusal
        if (reason := ask(rule.id, rule.check, officer, subject, rule.context))
    ]
    return Pool(
        subjects=tuple(sorted(inside, key=lambda s: s.id.encode())),
        officers=tuple(sorted(able, key=lambda o: o.id.encode())),
        excluded=tuple(sorted(excluded, key=lambda e: (e.unit, e.id.encode()))),
        recusals=tuple(sorted(recusals, key=lambda r: (r.subject.encode(), r.officer.encode(), r.rule))),
        companions=tuple(sorted(companions, key=lambda c: c.id.encode())),
    )


def _repeated(units: Sequence[Subject] | Sequence[Officer], roster: str) -> Iterator[Problem]:
    first: dict[str, int] = {}
    for one in units:
        if one.id in first:
            code = one.id.partition(":")[2]
            yield problem("SSJ-R015", file=roster, row=one.row, field="编号", value=code, other=first[one.id])
        first.setdefault(one.id, one.row)


def _companions(
    officers: Sequence[Officer], names: SectorNames, sectors: tuple[str, ...], excluded: list[ExcludedRow]
) -> list[SealedCompanion]:
    """Experts and helpers of the batch; all of them are excluded from the places."""
    found = []
    for one in officers:
        if not one.accompanies:
            continue
        resolved = tuple(s for s in names.resolve(one.fields) if not sectors or s in sectors)
        rule, reason = ACCOMPANIES, f"{one.accompanies}，随行，不计入检查人员"
        if one.fields and not resolved:
            rule, reason = OTHER_SECTOR, "不属于本批次的监管类别"
        elif not one.available:
            reason = f"{one.accompanies}，名录注明不参加"
        else:
            found.append(SealedCompanion(id=one.id, kind=one.accompanies, sectors=tuple(sorted(resolved))))
        excluded.append(ExcludedRow(unit=OFFICER, id=one.id, name=one.name, rule=rule, reason=reason))
    return found


def _inside(
    units: Sequence[Any],
    unit: str,
    names: SectorNames,
    sectors: tuple[str, ...],
    rules: Sequence[Applied],
    excluded: list[ExcludedRow],
) -> list[Any]:
    attribute = "sectors" if unit == SUBJECT else "fields"
    taken = []
    for one in units:
        own = names.resolve(getattr(one, attribute))
        resolved = tuple(s for s in own if not sectors or s in sectors)
        rule_id, reason = ("", "") if resolved else (OTHER_SECTOR, "不属于本批次的监管类别")
        if resolved:
            asked = ((r.id, ask(r.id, r.check, one, r.context)) for r in rules)
            rule_id, reason = next(((rule, why) for rule, why in asked if why), ("", ""))
        if rule_id:
            excluded.append(ExcludedRow(unit=unit, id=one.id, name=one.name, rule=rule_id, reason=reason))
        else:
            taken.append(evolve(one, **{attribute: resolved}))
    return taken


def _of(rules: Sequence[Applied], kind: UnitKind) -> list[Applied]:
    return [r for r in rules if r.applies_to == kind]


def ask(rule: str, callback: Callable[..., object], *units: object) -> str | None:
    """What a foreign callback answers: None, or text that may stand in a sealed table.

    Raises:
        PluginError: it raised, or answered with anything else; the office gets a sentence that names the rule.
    """
    try:
        answer = run(rule, callback, *units)
    except KeyboardInterrupt:  # somebody at the keyboard
        raise
    except BaseException as error:  # a foreign callback may do anything, leave the process included
        raise failed(rule, named_cause(error)) from error
    if answer is None:
        return None
    if type(answer) is not str or not answer:
        raise failed(rule, Text(f"回答的不是文字：{answer!r:.60}", f"its answer is no text: {answer!r:.60}"))
    try:
        check_line_value(answer)
    except ValueError as error:
        raise failed(rule, cause(error)) from None
    return answer


def _check_params(
    rule: str, known: Mapping[str, ParamValue], given: Mapping[str, ParamValue], file: str
) -> Iterable[Problem]:
    for name, value in given.items():
        if name not in known:
            yield problem("SSJ-S024", file=file, field=rule, value=name, id=rule, known=", ".join(known) or "—")
        elif type(value) is not type(known[name]):
            zh, en = _TYPES[type(known[name])]
            yield problem(
                "SSJ-S025", file=file, field=rule, value=value, id=rule, name=name, expected=zh, expected_en=en
            )


_TYPES: Final = {
    int: ("整数", "a whole number"),
    bool: ("true 或 false", "true or false"),
    str: ("文字", "text"),
}
