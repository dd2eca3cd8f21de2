"""How far the cells of a sheet reach, found in its XML before the parser allocates that rectangle."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from attrs import frozen

from ssj_core.readers.package import DamagedError
from ssj_core.readers.unseen import NOTHING, Unseen

MAX_CELLS: Final = 20_000_000
_LONGEST_TAIL: Final = 4 << 20

# Possessive quantifiers: hostile input may not make the search slow.
_ATTRIBUTES: Final = rb"((?:\s++[\w:.-]++\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'))*+)"
_TAG: Final = re.compile(rb"<(?:[\w.-]++:)?+(row|c)" + _ATTRIBUTES + rb"\s*+(/?)>|</(?:[\w.-]++:)?+row\s*+>", re.ASCII)
_REFERENCE: Final = re.compile(rb"\sr\s*+=\s*+[\"']([A-Za-z]{0,3})([0-9]{1,7})[\"']")
_HAS_REFERENCE: Final = re.compile(rb"\sr\s*+=")
_HIDDEN: Final = re.compile(rb"\shidden\s*+=\s*+[\"'](?:1|true)")
# The parser reserves memory for as many strings or styles as are declared, before it has seen one.
_DECLARED: Final = re.compile(rb"([uU]niqueC|c)ount\s*+=\s*+[\"']\s*+\+?+0*+([0-9]*+)")
# Columns and filters, which the parser passes over: they stand before the cells and after them.
_VIEW: Final = re.compile(rb"<(?:[\w.-]++:)?+(col|filterColumn|mergeCell)" + _ATTRIBUTES + rb"\s*+(/?)>", re.ASCII)
_VIEWED: Final = (b"<col", b":col", b"filterColumn", b"mergeCell")
_SPAN: Final = re.compile(rb"\s(min|max)\s*+=\s*+[\"']([0-9]{1,5})[\"']")
_RANGE: Final = re.compile(rb"\sref\s*+=\s*+[\"']([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})[\"']")
_MOST_COLUMNS: Final = 16_384
_MOST_MERGED: Final = 100_000
_START: Final = re.compile(rb"<(?:[\w.-]++:)?(?:row|c)[\s/>]", re.ASCII)


class EntityError(Exception):
    """The XML declares a document type or entities."""


@frozen
class Extent:
    """Largest row and column with a cell, and what of the sheet is not shown.

    `merged` are first and last cell (row and column from 0) of merged ones, where the parser does not tell.
    """

    rows: int
    columns: int
    unseen: Unseen = NOTHING
    merged: tuple[tuple[tuple[int, int], tuple[int, int]], ...] = ()


def measure(chunks: Iterable[bytes]) -> Extent:
    """Go once over the XML of a part.

    Raises:
        DamagedError: it is not XML as spreadsheets write it.
        EntityError: it declares a document type or entities.
    """
    ruler = _Ruler()
    size = strings = 0
    for piece in whole_tags(chunks):
        if b"<!DOCTYPE" in piece or b"<!ENTITY" in piece:
            raise EntityError
        size += len(piece)
        for kind, number in _DECLARED.findall(piece) if b"ount" in piece else ():
            if _number(number) > MAX_CELLS:
                raise DamagedError("count")
            strings = max(strings, _number(number) if len(kind) > 1 else 0)
        ruler.add(piece)
    if strings > size:
        raise DamagedError("uniqueCount")
    return Extent(ruler.rows, ruler.columns, ruler.unseen, tuple(ruler.merged))


class _Ruler:
    """Follows rows and cells as the parser does; where cells carry no reference it errs to the large side."""

    def __init__(self) -> None:
        self.rows = self.columns = self.highest = self.column = 0
        self.hidden: set[int] = set()
        self.hidden_columns: set[int] = set()
        self.filtered = False
        self.merged: list[tuple[tuple[int, int], tuple[int, int]]] = []

    @property
    def unseen(self) -> Unseen:
        return Unseen(rows=frozenset(self.hidden), columns=frozenset(self.hidden_columns), filtered=self.filtered)

    def add(self, piece: bytes) -> None:
        starts = 0
        for match in _TAG.finditer(piece):
            name, attributes, closed = match.groups()
            if name == b"c":
                starts += 1
                self._cell(attributes)
                continue
            if name:
                starts += 1
                self._row(attributes)
            if not name or closed:
                self.column = 0
        if starts != len(_START.findall(piece)):
            raise DamagedError("<row>/<c>")  # a tag we cannot take apart may say anything
        if any(mark in piece for mark in _VIEWED):
            self._view(piece)

    def _view(self, piece: bytes) -> None:
        for name, attributes, closed in _VIEW.findall(piece):
            if name == b"col" and _HIDDEN.search(attributes):
                span = {key: int(number) for key, number in _SPAN.findall(attributes)}
                first, last = span.get(b"min", 1), min(span.get(b"max", 0), _MOST_COLUMNS)
                self.hidden_columns.update(range(max(first, 1) - 1, last))
            elif name == b"filterColumn" and not closed:  # one without a criterion only hides its button
                self.filtered = True
            elif name == b"mergeCell" and (found := _RANGE.search(attributes)) and len(self.merged) < _MOST_MERGED:
                left, top, right, bottom = found.groups()
                self.merged.append(((int(top) - 1, _column(left) - 1), (int(bottom) - 1, _column(right) - 1)))

    def _row(self, attributes: bytes) -> None:
        _, digits = _reference(attributes)
        row = int(digits) if digits else self.highest + 1
        self.highest = max(self.highest, row)
        if b"hidden" in attributes and _HIDDEN.search(attributes):
            self.hidden.add(row)

    def _cell(self, attributes: bytes) -> None:
        letters, digits = _reference(attributes)
        if letters:
            self.rows = max(self.rows, int(digits))
            self.column = _column(letters)
        else:
            # 1 for a sheet that numbers neither rows nor cells
            self.rows = max(self.rows, self.highest, 1)
            self.column += 1
        self.columns = max(self.columns, self.column)


def _reference(attributes: bytes) -> tuple[bytes, bytes]:
    found = _REFERENCE.search(attributes)
    if found:
        return found[1], found[2]
    if b"r" in attributes and _HAS_REFERENCE.search(attributes):
        raise DamagedError("r")
    return b"", b""


def whole_tags(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Cut the stream before a `<`, so that no tag is split in two; raises `DamagedError` for an endless one."""
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
    return int(digits[:12] or b"0")


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number
