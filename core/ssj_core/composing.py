"""SPEC §8.1: what a ruleset says of teams becomes places, qualifications, limits and loads, as they are sealed."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from ssj_core.batch_rules import BatchRules
from ssj_core.limits import Cap, limits_of
from ssj_core.model import Inspection, Officer
from ssj_core.office import Office
from ssj_core.pool import Pool
from ssj_core.rules.effective import SealedPlace, SealedTeam
from ssj_core.rules.ruleset import BatchPolicy, Team, TeamPlace
from ssj_core.tables import OfficerRow
from ssj_core.teams import LEAD, MEMBER

LEADS: Final = "主办资格"
"""The qualification of officers whom the roster says may lead."""
_FIELD: Final = "领域"


def sealed_team(
    office: Office, rules: BatchRules, pool: Pool, officers: Sequence[Officer], past: Sequence[Inspection] = ()
) -> SealedTeam:
    """The team rule of a batch; `officers` are those of the roster, `past` earlier inspections."""
    team, policy = office.ruleset.team, rules.policy
    fields = {place.field for place in policy.place if place.field}
    title = {sector: office.registry.checklists[sector].title + _FIELD for sector in fields}
    places = tuple(_places(team, policy, title))
    needed = {need for place in places for need in place.needs}
    inside = {o.id for o in pool.officers}
    has: dict[str, set[str]] = {need: set() for need in needed}
    for officer in officers:
        own = {*officer.qualifications, *([LEADS] if officer.leads else [])}
        own |= {title[s] for s in office.sectors.resolve(officer.fields) if s in title}
        for need in own & needed if officer.id in inside else ():
            has[need].add(officer.id)
    return SealedTeam(
        size=len(places) or team.size,
        officers=policy.officers,
        lead_section=policy.lead_section,
        evenness=team.evenness,
        widen=team.widen,
        places=places,
        qualified={need: tuple(sorted(has[need])) for need in sorted(has)},
        avoid=together_last(past, inside) if team.avoid == "last-team" else {},
        companions=pool.companions,
        limits=limits_of(team, rules.batch.start, rules.batch.end, pool.officers),
        counts_year=team.history == "year",
        avoids_last_team=team.avoid == "last-team",
        departments=_departments(pool.officers) if policy.joint else {},
    )


def officer_rows(
    pool: Pool, caps: Mapping[str, Cap], *, team: Team | None = None, past: Sequence[Inspection] = (), year: int = 0
) -> tuple[OfficerRow, ...]:
    """Officers as sealed, with the cap of each; visits of `past` in the year count as load if the team rule says so."""
    counted = team is not None and team.history == "year"
    before = visits_in(past, year)
    return tuple(
        OfficerRow(
            id=o.id,
            name=o.name,
            section=o.section,
            certificate=o.certificate,
            fields=o.fields,
            cap=caps[o.id].visits,
            history=before[o.id] if counted else 0,
        )
        for o in pool.officers
    )


def visits_in(past: Iterable[Inspection], year: int) -> Counter[str]:
    """How many inspections of a year each officer made."""
    return Counter(o for i in past if i.day.year == year for o in i.officers)


def by_subject(past: Sequence[Inspection]) -> Mapping[str, tuple[Inspection, ...]]:
    """Earlier inspections of each subject, the latest first; of one day, the one told later."""
    found: dict[str, list[Inspection]] = {}
    for one in past:
        found.setdefault(one.subject, []).insert(0, one)
    return {subject: tuple(sorted(own, key=lambda i: -i.day.toordinal())) for subject, own in found.items()}


def _departments(officers: Iterable[Officer]) -> dict[str, tuple[str, ...]]:
    """The officers of each department; nothing where all are of one, whose sections inspect together."""
    found: dict[str, list[str]] = {}
    for one in officers:
        if one.unit:
            found.setdefault(one.unit, []).append(one.id)
    return {name: tuple(sorted(found[name])) for name in sorted(found)} if len(found) > 1 else {}


def _places(team: Team, policy: BatchPolicy, title: Mapping[str, str]) -> Iterator[SealedPlace]:
    declared: Sequence[TeamPlace] = policy.place
    if not declared and team.lead == "qualified":
        declared = _as_places(team, policy)
    for n, place in enumerate(declared):
        lead = place.lead or (team.lead == "qualified" and not n)
        needs = {*place.qualifications, *([LEADS] if lead else []), *([title[place.field]] if place.field else [])}
        yield SealedPlace(
            role=MEMBER if n else LEAD,
            sections=place.sections,
            own_section=place.own_section,
            other_than=place.other_than,
            needs=tuple(sorted(needs)),
        )


def _as_places(team: Team, policy: BatchPolicy) -> list[TeamPlace]:
    if policy.officers == "own-section":
        return [TeamPlace(own_section=True)] * team.size
    if policy.officers == "joint":
        lead = (policy.lead_section,)
        return [TeamPlace(sections=lead), *[TeamPlace(other_than=lead)] * (team.size - 1)]
    return [TeamPlace()] * team.size


def together_last(past: Sequence[Inspection], inside: set[str]) -> dict[str, tuple[str, ...]]:
    """Colleagues, one of whom was with the other at his last inspection; of one day, all of it."""
    last: dict[str, int] = {}
    for one in past:
        for officer in one.officers:
            last[officer] = max(last.get(officer, 0), one.day.toordinal())
    pairs = {
        (min(a, b), max(a, b))
        for one in past
        for a in one.officers
        for b in one.officers
        if a != b and last[a] == one.day.toordinal() and {a, b} <= inside
    }
    first = sorted({a for a, _ in pairs})
    return {one: tuple(sorted(b for a, b in pairs if a == one)) for one in first}
