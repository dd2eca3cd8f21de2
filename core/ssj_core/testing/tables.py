"""Checks of values, whether a table or code made them: ratios, timelines, legal bases, references, review days."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import Any

from ssj_core.plugin.loader import with_shipped
from ssj_core.plugin.places import Place
from ssj_core.plugin.registry import listed, nearest
from ssj_core.problems import Problem, problem
from ssj_core.rules.model import (
    MOST_TICKETS,
    Checklist,
    Days,
    EligibilityRule,
    InForce,
    LegalBasis,
    RatioRule,
    RecusalRule,
    Stratifier,
    WeightRule,
)
from ssj_core.rules.results import FollowUp, ResultCode, ResultTable, days_of
from ssj_core.rules.ruleset import Ruleset
from ssj_core.structuring import dotted
from ssj_core.testing.examined import Examined

_BREAKS = {("min", "down"), ("min", "half-up"), ("max", "up"), ("max", "half-up")}


def ratios(plugin: Examined) -> Iterator[Problem]:
    """Exact, from 0 to 1, rounded as their bound says, in whole numbers; shared rounding is one rounding."""
    for rule in plugin.registry.ratio_rules.values():
        for n, interval in enumerate(rule.in_force, start=1):
            for name, ratio in interval.value.classes.items():
                place = f"in_force[{n}].classes.{name}"
                if type(ratio.ratio) is not Fraction or not 0 <= ratio.ratio <= 1:
                    yield problem("SSJ-G106", field=place, value=ratio.ratio, id=rule.id)
                if (ratio.bound, ratio.rounding) in _BREAKS:
                    yield problem("SSJ-S005", field=f"{rule.id}.{place}", value=ratio.rounding, bound=ratio.bound)
                for number in (ratio.at_least, ratio.small_below, ratio.small_take):
                    if number not in ("all", "none") and (type(number) is not int or number < 0):
                        yield problem("SSJ-S006", field=f"{rule.id}.{place}", value=number)
            if not interval.value.classes:
                yield problem("SSJ-G106", field=f"in_force[{n}].classes", value="—", id=rule.id)


def tickets(plugin: Examined) -> Iterator[Problem]:
    """Whole numbers of tickets, from 1 to the most the specification allows."""
    for rule in plugin.registry.weight_rules.values():
        for n, interval in enumerate(rule.in_force, start=1):
            for name, number in interval.value.items():
                if type(number) is not int or not 1 <= number <= MOST_TICKETS:
                    where = f"in_force[{n}].classes.{name}"
                    yield problem("SSJ-G115", field=where, value=number, id=rule.id, most=MOST_TICKETS)


def timelines(plugin: Examined) -> Iterator[Problem]:
    """Real days, in order, without overlap; at least one interval."""
    for rule in plugin.registry.ratio_rules.values():
        if not rule.in_force:
            yield problem("SSJ-G107", value=rule.id)
        yield from _timeline(rule)
    for weights in plugin.registry.weight_rules.values():
        if not weights.in_force:
            yield problem("SSJ-G107", value=weights.id)
        yield from _timeline(weights)
    for checklist in plugin.registry.checklists.values():
        for item in checklist.items:
            if item.until is not None and item.until < item.since:
                yield problem("SSJ-S002", field=f"{checklist.id}/{item.id}", value=item.until, since=item.since)
    for ruleset in plugin.registry.rulesets.values():
        if ruleset.until < ruleset.since:
            yield problem("SSJ-S002", field=ruleset.id, value=ruleset.until, since=ruleset.since)
    for name, days in _days(plugin):
        if any(type(d) is not date for d in (days.since, days.reviewed_until or date.max, days.until or date.max)):
            yield problem("SSJ-G107", field=name, value=name)
        elif days.until is not None and days.until < days.since:
            yield problem("SSJ-S002", field=name, value=days.until, since=days.since)


def _days(plugin: Examined) -> Iterator[tuple[str, Days]]:
    """Everything that holds from a day to a day as a whole: rules in code, filters, classes, codes of results."""
    registry = plugin.registry
    rules: list[Stratifier | EligibilityRule | RecusalRule] = [*registry.stratifiers.values()]
    rules += [*registry.eligibility_rules.values(), *registry.recusal_rules.values()]
    yield from ((rule.id, rule.days) for rule in rules if rule.days is not None)
    for table in registry.result_tables.values():
        rows: tuple[ResultCode | FollowUp, ...] = (*table.result, *table.follow_up)
        yield from ((f"{table.id}/{row.code}", days_of(table, row)) for row in rows)


def _timeline(rule: RatioRule | WeightRule) -> Iterator[Problem]:
    before: InForce[Any] | None = None
    intervals: tuple[InForce[Any], ...] = rule.in_force
    for n, interval in enumerate(intervals, start=1):
        place = f"{rule.id}.in_force[{n}]"
        if any(type(d) is not date for d in (interval.since, interval.reviewed_until, interval.until or date.max)):
            yield problem("SSJ-G107", field=place, value=rule.id)
            return
        if interval.until is not None and interval.until < interval.since:
            yield problem("SSJ-S002", field=place, value=interval.until, since=interval.since)
        if before is not None and (before.until is None or before.until >= interval.since):
            yield problem("SSJ-S003", field=place, value=interval.since, id=rule.id)
        before = interval


def bases(plugin: Examined) -> Iterator[Problem]:
    """Every value says where it comes from, by a title at least."""
    found: list[tuple[str, tuple[LegalBasis, ...]]] = []
    for checklist in plugin.registry.checklists.values():
        found += [(f"{checklist.id}/{item.id}", item.basis) for item in checklist.items]
    for rule in plugin.registry.ratio_rules.values():
        found += [(f"{rule.id}.in_force[{n}]", i.basis) for n, i in enumerate(rule.in_force, start=1)]
    for weights in plugin.registry.weight_rules.values():
        found += [(f"{weights.id}.in_force[{n}]", i.basis) for n, i in enumerate(weights.in_force, start=1)]
    found += [(r.id, r.basis) for r in plugin.registry.eligibility_rules.values()]
    found += [(r.id, r.basis) for r in plugin.registry.recusal_rules.values()]
    for table in plugin.registry.result_tables.values():
        found += [(f"{table.id}/{result.code}", result.basis) for result in table.result]
    for name, basis in found:
        if not basis or not all(b.title.strip() for b in basis):
            yield problem("SSJ-S001", field=name, value=name)


def references(plugin: Examined) -> Iterator[Problem]:
    """Every id that a value names is registered by some plugin that is installed."""
    around = plugin.around
    for attribute, wanted, place, path in _references(plugin):
        file, row, where = place.file, place.row(*path), dotted(path)
        found = around.problem_unless(attribute, wanted, file=file, row=row, where=where)
        if found is not None and wanted.partition(".")[0] not in plugin.available:
            name = wanted.partition(".")[0]
            yield problem(
                "SSJ-G008", file=file, row=row, field=where, value=name, known=listed(plugin.available),
                **nearest(name, plugin.available),
            )  # fmt: skip
        elif found is not None:
            known = with_shipped(around, plugin.available)
            yield known.problem_unless(attribute, wanted, file=file, row=row, where=where) or found


def _references(plugin: Examined) -> Iterator[tuple[str, str, Place, tuple[str | int, ...]]]:
    """Kind and id of what a value names, where the value stands, and where in it the id."""
    registry = plugin.registry
    for rule in registry.ratio_rules.values():
        yield "stratifiers", rule.stratify, registry.place("ratio_rules", rule.id), ("stratify",)
    for weights in registry.weight_rules.values():
        yield "stratifiers", weights.stratify, registry.place("weight_rules", weights.id), ("stratify",)
    for ruleset in registry.rulesets.values():
        place = registry.place("rulesets", ruleset.id)
        yield from ((*named[:2], place, named[2]) for named in _selected(ruleset))


def _selected(ruleset: Ruleset) -> Iterator[tuple[str, str, tuple[str | int, ...]]]:
    for n, use in enumerate(ruleset.eligibility):
        yield "eligibility_rules", use.rule, ("eligibility", n, "rule")
    if ruleset.results and ruleset.results.table:
        yield "result_tables", ruleset.results.table, ("results", "table")
    for n, use in enumerate(ruleset.recusal):
        yield "recusal_rules", use.rule, ("recusal", n, "rule")
    for n, batch in enumerate(ruleset.batch):
        yield "ratio_rules", batch.ratio, ("batch", n, "ratio")
        if batch.weights:
            yield "weight_rules", batch.weights, ("batch", n, "weights")
        for m, sector in enumerate(batch.sectors):
            yield "checklists", sector, ("batch", n, "sectors", m)
        for m, use in enumerate(batch.eligibility):
            yield "eligibility_rules", use.rule, ("batch", n, "eligibility", m, "rule")


def reviewed(plugin: Examined, today: date) -> Iterator[Problem]:
    """What is still in force has been looked at up to today; a warning, as old rules are no fault of the plugin."""
    registry = plugin.registry
    rules: list[RatioRule | WeightRule] = [*registry.ratio_rules.values(), *registry.weight_rules.values()]
    found: dict[str, Days | InForce[Any]] = {r.id: interval for r in rules for interval in r.in_force[-1:]}
    found |= {name: days for name, days in _days(plugin) if "/" not in name}
    for name, interval in found.items():
        reviewed = interval.reviewed_until or date.max
        if reviewed < today and (interval.until is None or interval.until >= today):
            yield problem("SSJ-G108", value=name, reviewed=reviewed)
    whole: list[Checklist | ResultTable] = [*registry.checklists.values(), *registry.result_tables.values()]
    for table in whole:
        if table.reviewed_until < today:
            yield problem("SSJ-G108", value=table.id, reviewed=table.reviewed_until)
