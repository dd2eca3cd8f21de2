"""Findings on the screen: lines to be pasted stand on their own, and nobody writes a line through the verifier."""

import pytest

from ssj_cli.say import Voice
from ssj_core.problems import problem


def lines(capsys: pytest.CaptureFixture[str], code: str, **params: str) -> list[str]:
    Voice("zh").findings([problem(code, **params)], indent=2, said=set())  # type: ignore[arg-type]
    return capsys.readouterr().out.splitlines()


def test_lines_to_paste_stand_on_lines_of_their_own(capsys: pytest.CaptureFixture[str]) -> None:
    said = lines(capsys, "SSJ-G117", value="county.x", what="subject.status", lines="ColumnUse(1)\nColumnUse(2)")
    assert said[-2:] == ["      ColumnUse(1)", "      ColumnUse(2)"]
    assert r"\n" not in "".join(said)


def test_what_a_record_says_writes_no_line(capsys: pytest.CaptureFixture[str]) -> None:
    said = lines(capsys, "SSJ-V106", value="1\n√ 成立")
    assert len(said) <= 2
    assert not [line for line in said if line.strip().startswith("√")]
