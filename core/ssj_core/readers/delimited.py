"""Reads CSV, TSV and semicolon-separated text with the standard library's csv module."""

import csv
import io
from collections import Counter
from itertools import islice
from typing import Final

from ssj_core.problems import Problem, problem
from ssj_core.readers.content import BINARY, TEXT, sniff, without_effect
from ssj_core.readers.decode import NUL, decode
from ssj_core.readers.model import Line, Reading, ReadOptions, RosterReader

_DELIMITERS: Final = ",\t;"
_HEADER_SEARCH: Final = 20


def read(data: bytes, options: ReadOptions) -> Reading:
    """Read text into rows; `Line.number` is the line of the file where the row begins."""
    if not data.strip():
        return Reading(lines=(), problems=(problem("SSJ-F003", file=options.file),))
    content = sniff(data)
    if content is not TEXT and not (content is BINARY and options.encoding):
        name = content.name
        found = problem("SSJ-F004", file=options.file, found=name.zh, found_en=name.en, reader=READER.id)
        return Reading(lines=(), problems=(found,))
    text, encoding, problems = decode(data, options)
    if text is None:
        return Reading(lines=(), encoding=encoding, problems=problems)
    if not text.strip():
        return Reading(lines=(), encoding=encoding, problems=(problem("SSJ-F003", file=options.file),))
    if "\0" in text:
        row = text[: text.index("\0")].count("\n") + 1
        bad = problem("SSJ-F006", file=options.file, row=row, reason=NUL)
        return Reading(lines=(), encoding=encoding, problems=(*problems, bad))
    lines, more = _rows(text, options.file)
    if options.sheet:
        more = (without_effect("sheet", options.sheet, TEXT, options), *more)
    return Reading(lines=lines, encoding=encoding, problems=(*problems, *more))


def _rows(text: str, file: str) -> tuple[tuple[Line, ...], tuple[Problem, ...]]:
    rows: list[Line] = []
    # strict: a quotation mark out of place shifts all that follows; better no answer than a wrong one.
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    begins = 1
    try:
        for cells in reader:
            rows.append(Line(number=begins, cells=tuple(cells)))
            begins = reader.line_num + 1
    except csv.Error as error:
        return (), (problem("SSJ-F019", file=file, row=begins, reason=error),)
    return tuple(rows), ()


def _delimiter(text: str) -> str:
    """Find the delimiter in the header line only: a business scope below may hold any number of semicolons."""
    from ssj_core.roster.synonyms import KNOWN_HEADERS, header_key

    head = list(islice(io.StringIO(text), _HEADER_SEARCH))
    best = Counter[str]()
    for line in head:
        for mark in _DELIMITERS:
            known = {key for cell in line.split(mark) if (key := header_key(cell.strip().strip('"'))) in KNOWN_HEADERS}
            best[mark] = max(best[mark], len(known))
    mark, count = best.most_common(1)[0]
    if count > 1:
        return mark
    first = next((line for line in head if line.strip()), "")
    return max(_DELIMITERS, key=first.count)


READER: Final = RosterReader(
    id="readers.csv", title="CSV、TSV 文本 / CSV and TSV text", suffixes=(".csv", ".txt", ".tsv"), read=read
)
