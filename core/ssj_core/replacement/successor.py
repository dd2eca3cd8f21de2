"""SPEC §13.4: which subject steps in (递补)."""

from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType
from typing import Final

from ssj_core.draw import Ticket, smallest, weighted
from ssj_core.replacement.standing import Standing
from ssj_core.sealed import Sealed

_ONE_EACH: Final[Mapping[str, int]] = MappingProxyType({})


def candidates(sealed: Sealed, standing: Standing, out: str) -> tuple[str, tuple[str, ...]]:
    """Stratum and ids of those who may step in for `out`; ("", ()) when its class is used up.

    Raises:
        KeyError: `out` is not in the pool.
    """
    members: dict[str, list[str]] = {}
    for subject in sealed.subjects:
        members.setdefault(subject.stratum, []).append(subject.id)
    own = {s.id: s.stratum for s in sealed.subjects}[out]
    strata = next(c.strata for c in sealed.rules.ratio.classes if own in c.strata)
    return first_left(strata, members, standing.taken)


def first_left(
    strata: Sequence[str], members: Mapping[str, Sequence[str]], taken: Collection[str]
) -> tuple[str, tuple[str, ...]]:
    """Of the strata of a class in filling order, the first that has members nobody took, and those."""
    for name in strata:
        if ids := tuple(i for i in members.get(name, ()) if i not in taken):
            return name, ids
    return "", ()


def successor(key: str, ids: Sequence[str], tickets: Mapping[str, int] = _ONE_EACH) -> Ticket | None:
    """The smallest ticket, of several each in a draw with weights; None if nobody is left."""
    return next(iter(weighted(key, ids, 1, tickets) if tickets else smallest(key, ids, 1)), None)
