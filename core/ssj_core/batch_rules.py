"""The rules of one batch as they are on its first day, found and bound; whatever is not in force then is told."""

from collections.abc import Iterable, Mapping

from attrs import frozen

from ssj_core.office import Office, policy_of
from ssj_core.plan import Batch
from ssj_core.plugin.dated import registry_on
from ssj_core.plugin.registry import Registry
from ssj_core.pool import Applied, apply_rules
from ssj_core.problems import InputError, Problem, problem
from ssj_core.rules.model import Context, DatedRule, InForce, RatioRule, Ratios, Stratifier, WeightRule
from ssj_core.rules.results import days_of, results_on
from ssj_core.rules.ruleset import BatchPolicy, Ruleset
from ssj_core.rules.timeline import Dated, NotInForceError, ends, holds, items_on, on, versions
from ssj_core.structuring import dotted
from ssj_core.text import Text
from ssj_core.tomlpos import Path, line_of


@frozen(kw_only=True)
class BatchRules:
    """The rules of one batch on its first day, found and bound; `registry` is the office's as it is on that day."""

    batch: Batch
    policy: BatchPolicy
    registry: Registry
    context: Context
    eligibility: tuple[Applied, ...]
    recusal: tuple[Applied, ...]
    ratio: RatioRule
    ratios: InForce[Ratios]
    stratifier: Stratifier
    weights: WeightRule | None = None
    tickets: InForce[Mapping[str, int]] | None = None
    weighing: Stratifier | None = None


def checked_rules(office: Office, batch: Batch) -> BatchRules:
    """The rules for `batch`.

    Raises:
        InputError: the ruleset or a rule is not in force on the batch's first day, a rule was not reviewed up to it or
        is given a parameter it does not take.
    """
    registry, ruleset = registry_on(office.registry, batch.start), office.ruleset
    policy = policy_of(ruleset, batch)
    context = Context(year=office.plan.year, start=batch.start, end=batch.end, sectors=policy.sectors)
    place = registry.place("rulesets", ruleset.id)
    number = next(n for n, p in enumerate(ruleset.batch) if p.id == policy.id)
    paths: list[Path] = [("eligibility", n, "params") for n in range(len(ruleset.eligibility))]
    paths += [("batch", number, "eligibility", n, "params") for n in range(len(policy.eligibility))]
    ratio = registry.ratio_rules[policy.ratio]
    found: list[Problem] = []
    if not holds(ruleset, batch.start):
        found.append(_outside(office, batch, "SSJ-S012", ruleset.id, [ruleset]))
    try:
        ratios = on(ratio.in_force, batch.start)
    except NotInForceError as error:
        raise InputError([*found, _outside(office, batch, "SSJ-S020", ratio.id, error.intervals)]) from None
    for sector in policy.sectors:
        checklist = registry.checklists[sector]
        if not items_on(checklist, batch.start):
            found.append(_outside(office, batch, "SSJ-S043", checklist.id, checklist.items))
    dated = [(ratio.id, ratios.reviewed_until)]
    dated += [(c.id, c.reviewed_until) for c in registry.checklists.values() if c.id in (policy.sectors or (c.id,))]
    if ruleset.results and ruleset.results.table:
        table = registry.result_tables[ruleset.results.table]
        dated.append((table.id, table.reviewed_until))
        if not results_on(table, batch.start):
            found.append(
                _outside(office, batch, "SSJ-S020", table.id, (days_of(table, r) for r in table.result), _ANOTHER_CODE)
            )
    weights = registry.weight_rules[policy.weights] if policy.weights else None
    tickets = None
    if weights is not None:
        try:
            tickets = on(weights.in_force, batch.start)
            dated.append((weights.id, tickets.reviewed_until))
        except NotInForceError as error:
            found.append(_outside(office, batch, "SSJ-S020", weights.id, error.intervals))
    for rule in (*data_rules(registry, ruleset, policy), *(registry.recusal_rules[u.rule] for u in ruleset.recusal)):
        if rule.days is not None and not holds(rule.days, batch.start):
            known = [one.days for one in versions(rule) if one.days is not None]
            found.append(_outside(office, batch, "SSJ-S020", rule.id, known))
        elif rule.days is not None and rule.days.reviewed_until is not None:
            dated.append((rule.id, rule.days.reviewed_until))
    for rule_id, reviewed in dated:
        if batch.start > reviewed and rule_id not in office.plan.accept_unreviewed:
            found.append(_dated(office, batch, "SSJ-S021", id=rule_id, reviewed=reviewed))
    if found:
        raise InputError(found)
    return BatchRules(
        batch=batch,
        policy=policy,
        registry=registry,
        context=context,
        eligibility=apply_rules(
            (*ruleset.eligibility, *policy.eligibility),
            registry.eligibility_rules,
            context,
            place.file,
            lambda n: place.row(*paths[n]),
        ),
        recusal=apply_rules(
            ruleset.recusal, registry.recusal_rules, context, place.file, lambda n: place.row("recusal", n, "params")
        ),
        ratio=ratio,
        ratios=ratios,
        stratifier=registry.stratifiers[ratio.stratify],
        weights=weights,
        tickets=tickets,
        weighing=registry.stratifiers[weights.stratify] if weights else None,
    )


def data_rules(registry: Registry, ruleset: Ruleset, policy: BatchPolicy) -> tuple[DatedRule, ...]:
    """The eligibility rules and stratifiers of a batch, each once."""
    uses = (*ruleset.eligibility, *policy.eligibility)
    made: list[DatedRule] = [registry.eligibility_rules[u.rule] for u in uses]
    made.append(registry.stratifiers[registry.ratio_rules[policy.ratio].stratify])
    if policy.weights:
        made.append(registry.stratifiers[registry.weight_rules[policy.weights].stratify])
    return tuple({rule.id: rule for rule in made}.values())


_ANOTHER_INTERVAL = Text(
    "规则改了就加一段 [[in_force]]（程序里的规则由插件作者在 in_force 里加）",
    "a rule that changed gets another [[in_force]] (one in code another member of its `in_force`)",
)
_ANOTHER_CODE = Text(
    "代码改了就再写一个 [[result]]（新的写 since，旧的写 until）",
    "a code that changed is another [[result]] (`since` for the new one, `until` for the old one)",
)
"""What to do about a rule that changed, by its kind."""


def _outside(
    office: Office, batch: Batch, code: str, rule: str, intervals: Iterable[Dated], change: Text = _ANOTHER_INTERVAL
) -> Problem:
    """A batch whose first day no interval of a rule holds, with the days that some interval does hold.

    `change` says what is done about a rule of that kind that changed.
    """
    known = ends(intervals)
    return _dated(
        office, batch, code, id=rule, known=known.zh, known_en=known.en, change=change.zh, change_en=change.en
    )


def _dated(office: Office, batch: Batch, code: str, **params: object) -> Problem:
    """A problem of a batch's first day, with its place in the plan."""
    path: Path = ("batch", *(n for n, b in enumerate(office.plan.batch) if b.id == batch.id), "start")
    row = line_of(office.lines, path)
    return problem(code, file=office.plan_file, row=row, field=dotted(path), value=batch.start, **params)
