"""Bad tables: saved by a spreadsheet (step 2), or sealed in a form that is not the prescribed one (step 3)."""

from collections.abc import Callable, Iterator
from typing import Final

from tests.vectors.spoiled.base import data, forged, honest, sealed, with_file
from tests.vectors.spoiled.vector import Vector, bad

BOM: Final = b"\xef\xbb\xbf"
OFFICERS: Final = "officers.csv"
NONE_YET: Final = ",0\n"
"""The end of a row of an officer: the places that count already."""
Change = Callable[[bytes], bytes]


def vectors() -> Iterator[tuple[str, Vector]]:
    """Name and vector."""
    for name, (about, change, code) in SAVED.items():
        files = with_file(OFFICERS, change)
        yield f"table-saved-{name}", bad(f"saved by a spreadsheet: {about}", "9.2 11.3", 2, code, files)
    for name, (about, change, code) in FORMS.items():
        table = sealed().tables[OFFICERS]
        assert change(table) != table
        files = forged(tables={OFFICERS: change(table)})
        yield f"table-{name}", bad(f"officers.csv, all digests right: {about}", "9.2", 3, code, files)
    yield from _outcome()


def _outcome() -> Iterator[tuple[str, Vector]]:
    for file, step in (("drawn.csv", 8), ("teams.csv", 9)):
        name = file.partition(".")[0]
        assert honest()[file].startswith(BOM)
        plain = forged(outcome={file: lambda d: d.removeprefix(BOM)})
        yield f"{name}-bom-lost", bad(f"{file} without BOM, all digests right", "9.2", step, "SSJ-V031", plain)
        quoted = forged(outcome={file: _quoted})
        yield f"{name}-needless-quotes", bad(f"{file} with needless quotes", "9.2", step, "SSJ-V035", quoted)


def _crlf(table: bytes) -> bytes:
    return table.replace(b"\n", b"\r\n")


def _quoted(table: bytes) -> bytes:
    head, second, *rest = table.split(b"\n")
    return b"\n".join([head, b'"' + second.replace(b",", b'",', 1), *rest])


def _column(table: bytes) -> bytes:
    head, *rest = table.split(b"\n")[:-1]
    return b"\n".join([head + ",备注".encode(), *(row + b"," for row in rest), b""])


def _resorted(table: bytes) -> bytes:
    head, *rest = table.split(b"\n")[:-1]
    return b"\n".join([head, *rest[::-1], b""])


SAVED: Final[dict[str, tuple[str, Change, str]]] = {
    "again": ("BOM lost, semicolons, CRLF", lambda d: _crlf(d.removeprefix(BOM).replace(b",", b";")), "SSJ-V022"),
    "without-zeros": ("certificates read as numbers", data(",0003,", ",3,"), "SSJ-V040"),
}
"""What a spreadsheet does to a table when it is saved; no digest is made right."""

FORMS: Final[dict[str, tuple[str, Change, str]]] = {
    "bom-lost": ("no byte order mark", lambda d: d.removeprefix(BOM), "SSJ-V031"),
    "crlf": ("lines end with CRLF", _crlf, "SSJ-V032"),
    "needless-quotes": ("a cell in quotes that needs none", _quoted, "SSJ-V035"),
    "blank-line": ("a blank line at the end", lambda d: d + b"\n", "SSJ-V033"),
    "no-last-line-end": ("the last line is not ended", lambda d: d[:-1], "SSJ-V045"),
    "column-added": ("a column more", _column, "SSJ-V037"),
    "re-sorted": ("rows in another order", _resorted, "SSJ-V036"),
    "cell-too-many": ("a cell too many in one row", data("officer:0003,", "officer:0003,,"), "SSJ-V041"),
    "number-with-a-zero": ("a history with a leading zero", data(NONE_YET, NONE_YET.replace("0", "00")), "SSJ-V043"),
    "empty-value": ("an empty value among several", data(",s0,", ",s0；；,"), "SSJ-V043"),
    "control-character": ("a control character in a name", data("人员1", "人\x07员1"), "SSJ-V044"),
    "not-nfc": ("a name that is not in form NFC", data("人员1", "e\u0301"), "SSJ-V044"),
    "empty": ("nothing in it", lambda _: b"", "SSJ-V013"),
}
"""What is wrong with a sealed table, how it is made, what ssj-core calls it."""
