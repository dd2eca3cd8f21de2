"""Three fresh processes that must say the same: another hash seed, another order, another zone, language and folder."""

import json
import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from attrs import frozen

LONGEST: Final = 120
"""Seconds after which a process counts as hanging."""


@frozen(kw_only=True)
class Said:
    """What the processes said. `died` is empty, or why one of them said nothing."""

    plain: dict[str, Any]
    backwards: dict[str, Any]
    elsewhere: dict[str, Any]
    died: str = ""


def ask(plugin: str, folders: list[Path]) -> Said:
    """Ask a plugin everything in three processes."""
    here = {"PYTHONHASHSEED": "0", "TZ": "Asia/Shanghai", "LC_ALL": "C.UTF-8"}
    far = {"PYTHONHASHSEED": "4242", "TZ": "America/New_York", "LC_ALL": "C"}
    said: list[dict[str, Any]] = []
    for environment, backwards, watch in ((here, False, True), (here, True, False), (far, False, False)):
        try:
            said.append(_process(plugin, folders, environment, backwards=backwards, watch=watch))
        except _DiedError as error:
            return Said(plain={}, backwards={}, elsewhere={}, died=str(error))
    return Said(plain=said[0], backwards=said[1], elsewhere=said[2])


class _DiedError(Exception):
    pass


def _process(
    plugin: str, folders: list[Path], environment: dict[str, str], *, backwards: bool, watch: bool
) -> dict[str, Any]:
    with TemporaryDirectory(prefix="ssj-") as folder:
        request, answer = Path(folder) / "request.json", Path(folder) / "answer.json"
        asked = {
            "plugin": plugin, "folders": [str(f.resolve()) for f in folders], "backwards": backwards, "watch": watch
        }  # fmt: skip
        request.write_text(json.dumps(asked), encoding="utf-8")
        path = os.pathsep.join(str(Path(p or ".").resolve()) for p in sys.path)
        command = [sys.executable, "-m", "ssj_core.testing.worker", str(request), str(answer)]
        try:
            done = subprocess.run(  # noqa: S603 - this very Python
                command,
                env={**os.environ, **environment, "PYTHONPATH": path, "PYTHONIOENCODING": "utf-8"},
                cwd=folder, capture_output=True, stdin=subprocess.DEVNULL, timeout=LONGEST, check=False,
            )  # fmt: skip
        except subprocess.TimeoutExpired:
            raise _DiedError(f"{LONGEST} s") from None
        if not answer.is_file():
            last = done.stderr.decode(errors="replace").strip().splitlines()[-1:] or [f"exit {done.returncode}"]
            raise _DiedError(last[0])
        told: dict[str, Any] = json.loads(answer.read_text(encoding="utf-8"))
        return told
