"""Writes .xlsx with xlsxwriter: text stays text, no cell is ever a formula, the same input gives the same bytes."""

import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, Final

from attrs import field, frozen
from wcwidth import wcswidth

from ssj_core.problems import InputError, problem
from ssj_core.text import Lang, Text

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

Value = str | int | float | bool | date | datetime | time | timedelta | None

MOST_ROWS: Final = 1_048_576
MOST_COLUMNS: Final = 16_384
LONGEST: Final = 32_767
"""What a cell can hold, in UTF-16 code units."""
_EXACT: Final = 2**53
_CREATED: Final = datetime(2000, 1, 1)  # noqa: DTZ001 - a fixed one, and the format knows no zones
_NO_NAME: Final = str.maketrans(dict.fromkeys("[]:*?/\\", "_"))
_NOT_XML: Final = dict.fromkeys((0xFFFE, 0xFFFF, *range(0xD800, 0xE000)), "\ufffd")
_OPTIONS: Final = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "in_memory": True,
    "default_date_format": "yyyy-mm-dd",
}
_POINTS_A_LINE: Final = 15


@frozen
class Column:
    """A column of a printed table: header, width in half-width characters, values in the middle or not."""

    title: Text
    width: int = 12
    centred: bool = False


@frozen(kw_only=True)
class Sheet:
    """A table as an office prints it: title, lines beneath it, header, rows; landscape A4, the header on every page."""

    name: str
    title: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Value]]
    about: Sequence[str] = field(factory=tuple)


class Book:
    """A workbook in the making.

    Raises:
        InputError: xlsxwriter is not installed.
    """

    def __init__(self, *, large: bool = False) -> None:
        try:
            from xlsxwriter import Workbook
        except ImportError:
            raise InputError([problem("SSJ-O005", value="office")]) from None
        self._stream = io.BytesIO()
        self._book = Workbook(self._stream, {**_OPTIONS, "constant_memory": large, "in_memory": not large})
        self._book.set_properties({"created": _CREATED})
        self._formats: dict[tuple[tuple[str, Any], ...], Format] = {}
        self._names: set[str] = set()

    def format(self, **properties: Any) -> "Format":
        """Return a format, made once; all have the font that offices use and a thin border unless told otherwise."""
        whole = {"font_name": "宋体", "font_size": 11, "valign": "vcenter", **properties}
        key = tuple(sorted(whole.items()))
        if key not in self._formats:
            self._formats[key] = self._book.add_format(whole)
        return self._formats[key]

    def tint(self, **properties: Any) -> "Format":
        """Return a format for conditions: it has nothing but what it changes."""
        return self._book.add_format(properties)

    def add(self, name: str) -> "Worksheet":
        """Add a sheet, ready to be printed; its name is made one that a workbook may have."""
        given = _sheet_name(name, self._names)
        self._names.add(given.casefold())
        sheet = self._book.add_worksheet(given)
        sheet.set_paper(9)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.5, right=0.5, top=0.7, bottom=0.7)
        sheet.set_footer("&C第 &P 页，共 &N 页")
        return sheet

    def close(self) -> bytes:
        """Return the bytes of the workbook; it takes no more cells then.

        Raises:
            InputError: a large one is written by way of the folder for temporary files, which is full.
        """
        from xlsxwriter.exceptions import XlsxWriterException

        try:
            self._book.close()
        except (OSError, XlsxWriterException) as error:
            raise InputError([problem("SSJ-O004", value="xlsx", reason=error)]) from None
        return self._stream.getvalue()


def put(sheet: "Worksheet", row: int, column: int, value: Value, form: "Format", dated: "Format") -> None:
    """Write a cell as what it is; figures that a spreadsheet cannot hold exactly are still shown as they came.

    `dated` is the format of a day.
    """
    if isinstance(value, str):
        sheet.write_string(row, column, legal(value), form)
    elif value is None:
        sheet.write_blank(row, column, None, form)
    elif isinstance(value, bool):
        sheet.write_boolean(row, column, value, form)
    elif isinstance(value, datetime) and value.tzinfo is None and value.year >= 1900:
        sheet.write_datetime(row, column, value, dated)
    elif isinstance(value, date) and not isinstance(value, datetime) and value.year >= 1900:
        sheet.write_datetime(row, column, datetime(value.year, value.month, value.day), dated)  # noqa: DTZ001
    elif isinstance(value, int | float) and value == value and abs(value) != float("inf"):
        exact = isinstance(value, float) or abs(value) < _EXACT
        sheet.write_number(row, column, value, form) if exact else sheet.write_string(row, column, str(value), form)
    else:
        sheet.write_string(row, column, str(value), form)


