"""Contacts for the papers of a draw, from the roster beside the office's plan; they are written nowhere else."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from attrs import evolve

from ssj_core.documents.model import Dossier
from ssj_core.documents.rosters import NoRoster, kept_roster
from ssj_core.problems import Problem, problem
from ssj_core.roster.contacts import Contact, read_contacts
from ssj_core.text import Text

_UNREAD: Final = Text("读不出名录", "no roster can be read in it")


def with_contacts(dossier: Dossier, folder: Path, files: Mapping[str, bytes]) -> tuple[Dossier, tuple[Problem, ...]]:
    """The dossier with the contacts of its visits, and one notice where they are not those the draw was made from.

    The roster is the one that the sealed plan names, in the working folder of the draw's `folder`. If its bytes are
    not those the draw was made from, subjects are matched by their codes, and that is told. Nothing is raised: papers
    without contacts are filled in by hand.
    """
    roster = kept_roster(folder, files, dossier.rules, "subjects")
    if isinstance(roster, NoRoster):
        return dossier, (problem("SSJ-D025", value=roster.file, reason=roster.reason),)
    found = read_contacts(roster.data, roster.spec, roster.readers)
    if found is None:
        return dossier, (problem("SSJ-D025", value=roster.spec.file, reason=_UNREAD),)
    visits = tuple(evolve(v, contact=found.get(v.subject.id, Contact())) for v in dossier.visits)
    made, without = evolve(dossier, visits=visits), sum(not v.contact for v in visits)
    if not roster.same:
        return made, (problem("SSJ-D026", value=roster.spec.file, without=without),)
    return made, (problem("SSJ-D027", value=roster.spec.file, without=without),) if without else ()
