"""A roster file checked: its rows as they are, what was read of them, every problem, and counts that add up."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from hashlib import sha256
from types import MappingProxyType
from typing import Final

from attrs import evolve, field, frozen

from ssj_core.desk.guess import Kind, guess
from ssj_core.desk.unlike import unlike
from ssj_core.problems import Problem, errors
from ssj_core.readers.content import XLSX, sniff
from ssj_core.readers.model import Line, Reading, RosterReader
from ssj_core.roster import (
    InspectionList,
    OfficerRoster,
    RosterSpec,
    SubjectRoster,
    read_inspections,
    read_officers,
    read_subjects,
)
from ssj_core.roster.cells import is_blank
from ssj_core.roster.headers import SEARCHED
from ssj_core.roster.model import Reception
from ssj_core.roster.ours import column_of, is_head
from ssj_core.roster.table import read_file
from ssj_core.roster.ticking import Tick, quiet
from ssj_core.rules.model import ColumnUse

Roster = SubjectRoster | OfficerRoster | InspectionList

ABOVE: Final = "above"
USABLE: Final = "usable"
FAULTY: Final = "faulty"
UNREAD: Final = "unread"
_EMPTY: Final = "SSJ-F028"


@frozen(kw_only=True)
class Counts:
    """Rows of a file: `total` is the sum of all others but `warned`, which are some of the usable ones.

    `whole` are no rows: the errors of the file as a whole or its header, such as a column that is missing.
    """

    total: int
    above: int
    usable: int
    warned: int
    faulty: int
    unread: int
    skipped: Mapping[str, int]
    whole: int = 0


@frozen(kw_only=True)
class Looked:
    """One file that was looked at, its bytes `data`: the rows as far as they were read, and what is wrong with them.

    `kind` is None, and `roster` no list, where nobody knows which list it is or which sheet holds it. Then `pages` are
    the sheets of a file that cannot be marked itself.
    """

    kind: Kind | None = None
    reading: Reading
    roster: Reception
    problems: tuple[Problem, ...]
    pages: tuple[Reading, ...] = ()
    data: bytes = field(default=b"", repr=False, eq=False)

    @property
    def sound(self) -> bool:
        """No error; warnings and notes do not stop a draw."""
        return not errors(self.problems)

    @cached_property
    def fates(self) -> Mapping[int, str]:
        """What became of every row, by number. Blank rows at the very end are no rows."""
        return dict.fromkeys((line.number for line in self._filled), UNREAD)

    @property
    def counts(self) -> Counts:
        """How many rows became what."""
        found = Counter(self.fates.values())
        warned = {row for p in self.problems if p.severity == "warning" for row in p.rows}
        return Counts(
            total=len(self.fates),
            above=found.pop(ABOVE, 0),
            usable=found.pop(USABLE, 0),
            warned=sum(fate == USABLE and number in warned for number, fate in self.fates.items()),
            faulty=found.pop(FAULTY, 0),
            unread=found.pop(UNREAD, 0),
            skipped=dict(found),
            whole=sum((one.row or 0) <= self.roster.header_row for one in errors(self.problems)),
        )

    @cached_property
    def head_row(self) -> int:
        """The row in which the column 问题 begins: the header's, or the one most like it; 0 in an empty sheet."""
        if self.roster.header_row:
            return self.roster.header_row
        first = self._filled[:SEARCHED]
        several = (line for line in first if sum(not is_blank(cell) and not is_head(cell) for cell in line.cells) > 1)
        filled = (line for line in first if not all(map(is_blank, line.cells)))
        return next((line.number for line in (*several, *filled)), 0)

    @cached_property
    def marks_place(self) -> int | None:
        """Place of the column with the marks of an earlier check."""
        header = self.roster.header_row
        heads = [line for line in self.reading.lines[: max(header, SEARCHED)] if not header or line.number <= header]
        return column_of(heads, self.reading.lines)

    @cached_property
    def _filled(self) -> Sequence[Line]:
        last = len(self.reading.lines)
        while last and all(is_blank(cell) for cell in self.reading.lines[last - 1].cells):
            last -= 1
        return self.reading.lines[:last]


