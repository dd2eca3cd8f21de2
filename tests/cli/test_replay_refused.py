"""Replay where today's rules or rosters would refuse the batch: it says so, and compares what can be compared."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pytest

from tests.cli.bureau import OFFICER_HEADERS, Bureau, officer_row, table
from tests.cli.test_replay import DRAW, county, edit
from tests.cli.test_replay_days import RULESET, bureau, change, drawn

__all__ = ["bureau", "drawn"]


def all_officers_but_one(office: Bureau) -> None:
    office.write(officers=table(OFFICER_HEADERS, [officer_row(0)]))


def a_team_of_thirteen(office: Bureau) -> None:
    edit(office, RULESET, "size = 2", "size = 13")


def no_column(office: Bureau) -> None:
    path = office.folder / "subjects.csv"
    path.write_text(path.read_text("utf-8-sig").replace("监管类别", "别的栏目"), "utf-8")


REFUSED: Final[dict[str, tuple[Callable[[Bureau], None], str, str, int, bool | None]]] = {
    "nobody has looked": (
        change("ratio.toml", "reviewed_until = 2021-12-31", "reviewed_until = 2021-01-10"), "SSJ-S021", "", 4, None
    ),
    "more officers than there are": (a_team_of_thirteen, "SSJ-M00", "team size", 4, None),
    "officers gone": (all_officers_but_one, "SSJ-M00", "", 3, True),
    "a column gone": (no_column, "SSJ-[RS]0", "", 3, True),
}  # fmt: skip


@pytest.mark.parametrize("kind", REFUSED)
def test_what_refuses_is_told_and_the_rest_compared(bureau: Bureau, kind: str) -> None:
    spoil, code, differs, exit_code, roster = REFUSED[kind]
    spoil(bureau)
    said = bureau.play(
        "replay", bureau.plan, "--against", DRAW, code=exit_code, env={"COLUMNS": "200"},
        out=["封存不了", "规则：", "名录表：无法比较", differs], err=[code],
    )  # fmt: skip
    assert bool(re.search("SSJ-A022", said.stdout)) is bool(roster), "rosters of another day are told as that"
    if roster:
        assert "√ 规则：相同" in said.stdout
    told: dict[str, Any] = json.loads(
        bureau.play("replay", bureau.plan, "--against", DRAW, "--json", code=exit_code).stdout
    )
    assert re.match(code, told["result"]["refused"][0]["code"])
    assert told["result"]["tables"] is None


def test_a_refusal_by_the_plan_alone_is_a_no(bureau: Bureau) -> None:
    """Plugins and rosters are those of then, and so are the rules: it is not that nothing could be told."""
    plan = '[rosters.subjects]\nfile = "subjects.csv"\n'
    edit(bureau, "plan.toml", plan, f'{plan}columns = {{ "监管类别" = "ignore" }}\n')
    bureau.play(
        "replay", bureau.plan, "--against", DRAW, code=1,
        out=["0 个不同", "SSJ-A024", "封存不了", "√ 规则：相同", "名录表：无法比较"],
        silent=["SSJ-A022"], err=["SSJ-S029"],
    )  # fmt: skip


def test_what_refuses_the_batch_whether_reviewed_or_not_is_told_once(bureau: Bureau) -> None:
    change("ratio.toml", "reviewed_until = 2021-12-31", "reviewed_until = 2021-01-10")(bureau)
    edit(bureau, RULESET, "at_most = 2", 'at_most = "二"')
    said = bureau.play("replay", bureau.plan, "--against", DRAW, "--json", code=4).stdout
    codes = [one["code"] for one in json.loads(said)["result"]["refused"]]
    assert sorted(codes) == ["SSJ-S021", "SSJ-S025"]


def leading(*cells: tuple[str, str]) -> bytes:
    """Officers with who may lead and how often each may go; the others may, as often as it takes."""
    rows = [[*officer_row(n), *(cells[n] if n < len(cells) else ("是", ""))] for n in range(12)]
    return table((*OFFICER_HEADERS, "是否主办", "本批次上限"), rows)


def test_who_may_lead_and_how_often_each_may_go_stands_in_the_roster_and_is_no_rule(tmp_path: Path) -> None:
    office = county(tmp_path / "bureau")
    office.write(officers=leading(("是", "5"), ("否", "")))
    edit(office, RULESET, "size = 2", 'size = 2\nlead = "qualified"\navoid = "last-team"')
    office.run("--batch", "one")
    sealed = (office.folder / "draws" / DRAW / "rules.toml").read_text("utf-8")
    assert "主办资格" in sealed
    assert 'per = "person"' in sealed
    office.write(officers=leading(("否", ""), ("是", ""), ("否", "")))
    office.play("replay", office.plan, "--against", DRAW, code=3, out=["SSJ-A022", "√ 规则：相同", "名录表：无法比较"])
    edit(office, RULESET, "last-team", "none")
    said = office.play("replay", office.plan, "--against", DRAW, "--json", code=4).stdout
    assert [(one["rule"], one["key"]) for one in json.loads(said)["result"]["rules"]] == [("team", "avoids_last_team")]
    office.check()


def test_a_change_beside_the_refusal_is_not_hidden_by_it(bureau: Bureau) -> None:
    no_column(bureau)
    edit(bureau, RULESET, "size = 2", "size = 3")
    said = json.loads(bureau.play("replay", bureau.plan, "--against", DRAW, "--json", code=4).stdout)["result"]["rules"]
    assert ("team", "size", "2", "3") in [(one["rule"], one["key"], one["old"], one["new"]) for one in said]
