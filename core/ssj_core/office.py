"""A bureau ready to draw: its plan, its ruleset and the registry, checked against each other."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from attrs import evolve, field, frozen

from ssj_core.entropy.chain import LINK, MOST_ROUNDS
from ssj_core.model import UnitKind
from ssj_core.plan import Batch, EntropyUse, Plan
from ssj_core.plugin.dated import registry_on
from ssj_core.plugin.registry import Registry, listed, nearest
from ssj_core.pool import Applied, apply_rules
from ssj_core.problems import InputError, Problem, problem
from ssj_core.rules.effective import SealedReplacement
from ssj_core.rules.model import (
    UNTOLD,
    ColumnUse,
    Context,
    DatedRule,
    EligibilityRule,
    InForce,
    RatioRule,
    Ratios,
    RecusalRule,
    Stratifier,
    WeightRule,
)
from ssj_core.rules.results import days_of, results_on
from ssj_core.rules.ruleset import BatchPolicy, Ruleset
from ssj_core.rules.sectors import SectorNames
from ssj_core.rules.timeline import Dated, NotInForceError, ends, holds, items_on, on, versions
from ssj_core.structuring import dotted
from ssj_core.text import Text
from ssj_core.tomlpos import Path, line_of
from ssj_core.workdays import Holidays


@frozen(kw_only=True)
class Office:
    """Plan, ruleset and registry. `plan_bytes` are the plan as published; `lines` where its keys stand.

    `certificates` are those of `[stamp]`, in DER; `holidays` the tables for the deadlines of its batches.
    """

    plan: Plan
    plan_bytes: bytes
    plan_file: str
    lines: dict[Path, int]
    ruleset: Ruleset
    registry: Registry
    sectors: SectorNames
    certificates: tuple[bytes, ...] = ()
    holidays: Holidays = field(factory=dict)


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
    for rule in (*_data_rules(registry, ruleset, policy), *(registry.recusal_rules[u.rule] for u in ruleset.recusal)):
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


def _data_rules(registry: Registry, ruleset: Ruleset, policy: BatchPolicy) -> tuple[DatedRule, ...]:
    """The eligibility rules and stratifiers of a batch, each once."""
    uses = (*ruleset.eligibility, *policy.eligibility)
    made: list[DatedRule] = [registry.eligibility_rules[u.rule] for u in uses]
    made.append(registry.stratifiers[registry.ratio_rules[policy.ratio].stratify])
    if policy.weights:
        made.append(registry.stratifiers[registry.weight_rules[policy.weights].stratify])
    return tuple({rule.id: rule for rule in made}.values())


def wanted_columns(office: Office, unit: UnitKind) -> tuple[ColumnUse, ...]:
    """The columns that the rules of the plan's batches read in one roster, by name; needed if one rule needs it.

    Each rule is asked as it is on the first day of its batch: a column it has read before is nothing to this plan.

    Raises:
        InputError: two rules read one column in different ways.
    """
    wanted: dict[str, tuple[ColumnUse, str]] = {}
    found: list[Problem] = []
    for batch in office.plan.batch:
        registry, policy = registry_on(office.registry, batch.start), policy_of(office.ruleset, batch)
        recusal = (registry.recusal_rules[use.rule] for use in office.ruleset.recusal)
        for rule in (*_data_rules(registry, office.ruleset, policy), *recusal):
            for use in _columns(rule, unit):
                other, owner = wanted.setdefault(use.name, (use, rule.id))
                if use.kind not in ("text", other.kind) and other.kind != "text":
                    found.append(problem("SSJ-S047", value=use.name, one=owner, other=rule.id))
                    continue
                one = use if other.kind == "text" else other  # a number or a day can be read as a text, too
                wanted[use.name] = (evolve(one, lacking=_graver(other.lacking, use.lacking)), rule.id)
    if found:
        raise InputError(found)
    return tuple(use for _, (use, _) in sorted(wanted.items()))


def _columns(rule: DatedRule, unit: UnitKind) -> tuple[ColumnUse, ...]:
    """What a rule reads in one roster."""
    if isinstance(rule, RecusalRule):
        return rule.columns if unit == "subject" else rule.officer_columns
    applies_to = rule.applies_to if isinstance(rule, EligibilityRule) else "subject"
    return rule.columns if applies_to == unit else ()


def _graver(one: Text | None, other: Text | None) -> Text | None:
    """What is to be told of a column that two rules read and the roster does not have: None is that it is needed."""
    if one is None or other is None:
        return None
    return other if one == UNTOLD else one


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


def entropy_of(plan: Plan, batch: Batch) -> tuple[EntropyUse, ...]:
    """The entropy sources of a batch: its own list, else the plan's."""
    return batch.entropy or plan.entropy


def replacement_of(plan: Plan, batch: Batch) -> SealedReplacement:
    """How the subjects of a batch are replaced: as the batch says, else as the plan does."""
    return batch.replacement or plan.replacement


def source_id(name: str) -> str:
    """Registry id of an entropy source of a plan: the built-in ones are written without their namespace."""
    return name if "." in name else f"entropy.{name}"


