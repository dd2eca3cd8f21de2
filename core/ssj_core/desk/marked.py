"""A checked list as a workbook made anew: the same rows, red cells, a last column 问题, and a sheet of counts."""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from attrs import evolve

from ssj_core.desk.checked import Looked
from ssj_core.desk.guess import title_of
from ssj_core.desk.marks import MARKS_WIDTH, Marks, mark_height, marks, told_in
from ssj_core.desk.summary import add_summary
from ssj_core.desk.tints import COLOURS, tints
from ssj_core.problems import InputError, problem
from ssj_core.readers.model import Line, Merged
from ssj_core.roster.ours import hers, title_in
from ssj_core.roster.synonyms import MARKS
from ssj_core.spreadsheet import MOST_COLUMNS, MOST_ROWS, Book, legal, put, width_of
from ssj_core.text import Lang

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

_MEASURED: Final = 200
_LARGE: Final = 200_000


def marked(looked: Looked, lang: Lang) -> bytes:
    """Return the workbook.

    Raises:
        InputError: xlsxwriter is not installed, or the list is larger than a sheet.
    """
    place = looked.marks_place
    lines = [_own(line, place) for line in looked.reading.lines[: len(looked.fates)]]
    width = max((len(line.cells) for line in lines), default=0)
    at = width if place is None else place
    _refuse_too_large(looked, len(lines), max(width, at))
    book = Book(large=len(lines) * width > _LARGE and not looked.reading.merged)
    found = marks(looked, lang, place)
    if lines:
        sheet = book.add(looked.reading.sheet or title_of(looked.kind)(lang))
        _lay_out(sheet, lines, max(width, at + 1), at, looked.roster.header_row)
        _merge(sheet, looked.reading.merged, width, book)
        _fill(sheet, lines, at, looked, found, _Forms(book), lang)
        for one in tints(found.tints, at, len(lines), lang):
            colour = book.tint(**COLOURS[one.grade])
            rule = {"type": "formula", "criteria": f"={one.formula}", "format": colour}
            sheet.conditional_format(0, one.first, one.bottom - 1, one.last, rule)
    summary = add_summary(book, looked, lang)
    if not lines or found.head in found.by_row:  # of a missing column nothing is to be seen where a list begins
        summary.activate()
    return book.close()


def copied(looked: Looked, lang: Lang) -> bytes:
    """Return a workbook of all the sheets of a file of which none could be taken for the list, and why not.

    Raises:
        InputError: as `marked`.
    """
    book = Book()
    for page in looked.pages:
        width = max((len(line.cells) for line in page.lines), default=0)
        _refuse_too_large(looked, len(page.lines), width)
        sheet, forms = book.add(page.sheet), _Forms(book)
        _lay_out(sheet, page.lines, width, width, 0)
        _merge(sheet, page.merged, width, book)
        for number, line in enumerate(page.lines):
            for place, cell in enumerate(line.cells):
                if cell is not None:
                    put(sheet, number, place, cell, forms.plain, forms.day)
    add_summary(book, looked, lang).activate()
    return book.close()


def _refuse_too_large(looked: Looked, rows: int, columns: int) -> None:
    if rows > MOST_ROWS or columns >= MOST_COLUMNS:
        raise InputError([problem("SSJ-O006", file=looked.roster.file, rows=rows, columns=columns)])


class _Forms:
    """The formats: plain, of the header, of days, and of what is said of a row."""

    def __init__(self, book: Book) -> None:
        day = "yyyy-mm-dd"
        self.head = book.format(bold=True, bg_color="#D9E2F3", text_wrap=True)
        self.day = book.format(num_format=day)
        self.plain = book.format()
        self.told = book.format(text_wrap=True)


def _lay_out(sheet: "Worksheet", lines: Sequence[Line], width: int, at: int, header: int) -> None:
    for place in range(width):
        shown = (line.cells[place] for line in lines[max(header - 1, 0) : _MEASURED] if place < len(line.cells))
        sheet.set_column(place, place, MARKS_WIDTH if place == at else width_of(shown))
    if header:
        sheet.freeze_panes(header, 0)
        sheet.repeat_rows(header - 1)
        if len(lines) > header:
            sheet.autofilter(header - 1, 0, len(lines) - 1, width - 1)


def _merge(sheet: "Worksheet", merged: Iterable[Merged], width: int, book: Book) -> None:
    from xlsxwriter.exceptions import OverlappingRange

    for one in merged:
        if one.right < width and (one.top, one.left) != (one.bottom, one.right):
            with suppress(OverlappingRange):  # no spreadsheet has them; a damaged file may
                sheet.merge_range(one.top - 1, one.left, one.bottom - 1, one.right, "", book.format(text_wrap=True))


def _fill(
    sheet: "Worksheet", lines: Sequence[Line], at: int, looked: Looked, found: Marks, forms: _Forms, lang: Lang
) -> None:
    before = looked.reading.lines
    for number, line in enumerate(lines):
        head = line.number == found.head
        told = _told(before[number], looked.marks_place, found, lang)
        form = forms.head if line.number == looked.roster.header_row else forms.plain
        if told:
            sheet.set_row(number, mark_height(told, head=head))
        for place, cell in enumerate(line.cells):
            if cell is not None:
                put(sheet, number, place, cell, form, forms.day)
        if told:
            sheet.write_string(number, at, legal(told), forms.head if head else forms.told)


def _told(line: Line, place: int | None, found: Marks, lang: Lang) -> str:
    """The text of the last cell of a row: what is wrong with it, and what somebody wrote there."""
    cell = line.cells[place] if place is not None and place < len(line.cells) else None
    head, mark = line.number == found.head, found.by_row.get(line.number)
    if cell is None and mark is None and not head:
        return ""
    old = "" if cell is None else str(cell)
    title = title_in(old) if head else ""
    return told_in(mark, hers(old.removeprefix(title), lang), (title or MARKS) if head else "", lang)


def _own(line: Line, place: int | None) -> Line:
    """The row without the marks of an earlier check."""
    if place is None or place >= len(line.cells):
        return line
    cells = [cell if at != place else None for at, cell in enumerate(line.cells)]
    while cells and cells[-1] is None:
        cells.pop()
    return evolve(line, cells=tuple(cells))
