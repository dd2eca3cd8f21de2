"""Reads .xlsx with python-calamine, behind a front door that keeps hostile and mistaken files from it."""

from typing import Final

from ssj_core.problems import Problem, problem
from ssj_core.readers.content import ENCRYPTED, XLSX, sniff
from ssj_core.readers.model import Reading, ReadOptions, RosterReader
from ssj_core.readers.parser import read_book
from ssj_core.readers.sheets import Sheets


def read(data: bytes, options: ReadOptions) -> Reading:
    """Read the sheet the plan names, the only visible one, or the only one that looks like a roster."""
    checked = _front_door(data, options.file)
    if isinstance(checked, Problem):
        return Reading(lines=(), problems=(checked,))
    return read_book(data, checked, XLSX, options)


def _front_door(data: bytes, file: str) -> Sheets | Problem:
    content = sniff(data)
    if content is ENCRYPTED:
        return problem("SSJ-F005", file=file)
    if content is not XLSX:
        return problem("SSJ-F004", file=file, found=content.name.zh, found_en=content.name.en, reader=READER.id)
    from ssj_core.readers.package import open_package  # here: who reads CSV need not wait for these
    from ssj_core.readers.sheets import inspect

    package = open_package(data, file)
    return package if isinstance(package, Problem) else inspect(package, file)


READER: Final = RosterReader(id="readers.xlsx", title="xlsx 工作簿 / xlsx workbook", suffixes=(".xlsx",), read=read)
