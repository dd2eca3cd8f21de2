"""What people and spreadsheets do to the files of a draw, one change each."""

from tests.unit.finished import (
    BOM,
    Change,
    record,
    text,
)
from tests.vectors.spoiled.base import put as another

Row = bytes
Place = tuple[str, int | None, str]


def crlf(data: bytes) -> bytes:
    return data.replace(b"\n", b"\r\n")


def quoted(data: bytes) -> bytes:
    head, second, *rest = data.split(b"\n")
    return b"\n".join([head, b",".join(b'"' + cell + b'"' for cell in second.split(b",")), *rest])


def excel(data: bytes) -> bytes:
    """As a spreadsheet with another list separator saves CSV."""
    return crlf(data.removeprefix(BOM).replace(b",", b";"))


def added_column(data: bytes) -> bytes:
    return BOM + b"".join(
        line + (",备注".encode() if not n else b",") + b"\n"
        for n, line in enumerate(data.removeprefix(BOM).splitlines())
    )


def moved_columns(data: bytes) -> bytes:
    cells = (line.split(b",") for line in data.removeprefix(BOM).splitlines())
    return BOM + b"".join(b",".join([second, first, *others]) + b"\n" for first, second, *others in cells)


def reversed_rows(lines: list[Row]) -> list[Row]:
    return lines[::-1]


def without_zeros(data: bytes) -> bytes:
    """As a spreadsheet writes a column of numbers."""
    return data.replace(b",0002,", b",2,").replace(b",0003,", b",3,").replace(b",0005,", b",5,")


def put(*path: str | int, value: object) -> Change:
    return record(another(*path, value=value))


def renamed(name: str, old: str, new: str) -> Change:
    """Another key of the record or of the rules, in plain text."""
    return text(name, f"\n{old} = ", f"\n{new} = ")


OFFICER, SUBJECT = "officers.csv", "subjects.csv"
ID = "编号"
