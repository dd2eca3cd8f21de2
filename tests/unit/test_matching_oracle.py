"""The matcher against brute force: every roster of hundreds of tiny instances is enumerated."""

import hashlib
import random
from collections import Counter
from collections.abc import Iterator
from itertools import combinations
from typing import Any

import pytest
from attrs import evolve

from ssj_core.matching import TEAM_MATE, Infeasible, Instance, MatchOfficer, Place, Visit, input_digest, match

Roster = dict[tuple[str, int], str]


def tiny(seed: int) -> Instance:
    """Make a nasty little instance: overlapping classes, caps from 0, history, exclusions, one to three places."""
    r = random.Random(seed)  # noqa: S311 - instances to test with
    ids = [f"officer:{n}" for n in range(r.randint(2, 5))]
    classes = {f"c{n}": tuple(r.sample(ids, r.randint(1, len(ids)))) for n in range(r.randint(1, 3))}
    visits: list[Visit] = []
    places = 0
    while places < 6 and (not visits or r.random() < 0.75):
        size = min(r.choice([1, 2, 2, 3]), 6 - places)
        visits.append(
            Visit(f"v{r.randrange(1000):03}-{places}", [Place("r", r.choice([*classes])) for _ in range(size)])
        )
        places += size
    exclusions: dict[str, dict[str, str]] = {}
    for visit in visits:
        for officer in ids:
            if r.random() < 0.1:
                exclusions.setdefault(visit.id, {})[officer] = r.choice(["kin", TEAM_MATE])
    strict = r.random() < 0.4
    instance = Instance(
        [MatchOfficer(o, r.choice([0, 1, 2, 3, 3, 3]), r.choice([0, 0, 0, 1, 2, 3])) for o in ids],
        classes,
        visits,
        exclusions,
        "strict" if strict else "range",
        0 if strict else r.choice([0, 0, 0, 1]),
    )
    return evolve(instance, avoid=[pair for pair in combinations(ids, 2) if r.random() < 0.15])


def eligible(instance: Instance, visit: Visit, place: int) -> list[str]:
    excluded = instance.exclusions.get(visit.id, {})
    return sorted(o for o in instance.classes[visit.places[place - 1].klass] if o not in excluded)


def places_of(instance: Instance) -> list[tuple[Visit, int]]:
    return [(visit, n) for visit in instance.visits for n in range(1, len(visit.places) + 1)]


def rosters(instance: Instance) -> list[Roster]:
    """Every way to fill every place."""
    places = places_of(instance)
    cap = {o.id: o.cap for o in instance.officers}
    current: Roster = {}

    def rest(index: int) -> Iterator[Roster]:
        if index == len(places):
            yield dict(current)
            return
        visit, n = places[index]
        for officer in eligible(instance, visit, n):
            if cap[officer] and officer not in {current.get((visit.id, k)) for k in range(1, n)}:
                cap[officer] -= 1
                current[visit.id, n] = officer
                yield from rest(index + 1)
                del current[visit.id, n]
                cap[officer] += 1

    return list(rest(0))


def squares(instance: Instance, roster: Roster) -> int:
    count = Counter(roster.values())
    return sum((o.history + count[o.id]) ** 2 for o in instance.officers)


def naive_ranges(instance: Instance, even: Roster) -> dict[str, tuple[int, int, int | None]]:
    """The fair ranges, word by word, from one most even roster."""
    count = Counter(even.values())
    load = {o.id: o.history + count[o.id] for o in instance.officers}
    level: dict[str, int] = {}
    for top in sorted({load[o] for o in count}, reverse=True):
        group = {o for o in count if load[o] == top and o not in level}
        held = {p for p, o in even.items() if o in group}
        size = -1
        while size != len(group) + len(held):
            size = len(group) + len(held)
            for visit, n in places_of(instance):
                if (visit.id, n) not in held:
                    continue
                for officer in eligible(instance, visit, n):
                    if officer in level or even[visit.id, n] == officer:
                        continue
                    mates = {p for p, o in even.items() if p[0] == visit.id and o == officer}
                    held |= mates
                    if not mates:
                        group.add(officer)
                        held |= {p for p, o in even.items() if o == officer}
        level |= dict.fromkeys(group, top)
    found = {}
    for o in instance.officers:
        top_or_none = level.get(o.id)
        low = high = 0
        if top_or_none is not None:
            low = min(o.cap, max(0, top_or_none - 1 - o.history))
            high = min(o.cap, max(0, top_or_none - o.history))
        found[o.id] = (max(0, low - instance.widen), min(o.cap, high + instance.widen), top_or_none)
    return found


