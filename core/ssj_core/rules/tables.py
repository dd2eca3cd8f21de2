"""Rule tables as TOML holds them (`ssj-checklist/1`, `ssj-ratio/1`, `ssj-ruleset/1`), read into the model."""

from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction
from typing import Final, Literal

from attrs import evolve, frozen

from ssj_core.problems import InputError, Problem, problem
from ssj_core.rules.intervals import Span, check_dated, check_timeline
from ssj_core.rules.model import (
    Bound,
    Checklist,
    ClassRatio,
    InForce,
    Item,
    LegalBasis,
    RatioRule,
    Ratios,
    Rounding,
    Total,
)
from ssj_core.rules.ruleset import Ruleset
from ssj_core.rules.team_rules import check_teams
from ssj_core.structuring import load_toml, undotted
from ssj_core.tomlpos import line_of, positions

_DEFAULT_ROUNDING: dict[Bound, Rounding] = {"min": "up", "max": "down", "exact": "half-up"}
_BREAKS_BOUND: set[tuple[Bound, Rounding]] = {
    ("min", "down"),
    ("min", "half-up"),
    ("max", "up"),
    ("max", "half-up"),
}


@frozen(kw_only=True)
class _Small:
    below: int
    take: int | Literal["all", "none"]


@frozen(kw_only=True)
class _Class:
    ratio: Fraction
    bound: Bound
    rounding: Rounding | None = None
    at_least: int = 0
    small: _Small | None = None


@frozen(kw_only=True)
class _Interval:
    since: date
    until: date | None = None
    reviewed_until: date
    gap: str = ""
    total: Total = "each"
    classes: Mapping[str, _Class]
    basis: tuple[LegalBasis, ...]


@frozen(kw_only=True)
class _RatioTable:
    format: Literal["ssj-ratio/1"]
    id: str
    title: str
    stratify: str
    in_force: tuple[_Interval, ...]


@frozen(kw_only=True)
class _Item:
    id: str
    title: str
    content: str
    kinds: tuple[str, ...]
    methods: tuple[str, ...]
    basis: tuple[LegalBasis, ...]
    note: str = ""
    materials: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    gap: str = ""


@frozen(kw_only=True)
class _ChecklistTable:
    format: Literal["ssj-checklist/1"]
    id: str
    title: str
    aliases: tuple[str, ...] = ()
    since: date
    reviewed_until: date
    basis: tuple[LegalBasis, ...] = ()
    item: tuple[_Item, ...]


CHECKLIST: Final = _ChecklistTable
RATIO: Final = _RatioTable
"""The tables as TOML holds them, for whoever describes the formats; everybody else has the model."""


def load_ruleset(data: bytes, file: str) -> Ruleset:
    """Read a ruleset; raises `InputError` with all mistakes."""
    ruleset = load_toml(data, Ruleset, file)
    _raise(_check_ruleset(ruleset, file), data)
    return ruleset


def load_checklist(data: bytes, file: str) -> Checklist:
    """Read a checklist; raises `InputError` with all mistakes.

    An item is in force from its `since`, else from the day on which the first of its dated bases was published, and
    never before the checklist itself; the loader works this out, so that the table says each date once. An item that
    changed stands twice: the old one with its `until`, the new one after it.
    """
    table = load_toml(data, _ChecklistTable, file)
    _raise(_check_checklist(table, file), data)
    return Checklist(
        id=table.id,
        title=table.title,
        aliases=table.aliases,
        reviewed_until=table.reviewed_until,
        basis=table.basis,
        items=tuple(_item(i, table.since) for i in table.item),
    )


def load_ratio_rule(data: bytes, file: str) -> RatioRule:
    """Read a ratio rule; raises `InputError` with all mistakes."""
    table = load_toml(data, _RatioTable, file)
    _raise(_check_ratio(table, file), data)
    return RatioRule(
        id=table.id,
        title=table.title,
        stratify=table.stratify,
        in_force=tuple(
            InForce(
                since=i.since,
                until=i.until,
                reviewed_until=i.reviewed_until,
                value=Ratios(classes={k: _class(c) for k, c in i.classes.items()}, total=i.total),
                basis=i.basis,
            )
            for i in table.in_force
        ),
    )


def _first_day(item: _Item, since: date) -> date:
    return max(since, item.since or min((basis.version or since for basis in item.basis), default=since))


def _item(item: _Item, since: date) -> Item:
    return Item(
        id=item.id,
        title=item.title,
        content=item.content,
        kinds=item.kinds,
        methods=item.methods,
        basis=item.basis,
        note=item.note,
        materials=item.materials,
        since=_first_day(item, since),
        until=item.until,
    )


def _class(raw: _Class) -> ClassRatio:
    return ClassRatio(
        ratio=raw.ratio,
        bound=raw.bound,
        rounding=raw.rounding or _DEFAULT_ROUNDING[raw.bound],
        at_least=raw.at_least,
        small_below=raw.small.below if raw.small else 0,
        small_take=raw.small.take if raw.small else "all",
    )


