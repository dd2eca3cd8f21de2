"""Watch what code touches while it runs: clock, chance, environment, files, network, threads, the screen.

Three ways together: a profile sees what Python code calls, the interpreter's audit events tell what is opened and
started however it was called, and `ssj_core.testing.clocks` puts functions that tell in the place of clocks, so that
those called from C (`map`, `iter`, a default factory, a sort key) are seen, too.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any, Final

from attrs import frozen

_MODULES: Final = {
    "time": "clock", "random": "chance", "_random": "chance", "_uuid": "chance", "posix": "system", "nt": "system",
    "_socket": "network", "_posixsubprocess": "processes", "_winapi": "system", "resource": "system",
}  # fmt: skip
_HARMLESS: Final = {"fspath", "DirEntry", "sched_getaffinity"}
_METHODS: Final = {
    "date.today": "clock", "datetime.now": "clock", "datetime.utcnow": "clock", "datetime.today": "clock",
    "datetime.astimezone": "time zone", "Random.random": "chance", "Random.getrandbits": "chance",
    "Random.seed": "chance",
}  # fmt: skip
_FUNCTIONS: Final = {"open": "files", "open_code": "files", "print": "screen", "input": "keyboard", "id": "memory"}
_EVENTS: Final = {
    "open": "files", "shutil.": "files", "tempfile.": "files", "glob.": "files", "mmap.": "files", "sqlite3.": "files",
    "os.": "system", "ctypes.": "system", "fcntl.": "system", "winreg.": "system", "msvcrt.": "system",
    "sys.setprofile": "system", "sys.settrace": "system", "sys.addaudithook": "system",
    "socket.": "network", "urllib.": "network", "http.": "network", "ftplib.": "network", "smtplib.": "network",
    "subprocess.": "processes", "pty.": "processes", "webbrowser.": "processes", "_thread.": "threads",
    "builtins.id": "memory", "builtins.input": "keyboard",
}  # fmt: skip
"""Audit events by how they begin."""

_PASSED_OVER: Final = {"os.fspath"}
_OWN_BUSINESS: Final = {"files", "system"}
"""What a library may do when it is imported: read its data, ask the system; a clock, chance or a thread is no data."""

_LIBRARY: Final = str(Path(os.__file__).parent) + os.sep
_INSTALLED: Final = ("site-packages", "dist-packages")


@frozen
class _Watch:
    found: set[str]
    where: str


_watching: list[_Watch] = []


@contextmanager
def watched(found: set[str], inside: str = "") -> Iterator[None]:
    """Collect in `found` what the code of the block touches, as `clock: time.time`.

    With `inside`, only what a file below that folder does counts, by itself or through the standard library: other
    modules it imports may do as they like.
    """
    watch = _Watch(found, inside + os.sep if inside else "")

    def see(frame: FrameType, event: str, arg: Any) -> None:
        name = frame.f_code.co_filename
        if name in _BEHIND or not name.startswith(watch.where):
            return
        if event == "c_call" and (what := _named(arg)):
            found.add(what)
        elif event == "call" and frame.f_code.co_qualname.startswith("_Environ.") and not watch.where:
            found.add("environment: os.environ")

    before = sys.getprofile()
    _listen()
    sys.setprofile(see)
    _watching.append(watch)
    try:
        yield
    finally:
        _watching.remove(watch)
        sys.setprofile(before)


def tell(kind: str, what: str, frame: FrameType | None) -> None:
    """Let whoever watches know that the code of `frame` touched something."""
    for watch in _watching:
        if not watch.where or _file(frame, direct=kind in _OWN_BUSINESS).startswith(watch.where):
            watch.found.add(f"{kind}: {what}")


_BEHIND: Final[set[str]] = {__file__}
"""Our own files, which call what they are put in the place of."""


def stands_behind(file: str) -> None:
    """What the code of this file calls is not looked at."""
    _BEHIND.add(file)


def _file(frame: FrameType | None, *, direct: bool) -> str:
    """The file of the code that did it; unless `direct`, of whoever asked the standard library to."""
    while frame is not None:
        name = frame.f_code.co_filename
        if direct or name.startswith("<frozen importlib") or not _of_library(name):
            return name
        frame = frame.f_back
    return ""


def _of_library(file: str) -> bool:
    if file in _BEHIND or file.startswith("<frozen "):
        return True
    return file.startswith(_LIBRARY) and not file.removeprefix(_LIBRARY).startswith(_INSTALLED)


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
            frame = sys._getframe().f_back
            if frame is None or frame.f_code.co_filename not in _BEHIND:
                tell(kind, event, frame)
            return


_listening: list[bool] = []


def _listen() -> None:
    """An audit hook can never be taken away: one is set, once, and hears nothing while nobody watches."""
    if not _listening:
        _listening.append(True)
        sys.addaudithook(_hear)
