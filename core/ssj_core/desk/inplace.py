"""A checked .xlsx marked where it is: the office's own workbook, red cells, a last column 问题, a sheet of counts."""

import io
from collections.abc import Iterator, Mapping
from copy import copy
from string import ascii_uppercase
from typing import TYPE_CHECKING, Any, Final
from warnings import catch_warnings, simplefilter

from attrs import frozen

from ssj_core.desk.checked import Checked
from ssj_core.desk.formulas import with_values
from ssj_core.desk.marked import COLOURS, MARKS_WIDTH
from ssj_core.desk.marks import Mark, marks
from ssj_core.desk.ours import SUMMARY
from ssj_core.desk.summary import WIDTHS, summary_rows
from ssj_core.desk.widths import own_column
from ssj_core.problems import Severity
from ssj_core.readers.model import column_name
from ssj_core.roster.synonyms import MARKS
from ssj_core.spreadsheet import Value, height_of, legal, lines_of
from ssj_core.text import Lang

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell import Cell, MergedCell
    from openpyxl.worksheet.worksheet import Worksheet

_NO_XML: Final = {number: "\ufffd" for number in range(32) if number not in (9, 10, 13)}
_ORDINARY: Final = 15.0
_LETTERS: Final = f"${ascii_uppercase}"


@frozen(kw_only=True)
class InPlace:
    """The bytes, hidden rows and columns (by name) that are shown now, and how many cells hold formulas."""

    data: bytes
    rows: tuple[int, ...]
    columns: tuple[str, ...]
    formulas: int


def in_place(checked: Checked, lang: Lang) -> InPlace:
    """Mark the sheet that was read; all else stays as the library keeps it. No formula is computed, no macro kept.

    Raises:
        ImportError: openpyxl is not installed. Whatever it raises for a workbook it does not understand.
    """
    from openpyxl import load_workbook

    # The workbook passed the front door when it was read: entities, bombs and far corners are behind us.
    with catch_warnings():  # what is left behind is told by `returned`, in the office's words
        simplefilter("ignore")
        book = load_workbook(io.BytesIO(checked.data), rich_text=True)
    sheet = book[checked.reading.sheet]
    if checked.marks_place is not None:
        _unmark(book, sheet, checked.marks_place)
    place = _behind(sheet, checked) if checked.marks_place is None else checked.marks_place
    found = marks(checked, lang)
    _head(sheet, checked.roster.header_row, place)
    for number, mark in found.items():
        _mark(sheet, number, mark, place, checked.roster.header_row)
    shown = _show(sheet, found)
    _summary(book, checked, lang)
    out = io.BytesIO()
    book.save(out)
    kept = with_values(out.getvalue(), sheet.path, checked.reading.lines, book.epoch)
    return InPlace(data=kept.data, rows=shown[0], columns=shown[1], formulas=kept.count)


def _behind(sheet: "Worksheet", checked: Checked) -> int:
    """The place behind everything that the list has, merged cells included."""
    merged = (one.max_col for one in sheet.merged_cells.ranges if one.max_row >= checked.roster.header_row)
    return max([*merged, *(len(line.cells) for line in checked.reading.lines)], default=0)


def _head(sheet: "Worksheet", header: int, place: int) -> None:
    """Width and header of the last column, in the style of the header beside it; the filter reaches to it."""
    from openpyxl.utils import get_column_letter

    column = own_column(sheet, place + 1)
    column.width, column.hidden = MARKS_WIDTH, False  # some hide all columns behind the list
    if not header:
        return
    cell = sheet.cell(header, place + 1)
    _write(cell, MARKS)
    beside = sheet.cell(header, place) if place else cell
    cell._style = copy(beside._style)
    first, _, last = (sheet.auto_filter.ref or "").partition(":")
    if last:
        sheet.auto_filter.ref = f"{first}:{get_column_letter(place + 1)}{last.lstrip(_LETTERS)}"


