"""Load the plugins that are needed, check what they register, freeze it into a `Registry`.

Nothing depends on the order in which plugins are installed: they are taken by id, each implementation is called by
itself so that every value has an owner, and a second claim to an id is an error that names both.
"""

import inspect
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from importlib import import_module
from importlib.resources import files
from importlib.resources.abc import Traversable
from types import MappingProxyType
from typing import Final

import pluggy
from attrs import field, mutable

from ssj_core.causes import named_cause
from ssj_core.plugin import hookspecs
from ssj_core.plugin.declarative import MANIFEST, Manifest, read_manifest, read_tables
from ssj_core.plugin.digest import folder_digest
from ssj_core.plugin.discovery import clashes, discover
from ssj_core.plugin.markers import PROJECT
from ssj_core.plugin.places import Place
from ssj_core.plugin.registry import HOOKED, KINDS, PluginInfo, Registry, listed, nearest
from ssj_core.plugin.source import Source
from ssj_core.problems import PluginError, Problem, SsjError, problem
from ssj_core.rules.intervals import check_versions
from ssj_core.rules.model import DatedRule
from ssj_core.text import Text
from ssj_core.watching import refuse_unwatched, run


def load(wanted: Iterable[str], available: Mapping[str, Source], loaded: Registry | None = None) -> Registry:
    """Load the plugins named, and only those, into a registry; those `loaded` before are taken over.

    Raises:
        PluginError: with everything that is wrong with any of them. UnwatchedError: one has code of others.
    """
    made = _Builder(available=available) if loaded is None else _Builder.of(loaded, available)
    for name in sorted(set(wanted) - set(made.plugins)):
        source = available.get(name)
        if source is None:
            made.problems.append(problem("SSJ-G008", value=name, known=listed(available), **nearest(name, available)))
            continue
        if source.contested:
            made.problems.extend(clashes(source))
            continue
        if source.foreign:
            refuse_unwatched()
        try:
            _load_one(source, made)
        except SsjError as error:
            made.problems.extend(error.problems)
        except KeyboardInterrupt:  # somebody at the keyboard; a plugin that does it itself is named by `plugins doctor`
            raise
        except BaseException as error:  # whatever a foreign module does while it is imported or called
            made.problems.append(problem("SSJ-G001", value=name, distribution=source.label, reason=named_cause(error)))
    if made.problems:
        raise PluginError(made.problems)
    return made.freeze()


def with_shipped(registry: Registry, available: Mapping[str, Source]) -> Registry:
    """The registry with every plugin that ships with ssj-core, so that a message can name what might have been meant.

    An id may have moved to another plugin, which nobody names yet.
    """
    for name in sorted(n for n, source in available.items() if source.shipped):
        try:
            registry = load([name], available, registry)
        except SsjError:  # its fault is told where somebody needs it
            continue
    return registry


def unknown(
    registry: Registry,
    available: Mapping[str, Source],
    attribute: str,
    wanted: str,
    *,
    file: str,
    row: int | None,
    where: str,
) -> Problem | None:
    """A problem where `wanted` is not registered: no such plugin, or no such id, with what may have been meant.

    The title of something that is there has no plugin before a dot, and is told with the id of it.
    """
    if wanted in getattr(registry, attribute):
        return None
    plugin, known = namespace(wanted), with_shipped(registry, available)
    if plugin in available or known.called(attribute, wanted):
        told = known.problem_unless(attribute, wanted, file=file, row=row, where=where)
        return told or registry.problem_unless(attribute, wanted, file=file, row=row, where=where)
    near = nearest(plugin, available)
    return problem("SSJ-G008", file=file, row=row, field=where, value=plugin, known=listed(available), **near)


def namespace(value_id: str) -> str:
    """The plugin that owns an id: what stands before the first dot."""
    return value_id.partition(".")[0]


_NOBODY: Final = ("不属于任何已安装的插件", "belongs to no installed plugin")


@mutable
class _Builder:
    available: Mapping[str, Source]
    plugins: dict[str, PluginInfo] = field(factory=dict)
    owners: dict[tuple[str, str], str] = field(factory=dict)
    values: dict[str, dict[str, object]] = field(factory=lambda: {k.attribute: {} for k in KINDS})
    places: dict[tuple[str, str], Place] = field(factory=dict)
    problems: list[Problem] = field(factory=list)

    @classmethod
    def of(cls, registry: Registry, available: Mapping[str, Source]) -> "_Builder":
        values = {k.attribute: dict(getattr(registry, k.attribute)) for k in KINDS}
        return cls(
            available=available, plugins=dict(registry.plugins), owners=dict(registry.owners), values=values,
            places=dict(registry.places),
        )  # fmt: skip

    def add(self, attribute: str, values: Sequence[object], source: Source, places: Mapping[int, Place]) -> None:
        for value in values:
            place = places.get(id(value), Place(source.module))
            value_id: str = value.id  # type: ignore[attr-defined]
            if type(value_id) is not str:
                self.problems.append(problem("SSJ-G005", plugin=source.id, value=attribute, what=f"{value!r:.80}"))
            elif (owner := namespace(value_id)) != source.id:
                by = self.available.get(owner)
                whose, whose_en = (f"属于 {owner}（{by.label}）", f"belongs to {owner} ({by.label})") if by else _NOBODY
                self.problems.append(
                    problem(
                        "SSJ-G006", file=place.file, row=place.row("id"), value=value_id, plugin=source.id,
                        distribution=source.label, whose=whose, whose_en=whose_en,
                    )
                )  # fmt: skip
            elif (attribute, value_id) in self.owners:
                first = self.places[attribute, value_id]
                self.problems.append(
                    problem(
                        "SSJ-G007", file=place.file, row=place.row("id"), value=value_id, plugin=source.id,
                        distribution=source.label, one=_said(first), other=_said(place),
                    )
                )  # fmt: skip
            else:
                self.owners[attribute, value_id] = source.id
                self.values[attribute][value_id] = value
                self.places[attribute, value_id] = place

    def freeze(self) -> Registry:
        frozen_values = {name: MappingProxyType(dict(sorted(v.items()))) for name, v in self.values.items()}
        return Registry(
            plugins=MappingProxyType(self.plugins),
            owners=MappingProxyType(self.owners),
            places=MappingProxyType(self.places),
            **frozen_values,  # type: ignore[arg-type]
        )


