"""An impossible matching is explained: the bottlenecks, the words, the remedies, the codes."""

import pytest

from ssj_core.matching import Infeasible, Instance, MatchOfficer, Place, Visit, match, remedies, words
from tests.vectors.matchings import plain_values

from .test_matching import CASES, SEED, SHORT


def infeasible(instance: Instance) -> Infeasible:
    with pytest.raises(Infeasible) as caught:
        match(instance, SEED)
    return caught.value


def test_bottlenecks_of_the_vector() -> None:
    found = [plain_values(b) | {"capacity": b.capacity, "missing": b.missing} for b in infeasible(SHORT).bottlenecks]
    assert found == CASES["infeasible"]["bottlenecks"]


def test_infeasible_in_words() -> None:
    nobody, few = infeasible(SHORT).bottlenecks
    names = {"E4": "丁厂", "丙": "老丙"}
    assert (
        words(nobody, names)("zh")
        == "1 个“expert”席位（丁厂）无人可派，缺 1 席。有关的回避和排除：丁厂 不派 老丙（leave）。"
    )
    assert words(nobody)("en") == (
        "nobody may fill 1 “expert” place (E4); missing: 1. Exclusions that bear on it: 丙 not to E4 (leave)."
    )
    assert words(few)("zh") == (
        "3 个“lead”席位（E1、E2、E3）只能由 乙（至多 1 席）、甲（至多 1 席） 承担，合计至多 2 席，缺 1 席。"
        "有关的回避和排除：E3 不派 乙（kin）。"
    )
    assert words(few)("en") == (
        "3 “lead” places (E1, E2, E3) can only be filled by 乙 (at most 1), 甲 (at most 1), together at most 2; "
        "missing: 1. Exclusions that bear on it: 乙 not to E3 (kin)."
    )
    assert [text("zh") for text in remedies(few)] == [
        "把 乙、甲 之一 的上限提高 1",
        "增加 1 名无需回避的 lead 人员",
        "登记理由后撤下 E1、E2、E3 之一",
    ]
    assert [text("en") for text in remedies(nobody)] == [
        "add one officer of class x who is not excluded",
        "drop E4, with a recorded reason",
    ]


def test_infeasible_is_an_answer_with_codes() -> None:
    no = infeasible(SHORT)
    assert sorted(p.code for p in no.problems) == ["SSJ-M001", "SSJ-M002"]
    few = next(p for p in no.problems if p.code == "SSJ-M001")
    assert few.message("zh").startswith("执法人员不够：3 个“lead”席位")
    assert few.remedy("en").startswith("any one of these suffices: raise the limit of one of 乙, 甲 by 1; add one")


def test_long_lists_are_cut_and_roles_told_apart() -> None:
    visits = [Visit(f"v{n:02}", [Place("lead", "c"), Place("member", "c")]) for n in range(20)]
    no = infeasible(Instance([MatchOfficer("A", 2), MatchOfficer("B", 30)], {"c": ("A", "B")}, visits))
    (only,) = no.bottlenecks
    assert (only.capacity, only.missing) == (22, 18)
    assert words(only)("zh").startswith("40 个席位（v00 1 lead、v00 2 member、v01 1 lead、")
    assert "v05 2 member等 40 个）只能由 A（至多 2 席）、B（至多 20 席） 承担" in words(only)("zh")
    assert "v05 2 member and 28 more) can only" in words(only)("en")
    assert remedies(only)[0]("en") == "raise the limit of A by 1"
    assert no.problems[0].remedy("zh").startswith("每一项可补 1 席，共缺 18 席：")


def test_nothing_is_relaxed_for_one_officer_and_two_places() -> None:
    twice = Instance([MatchOfficer("A", 9)], {"c": ("A",)}, [Visit("v", [Place("x", "c"), Place("y", "c")])])
    (only,) = infeasible(twice).bottlenecks
    assert ([p.number for p in only.places], only.capacity, only.missing) == ([1, 2], 1, 1)
