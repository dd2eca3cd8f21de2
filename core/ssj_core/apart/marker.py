"""A mark that outlives its process: which function of a plugin is being run, in a small file that two processes map.

What is stored in mapped memory is in the file at once, so whoever watches reads it after any death of the other.
"""

import mmap
import struct
from collections.abc import Collection
from pathlib import Path
from typing import Final, Self

from attrs import frozen

MARK: Final = "SSJ_WATCHED"
"""The environment's variable that names the file of the mark to the process that writes it."""

_STATE: Final = struct.Struct("<QBBBiH")
"""Number of calls, whether one is going on, whether of a whole file, whether all is over, with which code, name."""
_SIZE: Final = 4096
_LONGEST: Final = _SIZE - _STATE.size


@frozen(kw_only=True)
class State:
    """What stands in the mark: `last` was asked last, `calls` counts, `code` is the exit code once all is `over`."""

    calls: int = 0
    inside: bool = False
    whole: bool = False
    over: bool = False
    code: int = 0
    last: str = ""


class Marker:
    """One end of the mark; the process that runs the code writes it, the one that watches reads it.

    With `only`, what belongs to other plugins than these is not marked.
    """

    def __init__(self, path: Path, only: Collection[str] | None = None) -> None:
        with path.open("r+b") as file:
            self._map = mmap.mmap(file.fileno(), _SIZE)
        self._only = only
        self._calls, self._name, self._size, self._marked = 0, "", 0, False

    @classmethod
    def new(cls, path: Path) -> Self:
        """An empty mark in a new file."""
        path.write_bytes(bytes(_SIZE))
        return cls(path)

    def entered(self, value_id: str, *, whole: bool) -> None:
        """As `Watcher` says."""
        self._marked = self._only is None or value_id.partition(".")[0] in self._only
        if not self._marked:
            return
        if value_id != self._name:
            name = value_id.encode("utf-8", "replace")[:_LONGEST]
            self._map[_STATE.size : _STATE.size + len(name)] = name
            self._name, self._size = value_id, len(name)
        self._calls += 1
        _STATE.pack_into(self._map, 0, self._calls, 1, whole, 0, 0, self._size)

    def left(self) -> None:
        """As `Watcher` says."""
        if self._marked:
            self._marked = False
            _STATE.pack_into(self._map, 0, self._calls, 0, 0, 0, 0, self._size)

    def finish(self, code: int) -> None:
        """All is over: the process ends now, with this exit code."""
        _STATE.pack_into(self._map, 0, self._calls, 0, 0, 1, code, self._size)
        self._map.close()

    def read(self) -> State:
        """What stands there now."""
        calls, inside, whole, over, code, size = _STATE.unpack_from(self._map, 0)
        last = bytes(self._map[_STATE.size : _STATE.size + size]).decode("utf-8", "replace")
        return State(calls=calls, inside=bool(inside), whole=bool(whole), over=bool(over), code=code, last=last)

    def close(self) -> None:
        """Let go of the file, so that it can be removed."""
        self._map.close()
