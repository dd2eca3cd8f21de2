"""SPEC §13.8: when free places cannot be filled, the fewest other places whose release makes it possible."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final

from ssj_core.matching import Infeasible, match
from ssj_core.replacement.exchanges import Exchanges
from ssj_core.replacement.places import Free, question
from ssj_core.replacement.standing import Standing
from ssj_core.sealed import Sealed

_ANY_SEED: Final = "0" * 64  # whether a roster exists does not depend on the seed
_ITSELF: Final[Mapping[str, str]] = MappingProxyType({})
Released = tuple[tuple[str, int], ...]


def with_released(free: Free, released: Iterable[tuple[str, int]]) -> dict[str, list[int]]:
    """The free places and the released ones together."""
    merged = {subject: list(numbers) for subject, numbers in free.items()}
    for subject, number in released:
        merged.setdefault(subject, []).append(number)
    return {subject: sorted(set(numbers)) for subject, numbers in merged.items()}


def possible(sealed: Sealed, standing: Standing, free: Free) -> bool:
    """Whether the free places can all be filled."""
    try:
        match(question(sealed, standing, free), _ANY_SEED)
    except Infeasible:
        return False
    return True


def proposal(sealed: Sealed, standing: Standing, free: Free) -> Released | None:
    """The smallest set of held places, and of these the first by (subject id, place), that makes it possible.

    None where no set would do, or when it is possible as it is.
    """
    return needed(sealed, standing, free) or None


def needed(sealed: Sealed, standing: Standing, free: Free, called: Mapping[str, str] = _ITSELF) -> Released | None:
    """As `proposal`, but empty where it is possible as it is; subjects go by the names they are `called`, if any."""
    if possible(sealed, standing, free):
        return ()
    every = with_released({}, ((row.subject, row.place) for row in standing.rows))
    held = {
        (row.subject, row.place): row.officer for row in standing.rows if row.place not in free.get(row.subject, ())
    }
    found = Exchanges(question(sealed, standing, every), held).smallest(called)
    return None if found is None else tuple((called.get(subject, subject), number) for subject, number in found)
