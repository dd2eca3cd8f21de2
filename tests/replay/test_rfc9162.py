"""The tree of RFC 6962 and RFC 9162: our root, and another's inclusion and consistency proofs checked against it."""

from collections.abc import Sequence
from hashlib import sha256

import pytest

from ssj_core import merkle
from ssj_core.commitment import SubjectLine, roster_root
from tests import rfc9162


def node(left: bytes, right: bytes) -> bytes:
    return sha256(b"\x01" + left + right).digest()


def tree(leaves: Sequence[bytes]) -> bytes:
    return bytes.fromhex(merkle.root(leaves))


def split(size: int) -> int:
    """The largest power of two below the size."""
    return 1 << (size - 1).bit_length() - 1


def inclusion(leaves: Sequence[bytes], place: int) -> list[bytes]:
    """From the leaf upwards, the root of every other half that is passed."""
    if len(leaves) == 1:
        return []
    half = split(len(leaves))
    if place < half:
        return [*inclusion(leaves[:half], place), tree(leaves[half:])]
    return [*inclusion(leaves[half:], place - half), tree(leaves[:half])]


def consistency(leaves: Sequence[bytes], old: int, *, known: bool = True) -> list[bytes]:
    """The roots that complete the tree of the first `old` leaves to that of all; `known`: the verifier has this one."""
    if old == len(leaves):
        return [] if known else [tree(leaves)]
    half = split(len(leaves))
    if old <= half:
        return [*consistency(leaves[:half], old, known=known), tree(leaves[half:])]
    return [*consistency(leaves[half:], old - half, known=False), tree(leaves[:half])]


def included(leaf: bytes, place: int, size: int, path: Sequence[bytes], root: bytes) -> bool:
    """Climb from the leaf; whoever has nobody to the right on a level goes up alone."""
    if not 0 <= place < size:
        return False
    value, last, steps = sha256(b"\x00" + leaf).digest(), size - 1, list(path)
    while last:
        if place % 2 or place < last:
            if not steps:
                return False
            other = steps.pop(0)
            value = node(other, value) if place % 2 else node(value, other)
        place, last = place // 2, last // 2
    return not steps and value == root


def consistent(old: int, new: int, path: Sequence[bytes], old_root: bytes, new_root: bytes) -> bool:
    """Rebuild both roots from one path: what lies left belongs to both trees, what lies right only to the new."""
    if old == new:
        return not path and old_root == new_root
    if not 0 < old < new:
        return False
    place, last, steps = old - 1, new - 1, list(path)
    while place % 2:  # the old tree's last full subtree
        place, last = place // 2, last // 2
    if place:
        if not steps:
            return False
        small = large = steps.pop(0)
    else:
        small = large = old_root
    while last:
        if place % 2 or place < last:
            if not steps:
                return False
            other = steps.pop(0)
            if place % 2:
                small, large = node(other, small), node(other, large)
            else:
                large = node(large, other)
        place, last = place // 2, last // 2
    return not steps and (small, large) == (old_root, new_root)


