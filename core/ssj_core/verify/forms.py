"""Read a table however it was saved, and say in what its form differs from the prescribed one (SPEC §9.2).

Only words depend on what is found here: a table that is not in its form fails, whatever it holds.
"""

import csv
import io
import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Final

from attrs import fields, frozen

from ssj_core.canonical import check_line_value
from ssj_core.problems import Problem, problem
from ssj_core.structuring import shown
from ssj_core.tables import BOM, FILES, HEADERS, SEPARATOR, YES_NO
from ssj_core.verify.report import few

Row = tuple[int, tuple[str, ...]]
"""A row with the number of its line in the file."""

_SEPARATORS: Final = {";": ("分号", "semicolons"), "\t": ("制表符", "tabs")}
_SCIENTIFIC: Final = re.compile(r"(?:^|:)-?[0-9](?:\.[0-9]+)?[eE]\+?[0-9]{1,3}$")


@frozen(kw_only=True)
class Reading:
    """What was made of a file: its rows under the prescribed header, and in what its form differs.

    `rows` is None when no table could be made of it; `split` are all rows where some have cells too many.
    """

    problems: tuple[Problem, ...]
    rows: tuple[Row, ...] | None = None
    split: tuple[Row, ...] = ()


def encoded(file: str, rows: Sequence[Sequence[str]]) -> bytes:
    """These cells in the prescribed form."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([HEADERS[FILES[file]], *rows])
    return (BOM + out.getvalue()).encode("utf-8", "surrogatepass")


def decoded(data: bytes) -> tuple[str, str]:
    """Text and encoding: UTF-8, or what spreadsheets write instead; no text at all where it is none of them."""
    names = ("utf-16",) if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8", "gb18030")
    for name in names:
        try:
            return data.decode(name), name.upper()
        except UnicodeDecodeError:
            continue
    return "", "?"


def read(file: str, data: bytes) -> Reading:
    """Read `file`, one of the six tables."""
    if not data.strip():
        return Reading(problems=(problem("SSJ-V013", file=file),))
    found: list[Problem] = []
    text, encoding = decoded(data)
    if encoding != "UTF-8":
        found.append(problem("SSJ-V030", file=file, value=encoding))
        if not text:
            return Reading(problems=tuple(found))
    elif not text.startswith(BOM):
        found.append(problem("SSJ-V031", file=file))
    text = text.removeprefix(BOM)
    if "\r" in text:
        found.append(problem("SSJ-V032", file=file, value="CRLF" if "\r\n" in text else "CR"))
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.endswith("\n"):
        found.append(problem("SSJ-V045", file=file))
    separator = _separator(file, text.partition("\n")[0])
    if separator != ",":
        zh, en = _SEPARATORS[separator]
        found.append(problem("SSJ-V034", file=file, name=zh, name_en=en))
    records: list[Row] = []
    reader = csv.reader(io.StringIO(text, newline=""), strict=True, delimiter=separator)
    try:
        for line in reader:
            records.append((reader.line_num, tuple(line)))
    except csv.Error:
        return Reading(problems=(*found, problem("SSJ-V042", file=file, row=reader.line_num)))
    found += few(problem("SSJ-V033", file=file, row=n) for n, cells in records if not any(cells))
    found += _quotes(file, text.split("\n"), records, separator)
    return _under_header(file, found, [row for row in records if any(row[1])])


def cells_wrong(file: str, rows: Sequence[Row]) -> Iterator[Problem]:
    """Cells that no table can hold: numbers as a spreadsheet rewrites them, words for numbers, unclean text."""
    columns = fields(FILES[file])
    for number, cells in rows:
        for column, name, cell in zip(columns, HEADERS[FILES[file]], cells, strict=True):
            if _SCIENTIFIC.search(cell):
                yield problem("SSJ-V039", file=file, row=number, field=name, value=cell)
            elif column.type is int and not re.fullmatch("0|-?[1-9][0-9]*", cell):
                yield _wrong(file, number, name, cell, "整数", "a whole number")
            elif column.type is bool and cell not in YES_NO:
                yield _wrong(file, number, name, cell, "“是”或“否”", "yes or no in Chinese")
            elif column.type not in (int, bool, str) and cell and not all(cell.split(SEPARATOR)):
                yield _wrong(file, number, name, cell, f"用“{SEPARATOR}”分开的几个值", "values parted by one sign each")
            elif not _clean(cell):
                yield problem("SSJ-V044", file=file, row=number, field=name, value=shown(ascii(cell)))


def _wrong(file: str, row: int, name: str, cell: str, zh: str, en: str) -> Problem:
    return problem("SSJ-V043", file=file, row=row, field=name, value=shown(cell), expected=zh, expected_en=en)


def _clean(cell: str) -> bool:
    try:
        check_line_value(cell)
    except ValueError:
        return False
    return True


def _separator(file: str, header: str) -> str:
    names = HEADERS[FILES[file]]
    for separator in _SEPARATORS:
        if set(names) <= {cell.strip('"') for cell in header.split(separator)}:
            return separator
    return ","


def _quotes(file: str, lines: Sequence[str], records: Sequence[Row], separator: str) -> Iterator[Problem]:
    odd = []
    for number, cells in records:
        out = io.StringIO()
        csv.writer(out, lineterminator="", delimiter=separator).writerow(cells)
        if any(cells) and number <= len(lines) and lines[number - 1] != out.getvalue():
            odd.append(number)
    if odd:
        yield problem("SSJ-V035", file=file, row=odd[0], value=len(odd))


def _under_header(file: str, found: list[Problem], records: list[Row]) -> Reading:
    """The prescribed columns by their names, whatever stands beside them."""
    names = HEADERS[FILES[file]]
    header = records[0][1] if records else ()
    plain = [unicodedata.normalize("NFC", name.strip()) for name in header]
    if lacking := [name for name in names if name not in plain]:
        said = {"value": shown(",".join(header)), "expected": "、".join(lacking)}
        return Reading(problems=(*found, problem("SSJ-V038", file=file, row=1, **said)))
    places = [plain.index(name) for name in names]
    extra = [name or "–" for n, name in enumerate(header) if n not in places]
    found += [problem("SSJ-V037", file=file, row=1, field=name, value=name) for name in extra]
    if not extra and header != names:
        said = {"value": shown(",".join(header)), "expected": ",".join(names)}
        found.append(problem("SSJ-V038", file=file, row=1, **said))
    odd = [row for row in records[1:] if len(row[1]) != len(header)]
    found += few(problem("SSJ-V041", file=file, row=n, value=len(cells), due=len(header)) for n, cells in odd)
    rows = [(n, tuple(cells[p] for p in places)) for n, cells in records[1:] if len(cells) == len(header)]
    found += few(cells_wrong(file, rows))
    split = bool(odd) and header == names and all(len(cells) > len(names) for _, cells in odd)
    return Reading(problems=tuple(found), rows=tuple(rows), split=tuple(records[1:]) if split else ())