@frozen(kw_only=True)
class Checked(Looked):
    """A list that was read: `problems` are those of the roster and whatever was found between it and others."""

    kind: Kind
    roster: Roster

    @cached_property
    def fates(self) -> Mapping[int, str]:
        """What became of every row, by number: above the entries, usable, faulty, unread, or why it is no entry."""
        header, skipped = self.roster.header_row, self.roster.skipped
        usable = {row.row for row in self.roster.rows}
        wrong = {one.row for one in errors(self.problems)}
        read = header > 0 and bool(usable or skipped or wrong - {header, None})
        found: dict[int, str] = {}
        for line in self._filled:
            if line.number <= header:
                found[line.number] = ABOVE
            elif line.number in skipped:
                found[line.number] = skipped[line.number]
            elif not read:
                found[line.number] = UNREAD
            else:
                sound = line.number in usable and line.number not in wrong
                found[line.number] = USABLE if sound else FAULTY
        return found


def check(
    data: bytes,
    spec: RosterSpec,
    readers: Sequence[RosterReader],
    kind: Kind | None,
    mapped: Mapping[Kind, RosterSpec],
    wanted: Mapping[Kind, Sequence[ColumnUse]] = MappingProxyType({}),
    tick: Tick = quiet,
) -> Checked | Looked:
    """Check one file; no more than a `Looked` comes back where it cannot be read, or nobody knows which roster it is.

    `kind` is what was said of it; `mapped` are the rosters of a plan, whose headers, derivations and sectors are used;
    `wanted` the columns that its rules ask of each; `tick` is told how far it is read.
    """
    reading = read_file(data, spec, readers)
    if errors(reading.problems):
        pages = () if sniff(data) is XLSX else _pages(data, spec, readers, reading)
        return evolve(_looked(data, spec, evolve(reading, lines=(), merged=())), pages=pages)
    found = kind or guess(reading.lines, {name: one.columns for name, one in mapped.items()})
    if found is None:
        return _looked(data, spec, reading, unlike(reading.lines, spec.file))
    if found in mapped:
        plan = mapped[found]
        spec = evolve(spec, columns=plan.columns, derive=plan.derive, sectors=plan.sectors)
    roster: Roster
    if found == "subjects":
        roster = read_subjects(data, spec, readers, wanted.get(found, ()), reading, tick)
    elif found == "inspections":
        roster = read_inspections(data, spec, readers, reading, tick)
    else:
        roster = read_officers(data, spec, readers, wanted.get(found, ()), reading, tick)
    return Checked(kind=found, reading=reading, roster=roster, problems=roster.problems, data=data)


def _looked(data: bytes, spec: RosterSpec, reading: Reading, *more: Problem) -> Looked:
    problems = (*reading.problems, *more)
    about = Reception(
        file=spec.file,
        sha256=sha256(data).hexdigest(),
        reader=reading.reader,
        encoding=reading.encoding,
        sheet=reading.sheet,
        problems=problems,
    )
    return Looked(reading=reading, roster=about, problems=problems, data=data)


def _pages(data: bytes, spec: RosterSpec, readers: Sequence[RosterReader], reading: Reading) -> tuple[Reading, ...]:
    """Every sheet of a file of which none could be taken for the list, as far as each can be read."""
    read = (read_file(data, evolve(spec, sheet=name), readers) for name in reading.sheets)
    return tuple(one for one in read if {p.code for p in errors(one.problems)} <= {_EMPTY})


def with_problems(checked: Checked, more: Iterable[Problem]) -> Checked:
    """Add what was found between this file and others; whatever is about another file is left out."""
    own = [one for one in more if one.file == checked.roster.file]
    return evolve(checked, problems=(*checked.problems, *own))
