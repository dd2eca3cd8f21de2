"""Units that notice which of their columns a callback reads, and what it reads without declaring it."""

import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import Any, Final

from attrs import fields

from ssj_core.model import Officer, Subject, UnitKind
from ssj_core.problems import Problem, problem
from ssj_core.rules.columns import filled_by, suggested
from ssj_core.rules.model import ColumnUse
from ssj_core.testing.questions import Callback, Question
from ssj_core.watching import run

_EVERYBODY_HAS: Final = frozenset({"id", "name", "sectors", "fields"})
"""Attributes without which nobody takes part, so that no rule need ask for them."""
_GENERATED: Final = "<attrs generated"

Read = tuple[UnitKind, str, str]
"""Whose column, the attribute, and of `extra` the name of the column."""

_noticing: list[set[Read]] = []


@contextmanager
def noticed(found: set[Read]) -> Iterator[None]:
    """Collect in `found` what is read of watched units while the block runs."""
    _noticing.append(found)
    try:
        yield
    finally:
        _noticing.remove(found)


def watched_unit(unit: Subject | Officer) -> Subject | Officer:
    """The same unit, which notices what is read of it."""
    kind = _Subject if isinstance(unit, Subject) else _Officer
    return kind(**{one.name: getattr(unit, one.name) for one in fields(type(unit))})


def undeclared(question: Question) -> set[Read]:
    """What the callback reads for this question that its rule does not declare; an exception ends the reading."""
    read: set[Read] = set()
    units = [watched_unit(unit) for unit in question.units]
    with noticed(read), suppress(Exception, SystemExit, GeneratorExit):  # which the check that asks for answers tells
        run(question.callback.id, question.callback.call, *units, question.context)
    return without_declared(question.callback, read)


def without_declared(callback: Callback, read: set[Read]) -> set[Read]:
    """Of what a callback read, what its rule does not declare."""
    return {one for one in read if not _declared(one, callback.columns.get(one[0], ()))}


def told(callback: str, read: Sequence[str]) -> Problem:
    """The finding: what a rule reads and does not declare, each as `written`."""
    named = "、".join(one.partition(":")[0] for one in read)
    return problem("SSJ-G117", value=callback, what=named, lines="\n".join(read))


def written(read: Read) -> str:
    """What the author has to add: `columns=(ColumnUse(name="登记状态", fields=("status",)),)`."""
    unit, attribute, column = read
    use = ColumnUse(name=column) if column else suggested(unit, attribute)
    parts = [f'name="{use.name}"']
    parts += [f'kind="{use.kind}"'] if use.kind != "text" else []
    if use.fields:
        named = ", ".join(f'"{field}"' for field in use.fields)
        parts.append(f"fields=({named}{',' if len(use.fields) == 1 else ''})")
    return f"{unit}.{attribute}: ColumnUse({', '.join(parts)})"


def _declared(read: Read, columns: tuple[ColumnUse, ...]) -> bool:
    unit, attribute, column = read
    if attribute == "extra":
        return any(use.name == column and not use.fields for use in columns)
    filling = set() if attribute in _EVERYBODY_HAS else set(filled_by(unit, attribute))
    return not filling or any(filling & set(use.fields) for use in columns)


class _Cells(Mapping[str, str]):
    """The columns of their own, each noticed when it is asked for, there or not."""

    def __init__(self, unit: UnitKind, cells: Mapping[str, str]) -> None:
        self._unit: UnitKind = unit
        self._cells = cells

    def __getitem__(self, column: str) -> str:
        for found in _noticing:
            found.add((self._unit, "extra", column))
        return self._cells[column]

    def __iter__(self) -> Iterator[str]:
        return iter(self._cells)

    def __len__(self) -> int:
        return len(self._cells)


def _notice(unit: UnitKind, attribute: str, value: Any) -> Any:
    asker = sys._getframe(2)
    module, file = str(asker.f_globals.get("__name__", "")), asker.f_code.co_filename
    if not _noticing or module.partition(".")[0] == "attr" or file.startswith(_GENERATED):
        return value  # a copy, a comparison: what is read of the copy is noticed
    if attribute == "extra":
        return _Cells(unit, value)
    for found in _noticing:
        found.add((unit, attribute, ""))
    return value


class _Subject(Subject):
    def __getattribute__(self, name: str) -> Any:
        value = super().__getattribute__(name)
        return value if name.startswith("_") else _notice("subject", name, value)


class _Officer(Officer):
    def __getattribute__(self, name: str) -> Any:
        value = super().__getattribute__(name)
        return value if name.startswith("_") else _notice("officer", name, value)
