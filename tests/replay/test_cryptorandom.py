"""The SHA-256 stream of cryptorandom, and the numbers SHANGRLA took from it."""

from hashlib import sha256

import pytest


def block(seed: int | str, number: int) -> bytes:
    """SHA-256 of the seed as text, a comma and as many zero bytes as the block's number says."""
    return sha256(str(seed).encode() + b"," + bytes(number)).digest()


def block_number(seed: int | str, number: int) -> int:
    return int.from_bytes(block(seed, number), "big")


SEED = 12345678901234567890
SHANGRLA_SEED = 1234567890
BLOCKS = [
    "ed62fa818e24178bacddf881b26221e52436f1c1040b10d416e709f962df2953",
    "310d959ce65476647a3ec93074beff0aa6d720949207daf915712fd574635165",
    "95a9e62c49455ae0bfcea9849f6ff096015124b8a0d7d0a9dfd451c5fafa22b7",
]
DRAWS = [876, 766, 536, 423, 164]
SHANGRLA = {
    0: 100208482908198438057700745423243738999845662853049614266130533283921761365671,
    5: 93838330019164869717966768063938259297046489853954854934402443181124696542865,
}


@pytest.mark.parametrize("number", range(3))
def test_a_block_is_the_published_one(number: int) -> None:
    assert block(SEED, number).hex() == BLOCKS[number]


def test_five_draws_from_a_thousand_are_the_published_ones() -> None:
    assert [block_number(SEED, n) % 1000 + 1 for n in range(5)] == DRAWS


@pytest.mark.parametrize("number", SHANGRLA)
def test_shangrla_gives_a_card_the_published_number(number: int) -> None:
    assert block_number(SHANGRLA_SEED, number) == SHANGRLA[number]


def test_any_digit_changed_gives_other_blocks_and_draws() -> None:
    text = str(SEED)
    for place, digit in enumerate(text):
        changed = text[:place] + str((int(digit) + 1) % 10) + text[place + 1 :]
        assert [block(changed, n).hex() for n in range(3)] != BLOCKS
        assert [block_number(changed, n) % 1000 + 1 for n in range(5)] != DRAWS


def test_a_seed_typed_as_a_number_loses_its_leading_zeros() -> None:
    assert block("012", 0) != block(int("012"), 0) == block("12", 0)


def test_the_counter_is_a_row_of_zeros_and_not_a_digit() -> None:
    assert sha256(f"{SEED},1".encode()).hexdigest() != BLOCKS[1]
    assert sha256(str(SEED).encode() + b",\x01").hexdigest() != BLOCKS[1]
