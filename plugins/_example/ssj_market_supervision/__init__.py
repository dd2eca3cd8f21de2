"""企业公示信息抽查: what this plugin registers in code; its tables are named in `ssj-plugin.toml`."""

from ssj_core.plugin.markers import hookimpl
from ssj_core.rules.model import EligibilityRule
from ssj_market_supervision.rules import ELIGIBILITY_RULES


@hookimpl
def ssj_eligibility_rules() -> tuple[EligibilityRule, ...]:
    """Who stays out of a batch, and why."""
    return ELIGIBILITY_RULES
