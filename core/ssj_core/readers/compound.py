"""The streams of an OLE compound file (.xls, .et), followed no further than the file is long."""

import struct
from collections.abc import Iterator
from typing import Final

from ssj_core.readers.package import DamagedError

_HEADER: Final = 512
_ENTRY: Final = 128
_LAST_SECTOR: Final = 0xFFFFFFFA
_IN_HEADER: Final = 109
_FILE: Final = 2
_ROOT: Final = 5


class Compound:
    """The directory of a compound file.

    Raises:
        DamagedError: a chain of sectors leads out of the file or in a circle.
    """

    def __init__(self, data: bytes) -> None:
        if len(data) < _HEADER:
            raise DamagedError("OLE")
        self._data = data
        shift, mini_shift = struct.unpack_from("<HH", data, 30)
        if not (7 <= shift <= 16 and 2 <= mini_shift <= shift):
            raise DamagedError("OLE")
        self._size, self._mini_size = 1 << shift, 1 << mini_shift
        directory, self._cutoff, mini = struct.unpack_from("<I4xII", data, 48)
        self._table = self._allocation()
        self._entries = list(self._directory(self._stream(directory)))
        self._mini_table = _numbers(self._stream(mini)) if mini < _LAST_SECTOR else ()
        root = next((start for _, kind, start, _ in self._entries if kind == _ROOT), _LAST_SECTOR)
        self._mini_stream = self._stream(root) if root < _LAST_SECTOR else b""

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all streams."""
        return tuple(name for name, kind, _, _ in self._entries if kind == _FILE)

    def streams(self, *wanted: str) -> Iterator[bytes]:
        """Give every stream of one of these names, whatever its capitals."""
        for name, kind, start, size in self._entries:
            if kind == _FILE and name.casefold() in wanted:
                small = size < self._cutoff
                yield (self._small(start) if small else self._stream(start))[:size]

    def _sector(self, number: int) -> bytes:
        begin = (number + 1) * self._size
        sector = self._data[begin : begin + self._size]
        if not sector:
            raise DamagedError("OLE")
        return sector

    def _allocation(self) -> tuple[int, ...]:
        """The table that says which sector follows which."""
        data = self._data
        sectors = list(struct.unpack_from(f"<{_IN_HEADER}I", data, 76))
        following, left = struct.unpack_from("<II", data, 68)
        most = len(data) // self._size + 1
        while following < _LAST_SECTOR:
            more = _numbers(self._sector(following))
            sectors += more[:-1]
            following = more[-1] if more else _LAST_SECTOR
            left -= 1
            if len(sectors) > most + 2 * self._size:
                raise DamagedError("OLE")
        used = [number for number in sectors if number < _LAST_SECTOR]
        if len(used) > most:
            raise DamagedError("OLE")
        return tuple(next_one for number in used for next_one in _numbers(self._sector(number)))

    def _stream(self, start: int) -> bytes:
        return b"".join(self._sector(number) for number in _chain(start, self._table))

    def _small(self, start: int) -> bytes:
        size = self._mini_size
        chain = _chain(start, self._mini_table)
        return b"".join(self._mini_stream[number * size : (number + 1) * size] for number in chain)

    @staticmethod
    def _directory(data: bytes) -> Iterator[tuple[str, int, int, int]]:
        for at in range(0, len(data) - _ENTRY + 1, _ENTRY):
            length, kind = struct.unpack_from("<HB", data, at + 64)
            start, size = struct.unpack_from("<II", data, at + 116)
            name = data[at : at + max(0, min(length, 64) - 2)].decode("utf-16-le", errors="replace")
            yield name, kind, start, size


def _chain(start: int, table: tuple[int, ...]) -> Iterator[int]:
    left = len(table)
    while start < _LAST_SECTOR:
        left -= 1
        if left < 0 or start >= len(table):
            raise DamagedError("OLE")
        yield start
        start = table[start]


def _numbers(data: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4])
