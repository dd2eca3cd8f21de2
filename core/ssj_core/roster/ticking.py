"""How far a long roster is read, for somebody who sits and waits; a short one says nothing."""

from collections.abc import Callable, Iterator, Sequence
from typing import Final, TypeVar

T = TypeVar("T")

Tick = Callable[[int, int], None]
"""Is called with the rows read so far and all there are."""
EVERY: Final = 2_000


def quiet(done: int, total: int) -> None:
    """Say nothing: nobody waits."""


def ticking(rows: Sequence[T], tick: Tick) -> Iterator[T]:
    """Give the rows one by one, calling `tick` after every 2,000 of them and at the end of those that have so many."""
    for number, row in enumerate(rows):
        if number and not number % EVERY:
            tick(number, len(rows))
        yield row
    if len(rows) > EVERY:
        tick(len(rows), len(rows))
