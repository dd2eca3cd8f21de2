"""What is wrong with the sectors in rosters: none at all, or words that the plan does not know."""

from collections.abc import Iterable, Sequence
from typing import Final

from attrs import evolve

from ssj_core.office import Office, taken_sectors
from ssj_core.problems import Problem, problem
from ssj_core.roster import (
    InspectionList,
    OfficerRoster,
    SubjectRoster,
)
from ssj_core.roster.sectorless import sectorless, tell_sectorless
from ssj_core.rules.sectors import SectorNames

_TOLD: Final = 8


def against_sectors(office: Office, *rosters: SubjectRoster | OfficerRoster | InspectionList) -> list[Problem]:
    """What is wrong with the sectors in rosters: none at all, or words that the plan's sectors do not know."""
    found: list[Problem] = []
    for roster in rosters:
        if isinstance(roster, SubjectRoster):
            found += _without_sector(roster, taken_sectors(office))
            found += _strange(roster, office.sectors, taken_sectors(office))
            units = [(subject.sectors, subject.row) for subject in roster.rows]
        elif isinstance(roster, InspectionList):
            continue
        else:
            units = [(officer.fields, officer.row) for officer in roster.rows]
        field = roster.title("sectors" if isinstance(roster, SubjectRoster) else "fields")
        found += _sector_problems(office.sectors, units, roster.file, field)
    return found


def _without_sector(subjects: SubjectRoster, taken: Sequence[str]) -> Iterable[Problem]:
    """Whoever has no sector is in no pool: one is worth a warning, all of them mean a missing column."""
    if sectorless(subjects):
        return tell_sectorless(subjects, "SSJ-S029", taken)
    blank = [s.row for s in subjects.rows if not s.sectors]
    if not blank:
        return []
    rows = "、".join(map(str, blank[:10])) + ("……" if len(blank) > 10 else "")
    field = subjects.title("sectors") or "监管类别"
    told = problem("SSJ-S028", file=subjects.file, row=blank[0], field=field, value=len(blank), rows=rows)
    return [evolve(told, also=tuple(blank[1:]))]


def _strange(subjects: SubjectRoster, names: SectorNames, taken: Sequence[str]) -> Iterable[Problem]:
    """Where no word at all is known, every batch would be without subjects: an error of the file."""
    words = dict.fromkeys(word for subject in subjects.rows for word in subject.sectors)
    if words and not names.resolve(words):
        told, known = "、".join([*words][:_TOLD]), "、".join(names.titles)
        yield from tell_sectorless(subjects, "SSJ-S049", taken, words=told, known=known)


def _sector_problems(
    names: SectorNames, units: Iterable[tuple[Sequence[str], int]], file: str, field: str
) -> Iterable[Problem]:
    unknown: dict[str, list[int]] = {}
    for words, row in units:
        for word in names.unknown(words):
            unknown.setdefault(word, []).append(row)
    known = "、".join(names.titles)
    for word, rows in unknown.items():
        told = problem("SSJ-S027", file=file, row=rows[0], field=field, value=word, count=len(rows), known=known)
        yield evolve(told, also=tuple(rows[1:]))
