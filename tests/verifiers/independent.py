"""`verify_ssj.py` as an auditor has it: a file, loaded from its path or run by an interpreter without the project."""

import os
import subprocess
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any, Final

SOURCE: Final = Path(__file__).resolve().parents[2] / "core" / "ssj_core" / "verifiers" / "verify_ssj.py"


def load() -> Any:
    """The file as a module."""
    spec = spec_from_file_location("verify_ssj", SOURCE)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


SSJ: Final[Any] = load()


def fillable(given: dict[str, Any]) -> bool:
    """Whether it finds a complete roster (MUST-8.5)."""
    cap = {officer: most for officer, most, _ in given["officers"]}
    return SSJ.changes(SSJ.may_hold(given), cap, {}, []) is not None


def run(
    *args: str | Path, script: Path = SOURCE, cwd: Path | None = None, encoding: str = "utf-8"
) -> subprocess.CompletedProcess[str]:
    """Run it isolated: neither site-packages nor PYTHON… variables but the encoding of the pipe."""
    env = {k: v for k, v in os.environ.items() if not k.startswith(("SSJ_", "PYTHON", "LC_", "LANG"))}
    code = "import runpy, sys; sys.argv = sys.argv[1:]; runpy.run_path(sys.argv[0], run_name='__main__')"
    done = subprocess.run(
        [sys.executable, "-S", "-s", "-P", "-c", code, script, *args], cwd=cwd, capture_output=True, timeout=60,
        env={**env, "PYTHONIOENCODING": encoding}, encoding=encoding, check=False,
    )  # fmt: skip
    assert "Traceback" not in done.stderr, done.stderr
    assert done.stderr == ""
    return done
