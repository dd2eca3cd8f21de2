"""The bound below which tickets are kept, and the numbers that are refused: each at its very edge."""

from fractions import Fraction
from hashlib import sha256
from math import comb
from typing import Any

import pytest

from ssj_core import draw
from ssj_core.draw import Selection, select, smallest, ticket

KEY = "0123456789abcdef" * 2
SPACE = 1 << 256


def share(wanted: int, size: int) -> Fraction:
    """The share of all tickets that lies below the bound, at most one part in 2^256 too small."""
    return Fraction(int.from_bytes(draw._bound(wanted, size), "big"), SPACE)


@pytest.mark.parametrize(
    ("wanted", "size", "expected"),
    [
        (1, 1000, 1 + 8 + 72),
        (4, 10_000, 4 + 16 + 72),
        (30, 3000, 30 + 40 + 72),  # the root is rounded down
        (33_001, 1_000_000, 33_001 + 8 * 181 + 72),
        (1, 82, 81),
        (100, 253, 252),
    ],
)
def test_the_bound_leaves_room_for_so_many(wanted: int, size: int, expected: int) -> None:
    assert 0 <= Fraction(expected, size) - share(wanted, size) < Fraction(1, SPACE)


@pytest.mark.parametrize(("wanted", "size"), [(1, 81), (1, 80), (1, 1), (4, 92), (4, 91), (100, 252), (5, 3)])
def test_where_all_would_be_kept_there_is_no_bound(wanted: int, size: int) -> None:
    assert draw._bound(wanted, size) == b"\xff" * 32


@pytest.mark.parametrize(("count", "size"), [(3, 92), (3, 93), (0, 81), (99, 252), (99, 253)])
def test_at_the_edge_the_smallest_are_still_the_smallest(count: int, size: int) -> None:
    ids = [f"test:{n}" for n in range(size)]
    right = sorted((ticket(KEY, i), i) for i in ids)[:count]
    assert [(t.value, t.id) for t in smallest(KEY, ids, count)] == right


def test_too_few_are_kept_less_than_once_in_ten_thousand_million_times() -> None:
    """Of `size` tickets, that fewer than `wanted` lie below the bound: the binomial, exactly."""
    for wanted, size in ((1, 200), (2, 200), (11, 400), (40, 400)):
        below = share(wanted, size)
        parts = (comb(size, k) * below**k * (1 - below) ** (size - k) for k in range(wanted))
        assert sum(parts, Fraction(0)) < Fraction(1, 10**13)


@pytest.mark.parametrize(("quota", "reserve"), [(-1, 0), (1, -1), (-1, 5), (5, -1), (-3, -3), (0, -1)])
def test_no_number_may_be_negative(quota: int, reserve: int) -> None:
    with pytest.raises(ValueError, match=f"stratum 'B': cannot draw {quota} and list {reserve}"):
        select(KEY, "B", [f"test:{n}" for n in range(9)], quota, reserve)


def test_a_selection_is_made_by_names() -> None:
    with pytest.raises(TypeError):
        Selection("B", (), ())  # type: ignore[call-arg]


class Kept(bytes):
    """A digest that counts when it is put before its id: then it is a candidate."""

    candidates = 0

    def __add__(self, other: Any) -> bytes:
        Kept.candidates += 1
        return bytes.__add__(self, other)


class Counting:
    """SHA-256 whose digests count."""

    def __init__(self, data: bytes = b"") -> None:
        self.data = data

    def copy(self) -> "Counting":
        return Counting(self.data)

    def update(self, data: bytes) -> None:
        self.data += data

    def digest(self) -> bytes:
        return Kept(sha256(self.data).digest())


@pytest.mark.parametrize(("count", "size"), [(10, 5000), (1, 3000), (63, 4000), (300, 5000)])
def test_of_a_stream_so_many_are_candidates_and_no_more(count: int, size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """A quarter more than asked, and 64; then the worst of the best is the bound: a few hundred of thousands."""
    ids = [f"test:{n}" for n in range(size)]
    held: list[bytes] = []
    bound, expected = b"\xff" * 32, 0
    for one in ids:
        value = sha256((KEY + one).encode()).digest()
        if value <= bound:
            expected += 1
            held = sorted([*held, value])
            if len(held) == count + 1 + (count + 1) // 4 + 64:
                held = held[: count + 1]
                bound = held[-1]
    monkeypatch.setattr(draw, "sha256", Counting)
    Kept.candidates = 0
    assert [bytes.fromhex(t.value) for t in smallest(KEY, iter(ids), count)] == held[:count]
    assert Kept.candidates == expected < size // 2
