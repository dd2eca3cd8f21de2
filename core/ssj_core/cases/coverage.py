"""What no case speaks of: an interval of an item, a ratio, a weight, a code, a batch, an answer of a rule."""

from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from datetime import date, timedelta

from attrs import frozen

from ssj_core.cases.ask import ask_class
from ssj_core.cases.model import Case, CaseFile
from ssj_core.plugin.dated import registry_on
from ssj_core.plugin.registry import Registry
from ssj_core.problems import PluginError
from ssj_core.rules.model import ANY_CLASS, DatedRule, Days, Item, RatioRule, WeightRule
from ssj_core.rules.results import days_of
from ssj_core.rules.timeline import Dated, ends, holds, versions
from ssj_core.text import Text

_DAY = timedelta(days=1)


@frozen(kw_only=True)
class Uncovered:
    """Something of a plugin that no case touches: its kind, its id, and when or in what way."""

    what: Text
    id: str
    when: Text


@frozen
class _Phase:
    """A stretch of days on which an item has one set of bases."""

    since: date
    until: date | None


def uncovered(registry: Registry, plugin: str, files: Iterable[CaseFile]) -> tuple[Uncovered, ...]:
    """Everything that `plugin` registered and no case of these files touches; cases of any plugin count."""
    cases = [case for file in files for case in file.cases]
    parts = (_items, _ratios, _weights, _results, _callbacks, _batches)
    return tuple(u for part in parts for u in part(registry, plugin, cases))


def _items(registry: Registry, plugin: str, cases: list[Case]) -> Iterator[Uncovered]:
    for checklist in _own(registry, "checklists", plugin):
        for item in registry.checklists[checklist].items:
            asked = [c for c in cases if c.checklist == checklist and item.id in c.items]
            yield from _untouched(Text("事项", "item"), f"{checklist}/{item.id}", phases(item), asked)


def _ratios(registry: Registry, plugin: str, cases: list[Case]) -> Iterator[Uncovered]:
    batches = {f"{r.id}/{b.id}": b.ratio for r in registry.rulesets.values() for b in r.batch}
    for rule in _own(registry, "ratio_rules", plugin):
        asked = [c for c in cases if rule in (c.ratio, batches.get(c.batch))]
        of = registry.ratio_rules[rule]
        yield from _untouched(Text("抽查比例", "ratio rule"), rule, of.in_force, asked)
        for interval in of.in_force:
            yield from _classes(registry, of, interval, interval.value.classes, asked)


def _weights(registry: Registry, plugin: str, cases: list[Case]) -> Iterator[Uncovered]:
    batches = {f"{r.id}/{b.id}": b.weights for r in registry.rulesets.values() for b in r.batch}
    for rule in _own(registry, "weight_rules", plugin):
        asked = [c for c in cases if rule in (c.weights, batches.get(c.batch))]
        of = registry.weight_rules[rule]
        yield from _untouched(Text("权重规则", "weight rule"), rule, of.in_force, asked)
        for interval in of.in_force:
            yield from _classes(registry, of, interval, interval.value, asked)


def _classes(
    registry: Registry, rule: RatioRule | WeightRule, interval: Dated, named: Collection[str], asked: list[Case]
) -> Iterator[Uncovered]:
    """Classes of an interval, `*` too, that no case of its days has a subject of; the only class needs no subject."""
    held = [c for c in asked if holds(interval, c.on) and c.subject is not None]
    if len(named) == 1 or rule.stratify not in registry.stratifiers or not any(holds(interval, c.on) for c in asked):
        return  # an interval without any case is told as a whole
    classes: set[str | None] = set()
    for case in held:
        with suppress(PluginError):  # told where the case is run
            classes.add(ask_class(registry_on(registry, case.on).stratifiers[rule.stratify], case))
    for name in named:
        if name not in classes and not (name == ANY_CLASS and classes - {*named}):
            yield Uncovered(what=Text("类别", "class"), id=f"{rule.id}/{name}", when=ends([interval]))


