"""Dates and stretches of leave, in the ways offices write them."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Final

from ssj_core.model import NO_EXPIRY, Leave
from ssj_core.readers.model import Cell
from ssj_core.roster.cells import folded, text
from ssj_core.roster.findings import CellError

_NEVER: Final = frozenset(("长期", "无固定期限", "永久", "长期有效", "永久有效", "无期限", "无限期"))
_NOT_YET: Final = frozenset(("-", "--", "—", "——", "/", "无", "暂无", "从未", "未检查", "未检查过", "尚未检查"))
_MARK: Final = r"[-‐‑‒–—―−/.年]"
_DAY: Final = rf"\d{{4}}{_MARK}\d{{1,2}}(?:{_MARK}|月)\d{{1,2}}[日号]?|\d{{8}}"
_DATE: Final = re.compile(rf"(\d{{4}}){_MARK}(\d{{1,2}})(?:{_MARK}|月)(\d{{1,2}})[日号]?", re.ASCII)
_CLOCK: Final = r"\d{1,2}[:时]\d{1,2}(?:[:分]\d{1,2}秒?(?:\.\d+)?)?分?(?:Z|[+-]\d{2}:?\d{2})?"
_AT: Final = rf"(?:T|(?<=[日号])){_CLOCK}"
_TIME: Final = re.compile(_AT, re.ASCII)
_BEFORE_TIME: Final = re.compile(r"(?<=[\d日号])\s+(?=\d{1,2}[:时]\d)", re.ASCII)
_TO: Final = r"(?:至|到|~|-|–|—+|−|起至)"
_PERIOD: Final = re.compile(rf"(?:自|从)?({_DAY})(?:{_AT})?起?(?:{_TO}({_DAY})(?:{_AT})?止?)?", re.ASCII)
_OPEN: Final = re.compile(rf"(?:自|从)?(?:{_DAY})(?:起|起至|至|[,、])?(?:{'|'.join(sorted(_NEVER))})", re.ASCII)
_SPLIT: Final = re.compile(r"[,，、;；|\n\r]+")
_NO_END: Final = {"otherwise": "没有期限的写“长期”", "otherwise_en": "where there is no end, “长期”"}
_NO_DAY: Final = {"otherwise": "没有的，这一格留空", "otherwise_en": "where there is none, leave the cell empty"}
NEVER_CHECKED: Final = {
    "otherwise": "没有检查过的，这一格留空",
    "otherwise_en": "where there was no inspection, leave the cell empty",
}
"""What else may be written where a date is not understood: the parameters of SSJ-R027."""

_EPOCH: Final = date(1899, 12, 30)
_SERIALS: Final = range(10_000, 2_958_466)


def day(cell: Cell, otherwise: Mapping[str, str] = _NO_DAY) -> date | None:
    """Read a date; nothing where the office wrote — or 未检查. Days of the year 9999 mean never.

    `otherwise` says what may be written instead of one.
    """
    if isinstance(cell, datetime):
        return _known(cell.date())
    if isinstance(cell, date):
        return _known(cell)
    if isinstance(cell, bool) or not isinstance(cell, str | int | float):
        raise CellError("SSJ-R027", **otherwise)
    word = _word(int(cell) if isinstance(cell, float) and 0 < cell < 1e9 else cell)
    return None if word in _NOT_YET else _known(_read(word, otherwise))


def expiry(cell: Cell) -> date:
    """Read the last day of validity: a date, the end of a period, or 长期."""
    if isinstance(cell, str):
        word = _word(cell)
        if word in _NEVER:
            return NO_EXPIRY
        first, _, last = word.rpartition("至")
        if (first and last in _NEVER) or _OPEN.fullmatch(word):
            return NO_EXPIRY
        period = _PERIOD.fullmatch(word)
        if period and period[2]:
            return _known(_read(period[2], _NO_END))
        cell = last.removesuffix("止") if not first else cell
    found = day(cell, _NO_END)
    if found is None:
        raise CellError("SSJ-R027", **_NO_END)
    return found


def leave(cell: Cell) -> tuple[Leave, ...]:
    """Read stretches of leave: 2021-03-01至2021-03-10；2021.5.1-2021.5.3; a single date is one day."""
    if not isinstance(cell, str):
        single = day(cell)
        return (Leave(first=single, last=single),) if single else ()
    found: list[Leave] = []
    for part in _SPLIT.split(unicodedata.normalize("NFKC", cell)):
        word = _word(part)
        if not word or word in _NOT_YET:
            continue
        period = _PERIOD.fullmatch(word)
        if not period:
            raise CellError("SSJ-R030")
        first = _read(period[1])
        last = _read(period[2]) if period[2] else first
        if last < first:
            raise CellError("SSJ-R031")
        found.append(Leave(first=first, last=last))
    return tuple(found)


def _word(cell: Cell) -> str:
    """Fold a date, but keep apart what a space kept apart: 2021-1-1 10:00 is not the eleventh."""
    return folded(_BEFORE_TIME.sub("T", unicodedata.normalize("NFKC", text(cell))))


def _read(word: str, otherwise: Mapping[str, str] = _NO_DAY) -> date:
    match = _DATE.match(word)
    if match and (match.end() == len(word) or _TIME.fullmatch(word, match.end())):
        return _date(*(int(part) for part in match.groups()))
    if word.isascii() and word.isdigit():
        if len(word) == 8:
            return _date(int(word[:4]), int(word[4:6]), int(word[6:]))
        if int(word[:9]) in _SERIALS and len(word) <= 7:
            return _EPOCH + timedelta(days=int(word))
    raise CellError("SSJ-R027", **otherwise)


def _date(year: int, month: int, dayofmonth: int) -> date:
    try:
        found = date(year, month, dayofmonth)
    except ValueError:
        raise CellError("SSJ-R028") from None
    if year < 1900:
        raise CellError("SSJ-R028")
    return found


def _known(found: date) -> date:
    return NO_EXPIRY if found.year == NO_EXPIRY.year else found
