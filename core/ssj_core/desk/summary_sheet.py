"""The sheet 核对情况 in an office's own workbook: added behind the others, and that of an earlier check taken out."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from ssj_core.desk.checked import Looked
from ssj_core.desk.column import write
from ssj_core.desk.summary import IN_ALL, WIDTHS, summary_rows
from ssj_core.readers.model import Line
from ssj_core.roster.ours import GRADES, SUMMARY, is_summary
from ssj_core.spreadsheet import height_of, lines_of
from ssj_core.text import Lang

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_OF_THE_FILE: Final = (2, 4)
"""Rows that say which file it was and how it was read."""
_IDLE: Final = frozenset({GRADES["note"].zh, GRADES["note"].en, IN_ALL.zh, IN_ALL.en})
"""How rows begin that tell of notes, such as hidden rows, of which marking shows some; and the number of all."""


def add_sheet(book: "Workbook", looked: Looked, lang: Lang) -> "Worksheet":
    """Add the sheet, ready to be printed."""
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    sheet = book.create_sheet(_free(book, SUMMARY(lang)))
    for place, width in enumerate(WIDTHS):
        sheet.column_dimensions[get_column_letter(place + 1)].width = width
    for number, (style, row) in enumerate(summary_rows(looked, lang), 1):
        for place, value in enumerate(row):
            cell = sheet.cell(number, place + 1)
            write(cell, value)
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
    return sheet


def open_at(book: "Workbook", sheet: "Worksheet") -> None:
    """Have the workbook opened at a sheet; with two of them chosen, what is typed would go into both."""
    for one in book.worksheets:
        one.sheet_view.tabSelected = one is sheet
    book.active = book.index(sheet)


def drop_sheets(book: "Workbook") -> None:
    """Take out the summaries of earlier checks, known by what they say; a sheet of the office's may be called alike."""
    for sheet in _summaries(book):
        if len(book.sheetnames) > 1:
            del book[sheet.title]


def summaries(book: "Workbook") -> list[list[tuple[object, ...]]]:
    """What the summaries say that somebody may act on: not the file's name, how it was read, and mere notes."""
    return [[row for number, row in _rows(sheet) if number not in _OF_THE_FILE] for sheet in _summaries(book)]


def _rows(sheet: "Worksheet") -> Iterator[tuple[int, tuple[object, ...]]]:
    rows = enumerate(sheet.iter_rows(values_only=True), 1)
    return ((number, row) for number, row in rows if any(row) and row[0] not in _IDLE)


def _summaries(book: "Workbook") -> "list[Worksheet]":
    return [
        sheet
        for sheet in book.worksheets
        if is_summary([Line(number=n, cells=(sheet.cell(n, 1).value,)) for n in (1, 2)])
    ]


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
