"""The Merkle root against published values and the recursive definition of RFC 9162."""

import json
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from ssj_core.merkle import root

CASES = json.loads((Path(__file__).parents[1] / "vectors" / "merkle.json").read_text("utf-8"))["cases"]


def recursive(leaves: list[bytes]) -> bytes:
    if not leaves:
        return sha256(b"").digest()
    if len(leaves) == 1:
        return sha256(b"\x00" + leaves[0]).digest()
    half = 1
    while half * 2 < len(leaves):
        half *= 2
    return sha256(b"\x01" + recursive(leaves[:half]) + recursive(leaves[half:])).digest()


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["name"])
def test_published_roots(case: dict[str, Any]) -> None:
    assert root(bytes.fromhex(leaf) for leaf in case["leaves"]) == case["root"]


@pytest.mark.parametrize("size", range(70))
def test_roots_agree_with_the_recursive_definition(size: int) -> None:
    leaves = [b"leaf %d" % n for n in range(size)]
    assert root(leaves) == recursive(leaves).hex()


def test_order_number_and_content_of_leaves_count() -> None:
    a, b = b"a", b"b"
    trees: list[list[bytes]] = [[], [b""], [a], [a, a], [a, b], [b, a], [a, b, b], [a, b, a], [a + b], [a, b, a, b]]
    assert len({root(leaves) for leaves in trees}) == len(trees)


def test_a_leaf_is_never_a_node() -> None:
    left, right = (sha256(b"\x00" + leaf).digest() for leaf in (b"a", b"b"))
    assert root([left + right]) != root([b"a", b"b"])


def test_leaves_are_read_once_one_by_one() -> None:
    def some() -> Iterator[bytes]:
        yield from (b"a", b"b", b"c")

    assert root(some()) == root([b"a", b"b", b"c"])
