"""Replay: with the same plugins the same rules; with others it says which, before it says what came of it."""

import json
import re
import shutil
import tomllib
from pathlib import Path
from typing import Final

import pytest
from attrs import evolve

from ssj_core.pins import pins_changed
from ssj_core.plugin.registry import PluginInfo
from ssj_core.rules.effective import PluginPin
from tests.cli.bureau import OFFICER_HEADERS, SUBJECT_HEADERS, Bureau, officer_row, subject_row, table

COUNTY: Final = Path(__file__).parents[1] / "bad" / "plans" / "county"
GOLDEN: Final = Path(__file__).parents[1] / "golden" / "0.1.0"
DRAW: Final = "bad-2021-one-1"


def county(folder: Path) -> Bureau:
    """A county with its own folder of rules."""
    shutil.copytree(COUNTY, folder / "county")
    shutil.move(folder / "county" / "plan.toml", folder / "plan.toml")
    made = Bureau(folder)
    made.write(
        subjects=table(SUBJECT_HEADERS, map(subject_row, range(40))),
        officers=table(OFFICER_HEADERS, map(officer_row, range(12))),
    )
    return made


@pytest.fixture
def bureau(tmp_path: Path) -> Bureau:
    """The county, its batch drawn."""
    made = county(tmp_path / "bureau")
    made.run("--batch", "one")
    return made


def edit(bureau: Bureau, file: str, old: str, new: str) -> None:
    path = bureau.folder / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_nothing_changed(bureau: Bureau) -> None:
    bureau.play("replay", bureau.plan, "--against", DRAW, out=["√ 插件：.*0 个不同", "√ 规则：相同", "√ 名录表：相同"])
    bureau.play("replay", bureau.plan, "--against", str(bureau.folder / "draws" / DRAW), code=0)
    bureau.check()


def test_a_changed_rule_is_told_after_its_plugin(bureau: Bureau) -> None:
    edit(bureau, "county/ratio.toml", '"3%"', '"4%"')
    said = bureau.play("replay", bureau.plan, "--against", DRAW, code=4).stdout
    assert said.index("SSJ-A021") < said.index("× 规则")
    line, remedy = said[said.index("SSJ-A021") :].split("\n")[:2]
    assert "county" in line
    assert "放回当时的规则文件夹 county" in remedy
    assert "3%" in said
    assert "4%" in said
    assert "2021-01-01 起），规则在原处改写，改动没有日期" in said, "since when"
    assert "√ 名录表：相同" in said, "the ratio is no column of a roster"
    bureau.check()


def test_no_path_of_a_machine_is_sealed(bureau: Bureau, tmp_path: Path) -> None:
    """The same rules in another folder of another computer are the same rules."""
    for path in (bureau.folder / "draws" / DRAW).iterdir():
        assert str(tmp_path).encode() not in path.read_bytes(), path.name
    pins = tomllib.loads((bureau.folder / "draws" / DRAW / "rules.toml").read_text("utf-8"))["plugins"]
    assert {"id": "county", "distribution": "county", "version": ""}.items() <= pins[0].items()


def test_an_interval_added_later_changes_nothing_on_the_day(bureau: Bureau) -> None:
    ratio = (bureau.folder / "county" / "ratio.toml").read_text("utf-8")
    head, _, interval = ratio.partition("[[in_force]]")
    first = interval.replace("until = 2021-12-31\n", "until = 2021-06-30\n", 1)
    second = interval.replace("since = 2021-01-01", "since = 2021-07-01").replace('"3%"', '"5%"')
    text = f"{head}[[in_force]]{first}\n[[in_force]]{second}"
    (bureau.folder / "county" / "ratio.toml").write_text(text, encoding="utf-8")
    bureau.play("replay", bureau.plan, "--against", DRAW, code=4, out=["SSJ-A021", "√ 规则：相同", "√ 名录表：相同"])


def test_an_eligibility_rule_changes_the_tables(bureau: Bureau) -> None:
    edit(bureau, "county/ruleset.toml", "ratio_rules.open", "ratio_rules.key_only")
    bureau.play(
        "replay", bureau.plan, "--against", DRAW, code=4,
        out=["× 规则", "eligibility ratio_rules.open", r"× subjects.csv：多 \d+ 行，少 \d+ 行", "× excluded.csv：多"],
    )  # fmt: skip


