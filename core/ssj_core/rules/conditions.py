"""Conditions on one cell of the roster, as a filter's TOML holds them: what they ask, and whether a unit meets them."""

import re
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import Any, Final

from attrs import evolve, fields, frozen

from ssj_core.model import Officer, Subject, UnitKind
from ssj_core.problems import Problem, problem
from ssj_core.ratios import parse_number
from ssj_core.roster.cells import name_key
from ssj_core.rules.columns import Column, PersonalColumnError, UnknownColumnError, Value, decimal, find, value
from ssj_core.rules.model import CellValue, ColumnKind, Context, Number


@frozen(kw_only=True)
class Condition:
    """What a cell must be; whatever is given must hold.

    `equals`, `differs`, `one_of`, `none_of` compare with a text, number, day or truth; `contains`, `lacks` look for one
    of the words in a text; `at_least`, `at_most`, `more_than`, `less_than` compare numbers; `before`, `after` days,
    neither included; `within_days`: at most so many days before the first day of the batch, or later. `missing` asks
    whether the cell is empty. An empty cell meets only `missing = true`, `differs`, `none_of` and `lacks`.
    """

    column: str
    equals: CellValue | None = None
    differs: CellValue | None = None
    one_of: tuple[CellValue, ...] = ()
    none_of: tuple[CellValue, ...] = ()
    contains: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()
    at_least: Number | None = None
    at_most: Number | None = None
    more_than: Number | None = None
    less_than: Number | None = None
    before: date | None = None
    after: date | None = None
    within_days: int | None = None
    missing: bool | None = None


_NUMBERS: Final = ("at_least", "at_most", "more_than", "less_than")
_DATES: Final = ("before", "after", "within_days")
_WORDS: Final = ("contains", "lacks")
_SAME: Final = ("equals", "differs", "one_of", "none_of")
OPERATORS: Final[dict[ColumnKind, tuple[str, ...]]] = {
    "text": (*_SAME, *_WORDS, "missing"),
    "number": (*_SAME, *_NUMBERS, "missing"),
    "date": (*_SAME, *_DATES, "missing"),
    "yes-no": (*_SAME, "missing"),
}
"""Which operators fit which kind of column."""
_TITLES: Final[dict[ColumnKind, tuple[str, str]]] = {
    "text": ("文字", "text"),
    "number": ("数字", "numbers"),
    "date": ("日期", "dates"),
    "yes-no": ("是否", "yes or no"),
}
_OF_TYPE: Final[dict[type, ColumnKind]] = {int: "number", bool: "yes-no", str: "text", date: "date"}
_SAID: Final = {
    "equals": "为{}", "differs": "不为{}", "one_of": "为{}之一", "none_of": "不为{}", "contains": "含{}",
    "lacks": "不含{}", "at_least": "不少于{}", "at_most": "不多于{}", "more_than": "多于{}", "less_than": "少于{}",
    "before": "早于{}", "after": "晚于{}", "within_days": "在批次首日前{}天以内",
}  # fmt: skip


@frozen
class Test:
    """A condition with its column found: ready to be asked."""

    condition: Condition
    column: Column
    kind: ColumnKind

    def holds(self, unit: Subject | Officer, context: Context) -> bool:
        """Whether the unit meets it."""
        cell = value(unit, self.column, self.kind)
        return all(_meets(cell, name, asked, context) for name, asked in given(self.condition))

    def says(self) -> str:
        """The condition in words."""
        parts = []
        for name, asked in given(self.condition):
            if name == "missing":
                parts.append("未填" if asked else "已填")
            else:
                listed = asked if isinstance(asked, tuple) else (asked,)
                parts.append(_SAID[name].format("、".join(_word(one) for one in listed)))
        return f"{self.condition.column}{'且'.join(parts)}"


def given(condition: Condition) -> Iterator[tuple[str, object]]:
    """The operators a condition uses, with what they ask for."""
    for attribute in fields(Condition):
        asked = getattr(condition, attribute.name)
        if attribute.name != "column" and asked is not None and asked != ():
            yield attribute.name, asked


def prepare(condition: Condition, unit: UnitKind) -> Test:
    """Find the column and its kind; only for conditions that `check` has found right."""
    column = find(unit, condition.column)
    kind = column.kind or _kinds(condition)[0]
    return Test(_with_numbers(condition) if kind == "number" else condition, column, kind)


