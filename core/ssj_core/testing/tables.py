"""Checks of the values that a plugin registers: timelines, legal bases, references, review days."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from attrs import fields, has

from ssj_core.plugin.loader import unknown
from ssj_core.plugin.places import Place
from ssj_core.plugin.registry import KINDS
from ssj_core.problems import Problem, problem
from ssj_core.rules.intervals import check_versions
from ssj_core.rules.model import (
    Checklist,
    DatedRule,
    Days,
    InForce,
    LegalBasis,
    RatioRule,
    WeightRule,
)
from ssj_core.rules.results import ResultTable
from ssj_core.rules.ruleset import Ruleset, RuleUse
from ssj_core.structuring import dotted
from ssj_core.testing.examined import Examined
from ssj_core.tomlpos import Path


def timelines(plugin: Examined) -> Iterator[Problem]:
    """The days of rules in code are days, in order, reviewed at all, and none is left out without a word."""
    for rule in _dated(plugin):
        yield from check_versions(rule, "")


def _dated(plugin: Examined) -> tuple[DatedRule, ...]:
    """Rules that hold from a day to a day as a whole, whether code or a table made them."""
    registry = plugin.registry
    return (
        *registry.stratifiers.values(), *registry.eligibility_rules.values(), *registry.recusal_rules.values()
    )  # fmt: skip


def bases(plugin: Examined) -> Iterator[Problem]:
    """Whatever has a place for a legal basis says where it comes from, by a title at least."""
    for kind in KINDS:
        for value in getattr(plugin.registry, kind.attribute).values():
            place = plugin.registry.place(kind.attribute, value.id)
            for path, basis in _bases(value, ()):
                if not basis or not all(b.title.strip() for b in basis):
                    name = f"{value.id}.{dotted(path)}" if path else value.id
                    yield problem("SSJ-S001", file=place.file, row=place.row(*path), field=dotted(path), value=name)
    for ruleset in plugin.registry.rulesets.values():
        yield from _parameters(ruleset, plugin.registry.place("rulesets", ruleset.id))


def _parameters(ruleset: Ruleset, place: Place) -> Iterator[Problem]:
    """Parameters that a ruleset gives a rule rest on a basis beside them, or on a choice that decides them."""
    decided = {name for choice in ruleset.choice for name in choice.decides}
    uses: list[tuple[Path, RuleUse]] = [(("eligibility", n), use) for n, use in enumerate(ruleset.eligibility)]
    uses += [(("recusal", n), use) for n, use in enumerate(ruleset.recusal)]
    for m, batch in enumerate(ruleset.batch):
        uses += [(("batch", m, "eligibility", n), use) for n, use in enumerate(batch.eligibility)]
    for path, use in uses:
        for name in () if use.basis else use.given:
            if name not in decided:
                where: Path = (*path, "params")
                yield problem("SSJ-S014", file=place.file, row=place.row(*where), field=dotted(where), value=name)


def _bases(value: object, path: Path) -> Iterator[tuple[Path, tuple[LegalBasis, ...]]]:
    """Every place for a basis in a value, found by walking it: what a model gains later is asked like the rest."""
    if isinstance(value, tuple):
        for n, part in enumerate(value):
            yield from _bases(part, (*path, n))
    elif isinstance(value, Mapping):
        for name, part in value.items():
            yield from _bases(part, (*path, name))
    elif has(type(value)) and not isinstance(value, LegalBasis):
        dated = isinstance(value, DatedRule) and bool(value.in_force)  # the rule itself says what its last version does
        for attribute in fields(type(value)):  # type: ignore[arg-type]
            if dated and attribute.name != "in_force":
                continue
            part = getattr(value, attribute.name)
            if attribute.name == "basis":
                if part or not isinstance(value, Checklist | RuleUse):  # may have one beside those of its parts
                    yield path, part
            else:
                yield from _bases(part, (*path, attribute.name))


def references(plugin: Examined) -> Iterator[Problem]:
    """Every id that a value names is registered by some plugin that is installed."""
    for attribute, wanted, place, path in _references(plugin):
        row, where = place.row(*path), dotted(path)
        found = unknown(plugin.around, plugin.available, attribute, wanted, file=place.file, row=row, where=where)
        if found is not None:
            yield found


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
    found |= {rule.id: rule.days for rule in _dated(plugin) if rule.days is not None}
    for name, interval in found.items():
        reviewed = interval.reviewed_until or date.max
        if reviewed < today and (interval.until is None or interval.until >= today):
            yield problem("SSJ-G108", value=name, reviewed=reviewed)
    whole: list[Checklist | ResultTable] = [*registry.checklists.values(), *registry.result_tables.values()]
    for table in whole:
        if table.reviewed_until < today:
            yield problem("SSJ-G108", value=table.id, reviewed=table.reviewed_until)
