"""Find plugins, load those that are needed, check what they register, freeze it into a `Registry`.

Nothing depends on the order in which plugins are installed: they are taken by id, each implementation is called by
itself so that every value has an owner, and a second claim to an id is an error that names both.
"""

import inspect
import re
from collections.abc import Iterable, Mapping, Sequence
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from types import MappingProxyType
from typing import Final

import pluggy
from attrs import field, frozen, mutable

import ssj_core
from ssj_core.plugin import hookspecs
from ssj_core.plugin.declarative import Manifest, read_manifest, read_tables
from ssj_core.plugin.digest import folder_digest
from ssj_core.plugin.markers import GROUP, PROJECT
from ssj_core.plugin.registry import KINDS, PluginInfo, Registry, listed, nearest
from ssj_core.problems import InputError, PluginError, Problem, SsjError, problem

_RELEASE: Final = re.compile(r"[0-9]+(\.[0-9]+)*")


@frozen(kw_only=True)
class Source:
    """Where a plugin lies: an entry point of a distribution, or a folder of TOML that a plan names."""

    id: str
    entry: EntryPoint | None = None
    folder: Path | None = None

    @property
    def distribution(self) -> str:
        """The distribution's name, or the folder's."""
        if self.entry is None:
            return str(self.folder)
        return self.entry.dist.name if self.entry.dist else "?"

    @property
    def version(self) -> str:
        """The distribution's version; a folder has none."""
        return self.entry.dist.version if self.entry and self.entry.dist else ""


def discover(folders: Iterable[Path] = ()) -> Mapping[str, Source]:
    """Every plugin there is, by id, importing none of them.

    Raises:
        PluginError: two distributions or folders claim one id, or a folder has no usable manifest.
    """
    found: dict[str, Source] = {}
    sources = [Source(id=e.name, entry=e) for e in entry_points(group=GROUP)]
    sources += [Source(id=read_manifest(folder, folder.name).id, folder=folder) for folder in folders]
    for source in sorted(sources, key=lambda s: (s.id, s.distribution)):
        if other := found.get(source.id):
            raise PluginError([problem("SSJ-G002", value=source.id, one=other.distribution, other=source.distribution)])
        found[source.id] = source
    return MappingProxyType(found)


def load(wanted: Iterable[str], available: Mapping[str, Source], loaded: Registry | None = None) -> Registry:
    """Load the plugins named, and only those, into a registry; those `loaded` before are taken over.

    Raises:
        PluginError: with everything that is wrong with any of them.
    """
    made = _Builder() if loaded is None else _Builder.of(loaded)
    for name in sorted(set(wanted) - set(made.plugins)):
        source = available.get(name)
        if source is None:
            made.problems.append(problem("SSJ-G008", value=name, known=listed(available), **nearest(name, available)))
            continue
        try:
            _load_one(source, made)
        except SsjError as error:
            made.problems.extend(error.problems)
        except (Exception, SystemExit) as error:  # whatever a foreign module does while it is imported or called
            reason = f"{type(error).__name__}: {error}"
            made.problems.append(
                problem("SSJ-G001", value=name, distribution=f"{source.distribution} {source.version}", reason=reason)
            )
    if made.problems:
        raise PluginError(made.problems)
    return made.freeze()


def namespace(value_id: str) -> str:
    """The plugin that owns an id: what stands before the first dot."""
    return value_id.partition(".")[0]


@mutable
class _Builder:
    plugins: dict[str, PluginInfo] = field(factory=dict)
    owners: dict[tuple[str, str], str] = field(factory=dict)
    values: dict[str, dict[str, object]] = field(factory=lambda: {k.attribute: {} for k in KINDS})
    problems: list[Problem] = field(factory=list)

    @classmethod
    def of(cls, registry: Registry) -> "_Builder":
        values = {k.attribute: dict(getattr(registry, k.attribute)) for k in KINDS}
        return cls(plugins=dict(registry.plugins), owners=dict(registry.owners), values=values)

    def add(self, attribute: str, values: Sequence[object], plugin: str) -> None:
        for value in values:
            value_id: str = value.id  # type: ignore[attr-defined]
            other = self.owners.get((attribute, value_id))
            if namespace(value_id) != plugin:
                self.problems.append(problem("SSJ-G006", value=value_id, plugin=plugin))
            elif other is not None:
                self.problems.append(problem("SSJ-G007", value=value_id, one=other, other=plugin))
            else:
                self.owners[attribute, value_id] = plugin
                self.values[attribute][value_id] = value

    def freeze(self) -> Registry:
        frozen_values = {name: MappingProxyType(dict(sorted(v.items()))) for name, v in self.values.items()}
        return Registry(
            plugins=MappingProxyType(self.plugins),
            owners=MappingProxyType(self.owners),
            **frozen_values,  # type: ignore[arg-type]
        )


