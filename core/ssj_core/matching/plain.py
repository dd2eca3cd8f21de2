"""SPEC §8 once more, word by word and slowly: what the quick programme must agree with, to the last number drawn.

Whoever wants to know what `ssj-match/1` is reads this. Each "does a complete roster exist?" is answered from nothing.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping

from ssj_core.matching.digest import SPEC, input_digest, key, lot, number
from ssj_core.matching.model import Instance, MatchOfficer
from ssj_core.matching.result import Matching, OfficerShare, PlaceDraw, Try, VisitDraw

Place = tuple[str, int]
"""A visit and the number of a place in it, from 1."""
Given = Mapping[Place, str]
"""Places and who has them."""
May = Mapping[Place, list[str]]
"""Of each place who may hold it, by id."""
Officers = list[MatchOfficer]
Cost = Callable[[MatchOfficer, int], int]
"""What it costs that an officer has so many places; each place more costs no less than the one before."""


def match(instance: Instance, seed: str, digest: str | None = None) -> Matching | None:
    """Return the matching, or None if no complete roster exists."""
    officers = sorted(instance.officers, key=lambda o: o.id)
    digest = input_digest(instance) if digest is None else digest
    may = {
        (v.id, n): sorted(set(instance.classes[place.klass]) - instance.exclusions.get(v.id, {}).keys())
        for v in instance.visits
        for n, place in enumerate(v.places, 1)
    }

    def square(officer: MatchOfficer, places: int) -> int:
        return (officer.history + places) ** 2

    def out_of_range(officer: MatchOfficer, places: int) -> int:
        low, high = ranges[officer.id]
        return max(low - places, 0, places - high)

    even = cheapest(officers, may, {}, square)
    if even is None:
        return None
    levels = groups(officers, may, even)
    ranges = {o.id: fair(o, levels.get(o.id), instance.widen) for o in officers}
    cost, least = (out_of_range, 0) if instance.evenness == "range" else (square, total(officers, even, square))
    k, given, visits = key(seed, digest), dict[Place, str](), list[VisitDraw]()
    for ticket, visit_id, visit in sorted((lot(k, v.id), v.id, v) for v in instance.visits):  # §8.4
        places: list[PlaceDraw] = []
        for n, place in enumerate(visit.places, 1):
            team = {given[visit_id, earlier] for earlier in range(1, n)}
            everybody = [o for o in may[visit_id, n] if o not in team]
            set_back = [o for o in everybody if any({o, mate} == set(pair) for pair in instance.avoid for mate in team)]
            pool, later, tries = [o for o in everybody if o not in set_back], list(set_back), list[Try]()
            while not (tries and tries[-1].taken):
                pool, later = (pool, later) if pool else (later, [])
                drawn = number(k, visit_id, n, len(tries) + 1)
                officer = pool.pop(int(drawn, 16) % len(pool))
                roster = cheapest(officers, may, {**given, (visit_id, n): officer}, cost)
                possible = roster is not None and total(officers, roster, cost) == least
                tries.append(Try(drawn[:16], officer, possible))
            given[visit_id, n] = officer
            places.append(PlaceDraw(n, place.role, len(everybody), tuple(tries), officer, len(set_back)))
        visits.append(VisitDraw(visit_id, ticket, tuple(places)))
    count = Counter(given.values())
    shares = (
        OfficerShare(o.id, *ranges[o.id], levels.get(o.id), count[o.id], o.history + count[o.id]) for o in officers
    )
    return Matching(SPEC, digest, k, tuple(visits), tuple(shares))


def cheapest(officers: Officers, may: May, given: Given, cost: Cost) -> Given | None:
    """Return a complete roster of least cost with the given places; place by place, each as cheap as it can."""
    roster, by_id = dict(given), {o.id: o for o in officers}
    if any(n > by_id[o].cap for o, n in Counter(given.values()).items()):
        return None
    for place in [place for place in may if place not in given]:
        count = Counter(roster.values())
        came = chains(may, roster, [place], given)
        room = [o for o in officers if o.id in came and count[o.id] < o.cap]
        if not room:
            return None
        node: Place | str | None = min(room, key=lambda o: cost(o, count[o.id] + 1) - cost(o, count[o.id])).id
        taker = ""
        while node is not None:  # back along the chain: the taker takes the place, its holder the one before
            if isinstance(node, str):
                taker = node
            else:
                taker, roster[node] = roster.get(node, ""), taker
            node = came[node]
    return roster


def chains(
    may: May, roster: Given, start: Iterable[Place | str], given: Iterable[Place | str]
) -> dict[Place | str, Place | str | None]:
    """Return whom and what exchange chains from `start` reach (§8.3), each with what came before it."""
    came: dict[Place | str, Place | str | None] = dict.fromkeys(start)
    queue = list(came)
    for node in queue:
        if isinstance(node, str):
            following: list[Place | str] = [place for place, holder in roster.items() if holder == node]
        else:
            on_visit = {holder: place for place, holder in roster.items() if place[0] == node[0]}
            following = [on_visit.get(officer, officer) for officer in may[node]]
        for new in following:
            if new not in came and new not in given:
                came[new] = node
                queue.append(new)
    return came


def groups(officers: Officers, may: May, even: Given) -> dict[str, int]:
    """Return the level of everybody who is in a group (§8.3)."""
    count, levels, reached = Counter(even.values()), dict[str, int](), set[Place | str]()
    for level in sorted({o.history + count[o.id] for o in officers if count[o.id]}, reverse=True):
        start = [o.id for o in officers if count[o.id] and o.history + count[o.id] == level and o.id not in levels]
        came = chains(may, even, start, reached)
        levels |= {o.id: level for o in officers if o.id in came}
        reached |= came.keys()
    return levels


def fair(officer: MatchOfficer, level: int | None, widen: int) -> tuple[int, int]:
    """Return the range of an officer (§8.3)."""
    low, high = (max(level - less - officer.history, 0) if level is not None else 0 for less in (1, 0))
    return max(0, min(low, officer.cap) - widen), min(officer.cap, min(high, officer.cap) + widen)


def total(officers: Officers, roster: Given, cost: Cost) -> int:
    """Return what a roster costs."""
    count = Counter(roster.values())
    return sum(cost(officer, count[officer.id]) for officer in officers)
