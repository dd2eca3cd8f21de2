"""SPEC §7: a ticket for every subject; in each stratum the smallest are drawn, the next are the reserve."""

from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from itertools import pairwise
from math import isqrt
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Self

from attrs import frozen

from ssj_core.seed import KEY_LENGTH

if TYPE_CHECKING:
    from hashlib import _Hash

_DIGEST: Final = 32
_NO_BOUND: Final = b"\xff" * _DIGEST
_ONE_EACH: Final[Mapping[str, int]] = MappingProxyType({})


class Ticket(bytes):
    """签号 of one subject: the 32 bytes of the ticket, then the id, so that tickets compare by ticket, then by id.

    One object instead of two texts and a pair: a third of the memory, and what was kept is what is returned.
    """

    __slots__ = ()

    def __new__(cls, value: str, subject_id: str) -> Self:
        """Raises ValueError: `value` is not hexadecimal."""
        return super().__new__(cls, bytes.fromhex(value) + subject_id.encode())

    @classmethod
    def kept(cls, data: bytes) -> Self:
        """The ticket whose bytes these are."""
        return super().__new__(cls, data)

    @property
    def value(self) -> str:
        """64 lower-case hex digits."""
        return self[:_DIGEST].hex()

    @property
    def id(self) -> str:
        """Whose ticket it is."""
        return self[_DIGEST:].decode()

    def __repr__(self) -> str:
        return f"Ticket({self.value!r}, {self.id!r})"


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


def best(key: str, subject_id: str, tickets: int = 1) -> Ticket:
    """The smallest of the tickets of a subject that has several: those of `id`, `id#2`, …, `id#n` (SPEC §7.3)."""
    names = (subject_id, *(f"{subject_id}#{n}" for n in range(2, tickets + 1)))
    return Ticket(min(ticket(key, name) for name in names), subject_id)


def smallest(key: str, ids: Iterable[str], count: int) -> list[Ticket]:
    """The `count` smallest tickets of `ids`, ascending by (ticket, id); fewer if there are fewer ids.

    Tickets are uniform, so of a sequence only those below a bound a little above `count` in `len(ids)` are kept;
    should that leave too few, the sequence is gone through again without a bound, so the result is exact whatever the
    bound. Of an iterator, read once, the worst of the best so far is the bound. Either way some 1¼ x `count` candidates
    are held at the most, and the order of `ids` is without effect.

    Raises:
        ValueError: the key is no key, `count` is negative, or an id occurs twice among the smallest.
    """
    if count < 0:
        raise ValueError(f"cannot draw {count}")
    base = sha256(_checked(key).encode())
    if not count:
        return []
    wanted = count + 1  # one more than asked, so that a twin of the last one is seen
    if isinstance(ids, Sequence):
        kept = _kept(base, ids, wanted, _bound(wanted, len(ids)))
        if len(kept) < min(wanted, len(ids)):
            kept = _kept(base, ids, wanted, _NO_BOUND)
    else:
        kept = _kept(base, ids, wanted, _NO_BOUND)
    for one, other in pairwise(kept):
        if one == other:
            raise ValueError(f"{one[_DIGEST:].decode()!r} occurs twice")
    del kept[count:]
    return [Ticket.kept(one) for one in kept]


def weighted(key: str, ids: Sequence[str], count: int, tickets: Mapping[str, int]) -> list[Ticket]:
    """The `count` smallest of the best tickets of `ids`, ascending by (ticket, id).

    Raises:
        ValueError: the key is no key, or an id occurs twice. KeyError: somebody has no number of tickets.
    """
    if len(set(ids)) < len(ids):
        raise ValueError("an id occurs twice")
    return sorted(best(key, i, tickets[i]) for i in ids)[:count]


def _kept(base: "_Hash", ids: Iterable[str], wanted: int, bound: bytes) -> list[bytes]:
    """Digest and id of the `wanted` smallest below `bound`, sorted: digests have one length, so bytes sort rightly."""
    kept: list[bytes] = []
    limit = wanted + wanted // 4 + 64
    for subject_id in ids:
        data = subject_id.encode()
        state = base.copy()
        state.update(data)
        value = state.digest()
        if value <= bound:
            kept.append(value + data)
            if len(kept) >= limit:
                kept.sort()
                del kept[wanted:]
                bound = kept[-1][:_DIGEST]
    kept.sort()
    del kept[wanted:]
    return kept


def _bound(wanted: int, size: int) -> bytes:
    """A bound below which `wanted` of `size` uniform tickets almost surely lie (all but some 1 in 10^13 times)."""
    expected = wanted + 8 * isqrt(wanted) + 72
    return ((expected << 256) // size).to_bytes(_DIGEST, "big") if expected < size else _NO_BOUND


def select(
    key: str, stratum: str, ids: Sequence[str], quota: int, reserve: int, tickets: Mapping[str, int] = _ONE_EACH
) -> Selection:
    """Draw `quota` of `ids` and list the next `reserve` (or as many as are left).

    `tickets` is how many each subject has, in a draw with weights; empty where each has one.

    Raises:
        ValueError: a number is negative, the quota is larger than the stratum, or an id occurs twice among those.
    """
    if quota < 0 or reserve < 0:
        raise ValueError(f"stratum {stratum!r}: cannot draw {quota} and list {reserve}")
    if quota > len(ids):
        raise ValueError(f"stratum {stratum!r}: {quota} of {len(ids)} cannot be drawn")
    count = quota + reserve if quota else 0
    order = weighted(key, ids, count, tickets) if tickets else smallest(key, ids, count)
    return Selection(stratum=stratum, drawn=tuple(order[:quota]), reserve=tuple(order[quota:]))


def _checked(key: str) -> str:
    if len(key) != KEY_LENGTH or key.strip("0123456789abcdef"):
        raise ValueError(f"{key!r} is not {KEY_LENGTH} lower-case hex digits")
    return key
