"""A checked .xlsx marked where it is: the office's own workbook, red cells, a last column 问题, a sheet of counts."""

import io
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final
from warnings import catch_warnings, simplefilter

from attrs import frozen

from ssj_core.desk.checked import Looked
from ssj_core.desk.column import marks_in, write_marks
from ssj_core.desk.conditional import placed, tint, tinted, untint
from ssj_core.desk.formulas import with_values
from ssj_core.desk.marks import Mark, marks
from ssj_core.desk.package import repacked, times
from ssj_core.desk.summary_sheet import add_sheet, drop_sheets, open_at, summaries
from ssj_core.desk.tints import tints
from ssj_core.desk.widths import own_column
from ssj_core.readers.model import column_name
from ssj_core.text import Lang

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_NOWHERE: Final = -1


@frozen(kw_only=True)
class InPlace:
    """The bytes, hidden rows and columns (by name) that are shown now, and how many cells hold formulas.

    `place` is that of the column 问题, None without a sheet; `same`: the marks are those that it had already.
    """

    data: bytes
    place: int | None
    rows: tuple[int, ...] = ()
    columns: tuple[str, ...] = ()
    formulas: int = 0
    same: bool = False


def in_place(looked: Looked, lang: Lang) -> InPlace:
    """Mark the sheet that was read; all else stays as the library keeps it. No formula is computed, no macro kept.

    Where no sheet was read, or nothing is in it, the summary alone says what is wrong, and is what is opened first.

    Raises:
        ImportError: openpyxl is not installed. Whatever it raises for a workbook it does not understand.
    """
    from openpyxl import load_workbook

    # The workbook passed the front door when it was read: entities, bombs and far corners are behind us.
    with catch_warnings():  # what is left behind is told by `returned`, in the office's words
        simplefilter("ignore")
        book = load_workbook(io.BytesIO(looked.data), rich_text=True)
    moments = times(looked.data)
    if not looked.head_row:
        before = summaries(book)
        drop_sheets(book)
        open_at(book, add_sheet(book, looked, lang))
        return InPlace(data=_saved(book, moments), place=None, same=before == summaries(book))
    sheet = book[looked.reading.sheet]
    before_all = _state(book, sheet, looked.marks_place)
    seen = book.active
    place = looked.marks_place
    if place is None:
        place = placed(sheet, looked.head_row)
    at = _behind(sheet, looked) if place is None else place
    for one in book.worksheets:  # whoever copied a row to another sheet copied its colours, too
        untint(one)
    found = marks(looked, lang, place)
    write_marks(sheet, at, found, lang, new=place is None)
    tint(sheet, list(tints(found.tints, at, max(looked.fates), lang)))
    shown = _show(sheet, found.by_row)
    drop_sheets(book)
    summary = add_sheet(book, looked, lang)
    if found.head in found.by_row:  # of a missing column nothing is to be seen where a list begins
        open_at(book, summary)
    elif seen not in (*book.worksheets, *book.chartsheets):
        open_at(book, sheet)
    count = [0]

    def valued(held: bytes) -> bytes:
        kept = with_values(held, looked.reading.lines, book.epoch)
        count[0] = kept.count
        return kept.data

    same = before_all == _state(book, sheet, at)
    data = _saved(book, moments, sheet, valued)
    return InPlace(data=data, place=at, rows=shown[0], columns=shown[1], formulas=count[0], same=same)


def _saved(
    book: "Workbook",
    moments: tuple[bytes, bytes],
    sheet: "Worksheet | None" = None,
    change: Callable[[bytes], bytes] = lambda held: held,
) -> bytes:
    """The workbook's bytes, the part of one sheet changed; which part it is the library says when it has saved it."""
    out = io.BytesIO()
    book.save(out)
    part = sheet.path.lstrip("/") if sheet else ""
    return repacked(out.getvalue(), moments, lambda name, held: change(held) if name == part else held)


def _state(book: "Workbook", sheet: "Worksheet", place: int | None) -> object:
    """All that a check writes into a workbook, to see whether it changes anything."""
    at = _NOWHERE if place is None else place
    return at, marks_in(sheet, at), tinted(sheet), summaries(book)


def _behind(sheet: "Worksheet", looked: Looked) -> int:
    """The place behind everything that the list has, merged cells included."""
    merged = (one.max_col for one in sheet.merged_cells.ranges if one.max_row >= looked.head_row)
    return max([*merged, *(len(line.cells) for line in looked.reading.lines)], default=0)


def _show(sheet: "Worksheet", found: Mapping[int, Mark]) -> tuple[tuple[int, ...], tuple[str, ...]]:
    """Show hidden rows with a problem, and hidden columns with a coloured cell: nobody corrects what is not seen."""
    rows = [number for number in found if sheet.row_dimensions[number].hidden]
    for number in rows:
        sheet.row_dimensions[number].hidden = False
    columns = []
    for at in sorted({at for mark in found.values() for at in mark.places}):
        if any((one.min or 0) <= at + 1 <= (one.max or 0) and one.hidden for one in sheet.column_dimensions.values()):
            own_column(sheet, at + 1).hidden = False
            columns.append(column_name(at))
    return tuple(rows), tuple(columns)
