"""Of which department each officer of a joint visit is, where the office's roster has a column for it (单位)."""

from collections.abc import Mapping
from pathlib import Path

from attrs import evolve

from ssj_core.documents.model import Dossier
from ssj_core.documents.rosters import NoRoster, kept_roster
from ssj_core.roster.units import read_units


def with_departments(dossier: Dossier, folder: Path, files: Mapping[str, bytes]) -> Dossier:
    """The dossier of a joint batch with the departments of its officers; the record knows their sections alone.

    Nothing is raised and nothing told: where the roster is gone or has no such column, sections say who inspects.
    """
    if not dossier.rules.joint:
        return dossier
    roster = kept_roster(folder, files, dossier.rules, "officers")
    units = {} if isinstance(roster, NoRoster) else read_units(roster.data, roster.spec, roster.readers)
    if len(set(units.values())) < 2:  # one department, whose sections inspect together
        return dossier
    visits = (evolve(v, team=tuple(evolve(m, unit=units.get(m.id, "")) for m in v.team)) for v in dossier.visits)
    return evolve(dossier, visits=tuple(visits))
