"""SPEC §5: the RFC 9162 tree over roster lines, whose root stands for the whole roster."""

from collections.abc import Iterable
from hashlib import sha256


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
