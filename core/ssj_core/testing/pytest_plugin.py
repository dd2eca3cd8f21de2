"""The conformance kit for pytest. It does nothing until an author asks for it:

    pytest_plugins = ["ssj_core.testing.pytest_plugin"]     # in tests/conftest.py
    SSJ_PLUGIN = "forestry"                                 # in a test module

    def test_contract(ssj_check):
        ssj_check()

Every test that takes `ssj_check` is run once for each check, by the check's id.
"""

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from ssj_core.plugin.loader import discover
from ssj_core.testing.checks import CHECKS, Check, run_check
from ssj_core.testing.examined import Examined

_NAME = "SSJ_PLUGIN"


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """One test for each check."""
    if "ssj_check" in metafunc.fixturenames:
        metafunc.parametrize("ssj_check", CHECKS, ids=[c.id for c in CHECKS], indirect=True)


@pytest.fixture
def ssj_check(request: pytest.FixtureRequest) -> Callable[[], None]:
    """Call it: it fails with everything that this check found in the plugin that the module names.

    `SSJ_PLUGIN` is the id of an installed plugin, or a `Path` to a folder of TOML.
    """
    check: Check = request.param
    named = getattr(request.module, _NAME, None)
    if not isinstance(named, str | Path):
        raise pytest.UsageError(f'{request.module.__name__} needs {_NAME} = "the id of the plugin"')

    def run() -> None:
        result = run_check(check, examined(named))
        told = [f"{p.code} {p.field} {p.message('en')}\n    -> {p.remedy('en')}" for p in result.problems]
        if not result.asked:
            pytest.skip("the plugin does not load, or its callbacks end their process")
        if not result.told:
            pytest.skip("\n".join(told))
        if not result.holds:
            pytest.fail("\n".join(told), pytrace=False)

    return run


@cache
def examined(named: str | Path) -> Examined:
    """The plugin, once for all checks: loading it and asking its processes takes a while."""
    available = discover([named] if isinstance(named, Path) else ())
    if isinstance(named, Path):
        return Examined(next(s for s in available.values() if s.folder == named), available)
    if named not in available:
        raise pytest.UsageError(f"no plugin {named} is installed; there are {', '.join(available)}")
    return Examined(available[named], available)
