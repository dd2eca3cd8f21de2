"""SPEC §6: commitment and entropy become the seed; the seed becomes one key per purpose."""

from collections.abc import Sequence
from typing import Final

from ssj_core.canonical import digest, lines

KEY_LENGTH: Final = 32
"""Hex digits of a key: with `uscc:` and 18 characters a ticket is one SHA-256 block of 55 bytes."""


def seed(commitment: str, entropy: Sequence[str]) -> str:
    """Hash the commitment and the entropy values, in the order the plan fixed, into 64 hex digits.

    Raises:
        ValueError: no entropy at all, or a value that is not one clean line.
    """
    if not entropy:
        raise ValueError("a seed needs at least one entropy value")
    return digest(lines("ssj.seed.1", commitment, *entropy))


def key(seed_value: str, draw_id: str, purpose: str, scope: str) -> str:
    """The key of one purpose and scope: the first 32 hex digits of their hash with the seed."""
    return digest(lines("ssj.key.1", seed_value, draw_id, purpose, scope))[:KEY_LENGTH]
