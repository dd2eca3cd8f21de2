"""The tables of every plugin in a folder or a wheel, to be compared with those of another version."""

import zipfile
from collections.abc import Iterator, Mapping
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Final

from attrs import frozen

from ssj_core.canonical import digest
from ssj_core.changes import KINDS, Timelines, timelines
from ssj_core.plugin.declarative import MANIFEST, read_manifest, read_tables
from ssj_core.plugin.folder import check_folder
from ssj_core.problems import InputError, PluginError, problem
from ssj_core.structuring import decode_toml, parse_toml
from ssj_core.toml_files import LARGEST

_DEEPEST: Final = 4


@frozen(kw_only=True)
class Version:
    """A version of one or several plugins: their dated rules, and the digests of files that are no tables, by name."""

    plugins: tuple[str, ...]
    rules: Timelines
    code: Mapping[str, str]


def read_version(path: Path) -> Version:
    """Read a folder or a wheel, running nothing of it.

    Raises:
        InputError: it is neither, holds no plugin, or a table has mistakes. PluginError: a manifest names
        no file, or something is too large or leads out of the folder.
    """
    found = list(_plugins(_root(path), 0))
    if not found:
        raise InputError([problem("SSJ-A030", file=str(path), value=path)])
    rules: Timelines = {}
    code: dict[str, str] = {}
    names = []
    for folder in found:
        if isinstance(folder, Path):
            check_folder(folder, package=True)
        shown = folder.as_posix() if isinstance(folder, Path) else f"{path.as_posix()}/{folder.name}"
        manifest = read_manifest(folder, folder.name, shown)
        read_tables(folder, manifest, shown)  # says everything that is wrong with any of them
        names.append(manifest.id)
        for name, file in _files(folder, ""):
            data = file.read_bytes()
            if name.endswith(".toml") and name != MANIFEST:
                text = decode_toml(data, f"{manifest.id}/{name}")
                document = parse_toml(text, f"{manifest.id}/{name}")
                if document.get("format") in KINDS:
                    rules |= timelines(document, data, f"{manifest.id}/{name}")
            elif name.endswith(".py"):
                code[f"{manifest.id}/{name}"] = digest(data)
    return Version(plugins=tuple(sorted(names)), rules=rules, code=code)


def _root(path: Path) -> Traversable:
    if path.is_dir():
        return path
    try:
        wheel = zipfile.ZipFile(path)
    except (OSError, zipfile.BadZipFile) as error:
        raise InputError([problem("SSJ-F002", file=str(path), value=path, reason=error)]) from None
    large = [one for one in wheel.infolist() if one.file_size > LARGEST]
    if large:
        raise PluginError(
            problem("SSJ-G018", file=f"{path.as_posix()}/{one.filename}", value=one.filename, plugin=path.name,
                    size=one.file_size, most=LARGEST)
            for one in large
        )  # fmt: skip
    return zipfile.Path(wheel)


def _plugins(folder: Traversable, depth: int) -> Iterator[Traversable]:
    """Folders with a manifest, at any place a wheel or a checkout may have them."""
    if (folder / MANIFEST).is_file():
        yield folder
    elif depth < _DEEPEST:
        for entry in sorted(folder.iterdir(), key=lambda e: e.name):
            if entry.is_dir() and not entry.name.startswith((".", "__")):
                yield from _plugins(entry, depth + 1)


def _files(folder: Traversable, prefix: str) -> Iterator[tuple[str, Traversable]]:
    for entry in sorted(folder.iterdir(), key=lambda e: e.name):
        if entry.name.startswith((".", "__pycache__")):
            continue
        if entry.is_dir():
            yield from _files(entry, f"{prefix}{entry.name}/")
        else:
            yield prefix + entry.name, entry
