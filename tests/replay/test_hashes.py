"""SHA-256 as the standard prints it, through our own `H`; HKDF of RFC 5869 on its first case."""

import hmac
from hashlib import sha256

import pytest

from ssj_core.canonical import digest

ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def hkdf(secret: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    """Extract a key from the secret, then chain HMACs, each over the one before, the purpose and a counter byte."""
    key = hmac.digest(salt, secret, sha256)
    result = step = b""
    for counter in range(1, -(-length // 32) + 1):
        step = hmac.digest(key, step + info + bytes([counter]), sha256)
        result += step
    return result[:length]


SECRET = b"\x0b" * 22
SALT = bytes(range(13))
INFO = bytes(range(0xF0, 0xFA))
OUTPUT = "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865"


def test_our_digest_is_sha_256() -> None:
    assert digest(b"abc") == ABC
    assert digest(b"abd") != ABC


def test_hkdf_gives_the_output_of_the_rfc() -> None:
    assert hkdf(SECRET, SALT, INFO, 42).hex() == OUTPUT


def test_a_shorter_output_is_the_head_of_a_longer_one() -> None:
    for length in (0, 1, 31, 32, 33, 41):
        assert hkdf(SECRET, SALT, INFO, length).hex() == OUTPUT[: 2 * length]


@pytest.mark.parametrize(
    ("secret", "salt", "info"),
    [
        (SECRET[1:], SALT, INFO),
        (SECRET[:-1] + b"\x0c", SALT, INFO),
        (SECRET, SALT[:-1] + b"\x0d", INFO),
        (SECRET, SALT, INFO[:-1] + b"\xfa"),
        (SALT, SECRET, INFO),
    ],
    ids=["short", "secret", "salt", "info", "swapped"],
)
def test_any_input_changed_gives_another_output(secret: bytes, salt: bytes, info: bytes) -> None:
    assert hkdf(secret, salt, info, 42).hex() != OUTPUT