def _check_ratio(table: _RatioTable, file: str) -> Iterator[Problem]:
    yield from check_dated(table.in_force, table.id, file)
    for n, interval in enumerate(table.in_force, start=1):
        yield from _check_interval(interval, table.id, f"in_force[{n}]", file)


def _check_interval(interval: _Interval, rule: str, where: str, file: str) -> Iterator[Problem]:
    if not interval.classes:
        yield problem("SSJ-P027", file=file, field=f"{where}.classes", what="类别 classes", what_en="class")
    for name, raw in interval.classes.items():
        yield from _check_class(raw, f"{where}.classes.{name}", file)
    rounded = {raw.rounding or _DEFAULT_ROUNDING[raw.bound] for raw in interval.classes.values()}
    special = any(raw.at_least or raw.small for raw in interval.classes.values())
    if interval.total == "shared" and (len(rounded) > 1 or special):
        yield problem("SSJ-S004", file=file, field=where, value=rule)


def _check_class(raw: _Class, where: str, file: str) -> Iterator[Problem]:
    if raw.rounding and (raw.bound, raw.rounding) in _BREAKS_BOUND:
        yield problem("SSJ-S005", file=file, field=f"{where}.rounding", value=raw.rounding, bound=raw.bound)
    if raw.at_least < 0 or (
        raw.small and (raw.small.below < 0 or (isinstance(raw.small.take, int) and raw.small.take < 0))
    ):
        yield problem("SSJ-S006", file=file, field=where, value=raw.at_least)
    if raw.bound == "max" and (raw.at_least or (raw.small and raw.small.take != "none")):
        yield problem("SSJ-S007", file=file, field=where, value=raw.at_least)


def _check_checklist(table: _ChecklistTable, file: str) -> Iterator[Problem]:
    if not table.item:
        yield problem("SSJ-P027", file=file, field="item", what="事项 [[item]]", what_en="item")
    spans: dict[str, list[Span]] = {}
    late = table.reviewed_until < table.since  # of the whole table: told once
    for n, item in enumerate(table.item, start=1):
        where = f"item[{n}]"
        if not item.basis:
            yield problem("SSJ-S001", file=file, field=where, value=item.id)
        if "" in item.materials or len(set(item.materials)) < len(item.materials):
            yield problem("SSJ-S032", file=file, field=f"{where}.materials", value=item.id)
        before = spans.setdefault(item.id, [])
        first = _first_day(item, table.since)
        if before and before[-1].until is None and item.since is None:  # no change of an item, a slip of the pen
            yield problem("SSJ-S008", file=file, field=f"{where}.id", value=item.id)
            continue
        reviewed = date.max if late else table.reviewed_until
        before.append(Span(where=where, since=first, until=item.until, reviewed_until=reviewed, gap=item.gap))
    for name, intervals in spans.items():
        yield from check_timeline(intervals, name, file)
    if late:
        yield problem(
            "SSJ-S042", file=file, field="reviewed_until", value=table.reviewed_until, id=table.id, since=table.since
        )


def _check_ruleset(ruleset: Ruleset, file: str) -> Iterator[Problem]:
    seen: set[str] = set()
    for n, batch in enumerate(ruleset.batch, start=1):
        if batch.id in seen:
            yield problem("SSJ-S008", file=file, field=f"batch[{n}].id", value=batch.id)
        seen.add(batch.id)
        first, last = batch.months
        if not 1 <= first <= last <= 12:
            yield problem("SSJ-S009", file=file, field=f"batch[{n}].months", value=list(batch.months))
        if batch.officers == "joint" and not batch.lead_section:
            yield problem("SSJ-S010", file=file, field=f"batch[{n}].lead_section", value=batch.id)
        stage = batch.second_stage
        if stage is not None and (stage.count < 1 or not stage.kinds or not all(stage.kinds)):
            yield problem("SSJ-S046", file=file, field=f"batch[{n}].second_stage", value=batch.id)
        if batch.reserve < 0:
            yield problem("SSJ-S006", file=file, field=f"batch[{n}].reserve", value=batch.reserve)
    if ruleset.until < ruleset.since:
        yield problem("SSJ-S002", file=file, field="until", value=ruleset.until, since=ruleset.since)
    yield from check_teams(ruleset, file)
    given = {name for use in ruleset.uses for name in use.given}
    for n, choice in enumerate(ruleset.choice, start=1):
        for m, name in enumerate(choice.decides, start=1):
            if name not in given:
                known = "、".join(sorted(given)) or "—"
                yield problem("SSJ-S013", file=file, field=f"choice[{n}].decides[{m}]", value=name, known=known)


def _raise(found: Iterator[Problem], data: bytes) -> None:
    if problems := list(found):
        lines = positions(data.decode("utf-8-sig"))
        raise InputError([evolve(p, row=line_of(lines, undotted(p.field))) for p in problems])


__all__ = ["CHECKLIST", "RATIO", "load_checklist", "load_ratio_rule", "load_ruleset"]
