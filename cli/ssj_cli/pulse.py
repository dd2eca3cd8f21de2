"""A sign of life at a terminal: what is being done, how far it is and how long it takes, on one line written over.

Nothing of it reaches a file or a pipe, and nothing that is computed knows of it.
"""

import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import click
from attrs import define, field
from wcwidth import wcswidth, wcwidth

from ssj_core.text import Lang, Text

PATIENCE: Final = 1.0
"""Seconds after which a step that was not announced is, and after which the seconds of one are counted."""
SILENCE: Final = 2.0
"""Seconds without a word after which it is said that something is going on."""
_BEAT: Final = 0.5
_OFTEN: Final = 0.1
_WAIT: Final = Text("请稍候……", "working ...")


@define(slots=False)
class Pulse:
    """One line of the terminal, and the thread that keeps it alive; whatever else is printed is printed `aside`.

    `lang` is None where nobody watches: then nothing is ever shown.
    """

    lang: Lang | None = None
    _label: Text | None = None
    _count: Text | None = None
    _since: float = 0.0
    _painted: float = 0.0
    _width: int = 0
    _asking: bool = False
    _lock: threading.RLock = field(factory=threading.RLock)

    @contextmanager
    def beating(self, lang: Lang) -> Iterator[None]:
        """While a command runs at a terminal."""
        over = threading.Event()
        self.lang = lang
        self._forget()
        beat = threading.Thread(target=self._beat, args=(over,), daemon=True)
        beat.start()
        try:
            yield
        finally:
            over.set()
            beat.join()
            self._clear()
            self.lang = None

    def step(self, what: Text, *, at_once: bool) -> None:
        """What is done from now on; without `at_once` it is shown only if it lasts."""
        with self._lock:
            self._clear()
            self._label = what
            if at_once:
                self._paint()

    def count(self, how_far: Text, *, last: bool) -> None:
        """How far the step is; of many in a moment only some are shown, but the `last` one is."""
        with self._lock:
            self._asking, self._count = False, how_far
            if last or time.monotonic() - self._painted > _OFTEN:
                self._paint()

    @contextmanager
    def aside(self) -> Iterator[None]:
        """While something else is printed: a step stays on the screen, mere waiting leaves no line."""
        with self._lock:
            self._clear()
            yield

    def ask(self) -> None:
        """Be still until something is printed again: somebody reads a question."""
        with self._lock:
            self._clear()
            self._asking = True

    def _clear(self) -> None:
        if self._width:
            stays = self._label is not None or self._count is not None
            click.echo("" if stays else f"\r{' ' * self._width}\r", err=True, nl=stays)
        self._forget()

    def _forget(self) -> None:
        self._label = self._count = None
        self._width, self._asking, self._since = 0, False, time.monotonic()

    def _beat(self, over: threading.Event) -> None:
        while not over.wait(_BEAT):
            with self._lock:
                patience = PATIENCE if self._label or self._count else SILENCE
                if not self._asking and time.monotonic() - self._since > patience:
                    self._paint()

    def _paint(self) -> None:
        if self.lang is None:
            return
        label = self._label or (None if self._count else _WAIT)
        seconds = int(time.monotonic() - self._since)
        count = self._count(self.lang) if self._count else ""
        passed = Text(f"{seconds} 秒", f"{seconds} s")(self.lang) if seconds >= PATIENCE else ""
        line = _line(label(self.lang) if label else "", " ".join(filter(None, (count, passed))))
        width = max(0, wcswidth(line))
        click.echo("\r" + line + " " * max(0, self._width - width), err=True, nl=False)
        self._width, self._painted = max(width, 1), time.monotonic()


def _line(label: str, how_far: str) -> str:
    """What fits on one line of the terminal, as a longer one could not be written over: of the label the beginning."""
    room = shutil.get_terminal_size().columns - 1
    end = f" {how_far}" if label and how_far else how_far
    return _cut(f"  {label}", max(0, room - wcswidth(end))) + _cut(end, room)


def _cut(text: str, cells: int) -> str:
    used = 0
    for place, sign in enumerate(text):
        used += max(0, wcwidth(sign))
        if used > cells:
            return text[:place]
    return text


PULSE: Final = Pulse()
"""That of this process: a process has one terminal."""
