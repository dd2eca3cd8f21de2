"""The bureau every scenario is played in; whatever it wrote is verified when the scenario is over."""

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest

from ssj_cli import clock
from tests.cli.bureau import Bureau


@pytest.fixture
def bureau(tmp_path: Path) -> Iterator[Bureau]:
    """A furnished bureau with entropy of the operating system."""
    made = Bureau(tmp_path / "bureau").furnish()
    yield made
    made.check()


@pytest.fixture
def witnessed(tmp_path: Path) -> Iterator[Bureau]:
    """A furnished bureau with entropy from witnesses."""
    made = Bureau(tmp_path / "bureau").furnish(entropy=("text",))
    yield made
    made.check()


@pytest.fixture
def watch(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    """Set the clock of the office."""

    def at(time: datetime) -> None:
        monkeypatch.setattr(clock, "today", lambda: time)

    return at