def check(condition: Condition, unit: UnitKind, where: str, file: str) -> Iterator[Problem]:
    """Everything that is wrong with a condition."""
    try:
        column = find(unit, condition.column)
    except PersonalColumnError:
        yield problem("SSJ-S036", file=file, field=f"{where}.column", value=condition.column)
        return
    except UnknownColumnError as error:
        known = "、".join(error.known)
        yield problem("SSJ-S037", file=file, field=f"{where}.column", value=condition.column, known=known)
        return
    if not list(given(condition)):
        yield problem("SSJ-S034", file=file, field=where, value=condition.column)
        return
    kinds = [column.kind] if column.kind else _kinds(condition)
    kind = kinds[0]
    if len(kinds) > 1:
        listed = "、".join(_TITLES[k][0] for k in kinds)
        listed_en = ", ".join(_TITLES[k][1] for k in kinds)
        yield problem("SSJ-S038", file=file, field=where, value=condition.column, kinds=listed, kinds_en=listed_en)
        return
    if column.kind is None and (unsaid := _number_or_code(condition)):
        name, value = unsaid
        yield problem("SSJ-S015", file=file, field=f"{where}.{name}", value=value, column=condition.column)
        return
    if condition.within_days is not None and condition.within_days < 0:
        yield problem("SSJ-S006", file=file, field=f"{where}.within_days", value=condition.within_days)
    for name, asked in given(condition):
        listed_values = asked if isinstance(asked, tuple) else (asked,)
        fits = name in OPERATORS[kind]
        if name in _SAME:
            fits = all(_OF_TYPE[type(one)] == kind or (kind == "number" and _digits(one)) for one in listed_values)
        if not fits:
            yield problem(
                "SSJ-S033", file=file, field=f"{where}.{name}", value=condition.column, operator=name,
                kind=_TITLES[kind][0], kind_en=_TITLES[kind][1], known=", ".join(OPERATORS[kind]),
            )  # fmt: skip


def _kinds(condition: Condition) -> list[ColumnKind]:
    """How a condition reads its column; more than one is a mistake."""
    kinds: dict[ColumnKind, None] = {}
    for name, asked in given(condition):
        if name in _SAME:
            kinds.update(dict.fromkeys(_OF_TYPE[type(one)] for one in _listed(asked) if not _digits(one)))
        elif name != "missing":
            kinds["number" if name in _NUMBERS else "date" if name in _DATES else "text"] = None
    digits = any(_digits(one) for name, asked in given(condition) if name in _SAME for one in _listed(asked))
    if digits and "number" not in kinds:
        kinds["text"] = None  # nothing says that it is a number: a code is a text of digits, too
    return list(kinds) or ["text"]


def _number_or_code(condition: Condition) -> tuple[str, str] | None:
    """A decimal in quotes, with its operator, where nothing else says how the column is read, as `"01"` says a code."""
    same = [(name, one) for name, asked in given(condition) if name in _SAME for one in _listed(asked)]
    if any(name not in (*_SAME, "missing") for name, _ in given(condition)):
        return None
    if not all(_digits(one) for _, one in same) or any(re.match("-?0[0-9]", str(one)) for _, one in same):
        return None
    return next(((name, str(one)) for name, one in same if "." in str(one)), None)


def _listed(asked: object) -> tuple[object, ...]:
    return asked if isinstance(asked, tuple) else (asked,)


def _digits(asked: object) -> bool:
    """Whether it is a number written as a text."""
    try:
        return isinstance(asked, str) and parse_number(asked) is not None
    except ValueError:
        return False


def _with_numbers(condition: Condition) -> Condition:
    """The condition with its texts of digits as the numbers they are in a column of numbers."""

    def number(one: Any) -> Any:
        return parse_number(one) if isinstance(one, str) else one

    changed: dict[str, Any] = {
        name: tuple(map(number, asked)) if isinstance(asked, tuple) else number(asked)
        for name, asked in given(condition)
        if name in _SAME
    }
    return evolve(condition, **changed)


def _meets(cell: Value, name: str, asked: object, context: Context) -> bool:
    if name == "missing":
        return (cell is None) is asked
    if name in ("differs", "none_of", "lacks"):
        return not _meets(cell, {"differs": "equals", "none_of": "one_of", "lacks": "contains"}[name], asked, context)
    if cell is None:
        return False
    if isinstance(asked, tuple):
        if name == "contains":
            return isinstance(cell, tuple) and any(name_key(word) in name_key(text) for word in asked for text in cell)
        return any(_same(cell, one) for one in asked)
    if name == "equals":
        return _same(cell, asked)
    if isinstance(cell, Fraction) and isinstance(asked, int | Fraction):
        return {
            "at_least": cell >= asked,
            "at_most": cell <= asked,
            "more_than": cell > asked,
            "less_than": cell < asked,
        }[name]
    if isinstance(cell, date):
        if isinstance(asked, date):
            return cell < asked if name == "before" else cell > asked
        return isinstance(asked, int) and (context.start - cell).days <= asked
    return False


def _same(cell: Value, asked: object) -> bool:
    if isinstance(cell, tuple):
        return isinstance(asked, str) and any(name_key(text) == name_key(asked) for text in cell)
    return type(cell) in (bool, date, Fraction) and cell == asked and isinstance(cell, bool) == isinstance(asked, bool)


def _word(asked: object) -> str:
    if isinstance(asked, bool):
        return "是" if asked else "否"
    return decimal(Fraction(asked)) if isinstance(asked, int | Fraction) else str(asked)
