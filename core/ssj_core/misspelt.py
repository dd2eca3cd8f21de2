"""Classes a ratio or weights name and nobody is of; a slip of the pen, where others of nearly that name fall to `*`."""

from collections import Counter
from collections.abc import Collection, Iterator
from difflib import get_close_matches
from typing import Final

from ssj_core.office import Office
from ssj_core.problems import Problem, problem
from ssj_core.roster.cells import name_key
from ssj_core.rules.model import ANY_CLASS
from ssj_core.rules.timeline import NotInForceError, on
from ssj_core.sealed import Sealed

_ALIKE: Final = 0.8
"""How alike two names must be; classes that differ by one letter of four (加工·A, 加工·B) are less."""


def misspelt(office: Office, sealed: Sealed) -> Iterator[Problem]:
    """A warning for each class that a rule of the draw names, and that is probably another one of the roster."""
    rules, registry = sealed.rules, office.registry
    held = Counter(s.stratum for s in sealed.subjects)
    sizes = {c.id: sum(held[s] for s in c.strata) for c in rules.ratio.classes}
    weights = rules.weights
    ratio_rule = registry.ratio_rules.get(rules.ratio.rule)
    weight_rule = registry.weight_rules.get(weights.rule) if weights else None
    try:
        if ratio_rule is not None:
            yield from _of(ratio_rule.id, on(ratio_rule.in_force, rules.start).value.classes, sizes)
        if weights is not None and weight_rule is not None:
            yield from _of(weight_rule.id, on(weight_rule.in_force, rules.start).value, weights.classes)
    except NotInForceError:  # a draw that was sealed before, under rules that are others now
        return


def without_anybody(office: Office, sealed: Sealed) -> tuple[str, ...]:
    """Classes that the ratio rule of the draw names and nobody in the pool is of, in the order of the rule."""
    rule = office.registry.ratio_rules.get(sealed.rules.ratio.rule)
    try:
        named = on(rule.in_force, sealed.rules.start).value.classes if rule is not None else {}
    except NotInForceError:  # sealed before, as above
        return ()
    occurring = {c.id for c in sealed.rules.ratio.classes}
    return tuple(name for name in named if name != ANY_CLASS and name not in occurring)


def _of(rule: str, named: Collection[str], occurring: Collection[str]) -> Iterator[Problem]:
    """Of one rule: `named` are its classes, `occurring` those of the roster."""
    if ANY_CLASS not in named:
        return  # a class without a number is refused
    fallen = [name for name in occurring if name not in named]
    folded = {name_key(name): name for name in fallen}
    for name in sorted({*named} - {*occurring, ANY_CLASS}):
        close = [folded[name_key(name)]] if name_key(name) in folded else get_close_matches(name, fallen, 1, _ALIKE)
        if close:
            yield problem("SSJ-S070", value=name, id=rule, other=close[0])
