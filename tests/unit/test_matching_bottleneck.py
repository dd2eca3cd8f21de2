"""Every bottleneck is a proof, checked by brute force on hundreds of tiny instances."""

import json
from functools import cache

import pytest
from attrs import evolve

from ssj_core.matching import (
    Bottleneck,
    Infeasible,
    Instance,
    MatchOfficer,
    Place,
    Visit,
    counted,
    match,
    proves,
)
from ssj_core.verify.bottleneck import verify_bottlenecks
from tests.verifiers.independent import SSJ

from .test_matching_oracle import SEEDS, eligible, places_of, rosters, tiny


def most_filled(instance: Instance) -> int:
    """How many places can be filled when some may stay empty."""
    places = places_of(instance)
    ids = [o.id for o in instance.officers]

    @cache
    def best(index: int, room: tuple[int, ...], team: frozenset[str]) -> int:
        if index == len(places):
            return 0
        visit, n = places[index]
        before = team if n > 1 else frozenset()
        found = best(index + 1, room, before)
        for officer in set(eligible(instance, visit, n)) - before:
            k = ids.index(officer)
            if room[k]:
                found = max(found, 1 + best(index + 1, (*room[:k], room[k] - 1, *room[k + 1 :]), before | {officer}))
        return found

    return best(0, tuple(o.cap for o in instance.officers), frozenset())


def bottlenecks(instance: Instance) -> tuple[Bottleneck, ...]:
    try:
        match(instance, "0" * 64)
    except Infeasible as no:
        return no.bottlenecks
    return ()


def missing(instance: Instance) -> int:
    return sum(b.missing for b in bottlenecks(instance))


@pytest.fixture(scope="module")
def infeasible() -> list[Instance]:
    return [instance for instance in map(tiny, SEEDS) if not rosters(instance)]


def test_bottleneck_proves_it(infeasible: list[Instance]) -> None:
    for instance in infeasible:
        found = bottlenecks(instance)
        assert missing(instance) == len(places_of(instance)) - most_filled(instance)
        order = [(len(b.places), b.places[0].visit, b.places[0].number) for b in found]
        assert order == sorted(order)
        visits = {visit.id: visit for visit in instance.visits}
        cap = {o.id: o.cap for o in instance.officers}
        for b in found:
            assert b.missing > 0
            assert proves(instance, b)
            reach: dict[str, set[str]] = {}
            for place in b.places:
                for officer in eligible(instance, visits[place.visit], place.number):
                    reach.setdefault(officer, set()).add(place.visit)
                assert visits[place.visit].places[place.number - 1] == Place(place.role, place.klass)
            assert [(o.id, o.cap, o.visits) for o in b.officers] == [(o, cap[o], len(reach[o])) for o in sorted(reach)]
            assert len(b.places) > sum(min(cap[o], len(reach[o])) for o in reach)
            assert {(e.visit, e.officer, e.reason) for e in b.exclusions} == {
                (place.visit, officer, reason)
                for place in b.places
                for officer, reason in instance.exclusions.get(place.visit, {}).items()
                if officer in instance.classes[place.klass]
            }
        held = [{o.id for o in b.officers} for b in found]
        assert sum(map(len, held)) == len(set().union(*held))  # separate deficits share no officer


def test_bottleneck_does_not_depend_on_the_order(infeasible: list[Instance]) -> None:
    for instance in infeasible:
        turned = evolve(
            instance,
            officers=instance.officers[::-1],
            visits=instance.visits[::-1],
            classes={name: members[::-1] for name, members in [*instance.classes.items()][::-1]},
        )
        assert bottlenecks(turned) == bottlenecks(instance)


def test_each_remedy_makes_one_place_less_missing(infeasible: list[Instance]) -> None:
    for instance in infeasible:
        before = missing(instance)
        for b in bottlenecks(instance):
            for officer in b.officers:
                more = [evolve(o, cap=o.cap + (o.id == officer.id)) for o in instance.officers]
                helps = officer.cap < officer.visits
                assert missing(evolve(instance, officers=more)) == before - helps
            for klass in {place.klass for place in b.places}:
                more = [*instance.officers, MatchOfficer("officer:new", 1)]
                classes = {**instance.classes, klass: (*instance.classes[klass], "officer:new")}
                assert missing(evolve(instance, officers=more, classes=classes)) == before - 1
            for visit in {place.visit for place in b.places}:
                fewer = [v for v in instance.visits if v.id != visit]
                exclusions = {v: e for v, e in instance.exclusions.items() if v != visit}
                assert missing(evolve(instance, visits=fewer, exclusions=exclusions)) < before