def _said(place: Place) -> str:
    row = place.row("id")
    return f"{place.file}:{row}" if row else place.file


def _load_one(source: Source, made: _Builder) -> None:
    if source.entry is not None and source.attribute:
        made.problems.append(problem("SSJ-G028", value=source.entry.value, plugin=source.id, distribution=source.label))
        return
    folder: Traversable | None = source.root()
    manifest = _manifest(folder, source) if folder is not None else None  # before any of its code runs
    module = run(source.id, import_module, source.module, whole=True) if source.entry is not None else None
    if module is not None:
        folder = files(module)
        manifest = manifest or _manifest(folder, source)
    assert folder is not None  # noqa: S101 - one of the two gave it
    assert manifest is not None  # noqa: S101
    tables = read_tables(folder, manifest, source.shown)
    made.plugins[source.id] = PluginInfo(
        id=source.id,
        title=manifest.title,
        distribution=source.pinned,
        version=source.version,
        digest=folder_digest(folder, source.shown),
    )
    for kind in KINDS:
        if kind.key:
            made.add(kind.attribute, getattr(tables, kind.attribute), source, tables.places)
    if module is not None:
        _call_hooks(module, source, made)


def _manifest(folder: Traversable, source: Source) -> Manifest:
    manifest = read_manifest(folder, source.id, source.shown)
    if manifest.id != source.id:
        raise PluginError([problem("SSJ-G011", value=manifest.id, name=source.id, distribution=source.label)])
    return manifest


def _call_hooks(module: object, source: Source, made: _Builder) -> None:
    manager = pluggy.PluginManager(PROJECT)
    manager.add_hookspecs(hookspecs)
    manager.register(module, name=source.id)
    known = {k.hook for k in HOOKED}
    marked = {caller.name for caller in manager.get_hookcallers(module) or ()}
    named = {name for name in dir(module) if name.startswith("ssj_") and callable(getattr(module, name))}
    for name in sorted((marked | named) - known):
        made.problems.append(problem("SSJ-G003", plugin=source.id, value=name, near=_instead(name)))
    for name in sorted((named & known) - marked):  # pluggy would pass over it without a word
        mark = Text(f"在 def {name} 前加一行 @hookimpl", f"write @hookimpl before def {name}")
        made.problems.append(problem("SSJ-G003", plugin=source.id, value=name, near=mark))
    for kind in HOOKED:
        for impl in getattr(manager.hook, kind.hook).get_hookimpls():
            if what := _forbidden(impl):
                made.problems.append(problem("SSJ-G004", plugin=source.id, value=kind.hook, what=what))
                continue
            values = run(source.id, impl.function, whole=True)
            if not isinstance(values, Sequence) or not all(isinstance(v, kind.type) for v in values):
                what = f"{values!r:.80}"
                made.problems.append(problem("SSJ-G005", plugin=source.id, value=kind.hook, what=what))
                continue
            made.add(kind.attribute, values, source, {})
            for rule in values:
                if isinstance(rule, DatedRule):
                    made.problems.extend(check_versions(rule, source.module))


def _instead(name: str) -> Text:
    """What an author meant who implements a hook that there is not: a table, another hook, or nobody knows what."""
    kinds = {f"ssj_{kind.attribute}": kind for kind in KINDS}
    close = get_close_matches(name, kinds, n=1, cutoff=0.6)
    if close and not kinds[close[0]].hook:
        title, line = kinds[close[0]].title, f'{kinds[close[0]].key} = ["….toml"]'
        return Text(
            f"{title.zh}只用表来写，在 {MANIFEST} 里写 {line}", f"a {title.en} is always a table: {line} in {MANIFEST}"
        )
    wanted = close or sorted(k.hook for k in HOOKED)
    return Text(f"核对名称：{'、'.join(wanted)}", f"check its name: {', '.join(wanted)}")


def _forbidden(impl: pluggy.HookImpl) -> str:
    for flag in ("wrapper", "hookwrapper", "tryfirst", "trylast"):
        if getattr(impl, flag):
            return flag
    # A default in an implementation means different things to different versions of pluggy.
    return ", ".join(inspect.signature(impl.function).parameters)


__all__ = ["Source", "discover", "load", "namespace", "unknown", "with_shipped"]
