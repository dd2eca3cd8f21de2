"""Reads the web page that old systems export under the name .xls, with the standard library's html.parser."""

from typing import Final

from ssj_core.problems import problem
from ssj_core.readers.content import HTML, sniff
from ssj_core.readers.marked import from_grids, text_of
from ssj_core.readers.model import Reading, ReadOptions, RosterReader
from ssj_core.text import Text

_DECLARATION: Final = Text("网页的声明写法不对", "a broken declaration")


def read(data: bytes, options: ReadOptions) -> Reading:
    """Read the only table, the one the plan names (表1, 表2, …), or the only one that looks like a roster."""
    content = sniff(data)
    if content is not HTML:
        name = content.name
        told = problem("SSJ-F004", file=options.file, found=name.zh, found_en=name.en, reader=READER.id)
        return Reading(lines=(), problems=(told,))
    return text_of(_page(data), options, _tables)


def _page(data: bytes) -> bytes:
    """The page itself; of one with all its parts in one file (.mht) the parts that hold tables."""
    if not data.lstrip()[:13].lower().startswith(b"mime-version:"):
        return data
    from email import message_from_bytes

    parts = (part.get_payload(decode=True) for part in message_from_bytes(data).walk())
    return b"\n".join(part for part in parts if isinstance(part, bytes) and b"<table" in part.lower())


def _tables(text: str, options: ReadOptions) -> Reading:
    from ssj_core.readers.grid import TooLargeError
    from ssj_core.readers.page import tables

    try:
        grids = tables(text)
    except TooLargeError as error:
        told = problem("SSJ-F009", file=options.file, sheet="HTML", rows=error.rows, columns=error.columns)
    except AssertionError:  # what html.parser raises for a broken declaration
        told = problem("SSJ-F006", file=options.file, reason=_DECLARATION)
    else:
        if grids:
            return from_grids(grids, options, HTML)
        told = problem("SSJ-F023", file=options.file)
    return Reading(lines=(), problems=(told,))


READER: Final = RosterReader(
    id="readers.html", title="冒充 .xls 的网页 / web page named .xls", suffixes=(".html", ".htm"), read=read
)
