"""What a roster reader gives back: a table of raw cells with their row numbers."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from attrs import frozen

from ssj_core.problems import Problem

Cell = str | int | float | bool | date | datetime | time | timedelta | None


@frozen(kw_only=True)
class ReadOptions:
    """What the plan says about a roster file; empty means "find out and tell"."""

    file: str
    sheet: str = ""
    encoding: str = ""


@frozen(kw_only=True)
class Line:
    """One row of the file; `number` counts from 1 as the office sees it in its spreadsheet or editor."""

    number: int
    cells: tuple[Cell, ...]


@frozen(kw_only=True)
class Merged:
    """Merged cells, whose value is in the first of them: rows as `Line.number`, columns as places in `Line.cells`."""

    top: int
    bottom: int
    left: int
    right: int

    @property
    def name(self) -> str:
        """The range as a spreadsheet names it: D2:D200."""
        return f"{column_name(self.left)}{self.top}:{column_name(self.right)}{self.bottom}"


@frozen(kw_only=True)
class Reading:
    """All rows of one sheet, and how they were read (`encoding` or `sheet` as found; `reader` by the dispatcher).

    `sheets` are the names of all that the file has, whichever was read.
    """

    lines: tuple[Line, ...]
    merged: tuple[Merged, ...] = ()
    encoding: str = ""
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    reader: str = ""
    problems: tuple[Problem, ...] = ()


@frozen(kw_only=True)
class RosterReader:
    """A file format: `read` turns bytes into a `Reading`; never raises for bad input, reports problems.

    `suffixes` say what it reads; the dispatcher compares them with what the content is, not with the file's name.
    """

    id: str
    title: str
    suffixes: tuple[str, ...]
    read: Callable[[bytes, ReadOptions], Reading]


def column_name(place: int) -> str:
    """A column as a spreadsheet names it, by its place from 0: A, B, …, AA."""
    letters = ""
    number = place + 1
    while number:
        number, letter = divmod(number - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return letters
