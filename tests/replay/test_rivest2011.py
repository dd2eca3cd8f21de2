"""Rivest's sampler of 2011 and its use in Colorado's audits: seeds rolled with dice, kept as text."""

from collections.abc import Iterator
from hashlib import sha256
from itertools import count, islice

import pytest


def numbers(seed: str, total: int) -> Iterator[int]:
    """SHA-256 of seed, comma and counter (from 1), modulo the total, counted from 1; repeats are possible."""
    for counter in count(1):
        yield int.from_bytes(sha256(f"{seed},{counter}".encode()).digest(), "big") % total + 1


def distinct(seed: str, total: int) -> Iterator[int]:
    """The same numbers, each only where it comes first."""
    seen: set[int] = set()
    for number in numbers(seed, total):
        if number not in seen:
            seen.add(number)
            yield number


COLORADO_SEED = "3546311556112163624615351222"

PUBLISHED = [
    ("1", 1000, [97, 89, 163]),
    ("0", 2, [1, 1, 2]),
    ("0", 1000, [905, 573, 160]),
    ("0000000000", 1000, [978, 359, 132]),
    ("999999999999999999999999", 1000, [544, 800, 654]),
    (COLORADO_SEED, 876, [740, 180, 264, 789, 238]),
    ("abcde", 1000, [247, 427, 157]),
    ("abc123", 1000, [455, 764, 629]),
    ("snowman: \u2603", 1000, [634, 56, 46]),
    ("\U0001f600", 1000, [596, 415, 303, 11, 141]),  # beyond the basic plane: four bytes in UTF-8, not two surrogates
]

# fmt: off
COLORADO = [
    740, 180, 264, 789, 238, 448, 272, 611, 761, 208, 596, 88, 160, 113, 766, 427, 184, 816, 653, 411, 779, 331, 339,
    487, 594, 235, 65, 527, 821, 490, 461, 251, 471, 414, 174, 567, 300, 134, 144, 357, 786, 792, 218, 550, 787, 537,
    197,
]
# fmt: on


@pytest.mark.parametrize(("seed", "total", "published"), PUBLISHED)
def test_the_seed_gives_the_published_picks(seed: str, total: int, published: list[int]) -> None:
    assert list(islice(numbers(seed, total), len(published))) == published


def test_colorado_draws_its_47_ballots() -> None:
    assert len(COLORADO) == 47
    assert list(islice(distinct(COLORADO_SEED, 876), 47)) == COLORADO


def test_counter_32_repeats_611_and_is_passed_over() -> None:
    first = list(islice(numbers(COLORADO_SEED, 876), 48))
    assert first[31] == 611
    assert first.index(611) < 31
    assert first[:31] + first[32:] == COLORADO
    assert len(set(first)) == 47


def test_a_smaller_sample_is_the_head_of_a_larger_one() -> None:
    for size in range(48):
        assert list(islice(distinct(COLORADO_SEED, 876), size)) == COLORADO[:size]


@pytest.mark.parametrize("place", range(len(COLORADO_SEED)))
def test_any_digit_changed_gives_other_ballots(place: int) -> None:
    digit = str((int(COLORADO_SEED[place]) + 1) % 10)
    changed = COLORADO_SEED[:place] + digit + COLORADO_SEED[place + 1 :]
    assert list(islice(distinct(changed, 876), 47)) != COLORADO


@pytest.mark.parametrize(("seed", "total", "published"), [case for case in PUBLISHED if case[1] > 2])
def test_a_seed_is_text_so_zeros_and_blanks_count(seed: str, total: int, published: list[int]) -> None:
    for alike in ("0" + seed, seed + "0", " " + seed, seed + "\n"):
        assert list(islice(numbers(alike, total), len(published))) != published


def test_another_total_gives_other_picks() -> None:
    assert list(islice(distinct(COLORADO_SEED, 875), 47)) != COLORADO
    assert list(islice(distinct(COLORADO_SEED, 877), 47)) != COLORADO
