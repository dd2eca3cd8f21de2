"""What was typed and taken back: kept verbatim, told to everybody, and refused where it cannot have been so."""

from collections.abc import Mapping
from datetime import UTC, datetime

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from ssj_core.entropy import BUILT_IN
from ssj_core.entropy.dice import DICE6
from ssj_core.entropy.model import Evidence, Request
from ssj_core.entropy.retyped import correction, corrections
from ssj_core.problems import EntropyError
from ssj_core.verify.assurance import judge

NOW = datetime(2026, 3, 1, tzinfo=UTC)
PLACE = {"where": "局会议室", "when": "2026-03-01T09:30+08:00"}
THROWN = "351622441" * 3


def taken(source: str, raw: str, appointed: Mapping[str, str] | None = None, **given: str) -> Evidence:
    request = Request(
        draw_id="d", commitment="c", appointed=appointed or {}, given={"raw": raw, **PLACE, **given},
        who=("张三", "李四"), now=NOW,
    )  # fmt: skip
    return BUILT_IN[source].collect(request)


def told(evidence: Evidence, appointed: Mapping[str, str] | None = None) -> list[tuple[str, str]]:
    return [(p.code, p.value) for p in BUILT_IN[evidence.source].assess(evidence, appointed or {}).problems]


def test_words_that_were_typed_before_are_kept_and_told() -> None:
    evidence = taken("text", "31415926535897932384", retyped="2718281828\n1414213562")
    assert evidence.details == {"retyped": "2718281828\n1414213562"}
    assert told(evidence) == [("SSJ-E052", "2")]
    verdict = judge([(evidence, {})], "2020-01-01")
    assert verdict.level == "E2"
    assert any("2718281828 / 1414213562" in text.en for text in verdict.unproved)
    assert taken("text", "31415926535897932384", retyped=" ").details == {}


def test_numbers_of_a_lottery_that_were_typed_before_are_kept_and_told() -> None:
    raw, appointed = "2026318: 0 7 3", {"game": "fc3d", "issue": "2026318"}
    evidence = taken("fc3d", raw, appointed, retyped="2026318: 0 7 8")
    assert evidence.details["retyped"] == "2026318: 0 7 8"
    assert ("SSJ-E052", "1") in told(evidence, appointed)
    assert ("SSJ-E052", "1") not in told(taken("fc3d", raw, appointed), appointed)


def test_throws_that_were_corrected_are_kept_and_told() -> None:
    evidence = taken("dice6", THROWN, corrections="2:4>5\n4:7 2>\n9:2>6\n9:6>1")
    assert evidence.details == {"corrections": "2:4>5\n4:7 2>\n9:2>6\n9:6>1"}
    assert told(evidence) == [("SSJ-E050", "4")]
    assert BUILT_IN["dice6"].assess(evidence, {}).level == "E2"
    (found,) = BUILT_IN["dice6"].assess(evidence, {}).problems
    assert "第 2 次 4→5；第 4 次起“7 2”未采用" in found.message("zh")
    assert "throw 2: 4 became 5; from throw 4 on: 7 2 was not taken" in found.message("en")


@pytest.mark.parametrize(
    "wrong", ["2:4>1", "28:4>1", "0:4>3", "2:4", "4>3", ":4>3", "2:4>35", "2:4>5\n\n", "9:2>1\n9:1>2"]
)
def test_a_correction_the_throws_do_not_show_is_refused(wrong: str) -> None:
    with pytest.raises(EntropyError) as caught:
        taken("dice6", THROWN, corrections=wrong)
    assert [p.code for p in caught.value.problems] == ["SSJ-E051"]
    changed = evolve(taken("dice6", THROWN), details={"corrections": wrong})
    assert BUILT_IN["dice6"].assess(changed, {}).level == "E0"


@settings(max_examples=200)
@given(st.lists(st.tuples(st.integers(1, 27), st.text(st.characters(exclude_characters="\n"), max_size=9))))
def test_whatever_was_typed_comes_back_from_its_line(typed: list[tuple[int, str]]) -> None:
    """A line may hold every sign but the end of a line, colons and arrows too."""
    lines = [correction(n, text, THROWN[n - 1]) for n, text in typed]
    evidence = evolve(taken("dice6", THROWN), details={"corrections": "\n".join(lines)})
    found = list(corrections(evidence, DICE6.canonical(THROWN)))
    assert [(p.code, p.value) for p in found] == ([("SSJ-E050", str(len(lines)))] if lines else [])
    assert all(text in found[0].message("en") for _, text in typed)
