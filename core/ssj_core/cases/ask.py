"""What the rules say of one case: each function asks one kind of value, as a draw would."""

from collections.abc import Mapping, Sequence
from typing import Any, Final, TypeVar

from ssj_core.batch_rules import checked_rules
from ssj_core.cases.model import Case
from ssj_core.model import Subject
from ssj_core.office import Office
from ssj_core.plan import Batch, Plan, Rosters
from ssj_core.plugin.registry import KINDS, Registry
from ssj_core.pool import Pool, apply_rules, ask, make_pool
from ssj_core.problems import InputError
from ssj_core.roster.spec import RosterSpec
from ssj_core.rules.model import ANY_CLASS, ClassRatio, Context, Days, InForce, Ratios, Stratifier
from ssj_core.rules.results import FollowUp, ResultCode, follow_ups_on, results_on
from ssj_core.rules.ruleset import RuleUse
from ssj_core.rules.sectors import SectorNames
from ssj_core.rules.timeline import NotInForceError, holds, items_on, on
from ssj_core.strata import DrawClass, quotas
from ssj_core.tables import SUBJECT

T = TypeVar("T")
_OUTSIDE: Final = {"SSJ-S012", "SSJ-S020", "SSJ-S043"}
"""Codes that say a batch's first day lies outside a timeline."""


def ask_checklist(case: Case, registry: Registry) -> dict[str, object]:
    """Whether all the items named are in force on the day, on which bases, and whether they apply to the subject."""
    items = [i for i in items_on(registry.checklists[case.checklist], case.on) if i.id in case.items]
    answer: dict[str, object] = {"in_force": {i.id for i in items} == set(case.items)}
    if not items:
        answer["in_force"] = False
    answer["bases"] = tuple(dict.fromkeys(b.title for i in items for b in i.basis))
    if case.subject is not None:
        answer["applies"] = bool(items) and all(case.subject.kind in i.kinds for i in items)
    return answer


def ask_ratio(case: Case, registry: Registry) -> dict[str, object]:
    """The ratio in force for the subject's class, and how many of `size` are drawn."""
    rule = registry.ratio_rules[case.ratio]
    interval, answer = _interval(rule.in_force, case)
    if interval is None:
        return answer
    if case.subject is not None:
        stratifier = registry.stratifiers[rule.stratify]
        name = ask(stratifier.id, stratifier.key, case.subject, _context(case))
        answer |= _of_class(interval, name, case.size)
    elif set(interval.value.classes) == {ANY_CLASS}:
        answer |= _of_class(interval, ANY_CLASS, case.size)
    return answer


def ask_weights(case: Case, registry: Registry) -> dict[str, object]:
    """How many tickets the subject has, by its class."""
    rule = registry.weight_rules[case.weights]
    interval, answer = _interval(rule.in_force, case)
    if interval is not None and case.subject is not None:
        answer |= _tickets(interval, registry.stratifiers[rule.stratify], case.subject, _context(case))
    return answer


def ask_results(case: Case, registry: Registry) -> dict[str, object]:
    """What the table says of all the results and follow-ups named, if they are in force on the day."""
    table = registry.result_tables[case.results]
    known: dict[str, ResultCode | FollowUp] = {f"+{f.code}": f for f in follow_ups_on(table, case.on)}
    known |= {r.code: r for r in results_on(table, case.on)}
    wanted = [*case.codes, *(f"+{code}" for code in case.follow_ups)]
    found = [known[name] for name in wanted if name in known]
    if len(found) < len(wanted):
        return {"in_force": False}
    answer: dict[str, object] = {
        "in_force": True,
        "bases": tuple(dict.fromkeys(b.title for row in found for b in row.basis)),
        "titles": tuple(row.title for row in found),
        "platform_codes": tuple(row.platform_code for row in found),
    }
    for name in ("needs_follow_up", "alone", "items"):
        values = {getattr(row, name) for row in found if isinstance(row, ResultCode)}
        if len(values) == 1:
            answer[name] = values.pop()
    return answer


def ask_stratifier(case: Case, registry: Registry) -> dict[str, object]:
    """The class of the subject."""
    stratifier = registry.stratifiers[case.stratifier]
    if not _holds(stratifier.days, case):
        return {"in_force": False}
    return {"in_force": True, "in_class": ask(stratifier.id, stratifier.key, case.subject, _context(case))}


def ask_class(stratifier: Stratifier, case: Case) -> str | None:
    """The class of the subject of a case that asks something else."""
    return ask(stratifier.id, stratifier.key, case.subject, _context(case))


