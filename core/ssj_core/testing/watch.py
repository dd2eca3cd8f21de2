"""Watch what code touches while it runs: clock, chance, environment, files, network, the screen."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any, Final

_MODULES: Final = {
    "time": "clock", "random": "chance", "_random": "chance", "_uuid": "chance", "posix": "system", "nt": "system",
    "_socket": "network", "_posixsubprocess": "processes", "_winapi": "system",
}  # fmt: skip
_HARMLESS: Final = {"fspath", "DirEntry", "sched_getaffinity"}
_METHODS: Final = {
    "date.today": "clock", "datetime.now": "clock", "datetime.utcnow": "clock", "datetime.today": "clock",
    "datetime.astimezone": "time zone", "Random.random": "chance", "Random.getrandbits": "chance",
    "Random.seed": "chance",
}  # fmt: skip
_FUNCTIONS: Final = {"open": "files", "open_code": "files", "print": "screen", "input": "keyboard", "id": "memory"}
_EVENTS: Final = {
    "open": "files",
    "socket.": "network",
    "subprocess.": "processes",
    "os.": "system",
    "shutil.": "files",
}
_PASSED_OVER: Final = {"os.fspath"}

_watching: list[Callable[[str], None]] = []


@contextmanager
def watched(found: set[str], inside: str = "") -> Iterator[None]:
    """Collect in `found` what the code of the block touches, as `clock: time.time`.

    With `inside`, only what a file below that folder does by itself counts: the modules it imports may do as they like.
    """
    where = inside + os.sep if inside else ""

    def see(frame: FrameType, event: str, arg: Any) -> None:
        if where and not frame.f_code.co_filename.startswith(where):
            return
        if event == "c_call" and (what := _named(arg)):
            found.add(what)
        elif event == "call" and frame.f_code.co_qualname.startswith("_Environ.") and not where:
            found.add("environment: os.environ")

    before = sys.getprofile()
    _listen()
    if not where:
        _watching.append(found.add)
    sys.setprofile(see)
    try:
        yield
    finally:
        sys.setprofile(before)
        if not where:
            _watching.remove(found.add)


def _named(function: Any) -> str:
    module, name = getattr(function, "__module__", None) or "", getattr(function, "__qualname__", "")
    if module in _MODULES and name not in _HARMLESS:
        return f"{_MODULES[module]}: {module}.{name}"
    if kind := _METHODS.get(name):
        return f"{kind}: {name}"
    if module in ("builtins", "io", "_io") and name in _FUNCTIONS:
        return f"{_FUNCTIONS[name]}: {name}"
    return ""


def _hear(event: str, _: object) -> None:
    if not _watching or event in _PASSED_OVER:
        return
    for prefix, kind in _EVENTS.items():
        if event.startswith(prefix):
            for tell in _watching:
                tell(f"{kind}: {event}")


_listening: list[bool] = []


def _listen() -> None:
    """An audit hook can never be taken away: one is set, once, and hears nothing while nobody watches."""
    if not _listening:
        _listening.append(True)
        sys.addaudithook(_hear)
