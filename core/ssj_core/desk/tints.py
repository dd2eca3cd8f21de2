"""Red cells without a fill of their own: conditional formats that follow what the column 问题 says of a row.

So a cell keeps the fill that the office gave it, rows may be sorted and moved, and where a sentence goes the red goes,
too. The formats know each other by a word in their formula; any others are the office's.
"""

import re
from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Final

from attrs import frozen

from ssj_core.desk.marks import ORDER, Tints
from ssj_core.problems import Severity
from ssj_core.readers.model import column_name
from ssj_core.roster.ours import ELSEWHERE, begin
from ssj_core.spreadsheet import legal
from ssj_core.text import Lang

COLOURS: Final[Mapping[Severity, dict[str, str]]] = {
    "error": {"bg_color": "#FFC7CE", "font_color": "#9C0006"},
    "warning": {"bg_color": "#FFEB9C", "font_color": "#7F6000"},
    "note": {"bg_color": "#DDEBF7", "font_color": "#1F4E79"},
}
_SIGN: Final = 'LEN("ssj-core")>0'
_COLUMN: Final = re.compile(r"CHAR\(10\)&\$([A-Z]{1,3})\$?\d+\)", re.IGNORECASE)


@frozen
class Tint:
    """One conditional format: columns from `first` to `last` (places), rows from 1 to `bottom`, formula without `=`."""

    first: int
    last: int
    bottom: int
    grade: Severity
    formula: str

    @property
    def range(self) -> str:
        """The range as a spreadsheet names it."""
        return f"{column_name(self.first)}1:{column_name(self.last)}{self.bottom}"


def tints(wanted: Tints, place: int, bottom: int, lang: Lang) -> Iterator[Tint]:
    """The formats of a sheet, the gravest of each column first; the column 问题, at `place`, has its own."""
    graded = {
        at: {grade: tuple(begin(grade, one, lang) for one in sorted(labels)) for grade, labels in by_grade.items()}
        for at, by_grade in sorted(wanted.items())
    }
    graded[place] = {grade: (begin(grade, "", lang),) for grade in ORDER}
    graded[place]["error"] += (ELSEWHERE(lang),)
    places = sorted(graded)
    stretches = groupby(enumerate(places), key=lambda one: (one[1] - one[0], sorted(graded[one[1]].items())))
    for (_, words), stretch in stretches:
        columns = [at for _, at in stretch]
        for grade, begins in sorted(words, key=lambda one: -ORDER.index(one[0])):
            yield Tint(columns[0], columns[-1], bottom, grade, _formula(begins, place))


def is_tint(formula: str) -> bool:
    """Whether a conditional format is one of ours."""
    return _SIGN.partition(">")[0] in formula.replace(" ", "")


def column_of(formula: str) -> str:
    """The name of the column 问题 that one of our formulas looks at; empty where it is gone."""
    found = _COLUMN.search(formula)
    return found[1].upper() if found else ""


def _formula(begins: tuple[str, ...], place: int) -> str:
    """True where a line of the row's cell begins with one of these."""
    cell = f"CHAR(10)&${column_name(place)}1"
    found = ",".join(f"ISNUMBER(FIND(CHAR(10)&{_literal(one)},{cell}))" for one in begins)
    return f"AND({_SIGN},OR({found}))"


def _literal(words: str) -> str:
    return '"' + legal(words).replace('"', '""') + '"'
