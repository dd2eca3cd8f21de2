"""The digest of a plugin's files, the same from a checkout and from a wheel."""

from hashlib import sha256
from importlib.resources.abc import Traversable

from ssj_core.canonical import digest, lines
from ssj_core.toml_files import toml_bytes


def folder_digest(folder: Traversable, shown: str = "") -> str:
    """H over L of `ssj.plugin.1` and, sorted by path, each file's path and digest; caches are left out.

    Raises:
        InputError: a TOML file, named by the path `shown` before it, is too large to be one.
    """
    found: list[tuple[str, str]] = []
    _collect(folder, "", shown, found)
    return digest(lines("ssj.plugin.1", *(text for pair in sorted(found) for text in pair)))


def _collect(folder: Traversable, prefix: str, shown: str, found: list[tuple[str, str]]) -> None:
    for entry in folder.iterdir():
        if entry.name == "__pycache__" or entry.name.startswith("."):
            continue
        path = prefix + entry.name
        if entry.is_dir():
            _collect(entry, path + "/", shown, found)
        else:
            found.append((path, _digest(entry, f"{shown}/{path}")))


def _digest(file: Traversable, name: str) -> str:
    if name.endswith(".toml"):
        return digest(toml_bytes(file, name))
    hashed = sha256()
    with file.open("rb") as opened:
        while piece := opened.read(1 << 20):  # a package may hold more than tables
            hashed.update(piece)
    return hashed.hexdigest()
