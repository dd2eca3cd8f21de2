"""How far the sheets of an .xls file reach and what is hidden, before the parser allocates that rectangle."""

import struct
from collections.abc import Iterator, Mapping
from typing import Final

from attrs import define, field

from ssj_core.readers.extent import MAX_CELLS, Extent
from ssj_core.readers.package import DamagedError, PasswordedError
from ssj_core.readers.unseen import Unseen

_BOF: Final = frozenset({0x0009, 0x0209, 0x0409, 0x0809})
_BOUNDSHEET: Final = 0x0085
_DIMENSIONS: Final = frozenset({0x0000, 0x0200})
_ROW: Final = 0x0208
_COLINFO: Final = 0x007D
_FILTERMODE: Final = 0x009B
_FILEPASS: Final = 0x002F
_STRINGS: Final = 0x00FC
_MULRK: Final = 0x00BD
# Cells with a value; blank ones are read by nobody.
_CELLS: Final = frozenset(
    {0x0002, 0x0003, 0x0004, 0x0005, 0x0006, 0x00D6, 0x00FD, 0x0203, 0x0204, 0x0205, 0x0206, 0x027E, 0x0406}
)
_HIDDEN: Final = 0x20
_COLUMN_HIDDEN: Final = 0x01
_MOST_COLUMNS: Final = 257
_WIDE: Final = 1
_BIFF8: Final = 0x0600
_PAIR: Final = struct.Struct("<HH").unpack_from


@define
class _Sheet:
    rows: int = 0
    columns: int = 0
    hidden: set[int] = field(factory=set)
    columns_hidden: set[int] = field(factory=set)
    filtered: bool = False

    def reach(self, row: int, column: int) -> None:
        """Note a cell, counted from 0."""
        self.rows = max(self.rows, row + 1)
        self.columns = max(self.columns, column + 1)

    @property
    def extent(self) -> Extent:
        unseen = Unseen(rows=frozenset(self.hidden), columns=frozenset(self.columns_hidden), filtered=self.filtered)
        return Extent(self.rows, self.columns, unseen)


def measure(stream: bytes) -> Mapping[str, Extent]:
    """Go once over the records of a workbook; return the extent of every sheet by name.

    Raises:
        DamagedError: the records do not follow each other, or declare more cells than can be.
        PasswordedError: they are enciphered.
    """
    sheets: dict[int, _Sheet] = {}
    names: dict[int, str] = {}
    sheet, version = _Sheet(), _BIFF8
    for at, kind, body in _records(stream):
        if kind in _CELLS and len(body) >= 4:
            row, column = _PAIR(body)
            sheet.reach(row, column)
        elif kind == _MULRK and len(body) >= 6:
            row, first = _PAIR(body)
            sheet.reach(row, max(int.from_bytes(body[-2:], "little"), first + len(body) // 6))
        elif kind == _ROW and len(body) >= 14:
            if body[12] & _HIDDEN:
                sheet.hidden.add(_PAIR(body)[0] + 1)
        elif kind == _COLINFO and len(body) >= 10:
            first, last = _PAIR(body)
            if body[8] & _COLUMN_HIDDEN and last < _MOST_COLUMNS:
                sheet.columns_hidden.update(range(first, last + 1))
        elif kind == _FILTERMODE:
            sheet.filtered = True
        elif kind in _BOF:
            version = version if sheets else int.from_bytes(body[:2], "little")
            sheet = sheets.setdefault(at, _Sheet())
        elif kind == _BOUNDSHEET and len(body) >= 8:
            names[int.from_bytes(body[:4], "little")] = _name(body[6:], version)
        elif kind in _DIMENSIONS:
            _check(body)
        elif kind == _STRINGS and int.from_bytes(body[4:8], "little") > len(stream):
            raise DamagedError("SST")
        elif kind == _FILEPASS:
            raise PasswordedError
    if not names or not sheets.keys() >= names.keys():  # the parser begins where these say
        raise DamagedError("BIFF")
    return {names.get(begin, f"#{begin}"): one.extent for begin, one in sheets.items()}


def _records(stream: bytes) -> Iterator[tuple[int, int, bytes]]:
    at = 0
    while at + 4 <= len(stream):
        kind, length = _PAIR(stream, at)
        yield at, kind, stream[at + 4 : at + 4 + length]
        at += 4 + length


def _check(dimensions: bytes) -> None:
    """The parser reserves memory for as many cells as are declared, as it does for strings."""
    if len(dimensions) >= 14:
        first, last, left, right = struct.unpack_from("<IIHH", dimensions)
    elif len(dimensions) >= 8:
        first, last, left, right = struct.unpack_from("<HHHH", dimensions)
    else:
        return
    if max(0, last - first) * max(0, right - left) > MAX_CELLS:
        raise DamagedError("DIMENSIONS")


def _name(data: bytes, version: int) -> str:
    if version < _BIFF8 or len(data) < 2:
        return data[1 : 1 + data[0]].decode("gb18030", errors="replace")
    if data[1] & _WIDE:
        return data[2 : 2 + 2 * data[0]].decode("utf-16-le", errors="replace")
    return data[2 : 2 + data[0]].decode("latin-1")
