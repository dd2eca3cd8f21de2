"""A checked list as a workbook made anew: the same rows, red cells, a last column 问题, and a sheet of counts."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from attrs import evolve

from ssj_core.desk.checked import Checked
from ssj_core.desk.guess import TITLES
from ssj_core.desk.marks import marks
from ssj_core.desk.summary import add_summary
from ssj_core.problems import InputError, Severity, problem
from ssj_core.readers.model import Line, Merged
from ssj_core.roster.synonyms import MARKS
from ssj_core.spreadsheet import MOST_COLUMNS, MOST_ROWS, Book, height_of, legal, lines_of, put, width_of
from ssj_core.text import Lang

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

COLOURS: Final[Mapping[Severity, dict[str, str]]] = {
    "error": {"bg_color": "#FFC7CE", "font_color": "#9C0006"},
    "warning": {"bg_color": "#FFEB9C", "font_color": "#7F6000"},
    "note": {"bg_color": "#DDEBF7", "font_color": "#1F4E79"},
}
MARKS_WIDTH: Final = 70
_MEASURED: Final = 200
_LARGE: Final = 200_000


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
        self.cell = {grade: book.format(**colour) for grade, colour in COLOURS.items()}
        self.days = {grade: book.format(num_format=day, **colour) for grade, colour in COLOURS.items()}
        self.told = {grade: book.format(text_wrap=True, **colour) for grade, colour in COLOURS.items()}


def _lay_out(sheet: "Worksheet", lines: Sequence[Line], width: int, header: int) -> None:
    for place in range(width):
        shown = (line.cells[place] for line in lines[max(header - 1, 0) : _MEASURED] if place < len(line.cells))
        sheet.set_column(place, place, width_of(shown))
    sheet.set_column(width, width, MARKS_WIDTH)
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
    found = marks(checked, lang)
    for number, line in enumerate(lines):
        mark = found.get(line.number)
        grades: Mapping[int, Severity] = mark.grades if mark else {}
        if mark and line.number > header:
            sheet.set_row(number, height_of(lines_of(mark.told, MARKS_WIDTH)))
        for place in range(max(len(line.cells), max(grades, default=-1) + 1)):
            cell = line.cells[place] if place < len(line.cells) else None
            if grade := grades.get(place):
                put(sheet, number, place, cell, forms.cell[grade], forms.days[grade])
            elif cell is not None:
                put(sheet, number, place, cell, forms.head if line.number == header else forms.plain, forms.day)
        if line.number == header:
            sheet.write_string(number, width, MARKS, forms.head)
        elif mark:
            sheet.write_string(number, width, legal(mark.told), forms.told[mark.severity])


def _own(line: Line, checked: Checked) -> Line:
    """The row without the marks of an earlier check, if they are the last column."""
    place = checked.marks_place
    return line if place is None else evolve(line, cells=line.cells[:place])