def test_a_parameter_left_to_its_default_is_sealed(bureau: Bureau, tmp_path: Path) -> None:
    """What the rule takes for granted is in the record: to write it down later is no change, to write another is."""
    edit(bureau, "county/ruleset.toml", "params = { at_most = 2 }\n", "")
    folder = tmp_path / "anew"
    shutil.copytree(bureau.folder, folder, ignore=shutil.ignore_patterns("draws", "sealed", "ledger.jsonl", "notices"))
    again = Bureau(folder)
    again.run("--batch", "one")
    sealed = tomllib.loads((folder / "draws" / DRAW / "rules.toml").read_text("utf-8"))
    assert {"rule": "ratio_rules.yearly_cap", "params": {"at_most": 1}} in sealed["eligibility"]
    shown = again.play("rules", "show", again.plan, out=["at_most = 1（规则的默认值）", "各类：3%"]).stdout
    assert "其余各类" not in shown, "one class is all of them"
    last = 'rule = "ratio_rules.yearly_cap"\n'
    edit(again, "county/ruleset.toml", last, f"{last}params = {{ at_most = 1 }}\n")
    again.play("replay", again.plan, "--against", DRAW, code=4, out=["√ 规则：相同"])
    edit(again, "county/ruleset.toml", "at_most = 1", "at_most = 3")
    again.play(
        "replay",
        again.plan,
        "--against",
        DRAW,
        code=4,
        out=[r"eligibility ratio_rules.yearly_cap params.at_most +1 +3"],
    )
    again.check()


def test_the_same_version_with_other_bytes_is_not_brought_back_by_its_number() -> None:
    pin = PluginPin(id="x", distribution="ssj-x", version="1.0", digest="a" * 64)
    other = PluginInfo(id="x", title="", distribution="ssj-x", version="1.0", digest="b" * 64)
    (same,), (newer,) = (list(pins_changed([pin], {"x": now})) for now in (other, evolve(other, version="2.0")))
    assert "pip install" not in same.remedy("zh") + same.remedy("en")
    assert "aaaaaaaaaaaa" in same.remedy("en")
    assert "pip install 'ssj-x==1.0'" in newer.remedy("zh")


def test_another_plan_with_the_same_plugins_is_a_no(bureau: Bureau) -> None:
    edit(bureau, "plan.toml", "end = 2021-04-09", "end = 2021-04-08")
    bureau.play(
        "replay", bureau.plan, "--against", DRAW, code=1, out=["SSJ-A024", "end +2021-04-09 +2021-04-08", "√ 插件"]
    )


def test_another_roster_cannot_be_compared(bureau: Bureau) -> None:
    bureau.write(subjects=table(SUBJECT_HEADERS, map(subject_row, range(41))))
    bureau.play(
        "replay", bureau.plan, "--against", DRAW, code=3, out=["SSJ-A022", "√ 规则：相同", "〇 名录表：无法比较"]
    )


def test_classes_that_no_longer_occur_are_no_change_of_the_rule(bureau: Bureau) -> None:
    """Which classes there are is the roster's doing; what their ratio is, is the rule's."""
    only_a = [[*row[:6], "A", *row[7:]] for row in map(subject_row, range(40))]
    bureau.write(subjects=table(SUBJECT_HEADERS, only_a))
    bureau.play("replay", bureau.plan, "--against", DRAW, code=3, out=["SSJ-A022", "√ 规则：相同"])
    edit(bureau, "county/ratio.toml", '"3%"', '"4%"')
    bureau.play("replay", bureau.plan, "--against", DRAW, code=4, out=["ratio classes D ratio +3% +4%"])


def test_a_plugin_that_is_gone_is_named_before_the_rest(bureau: Bureau) -> None:
    edit(bureau, "plan.toml", 'rule_folders = ["county"]', "rule_folders = []")
    edit(bureau, "plan.toml", 'ruleset = "county"', 'ruleset = "fuping_zjj_2021"')
    bureau.play("replay", bureau.plan, "--against", DRAW, code=3)  # the plan's batches are not of that ruleset
    shutil.rmtree(bureau.folder / "county")
    edit(bureau, "plan.toml", "rule_folders = []", 'rule_folders = ["county"]')
    bureau.play("replay", bureau.plan, "--against", DRAW, code=4, out=["现在没有：county（county）"], err=["SSJ-G022"])


