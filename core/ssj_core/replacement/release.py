"""SPEC §13.8: when free places cannot be filled, the fewest other places whose release makes it possible."""

from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import Final

from ssj_core.matching import Infeasible, match
from ssj_core.replacement.places import Free, able, question
from ssj_core.replacement.standing import Standing
from ssj_core.sealed import Sealed

MOST: Final = 3
"""More places than this are never proposed: then it is a new draw that is wanted."""
_ANY_SEED: Final = "0" * 64  # whether a roster exists does not depend on the seed
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
    """The smallest set of held places, by number, then in the order of (subject id, place), that makes it possible.

    Only places that an exchange leads to are tried: no other is ever in a smallest set. None when more than `MOST`
    would have to be released, or when it is possible as it is.
    """
    if possible(sealed, standing, free):
        return None
    reached = sorted(set(_reached(sealed, standing, free)))
    for size in range(1, MOST + 1):
        for chosen in combinations(reached, size):
            if possible(sealed, standing, with_released(free, chosen)):
                return chosen
    return None


def _reached(sealed: Sealed, standing: Standing, free: Free) -> Iterator[tuple[str, int]]:
    """Places held by somebody who may hold a free place, by somebody who may hold those, and so on."""
    queue = [(subject, number) for subject, numbers in free.items() for number in numbers]
    seen = set(queue)
    for subject, number in queue:
        may = able(sealed, standing, subject, number)
        for row in standing.rows:
            place = (row.subject, row.place)
            if row.officer in may and place not in seen:
                seen.add(place)
                queue.append(place)
                yield place
