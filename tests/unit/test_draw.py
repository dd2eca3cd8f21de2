"""Tickets and selection on cases worked out beforehand."""

import json
import tracemalloc
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from ssj_core import draw
from ssj_core.draw import Selection, Ticket, select, smallest, ticket

VECTORS = Path(__file__).parents[1] / "vectors"
TICKETS = json.loads((VECTORS / "ticket.json").read_text("utf-8"))["cases"]
(EXAMPLE,) = json.loads((VECTORS / "draw.json").read_text("utf-8"))["cases"]
KEY = EXAMPLE["key"]
IDS = [f"test:{n:03}" for n in range(500)]


@pytest.mark.parametrize("case", TICKETS, ids=lambda c: c["name"])
def test_ticket(case: dict[str, Any]) -> None:
    assert ticket(case["key"], case["id"]) == case["ticket"]
    assert smallest(case["key"], [case["id"]], 1) == [Ticket(case["ticket"], case["id"])]


@pytest.mark.parametrize("chosen", EXAMPLE["selections"], ids=lambda s: s["stratum"])
def test_worked_example(chosen: dict[str, Any]) -> None:
    members = [i for i, stratum in EXAMPLE["subjects"] if stratum == chosen["stratum"]]
    selection = select(KEY, chosen["stratum"], members, len(chosen["drawn"]), EXAMPLE["reserve"])
    assert selection.stratum == chosen["stratum"]
    assert [t.id for t in selection.drawn] == chosen["drawn"]
    assert [t.id for t in selection.reserve] == chosen["reserve"]
    assert selection.cut == chosen["cut"]
    assert all(t.value == EXAMPLE["tickets"][t.id] for t in (*selection.drawn, *selection.reserve))


@pytest.mark.parametrize("bad", ["", "0" * 31, "0" * 33, "0" * 64, "A" * 32, "g" * 32, " " + "0" * 31, "０" * 32])
def test_a_key_is_32_lower_case_hex_digits(bad: str) -> None:
    for use in (
        lambda: ticket(bad, "test:1"),
        lambda: smallest(bad, ["test:1"], 1),
        lambda: select(bad, "B", ["test:1"], 1, 0),
    ):
        with pytest.raises(ValueError, match="is not 32 lower-case hex digits"):
            use()


def test_more_than_there_are_is_refused() -> None:
    with pytest.raises(ValueError, match="stratum 'B': 4 of 3 cannot be drawn"):
        select(KEY, "B", IDS[:3], 4, 0)
    with pytest.raises(ValueError, match="1 of 0"):
        select(KEY, "B", [], 1, 5)
    with pytest.raises(ValueError, match="cannot draw -1"):
        smallest(KEY, IDS, -1)


def test_everybody_can_be_drawn() -> None:
    selection = select(KEY, "B", IDS[:3], 3, 9)
    assert {t.id for t in selection.drawn} == set(IDS[:3])
    assert selection.reserve == ()
    assert selection.cut == max(ticket(KEY, i) for i in IDS[:3])


def test_a_quota_of_none_has_no_reserve() -> None:
    none = Selection(stratum="B", drawn=(), reserve=())
    assert select(KEY, "B", IDS, 0, 5) == select(KEY, "B", [], 0, 5) == none
    assert none.cut == ""


def test_the_reserve_is_what_is_asked_or_what_is_left() -> None:
    assert [len(select(KEY, "B", IDS[:10], 4, r).reserve) for r in (0, 1, 6, 7)] == [0, 1, 6, 6]


def test_an_id_given_twice_is_refused() -> None:
    first = min(IDS, key=lambda i: ticket(KEY, i))
    for count in (1, 2, 400, 501):
        with pytest.raises(ValueError, match=f"'{first}' occurs twice"):
            smallest(KEY, [*IDS, first], count)
        with pytest.raises(ValueError, match=f"'{first}' occurs twice"):
            smallest(KEY, iter([*IDS, first]), count)


@pytest.mark.parametrize("count", [0, 1, 2, 3, 63, 64, 65, 499, 500, 501])
def test_a_list_and_a_stream_give_the_same(count: int) -> None:
    def stream() -> Iterator[str]:
        yield from IDS

    right = sorted(Ticket(ticket(KEY, i), i) for i in IDS)[:count]
    assert smallest(KEY, IDS, count) == smallest(KEY, stream(), count) == right


