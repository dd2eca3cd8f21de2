"""The digest of a plugin's files, the same from a checkout and from a wheel."""

from importlib.resources.abc import Traversable

from ssj_core.canonical import digest, lines


def folder_digest(folder: Traversable) -> str:
    """H over L of `ssj.plugin.1` and, sorted by path, each file's path and digest; caches are left out."""
    found: list[tuple[str, str]] = []
    _collect(folder, "", found)
    return digest(lines("ssj.plugin.1", *(text for pair in sorted(found) for text in pair)))


def _collect(folder: Traversable, prefix: str, found: list[tuple[str, str]]) -> None:
    for entry in folder.iterdir():
        if entry.name == "__pycache__" or entry.name.startswith("."):
            continue
        path = prefix + entry.name
        if entry.is_dir():
            _collect(entry, path + "/", found)
        else:
            found.append((path, digest(entry.read_bytes())))
