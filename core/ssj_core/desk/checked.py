"""A roster file checked: its rows as they are, what was read of them, every problem, and counts that add up."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from types import MappingProxyType
from typing import Final

from attrs import evolve, field, frozen

from ssj_core.desk.guess import Kind, guess
from ssj_core.desk.ours import ours
from ssj_core.problems import Problem, errors, problem
from ssj_core.readers.model import Reading, RosterReader
from ssj_core.roster import (
    InspectionList,
    OfficerRoster,
    RosterSpec,
    SubjectRoster,
    read_inspections,
    read_officers,
    read_subjects,
)
from ssj_core.roster.cells import is_blank, text
from ssj_core.roster.synonyms import MARKS, header_key
from ssj_core.roster.table import read_file
from ssj_core.roster.ticking import Tick, quiet
from ssj_core.rules.model import ColumnUse

Roster = SubjectRoster | OfficerRoster | InspectionList

ABOVE: Final = "above"
USABLE: Final = "usable"
FAULTY: Final = "faulty"
UNREAD: Final = "unread"


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
class Checked:
    """One file, its bytes `data`: `problems` are those of the roster and whatever was found between it and others."""

    kind: Kind
    reading: Reading
    roster: Roster
    problems: tuple[Problem, ...]
    data: bytes = field(default=b"", repr=False, eq=False)

    @property
    def sound(self) -> bool:
        """No error; warnings and notes do not stop a draw."""
        return not errors(self.problems)

    @cached_property
    def fates(self) -> Mapping[int, str]:
        """What became of every row, by number: above the entries, usable, faulty, unread, or why it is no entry.

        Blank rows at the very end are no rows.
        """
        header, skipped = self.roster.header_row, self.roster.skipped
        usable = {row.row for row in self.roster.rows}
        wrong = {one.row for one in errors(self.problems)}
        read = header > 0 and bool(usable or skipped or wrong - {header, None})
        found: dict[int, str] = {}
        for line in self.reading.lines[: self._filled]:
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
    def marks_place(self) -> int | None:
        """Place of the column with the marks of an earlier check; None unless it is the last and holds no other."""
        header = self.roster.header_row
        cells = self.reading.lines[header - 1].cells if header else ()
        if not cells or header_key(text(cells[-1])) != MARKS:
            return None
        place = len(cells) - 1
        below = (line.cells[place] for line in self.reading.lines[header:] if place < len(line.cells))
        return place if ours(below) else None

    @cached_property
    def _filled(self) -> int:
        last = len(self.reading.lines)
        while last and all(is_blank(cell) for cell in self.reading.lines[last - 1].cells):
            last -= 1
        return last


def check(
    data: bytes,
    spec: RosterSpec,
    readers: Sequence[RosterReader],
    kind: Kind | None,
    mapped: Mapping[Kind, RosterSpec],
    wanted: Mapping[Kind, Sequence[ColumnUse]] = MappingProxyType({}),
    tick: Tick = quiet,
) -> Checked | tuple[Problem, ...]:
    """Check one file; only problems come back where it cannot be read, or nobody knows which roster it is.

    `kind` is what was said of it; `mapped` are the rosters of a plan, whose headers, derivations and sectors are used;
    `wanted` the columns that its rules ask of each; `tick` is told how far a list of subjects is read.
    """
    reading = read_file(data, spec, readers)
    if errors(reading.problems):
        return reading.problems
    found = kind or guess(reading.lines, {name: one.columns for name, one in mapped.items()})
    if found is None:
        return (*reading.problems, problem("SSJ-N001", file=spec.file))
    if found in mapped:
        plan = mapped[found]
        spec = evolve(spec, columns=plan.columns, derive=plan.derive, sectors=plan.sectors)
    roster: Roster
    if found == "subjects":
        roster = read_subjects(data, spec, readers, wanted.get(found, ()), reading, tick)
    elif found == "inspections":
        roster = read_inspections(data, spec, readers, reading)
    else:
        roster = read_officers(data, spec, readers, wanted.get(found, ()), reading)
    return Checked(kind=found, reading=reading, roster=roster, problems=roster.problems, data=data)


def with_problems(checked: Checked, more: Iterable[Problem]) -> Checked:
    """Add what was found between this file and others; whatever is about another file is left out."""
    own = [one for one in more if one.file == checked.roster.file]
    return evolve(checked, problems=(*checked.problems, *own))
