"""The vectors of bad records: rebuilt byte for byte, true to their schema, answered by the core as they say."""

import json
import re
from functools import cache
from pathlib import Path
from typing import Final

import pytest

from tests.unit.test_spec import BODY
from tests.unit.test_vectors import flaws
from tests.vectors.generate_bad import FOLDER, build
from tests.vectors.spoiled.vector import NAME, SEVERITY, Vector, answered, decode, reports

FILES: Final = sorted(path.name for path in FOLDER.glob("*"))
SCHEMA: Final = json.loads((FOLDER.parent / "schema" / "bad.json").read_text("utf-8"))


@cache
def vector(name: str) -> Vector:
    return decode((FOLDER / name).read_text("utf-8"))


def test_files_are_what_the_generator_writes_today() -> None:
    """That the core answers so is asked of each file below."""
    made = build()
    assert sorted(made) == FILES
    assert [name for name, text in made.items() if (FOLDER / name).read_bytes() != text.encode()] == []


@pytest.mark.parametrize("name", FILES)
def test_the_core_answers_so(name: str) -> None:
    one = vector(name)
    said = reports(one)
    assert answered(one, said) == one.answer
    wrong = [(report, step) for report in said for step in report.steps if step.status != "holds"]
    assert bool(wrong) is (one.answer.verdict != "holds")
    for _, step in wrong:
        assert {p.severity for p in step.details} & set(SEVERITY.values()) >= {SEVERITY[step.status]}


@pytest.mark.parametrize("name", FILES)
def test_files_keep_their_schema(name: str) -> None:
    content = json.loads((FOLDER / name).read_text("utf-8"))
    assert flaws(SCHEMA, content) == []
    assert content["name"] == name.removesuffix(".json")
    known = {NAME, content["folder"], "ledger.jsonl", *content.get("draws", ())}
    assert content["expect"].get("of", NAME).partition("+")[0] in known
    assert ("step" in content["expect"]) is ("code" in content["expect"]) is (content["expect"]["verdict"] != "holds")
    assert name.startswith("good-") is (content["expect"]["verdict"] == "holds")


def test_what_is_written_is_what_was_made() -> None:
    for name in FILES:
        assert vector(name).encode(name.removesuffix(".json")).encode() == (FOLDER / name).read_bytes()


ELSEWHERE = {
    *(f"MUST-10.{n}" for n in range(8, 16)),  # made with keys: test_signatures, test_stamps
    *(f"MUST-11.{n}" for n in range(10, 13)),  # levels with a stamp: tests/unit/test_levels
}


def test_every_requirement_on_records_ledger_and_replacements_is_broken_by_some() -> None:
    stated = [m for m in re.findall(r"\*\*(MUST-(?:9|10|11|13)\.\d+)\*\*", BODY) if m not in ELSEWHERE]
    broken = {must for name in FILES if not name.startswith("good-") for must in vector(name).musts}
    kept = {must for name in FILES if name.startswith("good-") for must in vector(name).musts}
    assert len(stated) >= 40
    assert [must for must in stated if must not in broken | kept] == []
    assert [must for must in stated if must not in broken] == ["MUST-10.3"]  # a torn line is no mistake: it holds
    assert broken - set(re.findall(r"\*\*(MUST-\d+\.\d+)\*\*", BODY)) == set()


def test_both_answers_are_there_and_no_step_is_left_out() -> None:
    answers = [vector(name).answer for name in FILES]
    assert {str(a.step) for a in answers if a.verdict == "fails"} >= {*map(str, range(1, 11)), "ledger", "replacement"}
    assert {str(a.step) for a in answers if a.verdict == "unknown"} >= {"1", "2", "3", "5", "ledger", "replacement"}
    assert sum(a.verdict == "holds" for a in answers) >= 3
    assert len({a.code for a in answers}) > 90


def test_the_readme_tells_of_them() -> None:
    readme = (Path(FOLDER).parent / "README.md").read_text("utf-8")
    for word in ("bad/", *SCHEMA["required"], "ledger", "torn", "draws", "good-"):
        assert f"`{word}" in readme, word
