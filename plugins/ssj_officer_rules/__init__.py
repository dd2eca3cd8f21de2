"""Which officers may take part in a batch, and whom they must not inspect; selected by id."""

from ssj_core.plugin.markers import hookimpl
from ssj_core.rules.model import EligibilityRule, RecusalRule
from ssj_officer_rules.eligibility import ELIGIBILITY_RULES
from ssj_officer_rules.recusal import RECUSAL_RULES


@hookimpl
def ssj_eligibility_rules() -> tuple[EligibilityRule, ...]:
    """Which officers stay out of a batch, and why."""
    return ELIGIBILITY_RULES


@hookimpl
def ssj_recusal_rules() -> tuple[RecusalRule, ...]:
    """Which officer must not inspect which subject, and why."""
    return RECUSAL_RULES
