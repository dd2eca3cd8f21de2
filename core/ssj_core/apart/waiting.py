"""Wait for a process that runs code of others: until it ends, or until one function has not come back in its time."""

import signal
import subprocess
from collections.abc import Callable
from time import monotonic
from typing import Final

from attrs import frozen

from ssj_core.apart.marker import Marker, State
from ssj_core.text import Text

TICK: Final = 0.25
"""Seconds between two looks."""

_LINGER: Final = 10.0
"""Seconds that a process may take to end once it has said that all is over: threads of others may hold it."""


@frozen(kw_only=True)
class Patience:
    """How many seconds one function may take, of one row and of a whole file, and the process in all (0: any time)."""

    row: float
    whole: float
    all: float = 0.0

    def of(self, state: State) -> float:
        """What the function that is being run may take."""
        return self.whole if state.whole else self.row


@frozen(kw_only=True)
class Ended:
    """How it ended: with `code` where it said so itself, else `how`; `state` is what stood in its mark."""

    code: int | None
    how: Text
    state: State


def wait(
    process: subprocess.Popen[bytes],
    marker: Marker,
    patience: Patience,
    waiting: Callable[[State, float], None] = lambda _state, _seconds: None,
) -> Ended:
    """Wait for the end of `process`, and end it where it takes too long; `waiting` is told, at every look, how long.

    Time in which this process did not run either, as on a computer that slept, does not count. Whatever ends the
    waiting, `KeyboardInterrupt` too, is passed on, and the process goes on running.
    """
    asked, all_told, over_since = 0.0, 0.0, 0.0
    before, last = State(), monotonic()
    while True:
        try:
            return _ended(process.wait(TICK), marker.read())
        except subprocess.TimeoutExpired:
            pass
        now = monotonic()
        step, last = min(now - last, 2 * TICK), now
        state = marker.read()
        asked = asked + step if state.inside and state.calls == before.calls else 0.0
        over_since = over_since + step if state.over else 0.0
        all_told += step
        before = state
        if over_since > _LINGER:
            return _killed(process, state, Text("", ""))
        if state.inside and asked > (limit := patience.of(state)):
            return _killed(process, state, _too_long(limit) if state.whole else _no_answer(limit))
        if patience.all and all_told > patience.all:
            return _killed(process, state, _too_long(patience.all))
        if state.inside:
            waiting(state, asked)


def _no_answer(seconds: float) -> Text:
    return Text(f"{seconds:g} 秒还没有回答", f"no answer in {seconds:g} s")


def _too_long(seconds: float) -> Text:
    return Text(f"{seconds:g} 秒还没有结束", f"no end in {seconds:g} s")


def _killed(process: subprocess.Popen[bytes], state: State, how: Text) -> Ended:
    process.kill()
    process.wait()
    return Ended(code=state.code if state.over else None, how=how, state=state)


def _ended(code: int, state: State) -> Ended:
    return Ended(code=state.code if state.over else None, how=how_ended(code), state=state)


def how_ended(code: int) -> Text:
    """The exit code or signal."""
    if code >= 0:
        return Text(f"退出码 {code}", f"exit code {code}")
    name = signal.Signals(-code).name if -code in {s.value for s in signal.Signals} else str(-code)
    return Text(f"信号 {name}", f"signal {name}")
