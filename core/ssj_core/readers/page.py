"""The tables of a web page, with rows, spans and hidden rows as a browser shows them."""

import re
from html.parser import HTMLParser
from typing import Final

from attrs import define, field

from ssj_core.readers.grid import MOST_COLUMNS, MOST_ROWS, Grid, TooLargeError

_SPACES: Final = re.compile(r"[ \t\r\n\f]+")
_UNSEEN: Final = frozenset({"script", "style", "title", "textarea"})
_BREAKS: Final = frozenset({"br", "p", "div", "li"})
_NUMBER: Final = re.compile(r"\s*0*([0-9]{1,7})")
_NOT_SHOWN: Final = re.compile(r"display\s*:\s*none|mso-hide|visibility\s*:\s*hidden", re.IGNORECASE)
_DEEPEST: Final = 50


def tables(text: str) -> list[Grid]:
    """Return the tables that hold anything, in the order of the page, named 表1, 表2, ….

    Raises:
        TooLargeError: a table reaches farther than a spreadsheet.
    """
    page = _Page()
    page.feed(text)
    page.close()
    grids = [grid for grid in page.grids if grid.rows]
    for number, grid in enumerate(grids, 1):
        grid.name = f"表{number}"
    return grids


@define
class _Table:
    """A table being read: where the next cell goes, and the text of the one that is open."""

    grid: Grid
    row: int = -1
    column: int = 0
    spans: dict[int, int] = field(factory=dict)
    """Column to the last row that a cell from above still covers."""
    cell: list[str] | None = None
    down: int = 0
    across: int = 0
    hidden: bool = False
    """Whether the open cell is."""
    described: int = 0

    def describe(self, columns: int, hidden: bool) -> None:
        if hidden:
            self.grid.hidden_columns.update(range(self.described, min(self.described + columns, MOST_COLUMNS)))
        self.described += columns

    def next_row(self, hidden: bool) -> None:
        self.finish()
        self.row += 1
        self.column = 0
        if hidden:
            self.grid.hidden.add(self.row + 1)

    def open(self, down: int, across: int, hidden: bool) -> None:
        self.finish()
        if self.row < 0:
            self.row = 0
        self.cell, self.down, self.across, self.hidden = [], down, across, hidden

    def finish(self) -> None:
        if self.cell is None:
            return
        while self.spans.get(self.column, -1) >= self.row:
            self.column += 1
        value = "\n".join(_SPACES.sub(" ", line).strip() for line in "".join(self.cell).split("\v")).strip()
        self.grid.put(self.row, self.column, value)
        self.grid.merge(self.row, self.column, self.down, self.across)
        if self.hidden:
            self.grid.hidden_columns.add(self.column)
        if self.column + self.across >= MOST_COLUMNS:
            raise TooLargeError(self.row + 1, self.column + self.across + 1)
        if self.down:
            for place in range(self.column, self.column + self.across + 1):
                self.spans[place] = self.row + self.down
        self.column += self.across + 1
        self.cell = None


class _Page(HTMLParser):
    """All tables of a page; text of a table within a cell belongs to the inner one."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.grids: list[Grid] = []
        self._open: list[_Table] = []
        self._unseen = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Follow the structure."""
        table = self._open[-1] if self._open else None
        if tag in _UNSEEN:
            self._unseen = tag
        elif tag == "table" and len(self._open) < _DEEPEST:
            self.grids.append(Grid(""))
            self._open.append(_Table(self.grids[-1]))
        elif table is None:
            return
        elif tag == "tr":
            table.next_row(_hidden(attrs))
        elif tag == "col":
            table.describe(_span(dict(attrs).get("span"), MOST_COLUMNS) + 1, _hidden(attrs))
        elif tag in ("td", "th"):
            given = dict(attrs)
            table.open(
                _span(given.get("rowspan"), MOST_ROWS), _span(given.get("colspan"), MOST_COLUMNS), _hidden(attrs)
            )
        elif tag in _BREAKS and table.cell:
            table.cell.append("\v")

    def handle_endtag(self, tag: str) -> None:
        """Close a cell, a row or a table."""
        if tag == self._unseen:
            self._unseen = ""
        if not self._open:
            return
        if tag in ("td", "th", "tr"):
            self._open[-1].finish()
        elif tag == "table":
            self._open.pop().finish()

    def handle_data(self, data: str) -> None:
        """Text of the open cell."""
        if self._open and not self._unseen and (cell := self._open[-1].cell) is not None:
            cell.append(data.replace("\v", " "))

    def close(self) -> None:
        """Finish what the page left open."""
        super().close()
        while self._open:
            self._open.pop().finish()


def _hidden(attrs: list[tuple[str, str | None]]) -> bool:
    return any(name == "hidden" or (name == "style" and _NOT_SHOWN.search(value or "")) for name, value in attrs)


def _span(value: str | None, most: int) -> int:
    """How many cells more than itself a cell covers."""
    found = _NUMBER.match(value or "")
    return min(max(int(found[1]), 1), most) - 1 if found else 0
