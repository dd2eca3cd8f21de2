"""Killing a command at a step that changes the disk, in the middle of a line of the ledger, or for good."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pytest

from ssj_core import ledger as ledgers
from tests.cli.bureau import LOCK

STEPS: Final = ("fsync", "rename", "replace", "mkdir", "rmdir", "unlink")


class Killed(BaseException):
    """Like the plug pulled: no `except Exception` sees it."""


def die_at(number: int, ledger: Path, run: Callable[[], object], monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Run and die instead of the step with this number; gives the steps seen, `ledger` for a line flushed.

    A run that was not killed fails as it would.
    """
    seen, wrapped = _at_step(number, ledger)
    with monkeypatch.context() as patch:
        for name in STEPS:
            patch.setattr(os, name, wrapped(name, getattr(os, name)))
        try:
            run()
        except Killed:
            return seen
        except AssertionError:  # the command's own last door caught it
            if len(seen) < number:
                raise
    return seen


def _at_step(number: int, ledger: Path) -> tuple[list[str], Callable[[str, Callable[..., Any]], Callable[..., Any]]]:
    seen: list[str] = []

    def wrapped(name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **kwargs: Any) -> Any:
            if not str(args[0]).endswith(LOCK):
                written = name == "fsync" and ledger.exists() and os.fstat(args[0]).st_ino == ledger.stat().st_ino
                seen.append("ledger" if written else name)
                if len(seen) == number:
                    raise Killed
            return None if name == "fsync" else real(*args, **kwargs)

        return call

    return seen, wrapped


def tear(ledger: Path, whole_but_its_end: bool) -> None:
    """Cut the last line of a ledger in the middle, or off its line end only."""
    data = ledger.read_bytes()
    last = len(data.splitlines(keepends=True)[-1])
    ledger.write_bytes(data[: -1 if whole_but_its_end else -last // 2])


def put_back(folder: Path, before: dict[str, bytes]) -> None:
    """The folder as in a snapshot of it, but for the lock."""
    for path in sorted(folder.iterdir()):
        if path.name != LOCK:
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    for name, data in before.items():
        path = folder / name
        if data == b"/":
            path.mkdir(parents=True, exist_ok=True)
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)


_KILLER: Final = """
import os, sys
count, at = 0, int(sys.argv.pop(1))
real = os.fsync
def fsync(handle):
    global count
    count += 1
    if count == at:
        os._exit(9)
    real(handle)
os.fsync = fsync
from ssj_cli.main import main
main()
"""


def kill_process(number: int, *args: str) -> None:
    """A process of its own that really dies at this flush."""
    command = [sys.executable, "-c", _KILLER, str(number), *args]
    done = subprocess.run(command, capture_output=True, env={**os.environ, "PYTHONUTF8": "1"}, check=False)
    assert done.returncode == 9, done.stderr


_HOLDER: Final = """
import sys
from pathlib import Path
from ssj_core.workspace import Workspace
with Workspace(Path(sys.argv[1])).locked():
    print("held", flush=True)
    sys.stdin.read()
"""


def while_held(folder: Path, run: Callable[[], object]) -> None:
    """Run while another process is at work in the folder."""
    with subprocess.Popen(
        [sys.executable, "-c", _HOLDER, str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline().startswith(b"held")
        run()
        holder.communicate(b"")


def read(ledger: Path) -> ledgers.Ledger:
    """The ledger, empty where there is none."""
    return ledgers.read(ledger.read_bytes()) if ledger.exists() else ledgers.Ledger()
