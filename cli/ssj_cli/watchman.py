"""Watches the process that plays a command with code of others, and says how it ended where it could not say so."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, NoReturn

from ssj_cli.console import echo
from ssj_cli.exit_codes import ExitCode
from ssj_cli.say import Voice
from ssj_core.apart.child import start
from ssj_core.apart.marker import MARK, Marker, State
from ssj_core.apart.trial import ended_by
from ssj_core.apart.waiting import Ended, Patience, wait
from ssj_core.plugin.source import Source
from ssj_core.problems import Problem, problem

LIMIT: Final = "SSJ_CALL_LIMIT"
"""The environment's variable with the seconds in which a rule has to answer about one unit."""

_SECONDS: Final = 60.0
_WHOLE: Final = 10
"""How many times as long a reader, a source or a paper may take: it has a whole file to do, or waits for a network."""

_TOLD_AFTER: Final = 5.0
_GRACE: Final = 5.0
"""Seconds that a command has to end by itself once somebody interrupted it."""


def watch_over(words: Sequence[str], voice: Voice, foreign: Callable[[], Mapping[str, Source]]) -> tuple[int, bool]:
    """As `guarded.again`; `foreign` finds the plugins of others, to name one."""
    with TemporaryDirectory(prefix="ssj-", ignore_cleanup_errors=True) as folder:
        path = Path(folder) / "mark"
        marker = Marker.new(path)
        process = start(["-m", "ssj_cli", *words], {MARK: str(path)})
        try:
            ended = _watch(process, marker, voice)
        finally:
            if process.poll() is None:
                process.kill()
                process.wait()
            marker.close()
    if ended is None:
        voice.error("已中断；没有完成的抽取下次接着完成。", "interrupted; the next run goes on.")
        return ExitCode.INTERRUPTED, False
    if ended.code is not None:
        return ended.code, True
    _below()
    voice.problems([_told(ended, foreign())])
    return ExitCode.PLUGIN, False


def _watch(process: subprocess.Popen[bytes], marker: Marker, voice: Voice) -> Ended | None:
    """How it ended; None where somebody interrupted it, and it would not end by itself."""
    patience = _patience()
    waiting = _Waiting(voice, patience)
    before = signal.signal(signal.SIGTERM, _leave)  # what ends this process ends that one, too
    try:
        ended = wait(process, marker, patience, waiting.tell)
    except KeyboardInterrupt:  # at a terminal both are told; the other one says so and ends
        with suppress(KeyboardInterrupt):
            ended = wait(process, marker, Patience(row=_GRACE, whole=_GRACE, all=_GRACE))
            return ended if ended.code is not None else None
        return None
    finally:
        signal.signal(signal.SIGTERM, before)
    if ended.code == ExitCode.INTERRUPTED and ended.state.last:
        value = ended.state.last
        voice.error(
            f"没有人按 Ctrl-C：可能是 {value} 自己中断的。", f"nobody pressed Ctrl-C: {value} may have done it itself."
        )
    return ended


def _patience() -> Patience:
    try:
        seconds = float(os.environ.get(LIMIT, ""))
    except ValueError:
        seconds = _SECONDS
    seconds = seconds if seconds > 0 else _SECONDS
    return Patience(row=seconds, whole=seconds * _WHOLE)


class _Waiting:
    """Tells somebody who sits and waits for whom, once for every call that takes long."""

    def __init__(self, voice: Voice, patience: Patience) -> None:
        self._voice, self._patience, self._told = voice, patience, 0

    def tell(self, state: State, seconds: float) -> None:
        limit = self._patience.of(state)
        if seconds < min(_TOLD_AFTER, limit / 2) or state.calls == self._told:
            return
        self._told = state.calls
        _below()
        self._voice.error(
            f"正在等 {state.last} 回答，已等 {seconds:.0f} 秒；到 {limit:g} 秒就停下。",
            f"waiting for {state.last}, {seconds:.0f} s so far; at {limit:g} s it is stopped.",
        )


def _told(ended: Ended, known: Mapping[str, Source]) -> Problem:
    """Who was being asked when the process ended, or was asked last."""
    value = ended.state.last
    plugin = value.partition(".")[0]
    if ended.state.inside and plugin in known:
        return ended_by(value, known[plugin], ended.how)
    label = known[plugin].label if plugin in known else "、".join(source.label for source in known.values())
    return problem("SSJ-G030", value=value or "—", plugin=plugin or "ID", distribution=label, how=ended.how)


def _below() -> None:
    """At a terminal the other process may have left a line open, on which it told how far it was."""
    if sys.stderr.isatty():
        echo(err=True)


def _leave(number: int, _frame: object) -> NoReturn:
    sys.exit(128 + number)
