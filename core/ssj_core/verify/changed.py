"""What happened to a file that does not have its digest: only its form changed, or its content, and where.

A guess counts only if it gives back the very bytes: that the content is unchanged is said when undoing the form gives
the digest, and not otherwise.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

from attrs import fields

from ssj_core.canonical import digest
from ssj_core.problems import Problem, problem
from ssj_core.record import FILE, Record, closing_holds
from ssj_core.sealed import ORDERS
from ssj_core.tables import BOM, FILES, HEADERS
from ssj_core.verify.forms import Row, decoded, encoded, read
from ssj_core.verify.report import few

Rows = tuple[tuple[str, ...], ...]
Files = Mapping[str, bytes]

_ORDERS: Final = {
    **ORDERS,
    "drawn.csv": ("分层、序号", "stratum and rank"),
    "teams.csv": ("抽中名单的次序、席位", "the order of the drawn list, then the place"),
    "site_draws.csv": ("抽中名单的次序、序号", "the order of the drawn list, then the rank"),
}
_LEADING: Final = re.compile("(^|:)0+(?=.)")
_ZEROS: Final = 7
"""Leading zeros that are looked for, and one: certificates and permits do not begin with more."""
_MANY_ROWS: Final = 20_000
"""In larger tables zeros are not looked for by trying: every try hashes the whole table."""
_DIGITS: Final = re.compile("(?:.*:)?[0-9]+")


def changed(file: str, record: Record, files: Files) -> tuple[Problem, ...]:
    """What happened to a file of the draw whose digest is not the one in the record."""
    wanted = record.tables.get(file, "")
    if file in FILES:
        return _table(file, wanted, record, files)
    forms = _saved(file, files[file], lambda data: digest(data) == wanted)
    return (problem("SSJ-V021" if forms is None else "SSJ-V022", file=file), *(forms or ()))


def unclosed(data: bytes) -> tuple[Problem, ...]:
    """What happened to a record whose closing digest does not hold."""
    if (forms := _saved(FILE, data, closing_holds)) is not None:
        return (problem("SSJ-V003", file=FILE), *forms)
    if b"[closing]" not in data and "[closing]" not in decoded(data)[0]:
        return (problem("SSJ-V013" if not data.strip() else "SSJ-V004", file=FILE),)
    return (problem("SSJ-V002", file=FILE),)


def lost_zero(text: str) -> str:
    """The text as it is where a program takes it for a number: without leading zeros."""
    return _LEADING.sub(r"\1", text)


def _saved(file: str, data: bytes, right: Callable[[bytes], bool]) -> tuple[Problem, ...] | None:
    """In what the form of a TOML file was changed when it was saved; None if undoing that does not make it right."""
    text, encoding = decoded(data)
    had_bom, ends = text.startswith(BOM), "CRLF" if "\r\n" in text else "LF"
    plain = text.removeprefix(BOM).replace("\r\n", "\n")
    for body in dict.fromkeys((plain, plain.rstrip("\n") + "\n")):
        for bom in (False, True):
            for end in ("LF", "CRLF"):
                made = (BOM if bom else "") + (body if end == "LF" else body.replace("\n", "\r\n"))
                if not right(made.encode("utf-8", "surrogatepass")):
                    continue
                found = [problem("SSJ-V030", file=file, value=encoding)] if encoding != "UTF-8" else []
                if bom != had_bom and encoding == "UTF-8":
                    found.append(problem("SSJ-V031" if bom else "SSJ-V046", file=file))
                if end != ends:
                    found.append(problem("SSJ-V032", file=file, value=ends))
                if len(body) < len(plain):
                    found.append(problem("SSJ-V033", file=file, row=body.count("\n") + 1))
                elif len(body) > len(plain):
                    found.append(problem("SSJ-V045", file=file))
                return tuple(found)
    return None


def _table(file: str, wanted: str, record: Record, files: Files) -> tuple[Problem, ...]:
    reading = read(file, files[file])
    found = list(reading.problems)
    if reading.rows is None:
        return (problem("SSJ-V021", file=file), *found)
    rows = tuple(cells for _, cells in reading.rows)
    same = _same_rows(file, rows, record, files)
    if same != rows:
        zh, en = _ORDERS[file]
        found.append(problem("SSJ-V036", file=file, order=zh, order_en=en))

    def right(made: Rows) -> bool:
        return digest(encoded(file, made)) == wanted

    if right(rows) or right(same) or any(right(made) for made in _merged(file, reading.split)):
        return (problem("SSJ-V022", file=file), *found)
    lost = _known_zeros(file, reading.rows, files) or _padded_zeros(file, reading.rows, right)
    return (problem("SSJ-V021", file=file), *found, *few(lost))


def _same_rows(file: str, rows: Rows, record: Record, files: Files) -> Rows:
    """The rows in the order they must have; as they are where that cannot be known."""
    try:
        if file == "drawn.csv":
            strata = [part.stratum for part in record.stratum]
            return tuple(sorted(rows, key=lambda r: (strata.index(r[0]), int(r[1]))))
        if file in ("teams.csv", "site_draws.csv"):
            drawn = read("drawn.csv", files["drawn.csv"]).rows or ()
            listed = [cells[3] for cells in _same_rows("drawn.csv", tuple(c for _, c in drawn), record, files)]
            number = 2 if file == "teams.csv" else 1
            return tuple(sorted(rows, key=lambda r: (listed.index(r[0]), int(r[number]))))
    except (KeyError, ValueError):
        return rows
    return tuple(sorted(rows, key=lambda r: r[:3] if file == "recusals.csv" else r[: 1 + (file == "excluded.csv")]))


def _merged(file: str, rows: Sequence[Row]) -> Iterator[Rows]:
    """Rows with cells too many, put together again at one column: where quotes around commas were lost."""
    width = len(HEADERS[FILES[file]])
    for n in range(width) if rows else ():
        parts = [(cells, n + 1 + len(cells) - width) for _, cells in rows]
        yield tuple((*cells[:n], ",".join(cells[n:end]), *cells[end:]) for cells, end in parts)


def _known_zeros(file: str, rows: Sequence[Row], files: Files) -> list[Problem]:
    """Cells that stand with a leading zero in another table, or in an id of this one."""
    known: dict[str, str] = {}
    for other in FILES.keys() & files.keys():
        for _, cells in read(other, files[other]).rows or ():
            codes = (cell.partition(":")[2] for cell in cells)
            for text in codes if other == file else (*cells, *codes):
                if (short := lost_zero(text)) != text:
                    known[short] = text
    texts = [n for n, column in enumerate(fields(FILES[file])) if column.type is not int]
    return [
        problem("SSJ-V040", file=file, row=row, field=HEADERS[FILES[file]][n], value=cells[n], right=known[cells[n]])
        for row, cells in rows
        for n in texts
        if known.get(cells[n], cells[n]) != cells[n]
    ]


def _padded_zeros(file: str, rows: Sequence[Row], right: Callable[[Rows], bool]) -> list[Problem]:
    """Cells that are shorter than most of their column, where zeros in front of all of them give the digest."""
    names = HEADERS[FILES[file]] if len(rows) <= _MANY_ROWS else ()
    for column, name in enumerate(names):
        lengths = Counter(len(cells[column]) for _, cells in rows if _DIGITS.fullmatch(cells[column]))
        longest = max(lengths, default=0)
        common = [length for length, _ in lengths.most_common(3)]
        for due in (*common, *range(longest + 1, longest + _ZEROS if lengths else 0)):
            made, found = [], []
            for number, cells in rows:
                cell = cells[column]
                if _DIGITS.fullmatch(cell) and len(cell) < due:
                    scheme, colon, code = cell.rpartition(":")
                    padded = scheme + colon + code.zfill(due - len(scheme + colon))
                    told = {"value": cell, "right": padded}
                    found.append(problem("SSJ-V040", file=file, row=number, field=name, **told))
                    cell = padded
                made.append((*cells[:column], cell, *cells[column + 1 :]))
            if found and right(tuple(made)):
                return found
    return []
