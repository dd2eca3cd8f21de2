"""The parts of an .xlsx file, unpacked no further than it declares: what guards the parser against hostile files."""

import zlib
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Final

from attrs import frozen

from ssj_core.causes import cause
from ssj_core.problems import Problem, problem
from ssj_core.text import Text

if TYPE_CHECKING:
    from zipfile import ZipInfo

_ZIP: Final = Text("压缩包里同一个名字出现了两次，或写法不对", "two parts of one name, or odd ones")
LIMIT_MB: Final = 300
_CHUNK: Final = 1 << 20
_LOCAL_HEADER: Final = 30
_STORED: Final = 0
_DEFLATED: Final = 8
_SMALL: Final = 16 << 20


class DamagedError(Exception):
    """A part does not hold what the package says it holds; the text is for the office."""


class PasswordedError(Exception):
    """The workbook is enciphered."""


@frozen
class Package:
    """The bytes and the directory of a zip file; names are kept in lower case, as spreadsheets compare them."""

    data: bytes
    parts: Mapping[str, "ZipInfo"]

    def chunks(self, name: str) -> Iterator[bytes]:
        """Unpack a part piece by piece.

        `zipfile` stops at the declared size and says nothing, the parser behind us would go on: so we refuse.

        Raises:
            DamagedError: the part is missing, packed in an unusual way, or longer than declared.
        """
        info = self.parts.get(name)
        if info is None:
            raise DamagedError(f"{name}?")
        head = self.data[info.header_offset : info.header_offset + _LOCAL_HEADER]
        if len(head) < _LOCAL_HEADER or info.compress_type not in (_STORED, _DEFLATED) or info.flag_bits & 1:
            raise DamagedError(name)
        begin = info.header_offset + _LOCAL_HEADER + int.from_bytes(head[26:28], "little")
        begin += int.from_bytes(head[28:30], "little")
        packed = memoryview(self.data)[begin : begin + info.compress_size]
        left = info.file_size
        for chunk in _stored(packed) if info.compress_type == _STORED else _inflated(packed, name):
            left -= len(chunk)
            if left < 0:
                raise DamagedError(name)
            yield chunk
        if left:
            raise DamagedError(name)

    def text(self, name: str) -> str:
        """Return a small part (the workbook, its relations) as text."""
        pieces: list[bytes] = []
        for chunk in self.chunks(name):
            pieces.append(chunk)
            if len(pieces) * _CHUNK > _SMALL:
                raise DamagedError(name)
        return b"".join(pieces).decode("utf-8", errors="strict")


def open_package(data: bytes, file: str) -> Package | Problem:
    """Read the directory of the zip and weigh it: 300 MB unpacked at most, no name twice."""
    import io
    import zipfile

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = archive.infolist()
    except Exception as error:  # zipfile raises half a dozen classes for damaged bytes
        return problem("SSJ-F006", file=file, reason=cause(error))
    size = sum(info.file_size for info in infos)
    if size > LIMIT_MB << 20:
        return problem("SSJ-F007", file=file, size=size >> 20, limit=LIMIT_MB)
    parts = {info.filename.replace("\\", "/").lower(): info for info in infos}
    if len(parts) != len(infos):
        return problem("SSJ-F006", file=file, reason=_ZIP)
    return Package(data, parts)


def _stored(packed: memoryview) -> Iterator[bytes]:
    for begin in range(0, len(packed), _CHUNK):
        yield bytes(packed[begin : begin + _CHUNK])


def _inflated(packed: memoryview, name: str) -> Iterator[bytes]:
    stream = zlib.decompressobj(-15)
    rest: bytes | memoryview = packed
    try:
        while not stream.eof:
            chunk = stream.decompress(rest, _CHUNK)
            rest = stream.unconsumed_tail
            if not chunk and not rest and not stream.eof:
                raise DamagedError(name)
            yield chunk
    except zlib.error:
        raise DamagedError(name) from None
