"""What the matching claims of itself, claim by claim; those that other tests hold are named here, too.

1. Complete: `test_matching_oracle::test_feasible_exactly_when_a_roster_exists`; a bottleneck proves the rest:
   `test_matching_bottleneck`.
2. Canonical: `test_matching_oracle::test_ranges_are_those_of_every_most_even_roster`,
   `test_matching_oracle::test_the_draw_is_the_first_officer_who_leaves_a_complete_roster`, `test_matching_plain`, and
   `property/test_matching_invariants::test_order_of_input_changes_nothing`.
3. Whatever is fair can come up: `test_every_fair_roster_comes_up`; and so each pair that is possible at all, which
   `test_matching_possible` finds exactly.
4. Equals are treated equally: `test_equals_have_exactly_equal_chances`,
   `test_equals_are_drawn_equally_often_in_a_larger_office`; how near to equally likely: `test_matching_lottery`.
5. Even: `test_everybody_ends_at_the_level_of_his_group_or_one_below`, `test_with_one_level_the_squares_are_the_least`,
   `test_matching_oracle::test_result_is_as_even_as_can_be`, `test_a_solver_finds_no_roster_more_even`.
6. Nothing can be foreseen: `test_each_number_is_one_hash_of_its_own`.
The verifier accepts each true roster and refuses every other: `test_matching_confirm`, `verifiers/test_matching`.
"""

import hashlib
import os
from collections import Counter
from importlib import import_module
from itertools import combinations
from math import sqrt
from statistics import pstdev
from typing import Any

import pytest
from attrs import evolve

from ssj_core.matching import Instance, MatchOfficer, Place, Visit, match

from .test_matching_lottery import OFFICES, lottery
from .test_matching_oracle import Roster, eligible, fair_rosters, rosters, squares, tiny
from .test_matching_plain import office, quick


def seeded(number: int) -> str:
    return hashlib.sha256(str(number).encode()).hexdigest()


@pytest.mark.parametrize("name", ["F3 nested classes", "F6 sparse", "F8 chain", "F10 three overlapping classes"])
def test_every_fair_roster_comes_up(name: str) -> None:
    instance = OFFICES[name][0]
    fair = {tuple(sorted(roster.items())) for roster in fair_rosters(instance, rosters(instance))}
    seen = set()
    for seed in range(1500):
        drawn = match(instance, seeded(seed))
        seen.add(tuple(sorted(((v.id, p.number), p.officer) for v in drawn.visits for p in v.places)))
        if seen == fair:
            return
    assert seen == fair


@pytest.mark.parametrize(
    ("name", "equal"), [("F3 nested classes", "EF"), ("F3 nested classes", "CD"), ("F5 joint departments", "ABC")]
)
def test_equals_have_exactly_equal_chances(name: str, equal: str) -> None:
    instance = OFFICES[name][0]
    chances = lottery(instance, fair_rosters(instance, rosters(instance)))
    places = {place for place, _ in chances}
    for place in places:
        assert len({chances.get((place, officer)) for officer in equal}) == 1


def test_equals_are_drawn_equally_often_in_a_larger_office() -> None:
    """Three kinds of three identical officers; over many seeds the differences are those of chance."""
    kinds = {"a": "ABC", "b": "DEF", "c": "GHI"}
    classes = {"lead": tuple("ABCDEF"), "any": tuple("ABCDEFGHI"), "rest": tuple("DEFGHI")}
    visits = [Visit(f"v{n}", [Place("l", "lead"), Place("m", "any" if n % 2 else "rest")]) for n in range(8)]
    instance = Instance([MatchOfficer(o, 9) for o in "ABCDEFGHI"], classes, visits)
    seeds = 500
    seen = Counter(
        (visit.id, place.number, place.officer)
        for seed in range(seeds)
        for visit in match(instance, seeded(seed)).visits
        for place in visit.places
    )
    far = []
    for visit in visits:
        for n in (1, 2):
            for kind in kinds.values():
                for one, other in combinations(kind, 2):
                    a, b = seen[visit.id, n, one], seen[visit.id, n, other]
                    if a + b > 20:
                        far.append((a - b) / sqrt(a + b))
    assert len(far) > 80
    assert max(map(abs, far)) < 4.5
    assert 0.75 < pstdev(far) < 1.25


