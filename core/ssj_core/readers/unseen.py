"""What of a sheet the screen does not show, and the list holds all the same: hidden rows and columns, a filter."""

from collections.abc import Iterator, Sequence
from typing import Final

from attrs import frozen

from ssj_core.problems import Problem, problem
from ssj_core.readers.model import Line, column_name

_TOLD: Final = 8


@frozen(kw_only=True)
class Unseen:
    """Numbers of hidden rows (from 1), places of hidden columns (from 0), and whether a filter is at work."""

    rows: frozenset[int] = frozenset()
    columns: frozenset[int] = frozenset()
    filtered: bool = False


NOTHING: Final = Unseen()


def tell(unseen: Unseen, lines: Sequence[Line], file: str) -> Iterator[Problem]:
    """Count what is hidden, as far as it holds anything: a sheet may be hidden to its far end."""
    rows = sorted(line.number for line in lines if line.cells and line.number in unseen.rows)
    if rows:
        yield problem("SSJ-F012", file=file, count=len(rows), first=rows[0])
    if unseen.columns:
        width = max((len(line.cells) for line in lines), default=0)
        filled = [
            place
            for place in sorted(unseen.columns)
            if place < width and any(place < len(line.cells) and line.cells[place] is not None for line in lines)
        ]
        if filled:
            named = "、".join(map(column_name, filled[:_TOLD])) + ("……" if len(filled) > _TOLD else "")
            yield problem("SSJ-F026", file=file, count=len(filled), columns=named)
    if unseen.filtered:
        yield problem("SSJ-F027", file=file)
