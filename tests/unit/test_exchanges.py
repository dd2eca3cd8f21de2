"""The fewest places that must change hands when somebody drops out, against trying every set of them."""

import random
from collections import Counter
from collections.abc import Collection, Mapping
from itertools import chain, combinations

from attrs import evolve

from ssj_core.matching import Instance, MatchOfficer, Place, Visit
from ssj_core.replacement.exchanges import Exchanges
from ssj_core.replacement.exchanges import Place as Seat
from tests.verifiers.independent import SSJ
from tests.verifiers.test_matching import given

from .test_matching_oracle import rosters

SEED = "0" * 64


def fits(instance: Instance, held: Mapping[Seat, str], released: Collection[Seat]) -> bool:
    """Whether a complete roster keeps everybody where he is, but on the places released: every one is tried."""
    room = {officer.id: officer.cap for officer in instance.officers}
    teams: dict[str, set[str]] = {visit.id: set() for visit in instance.visits}

    def take(visit: str, officer: str) -> bool:
        if not room[officer] or officer in teams[visit] or officer in instance.exclusions.get(visit, {}):
            return False
        room[officer] -= 1
        teams[visit].add(officer)
        return True

    kept = {seat: officer for seat, officer in held.items() if seat not in released}
    if not all(take(visit, officer) for (visit, _), officer in kept.items()):
        return False
    free = [
        (v.id, instance.classes[place.klass])
        for v in instance.visits
        for n, place in enumerate(v.places, 1)
        if (v.id, n) not in kept
    ]

    def filled(n: int) -> bool:
        if n == len(free):
            return True
        visit, able = free[n]
        for officer in able:
            if take(visit, officer):
                if filled(n + 1):
                    return True
                room[officer] += 1
                teams[visit].remove(officer)
        return False

    return filled(0)


def by_trying(instance: Instance, held: Mapping[Seat, str]) -> tuple[Seat, ...] | None:
    """The first of the smallest sets in order, as the specification says it."""
    every = chain.from_iterable(combinations(sorted(held), size) for size in range(len(held) + 1))
    return next((chosen for chosen in every if fits(instance, held, chosen)), None)


def theirs(instance: Instance, held: Mapping[Seat, str]) -> int | None:
    """How few by the independent program."""
    question = given(instance)
    changes: int | None = SSJ.changes(SSJ.may_hold(question), {o.id: o.cap for o in instance.officers}, held, [])
    return changes


def row(r: random.Random) -> tuple[Instance, dict[Seat, str]]:
    """Officers in a row, each place for two or three neighbours, caps that bind; one or two places are free."""
    ids = [f"o{n}" for n in range(r.randint(5, 6))]
    classes = {f"c{n}": tuple(ids[n : n + r.choice([2, 3, 3])]) for n in range(len(ids))}
    visits = [
        Visit(f"v{n}", [Place("x", r.choice([*classes])) for _ in range(r.choice([1, 1, 1, 2]))]) for n in range(5)
    ]
    whole = Instance([MatchOfficer(o, r.choice([1, 2, 2])) for o in ids], classes, visits)
    every = rosters(whole)
    held = dict(r.choice(every)) if every else {}
    out: dict[str, dict[str, str]] = {}
    for seat in r.sample(sorted(held), min(len(held), r.choice([1, 2]))):
        out.setdefault(seat[0], {})[held.pop(seat)] = "replace.leave"
    load = Counter(held.values())
    spare = r.sample(ids, 2)
    officers = [MatchOfficer(o, load[o] + spare.count(o)) for o in ids]
    held = {seat: officer for seat, officer in held.items() if officer not in out.get(seat[0], ())}
    return evolve(whole, officers=officers, exclusions=out), held


def test_no_smaller_set_would_do_and_none_comes_first() -> None:
    sizes = Counter[int | None]()
    r = random.Random(5)  # noqa: S311 - instances to test with
    for number in range(900):
        instance, held = row(r)
        right = by_trying(instance, held)
        assert Exchanges(instance, held).smallest() == right, number
        assert theirs(instance, held) == (None if right is None else len(right))
        sizes[None if right is None else len(right)] += 1
    assert min(sizes[None], sizes[0], sizes[1], sizes[2], sizes[3]) > 3, sizes


def test_a_chain_is_proposed_however_long_it_is() -> None:
    """Each can only take the place of the one before him; the last has room. One link more and nobody has."""
    for length in (1, 4, 9):
        ids = [f"o{n}" for n in range(length + 2)]
        visits = [Visit(f"v{n}", [Place("x", f"c{n}")]) for n in range(length + 1)]
        classes = {f"c{n}": (ids[n], ids[n + 1]) for n in range(length + 1)}
        held = {(f"v{n}", 1): ids[n] for n in range(1, length + 1)}
        out = {"v0": {"o0": "replace.leave"}}
        instance = Instance([MatchOfficer(o, 1) for o in ids], classes, visits, out)
        assert Exchanges(instance, held).smallest() == tuple((f"v{n}", 1) for n in range(1, length + 1))
        full = evolve(instance, officers=[MatchOfficer(o, int(o != ids[-1])) for o in ids])
        assert Exchanges(full, held).smallest() is None
        assert theirs(instance, held) == length
        assert theirs(full, held) is None
