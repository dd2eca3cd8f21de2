"""Stratifiers as data: classes by one or several columns, with a mapping of values (format `ssj-strata/1`)."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Literal

from attrs import evolve, field, frozen

from ssj_core.model import Subject
from ssj_core.problems import Problem, problem
from ssj_core.roster.cells import name_key
from ssj_core.rules.columns import Column, PersonalColumnError, find, told, value
from ssj_core.rules.intervals import check_dated, interval_days
from ssj_core.rules.model import Context, LegalBasis, Stratifier
from ssj_core.rules.placed import refuse
from ssj_core.structuring import load_toml

JOINED = "·"
"""Between the parts of a class that several columns make."""


@frozen(kw_only=True)
class StrataColumn:
    """A column and how its values make classes.

    `classes` maps values to classes; `other` is the class of every value it does not name (empty: the value itself),
    `missing` that of an empty cell.
    """

    column: str
    classes: Mapping[str, str] = field(factory=dict)
    other: str = ""
    missing: str = "未填"


@frozen(kw_only=True)
class StrataInterval:
    """One interval: the class of a subject is what its columns say, in this order, joined by a middle dot."""

    since: date
    until: date | None = None
    reviewed_until: date
    gap: str = ""
    column: tuple[StrataColumn, ...]
    basis: tuple[LegalBasis, ...]


@frozen(kw_only=True)
class StrataTable:
    """A stratifier as its TOML holds it, by intervals."""

    format: Literal["ssj-strata/1"]
    id: str
    title: str
    in_force: tuple[StrataInterval, ...]


def load_stratifier(data: bytes, file: str) -> Stratifier:
    """Read a stratifier; raises `InputError` with all mistakes."""
    table = load_toml(data, StrataTable, file)
    refuse(_check(table, file), data)
    made = tuple(_version(table, interval) for interval in table.in_force)
    return evolve(made[-1], in_force=made)


def _version(table: StrataTable, interval: StrataInterval) -> Stratifier:
    found = [(find("subject", one.column), one) for one in interval.column]
    return Stratifier(
        id=table.id,
        title=table.title,
        key=_keyed([_part(column, one) for column, one in found]),
        columns=tuple(use for column, _ in found if (use := column.use(column.kind or "text"))),
        says="按" + "、".join(_says(one) for one in interval.column) + "分层",
        days=interval_days(interval),
        basis=interval.basis,
    )


def _part(column: Column, one: StrataColumn) -> Callable[[Subject], str]:
    classes = {name_key(word): name for word, name in one.classes.items()}

    def part(subject: Subject) -> str:
        cell = value(subject, column, column.kind or "text")
        if cell is None:
            return one.missing
        word = "、".join(cell) if isinstance(cell, tuple) else told(cell)
        return classes.get(name_key(word)) or one.other or word

    return part


def _keyed(parts: list[Callable[[Subject], str]]) -> Callable[[Subject, Context], str]:
    return lambda subject, _context: JOINED.join(part(subject) for part in parts)


def _says(one: StrataColumn) -> str:
    classes = dict.fromkeys(one.classes.values())
    grouped = (
        f"{'、'.join(word for word, name in one.classes.items() if name == group)}归入{group}" for group in classes
    )
    more = [*grouped, *([f"其余归入{one.other}"] if one.other else []), f"未填归入{one.missing}"]
    return f"{one.column}（{'，'.join(more)}）"


def _check(table: StrataTable, file: str) -> Iterator[Problem]:
    yield from check_dated(table.in_force, table.id, file)
    for number, interval in enumerate(table.in_force, start=1):
        yield from _check_columns(interval, table.id, f"in_force[{number}]", file)


def _check_columns(interval: StrataInterval, rule: str, place: str, file: str) -> Iterator[Problem]:
    if not interval.column:
        yield problem("SSJ-S048", file=file, field=f"{place}.column", value=rule)
    for n, one in enumerate(interval.column, start=1):
        where = f"{place}.column[{n}]"
        try:
            find("subject", one.column)
        except PersonalColumnError:
            yield problem("SSJ-S036", file=file, field=f"{where}.column", value=one.column)
        names = [*one.classes.values(), one.missing]
        if "" in names:
            yield problem("SSJ-S048", file=file, field=where, value=one.column)
        seen: dict[str, str] = {}
        for word in one.classes:
            if other := seen.get(name_key(word)):
                yield problem("SSJ-S039", file=file, field=f"{where}.classes.{word}", value=word, other=other)
            seen[name_key(word)] = word
