"""SPEC §9.5: what no honest sealing can hold of a team: places, qualifications, colleagues, companions, limits."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from ssj_core.limits import ORDER, periods
from ssj_core.pool import ACCOMPANIES
from ssj_core.problems import Problem, problem
from ssj_core.rules.effective import SealedTeam
from ssj_core.tables import OFFICER, ExcludedRow, OfficerRow
from ssj_core.teams import LEAD, MEMBER

_FILE: Final = "rules.toml"


def plan_of_places_wrong(team: SealedTeam) -> Iterator[Problem]:
    """The places are as many as the team, the first is the lead's, and each names its section in one way."""
    if team.widen < 0 or (team.widen and team.evenness == "strict"):
        yield problem("SSJ-V055", file=_FILE, field="team.widen", value=team.widen, allowed="≥ 0")
    if not team.places:
        return
    roles = [LEAD, *[MEMBER] * (team.size - 1)]
    if [p.role for p in team.places] != roles:
        yield problem("SSJ-V230", file=_FILE, field="team.places", value=len(team.places), size=team.size)
    for n, place in enumerate(team.places, start=1):
        where = f"team.places[{n}]"
        if (bool(place.sections) + place.own_section + bool(place.other_than)) > 1:
            yield problem("SSJ-V231", file=_FILE, field=where, value=n)
        words = (*place.sections, *place.other_than, *place.needs)
        odd = [w for w in words if not w or set("、［］") & set(w) or (w.endswith("以外") and w not in place.needs)]
        for word in odd:
            yield problem("SSJ-V232", file=_FILE, field=where, value=word)
        for need in place.needs:
            if need not in team.qualified:
                yield problem("SSJ-V233", file=_FILE, field=where, value=need)


def colleagues_wrong(
    team: SealedTeam, officers: Sequence[OfficerRow], excluded: Sequence[ExcludedRow]
) -> Iterator[Problem]:
    """Whoever is named is in the pool, once and in order; companions are not, and were excluded as such."""
    pool = {o.id for o in officers}
    for need, ids in team.qualified.items():
        yield from _listed(f"team.qualified.{need}", ids, pool)
    for one, others in team.avoid.items():
        yield from _listed(f"team.avoid.{one}", (one, *others), pool)
    placed = [one for ids in team.departments.values() for one in set(ids)]
    for name, ids in team.departments.items():
        yield from _listed(f"team.departments.{name}", ids, pool)
    if len(placed) > len(set(placed)):  # nobody is of two departments
        yield problem("SSJ-V235", file=_FILE, field="team.departments", value=len(placed))
    out = {e.id for e in excluded if e.unit == OFFICER and e.rule == ACCOMPANIES}
    yield from _listed("team.companions", [c.id for c in team.companions], out)


def limits_wrong(team: SealedTeam, start: date, end: date, officers: Sequence[OfficerRow]) -> Iterator[Problem]:
    """Each limit once, with the periods of the batch; every cap keeps them, and one that is less is one of theirs."""
    if not team.limits:
        return
    if [one.per for one in team.limits] != [per for per in ORDER if per in {one.per for one in team.limits}]:
        yield problem("SSJ-V236", file=_FILE, field="team.limits", value=", ".join(one.per for one in team.limits))
    cap, bound = {o.id: o.cap for o in officers}, set[str]()
    for n, one in enumerate(team.limits, start=1):
        where, least = f"team.limits[{n}]", 0 if one.per == "person" else 1
        if one.periods != periods(one.per, start, end) or (one.most < 1 if least else one.most):
            yield problem("SSJ-V236", file=_FILE, field=where, value=f"{one.per}: {one.most} × {one.periods}")
        yield from _listed(f"{where}.bound", one.bound, set(cap) - bound)
        yield from _listed(f"{where}.over", one.over, set(one.bound))
        bound |= set(one.bound)
        for officer in officers:
            exact = one.per == "draw" and officer.id in one.bound
            over = officer.cap and officer.id in set(one.over) & set(one.bound)
            if over or (least and officer.cap > one.most * one.periods) or (exact and officer.cap != one.most):
                yield problem("SSJ-V237", file="officers.csv", field="本次上限", value=officer.cap, id=officer.id)
    free = [count for one, count in cap.items() if one not in bound]
    for who, count in cap.items() if free else ():
        if (count >= max(free)) == (who in bound):  # whoever is bound may less than all others, who may the same
            yield problem("SSJ-V237", file="officers.csv", field="本次上限", value=count, id=who)


def _listed(field: str, ids: Sequence[str], known: set[str]) -> Iterator[Problem]:
    for one in ids:
        if one not in known:
            yield problem("SSJ-V234", file=_FILE, field=field, value=one)
    if list(ids) != sorted(set(ids)):
        yield problem("SSJ-V235", file=_FILE, field=field, value=len(ids))
