"""SPEC §7: a ticket for every subject; in each stratum the smallest are drawn, the next are the reserve."""

from collections.abc import Iterable, Sequence
from hashlib import sha256
from itertools import pairwise

from attrs import frozen

from ssj_core.seed import KEY_LENGTH


@frozen
class Ticket:
    """签号 of one subject; tickets are ordered by value, then by id."""

    value: str
    id: str


@frozen(kw_only=True)
class Selection:
    """What one stratum came to: the drawn and the reserve, each in the order of their tickets."""

    stratum: str
    drawn: tuple[Ticket, ...]
    reserve: tuple[Ticket, ...]

    @property
    def cut(self) -> str:
        """The largest drawn ticket: whoever lies above it was not drawn. Empty when nobody was."""
        return self.drawn[-1].value if self.drawn else ""


def ticket(key: str, subject_id: str) -> str:
    """H(key followed by id): `printf '%s%s' KEY ID | sha256sum` gives the same."""
    return sha256((_checked(key) + subject_id).encode()).hexdigest()


def smallest(key: str, ids: Iterable[str], count: int) -> list[Ticket]:
    """The `count` smallest tickets of `ids`, ascending by (ticket, id); fewer if there are fewer ids.

    One pass over any iterable, and room for some 2 x `count` candidates only: whatever is above the worst of the
    `count` best so far can never be drawn, so it is dropped at once. The result does not depend on the order of `ids`.

    Raises:
        ValueError: the key is no key, `count` is negative, or an id occurs twice among the smallest.
    """
    if count < 0:
        raise ValueError(f"cannot draw {count}")
    base = sha256(_checked(key).encode())
    kept: list[tuple[bytes, str]] = []
    keep = count + 1  # one more than asked, so that a twin of the last one is seen
    limit = 2 * count + 64
    bound = b"\xff" * 33  # above every digest
    for subject_id in ids if count else ():
        state = base.copy()
        state.update(subject_id.encode())
        value = state.digest()
        if value <= bound:
            kept.append((value, subject_id))
            if len(kept) >= limit:
                kept.sort()
                del kept[keep:]
                bound = kept[-1][0]
    kept.sort()
    del kept[keep:]
    for one, other in pairwise(kept):
        if one == other:
            raise ValueError(f"{one[1]!r} occurs twice")
    return [Ticket(value.hex(), subject_id) for value, subject_id in kept[:count]]


def select(key: str, stratum: str, ids: Sequence[str], quota: int, reserve: int) -> Selection:
    """Draw `quota` of `ids` and list the next `reserve` (or as many as are left).

    Raises:
        ValueError: the quota is larger than the stratum, or an id occurs twice.
    """
    if quota > len(ids):
        raise ValueError(f"stratum {stratum!r}: {quota} of {len(ids)} cannot be drawn")
    order = smallest(key, ids, quota + reserve if quota else 0)
    return Selection(stratum=stratum, drawn=tuple(order[:quota]), reserve=tuple(order[quota:]))


def _checked(key: str) -> str:
    if len(key) != KEY_LENGTH or key.strip("0123456789abcdef"):
        raise ValueError(f"{key!r} is not {KEY_LENGTH} lower-case hex digits")
    return key
