"""The registry as it is on a day: each rule that changed over time is what it was in the interval of that day."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from attrs import evolve

from ssj_core.plugin.registry import Registry
from ssj_core.rules.timeline import NotInForceError, version_on

DATED: Final = ("stratifiers", "eligibility_rules", "recusal_rules")
"""Kinds whose values hold from a day to a day as a whole; ratios, weights, checklists and codes have days within."""


def registry_on(registry: Registry, day: date) -> Registry:
    """The same registry with, for each rule, what it is on `day`; a rule that holds nothing then stays whole."""
    known = {kind: getattr(registry, kind) for kind in DATED}
    changed = {kind: _on(rules, day) for kind, rules in known.items() if any(r.in_force for r in rules.values())}
    return evolve(registry, **changed) if changed else registry  # type: ignore[arg-type]


def _on(rules: Mapping[str, Any], day: date) -> dict[str, Any]:
    return {name: _version(rule, day) for name, rule in rules.items()}


def _version(rule: Any, day: date) -> Any:
    try:
        return version_on(rule, day)
    except NotInForceError:  # told where the rule is asked
        return rule
