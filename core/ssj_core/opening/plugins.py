"""Which plugins a plan needs: those of its ruleset, of what that selects, of its sources and readers."""

from collections.abc import Mapping
from typing import Final

from ssj_core.office import source_id
from ssj_core.plan import Plan
from ssj_core.plugin.loader import Source, namespace
from ssj_core.plugin.registry import Registry
from ssj_core.rules.ruleset import Ruleset

_READERS: Final = "readers"


def needed_by(plan: Plan, ruleset: Ruleset, available: Mapping[str, Source]) -> set[str]:
    """The plugins that a plan and its ruleset name, as far as they are there, and the readers that ship."""
    used = {source_id(e.source) for uses in (plan.entropy, *(b.entropy for b in plan.batch)) for e in uses}
    used |= {spec.reader for spec in plan.rosters.named.values() if spec.reader}
    names = {namespace(u) for u in used} | {_READERS}
    return {n for n in names if n in available} | selected_by(ruleset, available)


def selected_by(ruleset: Ruleset, available: Mapping[str, Source]) -> set[str]:
    """The plugins whose rules a ruleset selects, as far as they are there, and its own."""
    used = {p.weights for p in ruleset.batch if p.weights}
    used |= {p.ratio for p in ruleset.batch} | {s for p in ruleset.batch for s in p.sectors}
    used |= {u.rule for p in ruleset.batch for u in p.eligibility}
    used |= {place.field for p in ruleset.batch for place in p.place if place.field}
    used |= {u.rule for u in (*ruleset.eligibility, *ruleset.recusal)}
    used |= {ruleset.results.table} if ruleset.results and ruleset.results.table else set()
    names = {namespace(u) for u in used} | {namespace(ruleset.id)}
    return {n for n in names if n in available}


def stratifying(ruleset: Ruleset, registry: Registry, available: Mapping[str, Source]) -> set[str]:
    """Plugins of the stratifiers: which these are is known only when the ratio rules are."""
    rules = [registry.ratio_rules[p.ratio].stratify for p in ruleset.batch if p.ratio in registry.ratio_rules]
    rules += [registry.weight_rules[p.weights].stratify for p in ruleset.batch if p.weights in registry.weight_rules]
    return {n for n in map(namespace, rules) if n in available}
