"""Reads .xls and the .et of WPS (BIFF in an OLE file) with python-calamine, behind a front door of their own."""

from typing import Final

from ssj_core.problems import Problem, problem
from ssj_core.readers.content import DOC, ENCRYPTED, OLE, Content, sniff
from ssj_core.readers.model import Reading, ReadOptions, RosterReader
from ssj_core.readers.parser import read_book
from ssj_core.readers.sheets import Sheets, oversized

_STREAMS: Final = ("workbook", "book")
_MOST_CELLS: Final = 8_000_000  # an .xls has 65,536 rows of 256 cells, and the parser takes 64 bytes for each


def read(data: bytes, options: ReadOptions) -> Reading:
    """Read the sheet the plan names, the only visible one, or the only one that looks like a roster."""
    checked = _front_door(data, options.file)
    if isinstance(checked, Problem):
        return Reading(lines=(), problems=(checked,))
    return read_book(data, checked, OLE, options)


def _front_door(data: bytes, file: str) -> Sheets | Problem:
    content = sniff(data)
    if content is ENCRYPTED:
        return problem("SSJ-F005", file=file)
    if content is not OLE:
        return _other(content, file)
    from ssj_core.readers.biff import measure  # here: who reads CSV need not wait for these
    from ssj_core.readers.compound import Compound
    from ssj_core.readers.package import DamagedError, PasswordedError

    try:
        compound = Compound(data)
        streams = list(compound.streams(*_STREAMS))
        if not streams:
            return _other(DOC, file)
        extents = {name: one for stream in streams for name, one in measure(stream).items()}
    except DamagedError as error:
        return problem("SSJ-F006", file=file, reason=error)
    except PasswordedError:
        return problem("SSJ-F005", file=file)
    return oversized(extents, file, _MOST_CELLS) or Sheets(extents)


def _other(content: Content, file: str) -> Problem:
    return problem("SSJ-F004", file=file, found=content.name.zh, found_en=content.name.en, reader=READER.id)


READER: Final = RosterReader(
    id="readers.xls", title="旧版表格 .xls、.et / old spreadsheet", suffixes=(".xls", ".et"), read=read
)
