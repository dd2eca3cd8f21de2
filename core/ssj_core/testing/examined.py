"""A plugin under examination: where it lies, what it registers or why it does not load, what processes say of it."""

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path

from attrs import define

from ssj_core.apart.trial import has_foreign_code
from ssj_core.case_files import load_with_cases
from ssj_core.cases import CaseFile
from ssj_core.opening import selected_by
from ssj_core.plugin.declarative import Manifest, read_manifest
from ssj_core.plugin.loader import load, namespace
from ssj_core.plugin.registry import Registry
from ssj_core.plugin.source import Source
from ssj_core.problems import Problem, SsjError
from ssj_core.testing.processes import Said, ask
from ssj_core.testing.questions import Callback, callbacks


@define(slots=False)
class Examined:
    """One plugin and all plugins there are beside it. What costs time is found out once, when first asked for.

    `known_fatal`, `known_undeclared`: what another process has found out already of `fatal` and `undeclared`.
    """

    source: Source
    available: Mapping[str, Source]
    known_fatal: bool | None = None
    known_undeclared: Mapping[str, list[str]] | None = None

    @property
    def id(self) -> str:
        """Its id."""
        return self.source.id

    @cached_property
    def loading(self) -> tuple[Registry | None, tuple[Problem, ...]]:
        """The registry of this plugin alone, or why there is none."""
        try:
            return load([self.id], {**self.available, self.id: self.source}), ()
        except SsjError as error:
            return None, error.problems

    @property
    def registry(self) -> Registry:
        """What it registers; only to be asked for once it has loaded."""
        registry = self.loading[0]
        if registry is None:
            raise LookupError(self.id)
        return registry

    @cached_property
    def around(self) -> Registry:
        """The registry with the plugins that this one refers to, as far as they can be loaded."""
        registry = self.registry
        for name in sorted(_named(registry, self.available) & set(self.available) - {self.id}):
            try:
                registry = load([name], self.available, registry)
            except SsjError:  # said of the reference that leads there
                continue
        return registry

    @cached_property
    def manifest(self) -> Manifest | None:
        """Its manifest, where it can be found without importing anything and be read."""
        root = self.source.root()
        try:
            return read_manifest(root, self.id, self.source.shown) if root is not None else None
        except SsjError:
            return None

    @cached_property
    def callbacks(self) -> tuple[Callback, ...]:
        """Its callbacks."""
        return callbacks(self.registry, self.id)

    @cached_property
    def cases(self) -> tuple[tuple[CaseFile, ...], Registry | None, tuple[Problem, ...]]:
        """Its cases and a registry of all they speak of, or why there is none."""
        try:
            loaded = load_with_cases([self.id], {**self.available, self.id: self.source})
        except SsjError as error:
            return (), None, error.problems
        return loaded.cases[self.id], loaded.registry, ()

    @cached_property
    def said(self) -> Said:
        """What three fresh processes say of it."""
        return ask(self.id, self.folders)

    @property
    def fatal(self) -> bool:
        """Whether one of the fresh processes did not survive its callbacks; then no other process asks them."""
        if self.known_fatal is not None:
            return self.known_fatal
        return bool(self.callbacks) and self.said.died is not None

    @property
    def undeclared(self) -> Mapping[str, list[str]]:
        """By callback, what it read of the specimens that its rule does not declare, as `reads.written`."""
        if self.known_undeclared is not None:
            return self.known_undeclared
        told = {} if self.said.died else self.said.plain["callbacks"]
        return {name: one["undeclared"] for name, one in told.items()}

    @property
    def risky(self) -> bool:
        """Whether code of others may run when it is looked at: its own, or that of packages its cases speak of."""
        return not self.source.shipped and any(map(has_foreign_code, self.available.values()))

    @property
    def folders(self) -> list[Path]:
        """Folders of TOML among all the plugins there are."""
        return [s.folder for s in self.available.values() if s.folder is not None]


def _named(registry: Registry, available: Mapping[str, Source]) -> set[str]:
    """Plugins to which values refer: stratifiers of ratios and weights, and everything a ruleset selects."""
    used = {rule.stratify for rule in registry.ratio_rules.values()}
    used |= {rule.stratify for rule in registry.weight_rules.values()}
    return {namespace(u) for u in used}.union(*(selected_by(r, available) for r in registry.rulesets.values()))
