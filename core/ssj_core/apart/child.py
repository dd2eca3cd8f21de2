"""A fresh Python that answers one question, so that foreign code which ends its process ends no other."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from ssj_core.apart.marker import MARK, Marker, State
from ssj_core.apart.waiting import Patience, wait
from ssj_core.causes import quoted
from ssj_core.text import Text
from ssj_core.watching import watched_by


class DiedError(Exception):
    """The process gave no answer; `how` it ended, and the value `asked` when it did, empty where none was."""

    def __init__(self, how: Text, asked: str = "") -> None:
        self.how, self.asked = how, asked
        super().__init__(how.en)


def ask_child(
    module: str,
    asked: Mapping[str, object],
    *,
    patience: Patience,
    environment: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """Run `python -m MODULE REQUEST ANSWER` with this process's `sys.path`, in a folder of its own.

    Both are JSON files; what foreign code prints disturbs nobody.

    Raises:
        DiedError: it ended without an answer, or it or a function in it took too long.
    """
    with TemporaryDirectory(prefix="ssj-", ignore_cleanup_errors=True) as folder:
        request, answer = Path(folder) / "request.json", Path(folder) / "answer.json"
        request.write_text(json.dumps(asked), encoding="utf-8")
        marker = Marker.new(Path(folder) / "mark")
        more = {**(environment or {}), MARK: str(Path(folder) / "mark"), "PYTHONIOENCODING": "utf-8"}
        with (Path(folder) / "stderr").open("w+b") as said:  # a pipe would be kept open by what it starts
            process = start(
                ["-m", module, str(request), str(answer)],
                more, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=said,
            )  # fmt: skip
            try:
                ended = wait(process, marker, patience)
            finally:
                if process.poll() is None:
                    process.kill()
                    process.wait()
                marker.close()
            try:
                told: dict[str, Any] = json.loads(answer.read_text(encoding="utf-8"))
            except (OSError, ValueError):  # no answer, or one that breaks off: it ended while it wrote
                said.seek(0)
                raise DiedError(_how(ended.how, said.read(100_000)), _being_asked(ended.state)) from None
        return told


def start(words: list[str], environment: Mapping[str, str], **given: Any) -> subprocess.Popen[bytes]:
    """Start this very Python with this process's `sys.path`; the folder it stands in is no place to import from."""
    path = os.pathsep.join(str(Path(p or ".").resolve()) for p in sys.path)
    options = ["-P", *(["-X", "utf8"] if sys.flags.utf8_mode else []), *(["-O"] if sys.flags.optimize else [])]
    env = {**os.environ, **environment, "PYTHONPATH": path}
    return subprocess.Popen([sys.executable, *options, *words], env=env, **given)  # noqa: S603 - this very Python


@contextmanager
def watched_here() -> Iterator[None]:
    """While the block lasts, tell the process that started this one what is being run; nobody, where none did so."""
    path = os.environ.pop(MARK, "")
    if not path:
        yield
        return
    with watched_by(Marker(Path(path))):
        yield


def _being_asked(state: State) -> str:
    return state.last if state.inside and "." in state.last else ""


def _how(how: Text, stderr: bytes) -> Text:
    """How it ended, and the last line that was said."""
    lines = stderr.decode(errors="replace").strip().splitlines()
    if not lines:
        return how
    last = quoted(lines[-1])
    return Text(f"{how.zh}，{last.zh}", f"{how.en}, {last.en}")
