"""Reads XML Spreadsheet 2003, which Excel and many reporting systems write under the name .xls or .xml."""

import re
from typing import Final

from ssj_core.causes import xml_cause
from ssj_core.problems import problem
from ssj_core.readers.content import XML, sniff
from ssj_core.readers.marked import from_grids, text_of
from ssj_core.readers.model import Reading, ReadOptions, RosterReader

_DECLARATION: Final = re.compile(r"\s*<\?xml[^>]*\?>")


def read(data: bytes, options: ReadOptions) -> Reading:
    """Read the sheet the plan names, the only visible one, or the only one that looks like a roster."""
    content = sniff(data)
    if content is not XML:
        name = content.name
        told = problem("SSJ-F004", file=options.file, found=name.zh, found_en=name.en, reader=READER.id)
        return Reading(lines=(), problems=(told,))
    return text_of(data, options, _sheets)


def _sheets(text: str, options: ReadOptions) -> Reading:
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        return Reading(lines=(), problems=(problem("SSJ-F008", file=options.file),))
    from ssj_core.readers.grid import TooLargeError
    from ssj_core.readers.xmlbook import BookError, sheets

    try:
        grids = sheets(_DECLARATION.sub("", text, count=1))
    except TooLargeError as error:
        told = problem("SSJ-F009", file=options.file, sheet="XML", rows=error.rows, columns=error.columns)
    except BookError as error:
        told = problem("SSJ-F006", file=options.file, row=error.line, reason=xml_cause(str(error)))
    else:
        if grids:
            return from_grids(grids, options, XML)
        told = problem("SSJ-F024", file=options.file)
    return Reading(lines=(), problems=(told,))


READER: Final = RosterReader(
    id="readers.xml", title="XML 表格（Excel 2003）/ XML spreadsheet", suffixes=(".xml",), read=read
)
