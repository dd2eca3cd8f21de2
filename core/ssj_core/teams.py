"""SPEC §8.1: from drawn subjects and sealed officers to the question the matching answers, and back to team rows."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, Literal

from attrs import evolve, frozen

from ssj_core.matching import Instance, Matching, MatchOfficer, Place, Visit
from ssj_core.rules.effective import SealedCompanion, SealedPlace, SealedTeam
from ssj_core.tables import OfficerRow, RecusalRow, SubjectRow, TeamRow

LEAD: Final = "主办"
MEMBER: Final = "协办"
ANY: Final = "各股室"
"""Class of all officers. The class of a section is `股室` and its name; of all others, that and `以外` (SPEC §8)."""
_OF: Final = "股室"
_OWN: Final = "本股室"
_NOT: Final = "以外"
_NO_SECTION: Final = "（名录未填）"  # no officer is of it, so such a subject is refused with words that say why
NOT_QUALIFIED: Final = "core.not_qualified"
"""Reason code where an officer's fields and a subject's sectors have nothing in common."""


@frozen
class Seat:
    """A place of one subject: its role, the name of its class, and who is in that (`own_section` filled in)."""

    role: Literal["主办", "协办"]
    klass: str
    place: SealedPlace


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
    seats = {s.id: seats_of(team, s) for s in drawn}
    classes = {seat.klass: seat.place for own in seats.values() for seat in own}
    return Instance(
        officers=tuple(MatchOfficer(id=o.id, cap=o.cap, history=o.history) for o in officers),
        classes={name: tuple(members(team, classes[name], officers)) for name in sorted(classes)},
        visits=tuple(
            Visit(id=one, places=tuple(Place(role=s.role, klass=s.klass) for s in own)) for one, own in seats.items()
        ),
        exclusions=excluded,
        evenness=team.evenness,
        widen=team.widen,
        avoid=tuple((one, other) for one, others in team.avoid.items() for other in others),
    )


def seats_of(team: SealedTeam, subject: SubjectRow) -> tuple[Seat, ...]:
    """The places of a subject, in order; the first is the lead's."""
    own = subject.section or _NO_SECTION
    if team.places:
        return tuple(_seat(place, own) for place in team.places)
    if team.officers == "own-section":
        made = [(_OF + own, SealedPlace(role=LEAD, sections=(own,)))] * team.size
    elif team.officers == "joint":
        lead = (team.lead_section,)
        others = (_OF + team.lead_section + _NOT, SealedPlace(role=MEMBER, other_than=lead))
        made = [(_OF + team.lead_section, SealedPlace(role=LEAD, sections=lead)), *[others] * (team.size - 1)]
    else:
        made = [(ANY, SealedPlace(role=LEAD))] * team.size
    return tuple(Seat(MEMBER if n else LEAD, name, place) for n, (name, place) in enumerate(made))


def members(team: SealedTeam, place: SealedPlace, officers: Iterable[OfficerRow]) -> Iterator[str]:
    """Ids of the officers in the class of a place whose `own_section` is filled in."""
    qualified = [frozenset(team.qualified.get(name, ())) for name in place.needs]
    for officer in officers:
        inside = not place.sections or officer.section in place.sections
        if inside and officer.section not in place.other_than and all(officer.id in ids for ids in qualified):
            yield officer.id


def companions_of(team: SealedTeam, subject: SubjectRow) -> tuple[SealedCompanion, ...]:
    """随行人员 of a visit: those of one of its sectors, and those of no sector in particular; they hold no place."""
    return tuple(c for c in team.companions if not c.sectors or set(c.sectors) & set(subject.sectors))


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


def _seat(place: SealedPlace, own: str) -> Seat:
    """Qualifications in brackets before the section: the roster's own words stand last, so no two classes clash."""
    if place.own_section:
        name, place = _OWN + own, evolve(place, sections=(own,))
    elif place.sections:
        name = _OF + "、".join(place.sections)
    elif place.other_than:
        name = _OF + "、".join(place.other_than) + _NOT
    else:
        name = ANY
    return Seat(place.role, "".join(f"［{need}］" for need in place.needs) + name, place)
