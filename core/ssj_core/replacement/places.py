"""SPEC §13.5: which places become free, and the small matching that fills them; every other place stays."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from attrs import evolve

from ssj_core.matching import TEAM_MATE, Instance, Matching, Visit
from ssj_core.replacement.standing import Standing
from ssj_core.sealed import Sealed
from ssj_core.tables import TeamRow
from ssj_core.teams import instance

Free = Mapping[str, Sequence[int]]
"""Subject → numbers of its places that are to be filled, ascending."""


def inherited(sealed: Sealed, standing: Standing, out: str, into: str) -> Standing:
    """The team of `out` goes to `into`, which takes its position in the order."""
    name = next(s.name for s in sealed.subjects if s.id == into)
    rows = tuple(evolve(r, subject=into, name=name) if r.subject == out else r for r in standing.rows)
    return evolve(standing, rows=rows, taken=standing.taken | {into})


def unfit(sealed: Sealed, standing: Standing, subject: str) -> Free:
    """Places of an inherited team whose holder may not hold them: of another class, excluded, or out by now."""
    numbers = [
        row.place for row in standing.team(subject) if row.officer not in able(sealed, standing, subject, row.place)
    ]
    return {subject: numbers} if numbers else {}


def able(sealed: Sealed, standing: Standing, subject: str, number: int) -> frozenset[str]:
    """Officers who may hold a place: of its class, not excluded from the subject, not out by now."""
    whole = _instance(sealed, [subject])
    (visit,) = whole.visits
    out = {**whole.exclusions.get(subject, {}), **_out(standing, subject)}
    return frozenset(whole.classes[visit.places[number - 1].klass]) - out.keys()


def held_by(standing: Standing, officer: str, visits: Iterable[str]) -> Free:
    """The places of an officer in these visits."""
    found: dict[str, list[int]] = defaultdict(list)
    for row in standing.rows:
        if row.officer == officer and row.subject in visits:
            found[row.subject].append(row.place)
    return found


def question(sealed: Sealed, standing: Standing, free: Free) -> Instance:
    """The small matching: the free places only; what an officer holds besides is his history and uses up his cap."""
    whole = _instance(sealed, list(free))
    kept = [r for r in standing.rows if r.place not in free.get(r.subject, ())]
    load = Counter(r.officer for r in kept)
    mates: dict[str, dict[str, str]] = {
        v: {r.officer: TEAM_MATE for r in kept if r.subject == v} | _out(standing, v) for v in free
    }
    visits = tuple(Visit(id=v.id, places=tuple(v.places[n - 1] for n in free[v.id])) for v in whole.visits)
    used = {place.klass for visit in visits for place in visit.places}  # only classes that occur (SPEC §8.1)
    return evolve(
        whole,
        officers=tuple(
            evolve(o, cap=max(0, o.cap - load[o.id]), history=o.history + load[o.id]) for o in whole.officers
        ),
        classes={name: ids for name, ids in whole.classes.items() if name in used},
        visits=visits,
        exclusions={v: mates[v] | dict(whole.exclusions.get(v, {})) for v in free},
    )


def filled(sealed: Sealed, standing: Standing, free: Free, matching: Matching) -> tuple[TeamRow, ...]:
    """The teams with the free places given as the matching says."""
    officers = {o.id: o for o in sealed.officers}
    given = {
        (visit, number): officers[officer]
        for visit, team in matching.teams.items()
        for number, officer in zip(free[visit], team, strict=True)
    }
    return tuple(
        evolve(row, officer=new.id, officer_name=new.name, section=new.section)
        if (new := given.get((row.subject, row.place)))
        else row
        for row in standing.rows
    )


def _instance(sealed: Sealed, subjects: Sequence[str]) -> Instance:
    by_id = {s.id: s for s in sealed.subjects}
    return instance(sealed.rules.team, [by_id[i] for i in subjects], sealed.officers, sealed.recusals)


def _out(standing: Standing, visit: str) -> dict[str, str]:
    barred = {officer: reason for (subject, officer), reason in standing.barred.items() if subject == visit}
    return {**barred, **standing.withdrawn}
