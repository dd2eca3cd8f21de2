"""A plugin's tables: its manifest `ssj-plugin.toml` and the TOML files that the manifest names."""

import re
from collections.abc import Callable, Iterator, Mapping
from fnmatch import fnmatchcase
from functools import lru_cache
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Final, Literal, TypeVar

from attrs import frozen

from ssj_core.plugin.places import Place
from ssj_core.plugin.requires import check_requires
from ssj_core.problems import InputError, PluginError, Problem, SsjError, problem
from ssj_core.rules.filters import load_filter
from ssj_core.rules.model import Checklist, EligibilityRule, RatioRule, Stratifier, WeightRule
from ssj_core.rules.results import ResultTable, load_result_table
from ssj_core.rules.ruleset import Ruleset
from ssj_core.rules.stratify import load_stratifier
from ssj_core.rules.tables import load_checklist, load_ratio_rule, load_ruleset
from ssj_core.rules.weights import load_weight_rule
from ssj_core.structuring import decode_toml, parse_toml, structure
from ssj_core.toml_files import toml_bytes
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


KEYS: Final[Mapping[str, str]] = {
    "ssj-checklist/1": "checklists", "ssj-ratio/1": "ratios", "ssj-strata/1": "strata", "ssj-weights/1": "weights",
    "ssj-filter/1": "filters", "ssj-results/1": "results", "ssj-ruleset/1": "rulesets", "ssj-cases/1": "cases",
}  # fmt: skip
"""Under which key of the manifest a file of each format is named."""


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
    places: Mapping[int, Place]
    """By `id()` of a value: two values may have one id, and both places are told then."""


def read_manifest(folder: Traversable, name: str, shown: str = "") -> Manifest:
    """Read the manifest of the plugin `name`; messages call its files by the path `shown`, else by that name.

    `requires_core` is looked at first: what a newer core added to the format is then not reported as mistakes.

    Raises:
        PluginError: there is none, it is for another core, or the id cannot be one. InputError: it has mistakes.
    """
    path = folder / MANIFEST
    if not path.is_file():
        raise PluginError([problem("SSJ-G022", value=MANIFEST, plugin=shown or name)])
    file = f"{shown or name}/{MANIFEST}"
    text = decode_toml(_bytes(path, file, name), file)
    raw, lines = parse_toml(text, file), positions(text)
    needs = raw.get("requires_core")
    if isinstance(needs, str):
        told = raw.get("id")  # a folder may be called otherwise
        who = told if isinstance(told, str) and ID.fullmatch(told) else name
        check_requires(needs, who, file, line_of(lines, ("requires_core",)))
    manifest = structure(raw, Manifest, file, text)
    if not ID.fullmatch(manifest.id):
        row = line_of(lines, ("id",))
        raise PluginError([problem("SSJ-G015", file=file, row=row, field="id", value=manifest.id)])
    return manifest


def read_tables(folder: Traversable, manifest: Manifest, shown: str = "") -> Tables:
    """Read all tables the manifest names; raises like `read_manifest`, with all that is wrong with any of them."""
    reader = _Reader(folder, manifest, shown or manifest.id)
    tables = Tables(
        checklists=reader.read("checklists", load_checklist),
        ratio_rules=reader.read("ratios", load_ratio_rule),
        stratifiers=reader.read("strata", load_stratifier),
        weight_rules=reader.read("weights", load_weight_rule),
        eligibility_rules=reader.read("filters", load_filter),
        result_tables=reader.read("results", load_result_table),
        rulesets=reader.read("rulesets", load_ruleset),
        places=reader.places,
    )
    reader.refuse()
    return tables


def read_cases(
    folder: Traversable, manifest: Manifest, load: Callable[[bytes, str], V], shown: str = ""
) -> tuple[V, ...]:
    """Read the files of cases the manifest names; raises like `read_manifest`. No draw needs them."""
    reader = _Reader(folder, manifest, shown or manifest.id)
    made = reader.read("cases", load)
    reader.refuse()
    return made


