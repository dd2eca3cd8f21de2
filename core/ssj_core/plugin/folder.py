"""A folder of TOML dropped in by an office: data only, nothing outside it, nothing without end."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from ssj_core.problems import PluginError, Problem, problem
from ssj_core.text import Text
from ssj_core.toml_files import LARGEST

_SPECIAL: Final = Text("不是普通文件", "a special file")

ALLOWED: Final = (".toml", ".md", ".txt")
"""Endings of what a folder of rules holds: tables, and what somebody writes about them."""

CODE: Final = frozenset({
    ".py", ".pyc", ".pyd", ".pyi", ".pyo", ".pyw", ".pyx", ".pyz", ".pth", ".whl", ".egg", ".ipynb", ".so", ".dll",
    ".dylib", ".exe", ".com", ".scr", ".msi", ".cpl", ".bat", ".cmd", ".ps1", ".psm1", ".vbs", ".vbe", ".wsf", ".hta",
    ".lnk", ".reg", ".sh", ".bash", ".run", ".js", ".jse", ".mjs", ".ts", ".wasm", ".jar", ".class", ".apk", ".rb",
    ".pl", ".lua", ".xlsm", ".xlam", ".xla", ".docm", ".pptm",
})  # fmt: skip
"""Endings of code. It would never run, and whoever put it there believes that it does."""


def check_folder(folder: Path, *, package: bool = False) -> None:
    """Look at every file below a folder before any is read; what is hidden is not part of the plugin.

    A `package`, of which nothing is run either, may hold code and whatever else.

    Raises:
        PluginError: with every file that does not belong there.
    """
    found = list(_below(folder, folder.resolve(), "", folder.name or str(folder)))
    found = [one for one in found if not (package and one.code in ("SSJ-G016", "SSJ-G027"))]
    if found:
        raise PluginError(found)


def _below(folder: Path, top: Path, prefix: str, plugin: str) -> Iterator[Problem]:
    try:
        entries = sorted(os.scandir(folder), key=lambda e: e.name)
    except FileNotFoundError:  # that there is no such folder is said of its manifest
        return
    except OSError as error:
        yield problem("SSJ-G020", file=folder.as_posix(), value=prefix or ".", plugin=plugin, reason=error)
        return
    for entry in entries:
        if entry.name == "__pycache__" or entry.name.startswith("."):
            continue
        yield from _one(Path(entry.path), top, prefix + entry.name, plugin)


def _one(path: Path, top: Path, name: str, plugin: str) -> Iterator[Problem]:
    file = path.as_posix()
    try:
        real = path.resolve(strict=True)
        size = real.stat().st_size
    except (OSError, RuntimeError) as error:  # RuntimeError: a link to itself, before Python 3.13
        code = "SSJ-G019" if isinstance(error, RuntimeError) or path.is_symlink() else "SSJ-G020"
        yield problem(code, file=file, value=name, plugin=plugin, reason=error)
        return
    if not real.is_relative_to(top):
        yield problem("SSJ-G017", file=file, value=name, plugin=plugin, target=real)
    elif real.is_dir():
        if real != path.parent.resolve() / path.name:  # a linked folder is hashed twice, or for ever
            yield problem("SSJ-G019", file=file, value=name, plugin=plugin, reason=real)
        else:
            yield from _below(path, top, name + "/", plugin)
    elif not real.is_file():
        yield problem("SSJ-G020", file=file, value=name, plugin=plugin, reason=_SPECIAL)
    elif path.suffix.lower() in CODE:
        yield problem("SSJ-G016", file=file, value=name, plugin=plugin)
    elif path.suffix.lower() not in ALLOWED:
        yield problem("SSJ-G027", file=file, value=name, plugin=plugin, known=", ".join(ALLOWED))
    elif size > LARGEST:
        yield problem("SSJ-G018", file=file, value=name, plugin=plugin, size=size, most=LARGEST)