def sha(*fields: object) -> str:
    return hashlib.sha256("".join(f"{f}\n" for f in ("ssj-match/1", *fields)).encode()).hexdigest()


def naive_draw(instance: Instance, fair: list[Roster], seed: str) -> list[tuple[Any, ...]]:
    """The draw by its definition: the first officer drawn for whom one of the fair rosters is left."""
    k = sha("key", seed, input_digest(instance))
    log: list[tuple[Any, ...]] = []
    for visit in sorted(instance.visits, key=lambda v: (sha("order", k, v.id), v.id)):
        team: list[str] = []
        for n in range(1, len(visit.places) + 1):
            everybody = [o for o in eligible(instance, visit, n) if o not in team]
            wish = {frozenset(pair) for pair in instance.avoid}
            seated = [o for o, reason in instance.exclusions.get(visit.id, {}).items() if reason == TEAM_MATE]
            set_back = [o for o in everybody if any({o, mate} in wish for mate in (*team, *seated))]
            pool = [o for o in everybody if o not in set_back]
            size, attempt, left = len(everybody), 0, list[Roster]()
            while not left:
                attempt += 1
                pool, set_back = (pool, set_back) if pool else (set_back, [])
                drawn = sha("draw", k, visit.id, n, attempt)
                officer = pool.pop(int(drawn, 16) % len(pool))
                left = [roster for roster in fair if roster[visit.id, n] == officer]
                log.append((visit.id, n, size, drawn[:16], officer, bool(left)))
            fair = left
            team.append(officer)
    return log


def fair_rosters(instance: Instance, every: list[Roster]) -> list[Roster]:
    least = min(squares(instance, roster) for roster in every)
    even = [roster for roster in every if squares(instance, roster) == least]
    if instance.evenness == "strict":
        return even
    ranges = naive_ranges(instance, even[0])
    return [
        roster
        for roster in every
        if all(low <= Counter(roster.values())[o] <= high for o, (low, high, _) in ranges.items())
    ]


SEEDS = range(700)


@pytest.fixture(scope="module")
def feasible() -> list[tuple[Instance, list[Roster]]]:
    found = [(instance, rosters(instance)) for instance in map(tiny, SEEDS)]
    return [(instance, every) for instance, every in found if every]


def test_feasible_exactly_when_a_roster_exists(feasible: list[tuple[Instance, list[Roster]]]) -> None:
    yes = [instance for instance, _ in feasible]
    assert 200 < len(yes) < 600
    for instance in map(tiny, SEEDS):
        if instance in yes:
            match(instance, "0" * 64)
        else:
            with pytest.raises(Infeasible):
                match(instance, "0" * 64)


def test_ranges_are_those_of_every_most_even_roster(feasible: list[tuple[Instance, list[Roster]]]) -> None:
    for instance, every in feasible:
        ours = {o.id: (o.low, o.high, o.level) for o in match(instance, "5" * 64).officers}
        least = min(squares(instance, roster) for roster in every)
        for even in [roster for roster in every if squares(instance, roster) == least][:40]:
            assert naive_ranges(instance, even) == ours
            count = Counter(even.values())
            for officer, (low, high, _) in ours.items():
                assert low <= count[officer] <= high
                assert high - low <= 1 + 2 * instance.widen


def test_the_draw_is_the_first_officer_who_leaves_a_complete_roster(
    feasible: list[tuple[Instance, list[Roster]]],
) -> None:
    passed_over = 0
    for instance, every in feasible:
        fair = fair_rosters(instance, every)
        for seed in ("a" * 64, "0123456789abcdef" * 4):
            ours = [
                (visit.id, place.number, place.pool, t.number, t.officer, t.taken)
                for visit in match(instance, seed).visits
                for place in visit.places
                for t in place.tries
            ]
            assert ours == naive_draw(instance, fair, seed)
            passed_over += sum(not entry[-1] for entry in ours)
    assert passed_over > 100  # else the look-ahead was never put to the test


def test_result_is_as_even_as_can_be(feasible: list[tuple[Instance, list[Roster]]]) -> None:
    for instance, every in feasible:
        history = {o.id: o.history for o in instance.officers}
        result = match(instance, "b" * 64)
        ours: Roster = {(v.id, p.number): p.officer for v in result.visits for p in v.places}
        assert ours in every
        if instance.evenness == "strict":
            assert squares(instance, ours) == min(squares(instance, roster) for roster in every)
        if not instance.widen:

            def largest(roster: Roster, history: dict[str, int] = history) -> int:
                return max(history[o] + n for o, n in Counter(roster.values()).items())

            assert largest(ours) == min(map(largest, every))
