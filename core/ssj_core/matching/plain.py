"""SPEC §8 once more, word by word and slowly: what the quick programme must agree with, to the last number drawn.

Whoever wants to know what `ssj-match/1` is reads this. Each "does a complete roster exist?" is answered from nothing.
The algorithm is the functions from `attempts` to `total`, some sixty lines of code (a test counts them); `match` only
writes down what they come to in the form of `result`.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from ssj_core.matching.digest import SPEC, input_digest, key, lot, number
from ssj_core.matching.model import Instance, MatchOfficer
from ssj_core.matching.result import Matching, OfficerShare, PlaceDraw, Try, VisitDraw

Place = tuple[str, int]
"""A visit and the number of a place in it, from 1."""
Node = Place | str
"""Where exchange chains lead: places and officers."""
Roster = Mapping[Place, str]
"""Places and who has them; perhaps not all places."""
May = Mapping[Place, Sequence[str]]
"""Of each place who may hold it, by id."""
Officers = Sequence[MatchOfficer]
"""All officers, by id."""
Levels = Mapping[str, int]
"""Of officers the level of the group they are in."""
Cost = Callable[[MatchOfficer, int], int]
"""What it costs that an officer has so many places; each place more costs no less than the one before."""


class Attempt(NamedTuple):
    """One draw for a place whose pool had so many officers, some of them set back; the number, whom it hit, and if."""

    visit: str
    place: int
    pool: int
    set_back: int
    number: str
    officer: str
    taken: bool


def match(instance: Instance, seed: str, digest: str | None = None) -> Matching | None:
    """Return the matching, or None if no complete roster exists."""
    digest = input_digest(instance) if digest is None else digest
    officers, may, k = sorted(instance.officers, key=lambda o: o.id), who_may(instance), key(seed, digest)
    even = cheapest(officers, may, {}, square)
    if even is None:
        return None
    levels, visits = groups(officers, may, even), dict[str, list[PlaceDraw]]()
    by_id = {v.id: v for v in instance.visits}
    for (v, n), drawn in groupby(attempts(instance, officers, may, even, k), lambda one: (one.visit, one.place)):
        every = list(drawn)
        tries = tuple(Try(one.number[:16], one.officer, one.taken) for one in every)
        role, last = by_id[v].places[n - 1].role, every[-1]
        visits.setdefault(v, []).append(PlaceDraw(n, role, last.pool, tries, last.officer, last.set_back))
    count = Counter(place.officer for places in visits.values() for place in places)
    shares = (
        OfficerShare(o.id, *fair(o, levels, instance.widen), levels.get(o.id), count[o.id], o.history + count[o.id])
        for o in officers
    )
    told = tuple(VisitDraw(v, lot(k, v), tuple(places)) for v, places in visits.items())
    return Matching(SPEC, digest, k, told, tuple(shares))


def attempts(instance: Instance, officers: Officers, may: May, even: Roster, k: str) -> Iterator[Attempt]:
    """Yield every attempt of the draw (§8.4). `even` is a most even roster, `k` the key."""
    levels = groups(officers, may, even)

    def cost(officer: MatchOfficer, places: int) -> int:
        low, high = fair(officer, levels, instance.widen)
        return square(officer, places) if instance.evenness == "strict" else max(low - places, 0, places - high)

    least = total(officers, even, cost)
    given = dict[Place, str]()
    for visit in sorted(instance.visits, key=lambda v: (lot(k, v.id), v.id)):
        for n in range(1, len(visit.places) + 1):
            team = {given[visit.id, earlier] for earlier in range(1, n)} | instance.seated(visit.id)
            pool = [o for o in may[visit.id, n] if o not in team]
            apart = {o for pair in instance.avoid for o in pair if team & {*pair}}
            first, later = [o for o in pool if o not in apart], [o for o in pool if o in apart]
            size, set_back, attempt, taken = len(pool), len(later), 0, False
            while not taken:
                first, later, attempt = first or later, later if first else [], attempt + 1
                drawn = number(k, visit.id, n, attempt)
                given[visit.id, n] = officer = first.pop(int(drawn, 16) % len(first))
                taken = total(officers, cheapest(officers, may, given, cost), cost) == least
                yield Attempt(visit.id, n, size, set_back, drawn, officer, taken)


def who_may(instance: Instance) -> May:
    """Return of each place the officers of its class who are not excluded from the visit (§8.3)."""
    out = {v.id: instance.exclusions.get(v.id, {}).keys() for v in instance.visits}
    places = ((v.id, n, place.klass) for v in instance.visits for n, place in enumerate(v.places, 1))
    return {(v, n): sorted(set(instance.classes[klass]) - out[v]) for v, n, klass in places}


def cheapest(officers: Officers, may: May, given: Roster, cost: Cost) -> Roster | None:
    """Return a complete roster of least cost with the given places; place by place, each as cheap as it can."""
    roster = dict(given)
    if any(o.cap < [*given.values()].count(o.id) for o in officers):
        return None
    for place in [place for place in may if place not in given]:
        came, count = chains(may, roster, [place], given), Counter(roster.values())
        room = [o for o in officers if o.id in came and count[o.id] < o.cap]
        if not room:
            return None
        node: Node | None = min(room, key=lambda o: cost(o, count[o.id] + 1) - cost(o, count[o.id])).id
        taker = str(node)
        while node is not None:  # back along the chain: the taker takes the place, its holder the one before
            if not isinstance(node, str):
                taker, roster[node] = roster.get(node, ""), taker
            node = came[node]
    return roster


def chains(may: May, roster: Roster, start: Collection[Node], shut: Collection[Node]) -> dict[Node, Node | None]:
    """Return whom and what exchange chains from `start` reach (§8.3), each with what came before it."""
    came: dict[Node, Node | None] = dict.fromkeys(start)
    queue = list(start)
    for node in queue:
        if isinstance(node, str):
            following: list[Node] = [place for place, holder in roster.items() if holder == node]
        else:
            on_visit = {holder: place for place, holder in roster.items() if place[0] == node[0]}
            following = [on_visit.get(officer, officer) for officer in may[node]]
        new = [one for one in following if one not in came and one not in shut]
        came |= dict.fromkeys(new, node)
        queue += new
    return came


def groups(officers: Officers, may: May, even: Roster) -> Levels:
    """Return the level of everybody who is in a group (§8.3)."""
    load = {o.id: o.history + count for o in officers if (count := [*even.values()].count(o.id))}
    levels, reached = dict[str, int](), set[Node]()
    for level in sorted({*load.values()}, reverse=True):
        came = chains(may, even, [o for o in load if load[o] == level and o not in levels], reached)
        levels |= {o.id: level for o in officers if o.id in came}
        reached |= came.keys()
    return levels


def fair(officer: MatchOfficer, levels: Levels, widen: int) -> tuple[int, int]:
    """Return the range of an officer (§8.3)."""
    level, history, cap = levels.get(officer.id, 0), officer.history, officer.cap
    low, high = min(max(level - 1 - history, 0), cap), min(max(level - history, 0), cap)
    return max(0, low - widen), min(cap, high + widen)


def square(officer: MatchOfficer, places: int) -> int:
    """Return the squared load of an officer with so many places."""
    return (officer.history + places) ** 2


def total(officers: Officers, roster: Roster | None, cost: Cost) -> int | None:
    """Return what a roster costs; None if there is none."""
    return None if roster is None else sum(cost(officer, [*roster.values()].count(officer.id)) for officer in officers)
