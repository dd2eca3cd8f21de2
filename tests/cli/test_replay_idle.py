"""Today's rules hold nothing on the day of a draw: that is told of each, and all others are compared all the same."""

import re
import shutil
from pathlib import Path
from typing import Any, Final

import pytest

from .bureau import Bureau
from .test_replay import DRAW, edit
from .test_replay_days import RULESET, Edit, change, drawn, replayed, ruleset

__all__ = ["drawn"]

TICKETS: Final = 'ratio = "county.three"\nweights = "county.tickets"'
WEIGHING: Final = ruleset('ratio = "county.three"', TICKETS)
DAY: Final = "2021-01-18"


@pytest.fixture
def bureau(drawn: Path, tmp_path: Path) -> Bureau:
    shutil.copytree(drawn, tmp_path / "bureau")
    return Bureau(tmp_path / "bureau")


def both(*edits: Edit) -> Edit:
    def play(bureau: Bureau) -> None:
        for one in edits:
            one(bureau)

    return play


def starts_later(file: str) -> Edit:
    return change(file, "since = 2021-01-01", "since = 2021-03-01")


IDLE: Final = {
    "ratio": (starts_later("ratio.toml"), "county.three", "2021-03-01"),
    "ratio that ended": (change("ratio.toml", "until = 2021-12-31", "until = 2021-01-17"), "county.three", DAY),
    "stated county.small": (starts_later("filter.toml"), "county.small", "2021-03-01"),
    "checklists county": (starts_later("checklist.toml"), "county", "2021-03-01"),
    "results": (starts_later("results.toml"), "county.results", "2021-03-01"),
}


@pytest.mark.parametrize("kind", IDLE)
def test_a_rule_that_holds_nothing_that_day_is_told_and_the_others_are_compared(bureau: Bureau, kind: str) -> None:
    change, rule, since = IDLE[kind]
    change(bureau)
    edit(bureau, RULESET, "size = 2", "size = 3")
    told = {f"{one['rule']} {one['key']}".strip(): one for one in replayed(bureau)}
    place = kind.removesuffix(" that ended")
    assert set(told) == {place, "team size"}
    one = told[place]
    assert (one["new"], one["since"]) == ("—", since)
    assert re.match(rf"{rule} 现在在 {DAY} 这一天什么也没有规定，施行期：.*；随插件 county 而来", one["why"])
    said = bureau.play("replay", bureau.plan, "--against", DRAW, code=4, silent=["SSJ-S0"], out=[
        f"× 规则：{len(told)} 处不同", rf"〇 名录表：无法比较，这一天没有规定的规则抽不了：{rule}",
    ]).stdout  # fmt: skip
    assert said.count("什么也没有规定") == 1
    bureau.check()


def test_several_such_rules_are_told_each(bureau: Bureau) -> None:
    both(starts_later("ratio.toml"), starts_later("filter.toml"), starts_later("results.toml"))(bureau)
    told: list[dict[str, Any]] = replayed(bureau)
    assert {one["rule"] for one in told} == {"ratio", "stated county.small", "results"}
    english = bureau.play("--lang", "en", "replay", bureau.plan, "--against", DRAW, code=4).stdout
    assert "county.three now holds nothing on 2021-01-18, only 2021-03-01 to 2021-12-31" in english
    bureau.check()


def test_what_the_ruleset_says_of_such_a_rule_is_compared(bureau: Bureau) -> None:
    """Which table, how many days until results are entered: that has the days of the ruleset."""
    starts_later("results.toml")(bureau)
    edit(bureau, RULESET, "entry_working_days = 5", "entry_working_days = 7")
    told = {f"{one['rule']} {one['key']}".strip() for one in replayed(bureau)}
    assert told == {"results", "results entry_working_days"}


def test_holidays_are_compared_though_the_results_hold_nothing(bureau: Bureau) -> None:
    """They are sealed beside the results and no part of what stands in their place."""
    starts_later("results.toml")(bureau)
    (bureau.folder / "calendars").mkdir()
    table = 'format = "ssj-calendar/1"\nyear = 2021\nsource = "通知"\n[days]\n"2021-01-20" = false\n'
    (bureau.folder / "calendars" / "2021.toml").write_text(table, encoding="utf-8")
    told = {f"{one['rule']} {one['key']}".strip() for one in replayed(bureau)}
    assert told == {"results", "results calendar"}


def test_of_several_later_intervals_the_first_is_told(bureau: Bureau) -> None:
    path = bureau.folder / "county" / "ratio.toml"
    head, _, interval = path.read_text("utf-8").partition("[[in_force]]")
    first = interval.replace("since = 2021-01-01", "since = 2021-03-01").replace("2021-12-31", "2021-07-31", 1)
    second = interval.replace("since = 2021-01-01", "since = 2021-08-01")
    path.write_text(f"{head}[[in_force]]{first}\n[[in_force]]{second}", encoding="utf-8")
    (one,) = replayed(bureau)
    assert (one["rule"], one["since"]) == ("ratio", "2021-03-01")


def test_nothing_but_that_is_told_where_nothing_else_changed(bureau: Bureau) -> None:
    starts_later("ratio.toml")(bureau)
    (one,) = replayed(bureau)
    assert one["old"] == "百分之三"


def test_such_a_rule_that_is_asked_for_since_then_is_told_as_new_and_as_holding_nothing(bureau: Bureau) -> None:
    both(WEIGHING, starts_later("weights.toml"))(bureau)
    told = [(one["rule"], one["old"], one["new"], one["since"]) for one in replayed(bureau)]
    assert told == [("weights", "—", "—", "2021-03-01"), ("weights", "—", "多给一张签", None)]
    bureau.check()
