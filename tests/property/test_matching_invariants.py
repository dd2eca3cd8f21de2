"""What holds of every matching, whatever the rosters and the seed."""

from collections.abc import Iterable
from random import Random
from typing import TypeVar, get_args

from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from ssj_core.matching import (
    Evenness,
    Infeasible,
    Instance,
    Matching,
    MatchOfficer,
    Place,
    Visit,
    check,
    input_digest,
    match,
)

T = TypeVar("T")
SEED = st.text("0123456789abcdef", min_size=64, max_size=64)
WORD = st.sampled_from(["甲", "乙", "丙", "a", "aa", "b", "Ω", "é", "1", "10", "2", "𠮷"])


@st.composite
def instances(draw: st.DrawFn) -> Instance:
    ids = draw(st.lists(WORD, min_size=2, max_size=8, unique=True))
    members = st.lists(st.sampled_from(ids), min_size=1, unique=True)
    classes = draw(st.dictionaries(WORD, members, min_size=1, max_size=3))
    places = st.lists(st.builds(Place, WORD, st.sampled_from(sorted(classes))), min_size=1, max_size=3)
    visits = draw(st.dictionaries(WORD, places, max_size=7))
    reasons = st.dictionaries(st.sampled_from(ids), WORD, max_size=2)
    exclusions = draw(st.dictionaries(st.sampled_from(sorted(visits)), reasons, max_size=4)) if visits else {}
    evenness: Evenness = draw(st.sampled_from(get_args(Evenness)))
    widen = draw(st.integers(0, 1)) if evenness == "range" else 0
    return Instance(
        [MatchOfficer(o, draw(st.integers(0, 6)), draw(st.integers(0, 3))) for o in ids],
        classes,
        [Visit(v, p) for v, p in visits.items()],
        exclusions,
        evenness,
        widen,
    )


def outcome(instance: Instance, seed: str) -> Matching | Infeasible:
    try:
        return match(instance, seed)
    except Infeasible as no:
        return no


@given(instances(), SEED)
@settings(max_examples=200, deadline=None)
def test_every_place_is_filled_within_the_rules(instance: Instance, seed: str) -> None:
    result = outcome(instance, seed)
    if isinstance(result, Infeasible):
        for b in result.bottlenecks:
            assert len(b.places) > sum(min(o.cap, o.visits) for o in b.officers)
        return
    visits = {visit.id: visit for visit in instance.visits}
    assert sorted(visit.id for visit in result.visits) == sorted(visits)
    assert [(v.lot, v.id) for v in result.visits] == sorted((v.lot, v.id) for v in result.visits)
    for drawn in result.visits:
        excluded = instance.exclusions.get(drawn.id, {})
        assert len(set(drawn.team)) == len(drawn.team)
        assert not set(drawn.team) & excluded.keys()
        for declared, place in zip(visits[drawn.id].places, drawn.places, strict=True):
            assert place.role == declared.role
            assert place.officer in instance.classes[declared.klass]
            assert [t.taken for t in place.tries] == [False] * (len(place.tries) - 1) + [True]
            assert len({t.officer for t in place.tries}) == len(place.tries) <= place.pool
    given_to = [officer for drawn in result.visits for officer in drawn.team]
    for officer, share in zip(sorted(instance.officers, key=lambda o: o.id.encode()), result.officers, strict=True):
        assert share.id == officer.id
        assert share.places == given_to.count(officer.id) <= officer.cap
        assert share.load == officer.history + share.places
        if instance.evenness == "range":
            assert share.low <= share.places <= share.high


@given(instances(), SEED, st.randoms(use_true_random=False))
@settings(max_examples=150, deadline=None)
def test_order_of_input_changes_nothing(instance: Instance, seed: str, r: Random) -> None:
    def mixed(values: Iterable[T]) -> list[T]:
        every = list(values)
        r.shuffle(every)
        return every

    other = evolve(
        instance,
        officers=mixed(instance.officers),
        visits=mixed(instance.visits),
        classes={name: mixed(members) for name, members in mixed(instance.classes.items())},
        exclusions={visit: dict(mixed(e.items())) for visit, e in mixed(instance.exclusions.items())},
    )
    assert input_digest(other) == input_digest(instance)
    one, two = outcome(instance, seed), outcome(other, seed)
    if isinstance(one, Matching):
        assert one == two
    else:
        assert isinstance(two, Infeasible)
        assert one.bottlenecks == two.bottlenecks


@given(instances(), SEED)
@settings(max_examples=100, deadline=None)
def test_a_true_result_is_accepted_and_that_of_another_seed_is_not(instance: Instance, seed: str) -> None:
    result = outcome(instance, seed)
    if isinstance(result, Matching):
        assert check(instance, seed, result) == []
        assert check(instance, seed[::-1] if seed != seed[::-1] else "0" * 63 + "1", result)
