"""The tables of the author's guide are good ones: each example of `plugins/README.md` is read by its own loader."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from ssj_core.cases import load_cases
from ssj_core.plugin.declarative import KEYS
from ssj_core.rules.filters import load_filter
from ssj_core.rules.results import load_result_table
from ssj_core.rules.stratify import load_stratifier
from ssj_core.rules.tables import load_checklist, load_ratio_rule, load_ruleset
from ssj_core.rules.weights import load_weight_rule

from .fakes import manifest
from .kit import examined, found

GUIDE = (Path(__file__).parents[2] / "plugins" / "README.md").read_text(encoding="utf-8")
LOADERS: dict[str, Callable[[bytes, str], object]] = {
    "ssj-checklist/1": load_checklist,
    "ssj-ratio/1": load_ratio_rule,
    "ssj-ruleset/1": load_ruleset,
    "ssj-cases/1": load_cases,
    "ssj-filter/1": load_filter,
    "ssj-strata/1": load_stratifier,
    "ssj-results/1": load_result_table,
    "ssj-weights/1": load_weight_rule,
}


def examples(name: str) -> list[str]:
    """The examples of a format; a line that says how an editor finds its schema is none."""
    blocks = re.findall(r"(?s)```toml[^\n]*\n(.*?)```", GUIDE)
    return [text for text in blocks if f'format = "{name}"' in text and "#:schema" not in text]


def test_every_format_of_a_table_has_an_example() -> None:
    assert set(LOADERS) == set(KEYS)


@pytest.mark.parametrize("name", LOADERS)
def test_an_example_of_the_guide_can_be_read(name: str) -> None:
    assert examples(name), "the guide shows none"
    for text in examples(name):
        assert LOADERS[name](text.encode(), "plugins/README.md")


def test_the_examples_of_the_guide_together_are_a_plugin(tmp_path: Path) -> None:
    """What names another is there, and whatever can have a basis has one."""
    keys = {key: examples(name) for name, key in KEYS.items() if key != "cases"}
    texts = {key: [t for t in found if 'id = "market_supervision' in t] for key, found in keys.items()}
    told = {key: "[" + ", ".join(f'"{key}{n}.toml"' for n in range(len(made))) + "]" for key, made in texts.items()}
    (tmp_path / "ssj-plugin.toml").write_text(manifest("market_supervision", **told), encoding="utf-8")
    for key, made in texts.items():
        for n, text in enumerate(made):
            (tmp_path / f"{key}{n}.toml").write_text(text, encoding="utf-8")
    plugin = examined("market_supervision", tmp_path)
    assert plugin.loading[1] == ()
    assert found(plugin, "bases") == found(plugin, "references") == []
