"""A command that needs code of others is played by a second process, and this one watches it: it cannot die unseen.

Until such code is to be loaded a command runs as any other (`here`). Then it starts once more, watched (`again`).
"""

import os
import sys
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TextIO

from ssj_cli.say import Voice
from ssj_core.apart.marker import MARK, Marker
from ssj_core.plugin.discovery import survey
from ssj_core.plugin.source import Source
from ssj_core.watching import UnwatchedError, careful, refuse_unwatched, watched_by


@contextmanager
def here() -> Iterator[None]:
    """Play a command line: where this process is watched, say what of others is run, and how it all ends."""
    path = Path(os.environ.pop(MARK, "") or ".")
    if not path.is_file():
        with careful():
            yield
        return
    others = frozenset(foreign())
    marker = Marker(path, only=others)
    with watched_by(marker), watched_by(_Hushed(others)):
        try:
            yield
        except BaseException as leave:  # a command ends with SystemExit; on anything else Python ends with 1
            _flush()
            marker.finish(_code(leave) if isinstance(leave, SystemExit) else 1)
            raise


class _Hushed:
    """What code of others prints goes where messages go: what a command answers stays one document."""

    def __init__(self, only: Collection[str]) -> None:
        self._only = only
        self._kept: list[TextIO | None] = []

    def entered(self, value_id: str, *, whole: bool) -> None:
        """As `Watcher` says."""
        del whole
        foreign_code = value_id.partition(".")[0] in self._only
        self._kept.append(sys.stdout if foreign_code else None)
        if foreign_code:
            sys.stdout = sys.stderr

    def left(self) -> None:
        """As `Watcher` says."""
        if (stream := self._kept.pop()) is not None:
            sys.stdout = stream


def needed() -> bool:
    """Whether code of others is installed, and nobody watches this process."""
    if not foreign():
        return False
    try:
        refuse_unwatched()
    except UnwatchedError:
        return True
    return False


def foreign() -> dict[str, Source]:
    """The plugins with code of others, by id; folders have none."""
    return {name: source for name, source in survey([])[0].items() if source.foreign}


def again(words: Sequence[str], voice: Voice) -> tuple[int, bool]:
    """Play the command line in another process and watch it.

    Returns the exit code, and whether that process said everything; else `voice` said how it ended.
    """
    from ssj_cli.watchman import watch_over  # only where somebody has a foreign plugin

    _flush()
    return watch_over(words, voice, foreign)


def _code(leave: SystemExit) -> int:
    return leave.code if isinstance(leave.code, int) else int(leave.code is not None)


def _flush() -> None:
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):
            stream.flush()