def test_a_ruleset_that_went_with_its_plugin_is_a_plugin_that_is_not_there(bureau: Bureau) -> None:
    edit(bureau, "plan.toml", 'rule_folders = ["county"]', "rule_folders = []")
    said = bureau.play("replay", bureau.plan, "--against", DRAW, code=4, err=["SSJ-G009"]).stdout
    assert said.rstrip().endswith("× 封存时用的插件现在没有：county（county）")


@pytest.mark.parametrize("draw", ["no-such-draw", "county"])
def test_what_is_no_draw(bureau: Bureau, draw: str) -> None:
    bureau.play("replay", bureau.plan, "--against", draw, code=3, err=["SSJ-A020"])


def test_a_batch_the_plan_no_longer_has(bureau: Bureau) -> None:
    edit(bureau, "plan.toml", 'id = "one"', 'id = "two"')
    bureau.play("replay", bureau.plan, "--against", DRAW, code=3, err=["SSJ-P026"])


def test_without_the_ledger_tables_are_not_compared(bureau: Bureau, tmp_path: Path) -> None:
    other = tmp_path / "elsewhere"
    shutil.copytree(bureau.folder / "draws" / DRAW, other)
    (bureau.folder / "ledger.jsonl").unlink()
    bureau.play("replay", bureau.plan, "--against", str(other), code=3, out=["SSJ-A023", "√ 规则：相同"])
    shutil.rmtree(bureau.folder / "draws")


def test_a_program_reads_what_differs(bureau: Bureau) -> None:
    edit(bureau, "county/ratio.toml", '"3%"', '"4%"')
    said = json.loads(bureau.play("replay", bureau.plan, "--against", DRAW, "--json", code=4).stdout)["result"]
    assert [p["code"] for p in said["pins"]] == ["SSJ-A021"]
    assert {(r["old"], r["new"], r["since"]) for r in said["rules"]} == {("3%", "4%", None)}
    assert {r["why"].partition("；")[0] for r in said["rules"]} == {
        "施行期没有改（2021-01-01 起），规则在原处改写，改动没有日期"
    }
    assert said["tables"] == []


def test_what_counts_in_earlier_draws_counts_again(tmp_path: Path) -> None:
    """Each draw of a year is replayed from the ledger of its own time, not of today."""
    bureau = Bureau(tmp_path / "bureau").furnish()
    bureau.run("--batch", "key-1", "--batch", "batch-1", "--batch", "batch-2")
    for draw in ("t-2021-key-1-1", "t-2021-batch-1-1", "t-2021-batch-2-1"):
        bureau.play("replay", bureau.plan, "--against", draw, out=["√ 规则：相同", "√ 名录表：相同"])
    bureau.check()


def test_a_record_of_before_has_no_days_and_is_not_blamed_for_it(tmp_path: Path) -> None:
    shutil.copytree(GOLDEN, tmp_path / "golden")
    bureau = Bureau(tmp_path / "golden")
    (folder,) = sorted((bureau.folder / "draws").iterdir())[:1]
    plan = folder / "plan.toml"
    assert "since" not in tomllib.loads((folder / "rules.toml").read_text("utf-8"))["ratio"]
    shutil.copy(plan, bureau.folder / "plan.toml")
    for roster in ("subjects", "officers"):
        assert (bureau.folder / f"{roster}.csv").is_file()
    said = bureau.play("replay", bureau.plan, "--against", folder.name, code=4, env={"COLUMNS": "200"}).stdout
    assert "SSJ-A021" in said
    unlike = said.partition("× 规则")[2].partition("√")[0]
    told = re.findall(r"recusal officer_rules\.(\w+)", unlike)
    assert told == ["kin", "interest", "party", "applied", "other_relation"], "rules of grounds, which came later"
    assert f"{len(told)} 处不同" in unlike
