"""7 % of 100 is seven: quotas of floating-point numbers and of bankers' rounding are found."""

import math
from fractions import Fraction
from typing import Final

import pytest
from attrs import evolve

from ssj_core.draw import select
from ssj_core.ratios import parse_ratio, round_ratio
from ssj_core.rules.model import ClassRatio, Rounding
from ssj_core.seed import key, seed
from ssj_core.strata import class_quota
from ssj_core.verify import verify_draw
from tests.attacks.forger import closed, content, failing, honest, rows, why
from tests.attacks.office import DRAW
from tests.verifiers.independent import SSJ

FLOATS: Final[tuple[tuple[str, int, Rounding, int, int], ...]] = (
    # ratio, size, rounding, what a floating-point number gives, what is right
    ("7%", 100, "up", math.ceil(0.07 * 100), 7),
    ("29%", 100, "down", math.floor(0.29 * 100), 29),
    ("57%", 100, "down", math.floor(0.57 * 100), 57),
    ("14%", 50, "up", math.ceil(0.14 * 50), 7),
    ("25%", 10, "half-up", round(0.25 * 10), 3),
    ("5%", 10, "half-up", round(0.05 * 10), 1),
    ("1/10", 45, "half-up", round(45 / 10), 5),
)


@pytest.mark.parametrize(("ratio", "size", "rounding", "wrong", "right"), FLOATS)
def test_the_quota_is_that_of_the_exact_fraction(
    ratio: str, size: int, rounding: Rounding, wrong: int, right: int
) -> None:
    assert wrong != right or (ratio, size) == ("14%", 50)
    assert round_ratio(parse_ratio(ratio) * size, rounding) == right
    assert class_quota(size, ClassRatio(ratio=parse_ratio(ratio), bound="exact", rounding=rounding)) == right
    classes = {"id": "B", "ratio": ratio, "rounding": rounding, "at_least": 0, "small_below": 0, "small_take": "all"}
    assert [q for _, _, q in SSJ.quotas("each", [{**classes, "strata": ["B"]}], {"B": size})] == [right]


def test_no_share_of_no_size_is_rounded_by_a_float() -> None:
    """Every whole percentage of every roster to a thousand, against integers alone; floats fail somewhere in it."""
    slips = 0
    for percent in range(101):
        for size in range(0, 1001, 50):
            exact = Fraction(percent, 100) * size
            assert round_ratio(exact, "up") == -(-percent * size // 100)
            assert round_ratio(exact, "down") == percent * size // 100
            assert round_ratio(exact, "half-up") == (2 * percent * size + 100) // 200
            slips += math.ceil(percent / 100 * size) != -(-percent * size // 100)
    assert slips


def test_one_drawn_too_many_by_a_slip_of_rounding_fails() -> None:
    """The draw with a quota of seven where the plan gives six, everything after it made to fit."""
    body = content(honest())
    (stratum,) = body["stratum"]
    quota = stratum["quota"] + 1
    ids = [line.split(",")[0] for line in honest()["subjects.csv"].decode("utf-8-sig").splitlines()[1:]]
    value = seed(body["commitment"]["value"], [f"text:{body['entropy'][0]['canonical']}"])
    more = select(key(value, DRAW, "subject", "all"), stratum["stratum"], ids, quota, 2)
    body["stratum"] = [{**stratum, "quota": quota, "cut": more.cut}]
    files = {**rows("drawn.csv", lambda r: r.__setitem__(quota - 1, evolve(r[quota - 1], outcome="抽中")))}
    files["record.toml"] = closed(body)
    report = verify_draw(files, DRAW)
    assert {7, 8} <= set(failing(report))
    assert "quota" in why(report)
    assert "fails" in {verdict for verdict, _, _ in SSJ.verify_draw(files, DRAW)}