LEAVES = [bytes.fromhex(leaf) for leaf in rfc9162.LEAVES]
ROOTS = rfc9162.ROOTS
INCLUSION = {
    0: [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ],
    5: [
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
}
CONSISTENCY = {
    (6, 8): [
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
    (2, 5): [
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ],
}
MANY = [b"%d" % n for n in range(33)]


def hexes(path: Sequence[bytes]) -> list[str]:
    return [step.hex() for step in path]


def unhex(path: Sequence[str]) -> list[bytes]:
    return [bytes.fromhex(step) for step in path]


def flipped(data: bytes) -> bytes:
    return bytes([data[0] ^ 1, *data[1:]])


@pytest.mark.parametrize("size", range(9))
def test_our_root_is_the_published_one(size: int) -> None:
    assert merkle.root(LEAVES[:size]) == ROOTS[size]


@pytest.mark.parametrize("place", INCLUSION)
def test_the_published_inclusion_proof_is_made_and_holds(place: int) -> None:
    assert hexes(inclusion(LEAVES, place)) == INCLUSION[place]
    assert included(LEAVES[place], place, 8, unhex(INCLUSION[place]), bytes.fromhex(ROOTS[8]))


@pytest.mark.parametrize("sizes", CONSISTENCY, ids=str)
def test_the_published_consistency_proof_is_made_and_holds(sizes: tuple[int, int]) -> None:
    old, new = sizes
    assert hexes(consistency(LEAVES[:new], old)) == CONSISTENCY[sizes]
    assert consistent(old, new, unhex(CONSISTENCY[sizes]), bytes.fromhex(ROOTS[old]), bytes.fromhex(ROOTS[new]))


def test_every_leaf_of_every_small_tree_is_proved_against_our_root() -> None:
    for size in range(1, len(MANY) + 1):
        root = tree(MANY[:size])
        for place in range(size):
            path = inclusion(MANY[:size], place)
            assert len(path) <= (size - 1).bit_length()
            assert included(MANY[place], place, size, path, root)


def test_every_small_tree_is_proved_to_grow_into_every_larger() -> None:
    for new in range(1, len(MANY) + 1):
        for old in range(1, new + 1):
            path = consistency(MANY[:new], old)
            assert consistent(old, new, path, tree(MANY[:old]), tree(MANY[:new]))


@pytest.mark.parametrize("place", INCLUSION)
def test_an_inclusion_proof_changed_anywhere_fails(place: int) -> None:
    root, path, leaf = bytes.fromhex(ROOTS[8]), unhex(INCLUSION[place]), LEAVES[place]
    for step in range(3):
        assert not included(leaf, place, 8, [*path[:step], flipped(path[step]), *path[step + 1 :]], root)
    assert not included(leaf + b"\x00", place, 8, path, root)
    assert not included(leaf, place, 8, path, flipped(root))
    assert not included(leaf, place, 8, path[:-1], root)
    assert not included(leaf, place, 8, [*path, path[-1]], root)
    assert not included(leaf, place, 8, path[::-1], root)
    for other in (*range(-1, place), *range(place + 1, 9)):
        assert not included(leaf, other, 8, path, root)


@pytest.mark.parametrize("sizes", CONSISTENCY, ids=str)
def test_a_consistency_proof_changed_anywhere_fails(sizes: tuple[int, int]) -> None:
    old, new = sizes
    path, before, after = unhex(CONSISTENCY[sizes]), bytes.fromhex(ROOTS[old]), bytes.fromhex(ROOTS[new])
    for step in range(len(path)):
        assert not consistent(old, new, [*path[:step], flipped(path[step]), *path[step + 1 :]], before, after)
    assert not consistent(old, new, path, flipped(before), after)
    assert not consistent(old, new, path, before, flipped(after))
    assert not consistent(old, new, path, after, before)
    assert not consistent(old, new, path[:-1], before, after)
    assert not consistent(old, new, [*path, path[-1]], before, after)
    assert not consistent(new, old, path, before, after)
    assert not consistent(0, new, path, before, after)


def test_a_history_rewritten_is_not_consistent() -> None:
    for old in range(1, 32):
        for changed in range(old):
            rewritten = [*MANY[:changed], b"rewritten", *MANY[changed + 1 :]]
            assert not consistent(old, 33, consistency(rewritten, old), tree(MANY[:old]), tree(rewritten))


@pytest.mark.parametrize("place", range(8))
def test_one_bit_of_one_leaf_changes_our_root(place: int) -> None:
    changed = flipped(LEAVES[place] or b"\x00")
    assert merkle.root([*LEAVES[:place], changed, *LEAVES[place + 1 :]]) != ROOTS[8]


def test_a_subjects_line_is_proved_against_the_root_that_a_draw_seals() -> None:
    subjects = [SubjectLine(id=f"test:{n}", stratum="ABCD"[n % 4]) for n in range(100)]
    lines = sorted(subject.encode() for subject in subjects)
    root = bytes.fromhex(roster_root(subjects))
    for place, line in enumerate(lines):
        path = inclusion(lines, place)
        assert included(line, place, 100, path, root)
        assert not included(line[:-1] + b"Z", place, 100, path, root)  # moved to another stratum
