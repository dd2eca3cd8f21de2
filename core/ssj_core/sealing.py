"""SPEC §3 to §5: pool and rules become the rows and the `rules.toml` that are sealed."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence

from attrs import evolve, frozen

from ssj_core.batch_rules import BatchRules
from ssj_core.foreign import failed
from ssj_core.model import Subject
from ssj_core.nobody_left import reasons
from ssj_core.office import Office, replacement_of
from ssj_core.pool import Applied, Pool, ask
from ssj_core.problems import InputError, problem
from ssj_core.rules.effective import (
    EffectiveRules,
    PluginPin,
    RosterPin,
    SealedChecklist,
    SealedClass,
    SealedEntropy,
    SealedItem,
    SealedRatio,
    SealedResults,
    SealedRule,
    SealedTeam,
    SealedUse,
    SealedWeights,
)
from ssj_core.rules.model import (
    ANY_CLASS,
    MOST_TICKETS,
    Checklist,
    ClassRatio,
    EligibilityRule,
    RecusalRule,
    Stratifier,
)
from ssj_core.rules.results import follow_ups_on, results_on
from ssj_core.rules.timeline import items_on
from ssj_core.stamping.certificates import fingerprint
from ssj_core.strata import strata_of, stratum_id
from ssj_core.tables import SUBJECT, SubjectRow, TicketsRow
from ssj_core.text import Text
from ssj_core.workdays import years_needed

SCOPE = "all"
"""One scope, so all strata of a draw share one key: a subject has one ticket in it, whatever its stratum (SPEC §6)."""


@frozen(kw_only=True)
class Strata:
    """The classes that occur in the pool, in bytewise order, each with its ratio."""

    classes: tuple[tuple[str, ClassRatio], ...]


def subject_rows(office: Office, rules: BatchRules, pool: Pool) -> tuple[Strata, tuple[SubjectRow, ...]]:
    """Give every subject of the pool its stratum.

    Raises:
        InputError: the pool is empty, or a class has no ratio. PluginError: the stratifier failed.
    """
    if not pool.subjects:
        out = sum(e.unit == SUBJECT for e in pool.excluded)
        why = reasons(office, rules, pool)
        raise InputError([problem("SSJ-S023", file=office.plan_file, value=out, batch=rules.batch.id, reasons=why)])
    class_of = {s.id: _class_of(rules.stratifier, s, rules) for s in pool.subjects}
    strata = _ratios(rules, class_of)
    coverage = rules.policy.coverage_first
    rows = tuple(
        SubjectRow(
            id=s.id,
            name=s.name,
            kind=s.kind,
            stratum=stratum_id(class_of[s.id], coverage_first=coverage, drawn_before=s.drawn_this_year > 0),
            sectors=s.sectors,
            section=s.section,
            area=s.area,
            address=s.address,
            risk_class=s.risk_class,
            key=s.key,
            parent=s.parent,
        )
        for s in pool.subjects
    )
    return strata, rows


def ticket_rows(rules: BatchRules, pool: Pool) -> tuple[SealedWeights | None, tuple[TicketsRow, ...]]:
    """How many tickets every subject of the pool has, where the batch has weights.

    Raises:
        InputError: a class has no number. PluginError: the stratifier failed.
    """
    if rules.weights is None or rules.tickets is None or rules.weighing is None:
        return None, ()
    known = rules.tickets.value
    class_of = {s.id: _class_of(rules.weighing, s, rules) for s in pool.subjects}
    _none_missing(class_of, known, rules.weights.id)
    sealed = sealed_weights(rules, sorted(set(class_of.values()), key=str.encode))
    if sealed is None:
        return None, ()
    wrong = [n for n in sealed.classes.values() if type(n) is not int or not 1 <= n <= MOST_TICKETS]
    if wrong:  # code may register what no table could say
        raise InputError([problem("SSJ-S044", field=sealed.rule, value=n, most=MOST_TICKETS) for n in wrong])
    return sealed, tuple(TicketsRow(id=s.id, tickets=sealed.classes[class_of[s.id]]) for s in pool.subjects)


def sealed_weights(rules: BatchRules, classes: Iterable[str]) -> SealedWeights | None:
    """The weights of the batch for these classes; None where it has none."""
    if rules.weights is None or rules.tickets is None:
        return None
    known = rules.tickets.value
    return SealedWeights(
        rule=rules.weights.id,
        title=rules.weights.title,
        since=rules.tickets.since,
        until=rules.tickets.until,
        reviewed_until=rules.tickets.reviewed_until,
        stratifier=rules.weights.stratify,
        classes={name: known.get(name, known.get(ANY_CLASS, 0)) for name in classes},
        basis=rules.tickets.basis,
    )


def _class_of(stratifier: Stratifier, subject: Subject, rules: BatchRules) -> str:
    answer = ask(stratifier.id, stratifier.key, subject, rules.context)
    if answer is None:
        raise failed(stratifier.id, Text("没有回答", "it gave no answer"))
    return answer


def _none_missing(class_of: Mapping[str, str], known: Collection[str], rule: str) -> None:
    """Every class that occurs must have a value, its own or that of `*`."""
    counts = Counter(class_of.values())
    missing = [name for name in sorted(counts) if name not in known and ANY_CLASS not in known]
    if missing:
        example = {name: next(i for i, c in class_of.items() if c == name) for name in missing}
        raise InputError(
            [problem("SSJ-S022", value=name, count=counts[name], id=rule, example=example[name]) for name in missing]
        )


def effective_rules(
    office: Office,
    rules: BatchRules,
    strata: Strata,
    weights: SealedWeights | None = None,
    *,
    draw_id: str,
    rosters: Sequence[RosterPin],
    entropy: Sequence[SealedEntropy],
    team: SealedTeam,
) -> EffectiveRules:
    """`rules.toml` but for the digests of the tables."""
    plan, ruleset, policy, registry = office.plan, office.ruleset, rules.policy, office.registry
    lists = [c for c in registry.checklists.values() if c.id in (policy.sectors or (c.id,))]
    owners = {registry.owners["rulesets", ruleset.id], registry.owners["ratio_rules", rules.ratio.id]}
    owners |= {registry.owners["stratifiers", rules.stratifier.id]}
    if weights:
        owners |= {registry.owners["weight_rules", weights.rule], registry.owners["stratifiers", weights.stratifier]}
    owners |= {registry.owners["eligibility_rules", u.id] for u in rules.eligibility}
    owners |= {registry.owners["recusal_rules", u.id] for u in rules.recusal}
    owners |= {registry.owners["checklists", c.id] for c in lists}
    if ruleset.results and ruleset.results.table:
        owners |= {registry.owners["result_tables", ruleset.results.table]}
    owners |= {registry.owners["checklists", p.field] for p in policy.place if p.field}
    return EffectiveRules(
        format="ssj-rules/1",
        spec="SSJ-DRAW/1",
        match_spec="ssj-match/1",
        draw_id=draw_id,
        bureau=plan.bureau,
        plan=plan.title,
        document_no=plan.document_no,
        ruleset=ruleset.id,
        ruleset_since=ruleset.since,
        ruleset_until=ruleset.until,
        batch=rules.batch.id,
        policy=policy.id,
        title=policy.title,
        year=plan.year,
        start=rules.batch.start,
        end=rules.batch.end,
        mode=policy.mode,
        joint=policy.joint,
        scope=SCOPE,
        sectors=policy.sectors,
        entropy=tuple(entropy),
        assurance=plan.assurance,
        signers=plan.signers,
        stamp=tuple(fingerprint(der) for der in office.certificates),
        yearly_share=ruleset.yearly_share.minimum if ruleset.yearly_share else None,
        ratio=_sealed_ratio(rules, strata),
        team=team,
        weights=weights,
        second_stage=policy.second_stage,
        replacement=replacement_of(plan, rules.batch),
        eligibility=_as_asked(rules.eligibility),
        recusal=_as_asked(rules.recusal),
        stated=tuple(_sealed_rules(rules)),
        checklists=tuple(_sealed_checklist(c, rules) for c in lists),
        results=_sealed_results(office, rules),
        rosters=tuple(rosters),
        plugins=tuple(_pins(office, owners)),
    )


def _as_asked(rules: Iterable[Applied]) -> tuple[SealedUse, ...]:
    """Rules with every parameter they were asked with: what the ruleset leaves to a rule's default is sealed, too."""
    return tuple(SealedUse(rule=one.id, params=dict(one.context.params)) for one in rules)


