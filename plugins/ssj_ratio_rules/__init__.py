"""Ratio rules, stratifiers and subject eligibility that every department may select by id."""

from ssj_core.plugin.markers import hookimpl
from ssj_core.rules.model import EligibilityRule, Stratifier
from ssj_ratio_rules.eligibility import ELIGIBILITY_RULES
from ssj_ratio_rules.stratifiers import STRATIFIERS


@hookimpl
def ssj_stratifiers() -> tuple[Stratifier, ...]:
    """The classes a ratio may tell apart."""
    return STRATIFIERS


@hookimpl
def ssj_eligibility_rules() -> tuple[EligibilityRule, ...]:
    """Which subjects stay out of a batch, and why."""
    return ELIGIBILITY_RULES
