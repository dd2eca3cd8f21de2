"""Gathers cells that come with places and spans (pages, XML), as far as a spreadsheet can reach."""

from typing import Final

from attrs import define, field

from ssj_core.readers.model import Cell, Line, Merged
from ssj_core.readers.unseen import Unseen

MOST_ROWS: Final = 1_048_576
MOST_COLUMNS: Final = 16_384
MOST_CELLS: Final = 5_000_000


class TooLargeError(Exception):
    """The cells reach farther than a roster ever does; `rows` and `columns` say how far."""

    def __init__(self, rows: int, columns: int) -> None:
        self.rows, self.columns = rows, columns
        super().__init__(f"{rows} x {columns}")


@define
class Grid:
    """A sheet in the making; rows and columns count from 0 here."""

    name: str
    rows: dict[int, dict[int, Cell]] = field(factory=dict)
    merged: list[Merged] = field(factory=list)
    hidden: set[int] = field(factory=set)
    hidden_columns: set[int] = field(factory=set)
    filtered: bool = False
    visible: bool = True
    _cells: int = 0

    def put(self, row: int, column: int, value: Cell) -> None:
        """Set a cell; one that is empty takes no room.

        Raises:
            TooLargeError: the place is out of every spreadsheet, or there are too many cells.
        """
        self._cells += 1
        if row >= MOST_ROWS or column >= MOST_COLUMNS or self._cells > MOST_CELLS:
            raise TooLargeError(row + 1, column + 1)
        if value not in (None, ""):
            self.rows.setdefault(row, {})[column] = value

    def merge(self, row: int, column: int, down: int, across: int) -> None:
        """Note that a cell spans `down` further rows and `across` further columns."""
        if down or across:
            self.merged.append(Merged(top=row + 1, bottom=row + down + 1, left=column, right=column + across))

    @property
    def unseen(self) -> Unseen:
        """What of the sheet the screen does not show."""
        return Unseen(rows=frozenset(self.hidden), columns=frozenset(self.hidden_columns), filtered=self.filtered)

    def lines(self, limit: int | None = None) -> tuple[Line, ...]:
        """All rows from the first, or as many as are wanted."""
        last = max(self.rows, default=-1) + 1
        return tuple(self._line(row) for row in range(min(last, limit or last)))

    def _line(self, row: int) -> Line:
        cells = self.rows.get(row)
        if not cells:
            return Line(number=row + 1, cells=())
        return Line(number=row + 1, cells=tuple(cells.get(place) for place in range(max(cells) + 1)))

    def ranges(self) -> tuple[Merged, ...] | None:
        """Merged cells as far as the sheet is filled; None if they overlap, as in no honest sheet."""
        height = max(self.rows, default=-1) + 1
        width = max((max(cells) for cells in self.rows.values()), default=-1) + 1
        found = tuple(
            Merged(top=one.top, bottom=min(one.bottom, height), left=one.left, right=one.right)
            for one in self.merged
            if one.top <= height and one.left < width
        )
        return None if sum(one.bottom - one.top + 1 for one in found) > height * width else found
