"""The plugin keeps the contract of ssj-core: one test for each check of the kit."""

from collections.abc import Callable

SSJ_PLUGIN = "market_supervision"


def test_contract(ssj_check: Callable[[], None]) -> None:
    """Every check."""
    ssj_check()
