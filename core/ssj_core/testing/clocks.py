"""Clocks that tell when they are read, and may be wrong by some days, in the place of those of `time` and `datetime`.

A function of C that is handed to another one (`map(time.localtime, …)`, `iter(date.today, x)`) is seen by no profile.
So the names themselves are given others before a plugin is imported; `date.today` asks `time.time` for the day.
"""

import _thread
import datetime
import os
import random
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import BuiltinFunctionType, FrameType, ModuleType
from typing import Any, Final

from ssj_core.testing.watch import stands_behind, tell

_OF_A_MOMENT: Final = {"localtime": 0, "gmtime": 0, "ctime": 0, "asctime": 0, "strftime": 1}
"""Functions that read the clock when they are not given a moment, and at which place that stands."""

_ALSO: Final[tuple[tuple[ModuleType, str, tuple[str, ...]], ...]] = (
    (os, "system", ("stat", "lstat", "times", "getpid", "getppid", "getcwd", "uname", "getloadavg", "cpu_count")),
    (os, "chance", ("urandom", "getrandom")),
    (random, "chance", ("random", "getrandbits")),
    (_thread, "threads", ("start_new_thread", "start_joinable_thread")),
    (threading, "threads", ("_start_new_thread", "_start_joinable_thread")),
)
"""What else looks outside, or leaves this thread, and has no audit event in every version of Python."""

_Real = datetime.datetime

stands_behind(__file__)


@contextmanager
def clocks(ahead: float = 0.0) -> Iterator[None]:
    """Replace the clocks while the block runs; they are `ahead` seconds ahead of the real ones.

    What was imported before keeps the names it has. The monotonic clocks tell, too, but stay right: processes are
    waited for with them.
    """
    places = list(_replacements(ahead))
    for module, name, fake, _ in places:
        setattr(module, name, fake)
    try:
        yield
    finally:
        for module, name, _, real in places:
            setattr(module, name, real)


def _replacements(ahead: float) -> Iterator[tuple[ModuleType, str, Any, Any]]:
    """Module, name, what to put there, what is there."""
    for name, real in list(vars(time).items()):
        if isinstance(real, BuiltinFunctionType) and name != "strptime":
            yield time, name, _telling("clock", f"time.{name}", real, _wrong(name, real, ahead)), real
    for module, kind, names in _ALSO:
        for name in names:
            if real := getattr(module, name, None):
                yield module, name, _telling(kind, f"{module.__name__}.{name}", real, real), real
    faked = _faked(ahead)
    for home in ("datetime", "_datetime"):
        if getattr(sys.modules.get(home), "datetime", None) is _Real:
            yield sys.modules[home], "datetime", faked, _Real


def _telling(kind: str, what: str, real: Callable[..., Any], answer: Callable[..., Any]) -> Callable[..., Any]:
    moment = _OF_A_MOMENT.get(real.__name__) if kind == "clock" else None

    def call(*args: Any, **kwargs: Any) -> Any:
        if moment is not None and len(args) > moment and args[moment] is not None:
            return real(*args, **kwargs)
        tell(kind, what, _caller())
        return answer(*args, **kwargs)

    call.__name__, call.__qualname__, call.__module__ = real.__name__, real.__name__, what.partition(".")[0]
    call.__doc__ = real.__doc__
    return call


def _wrong(name: str, real: Callable[..., Any], ahead: float) -> Callable[..., Any]:
    """The same function of a clock that is wrong."""
    now = time.time
    if name == "time":
        return lambda: real() + ahead
    if name == "time_ns":
        return lambda: int(real() + ahead * 1_000_000_000)
    if name in ("localtime", "gmtime", "ctime"):
        return lambda _=None: real(now() + ahead)
    if name == "asctime":
        of_now = time.localtime
        return lambda: real(of_now(now() + ahead))
    if name == "strftime":
        of_now = time.localtime
        return lambda form: real(form, of_now(now() + ahead))
    if name == "clock_gettime":
        return lambda clock: real(clock) + (ahead if clock == time.CLOCK_REALTIME else 0)
    if name == "clock_gettime_ns":
        return lambda clock: real(clock) + (int(ahead * 1_000_000_000) if clock == time.CLOCK_REALTIME else 0)
    return real


def _faked(ahead: float) -> type:
    """A `datetime` whose clock tells; its values are of the real one, and whatever is of the real one is of it."""

    class Like(type):
        def __instancecheck__(cls, one: object) -> bool:
            return isinstance(one, _Real) if cls is made else type.__instancecheck__(cls, one)

        def __subclasscheck__(cls, one: type) -> bool:
            return issubclass(one, _Real) if cls is made else type.__subclasscheck__(cls, one)

    class Faked(_Real, metaclass=Like):
        def __new__(cls, *args: Any, **kwargs: Any) -> Any:
            return _Real.__new__(_Real if cls is made else cls, *args, **kwargs)

        @classmethod
        def now(cls, tz: Any = None) -> Any:
            tell("clock", "datetime.now", _caller())
            return _Real.now(tz) + later

        @classmethod
        def utcnow(cls) -> Any:
            tell("clock", "datetime.utcnow", _caller())
            return _Real.utcnow() + later

    later = datetime.timedelta(seconds=ahead)
    made: type = Faked
    made.__name__, made.__qualname__, made.__module__ = "datetime", "datetime", "datetime"
    return made


def _caller() -> FrameType | None:
    """The code that called the function which asks: C has no frames, so whoever handed it to `map` is told.

    None in a thread that runs nothing but C.
    """
    return sys._getframe(1).f_back
