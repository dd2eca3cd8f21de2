"""The tables of the author's guide are good ones: each example of `plugins/README.md` is read by its own loader."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from ssj_core.rules.filters import load_filter
from ssj_core.rules.results import load_result_table
from ssj_core.rules.stratify import load_stratifier
from ssj_core.rules.weights import load_weight_rule

GUIDE = (Path(__file__).parents[2] / "plugins" / "README.md").read_text(encoding="utf-8")
LOADERS: dict[str, Callable[[bytes, str], object]] = {
    "ssj-filter/1": load_filter,
    "ssj-strata/1": load_stratifier,
    "ssj-results/1": load_result_table,
    "ssj-weights/1": load_weight_rule,
}


@pytest.mark.parametrize("name", LOADERS)
def test_an_example_of_the_guide_can_be_read(name: str) -> None:
    tables = [t for t in re.findall(r"(?s)```toml[^\n]*\n(.*?)```", GUIDE) if f'format = "{name}"' in t]
    assert tables, "the guide shows none"
    for text in tables:
        assert LOADERS[name](text.encode(), "plugins/README.md")
