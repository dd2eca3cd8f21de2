"""The verifier that looks for no roster: it accepts every true one and rejects every other, also those just as even."""

from collections import Counter
from collections.abc import Mapping

import pytest
from attrs import evolve

from ssj_core.matching import Difference, Instance, Matching, Wrong, check, confirm, match, spot_check

from .test_matching import GOLDEN, SEED
from .test_matching_oracle import Roster, fair_rosters, rosters, tiny
from .test_matching_plain import office, quick

Teams = dict[str, tuple[str, ...]]
FAIR: Teams = {"E1": ("B", "C"), "E2": ("A", "F"), "E3": ("E", "D"), "E4": ("B", "C"), "E5": ("A", "D")}


def teams_of(instance: Instance, roster: Roster) -> Teams:
    return {v.id: tuple(roster[v.id, n] for n in range(1, len(v.places) + 1)) for v in instance.visits}


def refused(instance: Instance, seed: str, teams: Mapping[str, tuple[str, ...]]) -> Difference:
    with pytest.raises(Wrong) as caught:
        confirm(instance, seed, teams)
    return caught.value.difference


def test_true_rosters_are_accepted_and_all_others_rejected() -> None:
    accepted, rejected = 0, Counter[str]()
    for number in range(500):
        instance, seed = tiny(number), f"{number * 13:064x}"
        every = rosters(instance)
        if not every:
            continue
        right = match(instance, seed)
        assert confirm(instance, seed, right.teams) == right
        accepted += 1
        fair = fair_rosters(instance, every)
        for roster in [*fair[:30], *every[:10]]:
            teams = teams_of(instance, roster)
            if teams != right.teams:
                difference = refused(instance, seed, teams)
                kind = "just as even" if roster in fair else "not fair"
                assert (kind == "just as even") == ("could have it" in difference.message.en)
                rejected[kind] += 1
    assert accepted > 150
    assert rejected["just as even"] > 600
    assert rejected["not fair"] > 150


def test_a_roster_of_another_seed_is_rejected() -> None:
    rejected = 0
    for number in range(60):
        instance = office(number)
        right, other = quick(instance, f"{number:064x}"), quick(instance, f"{number + 1:064x}")
        if right is None or other is None:
            continue
        assert confirm(instance, f"{number:064x}", right.teams) == right
        if right.teams != other.teams:
            assert refused(instance, f"{number:064x}", other.teams).place > 0
            rejected += 1
    assert rejected > 20


def test_two_officers_swapped_are_rejected() -> None:
    right = match(GOLDEN, SEED).teams
    for one in right:
        for other in right:
            for n in range(2):
                swapped = {v: list(team) for v, team in right.items()}
                swapped[one][n], swapped[other][n] = swapped[other][n], swapped[one][n]
                teams = {v: tuple(team) for v, team in swapped.items()}
                if teams != right:
                    assert refused(GOLDEN, SEED, teams)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"E1": ("B",)}, "E1: not one officer for each place"),
        ({"E1": ("B", "B")}, "E1: not one officer for each place"),
        ({"E1": ("Z", "C")}, "Z may not hold place 1 of E1"),
        ({"E1": ("A", "C")}, "A may not hold place 1 of E1"),  # excluded
        ({"E1": ("C", "B")}, "C may not hold place 1 of E1"),  # not of the class
        ({"E9": ("B", "C")}, "not the visits of the draw: E9"),
        ({"E2": ("A", "C"), "E3": ("E", "F")}, "C 3 places, not 1 to 2"),
    ],
)
def test_what_is_no_fair_roster_is_named(change: Teams, says: str) -> None:
    assert says in refused(GOLDEN, SEED, {**FAIR, **change}).message.en


def test_where_it_is_wrong_is_told() -> None:
    assert refused(GOLDEN, SEED, {**FAIR, "E1": ("B",)})[:2] == ("E1", 0)
    assert refused(GOLDEN, SEED, {**FAIR, "E1": ("B", "Z")})[:2] == ("E1", 2)
    assert refused(GOLDEN, SEED, {**FAIR, "E9": ("B", "C")})[:2] == ("E9", 0)
    assert refused(GOLDEN, SEED, {**FAIR, "E2": ("A", "C"), "E3": ("E", "F")})[:2] == ("", 0)


def test_more_than_the_cap() -> None:
    tight = evolve(GOLDEN, officers=[evolve(o, cap=2) for o in GOLDEN.officers])
    teams = {**FAIR, "E2": ("A", "C"), "E3": ("E", "F")}
    assert "C has more places than his cap" in refused(tight, SEED, teams).message.en


def test_as_many_for_each_but_not_most_even_under_strict_evenness() -> None:
    strict = evolve(GOLDEN, evenness="strict")
    teams = {**FAIR, "E2": ("A", "C"), "E3": ("E", "F")}
    assert "not the most even" in refused(strict, SEED, teams).message.en


def test_every_change_of_the_course_is_named() -> None:
    for number in range(40):
        instance, seed = tiny(number), SEED
        right = quick(instance, seed)
        if right is None:
            continue
        assert check(instance, seed, right) == []
        for wrong in altered(right):
            assert check(instance, seed, wrong)


def altered(right: Matching) -> list[Matching]:
    """The log told otherwise: a number, an officer passed over, a try too many or too few, the size of a pool."""
    found: list[Matching] = []
    for v, visit in enumerate(right.visits):
        for p, place in enumerate(visit.places):
            last = place.tries[-1]
            for other in (
                evolve(place, pool=place.pool + 1),
                evolve(place, set_back=place.set_back + 1),
                evolve(place, tries=(evolve(last, taken=False), last)),
                evolve(place, tries=place.tries[1:]),
                evolve(place, tries=(*place.tries[:-1], evolve(last, number="0" * 16))),
            ):
                places = (*visit.places[:p], other, *visit.places[p + 1 :])
                found.append(
                    evolve(right, visits=(*right.visits[:v], evolve(visit, places=places), *right.visits[v + 1 :]))
                )
    return found


def test_one_visit_alone() -> None:
    right = match(GOLDEN, SEED)
    for visit in right.visits:
        assert spot_check(GOLDEN, SEED, right.teams, visit.id) == visit
    with pytest.raises(KeyError):
        spot_check(GOLDEN, SEED, right.teams, "E9")
    (first, *_) = right.visits
    wrong = match(GOLDEN, "1" * 64)
    bad = [v.id for v in right.visits if wrong.teams[v.id] != right.teams[v.id]]
    with pytest.raises(Wrong, match=f"of {bad[0]}"):
        spot_check(GOLDEN, SEED, wrong.teams, bad[0])
    assert first.id
