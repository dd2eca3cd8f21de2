"""The values of formulas, put back into a sheet: the library that keeps the formulas forgets what they last gave."""

import re
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Final
from xml.sax.saxutils import escape

from attrs import frozen

from ssj_core.readers.model import Cell, Line

_FORMULA: Final = re.compile(r'<c r="([A-Z]{1,3})(\d{1,7})"([^>]*)>(<f[^>]*/>|<f[^>]*>[^<]*</f>)<v\s*(?:/>|></v>)</c>')
_TYPE: Final = re.compile(r'\st="[^"]*"')


@frozen
class Kept:
    """A sheet, and how many formulas it has."""

    data: bytes
    count: int


def with_values(held: bytes, lines: Sequence[Line], epoch: datetime) -> Kept:
    """Give each formula of a sheet's XML the value that was read of it; nothing is computed.

    `lines` are its rows as read, `epoch` the day from which it counts days.
    """
    by_number = {line.number: line.cells for line in lines}
    count = 0

    def valued(match: re.Match[str]) -> str:
        nonlocal count
        count += 1
        letters, row, attributes, formula = match.groups()
        cells, place = by_number.get(int(row), ()), _place(letters)
        kind, value = _written(cells[place] if place < len(cells) else None, epoch)
        if not value:
            return match[0]
        return f'<c r="{letters}{row}"{_TYPE.sub("", attributes)}{kind}>{formula}<v>{value}</v></c>'

    return Kept(_FORMULA.sub(valued, held.decode()).encode(), count)


def _written(value: Cell, epoch: datetime) -> tuple[str, str]:
    """The type of a cell and its value, as a sheet has them; empty where there is none."""
    if isinstance(value, bool):
        return ' t="b"', str(int(value))
    if isinstance(value, int | float):
        return "", repr(value)
    if isinstance(value, datetime | date | time | timedelta):
        from openpyxl.utils.datetime import to_excel

        return "", repr(to_excel(value, epoch))
    return (' t="str"', escape(value)) if value else ("", "")


def _place(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1
