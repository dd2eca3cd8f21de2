"""Which rows below the header are entries: totals, notes, repeated headers and blank rows are not."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from ssj_core.readers.brief import cut
from ssj_core.readers.model import Line, Merged
from ssj_core.roster.cells import EXACT, folded, is_blank, text
from ssj_core.roster.columns import Columns, Row
from ssj_core.roster.endings import continues, dates, ending, signs
from ssj_core.roster.findings import Findings
from ssj_core.roster.layout import Layout
from ssj_core.roster.synonyms import MARKS, NOT_NEEDED, header_key

_SCIENTIFIC: Final = re.compile(r"\d(?:\.\d+)?E\+\d{2,3}", re.ASCII)
_KEPT_DIGITS: Final = 10**15  # a spreadsheet keeps fifteen digits of what is typed
_LONGEST_HEADER: Final = 40
_TOLD: Final = 10
SKIPPED: Final = {
    "blank": ("空行", "blank"),
    "total": ("合计行", "totals"),
    "note": ("说明行", "notes"),
    "header": ("重复的表头", "repeated headers"),
}
"""Why a row is no entry, in both languages."""


def entries(
    lines: Sequence[Line],
    columns: Columns,
    layout: Layout,
    findings: Findings,
    unclear: Mapping[int, Merged],
    skipped: dict[int, str],
) -> Iterator[Row]:
    """Give the rows that are entries; tell which were skipped, which have more cells than headers, lost digits.

    `unclear` are merged cells that cannot be read, by row: an entry may have none. `skipped` is filled with the rows
    that are none, by number.
    """
    told: set[Merged] = set()
    sieve = _Sieve(columns, layout)
    nameless = Counter[int]()
    figures = Counter[str]()
    width = len(columns.titles)
    rows = [(row := Row(line, columns, findings), sieve.filled(row)) for line in _without_end(lines)]
    fates = [sieve.skip(row, filled) for row, filled in rows]
    _signature(rows, fates, sieve)
    _paragraphs(rows, fates, sieve)
    for (row, filled), why in zip(rows, fates, strict=True):
        line = row.line
        if why == "unclear":
            _tell_unclear(row, filled, sieve.codes)
        elif why:
            skipped[line.number] = why
        elif line.number in unclear:
            one = unclear[line.number]
            if one not in told:
                told.add(one)
                findings.add("SSJ-R043", row=line.number, range=one.name)
        elif filled[-1] >= width:
            findings.add("SSJ-R012", row=line.number, count=sum(place >= width for place in filled))
        else:
            nameless.update(sieve.nameless.intersection(filled))
            if sieve.keeps_digits(row, figures):
                yield row
    for place, count in sorted(nameless.items()):
        findings.add("SSJ-R040", column=place + 1, count=count)
    for field, count in figures.items():
        findings.add("SSJ-R039", field=columns.title(field), count=count)
    if skipped:
        found = {kind: [n for n, why in skipped.items() if why == kind] for kind in SKIPPED}
        zh = "、".join(
            f"{SKIPPED[kind][0]} {len(rows)} 行（第 {_rows(rows)} 行）" for kind, rows in found.items() if rows
        )
        en = ", ".join(f"{len(rows)} {SKIPPED[kind][1]} ({_rows(rows)})" for kind, rows in found.items() if rows)
        findings.add("SSJ-R011", skipped=zh, skipped_en=en)


def _rows(numbers: Sequence[int]) -> str:
    return "、".join(map(str, numbers[:_TOLD])) + ("……" if len(numbers) > _TOLD else "")


def _tell_unclear(row: Row, filled: Sequence[int], codes: Mapping[int, str]) -> None:
    place = next(place for place in filled[1:] if place in codes)
    row.tell("SSJ-R055", codes[place], first=cut(text(row.at(filled[0]))))


def _signature(rows: Sequence[tuple[Row, Sequence[int]]], fates: list[str], sieve: "_Sieve") -> None:
    """Make a note of the office that signs, where its name stands right above the day that ends the list."""
    *_, unit, day = (-1, -1, *(n for n, fate in enumerate(fates) if fate != "blank"))
    if unit >= 0 and fates[day] == "note" and dates(*rows[day]) and not fates[unit] and signs(*rows[unit], sieve.codes):
        fates[unit] = "note"


def _paragraphs(rows: Sequence[tuple[Row, Sequence[int]]], fates: list[str], sieve: "_Sieve") -> None:
    """Make notes of the paragraphs that follow one at the very end: no entry comes after them, so none is lost."""
    begin = len(rows)
    while begin and (fates[begin - 1] or continues(*rows[begin - 1], sieve.codes)):
        begin -= 1
    noted = False
    for index in range(begin, len(rows)):
        noted |= fates[index] == "note"
        if noted and not fates[index]:
            fates[index] = "note"


def _without_end(lines: Sequence[Line]) -> Sequence[Line]:
    """Drop blank rows at the very end: every file has some, they are not worth a note."""
    last = len(lines)
    while last and all(is_blank(cell) for cell in lines[last - 1].cells):
        last -= 1
    return lines[:last]


class _Sieve:
    """What is known of the columns before the first row is looked at."""

    def __init__(self, columns: Columns, layout: Layout) -> None:
        self.keys = [header_key(title) for title in columns.titles]
        self.heads = [self.keys, *([header_key(title) for title in row] for row in columns.rows)]
        self.marks = {place for place, key in enumerate(self.keys) if key == MARKS}
        self.serial = {place for place, key in enumerate(self.keys) if key in NOT_NEEDED}
        self.nameless = {place for place, title in enumerate(columns.titles) if not title}
        self.codes = {place: field for field in layout.ids if (place := columns.places.get(field)) is not None}
        self.read = [(field, place, place in self.codes) for field, place in columns.places.items()]

    def filled(self, row: Row) -> Sequence[int]:
        """The places of a row that hold anything, but for the marks of an earlier check."""
        return [place for place, cell in enumerate(row.line.cells) if not is_blank(cell) and place not in self.marks]

    def skip(self, row: Row, filled: Sequence[int]) -> str:
        """Say why a row is no entry; empty if it is one, `unclear` if nobody can tell."""
        if not filled or (filled[-1] in self.serial and self._only_numbered(row, filled)):
            return "blank"
        if kind := ending(row, filled, self.codes):
            return kind
        return "header" if any(self._repeats(row, filled, head) for head in self.heads) else ""

    def _repeats(self, row: Row, filled: Sequence[int], head: Sequence[str]) -> bool:
        return filled[-1] < len(head) and all(head[place] and self._key(row, place) == head[place] for place in filled)

    def _key(self, row: Row, place: int) -> str:
        cell = row.at(place)
        return header_key(cell) if isinstance(cell, str) and len(cell) < _LONGEST_HEADER else ""

    def _only_numbered(self, row: Row, filled: Sequence[int]) -> bool:
        """Tell whether nothing but 序号 is filled in; a note at the end may begin in that column."""
        return all(place in self.serial and folded(row.at(place)).isdigit() for place in filled)

    def keeps_digits(self, row: Row, figures: Counter[str]) -> bool:
        """Refuse figures whose last digits are gone; count codes that are figures but still whole."""
        whole = True
        for field, place, is_code in self.read:
            cell = row.line.cells[place] if place < len(row.line.cells) else None
            if isinstance(cell, str):
                lost = is_code and "+" in cell and _SCIENTIFIC.fullmatch(folded(cell)) is not None
            elif isinstance(cell, bool) or not isinstance(cell, int | float):
                continue
            else:
                lost = not abs(cell) < (_KEPT_DIGITS if is_code else EXACT)
                if is_code and not lost:
                    figures[field] += 1
            if lost:
                row.tell("SSJ-R018", field)
                whole = False
        return whole
