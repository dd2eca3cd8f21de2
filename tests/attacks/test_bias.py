"""Everybody is drawn equally often over 100,000 fixed seeds; draws with a small bias fail the same test."""

from collections import Counter
from collections.abc import Callable
from hashlib import sha256
from typing import Final

import pytest

from ssj_core.draw import select
from ssj_core.seed import key, seed

SEEDS: Final = 100_000
POOL: Final = 12
QUOTA: Final = 2
IDS: Final = tuple(f"test:{n:02}" for n in range(POOL))
COMMITMENT: Final = "c0" * 32
LIMIT: Final = 313
"""Tenths of chi-square with 11 degrees of freedom: beyond it once in 1,000 fair draws."""

Choose = Callable[[str], list[str]]


def keys() -> list[str]:
    return [key(seed(COMMITMENT, [f"os:{n:064x}"]), "d-b-1", "subject", "all") for n in range(SEEDS)]


KEYS: Final = keys()


def suspicious(choose: Choose) -> bool:
    """Chi-square of drawing without replacement: (N − 1)/N Σ (hits − m)² / variance, in integers."""
    hits = Counter(chosen for one in KEYS for chosen in choose(one))
    assert sum(hits.values()) == SEEDS * QUOTA
    spread = sum((POOL * hits[i] - SEEDS * QUOTA) ** 2 for i in IDS)
    return spread * (POOL - 1) * 10 > LIMIT * POOL * SEEDS * QUOTA * (POOL - QUOTA)


def by_core(one: str) -> list[str]:
    return [t.id for t in select(one, "B", IDS, QUOTA, 0).drawn]


def digests(one: str) -> list[tuple[bytes, str]]:
    return [(sha256((one + i).encode()).digest(), i) for i in IDS]


def by_a_hex_digit(one: str) -> list[str]:
    """Tickets cut to four bits, ties to the head of the roster: as a program may do to save space."""
    return [i for _, i in sorted((value[0] >> 4, i) for value, i in digests(one))[:QUOTA]]


def by_modulo(one: str) -> list[str]:
    """One byte modulo 12, then modulo 11: 256 is a multiple of neither."""
    left = list(IDS)
    return [left.pop(sha256(f"{one},{n}".encode()).digest()[0] % len(left)) for n in range(QUOTA)]


def spares_one_in_sixteen(one: str) -> list[str]:
    """In six draws of a hundred, the last of the roster is not in it."""
    rows = sorted(digests(one))
    if sha256(one.encode()).digest()[0] < 16:
        rows = [r for r in rows if r[1] != IDS[-1]]
    return [i for _, i in rows[:QUOTA]]


def test_the_smallest_tickets_are_everybodys_equally() -> None:
    assert not suspicious(by_core)


@pytest.mark.parametrize("choose", [by_a_hex_digit, by_modulo, spares_one_in_sixteen])
def test_the_same_test_finds_a_small_bias(choose: Choose) -> None:
    assert suspicious(choose)


def test_the_core_gives_what_plain_sorting_gives() -> None:
    for one in KEYS[:2000]:
        assert by_core(one) == [i for _, i in sorted(digests(one))[:QUOTA]]


def test_tickets_are_compared_by_all_their_bits() -> None:
    """No bias of prefixes where all of the 256 bits count."""
    first = select(KEYS[0], "B", IDS, POOL, 0).drawn
    assert all(len(t.value) == 64 for t in first)
    assert [t.value for t in first] == sorted(t.value for t in first)