def _results(registry: Registry, plugin: str, cases: list[Case]) -> Iterator[Uncovered]:
    for name in _own(registry, "result_tables", plugin):
        table = registry.result_tables[name]
        about = [c for c in cases if c.results == name]
        for result in table.result:
            asked = [c for c in about if result.code in c.codes]
            yield from _untouched(Text("检查结果", "result"), f"{name}/{result.code}", [days_of(table, result)], asked)
        for measure in table.follow_up:
            asked = [c for c in about if measure.code in c.follow_ups]
            yield from _untouched(
                Text("后续处置", "follow-up"), f"{name}/{measure.code}", [days_of(table, measure)], asked
            )


def _callbacks(registry: Registry, plugin: str, cases: list[Case]) -> Iterator[Uncovered]:
    for stratifier in _own(registry, "stratifiers", plugin):
        ratios = {r.id for r in registry.ratio_rules.values() if r.stratify == stratifier}
        weights = {r.id for r in registry.weight_rules.values() if r.stratify == stratifier}
        for held, when in _by_interval(registry.stratifiers[stratifier], cases):
            if not any(
                c.stratifier == stratifier or (c.subject and (c.ratio in ratios or c.weights in weights)) for c in held
            ):
                never = when or Text("从未", "never")
                yield Uncovered(what=Text("分层方式", "stratifier"), id=stratifier, when=never)
    for attribute, kind, name, what in (
        ("eligibility_rules", "eligibility", "takes_part", Text("排除规则", "eligibility rule")),
        ("recusal_rules", "recusal", "may_inspect", Text("回避规则", "recusal rule")),
    ):
        for rule in _own(registry, attribute, plugin):
            for held, when in _by_interval(getattr(registry, attribute)[rule], cases):
                answers = {getattr(c.expect, name) for c in held if getattr(c, kind) == rule}
                answers |= {False for c in held if c.expect.rule == rule}
                if False not in answers:
                    yield Uncovered(what=what, id=rule, when=_joined(Text("排除谁", "whom it leaves out"), when))
                if True not in answers:
                    yield Uncovered(what=what, id=rule, when=_joined(Text("不排除谁", "whom it leaves in"), when))


def _batches(registry: Registry, plugin: str, cases: list[Case]) -> Iterator[Uncovered]:
    asked = {c.batch for c in cases}
    for ruleset in _own(registry, "rulesets", plugin):
        for batch in registry.rulesets[ruleset].batch:
            name = f"{ruleset}/{batch.id}"
            if name not in asked:
                yield Uncovered(what=Text("批次", "batch"), id=name, when=Text("从未", "never"))


def phases(item: Item) -> tuple[Dated, ...]:
    """The stretches of an item's days that are told apart by the bases published by then."""
    later = sorted({b.version for b in item.basis if b.version and b.version > item.since})
    starts = [item.since, *(day for day in later if item.until is None or day <= item.until)]
    last = [*(day - _DAY for day in starts[1:]), item.until]
    return tuple(_Phase(since, until) for since, until in zip(starts, last, strict=True))


def _untouched(what: Text, name: str, intervals: Iterable[Dated], asked: list[Case]) -> Iterator[Uncovered]:
    for interval in intervals:
        if not any(holds(interval, case.on) and case.expect.in_force is not False for case in asked):
            yield Uncovered(what=what, id=name, when=ends([interval]))


def _by_interval(rule: DatedRule, cases: list[Case]) -> Iterator[tuple[list[Case], Text | None]]:
    """For each version of a rule the cases of its days, and those days where there are several versions."""
    made = versions(rule)
    for one in made:
        when = ends([one.days]) if one.days is not None and len(made) > 1 else None
        yield _within(one.days, cases), when


def _joined(what: Text, when: Text | None) -> Text:
    return what if when is None else Text(f"{what.zh}（{when.zh}）", f"{what.en} ({when.en})")


def _within(days: Days | None, cases: list[Case]) -> list[Case]:
    return [c for c in cases if days is None or holds(days, c.on)]


def _own(registry: Registry, attribute: str, plugin: str) -> list[str]:
    return [i for i in getattr(registry, attribute) if registry.owners[attribute, i] == plugin]
