"""How far the cells of a sheet reach, found in its XML before the parser allocates that rectangle."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from attrs import frozen

from ssj_core.readers.package import DamagedError

MAX_CELLS: Final = 20_000_000
_LONGEST_TAIL: Final = 4 << 20

# Possessive quantifiers: hostile input may not make the search slow.
_TAG: Final = re.compile(
    rb"<(?:[\w.-]++:)?(row|c)((?:\s++[\w:.-]++\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'))*+)\s*+/?>", re.ASCII
)
_REFERENCE: Final = re.compile(rb"\sr\s*+=\s*+[\"']\s*+\$?([A-Za-z]*+)\$?([0-9]*+)")
_HIDDEN: Final = re.compile(rb"\shidden\s*+=\s*+[\"'](?:1|true)")
_START: Final = re.compile(rb"<(?:[\w.-]++:)?(?:row|c)[\s/>]", re.ASCII)


class EntityError(Exception):
    """The XML declares a document type or entities."""


@frozen
class Extent:
    """Largest row and column with a cell, and the rows that are hidden."""

    rows: int
    columns: int
    hidden: frozenset[int]

    @property
    def too_large(self) -> bool:
        """A spreadsheet that would not fit into memory."""
        return self.rows * self.columns > MAX_CELLS


def measure(chunks: Iterable[bytes]) -> Extent:
    """Go once over the XML of a part.

    Raises:
        DamagedError: it is not XML as spreadsheets write it.
        EntityError: it declares a document type or entities.
    """
    rows = columns = row = column = 0
    hidden: set[int] = set()
    for piece in _whole_tags(chunks):
        if b"<!DOCTYPE" in piece or b"<!ENTITY" in piece:
            raise EntityError
        tags = 0
        for match in _TAG.finditer(piece):
            tags += 1
            name, attributes = match.groups()
            reference = _REFERENCE.search(attributes)
            letters, digits = reference.groups() if reference else (b"", b"")
            if name == b"row":
                row, column = _number(digits) if digits else row + 1, 0
                if b"hidden" in attributes and _HIDDEN.search(attributes):
                    hidden.add(row)
            else:
                column = _column(letters) if letters else column + 1
                if digits:
                    row = _number(digits)
                rows, columns = max(rows, row), max(columns, column)
        if tags != len(_START.findall(piece)):
            raise DamagedError("<row>/<c>")  # a tag we cannot take apart may say anything
    return Extent(rows, columns, frozenset(hidden))


def _whole_tags(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Cut the stream before a `<`, so that no tag is split in two."""
    tail = b""
    for chunk in chunks:
        if b"\0" in chunk:
            raise DamagedError("UTF-16")
        whole = tail + chunk
        cut = whole.rfind(b"<")
        if cut < 0 or len(whole) - cut > _LONGEST_TAIL:
            cut = len(whole) if cut < 0 else cut
            if len(whole) - cut > _LONGEST_TAIL:
                raise DamagedError("<…")
        yield whole[:cut]
        tail = whole[cut:]
    yield tail


def _number(digits: bytes) -> int:
    return int(digits[:12])


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters[:6].upper():
        number = number * 26 + letter - 64
    return number
