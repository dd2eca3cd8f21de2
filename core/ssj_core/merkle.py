"""SPEC §5: the RFC 9162 tree over roster lines, whose root stands for the whole roster, and its proofs.

An inclusion proof shows that one line is in the roster, a consistency proof that a longer list begins with a shorter
one; neither shows any other line. Paths are tuples of 32-byte hashes, roots lower-case hex.
"""

from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import Final

HASH: Final = 32
"""Bytes of a hash, and of each step of a path."""


def root(leaves: Iterable[bytes]) -> str:
    """Merkle tree hash of RFC 9162 section 2.1.1, as lower-case hex; leaves in the order given.

    Works in one pass with one pending hash per level, so a million lines need no more memory than twenty.
    """
    pending: list[bytes | None] = []  # pending[h]: root of a full subtree of 2**h leaves, waiting for its right twin
    for leaf in leaves:
        node = sha256(b"\x00" + leaf).digest()
        height = 0
        while height < len(pending) and (left := pending[height]) is not None:
            node = sha256(b"\x01" + left + node).digest()
            pending[height] = None
            height += 1
        if height == len(pending):
            pending.append(None)
        pending[height] = node
    result: bytes | None = None
    for left in pending:  # join from the right: small subtrees are the right children of larger ones
        if left is not None:
            result = left if result is None else sha256(b"\x01" + left + result).digest()
    return (sha256(b"").digest() if result is None else result).hex()


def inclusion_path(leaves: Sequence[bytes], index: int) -> tuple[bytes, ...]:
    """RFC 9162 section 2.1.3.1: from the leaf upwards, the root of every other half that is passed.

    Raises:
        IndexError: there is no such leaf.
    """
    if not 0 <= index < len(leaves):
        raise IndexError(f"no leaf {index} among {len(leaves)}")
    path: list[bytes] = []
    while len(leaves) > 1:
        half = _split(len(leaves))
        left, right = leaves[:half], leaves[half:]
        leaves, other = (left, right) if index < half else (right, left)
        index -= 0 if index < half else half
        path.append(bytes.fromhex(root(other)))
    return tuple(reversed(path))


def included(leaf: bytes, index: int, count: int, path: Sequence[bytes]) -> str | None:
    """RFC 9162 section 2.1.3.2: the root that a path leads to from a leaf; None if no such path can exist.

    The leaf is in a tree if this is its root. That the tree has `count` leaves is not shown by it (paths of
    neighbouring counts may have the same shape): the commitment binds the count.
    """
    if not 0 <= index < count or any(len(step) != HASH for step in path):
        return None
    place, last, value = index, count - 1, _leaf(leaf)
    for step in path:
        if not last:
            return None
        if place & 1 or place == last:
            value = _node(step, value)
            while place and not place & 1:
                place, last = place >> 1, last >> 1
        else:
            value = _node(value, step)
        place, last = place >> 1, last >> 1
    return None if last else value.hex()


def consistency_path(leaves: Sequence[bytes], old: int) -> tuple[bytes, ...]:
    """RFC 9162 section 2.1.4.1: the roots that lead from the tree of the first `old` leaves to that of all.

    Raises:
        IndexError: `old` is 0 or more than there are.
    """
    if not 0 < old <= len(leaves):
        raise IndexError(f"no tree of {old} among {len(leaves)}")
    path: list[bytes] = []
    known = True  # whether whoever checks has the root of what is left to look at
    while old < len(leaves):
        half = _split(len(leaves))
        left, right = leaves[:half], leaves[half:]
        if old <= half:
            leaves, other = left, right
        else:
            leaves, other, old, known = right, left, old - half, False
        path.append(bytes.fromhex(root(other)))
    if not known:
        path.append(bytes.fromhex(root(leaves)))
    return tuple(reversed(path))


def consistent(old: int, new: int, path: Sequence[bytes], old_root: str, new_root: str) -> bool:
    """RFC 9162 section 2.1.4.2: whether the tree of `new` leaves begins with that of `old`; false if `old` is 0."""
    if old == new:
        return old > 0 and not path and old_root == new_root
    if not 0 < old < new or any(len(step) != HASH for step in path):
        return False
    steps = list(path)
    if not old & (old - 1):  # a full tree: its root is the first step
        if len(old_root) != 2 * HASH or old_root.strip("0123456789abcdef"):
            return False
        steps.insert(0, bytes.fromhex(old_root))
    if not steps:
        return False
    place, last = old - 1, new - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    small = large = steps[0]
    for step in steps[1:]:
        if not last:
            return False
        if place & 1 or place == last:
            small, large = _node(step, small), _node(step, large)
            while place and not place & 1:
                place, last = place >> 1, last >> 1
        else:
            large = _node(large, step)
        place, last = place >> 1, last >> 1
    return not last and (small.hex(), large.hex()) == (old_root, new_root)


def _leaf(data: bytes) -> bytes:
    return sha256(b"\x00" + data).digest()


def _node(left: bytes, right: bytes) -> bytes:
    return sha256(b"\x01" + left + right).digest()


def _split(size: int) -> int:
    """The largest power of two below the size."""
    return 1 << (size - 1).bit_length() - 1
