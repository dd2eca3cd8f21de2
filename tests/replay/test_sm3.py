"""SM3 (GB/T 32905) on its two published examples: in own code always, and in OpenSSL where it has it."""

import hashlib
from struct import pack, unpack

import pytest

Words = tuple[int, ...]

_MASK = 0xFFFFFFFF
_START = bytes.fromhex("7380166f4914b2b9172442d7da8a0600a96f30bc163138aae38dee4db0fb0e4e")


def turn(word: int, by: int) -> int:
    """The 32-bit word turned left."""
    by %= 32
    return (word << by | word >> 32 - by) & _MASK


def padded(data: bytes) -> bytes:
    """One bit, zeros up to 8 bytes before a multiple of 64, and there the length in bits."""
    return data + b"\x80" + bytes(-(len(data) + 9) % 64) + pack(">Q", 8 * len(data))


def expanded(block: bytes) -> list[int]:
    words = list(unpack(">16I", block))
    for j in range(16, 68):
        mixed = words[j - 16] ^ words[j - 9] ^ turn(words[j - 3], 15)
        mixed ^= turn(mixed, 15) ^ turn(mixed, 23)
        words.append(mixed ^ turn(words[j - 13], 7) ^ words[j - 6])
    return words


def compressed(state: Words, block: bytes) -> Words:
    words = expanded(block)
    a, b, c, d, e, f, g, h = state
    for j in range(64):
        constant = 0x79CC4519 if j < 16 else 0x7A879D8A
        if j < 16:
            left, right = a ^ b ^ c, e ^ f ^ g
        else:  # majority, and choice
            left, right = a & b | a & c | b & c, e & f | ~e & _MASK & g
        first = turn((turn(a, 12) + e + turn(constant, j)) & _MASK, 7)
        second = first ^ turn(a, 12)
        one = (left + d + second + (words[j] ^ words[j + 4])) & _MASK
        other = (right + h + first + words[j]) & _MASK
        a, b, c, d = one, a, turn(b, 9), c
        e, f, g, h = other ^ turn(other, 9) ^ turn(other, 17), e, turn(f, 19), g
    return tuple(old ^ new for old, new in zip(state, (a, b, c, d, e, f, g, h), strict=True))


def sm3(data: bytes) -> str:
    state: Words = unpack(">8I", _START)
    message = padded(data)
    for start in range(0, len(message), 64):
        state = compressed(state, message[start : start + 64])
    return pack(">8I", *state).hex()


PUBLISHED = [
    pytest.param(b"abc", "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0", id="abc"),
    pytest.param(b"abcd" * 16, "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732", id="64 bytes"),
]
needs_openssl = pytest.mark.skipif(
    "sm3" not in hashlib.algorithms_available, reason="the OpenSSL of this Python has no SM3"
)


@pytest.mark.parametrize(("data", "digest"), PUBLISHED)
def test_own_code_gives_the_published_digest(data: bytes, digest: str) -> None:
    assert sm3(data) == digest


@needs_openssl
@pytest.mark.parametrize(("data", "digest"), PUBLISHED)
def test_openssl_gives_the_published_digest(data: bytes, digest: str) -> None:
    assert hashlib.new("sm3", data).hexdigest() == digest


@needs_openssl
@pytest.mark.parametrize("length", [0, 1, 3, 54, 55, 56, 57, 63, 64, 65, 119, 120, 127, 128, 200])
def test_own_code_agrees_with_openssl_around_the_edges_of_a_block(length: int) -> None:
    data = bytes(n % 251 for n in range(length))
    assert sm3(data) == hashlib.new("sm3", data).hexdigest()


@pytest.mark.parametrize(("data", "digest"), PUBLISHED)
def test_any_bit_changed_gives_another_digest(data: bytes, digest: str) -> None:
    for bit in range(8 * min(len(data), 3)):
        changed = bytearray(data)
        changed[bit // 8] ^= 1 << bit % 8
        assert sm3(bytes(changed)) != digest


def test_sm3_is_not_sha_256() -> None:
    assert sm3(b"abc") != hashlib.sha256(b"abc").hexdigest()
