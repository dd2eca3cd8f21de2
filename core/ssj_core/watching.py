"""Who watches while code of others runs, and whether it may run here at all: nothing that is decided depends on it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final, Protocol


class Watcher(Protocol):
    """Somebody who is told which function of a plugin is being run, so that he knows it should this process die."""

    def entered(self, value_id: str, *, whole: bool) -> None:
        """The function of `value_id` begins; `whole`: it does the work of a command, not of one row."""
        ...

    def left(self) -> None:
        """It is over, well or not."""
        ...


class UnwatchedError(BaseException):
    """Code of others is about to be loaded in a process that nobody watches; whoever started it, starts it watched."""


_watchers: Final[list[Watcher]] = []
_careful: Final[list[bool]] = []


def run(value_id: str, function: Callable[..., Any], *given: object, whole: bool = False) -> Any:
    """What the function answers; whoever watches knows that it is being asked. All it raises is passed on.

    `value_id` is the registered value it belongs to, or the id of a plugin whose code is being loaded.
    """
    if not _watchers:
        return function(*given)
    for watcher in _watchers:
        watcher.entered(value_id, whole=whole)
    try:
        return function(*given)
    finally:
        for watcher in _watchers:
            watcher.left()


@contextmanager
def watched_by(watcher: Watcher) -> Iterator[None]:
    """Tell `watcher` what is being run while the block lasts."""
    _watchers.append(watcher)
    try:
        yield
    finally:
        _watchers.remove(watcher)


@contextmanager
def careful() -> Iterator[None]:
    """While the block lasts, no code of others is loaded here unless somebody watches."""
    _careful.append(True)
    try:
        yield
    finally:
        _careful.pop()


def refuse_unwatched() -> None:
    """Raise `UnwatchedError` where code of others may only run watched, and nobody watches."""
    if _careful and not _watchers:
        raise UnwatchedError
