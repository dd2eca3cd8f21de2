"""Workbooks where python-calamine has no wheel: openpyxl for .xlsx, xlrd for .xls, slower and of Python alone."""

import io
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from attrs import frozen

from ssj_core.readers.content import OLE, XLSX, Content
from ssj_core.readers.model import Cell

if TYPE_CHECKING:
    from ssj_core.readers.sheets import Sheets

Range = tuple[tuple[int, int], tuple[int, int]]
"""First and last cell of merged ones: row and column from 0."""


@frozen(kw_only=True)
class Tab:
    """A sheet: `rows` begins at the first one of the file, whatever it holds."""

    name: str
    visible: bool
    rows: Callable[[], Iterator[Sequence[Cell]]]
    merged: Callable[[], Sequence[Range]]


def tabs(data: bytes, content: Content, checked: "Sheets") -> list[Tab] | None:
    """The sheets of a workbook that the front door let in; None where no library for it is installed.

    Raises whatever the library raises for a damaged file.
    """
    try:
        if content is XLSX:
            return _of_xlsx(data, checked)
        return _of_xls(data) if content is OLE else None
    except ImportError:
        return None


def _of_xlsx(data: bytes, checked: "Sheets") -> list[Tab]:
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)

    def rows(sheet: Any) -> Callable[[], Iterator[Sequence[Cell]]]:
        sheet.reset_dimensions()  # what the sheet says of its size is often wrong
        return lambda: ([_day(cell) for cell in row] for row in sheet.iter_rows(values_only=True))

    def merged(name: str) -> Callable[[], Sequence[Range]]:
        return lambda: checked.merged(name)

    return [
        Tab(name=s.title, visible=s.sheet_state == "visible", rows=rows(s), merged=merged(s.title))
        for s in book.worksheets
    ]


def _of_xls(data: bytes) -> list[Tab]:
    import xlrd

    book = xlrd.open_workbook(file_contents=data, formatting_info=True, ragged_rows=True, logfile=io.StringIO())

    def rows(sheet: Any) -> Callable[[], Iterator[Sequence[Cell]]]:
        return lambda: ([_old(cell, book.datemode) for cell in sheet.row(n)] for n in range(sheet.nrows))

    def merged(sheet: Any) -> Callable[[], Sequence[Range]]:
        return lambda: [((top, left), (below - 1, right - 1)) for top, below, left, right in sheet.merged_cells]

    return [Tab(name=s.name, visible=not s.visibility, rows=rows(s), merged=merged(s)) for s in book.sheets()]


def _old(cell: Any, datemode: int) -> Cell:
    """A cell of xlrd as the other library gives it."""
    import xlrd

    value: Any = cell.value
    if cell.ctype == xlrd.XL_CELL_DATE:
        return _day(xlrd.xldate_as_datetime(value, datemode)) if value >= 1 else value
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return bool(value)
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return str(xlrd.error_text_from_code.get(value, "#N/A"))
    if cell.ctype == xlrd.XL_CELL_NUMBER:
        return int(value) if value.is_integer() and abs(value) < 2**53 else float(value)
    return str(value) if cell.ctype == xlrd.XL_CELL_TEXT else None


def _day(value: Any) -> Cell:
    """A moment at midnight is a day, as the other library has it."""
    if isinstance(value, datetime):
        return value.date() if value.time() == time() else value
    return value if isinstance(value, (str, int, float, bool, date, time)) else None
