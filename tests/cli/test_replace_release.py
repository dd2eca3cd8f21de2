"""Where nobody is free to step in, other places are drawn anew, too: first proposed, then agreed to."""

import re
from pathlib import Path

import pytest

from tests.cli.bureau import (
    OFFICER_HEADERS,
    SECTIONS,
    SUBJECT_HEADERS,
    Bureau,
    officer_row,
    plan_text,
    subject_row,
    table,
)
from tests.cli.test_replace import WHY, teams

BATCH = (("key-1", "2021-01-18", "2021-04-09"),)
BARRED = 2  # officers who may not go to the first subject: they alone are free when the case is as wanted


def office(folder: Path) -> Bureau:
    """Two key enterprises of one section, five officers of one visit each; the last two are kin of the first firm."""
    made = Bureau(folder).furnish()
    firms = [subject_row(number) for number in (0, 8)]
    for row in firms:
        row[SUBJECT_HEADERS.index("监管股室")] = SECTIONS[0]
        row[SUBJECT_HEADERS.index("回避人员")] = ""
        row[SUBJECT_HEADERS.index("登记状态")] = "存续"
    people = [officer_row(number * 4) for number in range(5)]
    for row in people[-BARRED:]:
        row[OFFICER_HEADERS.index("回避对象")] = firms[0][0]
    made.write(
        plan=plan_text(batches=BATCH),
        subjects=table(SUBJECT_HEADERS, firms),
        officers=table((*OFFICER_HEADERS, "本批次上限"), [[*row, "1"] for row in people]),
    )
    return made


@pytest.fixture
def drawn(tmp_path: Path) -> tuple[Bureau, str]:
    """The office after a draw in which whoever is free may not go to the first firm; its draw."""
    bureau = office(tmp_path / "bureau")
    for number in range(1, 60):  # who is free falls by lot
        bureau.run()
        draw = f"t-2021-key-1-{number}"
        busy = {row["执法检查人员"] for row in teams(bureau, draw)}
        if len(busy & {f"officer:{officer_row(n * 4)[2]}" for n in range(5 - BARRED)}) == 5 - BARRED:
            return bureau, draw
        bureau.play("void", str(bureau.folder), draw, "--reason", "试验：再抽一次")
    raise AssertionError("sixty draws, and never the one wanted")


def test_the_places_to_release_are_proposed_and_then_drawn_anew(drawn: tuple[Bureau, str]) -> None:
    bureau, draw = drawn
    rows = teams(bureau, draw)
    first = next(row for row in rows if row["检查对象"].endswith("0000"))
    who, firm = first["执法检查人员"], first["检查对象"]
    ask = ("replace", bureau.plan, draw, who, "--reason", "recusal", "--visit", firm, *WHY)
    before = bureau.events()
    refused = bureau.play(*ask, code=1, err=["SSJ-C020", "--release"])
    assert bureau.events() == before, "a proposal is no event"
    bureau.play(*ask, "--release", out=["改派"])
    event = (bureau.folder / "draws" / draw / "replacements" / "1" / "event.toml").read_text("utf-8")
    (released,) = re.findall(r'released = \[\s*"([^"]+)",?\s*\]', event)
    assert released in refused.stderr
    other, place = released.split("#")
    now = teams(bureau, draw, 1)
    assert who not in {row["执法检查人员"] for row in now if row["检查对象"] == firm}
    came = {row["执法检查人员"] for row in now if row["检查对象"] == firm} - {
        row["执法检查人员"] for row in rows if row["检查对象"] == firm
    }
    went = [row for n, row in enumerate(r for r in rows if r["检查对象"] == other) if n == int(place) - 1]
    assert came == {went[0]["执法检查人员"]}, "he comes from the place that was released"
    assert {row["检查对象"] for row in now} == {row["检查对象"] for row in rows}
    bureau.play("verify", str(bureau.folder), out=["1 次替换"])
    bureau.check()
