"""Workbooks, when the front door has let them in (.xlsx, .xls, .et, .ods): by python-calamine, else by `pure`."""

import io
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Final

from attrs import evolve

from ssj_core.causes import named_cause
from ssj_core.problems import Problem, problem
from ssj_core.readers.choice import HEADER_SEARCH, choose, finished
from ssj_core.readers.content import Content
from ssj_core.readers.model import Cell, Line, Merged, Reading, ReadOptions
from ssj_core.readers.package import PasswordedError
from ssj_core.readers.pure import Range, Tab, tabs
from ssj_core.text import Text

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

    from ssj_core.readers.sheets import Sheets


_OVERLAP: Final = Text("合并单元格互相重叠", "merged cells that overlap")


def read_book(data: bytes, checked: "Sheets", content: Content, options: ReadOptions) -> Reading:
    """Read the roster's sheet; whatever the parser does with a damaged file ends in a problem."""
    try:
        found = _tabs(data, checked, content)
        return _read(found, checked, content, options) if found else _failed(problem("SSJ-F020", file=options.file))
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except PasswordedError:
        return _failed(problem("SSJ-F005", file=options.file))
    except BaseException as error:  # a panic of the parser is no Exception, yet it means a damaged file
        return _failed(problem("SSJ-F006", file=options.file, reason=named_cause(error)))


def _tabs(data: bytes, checked: "Sheets", content: Content) -> list[Tab] | None:
    """The sheets by python-calamine; where it is not installed by a library of Python alone, None without one."""
    try:
        from python_calamine import CalamineWorkbook, PasswordError
    except ImportError:
        return tabs(data, content, checked)
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    except PasswordError:
        raise PasswordedError from None

    def tab(name: str, visible: bool) -> Tab:
        return Tab(
            name=name,
            visible=visible,
            rows=lambda: _padded(book.get_sheet_by_name(name)),
            merged=lambda: book.get_sheet_by_name(name).merged_cell_ranges or checked.merged(name),
        )

    return [
        tab(one.name, one.visible == SheetVisibleEnum.Visible)
        for one in book.sheets_metadata
        if one.typ == SheetTypeEnum.WorkSheet
    ]


def _padded(sheet: "CalamineSheet") -> Iterator[Sequence[Cell]]:
    before: list[Cell] = [None] * (sheet.start[1] if sheet.start else 0)
    for row in sheet.iter_rows():
        yield [*before, *row]


def _read(found: Sequence[Tab], checked: "Sheets", content: Content, options: ReadOptions) -> Reading:
    by_name = {tab.name: tab for tab in found}
    visible = [tab.name for tab in found if tab.visible]
    chosen = choose(list(by_name), visible, options, lambda name: _lines(by_name[name].rows(), HEADER_SEARCH))
    if isinstance(chosen, Problem):
        return evolve(_failed(chosen), sheets=tuple(by_name))
    lines = _lines(by_name[chosen].rows())
    merged = _merged(by_name[chosen].merged(), lines)
    if isinstance(merged, Text):
        return _failed(problem("SSJ-F006", file=options.file, reason=merged))
    return evolve(finished(lines, merged, chosen, checked.unseen(chosen), content, options), sheets=tuple(by_name))


def _lines(rows: Iterable[Sequence[Cell]], limit: int | None = None) -> tuple[Line, ...]:
    """Rows numbered as in the spreadsheet; empty cells become None, those at the end of a row go."""
    lines: list[Line] = []
    for number, row in enumerate(rows, 1):
        cells: list[Cell] = [None if cell == "" else cell for cell in row]
        while cells and cells[-1] is None:
            cells.pop()
        lines.append(Line(number=number, cells=tuple(cells)))
        if number == limit:
            break
    return tuple(lines)


def _merged(ranges: Sequence[Range], lines: Sequence[Line]) -> tuple[Merged, ...] | Text:
    """Merged cells as far as the sheet is filled; what is wrong with them if they overlap, as no spreadsheet allows."""
    width = max((len(line.cells) for line in lines), default=0)
    found = tuple(
        Merged(top=top + 1, bottom=min(bottom + 1, len(lines)), left=left, right=right)
        for (top, left), (bottom, right) in ranges
        if top < len(lines) and left < width and (top, left) != (bottom, right)
    )
    # Also what bounds the work behind us: a small file may declare any number of large ranges.
    return _OVERLAP if sum(one.bottom - one.top + 1 for one in found) > len(lines) * width else found


def _failed(found: Problem) -> Reading:
    return Reading(lines=(), problems=(found,))
