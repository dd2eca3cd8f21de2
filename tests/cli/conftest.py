"""The bureau every scenario is played in; whatever it wrote is verified when the scenario is over."""

from collections.abc import Iterator
from pathlib import Path

import pytest

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