def test_equally_small_bottlenecks_come_in_the_order_of_their_first_places() -> None:
    classes = {"c": ("A",), "d": ("B",)}
    visits = [
        Visit("v1", [Place("r", "c")]),
        Visit("v2", [Place("r", "d"), Place("r", "d")]),
        Visit("v3", [Place("r", "c")]),
    ]
    found = bottlenecks(Instance([MatchOfficer("A", 1), MatchOfficer("B", 1)], classes, visits))
    assert [[(place.visit, place.number) for place in b.places] for b in found] == [
        [("v1", 1), ("v3", 1)],
        [("v2", 1), ("v2", 2)],
    ]


def test_a_certificate_that_proves_nothing_is_not_taken(infeasible: list[Instance]) -> None:
    """One place less, one officer less, a cap or a number of visits told otherwise: it must be the whole truth."""
    found = 0
    for instance in infeasible[:200]:
        for b in bottlenecks(instance):
            first, *rest = b.places
            spoiled = [
                evolve(b, places=(*b.places, first)),
                evolve(b, places=(evolve(first, number=first.number + 9), *rest)),
                evolve(b, places=(evolve(first, visit="nowhere"), *rest)),
                evolve(b, places=(evolve(first, klass="another"), *rest)),
                evolve(b, officers=b.officers[1:]) if b.officers else None,
                *(
                    evolve(b, officers=(evolve(o, **change), *b.officers[1:]))
                    for o in b.officers[:1]
                    for change in ({"cap": o.cap + 1}, {"visits": o.visits + 1}, {"id": "another"})
                ),
            ]
            if b.missing == 1 and not rest:
                spoiled.append(evolve(b, places=()))
            for wrong in filter(None, spoiled):
                assert not proves(instance, wrong)
                found += 1
    assert found > 400


def test_every_bottleneck_is_counted_by_both(infeasible: list[Instance]) -> None:
    """What is written holds for both programs; with one number more, one place or one officer less it does not."""
    for instance in infeasible[:150]:
        whole = [counted.certificate(instance, b) for b in bottlenecks(instance)]
        assert verdicts(whole) == {"holds"}
        one = json.loads(json.dumps(whole[0]))
        wrong = [{**one, "capacity": one["capacity"] + 1}, {**one, "needed": one["needed"] + 1}]
        wrong.append({**one, "places": one["places"][1:]})
        for officer in one["officers"]:
            others = [o for o in one["officers"] if o != officer]
            wrong.append({**one, "officers": others})
            wrong.append({**one, "officers": sorted([*others, {**officer, "visits": 9}], key=lambda o: str(o["id"]))})
        for excluded in one["exclusions"]:
            wrong.append({**one, "exclusions": [e for e in one["exclusions"] if e != excluded]})
        for spoiled in wrong:
            assert verdicts([spoiled, *whole[1:]]) == {"fails"}, spoiled


def verdicts(found: list[counted.Certificate]) -> set[str]:
    """Of the core, and of the verifier that shares no code with it."""
    data, report = counted.encode("t-1", found), list[tuple[str, str, str]]()
    with SSJ.step(report, "counted"):
        SSJ.check_bottlenecks(data)
    return {verify_bottlenecks(data, "x").arithmetic, SSJ.worst(report)}


def test_what_can_be_filled_has_no_certificate() -> None:
    officers = [MatchOfficer("A", 2)]
    instance = Instance(officers, {"c": ("A",)}, [Visit("v1", [Place("r", "c")]), Visit("v2", [Place("r", "c")])])
    tight = evolve(instance, officers=[MatchOfficer("A", 1)])
    (found,) = bottlenecks(tight)
    assert proves(tight, found)
    assert not proves(instance, found)
    assert not proves(instance, evolve(found, officers=(evolve(found.officers[0], cap=2),)))
