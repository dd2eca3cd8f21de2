"""Since when a sealed rule is another: every kind of change, with its own day, with its ruleset's, or with none."""

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pytest

from tests.cli.bureau import Bureau
from tests.cli.test_replay import DRAW, county, edit

Edit = Callable[[Bureau], None]
RULESET: Final = "county/ruleset.toml"
SAME_DAYS: Final = "规则集 county 没有改生效日（2021-01-01 起），改动没有日期；随插件 county 而来："
PIN: Final = re.compile(r"；随插件 county 而来：county（[0-9a-f]{12}） → county（[0-9a-f]{12}）$")
HOUSE_RULE: Final = '\n[[eligibility]]\nrule = "county.small"\n'
TICKETS: Final = """format = "ssj-weights/1"
id = "county.tickets"
title = "多给一张签"
stratify = "ratio_rules.credit_risk"

[[in_force]]
since = 2021-01-01
reviewed_until = 2021-12-31
classes = { D = 2, "*" = 1 }
basis = [{ title = "某县方案", mark = "seed" }]
"""
FILTER: Final = '\n[[in_force.leave_out]]\ncolumn = "信用风险等级"\nequals = "Z"\n'


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A county whose ruleset asks a filter that ends within the year, has a table of results; its batch drawn."""
    folder = tmp_path_factory.mktemp("drawn") / "bureau"
    made = county(folder)
    text = (folder / "county" / "filter.toml").read_text("utf-8")
    text = re.sub(r"\n\[\[in_force.leave_out\]\]\n.*\n.*\n", FILTER, text).replace(
        "since = 2021-01-01", "since = 2021-01-01\nuntil = 2021-06-30"
    )
    (folder / "county" / "filter.toml").write_text(text, encoding="utf-8")
    results = '\n[results]\nentry_working_days = 5\npublished = "100%"\ntable = "county.results"\n'
    edit(made, RULESET, "\n[[recusal]]", f"{HOUSE_RULE}\n[[recusal]]")
    edit(made, RULESET, '\n[[eligibility]]\nrule = "ratio', f'{results}\n[[eligibility]]\nrule = "ratio')
    item = (folder / "county" / "checklist.toml").read_text("utf-8").partition("[[item]]")[2]
    second = f"\n[[item]]{item}".replace("X-01", "X-02").replace("一项", "又一项")
    with (folder / "county" / "checklist.toml").open("a", encoding="utf-8") as file:
        file.write(second)
    (folder / "county" / "weights.toml").write_text(TICKETS, encoding="utf-8")
    edit(made, "county/ssj-plugin.toml", "ratios = ", 'weights = ["weights.toml"]\nratios = ')
    made.run("--batch", "one")
    return folder


@pytest.fixture
def bureau(drawn: Path, tmp_path: Path) -> Bureau:
    shutil.copytree(drawn, tmp_path / "bureau")
    return Bureau(tmp_path / "bureau")


def replayed(bureau: Bureau, code: int = 4) -> list[dict[str, Any]]:
    """What is another, as a program reads it."""
    said = bureau.play("replay", bureau.plan, "--against", DRAW, "--json", code=code).stdout
    return list(json.loads(said)["result"]["rules"])


def change(file: str, old: str, new: str) -> Edit:
    return lambda bureau: edit(bureau, f"county/{file}", old, new)


def begins(day: str) -> Edit:
    return change("ruleset.toml", "since = 2021-01-01", f"since = {day}")


def remove_item(bureau: Bureau) -> None:
    path = bureau.folder / "county" / "checklist.toml"
    path.write_text(path.read_text("utf-8").rpartition("\n[[item]]")[0], encoding="utf-8")


def another_ratio(bureau: Bureau) -> None:
    edit(bureau, RULESET, '"county.three"', '"ratio_rules.flat_5"')


def another_table(bureau: Bureau) -> None:
    edit(bureau, RULESET, '"county.results"', '"result_codes.common"')


def another_interval(bureau: Bureau) -> None:
    path = bureau.folder / "county" / "ratio.toml"
    head, _, interval = path.read_text("utf-8").partition("[[in_force]]")
    first = interval.replace("until = 2021-12-31", "until = 2021-01-14", 1)
    second = interval.replace("since = 2021-01-01", "since = 2021-01-15").replace('"3%"', '"5%"')
    path.write_text(f"{head}[[in_force]]{first}\n[[in_force]]{second}", encoding="utf-8")


OPEN: Final = '[[eligibility]]\nrule = "ratio_rules.open"\n'
AVAILABLE: Final = '[[eligibility]]\nrule = "officer_rules.available"\n'
KIN: Final = '[[recusal]]\nrule = "officer_rules.kin"\n'
WEIGHTS: Final = 'weights = "county.tickets"'
COVERAGE: Final = "months = [1, 4]\ncoverage_first = true"


def ruleset(old: str, new: str) -> Edit:
    return change("ruleset.toml", old, new)


OF_THE_RULESET: Final = {
    "team size": ruleset("size = 2", "size = 3"),
    "mode": ruleset('"targeted"', '"untargeted"'),
    "title": ruleset('"一次抽查"', '"一次检查"'),
    "eligibility ratio_rules.open": ruleset(OPEN, ""),
    "eligibility officer_rules.available": ruleset("[[recusal]]", f"{AVAILABLE}\n[[recusal]]"),
    "eligibility ratio_rules.yearly_cap params.at_most": ruleset("at_most = 2", "at_most = 3"),
    "recusal officer_rules.kin": ruleset("[[recusal]]", f"{KIN}\n[[recusal]]"),
    "ratio rule": another_ratio,
    "ratio coverage_first": ruleset("months = [1, 4]", COVERAGE),
    "results table": another_table,
    "weights": ruleset('ratio = "county.three"', f'ratio = "county.three"\n{WEIGHTS}'),
    "results entry_working_days": ruleset("days = 5", "days = 7"),
}
"""What a ruleset says, and how it is told that it says otherwise."""


def of(found: list[dict[str, Any]], name: str) -> dict[str, Any]:
    (one,) = [r for r in found if f"{r['rule']} {r['key']}".strip() == name]
    return one


@pytest.mark.parametrize("name", OF_THE_RULESET)
def test_a_ruleset_edited_in_place_gives_no_day_and_says_with_what_it_came(bureau: Bureau, name: str) -> None:
    OF_THE_RULESET[name](bureau)
    found = replayed(bureau)
    assert of(found, name)["since"] is None
    for one in found:
        assert one["since"] is None, one
        assert one["why"].startswith(SAME_DAYS), one
        assert PIN.search(one["why"])


@pytest.mark.parametrize(
    ("name", "day"),
    [*((name, "2021-01-10") for name in OF_THE_RULESET), ("team size", "2021-05-01"), ("mode", "2020-07-01")],
)
def test_a_ruleset_of_another_day_gives_that_day(bureau: Bureau, name: str, day: str) -> None:
    """Before the draw or after it: what the office would seal today is told since when its ruleset holds."""
    OF_THE_RULESET[name](bureau)
    begins(day)(bureau)
    found = replayed(bureau)
    assert of(found, name)["since"] == day
    assert of(found, "ruleset_since") == {
        "rule": "ruleset_since", "key": "", "old": "2021-01-01", "new": day, "since": day,
        "why": of(found, name)["why"],
    }  # fmt: skip
    assert {one["since"] for one in found} == {day}
    assert "封存时自 2021-01-01 起" in of(found, name)["why"]


def test_a_rule_that_ended_is_gone_since_the_day_after(bureau: Bureau) -> None:
    edit(bureau, RULESET, HOUSE_RULE, "")
    (one,) = replayed(bureau)
    assert (one["rule"], one["old"], one["new"]) == ("eligibility county.small", "county.small", "—")
    assert one["since"] == "2021-07-01"
    assert one["why"] == "封存时的 county.small 到 2021-06-30 为止"


def test_a_rule_with_another_interval_is_another_since_then(bureau: Bureau) -> None:
    another_interval(bureau)
    found = replayed(bureau)
    assert {one["since"] for one in found} == {"2021-01-15"}
    assert of(found, "ratio classes D ratio")["new"] == "5%"


IN_PLACE: Final = {
    "ratio": (change("ratio.toml", '"3%"', '"4%"'), "ratio classes D ratio"),
    "classes": (change("ratio.toml", "ratio_rules.credit_risk", "ratio_rules.all"), "ratio classes A"),
    "item": (change("checklist.toml", "看一看。", "再看一看。"), "checklists county items X-01 content"),
    "filter": (change("filter.toml", "规模以下的不抽", "小的不抽"), "stated county.small title"),
}


@pytest.mark.parametrize("kind", IN_PLACE)
def test_a_rule_edited_within_its_interval_gives_no_day(bureau: Bureau, kind: str) -> None:
    change, name = IN_PLACE[kind]
    change(bureau)
    found = replayed(bureau)
    assert of(found, name)["since"] is None
    for one in found:
        assert one["why"].startswith("施行期没有改（2021-01-01 起），规则在原处改写，改动没有日期")
        assert PIN.search(one["why"])


def test_a_result_that_has_no_days_gives_none(bureau: Bureau) -> None:
    edit(bureau, "county/results.toml", "未发现问题", "没有发现问题")
    (one,) = replayed(bureau)
    assert (one["rule"], one["key"], one["since"]) == ("results codes 1", "title", None)
    assert one["why"].startswith("这一条没有写生效日；随插件 county 而来：")
    edit(bureau, "county/results.toml", "needs_follow_up = false", "needs_follow_up = false\nsince = 2021-01-05")
    assert {one["since"] for one in replayed(bureau)} == {"2021-01-05"}


def test_items_that_are_gone_new_or_later(bureau: Bureau) -> None:
    remove_item(bureau)
    (one,) = replayed(bureau)
    assert (one["rule"], one["new"], one["since"]) == ("checklists county items X-02", "—", None)
    assert "没有写到哪一天为止" in one["why"]
    edit(bureau, "county/checklist.toml", '"X-01"', '"X-02"')
    edit(bureau, "county/checklist.toml", 'title = "一项"', 'title = "又一项"\nsince = 2021-01-12')
    found = {f"{one['rule']} {one['key']}".strip(): one["since"] for one in replayed(bureau)}
    assert found == {"checklists county items X-01": None, "checklists county items X-02 since": "2021-01-12"}


def test_another_sector_is_the_rulesets_doing(bureau: Bureau) -> None:
    edit(bureau, RULESET, 'sectors = ["county"]', "sectors = []")
    assert of(replayed(bureau), "sectors")["why"].startswith(SAME_DAYS)


def test_the_plan_has_no_days(bureau: Bureau) -> None:
    edit(bureau, "plan.toml", "end = 2021-04-09", "end = 2021-04-08")
    (one,) = replayed(bureau, code=1)
    assert (one["rule"], one["since"]) == ("end", None)
    assert one["why"] == "计划里写的，没有生效日"


def test_people_read_the_days_with_their_reasons_below(bureau: Bureau) -> None:
    another_ratio(bureau)
    edit(bureau, RULESET, HOUSE_RULE, "")
    said = bureau.play("replay", bureau.plan, "--against", DRAW, code=4).stdout
    notes = re.findall(r"^      \[(\d)\] (.*)", said, re.MULTILINE)
    assert [n for n, _ in notes] == ["1", "2"]
    assert "2021-07-01 [1]" in said
    assert "没有日期 [2]" in said
    assert notes[1][1].startswith(SAME_DAYS)
    english = bureau.play("--lang", "en", "replay", bureau.plan, "--against", DRAW, code=4).stdout
    assert "[2] the ruleset county still holds since 2021-01-01: the change has no day; it came with plugin" in english


def break_a_table(bureau: Bureau) -> None:
    edit(bureau, "county/ratio.toml", "bound =", "bond =")


def of_another_year(bureau: Bureau) -> None:
    edit(bureau, RULESET, "since = 2021-01-01\nuntil = 2021-12-31", "since = 2022-01-01\nuntil = 2022-12-31")


ORDER: Final = {
    "a table with a mistake": (break_a_table, "SSJ-P013"),
    "a ruleset of another year": (of_another_year, "SSJ-P028"),
    "rules that hold nothing that day": (change("ratio.toml", "since = 2021-01-01", "since = 2021-03-01"), ""),
    "rules that leave nobody": (change("ruleset.toml", "ratio_rules.open", "ratio_rules.key_only"), ""),
    "rules that ask for a column": (change("filter.toml", "信用风险等级", "从业人数"), "SSJ-R060"),
}


@pytest.mark.parametrize("kind", ORDER)
def test_other_plugins_are_told_before_anything_that_came_of_them(bureau: Bureau, kind: str) -> None:
    """Also where today's rules refuse the batch, so that there are no results to tell."""
    change, code = ORDER[kind]
    change(bureau)
    result = bureau.play("replay", bureau.plan, "--against", DRAW, code=4, err=[code] if code else [])
    said = result.output
    told = json.loads(bureau.play("replay", bureau.plan, "--against", DRAW, "--json", code=4).stdout)
    assert [p["code"] for p in told["result"]["pins"]] == ["SSJ-A021"], "a program is told, too"
    rest = said[said.index("→") :]
    assert "SSJ-A021" not in rest
    assert code in rest if code else "× 规则" in rest
    assert said.index("× 插件：") < said.index("SSJ-A021")


def test_the_draw_verifies_whatever_became_of_the_rules(bureau: Bureau) -> None:
    begins("2021-05-01")(bureau)
    bureau.play("verify", str(bureau.folder / "draws" / DRAW), code=0)
    bureau.check()
