"""From bytes to the entries of a roster: reads the file, finds the header, leaves out what is no entry."""

from collections.abc import Sequence
from hashlib import sha256
from typing import Final

from attrs import frozen

from ssj_core.problems import errors
from ssj_core.readers.model import Cell, Reading, ReadOptions, RosterReader
from ssj_core.readers.table import read_table
from ssj_core.roster.asked import tell_unanswered
from ssj_core.roster.columns import Columns, Row
from ssj_core.roster.findings import Findings
from ssj_core.roster.headers import SEARCHED, find_header, read_header, tell_missing, tell_no_header
from ssj_core.roster.invisible import tell_invisible
from ssj_core.roster.layout import Layout
from ssj_core.roster.merged import fill_down, riddles
from ssj_core.roster.model import Reception
from ssj_core.roster.ours import plain_head
from ssj_core.roster.rows import entries
from ssj_core.roster.spec import RosterSpec
from ssj_core.rules.model import ColumnUse

_TEXT: Final = "readers.csv"
_FEW: Final = 3


@frozen
class Table:
    """The entries of a roster and how they were found; `findings` is still open, `last` the file's last filled row."""

    rows: tuple[Row, ...]
    columns: Columns | None
    findings: Findings
    reception: Reception
    last: int = 0


def read_file(data: bytes, spec: RosterSpec, readers: Sequence[RosterReader]) -> Reading:
    """Read all rows as the plan says, and as they are."""
    options = ReadOptions(file=spec.file, sheet=spec.sheet, encoding=spec.encoding)
    return read_table(data, options, readers, spec.reader)


def open_table(
    data: bytes,
    spec: RosterSpec,
    readers: Sequence[RosterReader],
    layout: Layout,
    wanted: Sequence[ColumnUse] = (),
    reading: Reading | None = None,
) -> Table:
    """Read the entries; whatever is wrong goes into the findings, nothing is raised.

    `wanted` are columns that must be there for the rules, fields of the layout or others. `reading`, where given, is
    what `read_file` returned for the same file.
    """
    findings = Findings(spec.file)
    reading = reading or read_file(data, spec, readers)
    findings.problems += reading.problems
    begin = [plain_head(line) for line in reading.lines[:SEARCHED]]
    head = find_header(begin, layout, spec)
    rows: tuple[Row, ...] = ()
    columns: Columns | None = None
    skipped: dict[int, str] = {}
    if head is not None:
        columns = read_header(head, layout, spec, findings, wanted)
        before = len(findings.problems)
        if columns.readable and not errors(reading.problems):
            lines = reading.lines[head.index + 1 :]
            unclear = riddles(lines, reading.merged, columns)
            filled = fill_down(lines, reading.merged, columns, findings)
            rows = tuple(entries(filled, columns, layout, findings, unclear, skipped))
            if not rows and not errors(findings.problems[before:]):
                findings.add("SSJ-R010", row=head.line.number)
            tell_invisible(rows, columns, layout, findings)
            _tell_wanted(columns, layout, findings, head.line.number)
            _tell_broken_off(rows, len(head.line.cells), reading, findings)
        filled_in = {rule.field for rule in spec.derive} | ({"sectors"} if spec.sectors else set())
        tell_unanswered(wanted, columns.places, filled_in, columns.titles, layout, findings, head.line.number)
    elif not errors(reading.problems):
        tell_no_header([*begin, *reading.lines[SEARCHED:]], layout, findings)
    reception = Reception(
        file=spec.file,
        sha256=sha256(data).hexdigest(),
        reader=reading.reader,
        encoding=reading.encoding,
        sheet=reading.sheet,
        header_row=0 if head is None else head.line.number,
        columns=columns.read if columns else {},
        left_out=columns.left_out if columns else (),
        skipped=skipped,
    )
    return Table(rows, columns, findings, reception, _last(reading))


def _tell_broken_off(rows: Sequence[Row], whole: int, reading: Reading, findings: Findings) -> None:
    """Of a text that ends in the middle of a row, that row alone has fewer cells than the header."""
    if reading.reader != _TEXT or len(rows) < _FEW:
        return
    *others, last = (len(row.line.cells) for row in rows)
    if last < whole and all(cells >= whole for cells in others) and rows[-1].number == _last(reading):
        findings.add("SSJ-R065", row=rows[-1].number, count=last, whole=whole)


def _last(reading: Reading) -> int:
    return next((line.number for line in reversed(reading.lines) if any(map(_filled, line.cells))), 0)


def _tell_wanted(columns: Columns, layout: Layout, findings: Findings, row: int) -> None:
    for along, need in layout.wanted:
        if (not along or along in columns.places) and not any(field in columns.places for field in need.fields):
            tell_missing(need, columns.titles, layout, findings, row)


def _filled(cell: Cell) -> bool:
    return cell not in (None, "")
