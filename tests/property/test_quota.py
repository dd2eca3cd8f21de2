"""What holds of all ratios and quotas, against exact fractions."""

import math
from fractions import Fraction
from itertools import pairwise
from random import Random
from typing import Literal, get_args

from attrs import evolve
from hypothesis import assume, given
from hypothesis import strategies as st

from ssj_core.ratios import format_ratio, parse_ratio, round_ratio
from ssj_core.rules.model import ClassRatio, Rounding
from ssj_core.strata import DrawClass, class_quota, quotas, strata_of

RATIOS = st.fractions(0, 1, max_denominator=1000) | st.integers(0, 100).map(lambda n: Fraction(n, 100))
ROUNDINGS = st.sampled_from(get_args(Rounding))
SIZES = st.integers(0, 40) | st.integers(0, 10**9)
NAMES = st.lists(st.text("abz甲乙", min_size=1, max_size=3), max_size=6, unique=True)
Take = int | Literal["all", "none"]


def plain(ratio: Fraction, rounding: Rounding) -> ClassRatio:
    return ClassRatio(ratio=ratio, bound="exact", rounding=rounding)


@st.composite
def shared_classes(draw: st.DrawFn) -> tuple[list[DrawClass], dict[str, int]]:
    rounding, coverage = draw(ROUNDINGS), draw(st.booleans())
    names = draw(NAMES)
    classes = [
        DrawClass(id=n, ratio=plain(draw(RATIOS), rounding), strata=strata_of(n, coverage_first=coverage))
        for n in names
    ]
    return classes, {s: draw(SIZES) for c in classes for s in c.strata}


@given(SIZES, RATIOS, ROUNDINGS)
def test_a_plain_quota_is_the_exact_number_rounded(size: int, ratio: Fraction, rounding: Rounding) -> None:
    exact = ratio * size
    quota = class_quota(size, plain(ratio, rounding))
    assert 0 <= quota <= size
    assert abs(quota - exact) < 1
    if rounding == "up":
        assert quota - 1 < exact <= quota
    elif rounding == "down":
        assert quota <= exact < quota + 1
    else:
        assert quota - Fraction(1, 2) <= exact < quota + Fraction(1, 2)


@given(
    SIZES,
    RATIOS,
    ROUNDINGS,
    st.integers(0, 50),
    st.integers(0, 50),
    st.sampled_from(["all", "none"]) | st.integers(0, 60),
)
def test_small_classes_and_minima(
    size: int, ratio: Fraction, rounding: Rounding, at_least: int, below: int, take: Take
) -> None:
    rule = ClassRatio(
        ratio=ratio, bound="exact", rounding=rounding, at_least=at_least, small_below=below, small_take=take
    )
    quota = class_quota(size, rule)
    assert 0 <= quota <= size
    if size < below:
        assert quota == (size if take == "all" else 0 if take == "none" else min(size, take))
    else:
        assert quota >= min(size, at_least)
        assert quota == class_quota(size, plain(ratio, rounding)) or quota == min(size, at_least)


@given(shared_classes())
def test_shared_quotas_add_up(given_classes: tuple[list[DrawClass], dict[str, int]]) -> None:
    classes, sizes = given_classes
    found = quotas(classes, sizes, "shared")
    exact = {c.id: c.ratio.ratio * sum(sizes[s] for s in c.strata) for c in classes}
    total = sum(exact.values(), Fraction(0))
    assert sum(q.quota for q in found) == (round_ratio(total, classes[0].ratio.rounding) if classes else 0)
    taken = {c.id: sum(q.quota for q in found if q.stratum in c.strata) for c in classes}
    assert all(abs(taken[c.id] - exact[c.id]) < 1 for c in classes)
    # Whoever got one more had no smaller remainder than whoever did not, and among equals the smaller id.
    rest = {name: (value - math.floor(value), name.encode()) for name, value in exact.items()}
    for more in (rest[n] for n in exact if taken[n] > exact[n]):
        for less in (rest[n] for n in exact if taken[n] < exact[n]):
            assert more[0] > less[0] or (more[0] == less[0] and more[1] < less[1])