def _load_one(source: Source, made: _Builder) -> None:
    module = None
    if source.entry is not None:
        module = import_module(source.entry.module)
        folder: Traversable = files(module)
    else:
        assert source.folder is not None  # noqa: S101 - one of the two is always set by `discover`
        folder = source.folder
    manifest = read_manifest(folder, source.id)
    _check_manifest(manifest, source)
    made.plugins[source.id] = PluginInfo(
        id=source.id,
        title=manifest.title,
        distribution=source.distribution,
        version=source.version,
        digest=folder_digest(folder),
    )
    tables = read_tables(folder, manifest)
    made.add("checklists", tables.checklists, source.id)
    made.add("ratio_rules", tables.ratio_rules, source.id)
    made.add("rulesets", tables.rulesets, source.id)
    if module is not None:
        _call_hooks(module, source.id, made)


def _check_manifest(manifest: Manifest, source: Source) -> None:
    if manifest.id != source.id:
        raise PluginError([problem("SSJ-G011", value=manifest.id, name=source.id)])
    needs = manifest.requires_core
    bound = needs.removeprefix(">=").strip()
    if not needs.startswith(">=") or not _RELEASE.fullmatch(bound):
        raise InputError([problem("SSJ-G010", value=manifest.id, needs=needs, have=ssj_core.__version__)])
    if _numbers(bound) > _numbers(ssj_core.__version__):
        raise PluginError([problem("SSJ-G010", value=manifest.id, needs=needs, have=ssj_core.__version__)])


def _numbers(version: str) -> tuple[int, ...]:
    """The release of a version, without final zeros: `0.2.0rc1` counts as `0.2`."""
    release = _RELEASE.match(version)
    parts = [int(part) for part in release[0].split(".")] if release else []
    while parts and not parts[-1]:
        parts.pop()
    return tuple(parts)


def _call_hooks(module: object, plugin: str, made: _Builder) -> None:
    manager = pluggy.PluginManager(PROJECT)
    manager.add_hookspecs(hookspecs)
    manager.register(module, name=plugin)
    known = [k.hook for k in KINDS]
    marked = {caller.name for caller in manager.get_hookcallers(module) or ()}
    named = {name for name in dir(module) if name.startswith("ssj_") and callable(getattr(module, name))}
    for name in sorted((marked | named) - set(known)):
        close = nearest(name, known)["near_en"]
        made.problems.append(problem("SSJ-G003", plugin=plugin, value=name, near=close))
    for name in sorted((named & set(known)) - marked):  # pluggy would pass over it without a word
        made.problems.append(problem("SSJ-G003", plugin=plugin, value=name, near=f"@hookimpl {name}"))
    for kind in KINDS:
        for impl in getattr(manager.hook, kind.hook).get_hookimpls():
            if what := _forbidden(impl):
                made.problems.append(problem("SSJ-G004", plugin=plugin, value=kind.hook, what=what))
                continue
            values = impl.function()
            if not isinstance(values, Sequence) or not all(isinstance(v, kind.type) for v in values):
                what = f"{values!r:.80}"
                made.problems.append(problem("SSJ-G005", plugin=plugin, value=kind.hook, what=what))
                continue
            made.add(kind.attribute, values, plugin)


def _forbidden(impl: pluggy.HookImpl) -> str:
    for flag in ("wrapper", "hookwrapper", "tryfirst", "trylast"):
        if getattr(impl, flag):
            return flag
    # A default in an implementation means different things to different versions of pluggy.
    return ", ".join(inspect.signature(impl.function).parameters)
