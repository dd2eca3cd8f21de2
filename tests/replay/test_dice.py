"""Seeds that Colorado rolled in public, twenty ten-sided dice each: their zeros reach the seed."""

import pytest

from ssj_core.entropy.text import bits, canonical
from ssj_core.seed import key, seed

ROLLED = {
    "2021-11": "08772473296991897540",
    "2022-07": "63454660390103169462",
    "2022-11": "23546992048967376252",
    "2023-11": "09175059342981586505",
}
COMMITMENT = "c" * 64


@pytest.mark.parametrize("rolled", ROLLED.values(), ids=ROLLED)
def test_what_was_rolled_enters_as_it_stands(rolled: str) -> None:
    assert len(rolled) == 20
    assert canonical(rolled) == rolled


@pytest.mark.parametrize("rolled", ROLLED.values(), ids=ROLLED)
def test_full_width_digits_enter_as_plain_ones(rolled: str) -> None:
    assert canonical("　" + "".join(chr(ord(digit) + 0xFEE0) for digit in rolled) + "\n") == rolled


@pytest.mark.parametrize("month", ["2021-11", "2023-11"])
def test_a_leading_zero_counts(month: str) -> None:
    rolled = ROLLED[month]
    assert rolled.startswith("0")
    assert str(int(rolled)) != canonical(rolled)
    assert seed(COMMITMENT, [f"text:{rolled}"]) != seed(COMMITMENT, [f"text:{int(rolled)}"])


@pytest.mark.parametrize("rolled", ROLLED.values(), ids=ROLLED)
def test_any_die_read_wrongly_gives_another_seed_and_key(rolled: str) -> None:
    right = seed(COMMITMENT, [f"text:{rolled}"])
    for place, face in enumerate(rolled):
        wrong = seed(COMMITMENT, [f"text:{rolled[:place]}{(int(face) + 1) % 10}{rolled[place + 1 :]}"])
        assert wrong != right
        assert key(wrong, "d", "subject", "all") != key(right, "d", "subject", "all")


def test_twenty_dice_are_enough_entropy_and_lost_zeros_are_not_made_up() -> None:
    for rolled in ROLLED.values():
        assert bits(rolled) == 66  # the whole bits in twenty decimal digits
    assert bits(str(int(ROLLED["2021-11"]))) == 63
