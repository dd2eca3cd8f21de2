"""A published matching is compared with one computed anew."""

from typing import Any

from attrs import evolve

from ssj_core.matching import Matching, check, match

from .test_matching import GOLDEN, SEED, SHORT, case


def test_check_accepts_the_truth() -> None:
    assert check(GOLDEN, SEED, case("golden"), digest="1" * 64) == []
    assert check(GOLDEN, SEED, match(GOLDEN, SEED)) == []


def test_check_names_what_differs() -> None:
    right = match(GOLDEN, SEED)
    first, *others = right.visits
    lead, member = first.places

    def found(wrong: Matching) -> list[tuple[str, int]]:
        differences = check(GOLDEN, SEED, wrong)
        assert all("不符" in d.message("zh") and "recomputed" in d.message("en") for d in differences)
        return [(d.visit, d.place) for d in differences]

    def refused(wrong: Matching) -> tuple[str, int]:
        (only,) = check(GOLDEN, SEED, wrong)
        return only.visit, only.place

    def with_first(**change: Any) -> Matching:
        return evolve(right, visits=(evolve(first, **change), *others))

    assert refused(with_first(places=(lead, evolve(member, officer="Z")))) == (first.id, 2)
    assert found(with_first(places=(evolve(lead, pool=7), member))) == [(first.id, 1)]
    assert found(with_first(places=(evolve(lead, tries=()), member))) == [(first.id, 1)]
    assert refused(with_first(places=(lead,))) == (first.id, 0)
    assert found(with_first(lot="0" * 64)) == [(first.id, 0)]
    assert refused(evolve(right, visits=tuple(others))) == (first.id, 0)
    assert found(evolve(right, visits=right.visits[::-1])) == [("", 0)]
    assert found(evolve(right, officers=right.officers[1:])) == [("", 0)]
    assert found(evolve(right, spec="ssj-match/2")) == [("", 0)]
    assert found(evolve(right, digest="1" * 64, key="2" * 64)) == [("", 0), ("", 0)]


def test_check_of_a_matching_that_cannot_be() -> None:
    (difference,) = check(SHORT, SEED, case("golden"))
    assert difference[:2] == ("E5", 0)
    assert difference.message("zh") == "检查对象不符：E5"
