"""Workbooks through python-calamine, when the front door has let them in: .xlsx, .xls, .et, .ods."""

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING

from ssj_core.problems import Problem, problem
from ssj_core.readers.choice import HEADER_SEARCH, choose, finished
from ssj_core.readers.content import Content
from ssj_core.readers.model import Cell, Line, Merged, Reading, ReadOptions

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

    from ssj_core.readers.sheets import Sheets


def read_book(data: bytes, checked: "Sheets", content: Content, options: ReadOptions) -> Reading:
    """Read the roster's sheet; whatever the parser does with a damaged file ends in a problem."""
    try:
        from python_calamine import CalamineWorkbook, PasswordError
    except ImportError:
        return _failed(problem("SSJ-F020", file=options.file))
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            return _read(book, checked, content, options)
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except PasswordError:
        return _failed(problem("SSJ-F005", file=options.file))
    except BaseException as error:  # a panic of the parser is no Exception, yet it means a damaged file
        return _failed(problem("SSJ-F006", file=options.file, reason=type(error).__name__))


def _read(book: "CalamineWorkbook", checked: "Sheets", content: Content, options: ReadOptions) -> Reading:
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    worksheets = [one for one in book.sheets_metadata if one.typ == SheetTypeEnum.WorkSheet]
    visible = [one.name for one in worksheets if one.visible == SheetVisibleEnum.Visible]
    chosen = choose(
        [one.name for one in worksheets],
        visible,
        options,
        lambda name: _lines(book.get_sheet_by_name(name), HEADER_SEARCH),
    )
    if isinstance(chosen, Problem):
        return _failed(chosen)
    sheet = book.get_sheet_by_name(chosen)
    lines = _lines(sheet)
    merged = _merged(sheet.merged_cell_ranges or checked.merged(chosen), lines)
    if isinstance(merged, str):
        return _failed(problem("SSJ-F006", file=options.file, reason=merged))
    return finished(lines, merged, chosen, checked.hidden(chosen), content, options)


def _lines(sheet: "CalamineSheet", limit: int | None = None) -> tuple[Line, ...]:
    """Rows numbered as in the spreadsheet; empty cells become None, those at the end of a row go."""
    lines: list[Line] = []
    before: list[Cell] = [None] * (sheet.start[1] if sheet.start else 0)
    for number, row in enumerate(sheet.iter_rows(), 1):
        cells: list[Cell] = [None if cell == "" else cell for cell in row]
        while cells and cells[-1] is None:
            cells.pop()
        lines.append(Line(number=number, cells=(*before, *cells) if cells else ()))
        if number == limit:
            break
    return tuple(lines)


def _merged(
    ranges: Sequence[tuple[tuple[int, int], tuple[int, int]]], lines: Sequence[Line]
) -> tuple[Merged, ...] | str:
    """Merged cells as far as the sheet is filled; what is wrong with them if they overlap, as no spreadsheet allows."""
    width = max((len(line.cells) for line in lines), default=0)
    found = tuple(
        Merged(top=top + 1, bottom=min(bottom + 1, len(lines)), left=left, right=right)
        for (top, left), (bottom, right) in ranges
        if top < len(lines) and left < width and (top, left) != (bottom, right)
    )
    # Also what bounds the work behind us: a small file may declare any number of large ranges.
    return "mergeCells" if sum(one.bottom - one.top + 1 for one in found) > len(lines) * width else found


def _failed(found: Problem) -> Reading:
    return Reading(lines=(), problems=(found,))
