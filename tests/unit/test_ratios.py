"""Ratios: spellings, printing, rounding."""

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from ssj_core.ratios import format_ratio, parse_number, parse_ratio, round_ratio

CASES = json.loads((Path(__file__).parents[1] / "vectors" / "ratio.json").read_text("utf-8"))["cases"]


@pytest.mark.parametrize("case", [c for c in CASES if c["expect"] == "ok"], ids=lambda c: c["text"])
def test_spellings(case: dict[str, Any]) -> None:
    value = parse_ratio(case["text"])
    assert value == Fraction(case["value"])
    assert format_ratio(value) == case["printed"]
    assert parse_ratio(case["printed"]) == value


@pytest.mark.parametrize("case", [c for c in CASES if c["expect"] != "ok"], ids=lambda c: c["name"])
def test_other_spellings_are_refused(case: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"is not a ratio such as 3% or 1/40|is more than 100%"):
        parse_ratio(case["text"])


@pytest.mark.parametrize(
    ("value", "up", "down", "half_up"),
    [
        ("0", 0, 0, 0), ("1/3", 1, 0, 0), ("1/2", 1, 0, 1), ("2/3", 1, 0, 1), ("1", 1, 1, 1), ("3/2", 2, 1, 2),
        ("5/2", 3, 2, 3), ("7", 7, 7, 7), ("4999999999999999999/10000000000000000000", 1, 0, 0),
        ("10000000000000000001/10000000000000000000", 2, 1, 1), ("19999999999999999999/10000000000000000000", 2, 1, 2),
    ],
)  # fmt: skip
def test_rounding(value: str, up: int, down: int, half_up: int) -> None:
    exact = Fraction(value)
    assert [round_ratio(exact, r) for r in ("up", "down", "half-up")] == [up, down, half_up]


def test_figures_a_float_gets_wrong() -> None:
    assert round_ratio(parse_ratio("7%") * 100, "up") == 7
    assert round_ratio(parse_ratio("29%") * 100, "down") == 29
    assert round_ratio(parse_ratio("2.5%") * 100, "half-up") == 3


@pytest.mark.parametrize(
    ("value", "text"), [("1/3", "1/3"), ("1/999999999", "1/999999999"), ("1/8", "12.5%"), ("10", "1000%")]
)
def test_printing(value: str, text: str) -> None:
    assert format_ratio(Fraction(value)) == text


@pytest.mark.parametrize(
    ("text", "number"),
    [("0.75", "3/4"), ("1,200.50", "2401/2"), ("-3", "-3"), ("1234567", "1234567"), ("0.000001", "1/1000000")],
)
def test_a_number_as_a_roster_may_have_it(text: str, number: str) -> None:
    assert parse_number(text) == Fraction(number)


@pytest.mark.parametrize("text", ["", "1,20", "1.0000001", "1e3", "1/2", "３", " 1", "1_000", "nan", "1,2345", "."])
def test_what_is_no_number(text: str) -> None:
    with pytest.raises(ValueError, match="not a number"):
        parse_number(text)
