"""How far a long roster is read, for somebody who sits and waits; a short one says nothing."""

from collections.abc import Callable, Iterator, Sequence
from typing import Final, Protocol, TypeVar

from ssj_core.text import Text

T = TypeVar("T")

Tick = Callable[[int, int], None]
"""Is called with the rows read so far and all there are."""
EVERY: Final = 2_000


def quiet(done: int, total: int) -> None:
    """Say nothing: nobody waits."""


class Onlooker(Protocol):
    """Somebody who waits while files are read: told what is done next, and how far it is."""

    def reading(self, file: str, size: int) -> None:
        """A file of so many bytes is read."""

    def tick(self, done: int, total: int) -> None:
        """So many of its rows are."""

    def lasting(self, what: Text) -> None:
        """Something else is done that may take long."""


class Nobody:
    """An onlooker who is not there."""

    def reading(self, file: str, size: int) -> None:
        """Nobody hears it."""

    def tick(self, done: int, total: int) -> None:
        """Nobody hears it."""

    def lasting(self, what: Text) -> None:
        """Nobody hears it."""


NOBODY: Final = Nobody()


def ticking(rows: Sequence[T], tick: Tick) -> Iterator[T]:
    """Give the rows one by one, calling `tick` after every 2,000 of them and at the end of those that have so many."""
    for number, row in enumerate(rows):
        if number and not number % EVERY:
            tick(number, len(rows))
        yield row
    if len(rows) > EVERY:
        tick(len(rows), len(rows))
