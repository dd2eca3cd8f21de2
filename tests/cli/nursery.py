"""Processes that have imported the programme already: each is forked from one that did nothing but import it.

They are processes of their own, with their own session, terminal, environment and folder; only the half second in which
Python reads the same modules once more is spared.
"""

import atexit
import json
import os
import select
import signal
import socket
import subprocess
import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final, Self

_LARGEST: Final = 1 << 20


class Forked:
    """One process, running `source` with standard input, output and errors at `terminal`."""

    def __init__(self, source: str, args: Sequence[str], terminal: int, encoding: str) -> None:
        here = {"env": dict(os.environ), "folder": str(Path.cwd())}
        asked = {"source": source, "args": args, "encoding": encoding, **here}
        told, tell = os.pipe()
        with os.fdopen(tell, "wb"):
            socket.send_fds(_nursery(), [json.dumps(asked).encode() + b"\n"], [terminal, tell])
        self._told = os.fdopen(told, "rb", buffering=0)
        self._pid = int(self._line())
        self._code: int | None = None

    def wait(self, longest: float) -> int:
        """Its exit code, negative where a signal ended it, as `subprocess` says it."""
        if self._code is None:
            assert select.select([self._told], [], [], longest)[0], "it does not end"
            self._code = os.waitstatus_to_exitcode(int(self._line()))
            self._told.close()
        return self._code

    def kill(self) -> None:
        """End it, if it has not ended."""
        if self._code is None and not select.select([self._told], [], [], 0)[0]:
            os.kill(self._pid, signal.SIGKILL)

    def _line(self) -> bytes:
        line = b""
        while not line.endswith(b"\n"):
            more = self._told.read(1)
            assert more, "the process from which all are forked has ended"
            line += more
        return line


@cache
def _nursery() -> socket.socket:
    """The line to the process that forks; it ends when the line is closed."""
    ours, theirs = socket.socketpair()
    with theirs:
        command = [sys.executable, "-P", __file__, str(theirs.fileno())]  # no module of the tests is a library
        process = subprocess.Popen(
            command,
            pass_fds=[theirs.fileno()],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            start_new_session=True,  # who interrupts the tests interrupts them only
        )
    atexit.register(process.wait)
    atexit.register(ours.close)
    return ours


class _Asked:
    """What the next process shall do."""

    def __init__(self, asked: dict[str, Any], terminal: int, tell: int) -> None:
        self.asked, self.terminal, self.tell = asked, terminal, tell

    @classmethod
    def read(cls, line: socket.socket) -> Self | None:
        """None when nobody will ask any more."""
        data, fds, _, _ = socket.recv_fds(line, _LARGEST, 2)
        if not data:
            return None
        while not data.endswith(b"\n"):
            data += line.recv(_LARGEST)
        return cls(json.loads(data), *fds)

    def told(self, number: int) -> None:
        os.write(self.tell, b"%d\n" % number)

    def become(self) -> None:
        """In the new process: a session, terminal, environment and folder of its own."""
        os.close(self.tell)
        os.setsid()
        for standard in range(3):
            os.dup2(self.terminal, standard)
        os.close(self.terminal)
        os.environ.clear()
        os.environ.update(self.asked["env"])
        os.chdir(self.asked["folder"])
        said: Final = self.asked["encoding"]
        sys.stdin = open(0, encoding=said)  # noqa: SIM115
        sys.stdout = open(1, "w", encoding=said, buffering=1)  # noqa: SIM115
        sys.stderr = open(2, "w", encoding=said, buffering=1, errors="backslashreplace")  # noqa: SIM115
        sys.argv = ["-c", *self.asked["args"]]


def _serve(line: socket.socket) -> str:
    """Fork until nobody asks any more; in every new process, what it shall do."""
    import ssj_cli.main  # noqa: F401 - this is what is spared

    while asked := _Asked.read(line):
        if os.fork() == 0:  # it waits, so that this process can go on
            line.close()
            pid = os.fork()
            if pid == 0:
                asked.become()
                return str(asked.asked["source"])
            os.close(asked.terminal)
            asked.told(pid)
            asked.told(os.waitpid(pid, 0)[1])
            os._exit(0)
        os.close(asked.terminal)
        os.close(asked.tell)
        _bury()
    return ""


def _bury() -> None:
    """Take notice of those that have ended."""
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        pass


if __name__ == "__main__":
    exec(compile(_serve(socket.socket(fileno=int(sys.argv[1]))), "<string>", "exec"), {"__name__": "__main__"})  # noqa: S102
