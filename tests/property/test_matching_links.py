"""The picture of the classes stays true to the roster, whatever is given, closed and exchanged."""

import itertools
from collections import Counter
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from ssj_core.matching.board import board
from ssj_core.matching.even import even_out, fill
from ssj_core.matching.links import Links, bits
from ssj_core.matching.lots import balance
from ssj_core.matching.ranges import fair_ranges
from ssj_core.matching.roster import NONE, Roster
from tests.unit.test_matching_plain import office

Pairs = st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), max_size=40)


@given(Pairs, st.randoms(use_true_random=False))
@settings(max_examples=100, deadline=None)
def test_links_are_there_as_long_as_somebody_makes_them(pairs: list[tuple[int, int]], r: Random) -> None:
    links, there = Links(), Counter[tuple[int, int]]()
    for pair in pairs:
        if there[pair] and r.random() < 0.5:
            links.drop(*pair)
            there[pair] -= 1
        else:
            links.add(*pair)
            there[pair] += 1
    present = {pair for pair, count in there.items() if count}
    assert {(node, to) for node, leads_to in links.leads_to.items() for to in bits(leads_to)} == present
    start, goal = r.randrange(1, 128), r.randrange(1, 128)
    distance = dict.fromkeys(bits(start), 0)
    for node in (queue := list(distance)):
        for to in sorted(to for origin, to in present if origin == node):
            if to not in distance:
                distance[to] = distance[node] + 1
                queue.append(to)
    way, seen = links.way(start, goal)
    near = [distance[node] for node in bits(goal) if node in distance]
    assert len(way) == (min(near) + 1 if near else 0)
    if way:
        assert way[0] in bits(start)
        assert way[-1] in bits(goal)
        assert set(itertools.pairwise(way)) <= present
    else:
        assert set(bits(seen)) == distance.keys()


def picture(roster: Roster) -> dict[int, set[int]]:
    """What the links must be, from the roster alone."""
    found: dict[int, set[int]] = {}
    for officer, held in enumerate(roster.held):
        for klass in held:
            for own in roster.board.classes_of[officer]:
                found.setdefault(own, set()).add(klass)
            if roster.down[officer] != NONE:
                found.setdefault(roster.down[officer], set()).add(klass)
        if roster.up[officer] != NONE:
            for own in roster.board.classes_of[officer]:
                found.setdefault(own, set()).add(roster.up[officer])
    return found


def test_links_are_those_of_the_roster_throughout() -> None:
    r, looked = Random(7), 0  # noqa: S311 - moves to test with
    for number in range(40):
        instance = office(number)
        places = board(instance)
        start, unfilled = fill(places)
        if unfilled:
            continue
        ranges = fair_ranges(places, even_out(start), instance.widen)
        roster = Roster(places, start.holder, balance(places, ranges, instance.evenness))
        for _ in range(40):
            place = r.randrange(len(places.klass))
            if not roster.is_open(place):
                continue
            takers = [o for o in places.members[places.klass[place]] if roster.may_take(place, o)]
            if takers and r.random() < 0.7:
                roster.give(place, r.choice(takers))
            else:
                roster.close(place)
            there = {node: set(bits(to)) for node, to in roster.links.leads_to.items() if to}
            assert there == picture(roster)
            looked += 1
    assert looked > 300
