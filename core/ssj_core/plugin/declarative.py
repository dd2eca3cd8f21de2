"""A plugin's tables: its manifest `ssj-plugin.toml` and the TOML files that the manifest names."""

import re
from collections.abc import Callable, Iterator
from fnmatch import fnmatchcase
from importlib.resources.abc import Traversable
from typing import Final, Literal, TypeVar

from attrs import frozen

from ssj_core.plugin.requires import check_requires
from ssj_core.problems import PluginError, problem
from ssj_core.rules.filters import load_filter
from ssj_core.rules.model import Checklist, EligibilityRule, RatioRule, Stratifier, WeightRule
from ssj_core.rules.results import ResultTable, load_result_table
from ssj_core.rules.ruleset import Ruleset
from ssj_core.rules.stratify import load_stratifier
from ssj_core.rules.tables import load_checklist, load_ratio_rule, load_ruleset
from ssj_core.rules.weights import load_weight_rule
from ssj_core.structuring import decode_toml, parse_toml, structure
from ssj_core.tomlpos import line_of, positions

V = TypeVar("V")

MANIFEST: Final = "ssj-plugin.toml"

ID: Final = re.compile("[a-z][a-z0-9_]{0,39}")
"""The id of a plugin: also the first part of all its ids, so no dot, and nothing two keyboards write differently."""


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
    strata: tuple[str, ...] = ()
    weights: tuple[str, ...] = ()
    filters: tuple[str, ...] = ()
    results: tuple[str, ...] = ()
    rulesets: tuple[str, ...] = ()
    cases: tuple[str, ...] = ()


@frozen(kw_only=True)
class Tables:
    """Everything a plugin's TOML files register."""

    checklists: tuple[Checklist, ...]
    ratio_rules: tuple[RatioRule, ...]
    stratifiers: tuple[Stratifier, ...]
    weight_rules: tuple[WeightRule, ...]
    eligibility_rules: tuple[EligibilityRule, ...]
    result_tables: tuple[ResultTable, ...]
    rulesets: tuple[Ruleset, ...]


def read_manifest(folder: Traversable, name: str) -> Manifest:
    """Read the manifest of the plugin `name`. `requires_core` is looked at first: what a newer core added to the
    format is then not reported as mistakes.

    Raises:
        PluginError: there is none, it is for another core, or the id cannot be one. InputError: it has mistakes.
    """
    path = folder / MANIFEST
    if not path.is_file():
        raise PluginError([problem("SSJ-G022", value=MANIFEST, plugin=name)])
    file = f"{name}/{MANIFEST}"
    text = decode_toml(_bytes(path, MANIFEST, name), file)
    raw, lines = parse_toml(text, file), positions(text)
    needs = raw.get("requires_core")
    if isinstance(needs, str):
        check_requires(needs, name, file, line_of(lines, ("requires_core",)))
    manifest = structure(raw, Manifest, file, text)
    if not ID.fullmatch(manifest.id):
        row = line_of(lines, ("id",))
        raise PluginError([problem("SSJ-G015", file=file, row=row, field="id", value=manifest.id)])
    return manifest


def read_tables(folder: Traversable, manifest: Manifest) -> Tables:
    """Read all tables the manifest names; raises like `read_manifest`."""
    return Tables(
        checklists=_read(folder, manifest, manifest.checklists, load_checklist),
        ratio_rules=_read(folder, manifest, manifest.ratios, load_ratio_rule),
        stratifiers=_read(folder, manifest, manifest.strata, load_stratifier),
        weight_rules=_read(folder, manifest, manifest.weights, load_weight_rule),
        eligibility_rules=_read(folder, manifest, manifest.filters, load_filter),
        result_tables=_read(folder, manifest, manifest.results, load_result_table),
        rulesets=_read(folder, manifest, manifest.rulesets, load_ruleset),
    )


def read_cases(folder: Traversable, manifest: Manifest, load: Callable[[bytes, str], V]) -> tuple[V, ...]:
    """Read the files of cases the manifest names; raises like `read_manifest`. No draw needs them."""
    return _read(folder, manifest, manifest.cases, load)


def _read(
    folder: Traversable, manifest: Manifest, globs: tuple[str, ...], load: Callable[[bytes, str], V]
) -> tuple[V, ...]:
    made: list[V] = []
    for pattern in globs:
        found = sorted(_files(folder, "", pattern.split("/")), key=lambda pair: pair[0])
        if not found:
            raise PluginError([problem("SSJ-G012", value=pattern, plugin=manifest.id)])
        made.extend(load(_bytes(file, path, manifest.id), f"{manifest.id}/{path}") for path, file in found)
    return tuple(made)


def _bytes(file: Traversable, path: str, plugin: str) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        raise PluginError([problem("SSJ-G020", file=plugin, value=path, plugin=plugin, reason=reason)]) from None


def _files(folder: Traversable, prefix: str, parts: list[str]) -> Iterator[tuple[str, Traversable]]:
    for entry in folder.iterdir():
        if not fnmatchcase(entry.name, parts[0]) or entry.name.startswith("."):
            continue
        path = prefix + entry.name
        if len(parts) > 1 and entry.is_dir():
            yield from _files(entry, path + "/", parts[1:])
        elif len(parts) == 1 and entry.is_file():
            yield path, entry