def ask_rule(case: Case, registry: Registry) -> dict[str, object]:
    """What one rule says of the subject, the officer, or both."""
    known: Any = registry.recusal_rules if case.recusal else registry.eligibility_rules
    use = RuleUse(rule=case.recusal or case.eligibility, params=case.params)
    if not _holds(known[use.rule].days, case):
        return {"in_force": False}
    (rule,) = apply_rules([use], known, _context(case), use.rule)
    units = (case.officer, case.subject) if case.recusal else (getattr(case, rule.applies_to),)
    reason = ask(rule.id, rule.check, *units, rule.context)
    name = "may_inspect" if case.recusal else "takes_part"
    return {"in_force": True, name: reason is None, "because": reason or ""}


def ask_batch(case: Case, registry: Registry) -> dict[str, object]:
    """What a whole batch of a ruleset makes of the subject, of the officer, and of the two together."""
    office, batch = _office(case, registry)
    try:
        rules = checked_rules(office, batch)
    except InputError as error:
        if {p.code for p in error.problems} <= _OUTSIDE:
            return {"in_force": False}
        raise
    pool = make_pool(
        (case.subject,) if case.subject else (),
        (case.officer,) if case.officer else (),
        office.sectors,
        rules.policy.sectors,
        rules.eligibility,
        rules.recusal,
    )
    answer = {"in_force": True, **_part(pool, case)}
    for subject in pool.subjects:
        name = ask(rules.stratifier.id, rules.stratifier.key, subject, rules.context)
        answer |= _of_class(rules.ratios, name, case.size)
        if rules.tickets is not None and rules.weighing is not None:
            answer["tickets"] = _tickets(rules.tickets, rules.weighing, subject, rules.context)["tickets"]
    return answer


def _interval(timeline: Sequence[InForce[T]], case: Case) -> tuple[InForce[T] | None, dict[str, object]]:
    """The interval that holds on the day of the case, if any, and what there is to say of it."""
    try:
        interval = on(timeline, case.on)
    except NotInForceError:
        return None, {"in_force": False}
    return interval, {"in_force": True, "bases": tuple(b.title for b in interval.basis)}


def _holds(days: Days | None, case: Case) -> bool:
    return days is None or holds(days, case.on)


def _tickets(
    interval: InForce[Mapping[str, int]], stratifier: Stratifier, subject: Subject, context: Context
) -> dict[str, object]:
    name = ask(stratifier.id, stratifier.key, subject, context)
    return {"in_class": name, "tickets": interval.value.get(name or "", interval.value.get(ANY_CLASS))}


def _part(pool: Pool, case: Case) -> dict[str, object]:
    """Who is left out; the subject's reason first, then the officer's, then what keeps the two apart."""
    left_out = sorted(pool.excluded, key=lambda row: row.unit != SUBJECT)
    reasons = [(row.reason, row.rule) for row in left_out] + [(row.reason, row.rule) for row in pool.recusals]
    because, rule = reasons[0] if reasons else ("", "")
    answer: dict[str, object] = {"takes_part": not left_out, "because": because, "rule": rule}
    if case.officer and case.subject and not left_out:
        answer["may_inspect"] = not pool.recusals
    return answer


def _of_class(interval: InForce[Ratios], name: str | None, size: int | None) -> dict[str, object]:
    classes = interval.value.classes
    ratio: ClassRatio | None = classes.get(name or "", classes.get(ANY_CLASS))
    answer: dict[str, object] = {"in_class": name}
    if ratio is not None:
        answer["ratio"] = ratio.ratio
        if size is not None:
            lone = DrawClass(id="", ratio=ratio, strata=("",))
            answer["drawn"] = quotas([lone], {"": size}, interval.value.total)[0].quota
    return answer


def _context(case: Case) -> Context:
    return Context(year=case.on.year, start=case.on, end=case.until or case.on)


def _office(case: Case, registry: Registry) -> tuple[Office, Batch]:
    """An office with one batch, from the day of the case; who has reviewed the rules is asked elsewhere."""
    name, _, policy = case.batch.partition("/")
    ruleset = registry.rulesets[name]
    batch = Batch(id="case", policy=policy, start=case.on, end=case.until or case.on)
    nothing = RosterSpec(file="-")
    plan = Plan(
        format="ssj-plan/1", id="case", title=case.says, bureau=ruleset.bureau, year=case.on.year, ruleset=name,
        rosters=Rosters(subjects=nothing, officers=nothing), entropy=(), batch=(batch,),
        accept_unreviewed=tuple(i for kind in KINDS for i in getattr(registry, kind.attribute)),
    )  # fmt: skip
    office = Office(
        plan=plan, plan_bytes=b"", plan_file=case.batch, lines={(): 1}, ruleset=ruleset, registry=registry,
        sectors=SectorNames.of(registry.checklists.values()),
    )  # fmt: skip
    return office, batch
