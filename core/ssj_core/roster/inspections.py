"""往次检查名单: rows of a file to earlier inspections, in the office's words; then to ids of the two rosters."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Final

from attrs import asdict, evolve

from ssj_core.model import NO_EXPIRY, Inspection, Subject
from ssj_core.problems import Problem
from ssj_core.readers.model import Cell, Reading, RosterReader
from ssj_core.roster.cells import folded, name_key, optional
from ssj_core.roster.columns import Row
from ssj_core.roster.days import expiry
from ssj_core.roster.findings import CellError, Findings
from ssj_core.roster.layout import INSPECTIONS
from ssj_core.roster.model import InspectionList, ListedInspection, OfficerRoster, SubjectRoster
from ssj_core.roster.recusals import Directory, directory
from ssj_core.roster.spec import RosterSpec
from ssj_core.roster.table import open_table
from ssj_core.roster.ticking import Tick, quiet, ticking

_WHO: Final = ("lead", "officers", "members")
_NOTE: Final = re.compile(r"[(（][^()（）]*[)）]$")
_APART: Final = re.compile(r"[\s/／]+")
_TOLD: Final = 10


def read_inspections(
    data: bytes,
    spec: RosterSpec,
    readers: Sequence[RosterReader],
    reading: Reading | None = None,
    tick: Tick = quiet,
) -> InspectionList:
    """Read the list; problems are collected, nothing is raised for bad input.

    `reading`, where given, is what `table.read_file` returned for the same file. `tick` is told how far it is.
    """
    table = open_table(data, spec, readers, INSPECTIONS, reading=reading)
    told = ticking(table.rows, tick)
    rows = [found for row in told if (found := _row(row))] if table.columns is not None else []
    known = asdict(table.reception, recurse=False)
    return InspectionList(**{**known, "rows": tuple(rows), "problems": tuple(table.findings.problems)})


def resolve_inspections(
    listed: InspectionList, subjects: SubjectRoster, officers: OfficerRoster
) -> tuple[tuple[Inspection, ...], tuple[Problem, ...]]:
    """Return the inspections of subjects in the roster, by ids, the rows of one subject and day as one; and problems.

    Who is no longer in the roster of officers is left out of his inspections, which count all the same.
    """
    findings = Findings(listed.file)
    by_subject, by_officer = directory(subjects.rows), directory(officers.rows)
    made: dict[tuple[str, date], Inspection] = {}
    absent: list[int] = []
    strangers: dict[str, list[int]] = {}
    for row in listed.rows:
        subject = _subject(row, by_subject, findings)
        if subject is None:
            absent.append(row.row)
        there = tuple(_officers(row, by_officer, findings, strangers))
        if subject:
            first = made.get((subject, row.day))
            known = first or Inspection(
                subject=subject, day=row.day, officers=(), source=f"{listed.file}第{row.row}行", row=row.row
            )
            made[subject, row.day] = evolve(known, officers=tuple(dict.fromkeys((*known.officers, *there))))
    if absent:
        findings.add("SSJ-R090", row=absent[0], value=len(absent), rows=_numbers(absent))
        findings.extend(absent[1:])
    for name, rows in strangers.items():
        findings.add("SSJ-R091", row=rows[0], field=_who(listed), value=name, rows=_numbers(rows))
        findings.extend(rows[1:])
    return tuple(sorted(made.values(), key=lambda i: (i.day, i.row))), tuple(findings.problems)


def in_the_future(inspections: Iterable[Inspection], file: str, today: date) -> tuple[Problem, ...]:
    """Inspections that are said to have been made after today."""
    findings = Findings(file)
    for one in inspections:
        if one.day > today:
            findings.add("SSJ-R093", row=one.row, value=one.day.isoformat(), today=today.isoformat())
    return tuple(findings.problems)


def checked_in_the_future(roster: SubjectRoster, today: date) -> tuple[Problem, ...]:
    """Subjects said to have been checked after today: a rule that spares the lately checked would hide them."""
    return days_to_come(roster.rows, roster.file, today, roster.title("last_checked"))


def days_to_come(subjects: Iterable[Subject], file: str, today: date, field: str = "") -> tuple[Problem, ...]:
    """The same of subjects alone."""
    findings = Findings(file)
    for one in subjects:
        if one.last_checked is not None and one.last_checked > today:
            value = one.last_checked.isoformat()
            findings.add("SSJ-R058", row=one.row, field=field, value=value, today=today.isoformat())
    return tuple(findings.problems)


_ITS_DAY: Final = {"otherwise": "几天的写最后一天", "otherwise_en": "of several days the last"}


def _row(row: Row) -> ListedInspection | None:
    there = row.cell("day") is not None
    day = row.parse("day", _day, None)
    code = next((word for field in INSPECTIONS.ids if (word := _code(row.cell(field)))), "")
    name = row.text("name")
    people = row.several("officer_ids") or tuple(who for field in _WHO for who in row.several(field))
    if not code and not name:
        row.tell("SSJ-R013", next(f for f in (*INSPECTIONS.ids, "name") if f in row.columns.places), value="")
    if not there:
        row.tell("SSJ-R092", "day", value="")
    if not people:
        row.tell("SSJ-R094", next(f for f in (*_WHO, "officer_ids") if f in row.columns.places), value="")
    if day is None or not (code or name):
        return None
    return ListedInspection(code=code, name=name, officers=people, day=day, row=row.number)


def _day(cell: Cell) -> date:
    """The day, or the last one of a stretch."""
    try:
        found = expiry(cell)
    except CellError as error:
        raise CellError(error.code, **_ITS_DAY) from None
    if found == NO_EXPIRY:
        raise CellError("SSJ-R027", **_ITS_DAY)
    return found


def _code(cell: Cell) -> str:
    return "" if cell is None or not optional(cell) else folded(cell)


def _subject(row: ListedInspection, known: Directory, findings: Findings) -> str | None:
    """The id by number, else by name; None where there is none in the roster, empty where there are several (told)."""
    found = (known.get(row.code) if row.code else None) or (known.get(name_key(row.name)) if row.name else None) or []
    if len(found) > 1:
        codes = ", ".join(one.partition(":")[2] for one in found)
        findings.add("SSJ-R095", row=row.row, value=row.name or row.code, ids=codes)
        return ""
    return found[0] if found else None


def _officers(
    row: ListedInspection, known: Directory, findings: Findings, strangers: dict[str, list[int]]
) -> Iterator[str]:
    for word in row.officers:
        for name, found in _people(word, known):
            if len(found) > 1:
                codes = ", ".join(one.partition(":")[2] for one in found)
                findings.add("SSJ-R096", row=row.row, value=name, ids=codes)
            elif found:
                yield found[0]
            else:
                strangers.setdefault(name, []).append(row.row)


def _people(word: str, known: Directory) -> Iterator[tuple[str, Sequence[str]]]:
    """A cell's word as one officer; or, where nobody is called so, as several with blanks between, without notes."""
    if found := _known(word, known):
        yield word, found
        return
    for part in _APART.split(word):
        bare = _NOTE.sub("", part)
        if bare:
            yield bare, _known(part, known) or _known(bare, known)


def _known(word: str, known: Directory) -> Sequence[str]:
    return known.get(word) or known.get(folded(word)) or known.get(name_key(word)) or ()


def _who(listed: InspectionList) -> str:
    return next((title for title, field in listed.columns.items() if field in (*_WHO, "officer_ids")), "")


def _numbers(rows: Sequence[int]) -> str:
    return "、".join(map(str, rows[:_TOLD])) + ("……" if len(rows) > _TOLD else "")