def unnamed(folder: Path, manifest: Manifest) -> Iterator[Problem]:
    """Tables in a folder of rules that its manifest names under no key: they have no effect, which nobody would see."""
    named = [pattern.split("/") for key in KEYS.values() for pattern in getattr(manifest, key)]
    read = {path for parts in named for path, _ in _files(folder, "", parts)}
    for file in sorted(folder.rglob("*.toml")):
        path = file.relative_to(folder).as_posix()
        if path in read or path == MANIFEST or any(part.startswith(".") for part in path.split("/")):
            continue
        try:
            told = parse_toml(decode_toml(toml_bytes(file, path), path), path).get("format")
        except (SsjError, OSError):  # its mistakes are told once it is named
            told = None
        key = KEYS.get(str(told), "")
        line = f'{key or "ratios"} = ["{path}"]'
        place = f"{folder.as_posix()}/{path}"
        yield problem("SSJ-G024", file=place, value=path, manifest=f"{folder.as_posix()}/{MANIFEST}", line=line)


class _Reader:
    """Reads the files of a manifest, goes on after a mistake, and knows where each value stands."""

    def __init__(self, folder: Traversable, manifest: Manifest, shown: str) -> None:
        self.folder, self.manifest, self.shown = folder, manifest, shown
        self.places: dict[int, Place] = {}
        self.wrong: list[SsjError] = []

    def read(self, key: str, load: Callable[[bytes, str], V]) -> tuple[V, ...]:
        """The values of the files named by one key of the manifest."""
        made: list[V] = []
        for n, pattern in enumerate(getattr(self.manifest, key)):
            found = sorted(_files(self.folder, "", pattern.split("/")), key=lambda pair: pair[0])
            if not found:
                self.wrong.append(PluginError([self._no_file(pattern, key, n)]))
            for path, file in found:
                try:
                    made.append(self._load(file, f"{self.shown}/{path}", load))
                except SsjError as error:
                    self.wrong.append(error)
        return tuple(made)

    def refuse(self) -> None:
        """Raise everything that was wrong."""
        if self.wrong:
            kind = PluginError if any(isinstance(error, PluginError) for error in self.wrong) else InputError
            raise kind([found for error in self.wrong for found in error.problems])

    def _load(self, file: Traversable, name: str, load: Callable[[bytes, str], V]) -> V:
        data = _bytes(file, name, self.manifest.id)
        value: V = _loaded(load, data, name)
        self.places[id(value)] = Place(name, data.decode("utf-8-sig"))
        return value

    def _no_file(self, pattern: str, key: str, n: int) -> Problem:
        file = f"{self.shown}/{MANIFEST}"
        row = line_of(positions(_bytes(self.folder / MANIFEST, file, self.manifest.id).decode("utf-8-sig")), (key, n))
        return problem("SSJ-G012", file=file, row=row, field=key, value=pattern, plugin=self.manifest.id)


@lru_cache(maxsize=256)
def _loaded(load: Callable[[bytes, str], V], data: bytes, name: str) -> V:
    """A table read twice (for a plugin, for its cases, for its checks) is taken apart once: values never change."""
    return load(data, name)


def _bytes(file: Traversable, path: str, plugin: str) -> bytes:
    try:
        return toml_bytes(file, path)
    except OSError as error:
        raise PluginError([problem("SSJ-G020", file=path, value=path, plugin=plugin, reason=error)]) from None


def _files(folder: Traversable, prefix: str, parts: list[str]) -> Iterator[tuple[str, Traversable]]:
    for entry in folder.iterdir():
        if not fnmatchcase(entry.name, parts[0]) or entry.name.startswith("."):
            continue
        path = prefix + entry.name
        if len(parts) > 1 and entry.is_dir():
            yield from _files(entry, path + "/", parts[1:])
        elif len(parts) == 1 and entry.is_file():
            yield path, entry
