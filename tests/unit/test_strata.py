"""Quotas by the vectors, and the names of strata."""

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from ssj_core.rules.model import ClassRatio
from ssj_core.strata import Quota, class_quota, quotas, strata_of, stratum_id
from tests.vectors.sections.quotas import draw_class

CASES = json.loads((Path(__file__).parents[1] / "vectors" / "quota.json").read_text("utf-8"))["cases"]


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["name"])
def test_vectors(case: dict[str, Any]) -> None:
    found = quotas([draw_class(c) for c in case["classes"]], case["sizes"], case["total"])
    assert found == tuple(Quota(stratum=s, size=size, quota=q) for s, size, q in case["quotas"])


def test_strata_of_a_class() -> None:
    assert strata_of("B", coverage_first=False) == ("B",)
    assert strata_of("B", coverage_first=True) == ("B/未抽过", "B/已抽过")
    for before in (False, True):
        assert stratum_id("B", coverage_first=False, drawn_before=before) == "B"
        assert stratum_id("B", coverage_first=True, drawn_before=before) == strata_of("B", coverage_first=True)[before]


@pytest.mark.parametrize(
    ("size", "quota"), [(0, 0), (1, 1), (33, 1), (34, 2), (100, 3), (101, 4), (1_000_000, 30_000), (1_000_001, 30_001)]
)
def test_three_percent(size: int, quota: int) -> None:
    assert class_quota(size, ClassRatio(ratio=Fraction(3, 100), bound="min", rounding="up")) == quota


def test_the_edge_of_a_small_class() -> None:
    ratio = ClassRatio(ratio=Fraction(1, 10), bound="min", rounding="up", at_least=2, small_below=5, small_take="all")
    assert [class_quota(size, ratio) for size in range(7)] == [0, 1, 2, 3, 4, 2, 2]
