"""Fixtures of the tests of plugins."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from .fakes import Site
from .kit import ask_here


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """A folder on `sys.path` to install fakes in."""
    with Site(tmp_path / "site") as made:
        yield made


@pytest.fixture
def one_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """The kit asks in this process what it asks of three, and invents fewer units: for tests not about that."""
    monkeypatch.setattr("ssj_core.testing.examined.ask", ask_here)
    monkeypatch.setattr("ssj_core.testing.anything._EXAMPLES", 25)
    monkeypatch.setattr("ssj_core.testing.examined.Examined.risky", False)
