"""A fresh Python that answers one question, so that foreign code which ends its process ends no other."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from ssj_core.causes import quoted
from ssj_core.text import Text


class DiedError(Exception):
    """The process gave no answer; `how` it ended."""

    def __init__(self, how: Text) -> None:
        self.how = how
        super().__init__(how.en)


def ask_child(
    module: str, asked: Mapping[str, object], *, longest: float, environment: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """Run `python -m MODULE REQUEST ANSWER` with this process's `sys.path`, in a folder of its own.

    Both are JSON files; what foreign code prints disturbs nobody.

    Raises:
        DiedError: it ended without an answer, or took more than `longest` seconds to end.
    """
    with TemporaryDirectory(prefix="ssj-", ignore_cleanup_errors=True) as folder:
        request, answer = Path(folder) / "request.json", Path(folder) / "answer.json"
        request.write_text(json.dumps(asked), encoding="utf-8")
        path = os.pathsep.join(str(Path(p or ".").resolve()) for p in sys.path)
        more = {**(environment or {}), "PYTHONPATH": path, "PYTHONIOENCODING": "utf-8"}
        with (Path(folder) / "stderr").open("w+b") as said:  # a pipe would be kept open by what it starts
            try:
                done = subprocess.run(  # noqa: S603 - this very Python
                    [sys.executable, "-m", module, str(request), str(answer)],
                    env={**os.environ, **more}, cwd=folder, timeout=longest, check=False,
                    stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=said,
                )  # fmt: skip
            except subprocess.TimeoutExpired:
                raise DiedError(Text(f"{longest:g} 秒还没有结束", f"no end in {longest:g} s")) from None
            if not answer.is_file():
                said.seek(0)
                raise DiedError(_how(done.returncode, said.read(100_000)))
        told: dict[str, Any] = json.loads(answer.read_text(encoding="utf-8"))
        return told


def _how(code: int, stderr: bytes) -> Text:
    """The exit code or signal, and the last line that was said."""
    lines = stderr.decode(errors="replace").strip().splitlines()
    how = Text(f"退出码 {code}", f"exit code {code}")
    if code < 0:
        name = signal.Signals(-code).name if -code in {s.value for s in signal.Signals} else str(-code)
        how = Text(f"信号 {name}", f"signal {name}")
    if not lines:
        return how
    last = quoted(lines[-1])
    return Text(f"{how.zh}，{last.zh}", f"{how.en}, {last.en}")