def policy_of(ruleset: Ruleset, batch: Batch) -> BatchPolicy:
    """The ruleset's batch that a plan's batch stands for."""
    return next(p for p in ruleset.batch if p.id == batch.policy)


def taken_sectors(office: Office) -> tuple[str, ...]:
    """Titles of the sectors that the plan's batches take, in their order; all that are known where one takes all."""
    policies = [policy_of(office.ruleset, batch) for batch in office.plan.batch]
    taken = dict.fromkeys(sector for policy in policies for sector in policy.sectors)
    if not all(policy.sectors for policy in policies):
        return office.sectors.titles
    return tuple(office.registry.checklists[sector].title for sector in taken)


def check_plan(plan: Plan, ruleset: Ruleset, lines: dict[Path, int], file: str) -> Iterator[Problem]:
    """Everything that can be wrong between a plan's keys, and between the plan and its ruleset."""
    first: dict[str, int] = {}
    used: dict[str, int] = {}
    policies = {p.id: p for p in ruleset.batch}
    if not ruleset.since.year <= plan.year <= ruleset.until.year:
        yield problem(
            "SSJ-P028", file=file, row=line_of(lines, ("year",)), field="year", value=plan.year,
            ruleset=ruleset.id, since=ruleset.since, until=ruleset.until,
        )  # fmt: skip
    yield from _check_sources(plan, lines, file)
    yield from _check_replacements(plan, lines, file)
    for n, batch in enumerate(plan.batch):
        row, where = line_of(lines, ("batch", n, "id")), f"batch[{n + 1}]"
        if batch.id in first:
            yield problem("SSJ-P020", file=file, row=row, field=f"{where}.id", value=batch.id, other=first[batch.id])
        first.setdefault(batch.id, row)
        row = line_of(lines, ("batch", n, "policy"))
        if batch.policy in used:
            yield problem(
                "SSJ-P030", file=file, row=row, field=f"{where}.policy", value=batch.policy, other=used[batch.policy]
            )
        used.setdefault(batch.policy, row)
        policy = policies.get(batch.policy)
        if policy is None:
            yield problem(
                "SSJ-P025", file=file, row=row, field=f"{where}.policy", value=batch.policy,
                known=listed(policies), **nearest(batch.policy, policies),
            )  # fmt: skip
        yield from _check_days(plan, batch, policy, lines, n, file)


def _check_sources(plan: Plan, lines: dict[Path, int], file: str) -> Iterator[Problem]:
    """No list names a source twice: evidence goes by the name of its source."""
    lists: list[tuple[Path, tuple[EntropyUse, ...]]] = [(("entropy",), plan.entropy)]
    lists += [(("batch", n, "entropy"), batch.entropy) for n, batch in enumerate(plan.batch)]
    for path, uses in lists:
        first: dict[str, int] = {}
        for n, use in enumerate(uses):
            where: Path = (*path, n, "source")
            row = line_of(lines, where)
            if source_id(use.source) in first:
                other = first[source_id(use.source)]
                yield problem("SSJ-P031", file=file, row=row, field=dotted(where), value=use.source, other=other)
            first.setdefault(source_id(use.source), row)


def _check_replacements(plan: Plan, lines: dict[Path, int], file: str) -> Iterator[Problem]:
    """Mode R2 needs its chain, the others have none, and no two batches share one (SPEC §13.4)."""
    places: list[tuple[Path, SealedReplacement]] = [(("replacement",), plan.replacement)]
    places += [(("batch", n, "replacement"), b.replacement) for n, b in enumerate(plan.batch) if b.replacement]
    for path, ways in places:
        chained = bool(LINK.fullmatch(ways.anchor)) and 0 < ways.rounds <= MOST_ROUNDS
        if not chained if ways.mode == "R2" else ways.anchor or ways.rounds:
            yield problem("SSJ-C009", file=file, row=line_of(lines, path), field=dotted(path), value=ways.mode)
    anchors = Counter(replacement_of(plan, b).anchor for b in plan.batch)
    for anchor, count in anchors.items():
        if anchor and count > 1:
            yield problem(
                "SSJ-C010", file=file, row=line_of(lines, ("replacement",)), field="replacement", value=anchor
            )


def _check_days(
    plan: Plan, batch: Batch, policy: BatchPolicy | None, lines: dict[Path, int], n: int, file: str
) -> Iterator[Problem]:
    if batch.end < batch.start:
        row = line_of(lines, ("batch", n, "end"))
        yield problem(
            "SSJ-P021", file=file, row=row, field=f"batch[{n + 1}].end", value=batch.end,
            batch=batch.id, start=batch.start,
        )  # fmt: skip
    for name, day in (("start", batch.start), ("end", batch.end)):
        where, row = f"batch[{n + 1}].{name}", line_of(lines, ("batch", n, name))
        if day.year != plan.year:
            yield problem("SSJ-P022", file=file, row=row, field=where, value=day, batch=batch.id, year=plan.year)
        elif policy is not None and not policy.months[0] <= day.month <= policy.months[1]:
            months = f"{policy.months[0]}–{policy.months[1]}"
            yield problem("SSJ-P023", file=file, row=row, field=where, value=day, batch=batch.id, months=months)
