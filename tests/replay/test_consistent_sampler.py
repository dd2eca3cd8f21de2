"""Rivest's consistent sampler and Arlo, which audits with it; what makes it consistent holds of our tickets as well."""

from collections.abc import Hashable, Iterable, Iterator
from hashlib import sha256
from heapq import heapify, heapreplace
from itertools import count, islice

import pytest

from ssj_core.draw import select, smallest, ticket


def fraction(text: str) -> str:
    """SHA-256 as a decimal fraction, its digits written backwards: of 256 bits only the low digits are uniform."""
    return "0." + str(int(sha256(text.encode()).hexdigest(), 16)).rjust(64, "0")[::-1]


def first_ticket(seed: object, item: Hashable) -> str:
    return fraction(sha256(str(seed).encode()).hexdigest() + str(item))


def next_ticket(number: str) -> str:
    """A larger one: the leading nines stay, the rest is hashed with a counter until it has grown."""
    digits = number.removeprefix("0.")
    nines = "0." + "9" * (len(digits) - len(digits.lstrip("9")))
    attempts = (nines + fraction(f"{number}:{attempt}").removeprefix("0.") for attempt in count(1))
    return next(larger for larger in attempts if larger > number + "0")


def order(seed: object, items: Iterable[Hashable]) -> list[Hashable]:
    return sorted(items, key=lambda item: first_ticket(seed, item))


def with_replacement(seed: object, items: Iterable[str]) -> Iterator[str]:
    heap = [(first_ticket(seed, item), item) for item in items]
    heapify(heap)
    while True:
        number, item = heap[0]
        heapreplace(heap, (next_ticket(number), item))
        yield item


DICE = "01382438112797316654"
SIX = ["A-1", "A-2", "A-3", "B-1", "B-2", "B-3"]
SIX_TICKETS = [
    ("B-2", "0.410310858"),
    ("B-3", "0.470960291"),
    ("A-3", "0.471438751"),
    ("A-2", "0.567089805"),
    ("B-1", "0.9781715679"),
    ("A-1", "0.9828515724"),
]
ARLO_SEED = "12345678901234567890abcdefghijklmnopqrstuvwxyz😊"
BALLOTS = [(f"pct {precinct}", ballot) for precinct in range(1, 5) for ballot in range(1, 26)]
ARLO_FIRST = [
    (("pct 2", 3), "0.000617786129909912"),
    (("pct 3", 24), "0.002991631653037245"),
    (("pct 1", 25), "0.012057030610635061"),
    (("pct 4", 19), "0.017930028930651931"),
    (("pct 3", 15), "0.025599454926985137"),
    (("pct 1", 7), "0.045351055354441163"),
]


def test_the_first_ticket_has_the_published_digits() -> None:
    published = "0.26299714122838008416507544297546663599715395525154425586041245287750224561854"
    assert first_ticket(DICE, "AB-130") == published


def test_the_next_ticket_has_the_published_digits() -> None:
    published = "0.8232357229934205790595761924514048157652891124687533667363938813600770093316"
    assert next_ticket(first_ticket(DICE, "AB-130")) == published
    assert next_ticket("0.25471") == (
        "0.642853261655004694691182528114375607701032283189922170593838029306715548381901"
    )


def test_six_ballots_come_in_the_published_order_with_the_published_tickets() -> None:
    assert order(314159, SIX) == [item for item, _ in SIX_TICKETS]
    for item, published in SIX_TICKETS:
        assert first_ticket(314159, item).startswith(published)


@pytest.mark.parametrize(("seed", "published"), [(31, "badc"), (77, "bdca")])
def test_four_letters_come_in_the_published_order(seed: int, published: str) -> None:
    assert order(seed, "abcd") == list(published)


def test_a_hundred_numbers_begin_as_published() -> None:
    assert order(41, range(100))[:10] == [73, 51, 17, 58, 38, 42, 39, 20, 11, 67]


def test_with_replacement_an_item_comes_back_as_published() -> None:
    drawn = list(islice(with_replacement(314159, ["A#2", "B#7", "C#1", "D#4"]), 8))
    assert drawn == ["D#4", "C#1", "C#1", "B#7", "A#2", "C#1", "D#4", "B#7"]


def test_arlo_takes_the_published_ballots_first() -> None:
    assert order(ARLO_SEED, BALLOTS)[:6] == [ballot for ballot, _ in ARLO_FIRST]
    for ballot, published in ARLO_FIRST:
        assert first_ticket(ARLO_SEED, ballot).startswith(published)


@pytest.mark.parametrize("place", range(len(DICE)))
def test_any_digit_of_the_seed_changed_gives_another_ticket(place: int) -> None:
    changed = DICE[:place] + str((int(DICE[place]) + 1) % 10) + DICE[place + 1 :]
    assert first_ticket(changed, "AB-130") != first_ticket(DICE, "AB-130")


def test_a_seed_without_its_leading_zero_is_another_seed() -> None:
    assert first_ticket(DICE.lstrip("0"), "AB-130") != first_ticket(DICE, "AB-130")
    assert first_ticket(int(DICE), "AB-130") != first_ticket(DICE, "AB-130")


def test_without_the_last_sign_of_arlos_seed_the_order_is_another() -> None:
    assert order(ARLO_SEED[:-1], BALLOTS)[:6] != [ballot for ballot, _ in ARLO_FIRST]


def test_the_next_ticket_is_always_larger() -> None:
    for number in ("0.1", "0.9", "0.999", "0.98999", first_ticket(1, "a")):
        for _ in range(20):
            larger = next_ticket(number)
            assert number < larger < "1"
            number = larger


# The two consistencies that Rivest proves of tickets, on the same hundred ballots drawn by the product.

KEY = sha256(ARLO_SEED.encode()).hexdigest()[:32]
IDS = [f"test:{precinct.replace(' ', '')}-{ballot}" for precinct, ballot in BALLOTS]
FULL = [t.id for t in smallest(KEY, IDS, len(IDS))]


def test_our_order_is_that_of_plain_hashes_of_key_and_id() -> None:
    assert sorted(IDS, key=lambda i: sha256((KEY + i).encode()).digest()) == FULL
    assert ticket(KEY, FULL[0]) < ticket(KEY, FULL[-1])


def test_our_larger_sample_extends_the_smaller() -> None:
    for size in range(len(IDS) + 1):
        chosen = select(KEY, "B", IDS, size, 10 if size else 0)
        assert [t.id for t in chosen.drawn] == FULL[:size]
        assert [t.id for t in chosen.reserve] == (FULL[size : size + 10] if size else [])


@pytest.mark.parametrize("precinct", ["pct1", "pct2", "pct3", "pct4"])
def test_our_order_in_one_precinct_is_the_whole_order_filtered(precinct: str) -> None:
    part = [i for i in IDS if precinct in i]
    assert [t.id for t in smallest(KEY, part, len(part))] == [i for i in FULL if precinct in i]
    assert [t.id for t in select(KEY, precinct, part, 7, 0).drawn] == [i for i in FULL if precinct in i][:7]


def test_the_oracle_is_consistent_in_both_ways_too() -> None:
    whole = order(ARLO_SEED, BALLOTS)
    for precinct in ("pct 1", "pct 2", "pct 3", "pct 4"):
        part = [ballot for ballot in BALLOTS if ballot[0] == precinct]
        assert order(ARLO_SEED, part) == [ballot for ballot in whole if ballot in part]


def test_the_order_of_another_key_is_another() -> None:
    other = KEY[:-1] + ("0" if KEY[-1] != "0" else "1")
    assert [t.id for t in smallest(other, IDS, 100)] != FULL
