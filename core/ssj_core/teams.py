"""SPEC §8: from drawn subjects and sealed officers to the question the matching answers, and back to team rows."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from ssj_core.matching import Instance, Matching, MatchOfficer, Place, Visit
from ssj_core.rules.effective import SealedTeam
from ssj_core.tables import OfficerRow, RecusalRow, SubjectRow, TeamRow

LEAD: Final = "主办"
MEMBER: Final = "协办"
ANY: Final = "各股室"
"""Class of all officers. The class of a section is `股室` and its name; of all others, that and `以外` (SPEC §8)."""
_OF: Final = "股室"
_NOT: Final = "以外"
_NO_SECTION: Final = "（名录未填）"  # no officer is of it, so such a subject is refused with words that say why
NOT_QUALIFIED: Final = "core.not_qualified"
"""Reason code where an officer's fields and a subject's sectors have nothing in common."""


def instance(
    team: SealedTeam, drawn: Sequence[SubjectRow], officers: Sequence[OfficerRow], recusals: Iterable[RecusalRow]
) -> Instance:
    """The matching instance: one visit per drawn subject, places by the team rule, exclusions with reason codes."""
    excluded: dict[str, dict[str, str]] = {}
    visited = {s.id for s in drawn}
    for row in recusals:
        if row.subject in visited:
            excluded.setdefault(row.subject, {}).setdefault(row.officer, row.rule)
    for subject in drawn:
        for officer in officers:
            if not set(officer.fields) & set(subject.sectors):
                excluded.setdefault(subject.id, {})[officer.id] = NOT_QUALIFIED
    visits = tuple(Visit(id=s.id, places=_places(team, s)) for s in drawn)
    used = {p.klass for v in visits for p in v.places}
    return Instance(
        officers=tuple(MatchOfficer(id=o.id, cap=o.cap, history=o.history) for o in officers),
        classes={name: tuple(o.id for o in officers if _in_class(team, o, name)) for name in sorted(used)},
        visits=visits,
        exclusions=excluded,
        evenness=team.evenness,
    )


def team_rows(matching: Matching, drawn: Sequence[SubjectRow], officers: Sequence[OfficerRow]) -> tuple[TeamRow, ...]:
    """`teams.csv`: the places of each drawn subject, in the order of `drawn`."""
    by_id: Mapping[str, OfficerRow] = {o.id: o for o in officers}
    visits = {v.id: v for v in matching.visits}
    return tuple(
        TeamRow(
            subject=subject.id,
            name=subject.name,
            place=place.number,
            role=place.role,
            officer=place.officer,
            officer_name=by_id[place.officer].name,
            section=by_id[place.officer].section,
        )
        for subject in drawn
        for place in visits[subject.id].places
    )


def _places(team: SealedTeam, subject: SubjectRow) -> tuple[Place, ...]:
    if team.officers == "own-section":
        classes = [_OF + (subject.section or _NO_SECTION)] * team.size
    elif team.officers == "joint":
        classes = [_OF + team.lead_section] + [_OF + team.lead_section + _NOT] * (team.size - 1)
    else:
        classes = [ANY] * team.size
    return tuple(Place(role=MEMBER if n else LEAD, klass=klass) for n, klass in enumerate(classes))


def _in_class(team: SealedTeam, officer: OfficerRow, klass: str) -> bool:
    if team.officers == "joint" and klass == _OF + team.lead_section + _NOT:
        return officer.section != team.lead_section
    return klass in (ANY, _OF + officer.section)
