"""The rosters of a plan, and its list of earlier inspections, read and checked against each other and the plan."""

from functools import partial
from pathlib import Path

from attrs import frozen

from ssj_core.canonical import digest
from ssj_core.infiles import file_data
from ssj_core.model import Inspection, Officer, Subject
from ssj_core.office import Office
from ssj_core.opening.below import below
from ssj_core.opening.sectors import against_sectors
from ssj_core.opening.unprintable import unprintable
from ssj_core.problems import InputError, Problem, errors
from ssj_core.roster import (
    InspectionList,
    OfficerRoster,
    SubjectRoster,
    read_inspections,
    read_officers,
    read_subjects,
    resolve_inspections,
    resolve_recusals,
)
from ssj_core.roster.ticking import NOBODY, Onlooker
from ssj_core.rules.effective import RosterPin
from ssj_core.text import Text
from ssj_core.wanted_columns import wanted_columns


@frozen(kw_only=True)
class OpenRosters:
    """Both rosters read and checked against each other; `problems` are warnings and notes only.

    `inspections` are those of the plan's own list, by day; `pins` has that list last, if there is one.
    """

    subjects: tuple[Subject, ...]
    officers: tuple[Officer, ...]
    pins: tuple[RosterPin, ...]
    problems: tuple[Problem, ...]
    inspections: tuple[Inspection, ...] = ()


def open_rosters(office: Office, folder: Path, onlooker: Onlooker = NOBODY) -> OpenRosters:
    """Read both rosters of the plan, and its list of earlier inspections.

    `onlooker` is told of each file and how far it is.

    Raises:
        InputError: with every mistake of both files.
    """
    spec, readers = office.plan.rosters, tuple(office.registry.roster_readers.values())
    subject_data = file_data(folder, spec.subjects.file)
    officer_data = file_data(folder, spec.officers.file)
    past_data = file_data(folder, spec.inspections.file) if spec.inspections else b""
    missing = [d for d in (subject_data, officer_data, past_data) if isinstance(d, Problem)]
    if missing:
        raise InputError(missing)
    assert isinstance(subject_data, bytes)  # noqa: S101 - said by `missing`
    assert isinstance(officer_data, bytes)  # noqa: S101
    assert isinstance(past_data, bytes)  # noqa: S101
    wanted, tick = partial(wanted_columns, office), onlooker.tick
    onlooker.reading(spec.subjects.file, len(subject_data))
    subjects = read_subjects(subject_data, spec.subjects, readers, wanted("subject"), tick=tick)
    onlooker.reading(spec.officers.file, len(officer_data))
    officers = read_officers(officer_data, spec.officers, readers, wanted("officer"), tick=tick)
    listed: InspectionList | None = None
    if spec.inspections is not None:
        onlooker.reading(spec.inspections.file, len(past_data))
        listed = read_inspections(past_data, spec.inspections, readers, tick=tick)
    found = [*subjects.problems, *officers.problems, *(listed.problems if listed else ())]
    if errors(found):
        raise InputError(below(found, office))
    onlooker.lasting(Text("正在互相核对名录……", "checking the rosters against each other ..."))
    subjects, officers, unresolved = resolve_recusals(subjects, officers)
    found += unresolved
    inspections: tuple[Inspection, ...] = ()
    if listed is not None:
        inspections, unknown = resolve_inspections(listed, subjects, officers)
        found += unknown
    found += against_sectors(office, subjects, officers)
    found += unprintable(subjects, officers)
    if errors(found):
        raise InputError(below(found, office))
    return OpenRosters(
        subjects=subjects.rows,
        officers=officers.rows,
        pins=(
            _pin("subjects", subjects),
            _pin("officers", officers),
            *((_pin("inspections", listed),) if listed else ()),
        ),
        problems=tuple(below(found, office)),
        inspections=inspections,
    )


def pins_as_they_lie(office: Office, folder: Path) -> tuple[RosterPin, ...]:
    """The roster files of the plan by their bytes alone, for whoever cannot read them; those that are there."""
    found = []
    for role, spec in office.plan.rosters.named.items():
        data = file_data(folder, spec.file)
        if isinstance(data, bytes):
            pin = RosterPin(role=role, file=spec.file, sha256=digest(data), encoding="", sheet="", rows=0)  # type: ignore[arg-type]
            found.append(pin)
    return tuple(found)


def _pin(role: str, roster: SubjectRoster | OfficerRoster | InspectionList) -> RosterPin:
    return RosterPin(
        role=role,  # type: ignore[arg-type]
        file=roster.file,
        sha256=roster.sha256,
        encoding=roster.encoding,
        sheet=roster.sheet,
        rows=len(roster.rows),
    )
