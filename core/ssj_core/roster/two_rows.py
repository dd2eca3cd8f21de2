"""A header over two rows: groups above, such as 基本信息, and below each the columns that it consists of."""

from collections.abc import Sequence

from attrs import evolve

from ssj_core.readers.model import Cell, Line
from ssj_core.roster.cells import is_blank, text
from ssj_core.roster.synonyms import header_key, is_personal


def joined(upper: Line, lower: Line) -> Line:
    """One row of both, with the number of the lower: its title where it has one, else the one above.

    A column below a personal group stays personal, whatever its own title: 姓名 below 负责人 is 负责人姓名.
    """
    width = max(len(upper.cells), len(lower.cells))
    above, below = _padded(upper.cells, width), _padded(lower.cells, width)
    titles: list[Cell] = []
    group = ""
    for high, low in zip(above, below, strict=True):
        if not is_blank(high):
            group = "" if is_blank(low) else text(high)
        titles.append(high if is_blank(low) else _below(group, low))
    return evolve(lower, cells=tuple(titles))


def may_be_groups(line: Line) -> bool:
    """Whether a row can be the upper of the two: one cell alone is a title."""
    return sum(not is_blank(cell) for cell in line.cells) > 1


def _below(group: str, cell: Cell) -> Cell:
    title = text(cell)
    whole = is_personal(header_key(group)) and not is_personal(header_key(title))
    return group + title if whole else cell


def _padded(cells: Sequence[Cell], width: int) -> Sequence[Cell]:
    return [*cells, *[None] * (width - len(cells))]