def test_everybody_ends_at_the_level_of_his_group_or_one_below() -> None:
    several = 0
    for number in range(120):
        instance = evolve(office(number), evenness="range", widen=0)
        right = quick(instance, seeded(number))
        if right is None:
            continue
        cap = {o.id: o.cap for o in instance.officers}
        levels = {o.level for o in right.officers if o.level is not None}
        several += len(levels) > 1
        for share in right.officers:
            assert share.high - share.low <= 1
            if share.level is None:
                assert share.places == 0
            else:
                history = share.load - share.places
                assert share.load in (share.level, share.level - 1) or share.places == cap[share.id] or (
                    history >= share.level and not share.places
                )  # fmt: skip
    assert several > 30


def test_with_one_level_the_squares_are_the_least() -> None:
    found = 0
    for number in range(400):
        instance = evolve(tiny(number), evenness="range", widen=0)
        every = rosters(instance)
        if not every:
            continue
        right = match(instance, seeded(number))
        if len({o.level for o in right.officers if o.level is not None}) == 1:
            ours: Roster = {(v.id, p.number): p.officer for v in right.visits for p in v.places}
            assert squares(instance, ours) == min(squares(instance, roster) for roster in every)
            found += 1
    assert found > 60


def test_each_number_is_one_hash_of_its_own() -> None:
    """No stream: a number depends on the key, the visit, the place and the attempt, and on nothing drawn before."""
    right = next(filter(None, (quick(office(number), seeded(number)) for number in range(9))))
    for visit in right.visits:
        for place in visit.places:
            for attempt, one in enumerate(place.tries, 1):
                text = f"ssj-match/1\ndraw\n{right.key}\n{visit.id}\n{place.number}\n{attempt}\n"
                assert hashlib.sha256(text.encode()).hexdigest()[:16] == one.number


# The least sum of squares by a solver that knows nothing of all this


def networkx() -> Any:
    try:
        return import_module("networkx")
    except ModuleNotFoundError:
        if os.environ.get("CI"):
            raise
        pytest.skip("networkx is not installed: python -m pip install networkx")


def least_squares(instance: Instance) -> int:
    """The least sum of squared loads, by networkx' network simplex on the flow of SPEC §8.3."""
    nx = networkx()
    graph = nx.MultiDiGraph()
    units = 0
    for visit in instance.visits:
        for n in range(1, len(visit.places) + 1):
            units += 1
            graph.add_edge("source", (visit.id, n), capacity=1, weight=0)
            for officer in eligible(instance, visit, n):
                graph.add_edge((visit.id, n), (visit.id, officer), capacity=1, weight=0)
    for node in [node for node in graph if isinstance(node, tuple) and isinstance(node[1], str)]:
        graph.add_edge(node, node[1], capacity=1, weight=0)
    for one in instance.officers:
        for n in range(one.cap):
            graph.add_edge(one.id, "sink", capacity=1, weight=2 * (one.history + n) + 1)
    graph.add_node("source", demand=-units)
    graph.add_node("sink", demand=units)
    cost, _ = nx.network_simplex(graph)
    return int(cost) + sum(o.history**2 for o in instance.officers)


def test_a_solver_finds_no_roster_more_even() -> None:
    found = 0
    for number in range(60):
        instance = evolve(office(number), evenness="strict", widen=0)
        right = quick(instance, seeded(number))
        if right is not None:
            assert sum(o.load**2 for o in right.officers) == least_squares(instance)
            found += 1
    assert found > 25