@given(shared_classes(), st.sampled_from(["each", "shared"]), st.randoms(use_true_random=False))
def test_the_order_of_classes_is_irrelevant(
    given_classes: tuple[list[DrawClass], dict[str, int]], total: Literal["each", "shared"], r: Random
) -> None:
    classes, sizes = given_classes
    before = {q.stratum: q for q in quotas(classes, sizes, total)}
    r.shuffle(classes)
    after = quotas(classes, dict(sorted(sizes.items(), key=lambda _: r.random())), total)
    assert {q.stratum: q for q in after} == before
    assert [q.stratum for q in after] == [s for c in classes for s in c.strata]


@given(shared_classes(), st.sampled_from(["each", "shared"]))
def test_strata_of_a_class_are_filled_in_order(
    given_classes: tuple[list[DrawClass], dict[str, int]], total: Literal["each", "shared"]
) -> None:
    classes, sizes = given_classes
    found = {q.stratum: q for q in quotas(classes, sizes, total)}
    whole = [evolve(c, strata=(c.id,)) for c in classes]
    merged = {c.id: sum(sizes[s] for s in c.strata) for c in classes}
    for c, one in zip(classes, quotas(whole, merged, total), strict=True):
        parts = [found[s] for s in c.strata]
        assert all(0 <= q.quota <= q.size == sizes[q.stratum] for q in parts)
        assert sum(q.quota for q in parts) == one.quota
        for first, then in pairwise(parts):
            assert first.quota == first.size or then.quota == 0


@given(shared_classes(), st.data())
def test_in_each_class_the_others_are_irrelevant(
    given_classes: tuple[list[DrawClass], dict[str, int]], data: st.DataObject
) -> None:
    classes, sizes = given_classes
    assume(classes)
    one = data.draw(st.sampled_from(classes))
    together = [q for q in quotas(classes, sizes, "each") if q.stratum in one.strata]
    assert list(quotas([one], sizes, "each")) == together


@given(st.integers(0, 100), st.integers(0, 10**6 - 1), st.integers(0, 6))
def test_a_ratio_is_exactly_what_is_written(whole: int, decimals: int, digits: int) -> None:
    assume(whole < 100)
    part = f"{decimals:06d}"[:digits]
    text = f"{whole}.{part}%" if part else f"{whole}%"
    value = parse_ratio(text)
    assert value == Fraction(int(f"{whole}{part}"), 100 * 10 ** len(part))
    assert parse_ratio(format_ratio(value)) == value


@given(st.integers(0, 10**9 - 1), st.integers(1, 10**9 - 1))
def test_a_fraction_is_exactly_what_is_written(top: int, bottom: int) -> None:
    assume(top <= bottom)
    value = parse_ratio(f"{top}/{bottom}")
    assert value == Fraction(top, bottom)
    assert parse_ratio(format_ratio(value)) == value


@given(st.text("0123456789.%/ +-eE％／．０３", max_size=8))
def test_nothing_else_is_a_ratio(text: str) -> None:
    try:
        value = parse_ratio(text)
    except ValueError:
        return
    assert text.isascii()
    assert 0 <= value <= 1
    assert value == (Fraction(text[:-1]) / 100 if text.endswith("%") else Fraction(text))
    assert text[-1] == "%" or "/" in text


@given(st.fractions(0, 10**6), ROUNDINGS)
def test_rounding_agrees_with_integers(value: Fraction, rounding: Rounding) -> None:
    top, bottom = value.numerator, value.denominator
    right = {"up": -(-top // bottom), "down": top // bottom, "half-up": (2 * top + bottom) // (2 * bottom)}[rounding]
    assert round_ratio(value, rounding) == right
