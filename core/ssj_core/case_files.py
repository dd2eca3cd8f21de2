"""The cases of plugins, and a registry with everything that these cases speak of."""

from collections.abc import Iterable, Mapping
from importlib import import_module
from importlib.resources import files
from importlib.resources.abc import Traversable

from attrs import frozen

from ssj_core.cases import Case, CaseFile, check_case, load_cases
from ssj_core.opening import selected_by
from ssj_core.plugin.declarative import read_cases, read_manifest
from ssj_core.plugin.loader import Source, load, namespace, with_shipped
from ssj_core.plugin.registry import Registry


@frozen(kw_only=True)
class WithCases:
    """Plugins with their cases, and a registry of them and of all others that the cases need."""

    registry: Registry
    cases: Mapping[str, tuple[CaseFile, ...]]


def load_with_cases(wanted: Iterable[str], available: Mapping[str, Source]) -> WithCases:
    """Load plugins, their cases, and whatever else the cases name.

    Raises:
        PluginError: a plugin cannot be used. InputError: a table or a file of cases has mistakes.
    """
    wanted = tuple(wanted)
    registry = load(wanted, available)
    found = {name: cases_of(available[name]) for name in wanted}
    named = {n for cs in found.values() for f in cs for c in f.cases for n in _named(c)}
    registry = load({*wanted, *(n for n in named if n in available)}, available, registry)
    used = {n for ruleset in registry.rulesets.values() for n in selected_by(ruleset, available)}
    registry = load(used, available, registry)
    classes = {namespace(rule.stratify) for rule in registry.ratio_rules.values()}
    classes |= {namespace(rule.stratify) for rule in registry.weight_rules.values()}
    registry = load({n for n in classes if n in available}, available, registry)
    every = [case for files_of in found.values() for file in files_of for case in file.cases]
    if any(problem for case in every for problem in check_case(case, registry, "", 0)):
        registry = with_shipped(registry, available)  # an id may be of a plugin that no case names rightly
    return WithCases(registry=registry, cases=found)


def cases_of(source: Source) -> tuple[CaseFile, ...]:
    """The files of cases of one plugin; none where it ships none. Raises like `load_with_cases`."""
    folder: Traversable = source.root() or files(import_module(source.module))
    return read_cases(folder, read_manifest(folder, source.id, source.shown), load_cases, source.shown)


def _named(case: Case) -> set[str]:
    """The plugins a case speaks of."""
    value: str = getattr(case, case.kind)
    return {namespace(value.partition("/")[0])}
