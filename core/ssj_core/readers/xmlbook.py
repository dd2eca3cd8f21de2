"""The sheets of an XML Spreadsheet 2003, element by element, with expat."""

from datetime import date, datetime, time
from typing import Final
from xml.parsers import expat

from ssj_core.readers.grid import MOST_COLUMNS, MOST_ROWS, Grid, TooLargeError
from ssj_core.readers.model import Cell

_SPACE: Final = "urn:schemas-microsoft-com:office:spreadsheet "
_VISIBLE: Final = "urn:schemas-microsoft-com:office:excel Visible"
_FILTER: Final = "urn:schemas-microsoft-com:office:excel AutoFilterColumn"
_FILTER_TYPE: Final = "urn:schemas-microsoft-com:office:excel Type"
_BEFORE_DAYS: Final = date(1899, 12, 31)  # a time alone is a date of this day


class BookError(Exception):
    """The text is not XML; `line` and the text say where and why."""

    def __init__(self, line: int, reason: str) -> None:
        self.line = line
        super().__init__(reason)


def sheets(text: str) -> list[Grid]:
    """Return the sheets of a workbook; none if the text is another kind of XML.

    Raises:
        BookError: the text is not XML.
        TooLargeError: a sheet reaches farther than a spreadsheet.
    """
    book = _Book()
    try:
        book.parse(text)
    except expat.ExpatError as error:
        raise BookError(error.lineno, expat.ErrorString(error.code)) from None
    return book.grids


class _Book:
    """Follows the elements of the workbook; everything else is passed over."""

    def __init__(self) -> None:
        self.grids: list[Grid] = []
        self._row = self._column = -1
        self._repeat = self._described = 0
        self._kind = ""
        self._text: list[str] | None = None
        self._merge = (0, 0)

    def parse(self, text: str) -> None:
        """Read the whole text; raises `ExpatError` or `TooLargeError`."""
        parser = expat.ParserCreate(encoding="utf-8", namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._data
        parser.Parse(text.encode(), True)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name == _VISIBLE:
            self._text = []
        if name == _FILTER and self.grids:
            self.grids[-1].filtered |= attributes.get(_FILTER_TYPE, "All") != "All"
        if not name.startswith(_SPACE):
            return
        tag = name[len(_SPACE) :]
        given = {key.removeprefix(_SPACE): value for key, value in attributes.items()}
        if tag == "Worksheet":
            self.grids.append(Grid(given.get("Name", f"Sheet{len(self.grids) + 1}")))
            self._row, self._repeat, self._described = -1, 0, 0
        elif not self.grids:
            return
        elif tag == "Column":
            first = _place(given, self._described - 1, MOST_COLUMNS)
            self._described = first + 1 + _number(given.get("Span"), MOST_COLUMNS)
            if given.get("Hidden") == "1":
                self.grids[-1].hidden_columns.update(range(first, self._described))
        elif tag == "Row":
            self._row = _place(given, self._row + self._repeat, MOST_ROWS)
            self._repeat = _number(given.get("Span"), MOST_ROWS)
            self._column, self._merge = -1, (0, 0)
            if given.get("Hidden") == "1":
                self.grids[-1].hidden.update(range(self._row + 1, self._row + self._repeat + 2))
        elif tag == "Cell":
            across, down = (_number(given.get(key), MOST_ROWS) for key in ("MergeAcross", "MergeDown"))
            self._column = _place(given, self._column + self._merge[1], MOST_COLUMNS)
            self._merge = (down, across)
            self.grids[-1].merge(max(self._row, 0), self._column, down, across)
        elif tag == "Data":
            self._kind, self._text = given.get("Type", "String"), []

    def _end(self, name: str) -> None:
        if name == f"{_SPACE}Data" and self._text is not None:
            self.grids[-1].put(max(self._row, 0), max(self._column, 0), _value(self._kind, "".join(self._text)))
            self._text = None
        elif name == _VISIBLE and self.grids:
            self.grids[-1].visible = "".join(self._text or ()) not in ("SheetHidden", "SheetVeryHidden")
            self._text = None

    def _data(self, text: str) -> None:
        if self._text is not None:
            self._text.append(text)


def _place(given: dict[str, str], before: int, most: int) -> int:
    """Where an element stands, from 0: at its Index, else after the one before."""
    place = _number(given.get("Index"), most + 1) - 1 if "Index" in given else before + 1
    if not 0 <= place < most:
        raise TooLargeError(place + 1, place + 1)
    return place


def _number(value: str | None, most: int) -> int:
    return min(int(value), most) if value and value.isascii() and value.isdigit() and len(value) < 10 else 0


def _value(kind: str, text: str) -> Cell:
    try:
        if kind == "Number":
            number = float(text)
            return int(number) if number.is_integer() and abs(number) < 2**53 else number
        if kind == "DateTime":
            moment = datetime.fromisoformat(text)
            return moment.date() if moment.time() == time() and moment.date() > _BEFORE_DAYS else moment
    except (ValueError, OverflowError):
        return text
    return bool(int(text)) if kind == "Boolean" and text in ("0", "1") else text
