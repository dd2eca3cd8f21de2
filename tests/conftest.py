"""Hypothesis profiles and fixtures shared by all tests."""

import os
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from tests.languages import watched

os.environ.pop("COLUMNS", None)  # tables are as wide as where there is no terminal, wherever the tests run
# Workers and the programmes that tests start find modules compiled, as installed ones are: else each compiles them all.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False
settings.register_profile("default", deadline=None, max_examples=50, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", parent=settings.get_profile("default"), derandomize=True, database=None)
settings.register_profile(
    "deep",
    parent=settings.get_profile("default"),
    max_examples=2_000,
    derandomize=False,  # CI's profile is inherited
)
settings.load_profile(os.environ.get("SSJ_PROFILE") or ("ci" if os.environ.get("CI") else "default"))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Each worker takes a stretch of the tests, then half of what another has left: what a file made is used by it."""
    from xdist.scheduler import WorkStealingScheduling  # only where there are workers

    return WorkStealingScheduling(config, log) if config.getvalue("dist") == "load" else None


@pytest.fixture(scope="session", autouse=True)
def _disk_is_not_waited_for() -> Iterator[None]:
    """No test pulls the plug: those that die at a step die instead of it, and processes that die wait as offices do."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", os.fstat)  # which refuses what cannot be flushed, too
        yield


@pytest.fixture(autouse=True)
def _one_language() -> Iterator[None]:
    """Whatever problem a test makes is told in the language of its message."""
    with watched():
        yield
