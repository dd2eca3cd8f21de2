"""A checked list as the office's own workbook: the same rows, red cells, a last column 问题, and a sheet of counts."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from attrs import evolve

from ssj_core.desk.checked import FAULTY, Checked
from ssj_core.desk.guess import TITLES
from ssj_core.desk.summary import GRADES, SUMMARY, add_summary
from ssj_core.problems import InputError, Problem, Severity, problem
from ssj_core.readers.brief import cut
from ssj_core.readers.model import Line, Merged
from ssj_core.roster.cells import text
from ssj_core.roster.privacy import mask
from ssj_core.roster.synonyms import MARKS
from ssj_core.spreadsheet import MOST_COLUMNS, MOST_ROWS, Book, height_of, legal, lines_of, put, width_of
from ssj_core.text import Lang, Text

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

_ORDER: Final[tuple[Severity, ...]] = ("note", "warning", "error")
_COLOURS: Final[Mapping[Severity, dict[str, str]]] = {
    "error": {"bg_color": "#FFC7CE", "font_color": "#9C0006"},
    "warning": {"bg_color": "#FFEB9C", "font_color": "#7F6000"},
    "note": {"bg_color": "#DDEBF7", "font_color": "#1F4E79"},
}
_MARKS_WIDTH: Final = 70
_MEASURED: Final = 200
_LARGE: Final = 200_000
_ELSEWHERE: Final = Text(f"见“{SUMMARY.zh}”表里写的问题", f"see the sheet {SUMMARY.en}")


def marked(checked: Checked, lang: Lang) -> bytes:
    """Return the workbook.

    Raises:
        InputError: xlsxwriter is not installed, or the list is larger than a sheet.
    """
    lines = [_own(line, checked) for line in checked.reading.lines[: len(checked.fates)]]
    width = max((len(line.cells) for line in lines), default=0)
    if len(lines) > MOST_ROWS or width >= MOST_COLUMNS:
        raise InputError([problem("SSJ-O006", file=checked.roster.file, rows=len(lines), columns=width)])
    book = Book(large=len(lines) * width > _LARGE and not checked.reading.merged)
    sheet = book.add(checked.reading.sheet or TITLES[checked.kind](lang))
    _lay_out(sheet, lines, width, checked.roster.header_row)
    _merge(sheet, checked.reading.merged, width, book)
    _fill(sheet, lines, width, checked, _Forms(book), lang)
    add_summary(book, checked, lang)
    return book.close()


class _Forms:
    """The formats: plain, of the header, and coloured by the gravest problem of a cell."""

    def __init__(self, book: Book) -> None:
        day = "yyyy-mm-dd"
        self.head = book.format(bold=True, bg_color="#D9E2F3", text_wrap=True)
        self.day = book.format(num_format=day)
        self.plain = book.format()
        self.cell = {grade: book.format(**colour) for grade, colour in _COLOURS.items()}
        self.days = {grade: book.format(num_format=day, **colour) for grade, colour in _COLOURS.items()}
        self.told = {grade: book.format(text_wrap=True, **colour) for grade, colour in _COLOURS.items()}


def _lay_out(sheet: "Worksheet", lines: Sequence[Line], width: int, header: int) -> None:
    for place in range(width):
        shown = (line.cells[place] for line in lines[max(header - 1, 0) : _MEASURED] if place < len(line.cells))
        sheet.set_column(place, place, width_of(shown))
    sheet.set_column(width, width, _MARKS_WIDTH)
    if header:
        sheet.freeze_panes(header, 0)
        sheet.repeat_rows(header - 1)
        if len(lines) > header:
            sheet.autofilter(header - 1, 0, len(lines) - 1, width)


def _merge(sheet: "Worksheet", merged: Iterable[Merged], width: int, book: Book) -> None:
    from xlsxwriter.exceptions import OverlappingRange

    for one in merged:
        if one.right < width and (one.top, one.left) != (one.bottom, one.right):
            with suppress(OverlappingRange):  # no spreadsheet has them; a damaged file may
                sheet.merge_range(one.top - 1, one.left, one.bottom - 1, one.right, "", book.format(text_wrap=True))


def _fill(sheet: "Worksheet", lines: Sequence[Line], width: int, checked: Checked, forms: _Forms, lang: Lang) -> None:
    header = checked.roster.header_row
    titles = _titles(lines, header)
    by_row = _by_row(checked.problems)
    for number, line in enumerate(lines):
        found = by_row.get(line.number, [])
        grades = _grades(found, titles, len(line.cells))
        told = "\n".join(_sentence(one, lang) for one in found)
        if not found and checked.fates.get(line.number) == FAULTY:
            told = _ELSEWHERE(lang)
        if told and line.number > header:
            sheet.set_row(number, height_of(lines_of(told, _MARKS_WIDTH)))
        for place in range(max(len(line.cells), max(grades, default=-1) + 1)):
            cell = line.cells[place] if place < len(line.cells) else None
            if grade := grades.get(place):
                put(sheet, number, place, cell, forms.cell[grade], forms.days[grade])
            elif cell is not None:
                put(sheet, number, place, cell, forms.head if line.number == header else forms.plain, forms.day)
        if line.number == header:
            sheet.write_string(number, width, MARKS, forms.head)
        elif told:
            sheet.write_string(number, width, legal(told), forms.told[found[0].severity if found else "error"])


def _own(line: Line, checked: Checked) -> Line:
    """The row without the marks of an earlier check, if they are the last column."""
    place = checked.marks_place
    return line if place is None else evolve(line, cells=line.cells[:place])


def _titles(lines: Sequence[Line], header: int) -> dict[str, int]:
    """Place by header, as problems name them."""
    cells = lines[header - 1].cells if header else ()
    return {cut(mask(text(cell))): place for place, cell in reversed(list(enumerate(cells)))}


def _by_row(problems: Iterable[Problem]) -> dict[int, list[Problem]]:
    found: dict[int, list[Problem]] = defaultdict(list)
    for one in problems:
        if one.row is not None:
            found[one.row].append(one)
    for several in found.values():
        several.sort(key=lambda one: (-_ORDER.index(one.severity), one.code))
    return found


def _grades(found: Sequence[Problem], titles: Mapping[str, int], cells: int) -> dict[int, Severity]:
    """Place to the gravest problem there; one that names no column is about the whole row."""
    graded: dict[int, Severity] = {}
    for one in reversed(found):
        whole = range(cells) if not one.field and one.severity != "note" else ()
        places = [titles[one.field]] if one.field in titles else whole
        graded.update(dict.fromkeys(places, one.severity))
    return graded


def _sentence(one: Problem, lang: Lang) -> str:
    field = f"{one.field}：" if one.field else ""
    remedy = one.remedy(lang).replace("\n", "  ")
    return f"【{GRADES[one.severity](lang)}】{field}{one.message(lang)}（{one.code}）→ {remedy}"
