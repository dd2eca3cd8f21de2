"""Weights by several tickets: the best counts, more tickets never hurt, and the chances are those of the theory."""

from fractions import Fraction
from hashlib import sha256
from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from ssj_core.draw import best, select, smallest, ticket, weighted

KEYS = st.integers(0, 2**128 - 1).map(lambda n: f"{n:032x}")
IDS = st.lists(st.integers(0, 999).map(lambda n: f"test:{n}"), min_size=1, max_size=12, unique=True)


def several(ids: list[str], data: st.DataObject) -> dict[str, int]:
    return {i: data.draw(st.integers(1, 6)) for i in ids}


@given(KEYS, IDS, st.data())
def test_the_best_ticket_counts(key: str, ids: list[str], data: st.DataObject) -> None:
    counts = several(ids, data)
    order = weighted(key, ids, len(ids), counts)
    assert {t.id for t in order} == set(ids)
    assert order == sorted(order)
    for one in order:
        names = [one.id, *(f"{one.id}#{n}" for n in range(2, counts[one.id] + 1))]
        assert one.value == min(ticket(key, name) for name in names)


@given(KEYS, IDS, st.data())
def test_one_ticket_each_is_a_draw_without_weights(key: str, ids: list[str], data: st.DataObject) -> None:
    quota = data.draw(st.integers(0, len(ids)))
    assert select(key, "s", ids, quota, 2, dict.fromkeys(ids, 1)) == select(key, "s", ids, quota, 2)
    assert weighted(key, ids, quota, dict.fromkeys(ids, 1)) == smallest(key, ids, quota)


@given(KEYS, IDS, st.data())
def test_more_tickets_never_hurt_and_change_nobody_elses(key: str, ids: list[str], data: st.DataObject) -> None:
    counts = several(ids, data)
    lucky = data.draw(st.sampled_from(ids))
    before = weighted(key, ids, len(ids), counts)
    after = weighted(key, ids, len(ids), {**counts, lucky: counts[lucky] + data.draw(st.integers(1, 9))})
    assert [t.id for t in after].index(lucky) <= [t.id for t in before].index(lucky)
    assert [t for t in after if t.id != lucky] == [t for t in before if t.id != lucky]


@given(KEYS, IDS, st.data())
def test_the_order_of_the_members_changes_nothing(key: str, ids: list[str], data: st.DataObject) -> None:
    counts = several(ids, data)
    mixed = sorted(ids, key=lambda i: sha256((i + key).encode()).digest())
    assert weighted(key, ids, 3, counts) == weighted(key, mixed, 3, counts)


def chance(counts: dict[str, int], quota: int) -> dict[str, Fraction]:
    """Exact chance of each to be among the first `quota` when each next one is drawn in proportion to the tickets."""
    found = dict.fromkeys(counts, Fraction(0))
    for order in permutations(counts, quota):
        left, p = sum(counts.values()), Fraction(1)
        for one in order:
            p *= Fraction(counts[one], left)
            left -= counts[one]
        for one in order:
            found[one] += p
    return found


def test_the_chances_are_those_of_drawing_in_proportion() -> None:
    """Over 4000 fixed keys: the first in proportion to the tickets, each next one likewise among those left."""
    counts = {"test:a": 1, "test:b": 1, "test:c": 2, "test:d": 3, "test:e": 5}
    keys = [sha256(f"weights {n}".encode()).hexdigest()[:32] for n in range(4000)]
    for quota in (1, 2):
        right = chance(counts, quota)
        assert sum(right.values()) == quota
        drawn = dict.fromkeys(counts, 0)
        for key in keys:
            for taken in select(key, "s", list(counts), quota, 0, counts).drawn:
                drawn[taken.id] += 1
        for one, p in right.items():
            spread = 16 * p * (1 - p) / len(keys)  # four standard deviations, squared
            assert (Fraction(drawn[one], len(keys)) - p) ** 2 < spread, (quota, one)
    assert chance(counts, 1)["test:e"] == 5 * chance(counts, 1)["test:a"]
    assert chance(counts, 2)["test:e"] < 5 * chance(counts, 2)["test:a"], "less than in proportion, as SPEC says"


def test_the_ticket_shown_is_one_of_its_own() -> None:
    found = best("0" * 32, "test:a", 64)
    assert found.id == "test:a"
    assert found.value <= ticket("0" * 32, "test:a")
