"""RFC 3797 and the IETF nominating committees it selected: published lottery results lead to the published picks."""

from collections.abc import Sequence
from fractions import Fraction
from hashlib import md5
from itertools import islice, permutations

import pytest

Source = Sequence[str]


def canonical_key(sources: Sequence[Source]) -> str:
    """Each source sorted by value, every number bare of needless zeros and followed by a dot, the source by a slash."""
    return "".join("".join(f"{plain(n)}." for n in sorted(source, key=Fraction)) + "/" for source in sources)


def plain(number: str) -> str:
    whole, _, decimals = number.partition(".")
    decimals = decimals.rstrip("0")
    return (whole.lstrip("0") or "0") + (f".{decimals}" if decimals else "")


def round_digest(key: str, number: int) -> bytes:
    """MD5 over the key between two copies of the round's number in two bytes, the first round being 0."""
    sandwich = number.to_bytes(2, "big")
    return md5(sandwich + key.encode("ascii") + sandwich, usedforsecurity=False).digest()


def picks(key: str, pool: int, count: int) -> list[int]:
    """In each round the digest, modulo how many are still listed, points at the one who is taken off the list."""
    listed = list(range(1, pool + 1))
    return [listed.pop(int.from_bytes(round_digest(key, n), "big") % len(listed)) for n in range(count)]


EXAMPLE_KEY = "9319./2.5.8.10.12./9.18.26.34.41.45./"
EXAMPLE_PICKS = [17, 7, 2, 16, 25, 23, 8, 24, 19, 13, 22, 5, 18, 9, 1, 4]
# fmt: off
EXAMPLE_POOL = [
    "John", "Mary", "Bashful", "Dopey", "Sleepy", "Grouchy", "Doc", "Sneazy", "Handsome", "Cassandra", "Pollyanna",
    "Pendragon", "Pandora", "Faith", "Hope", "Charity", "Lee", "Longsuffering", "Chastity", "Smith", "Pride",
    "Sloth", "Envy", "Anger", "Kasczynski",
]
EXAMPLE_NAMES = [
    "Lee", "Doc", "Mary", "Charity", "Kasczynski", "Envy", "Sneazy", "Anger", "Chastity", "Pandora", "Sloth",
    "Sleepy", "Longsuffering", "Handsome", "John", "Dopey",
]
# fmt: on

KEY_2012 = "17.20.22.35.36.38.48./90193202./55598744./9.10.11.17.21.48.50./"
KEY_2013 = "7.8.11.17.19.25.46./8285182./60115701./2.3.18.26.32.33.42./"
KEY_2022 = "7.8.11.18.28.40.48./15.16.21.31.36.65./8.12.13.17.21.26.35.42./1.5.10.13.14.16.21.25.27./"
PICKS_2012 = [90, 25, 92, 126, 24, 31, 122, 96, 81, 132, 2, 41]
PICKS_2013 = [138, 151, 89, 112, 117, 145, 118, 143, 144, 122, 95, 139]
PICKS_2013_WITH_ZERO = [35, 4, 102, 80, 26, 2, 24, 95, 120, 16, 124, 77]
PICKS_2022 = [171, 245, 68, 190, 70, 126, 110, 128, 138, 173]

PUBLISHED = [
    pytest.param(EXAMPLE_KEY, 25, EXAMPLE_PICKS, id="example"),
    pytest.param(KEY_2012, 134, PICKS_2012, id="2012"),
    pytest.param(KEY_2013, 154, PICKS_2013, id="2013"),
    pytest.param(KEY_2022, 267, PICKS_2022, id="2022"),
]


@pytest.mark.parametrize(("key", "pool", "published"), PUBLISHED)
def test_the_published_key_gives_the_published_picks(key: str, pool: int, published: list[int]) -> None:
    assert picks(key, pool, len(published)) == published


@pytest.mark.parametrize(
    ("number", "digest"),
    [
        (0, "990DD0A5692A029A98B5E01AA28F3459"),
        (1, "3691E55CB63FCC37914430B2F70B5EC6"),
        (2, "FE814EDF564C190AC1D25753979990FA"),
    ],
)
def test_the_first_digests_of_the_example_are_those_of_the_rfc(number: int, digest: str) -> None:
    assert round_digest(EXAMPLE_KEY, number).hex().upper() == digest


def test_the_first_digest_of_2022_is_the_published_one() -> None:
    assert round_digest(KEY_2022, 0).hex().upper() == "D0BD0C1947856D9EC8892BFD7B8F537A"


def test_the_example_selects_the_names_of_the_rfc() -> None:
    assert len(EXAMPLE_POOL) == 25
    assert [EXAMPLE_POOL[number - 1] for number in picks(EXAMPLE_KEY, 25, 16)] == EXAMPLE_NAMES


def test_a_source_read_in_any_order_gives_one_key() -> None:
    for lottery in islice(permutations(["2", "5", "12", "8", "10"]), 0, 120, 7):
        assert canonical_key([["9319"], lottery, ["45", "9", "18", "26", "41", "34"]]) == EXAMPLE_KEY


def test_the_order_of_the_sources_counts() -> None:
    swapped = canonical_key([["2", "5", "12", "8", "10"], ["9319"], ["9", "18", "26", "34", "41", "45"]])
    assert swapped != EXAMPLE_KEY
    assert picks(swapped, 25, 16) != EXAMPLE_PICKS


@pytest.mark.parametrize(
    ("typed", "entered"),
    [("08285182", "8285182"), ("0", "0"), ("000", "0"), ("7", "7"), ("12.50", "12.5"), ("3.00", "3"), ("0.25", "0.25")],
)
def test_needless_zeros_do_not_enter_the_key(typed: str, entered: str) -> None:
    assert canonical_key([[typed]]) == f"{entered}./"


def test_a_leading_zero_that_is_kept_gives_the_wrong_committee_of_2013() -> None:
    lotteries = (["7", "8", "11", "17", "19", "25", "46"], ["08285182"], ["60115701"])
    bonus = ["2", "3", "18", "26", "32", "33", "42"]
    assert canonical_key([*lotteries, bonus]) == KEY_2013
    wrong = KEY_2013.replace("8285182", "08285182")
    assert picks(wrong, 154, 12) == PICKS_2013_WITH_ZERO
    assert not set(PICKS_2013_WITH_ZERO) <= set(PICKS_2013)


@pytest.mark.parametrize(("key", "pool", "published"), PUBLISHED)
def test_any_digit_changed_gives_other_picks(key: str, pool: int, published: list[int]) -> None:
    digits = [place for place, sign in enumerate(key) if sign.isdigit()]
    assert len(digits) > 20
    for place in digits:
        changed = key[:place] + str((int(key[place]) + 1) % 10) + key[place + 1 :]
        assert picks(changed, pool, len(published)) != published


@pytest.mark.parametrize(("key", "pool", "published"), PUBLISHED)
def test_one_more_or_fewer_in_the_pool_gives_other_picks(key: str, pool: int, published: list[int]) -> None:
    assert picks(key, pool - 1, len(published)) != published
    assert picks(key, pool + 1, len(published)) != published


def test_nobody_is_picked_twice_and_everybody_in_the_end() -> None:
    assert sorted(picks(EXAMPLE_KEY, 25, 25)) == list(range(1, 26))
