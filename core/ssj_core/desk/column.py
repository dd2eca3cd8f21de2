"""The column 问题 of an office's own sheet: sentences written and taken away again, what she wrote herself kept."""

from collections.abc import Mapping
from copy import copy
from string import ascii_uppercase
from typing import TYPE_CHECKING, Final

from ssj_core.desk.marks import MARKS_WIDTH, Marks, mark_height, told_in
from ssj_core.desk.widths import own_column
from ssj_core.roster.ours import hers, is_head, title_in
from ssj_core.roster.synonyms import MARKS
from ssj_core.spreadsheet import Value, legal
from ssj_core.text import Lang

if TYPE_CHECKING:
    from openpyxl.cell import Cell, MergedCell
    from openpyxl.worksheet.worksheet import Worksheet

_NO_XML: Final = {number: "\ufffd" for number in range(32) if number not in (9, 10, 13)}
_ORDINARY: Final = 15.0
_LETTERS: Final = f"${ascii_uppercase}"


def write_marks(sheet: "Worksheet", place: int, found: Marks, lang: Lang, *, new: bool) -> None:
    """Write the column; `new` where the sheet has none yet, which gets the width it needs and the look of a header."""
    column = own_column(sheet, place + 1)
    column.hidden = False  # some hide all columns behind the list
    if new:
        column.width = MARKS_WIDTH
        head = sheet.cell(found.head, place + 1)
        head._style = copy((sheet.cell(found.head, place) if place else head)._style)
        _widen_filter(sheet, place)
    old = marks_in(sheet, place)
    for number in sorted({*old, *found.by_row, found.head}):
        _renew(sheet, number, place, found, old.get(number, ""), lang)


def marks_in(sheet: "Worksheet", place: int) -> Mapping[int, str]:
    """What the column holds, by row."""
    cells = ((number, sheet._cells.get((number, place + 1))) for number in range(1, sheet.max_row + 1))
    return {number: told for number, cell in cells if cell is not None and (told := _text(cell))}


def write(cell: "Cell | MergedCell", value: Value) -> None:
    """Write text as text, whatever it begins with: assigning alone would make a formula of =1+1."""
    if isinstance(value, str):
        value = legal(value).translate(_NO_XML)
        cell.value = value or None
        cell.data_type = "s" if value else "n"
    else:
        cell.value = value


def _renew(sheet: "Worksheet", number: int, place: int, found: Marks, old: str, lang: Lang) -> None:
    head = number == found.head
    title = title_in(old) if head else ""
    kept = hers(old.removeprefix(title), lang)
    told = told_in(found.by_row.get(number), kept, (title or MARKS) if head else "", lang)
    if told == old:
        return
    cell = sheet.cell(number, place + 1)
    row = sheet.row_dimensions[number]
    if row.height and old and abs(row.height - mark_height(old, head=is_head(old))) < 1:
        row.height = None  # it was made high for what goes now
    write(cell, told)
    if number in found.by_row:
        from openpyxl.styles import Alignment

        cell.alignment = Alignment(wrap_text=True, vertical="center")
        row.height = max(row.height or _ORDINARY, mark_height(told, head=head))


def _widen_filter(sheet: "Worksheet", place: int) -> None:
    from openpyxl.utils import get_column_letter

    first, _, last = (sheet.auto_filter.ref or "").partition(":")
    if last:
        sheet.auto_filter.ref = f"{first}:{get_column_letter(place + 1)}{last.lstrip(_LETTERS)}"


def _text(cell: "Cell | MergedCell") -> str:
    return "" if cell.value is None else str(cell.value)