def _ratios(rules: BatchRules, class_of: dict[str, str]) -> Strata:
    known = rules.ratios.value.classes
    _none_missing(class_of, known, rules.ratio.id)
    names = sorted(set(class_of.values()), key=str.encode)
    return Strata(classes=tuple((name, known[name] if name in known else known[ANY_CLASS]) for name in names))


def _sealed_ratio(rules: BatchRules, strata: Strata) -> SealedRatio:
    return SealedRatio(
        rule=rules.ratio.id,
        title=rules.ratio.title,
        since=rules.ratios.since,
        until=rules.ratios.until,
        reviewed_until=rules.ratios.reviewed_until,
        stratifier=rules.stratifier.id,
        total=rules.ratios.value.total,
        coverage_first=rules.policy.coverage_first,
        reserve=rules.policy.reserve,
        basis=rules.ratios.basis,
        classes=tuple(
            SealedClass(
                id=name,
                ratio=ratio.ratio,
                bound=ratio.bound,
                rounding=ratio.rounding,
                at_least=ratio.at_least,
                small_below=ratio.small_below,
                small_take=ratio.small_take,
                strata=strata_of(name, coverage_first=rules.policy.coverage_first),
            )
            for name, ratio in strata.classes
        ),
    )


def _sealed_checklist(checklist: Checklist, rules: BatchRules) -> SealedChecklist:
    items = items_on(checklist, rules.batch.start)
    inside = {i.id for i in items}
    return SealedChecklist(
        sector=checklist.id,
        title=checklist.title,
        reviewed_until=checklist.reviewed_until,
        items=tuple(
            SealedItem(
                id=i.id,
                title=i.title,
                since=i.since,
                until=i.until,
                content=i.content,
                kinds=i.kinds,
                methods=i.methods,
                note=i.note,
                materials=i.materials,
                basis=i.basis,
            )
            for i in items
        ),
        not_in_force=tuple(dict.fromkeys(i.id for i in checklist.items if i.id not in inside)),
    )


