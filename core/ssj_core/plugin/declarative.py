"""A plugin's tables: its manifest `ssj-plugin.toml` and the TOML files that the manifest names."""

from collections.abc import Callable, Iterator
from fnmatch import fnmatchcase
from importlib.resources.abc import Traversable
from typing import Final, Literal, TypeVar

from attrs import frozen

from ssj_core.problems import PluginError, problem
from ssj_core.rules.model import Checklist, RatioRule
from ssj_core.rules.ruleset import Ruleset
from ssj_core.rules.tables import load_checklist, load_ratio_rule, load_ruleset
from ssj_core.structuring import load_toml

V = TypeVar("V")

MANIFEST: Final = "ssj-plugin.toml"


@frozen(kw_only=True)
class Manifest:
    """What a plugin says of itself, readable without importing anything."""

    format: Literal["ssj-plugin/1"]
    id: str
    title: str
    department: str
    maintainer: str
    requires_core: str
    checklists: tuple[str, ...] = ()
    ratios: tuple[str, ...] = ()
    rulesets: tuple[str, ...] = ()


@frozen(kw_only=True)
class Tables:
    """Everything a plugin's TOML files register."""

    checklists: tuple[Checklist, ...]
    ratio_rules: tuple[RatioRule, ...]
    rulesets: tuple[Ruleset, ...]


def read_manifest(folder: Traversable, name: str) -> Manifest:
    """Read the manifest of the plugin `name`.

    Raises:
        PluginError: there is none. InputError: it has mistakes.
    """
    path = folder / MANIFEST
    if not path.is_file():
        raise PluginError([problem("SSJ-G012", value=MANIFEST, plugin=name)])
    return load_toml(path.read_bytes(), Manifest, f"{name}/{MANIFEST}")


def read_tables(folder: Traversable, manifest: Manifest) -> Tables:
    """Read all tables the manifest names; raises like `read_manifest`."""
    return Tables(
        checklists=_read(folder, manifest, manifest.checklists, load_checklist),
        ratio_rules=_read(folder, manifest, manifest.ratios, load_ratio_rule),
        rulesets=_read(folder, manifest, manifest.rulesets, load_ruleset),
    )


def _read(
    folder: Traversable, manifest: Manifest, globs: tuple[str, ...], load: Callable[[bytes, str], V]
) -> tuple[V, ...]:
    made: list[V] = []
    for pattern in globs:
        found = sorted(_files(folder, "", pattern.split("/")), key=lambda pair: pair[0])
        if not found:
            raise PluginError([problem("SSJ-G012", value=pattern, plugin=manifest.id)])
        made.extend(load(file.read_bytes(), f"{manifest.id}/{path}") for path, file in found)
    return tuple(made)


def _files(folder: Traversable, prefix: str, parts: list[str]) -> Iterator[tuple[str, Traversable]]:
    for entry in folder.iterdir():
        if not fnmatchcase(entry.name, parts[0]) or entry.name.startswith("."):
            continue
        path = prefix + entry.name
        if len(parts) > 1 and entry.is_dir():
            yield from _files(entry, path + "/", parts[1:])
        elif len(parts) == 1 and entry.is_file():
            yield path, entry
