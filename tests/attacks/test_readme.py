"""The table of attacks is whole: every test it names exists, and every test file here stands in it."""

import ast
import re
from functools import cache
from pathlib import Path
from typing import Final

import pytest

TESTS: Final = Path(__file__).parents[1]
README: Final = (Path(__file__).parent / "README.md").read_text("utf-8")
TABLE: Final = README.partition("|---|---|---|\n")[2].partition("\n\n")[0].splitlines()
NODE: Final = re.compile(r"`([a-z_/0-9]+\.py)::(test_\w+)`")
ATTACKS: Final = (
    "Trying until it pleases", "Evidence that was known", "Waiting for a lucky", "Adding a number", "Putting the clock",
    "One friend under", "A roster edited", "The plan edited", "All of it done again", "The roster renumbered",
    "A firm twice", "Draw id, batch or scope", "Two draws, one published", "Dropping who was drawn",
    "The latest beacon", "Another event than", "Lost zeros",
    "The last to reveal", "Floating-point ratios", "A small bias", "A database of another language", "A slip in copied",
    "A forged verifier", "A missing input",
)  # fmt: skip
"""How each row begins: one that is dropped is missed here."""


def test_every_attack_has_its_row() -> None:
    assert [row.removeprefix("| ")[: len(start)] for row, start in zip(TABLE, ATTACKS, strict=True)] == list(ATTACKS)


@pytest.mark.parametrize("row", TABLE)
def test_a_row_names_the_attack_what_stands_against_it_and_tests_that_exist(row: str) -> None:
    _, attack, defence, tests, _ = row.split("|")
    assert attack.strip()
    assert defence.strip()
    named = NODE.findall(tests)
    assert named
    assert len(named) == tests.count("`") // 2
    assert [f"{path}::{name}" for path, name in named if name not in functions(path)] == []


@cache
def functions(path: str) -> set[str]:
    """Test functions of a file."""
    return {
        node.name for node in ast.parse((TESTS / path).read_text("utf-8")).body if isinstance(node, ast.FunctionDef)
    }


def test_every_test_file_here_stands_in_the_table() -> None:
    named = {path for row in TABLE for path, _ in NODE.findall(row)}
    here = {f"attacks/{path.name}" for path in Path(__file__).parent.glob("test_*.py")}
    assert here - named == {"attacks/test_readme.py"}