def _sealed_rules(rules: BatchRules) -> Iterable[SealedRule]:
    registry = rules.registry
    used: list[Stratifier | EligibilityRule | RecusalRule] = [rules.stratifier]
    used += [rules.weighing] if rules.weighing and rules.weighing.id != rules.stratifier.id else []
    used += [registry.eligibility_rules[applied.id] for applied in rules.eligibility]
    used += [registry.recusal_rules[applied.id] for applied in rules.recusal]
    for rule in used:
        sealed = SealedRule(id=rule.id, title=rule.title, says=rule.says, basis=rule.basis)
        if days := rule.days:
            sealed = evolve(sealed, since=days.since, until=days.until, reviewed_until=days.reviewed_until)
        yield sealed


def _sealed_results(office: Office, rules: BatchRules) -> SealedResults | None:
    results = office.ruleset.results
    if results is None:
        return None
    years = years_needed(rules.batch.start, rules.batch.end, results.entry_working_days)
    sealed = SealedResults(
        entry_working_days=results.entry_working_days,
        published=results.published,
        basis=results.basis,
        calendar=tuple(office.holidays[year] for year in years if year in office.holidays),
    )
    if not results.table:
        return sealed
    table = office.registry.result_tables[results.table]
    codes = results_on(table, rules.batch.start)
    inside = {code.code for code in codes}
    return evolve(
        sealed,
        table=table.id,
        title=table.title,
        reviewed_until=table.reviewed_until,
        platform=table.platform,
        item_results=table.item_results,
        codes=codes,
        follow_ups=follow_ups_on(table, rules.batch.start),
        not_in_force=tuple(dict.fromkeys(r.code for r in table.result if r.code not in inside)),
    )


def _pins(office: Office, owners: Iterable[str]) -> Iterable[PluginPin]:
    for name in sorted(owners):
        info = office.registry.plugins[name]
        yield PluginPin(id=info.id, distribution=info.distribution, version=info.version, digest=info.digest)
