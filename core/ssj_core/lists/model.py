"""A list: its name for the office and for machines, its columns, its rows; and how it is written."""

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Final

from attrs import field, frozen

from ssj_core.spreadsheet import Column, Sheet, Value, printed
from ssj_core.text import Text

FOR_MACHINES: Final = "机读"
"""Folder of the CSV files, so that nobody opens them in a spreadsheet that eats zeros."""


@frozen
class Field:
    """A column: its key in the CSV, its header, its width on paper in half-width characters.

    On paper an `id` goes without its scheme, what has one of the `words` is told by it, and of a digest the first
    `shown` digits are enough. The CSV has the values as they are.
    """

    key: str
    title: str
    width: int
    centred: bool = False
    shown: int = 0
    words: Mapping[str, str] = field(factory=dict)

    def on_paper(self, value: Value) -> Value:
        """Return what the workbook shows of a value."""
        if not isinstance(value, str):
            return value
        value = value.partition(":")[2] if self.key == "id" else self.words.get(value, value)
        return value[: self.shown] if self.shown else value


NUMBER: Final = Field("no", "序号", 6, centred=True)


@frozen(kw_only=True)
class Listing:
    """名单: `name` is that of its workbook and sheet, `key` that of its CSV; `title` stands above it."""

    name: str
    key: str
    title: str
    about: Sequence[str]
    fields: Sequence[Field]
    rows: Sequence[Sequence[Value]]


def files_of(books: Mapping[str, Sequence[Listing]]) -> dict[str, bytes]:
    """Return the files of a folder: a workbook for each name, with a sheet for each of its lists, and the CSV.

    Raises:
        InputError: xlsxwriter is not installed.
    """
    files = {f"{name}.xlsx": printed([_sheet(one) for one in lists], "zh") for name, lists in books.items()}
    csvs = {f"{FOR_MACHINES}/{one.key}.csv": _csv(one) for lists in books.values() for one in lists}
    return files | csvs


def _sheet(one: Listing) -> Sheet:
    columns = [Column(Text(f.title, f.key), f.width, f.centred) for f in one.fields]
    rows = [[column.on_paper(value) for column, value in zip(one.fields, row, strict=True)] for row in one.rows]
    return Sheet(name=one.name, title=one.title, columns=columns, rows=rows, about=one.about)


def _csv(one: Listing) -> bytes:
    """UTF-8 without a mark, keys of the programme in the header, LF: for programs, values as they are."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([column.key for column in one.fields])
    writer.writerows(one.rows)
    return out.getvalue().encode()