def legal(text: str) -> str:
    """Cut to what a cell can hold, without the code points that no XML may have."""
    if len(text) <= LONGEST // 2 and text.isprintable():  # quick, and true of nearly every cell
        return text
    text = text.translate(_NOT_XML)
    while len(text.encode("utf-16-le")) > 2 * LONGEST:
        text = f"{text[: min(len(text) - 2, LONGEST - 1)]}…"
    return text


def width_of(values: Iterable[Value], least: int = 6, most: int = 40) -> int:
    """Width of a column for its values, in half-width characters."""
    widest = max((max(map(_cells, str(value).split("\n"))) for value in values if value is not None), default=0)
    return min(max(widest + 2, least), most)


def lines_of(text: str, width: int) -> int:
    """How many lines a text takes in a column."""
    return sum(-(-max(_cells(line), 1) // max(width - 1, 1)) for line in text.split("\n"))


def height_of(lines: int) -> int:
    """Height of a row in points: a row that a library wrote does not grow with what it holds."""
    return min(max(lines, 1) * _POINTS_A_LINE + 5, 409)


def printed(sheets: Sequence[Sheet], lang: Lang) -> bytes:
    """Return a workbook of tables ready to print, each with its title, frozen header and filter."""
    book = Book()
    for one in sheets:
        _print(book, one, lang)
    return book.close()


def _print(book: Book, one: Sheet, lang: Lang) -> None:
    sheet = book.add(one.name)
    last = len(one.columns) - 1
    for place, column in enumerate(one.columns):
        sheet.set_column(place, place, column.width)
    title = book.format(font_name="黑体", font_size=16, align="center", text_wrap=True)
    wide = sum(column.width for column in one.columns)
    _across(sheet, 0, last, one.title, title, height_of(2 * lines_of(one.title, wide * 2 // 3)))
    about = book.format(font_size=10, text_wrap=True)
    for number, line in enumerate(one.about, 1):
        _across(sheet, number, last, line, about, height_of(lines_of(line, wide)))
    top = len(one.about) + 1
    head = book.format(bold=True, border=1, align="center", text_wrap=True, bg_color="#D9E2F3")
    for place, column in enumerate(one.columns):
        sheet.write_string(top, place, legal(column.title(lang)), head)
    sheet.set_row(top, height_of(max(lines_of(column.title(lang), column.width) for column in one.columns)))
    forms = [book.format(border=1, text_wrap=True, **({"align": "center"} if c.centred else {})) for c in one.columns]
    dated = book.format(border=1, align="center", num_format="yyyy-mm-dd")
    for number, row in enumerate(one.rows, top + 1):
        for place, value in enumerate(row):
            put(sheet, number, place, value, forms[place], dated)
        tallest = max((lines_of(v, one.columns[n].width) for n, v in enumerate(row) if isinstance(v, str)), default=1)
        sheet.set_row(number, height_of(tallest))
    sheet.freeze_panes(top + 1, 0)
    sheet.repeat_rows(top)
    if one.rows:
        sheet.autofilter(top, 0, top + len(one.rows), last)


def _across(sheet: "Worksheet", row: int, last: int, text: str, form: "Format", height: int) -> None:
    if last > 0:
        sheet.merge_range(row, 0, row, last, "", form)  # merging writes as it likes: the text is put there afterwards
    sheet.write_string(row, 0, legal(text), form)
    sheet.set_row(row, height)


def _cells(text: str) -> int:
    return len(text) if text.isascii() else max(wcswidth(text), len(text))


def _sheet_name(text: str, taken: set[str]) -> str:
    name = "".join(c for c in text.translate(_NO_NAME) if c.isprintable()).strip("' ")[:28] or "Sheet"
    name = name if name.casefold() != "history" else f"{name}_"
    number, given = 1, name
    while given.casefold() in taken:
        number += 1
        given = f"{name}{number}"
    return given
