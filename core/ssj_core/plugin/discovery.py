"""Every plugin there is: entry points of installed distributions and folders of TOML; nothing is imported."""

from collections.abc import Iterable, Mapping
from importlib.metadata import EntryPoint, distributions, entry_points
from pathlib import Path
from types import MappingProxyType

from attrs import evolve

from ssj_core.plugin.declarative import read_manifest
from ssj_core.plugin.folder import check_folder
from ssj_core.plugin.markers import GROUP
from ssj_core.plugin.source import Source
from ssj_core.problems import InputError, PluginError, Problem, SsjError, problem


def discover(folders: Iterable[Path] = ()) -> Mapping[str, Source]:
    """Every plugin by id, importing none of them. Two distributions of one id are rivals, which `load` refuses.

    Raises:
        PluginError, InputError: a folder has no usable manifest, or an id that is taken; with everything that is wrong
        with any of them.
    """
    available, refused = survey(folders)
    taken = [found for source in available.values() if _has_folder(source) for found in clashes(source)]
    if taken:
        refused = (*refused, PluginError(taken))
    if refused:
        kind = PluginError if any(isinstance(error, PluginError) for error in refused) else InputError
        raise kind([found for error in refused for found in error.problems])
    return available


def survey(folders: Iterable[Path] = ()) -> tuple[Mapping[str, Source], tuple[SsjError, ...]]:
    """What `discover` finds, and why the other folders are no plugins."""
    sources = [Source(id=e.name, entry=e) for e in _entries()]
    refused: list[SsjError] = []
    for folder in folders:
        try:
            check_folder(folder)
            found = read_manifest(folder, folder.name, folder.as_posix())
            sources.append(Source(id=found.id, folder=folder))
        except SsjError as error:
            refused.append(error)
    return by_id(sources), tuple(refused)


def clashes(source: Source) -> list[Problem]:
    """What is wrong with an id that several claim: each pair, by distribution and version."""
    return [problem("SSJ-G002", value=source.id, one=source.label, other=other.label) for other in source.rivals]


def _has_folder(source: Source) -> bool:
    return any(one.folder is not None for one in (source, *source.rivals))


def by_id(sources: Iterable[Source]) -> Mapping[str, Source]:
    """Sources by id, sorted; those who claim one id together, the one that ships, else the first in name of all."""
    claims: dict[str, list[Source]] = {}
    for source in sorted(sources, key=lambda s: (s.id, not s.shipped, s.distribution)):
        claims.setdefault(source.id, []).append(source)
    return MappingProxyType({i: evolve(first, rivals=tuple(rest)) for i, (first, *rest) in claims.items()})


def _entries() -> list[EntryPoint]:
    """The entry points of the group. One distribution with damaged metadata must not hide those of the others."""
    try:
        return list(entry_points(group=GROUP))
    except Exception:  # whatever importlib.metadata makes of a damaged file
        return _one_by_one()


def _one_by_one() -> list[EntryPoint]:
    made: list[EntryPoint] = []
    seen: set[str] = set()
    for distribution in distributions():
        try:
            name = str(distribution.metadata["Name"] or "").lower().replace("_", "-")
            if name not in seen:  # the first on the path is the one that is imported
                made += distribution.entry_points.select(group=GROUP)
            seen.add(name)
        except Exception:  # noqa: S112 - this one is damaged, the next may be sound
            continue
    return made