def _mark(sheet: "Worksheet", number: int, mark: Mark, place: int, header: int) -> None:
    for at, grade in mark.grades.items():
        _colour(sheet.cell(number, at + 1), grade)
    if number == header:
        return
    from openpyxl.styles import Alignment

    cell = sheet.cell(number, place + 1)
    _write(cell, legal(mark.told))
    cell.alignment = Alignment(wrap_text=True, vertical="center")
    _colour(cell, mark.severity)
    row = sheet.row_dimensions[number]
    row.height = max(row.height or _ORDINARY, height_of(lines_of(mark.told, MARKS_WIDTH)))


def _colour(cell: "Cell | MergedCell", grade: Severity) -> None:
    from openpyxl.styles import PatternFill

    colour = COLOURS[grade]
    font = copy(cell.font)
    font.color = colour["font_color"].replace("#", "FF")
    cell.font = font
    cell.fill = PatternFill("solid", fgColor=colour["bg_color"].replace("#", "FF"))


def _show(sheet: "Worksheet", found: Mapping[int, Mark]) -> tuple[tuple[int, ...], tuple[str, ...]]:
    """Show hidden rows with a problem, and hidden columns with a coloured cell: nobody corrects what is not seen."""
    rows = [number for number in found if sheet.row_dimensions[number].hidden]
    for number in rows:
        sheet.row_dimensions[number].hidden = False
    columns = []
    for at in sorted({at for mark in found.values() for at in mark.grades}):
        if any((one.min or 0) <= at + 1 <= (one.max or 0) and one.hidden for one in sheet.column_dimensions.values()):
            own_column(sheet, at + 1).hidden = False
            columns.append(column_name(at))
    return tuple(rows), tuple(columns)


def _unmark(book: "Workbook", sheet: "Worksheet", place: int) -> None:
    """Take the marks of an earlier check away: its texts, its colours and its sheet of counts."""
    from openpyxl.styles import PatternFill

    ours = {colour["bg_color"].replace("#", "FF") for colour in COLOURS.values()}
    for cell in list(sheet._cells.values()):  # iterating over rows would make every cell of the rectangle
        if cell.fill.fgColor.rgb in ours:
            cell.fill = PatternFill()
            font = copy(cell.font)
            font.color = None
            cell.font = font
        if cell.column == place + 1:
            _clear(cell)
    for name in (SUMMARY.zh, SUMMARY.en):
        if name in book.sheetnames and book[name] is not sheet:
            del book[name]


def _summary(book: "Workbook", checked: Checked, lang: Lang) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    sheet = book.create_sheet(_free(book, SUMMARY(lang)))
    for place, width in enumerate(WIDTHS):
        sheet.column_dimensions[get_column_letter(place + 1)].width = width
    for number, (style, row) in enumerate(summary_rows(checked, lang), 1):
        for place, value in enumerate(row):
            cell = sheet.cell(number, place + 1)
            _write(cell, value)
            cell.alignment = Alignment(wrap_text=style != "fact", vertical="center", horizontal="left")
            cell.font = Font(name="宋体", size=14 if style == "title" else 11, bold=style in ("title", "head"))
            if style == "head":
                cell.fill = PatternFill("solid", fgColor="FFD9E2F3")
        if style == "plain":
            lines = [lines_of(v, WIDTHS[n]) for n, v in enumerate(row) if isinstance(v, str)]
            sheet.row_dimensions[number].height = height_of(max(lines, default=1))
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.sheet_properties.pageSetUpPr = _fitting()
    sheet.page_setup.fitToHeight = 0


def _fitting() -> Any:
    from openpyxl.worksheet.properties import PageSetupProperties

    return PageSetupProperties(fitToPage=True)


def _free(book: "Workbook", name: str) -> str:
    return next(one for one in _numbered(name) if one.casefold() not in {title.casefold() for title in book.sheetnames})


def _numbered(name: str) -> Iterator[str]:
    yield name
    number = 2
    while True:
        yield f"{name}{number}"
        number += 1


def _write(cell: "Cell | MergedCell", value: Value) -> None:
    """Write text as text, whatever it begins with: assigning alone would make a formula of =1+1."""
    if isinstance(value, str):
        value = legal(value).translate(_NO_XML)
        cell.value = value or None
        cell.data_type = "s" if value else "n"
    else:
        cell.value = value


def _clear(cell: "Cell | MergedCell") -> None:
    if cell.data_type != "n" or cell.value is not None:
        cell.value = None
