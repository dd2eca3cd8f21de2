"""Which columns of its rosters the rules of a plan read, each rule as it is on the first day of its batch."""

from attrs import evolve

from ssj_core.batch_rules import data_rules
from ssj_core.model import UnitKind
from ssj_core.office import Office, policy_of
from ssj_core.plugin.dated import registry_on
from ssj_core.problems import InputError, Problem, problem
from ssj_core.rules.model import UNTOLD, ColumnUse, DatedRule, EligibilityRule, RecusalRule
from ssj_core.text import Text


def wanted_columns(office: Office, unit: UnitKind) -> tuple[ColumnUse, ...]:
    """The columns that the rules of the plan's batches read in one roster, by name; needed if one rule needs it.

    Each rule is asked as it is on the first day of its batch: a column it has read before is nothing to this plan.

    Raises:
        InputError: two rules read one column in different ways.
    """
    wanted: dict[str, tuple[ColumnUse, str]] = {}
    found: list[Problem] = []
    for batch in office.plan.batch:
        registry, policy = registry_on(office.registry, batch.start), policy_of(office.ruleset, batch)
        recusal = (registry.recusal_rules[use.rule] for use in office.ruleset.recusal)
        for rule in (*data_rules(registry, office.ruleset, policy), *recusal):
            for use in columns_of(rule, unit):
                other, owner = wanted.setdefault(use.name, (use, rule.id))
                if use.kind not in ("text", other.kind) and other.kind != "text":
                    found.append(problem("SSJ-S047", value=use.name, one=owner, other=rule.id))
                    continue
                one = use if other.kind == "text" else other  # a number or a day can be read as a text, too
                wanted[use.name] = (evolve(one, lacking=_graver(other.lacking, use.lacking)), rule.id)
    if found:
        raise InputError(found)
    return tuple(use for _, (use, _) in sorted(wanted.items()))


def columns_of(rule: DatedRule, unit: UnitKind) -> tuple[ColumnUse, ...]:
    """What a rule reads in one roster."""
    if isinstance(rule, RecusalRule):
        return rule.columns if unit == "subject" else rule.officer_columns
    applies_to = rule.applies_to if isinstance(rule, EligibilityRule) else "subject"
    return rule.columns if applies_to == unit else ()


def _graver(one: Text | None, other: Text | None) -> Text | None:
    """What is to be told of a column that two rules read and the roster does not have: None is that it is needed."""
    if one is None or other is None:
        return None
    return other if one == UNTOLD else one
