"""Merged cells below the header: down a column the value is meant for every row, across columns it is a riddle."""

from collections.abc import Mapping, Sequence

from attrs import evolve

from ssj_core.readers.brief import cut
from ssj_core.readers.model import Cell, Line, Merged
from ssj_core.roster.cells import is_blank
from ssj_core.roster.columns import Columns
from ssj_core.roster.findings import Findings
from ssj_core.roster.synonyms import NOT_NEEDED, header_key


def fill_down(lines: Sequence[Line], merged: Sequence[Merged], columns: Columns, findings: Findings) -> Sequence[Line]:
    """Fill the value of cells merged down a column that is read into every row that holds anything of its own."""
    places = {line.number: index for index, line in enumerate(lines)}
    counting = {place for place, title in enumerate(columns.titles) if header_key(title) in NOT_NEEDED}
    filled: dict[int, dict[int, Cell]] = {}
    counts: dict[int, int] = {}
    for one in merged:
        value = _first(lines, places, one)
        if one.left != one.right or one.left not in columns.used or is_blank(value):
            continue
        for number in range(one.top + 1, one.bottom + 1):
            index = places.get(number)
            if index is None or _at(lines, index, one.left) is not None:
                continue
            if _has_content(lines[index], counting):
                filled.setdefault(index, {})[one.left] = value
                counts[one.left] = counts.get(one.left, 0) + 1
    if not counts:
        return lines
    headers = "、".join(cut(columns.titles[place]) for place in sorted(counts))
    findings.add("SSJ-R042", headers=headers, count=sum(counts.values()))
    return [_with(line, filled[index]) if index in filled else line for index, line in enumerate(lines)]


def riddles(lines: Sequence[Line], merged: Sequence[Merged], columns: Columns) -> Mapping[int, Merged]:
    """Return, by row number, the merged cells of columns that are read of which nobody knows what a cell holds.

    They go across several columns, or down one that still keeps another value under the merged one: what the office
    sees is not what the file says.
    """
    places = {line.number: index for index, line in enumerate(lines)}
    found: dict[int, Merged] = {}
    for one in merged:
        value = _first(lines, places, one)
        if is_blank(value) or not any(one.left <= place <= one.right for place in columns.used):
            continue
        for number in range(one.top, one.bottom + 1):
            if one.left < one.right or _at(lines, places.get(number), one.left) not in (value, None):
                found.setdefault(number, one)
    return found


def _first(lines: Sequence[Line], places: Mapping[int, int], one: Merged) -> Cell:
    """Return the value; None if the range begins in the header or above it, where it is a title."""
    return _at(lines, places.get(one.top), one.left)


def _at(lines: Sequence[Line], index: int | None, place: int) -> Cell:
    cells = () if index is None else lines[index].cells
    cell = cells[place] if place < len(cells) else None
    return None if is_blank(cell) else cell


def _has_content(line: Line, counting: set[int]) -> bool:
    return any(not is_blank(cell) for place, cell in enumerate(line.cells) if place not in counting)


def _with(line: Line, values: Mapping[int, Cell]) -> Line:
    cells = [*line.cells, *[None] * (max(values) + 1 - len(line.cells))]
    for place, value in values.items():
        cells[place] = value
    return evolve(line, cells=tuple(cells))
