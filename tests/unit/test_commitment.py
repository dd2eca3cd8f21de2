"""Roster lines and the commitment."""

import json
import re
from pathlib import Path
from typing import Any, cast

import pytest
from attrs import evolve

from ssj_core.commitment import NO_LEDGER, Commitment, OfficerLine, SubjectLine, commit, roster_root

CASES = json.loads((Path(__file__).parents[1] / "vectors" / "commitment.json").read_text("utf-8"))["cases"]
CLEAN = re.compile("control|NFC")
OFFICER = OfficerLine(id="officer:1", section="一股", cap=3, history=0)


def made(case: dict[str, Any]) -> Commitment:
    return commit(
        case["draw_id"],
        [SubjectLine(id=i, stratum=s) for i, s in case["subjects"]],
        [OfficerLine(id=i, section=s, cap=c, history=h) for i, s, c, h in case["officers"]],
        plan=case["plan"].encode(),
        rules=case["rules"].encode(),
        previous_head=case["previous_head"],
    )


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["name"])
def test_vectors(case: dict[str, Any]) -> None:
    commitment = made(case)
    assert commitment.value == case["commitment"]
    for name in ("draw_id", "subjects_root", "officers_root", "plan_digest", "rules_digest", "previous_head"):
        assert getattr(commitment, name) == case[name]
    counts = (len(case["subjects"]), len(case["officers"]))
    assert (commitment.subjects_count, commitment.officers_count) == counts


def test_lines_are_those_of_the_specification() -> None:
    assert SubjectLine(id="test:甲", stratum="B/未抽过").encode() == "test:甲\tB/未抽过".encode()
    assert evolve(OFFICER, history=2).encode() == "officer:1\t一股\t3\t2".encode()
    assert NO_LEDGER == "0" * 64


@pytest.mark.parametrize("bad", ["\t", "\n", "a\tb", "e\u0301", "\x85", "\x7f"])
def test_unclean_lines_are_refused(bad: str) -> None:
    for line in (
        SubjectLine(id="test:1", stratum=bad),
        SubjectLine(id=f"test:{bad}", stratum="B"),
        evolve(OFFICER, section=bad),
        evolve(OFFICER, id=f"officer:{bad}"),
    ):
        with pytest.raises(ValueError, match=CLEAN):
            line.encode()
        with pytest.raises(ValueError, match=CLEAN):
            roster_root(cast(list[SubjectLine], [line]))


@pytest.mark.parametrize("bad", ["91610528", "off:1", "test:", "test:a b", "test:a#2", "test:a|b"])
def test_lines_need_proper_ids(bad: str) -> None:
    with pytest.raises(ValueError, match=re.escape(bad)):
        SubjectLine(id=bad, stratum="B").encode()
    with pytest.raises(ValueError, match=re.escape(bad)):
        evolve(OFFICER, id=bad).encode()


def test_an_id_given_twice_is_refused() -> None:
    for other in ("B", "C"):
        with pytest.raises(ValueError, match="'test:1' occurs twice"):
            roster_root(
                [SubjectLine(id=i, stratum=s) for i, s in (("test:1", "B"), ("test:2", "B"), ("test:1", other))]
            )
    with pytest.raises(ValueError, match="'officer:1' occurs twice"):
        roster_root([OFFICER, evolve(OFFICER, cap=1)])


def test_lines_are_sorted_whole_by_bytes() -> None:
    # A TAB sorts before every character of an id, so a prefix comes first, as it does by id.
    ids = ["test:甲", "test:ab", "test:a", "test:B", "test:\U00020bb7", "test:\uffe5"]
    right = ["test:B", "test:a", "test:ab", "test:甲", "test:\uffe5", "test:\U00020bb7"]
    assert sorted(SubjectLine(id=i, stratum="x").encode() for i in ids) == [f"{i}\tx".encode() for i in right]


def test_a_draw_id_of_two_lines_is_refused() -> None:
    with pytest.raises(ValueError, match="control"):
        _ = commit("a\nb", [], [], plan=b"", rules=b"", previous_head=NO_LEDGER).value
