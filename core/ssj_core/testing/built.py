"""Check that a plugin is the same from its checkout and from a wheel: what is not in the wheel is missing elsewhere."""

import json
import subprocess
import sys
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from hashlib import sha256
from importlib.metadata import Distribution
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit
from urllib.request import url2pathname
from zipfile import Path as ZipPath

from ssj_core.plugin.digest import folder_digest
from ssj_core.problems import Problem, problem
from ssj_core.testing.examined import Examined

_LONGEST = 600


def same_wheel(plugin: Examined) -> Iterator[Problem]:
    """The files in use are those of the wheel: built anew for a checkout, as recorded for an installation."""
    entry, root = plugin.source.entry, plugin.source.root()
    if entry is None or root is None or entry.dist is None:
        return
    project = _checkout(entry.dist.read_text("direct_url.json") or "")
    if project is None:
        yield from _as_recorded(plugin, entry.dist, root)
        return
    with TemporaryDirectory(prefix="ssj-") as folder:
        command = [
            sys.executable, "-m", "pip", "wheel", "--no-deps", "--no-build-isolation", "--quiet",
            "--disable-pip-version-check", "--wheel-dir", folder, str(project),
        ]  # fmt: skip
        done = subprocess.run(command, capture_output=True, timeout=_LONGEST, check=False)  # noqa: S603 - this Python
        wheels = sorted(Path(folder).glob("*.whl"))
        if not wheels:
            lines = done.stderr.decode(errors="replace").strip().splitlines() or [f"exit {done.returncode}"]
            yield problem("SSJ-G112", value=plugin.id, what=lines[-1])
            return
        inside = ZipPath(wheels[0], at=plugin.source.module.replace(".", "/") + "/")
        if not inside.exists() or folder_digest(inside) != folder_digest(root):
            lacking = sorted(_names(root) - (_names(inside) if inside.exists() else set()))
            yield problem("SSJ-G111", value=plugin.id, what=", ".join(lacking[:5]) or wheels[0].name)


def _checkout(direct_url: str) -> Path | None:
    """The folder of an editable installation."""
    try:
        told = json.loads(direct_url)
        if told["dir_info"].get("editable"):
            return Path(url2pathname(urlsplit(told["url"]).path))
    except (ValueError, KeyError, TypeError):
        return None
    return None


def _as_recorded(plugin: Examined, installed: Distribution, root: Path) -> Iterator[Problem]:
    """`RECORD` of an installation lists what its wheel held."""
    if installed.files is None:
        yield problem("SSJ-G112", value=plugin.id, what="no RECORD")
        return
    package = plugin.source.module.replace(".", "/") + "/"
    recorded = {
        file.as_posix().removeprefix(package): file.hash.value if file.hash else ""
        for file in installed.files
        if file.as_posix().startswith(package) and "__pycache__" not in file.parts
    }
    for name in sorted(_names(root) | set(recorded)):
        path = root / name
        if name not in recorded or not path.is_file() or recorded[name] != _recorded_hash(path.read_bytes()):
            yield problem("SSJ-G111", value=plugin.id, what=name)


def _recorded_hash(data: bytes) -> str:
    return urlsafe_b64encode(sha256(data).digest()).decode().rstrip("=")


def _names(folder: Path | ZipPath, prefix: str = "") -> set[str]:
    found: set[str] = set()
    for entry in folder.iterdir():
        if entry.name == "__pycache__" or entry.name.startswith("."):
            continue
        found |= _names(entry, f"{prefix}{entry.name}/") if entry.is_dir() else {prefix + entry.name}
    return found
