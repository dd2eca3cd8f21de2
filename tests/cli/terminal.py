"""A clerk at a real pseudo-terminal: reads what is on the screen and answers when he is asked."""

import os
import re
import select
import subprocess
import sys
import time
from collections.abc import Sequence
from types import TracebackType
from typing import Final, Self

from tests.cli.nursery import Forked

ENTER: Final = ""
CTRL_C: Final = "\x03"
CTRL_D: Final = "\x04"

PATIENCE: Final = 60
"""Seconds without a sign on the screen after which something hangs."""

_PROGRAMME: Final = """\
import os, signal, sys
os.close(os.open(os.ttyname(0), os.O_RDWR))  # whoever leads a session and opens a terminal has it: Ctrl-C works
signal.signal(signal.SIGINT, signal.default_int_handler)  # tests that run in the background were told to ignore it
{setup}
from ssj_cli.main import main
main()
"""
_AT: Final = """\
from datetime import datetime
from ssj_cli import clock
clock.today = lambda: datetime.fromisoformat({moment!r})
"""


def _started(source: str, args: Sequence[str], terminal: int, encoding: str) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [sys.executable, "-c", source, *args],
        stdin=terminal,
        stdout=terminal,
        stderr=terminal,
        env={**os.environ, "PYTHONIOENCODING": encoding},
        start_new_session=True,
    )


class Terminal:
    """A command at a terminal of its own. `screen` is all that was shown so far, with what was typed.

    `fresh` starts Python anew, as at an office; otherwise the process has imported the programme already.
    """

    def __init__(self, *args: str, encoding: str = "utf-8", at: str = "", setup: str = "", fresh: bool = False) -> None:
        self.encoding, self.screen = encoding, ""
        if at:
            setup += "\n" + _AT.format(moment=at)
        self.keyboard, terminal = os.openpty()
        self._bytes, self._seen = b"", 0
        source = _PROGRAMME.format(setup=setup)
        start = _started if fresh else Forked
        self._process: Forked | subprocess.Popen[bytes] = start(source, args, terminal, encoding)
        os.close(terminal)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        self._process.kill()
        self._process.wait(PATIENCE)
        os.close(self.keyboard)

    def wait_for(self, pattern: str) -> None:
        """Until this stands on the screen, behind what was waited for before."""
        while not (found := re.search(pattern, self.screen[self._seen :])):
            assert self._read(), f"{pattern!r} never came:\n{self.screen}"
        self._seen += found.end()

    def type(self, text: str) -> None:
        """A line and Enter, or a key that is struck alone."""
        if text == CTRL_C:
            time.sleep(0.5)  # a question is on the screen a moment before somebody waits for its answer
        os.write(self.keyboard, (text if text in (CTRL_C, CTRL_D) else text + "\n").encode(self.encoding))

    def talk(self, *turns: tuple[str, str | Sequence[str]]) -> None:
        """Wait for each question and answer it; several lines are typed at once, as when they are pasted."""
        for pattern, answer in turns:
            self.wait_for(pattern)
            for line in (answer,) if isinstance(answer, str) else answer:
                self.type(line)

    def still(self, seconds: float) -> bool:
        """Whether nothing more appears for so long."""
        return not select.select([self.keyboard], [], [], seconds)[0]

    def end(self) -> int:
        """The exit code, once all is said."""
        while self._read():
            pass
        return self._process.wait(PATIENCE)

    def _read(self) -> bool:
        if not select.select([self.keyboard], [], [], PATIENCE)[0]:
            return False
        try:
            more = os.read(self.keyboard, 65536)
        except OSError:  # Linux tells so that the other side is closed
            more = b""
        self._bytes += more
        self.screen = self._bytes.decode(self.encoding, "replace").replace("\r\n", "\n")
        return bool(more)
