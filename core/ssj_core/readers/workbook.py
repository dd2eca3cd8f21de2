"""Reads .xlsx with python-calamine, behind a front door that keeps hostile and mistaken files from it."""

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from ssj_core.problems import Problem, problem
from ssj_core.readers.content import ENCRYPTED, XLSX, sniff, without_effect
from ssj_core.readers.decode import private_use
from ssj_core.readers.model import Cell, Line, Merged, Reading, ReadOptions, RosterReader

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

    from ssj_core.readers.sheets import Sheets

_HEADER_SEARCH: Final = 20


def read(data: bytes, options: ReadOptions) -> Reading:
    """Read the sheet the plan names, the only visible one, or the only one that looks like a roster."""
    checked = _front_door(data, options.file)
    if isinstance(checked, Problem):
        return Reading(lines=(), problems=(checked,))
    try:
        from python_calamine import CalamineWorkbook
    except ImportError:
        return Reading(lines=(), problems=(problem("SSJ-F020", file=options.file),))
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            return _read_book(book, checked, options)
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException as error:  # a panic of the parser is no Exception, yet it means a damaged file
        reason = type(error).__name__
        return Reading(lines=(), problems=(problem("SSJ-F006", file=options.file, reason=reason),))


def _front_door(data: bytes, file: str) -> "Sheets | Problem":
    content = sniff(data)
    if content is ENCRYPTED:
        return problem("SSJ-F005", file=file)
    if content is not XLSX:
        return problem("SSJ-F004", file=file, found=content.name.zh, found_en=content.name.en, reader=READER.id)
    from ssj_core.readers.package import open_package  # here: who reads CSV need not wait for these
    from ssj_core.readers.sheets import inspect

    package = open_package(data, file)
    return package if isinstance(package, Problem) else inspect(package, file)


def _read_book(book: "CalamineWorkbook", sheets: "Sheets", options: ReadOptions) -> Reading:
    chosen = _choose(book, options)
    if isinstance(chosen, Problem):
        return Reading(lines=(), problems=(chosen,))
    sheet = book.get_sheet_by_name(chosen)
    lines = _lines(sheet)
    merged = _merged(sheet, lines)
    if isinstance(merged, str):
        return Reading(lines=(), problems=(problem("SSJ-F006", file=options.file, reason=merged),))
    problems: list[Problem] = []
    if options.encoding:
        problems.append(without_effect("encoding", options.encoding, XLSX, options))
    hidden = sorted(line.number for line in lines if line.cells and line.number in sheets.hidden(chosen))
    if hidden:
        problems.append(problem("SSJ-F012", file=options.file, count=len(hidden), first=hidden[0]))
    for line in lines:
        text = "".join(cell for cell in line.cells if type(cell) is str)
        problems += private_use(text, options.file, line.number)
    return Reading(lines=lines, merged=merged, sheet=chosen, problems=tuple(problems))


def _choose(book: "CalamineWorkbook", options: ReadOptions) -> str | Problem:
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    worksheets = [one for one in book.sheets_metadata if one.typ == SheetTypeEnum.WorkSheet]
    if options.sheet:
        names = [one.name for one in worksheets]
        if options.sheet in names:
            return options.sheet
        return problem("SSJ-F010", file=options.file, value=options.sheet, sheets="、".join(names))
    visible = [one.name for one in worksheets if one.visible == SheetVisibleEnum.Visible]
    if not visible:
        return problem("SSJ-F021", file=options.file)
    if len(visible) == 1:
        return visible[0]
    from ssj_core.roster.headers import looks_like_roster

    likely = [name for name in visible if looks_like_roster(_lines(book.get_sheet_by_name(name), _HEADER_SEARCH))]
    if len(likely) == 1:
        return likely[0]
    return problem("SSJ-F011", file=options.file, sheets="、".join(visible))


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


def _merged(sheet: "CalamineSheet", lines: Sequence[Line]) -> tuple[Merged, ...] | str:
    """Merged cells as far as the sheet is filled; what is wrong with them if they overlap, as no spreadsheet allows."""
    width = max((len(line.cells) for line in lines), default=0)
    found = tuple(
        Merged(top=top + 1, bottom=min(bottom + 1, len(lines)), left=left, right=right)
        for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
        if top < len(lines) and left < width and (top, left) != (bottom, right)
    )
    # Also what bounds the work behind us: a small file may declare any number of large ranges.
    return "mergeCells" if sum(one.bottom - one.top + 1 for one in found) > len(lines) * width else found


READER: Final = RosterReader(id="readers.xlsx", title="xlsx 工作簿 / xlsx workbook", suffixes=(".xlsx",), read=read)