@pytest.mark.parametrize(("count", "size"), [(0, 9), (1, 3000), (30, 3000), (300, 3000), (2990, 3000), (3000, 3000)])
def test_every_id_is_hashed_once(count: int, size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    # The bound is wide enough: no second pass. (With another key it may be needed once in 10^13 times.)
    hashed: list[bytes] = []

    class Counting(Weak):
        def copy(self) -> Weak:
            hashed.append(self.data)
            return Real(self.data)

    class Real(Weak):
        def digest(self) -> bytes:
            return sha256(self.data).digest()

    monkeypatch.setattr(draw, "sha256", Counting)
    assert len(smallest(KEY, [f"test:{n}" for n in range(size)], count)) == count
    assert len(hashed) == (size if count else 0)


def test_a_stream_needs_room_for_the_smallest_only() -> None:
    smallest(KEY, iter(IDS), 10)
    tracemalloc.start()
    smallest(KEY, (f"test:{n}" for n in range(30_000)), 300)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 250_000  # some 700 candidates, not 30,000


class Weak:
    """A hash of a few values, so that tickets are equal and their ids decide."""

    def __init__(self, data: bytes = b"") -> None:
        self.data = data

    def update(self, data: bytes) -> None:
        self.data += data

    def copy(self) -> "Weak":
        return Weak(self.data)

    def digest(self) -> bytes:
        return bytes([self.data[-1] % 3]) * 32

    def hexdigest(self) -> str:
        return self.digest().hex()


@pytest.mark.parametrize("count", [1, 5, 33, 34, 150, 200])
def test_equal_tickets_are_ordered_by_id(count: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(draw, "sha256", Weak)
    ids = [f"test:{n:03}" for n in range(200)] + ["test:甲0", "test:a0", "test:B0"]
    right = sorted((ticket(KEY, i), i.encode()) for i in ids)[:count]
    assert len({value for value, _ in right}) <= 3
    for given in (ids, ids[::-1], iter(ids)):
        assert [(t.value, t.id.encode()) for t in smallest(KEY, given, count)] == right


@pytest.mark.parametrize("byte", [b"\x00", b"\x7f", b"\xff"])
def test_a_bound_that_fits_nobody_or_everybody_does_no_harm(byte: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    class Same(Weak):
        def copy(self) -> Weak:
            return Same(self.data)

        def digest(self) -> bytes:
            return byte * 32

    monkeypatch.setattr(draw, "sha256", Same)
    ids = [f"test:{n:04}" for n in range(3000)]
    for given in (ids[::-1], iter(ids[::-1])):
        assert [t.id for t in smallest(KEY, given, 7)] == ids[:7]


# Is the draw fair? Over fixed seeds, so it never fails by chance; integers only.

SEEDS, POOL, QUOTA = 4000, 20, 3


def counted(choose: Any) -> list[int]:
    ids = [f"test:{n:02}" for n in range(POOL)]
    hits = dict.fromkeys(ids, 0)
    for n in range(SEEDS):
        for chosen in choose(f"{n:032x}", ids, QUOTA):
            hits[chosen] += 1
    return list(hits.values())


def suspicious(hits: list[int]) -> bool:
    """Chi-square of drawing without replacement with 19 degrees of freedom; beyond 43.8 once in 1,000 fair draws.

    With mean m = SEEDS n/N and variance SEEDS n (N - n) / N², the statistic is (N - 1)/N Σ (hits - m)² / variance.
    """
    spread = sum((POOL * h - SEEDS * QUOTA) ** 2 for h in hits)
    return spread * (POOL - 1) * 10 > 438 * POOL * SEEDS * QUOTA * (POOL - QUOTA)


def by_core(key: str, ids: list[str], quota: int) -> list[str]:
    return [t.id for t in select(key, "B", ids, quota, 0).drawn]


def test_everybody_is_drawn_equally_often() -> None:
    hits = counted(by_core)
    assert sum(hits) == SEEDS * QUOTA
    assert not suspicious(hits)


def spares_the_last(key: str, ids: list[str], quota: int) -> list[str]:
    """One in four draws leaves out the last of the roster."""
    return by_core(key, ids[:-1] if key.endswith(("0", "4", "8", "c")) else ids, quota)


def leading_digit(key: str, ids: list[str], quota: int) -> list[str]:
    """Looks at one hex digit of the ticket only, ties to the head of the roster."""
    return sorted(ids, key=lambda i: ticket(key, i)[0])[:quota]


def modulo(key: str, ids: list[str], quota: int) -> list[str]:
    """Five bits modulo 20: 32 is no multiple of it."""
    left = list(ids)
    return [left.pop(int(ticket(key, f"test:{n}")[:2], 16) // 8 % len(left)) for n in range(quota)]


def ignores_the_seed(_: str, ids: list[str], quota: int) -> list[str]:
    return ids[:quota]


@pytest.mark.parametrize("choose", [spares_the_last, leading_digit, modulo, ignores_the_seed])
def test_the_test_of_fairness_finds_a_biased_draw(choose: Any) -> None:
    assert suspicious(counted(choose))


def test_pairs_are_drawn_equally_often() -> None:
    ids = [f"test:{n}" for n in range(6)]
    pairs: dict[tuple[str, ...], int] = {}
    for n in range(3000):
        pair = tuple(sorted(by_core(f"{n:032x}", ids, 2)))
        pairs[pair] = pairs.get(pair, 0) + 1
    assert len(pairs) == 15
    assert sum((h - 200) ** 2 for h in pairs.values()) < 36 * 200  # chi-square, 14 degrees: beyond 36.1 once in 1,000


def test_a_ticket_is_read_by_its_parts_and_compared_by_them() -> None:
    low, high = Ticket("00" * 32, "test:b"), Ticket("00" * 31 + "01", "test:a")
    assert (low.value, low.id) == ("00" * 32, "test:b")
    assert low < high < Ticket("00" * 31 + "01", "test:企业")
    assert repr(low) == f"Ticket('{'00' * 32}', 'test:b')"
