"""回避: turns the names and numbers written in one roster into ids of the other."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from attrs import evolve

from ssj_core.model import Officer, Subject
from ssj_core.problems import Problem
from ssj_core.roster.cells import folded, name_key
from ssj_core.roster.findings import Findings, nearest
from ssj_core.roster.grounds import apart, ground
from ssj_core.roster.model import OfficerRoster, SubjectRoster
from ssj_core.roster.persons import is_person

_MOST_HINTS = 20  # likeness is slow to compute: the first few unknown names get a hint, the rest none

Directory = Mapping[str, list[str]]
Resolver = Callable[[Iterable[str], int], dict[str, str]]
"""From the words of a row and its number to ids, each with its ground or an empty text."""
U = TypeVar("U", Subject, Officer)


def resolve_recusals(
    subjects: SubjectRoster, officers: OfficerRoster
) -> tuple[SubjectRoster, OfficerRoster, tuple[Problem, ...]]:
    """Return both rosters with recusals as ids, and what could not be resolved (dropped, and told)."""
    people, places = directory(officers.rows), directory(subjects.rows)
    told_subjects, told_officers = Findings(subjects.file), Findings(officers.file)
    by_officer = _resolver(people, told_subjects, _title(subjects, "回避人员"), "SSJ-R035")
    by_subject = _resolver(places, told_officers, _title(officers, "回避对象"), "SSJ-R036")
    subject_rows = tuple(_resolved(row, by_officer) if row.recused else row for row in subjects.rows)
    officer_rows = tuple(_resolved(row, by_subject) if row.recused else row for row in officers.rows)
    problems = (*told_subjects.problems, *told_officers.problems)
    return evolve(subjects, rows=subject_rows), evolve(officers, rows=officer_rows), problems


def cross_check(subjects: SubjectRoster, officers: OfficerRoster) -> tuple[Problem, ...]:
    """Return what is wrong between the two rosters."""
    return resolve_recusals(subjects, officers)[2]


def directory(rows: Iterable[Subject | Officer]) -> Directory:
    """Every id under itself, under its code and under the key of its name; masked names are no names."""
    found: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        keys = {row.id, row.id.partition(":")[2]}
        if not (isinstance(row, Subject) and is_person(row.kind)):
            keys.add(name_key(row.name))
        for key in keys:
            if row.id not in found[key]:
                found[key].append(row.id)
    return dict(found)


def _resolved(row: U, resolve: Resolver) -> U:
    found = resolve(row.recused, row.row)
    return evolve(row, recused=tuple(found), recused_for={one: why for one, why in found.items() if why})


def _resolver(directory: Directory, findings: Findings, title: str, ambiguous: str) -> Resolver:
    hints = 0

    def known(word: str) -> list[str]:
        return directory.get(word) or directory.get(folded(word)) or directory.get(name_key(word)) or []

    def resolve(words: Iterable[str], row: int) -> dict[str, str]:
        nonlocal hints
        ids: dict[str, str] = {}
        for word in words:
            (bare, note), found, why = apart(word), known(word), ""
            if not found and note:  # a bracket at the end may be of the name itself
                found, why = known(bare), ground(note)
                if found and not why:
                    findings.add("SSJ-R082", row=row, field=title, value=note)
                    why = "other"
            if len(found) == 1:
                ids[found[0]] = ids.get(found[0]) or why
            elif found:
                codes = ", ".join(one.partition(":")[2] for one in found)
                findings.add(ambiguous, row=row, field=title, value=word, ids=codes)
            else:
                hints += 1
                near = nearest(name_key(word), directory if hints <= _MOST_HINTS else ())
                findings.add("SSJ-R034", row=row, field=title, value=word, **near)
        return ids

    return resolve


def _title(roster: SubjectRoster | OfficerRoster, default: str) -> str:
    return next((header for header, field in roster.columns.items() if field == "recused"), default)
