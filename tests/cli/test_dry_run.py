"""`run --dry-run`: says what would happen, exactly as it then happens, and leaves nothing behind."""

import json
import re
from pathlib import Path

from tests.cli.bureau import (
    BATCHES,
    OFFICER_HEADERS,
    SECTORS,
    SUBJECT_HEADERS,
    Bureau,
    officer_row,
    plan_text,
    subject_row,
    table,
)
from tests.plugins.fakes import BASIS, Site, manifest, ratio

TWO = (("one", "2021-01-18", "2021-04-09"), ("two", "2021-04-12", "2021-06-11"))
PLAN = plan_text(batches=TWO).replace("fuping_zjj_2021", "county")


def ruleset(asks: str = "", chosen: str = "ratio_rules.flat_5", more: str = "") -> str:
    """Two batches of one sector by one ratio, by the rules that `asks` for; `more` are keys of the batches."""
    batch = '[[batch]]\nid = "{}"\ntitle = "批次"\nmonths = [1, 6]\nmode = "targeted"\nsectors = ["real_estate"]\n'
    return (
        'format = "ssj-ruleset/1"\nid = "county"\ntitle = "规则集"\nbureau = "某局"\nsince = 2021-01-01\n'
        f"until = 2021-12-31\n[team]\nsize = 2\nbasis = [{BASIS}]\n{asks}"
        + "".join(f'{batch.format(name)}ratio = "{chosen}"\n{more}basis = [{BASIS}]\n' for name, *_ in TWO)
    )


def county(bureau: Bureau, classes: str, more: str = "") -> None:
    """A folder of rules beside the plan of the two batches: a ratio of these classes of areas."""
    table = ratio("county.a").replace("ratio_rules.all", "ratio_rules.area").partition("[in_force.classes")[0]
    tables = {
        "ssj-plugin.toml": manifest("county", ratios='["ratio.toml"]', rulesets='["ruleset.toml"]'),
        "ratio.toml": table + classes,
        "ruleset.toml": ruleset(chosen="county.a", more=more),
    }
    (bureau.folder / "rules").mkdir()
    for name, text in tables.items():
        (bureau.folder / "rules" / name).write_text(text, encoding="utf-8")
    bureau.write(plan=PLAN.replace('"county"\n', '"county"\nrule_folders = ["rules"]\n'))


def areas(bureau: Bureau, **sizes: int) -> None:
    """A roster with so many subjects of each area, all of one sector."""
    rows = [list(subject_row(n)) for n in range(sum(sizes.values()))]
    for row, area in zip(rows, (name for name, size in sizes.items() for _ in range(size)), strict=True):
        row[3], row[5], row[8], row[9] = SECTORS[3], area, "存续", ""
    bureau.write(subjects=table(SUBJECT_HEADERS, rows))


def test_what_a_trial_says_is_what_the_draw_does_and_nothing_is_written(bureau: Bureau) -> None:
    before = bureau.snapshot()
    said = bureau.run("--dry-run", "--today", "2021-02-01", "--json")
    assert bureau.snapshot() == before
    trials = {t["draw"]: t for t in json.loads(said.stdout)["result"]["trials"]}
    assert set(trials) == {"t-2021-key-1-1", "t-2021-batch-1-1"}
    drawn = json.loads(bureau.run("--batch", "key-1", "--json").stdout)["result"]["draws"][0]
    trial = trials["t-2021-key-1-1"]
    assert drawn["quotas"] == trial["quotas"]
    assert len(drawn["teams"]) == trial["places"]
    bureau.run("--dry-run", "--batch", "key-1", out=["已经抽过"])


def test_a_clerk_reads_how_the_number_came_about(bureau: Bureau) -> None:
    bureau.run(
        "--dry-run", "--batch", "batch-1",
        out=[r"类别 +对象数 +比例 +应为 +取整 +应抽数", r"全部 +1\d +3% +0\.\d+ +进一 +1 +按比例", "登记状态：注销"],
        absent=["draws", "sealed", "ledger.jsonl"],
    )  # fmt: skip
    bureau.run("--dry-run", "--batch", "batch-1", "--lang", "en", out=["This was a trial: nothing was drawn"])
    bureau.run("--dry-run", "--batch", "key-1", err=["SSJ-M011 注意：.*只有 2 人可派", "SSJ-S026 注意：分层“重点”"])


def test_a_sealed_batch_is_shown_as_it_was_sealed(bureau: Bureau) -> None:
    bureau.play("commit", bureau.plan, "--batch", "batch-1")
    bureau.write(officers=table(OFFICER_HEADERS, map(officer_row, range(4))))
    bureau.run("--dry-run", "--batch", "batch-1", out=["可派 12 名"])


def test_who_is_left_out_is_said_by_name_subjects_and_officers_apart(bureau: Bureau) -> None:
    bureau.run(
        "--dry-run", "--batch", "batch-1",
        out=[
            r"抽取范围 (\d+) 个对象（名录 40 个，不纳入 (\d+) 个）", r"不纳入的检查对象 \d+ 个：",
            "示例5号工程 +project:SG2021-0005|示例5号工程 .*登记状态：注销",
        ],
    )  # fmt: skip
    rows = [list(officer_row(n)) for n in range(12)]
    rows[3][5] = "否"
    bureau.write(officers=table(OFFICER_HEADERS, rows))
    said = bureau.run("--dry-run", "--batch", "batch-1", out=[r"不参加的人员 1 名：", f"{rows[3][0]} .*名录注明不参加"])
    counts = [int(n) for n in re.findall(r"抽取范围 (\d+) .*名录 (\d+) 个，不纳入 (\d+) 个", said.stdout)[0]]
    assert counts[0] + counts[2] == counts[1] == 40
    assert f"不纳入的检查对象 {counts[2]} 个" in said.stdout
    assert "不属于本批次的监管类别" in said.stdout
    assert not re.search("示例.*不属于本批次的监管类别", said.stdout), "they are counted, not named"


def test_of_very_many_left_out_the_first_are_named_and_the_rest_counted(bureau: Bureau) -> None:
    rows = [subject_row(n) for n in range(90)]
    for row in rows[10:]:
        row[3], row[8] = "；".join(SECTORS), "注销"
    bureau.write(subjects=table(SUBJECT_HEADERS, rows))
    said = bureau.run("--dry-run", "--batch", "batch-1", out=[r"……另有 6\d 个"])
    assert len(re.findall(r"示例\d+号工程 .*注销", said.stdout)) == 20


def test_too_few_officers_are_told_by_a_trial_after_all_that_would_be_drawn(bureau: Bureau) -> None:
    bureau.write(officers=table(OFFICER_HEADERS, [officer_row(0), officer_row(4)]))
    before = bureau.snapshot()
    bureau.run(
        "--dry-run", "--batch", "batch-1", code=1, err=["SSJ-M001 错误：执法人员不够"],
        out=["应抽数", "登记状态：注销", "可派 2 名，不够", "不能抽取的：t-2021-batch-1-1", "什么也没有写"],
    )  # fmt: skip
    assert bureau.snapshot() == before
    bureau.run("--batch", "batch-1", code=1, err=["SSJ-M001 错误：执法人员不够"], absent=["draws"])


def test_a_batch_that_is_short_does_not_keep_the_others_from_being_tried(bureau: Bureau) -> None:
    rows = [subject_row(n) for n in range(40)]
    for row in rows:
        row[9] = "SL101" if row[7] == "是" else ""
    bureau.write(subjects=table(SUBJECT_HEADERS, rows), officers=table(OFFICER_HEADERS, map(officer_row, range(2))))
    said = bureau.run("--dry-run", "--today", "2021-12-31", "--json", code=1)
    document = json.loads(said.stdout)
    trials = {t["draw"]: t["staffed"] for t in document["result"]["trials"]}
    assert set(trials) == {f"t-2021-{name}-1" for name, *_ in BATCHES}
    assert not trials["t-2021-key-1-1"]
    assert document["result"]["bottlenecks"]


def test_a_batch_that_cannot_even_be_worked_out_is_told_once_and_the_next_is_tried(bureau: Bureau) -> None:
    rows = [subject_row(n) for n in range(40)]
    for row in rows:
        row[7] = "否"  # no key enterprise: nobody is left for the batch of them
    bureau.write(subjects=table(SUBJECT_HEADERS, rows))
    bureau.run(
        "--dry-run", "--today", "2021-12-31", code=3, err=["SSJ-S023"],
        out=["t-2021-key-1-1】.*不能抽取", "t-2021-batch-3-1】.*（试算）\n  抽取范围"],
    )  # fmt: skip


def test_a_clerk_reads_why_a_class_has_another_number_than_its_ratio(bureau: Bureau) -> None:
    areas(bureau, 甲=12, 乙=4, 丙=4, 丁=4, 戊=3, 己=3, 庚=2)
    county(
        bureau,
        "[in_force.classes]\n"
        '"甲" = { ratio = "10%", bound = "min", at_least = 2 }\n'
        '"乙" = { ratio = "50%", bound = "min", at_least = 2 }\n'
        '"丙" = { ratio = "10%", bound = "min", small = { below = 5, take = "all" } }\n'
        '"丁" = { ratio = "1/3", bound = "min", small = { below = 4, take = "none" } }\n'
        '"戊" = { ratio = "10%", bound = "min", small = { below = 4, take = "none" } }\n'
        '"己" = { ratio = "10%", bound = "min", small = { below = 4, take = 2 } }\n'
        '"庚" = { ratio = "50%", bound = "min", at_least = 3 }\n',
    )
    bureau.run(
        "--dry-run", "--batch", "one",
        out=[
            "甲 +12 +10% +1.2 +进一 +2 +至少 2 个\n", "乙 +4 +50% +2 +进一 +2 +按比例\n",
            "丙 +4 +10% +0.4 +进一 +4 +不足 5 个，全抽\n", "丁 +4 +1/3 +4/3 +进一 +2 +按比例\n",
            "戊 +3 +10% +0.3 +进一 +0 +不足 4 个，不抽\n", "己 +3 +10% +0.3 +进一 +2 +不足 4 个，抽 2 个\n",
            "庚 +2 +50% +1 +进一 +2 +至少 3 个\n", "抽取范围 32 个对象（名录 32 个，不纳入 0 个）", "种子取自 os",
            r"要查 14 户，每组 2 人，共 28 人次；可派 12 名，够用\n\s+公平区间",
        ],
        silent=["合计后取整", "先抽"],
    )  # fmt: skip


def test_a_clerk_reads_what_is_rounded_in_total_and_who_goes_first(bureau: Bureau) -> None:
    areas(bureau, 甲=10, 乙=10)
    county(bureau, '[in_force.classes]\n"*" = { ratio = "15%", bound = "min" }\n', more="coverage_first = true\n")
    tables = bureau.folder / "rules" / "ratio.toml"
    tables.write_text(tables.read_text("utf-8").replace("basis =", 'total = "shared"\nbasis =', 1), "utf-8")
    bureau.run("--dry-run", "--batch", "one", out=["合计后取整", "今年还没抽过的 20 个先抽"])
    bureau.run("--batch", "one", out=["抽中 3 个"])
    bureau.run("--dry-run", "--batch", "two", out=["合计后取整", "今年还没抽过的 17 个先抽"])


def test_what_keeps_every_batch_from_being_drawn_is_told_once(bureau: Bureau) -> None:
    """The ratio has no class for most of the roster: the second batch refers to what was said of the first."""
    areas(bureau, 甲=10, 乙=10)
    county(bureau, '[in_force.classes]\n"甲" = { ratio = "15%", bound = "min" }\n')
    said = bureau.run(
        "--dry-run", "--today", "2021-12-31", code=3, err=["SSJ-S022"],
        out=["t-2021-one-1】批次（试算）：不能抽取", "t-2021-two-1】批次（试算）：和上面一样", "什么也没有写"],
    )  # fmt: skip
    assert said.stderr.count("SSJ-S022") == 1


def test_a_rule_that_fails_ends_the_trial_as_it_would_the_draw(bureau: Bureau, tmp_path: Path) -> None:
    """Every batch asks it: it is told once, with its name, and nobody reads that this was a trial."""
    code = (
        "from ssj_core.plugin.markers import hookimpl\nfrom ssj_core.rules.model import *\n"
        "def check(s, c):\n    raise RuntimeError('坏了')\n"
        "@hookimpl\ndef ssj_eligibility_rules():\n"
        "    return [EligibilityRule(id='county.x', title='t', applies_to='subject', check=check,\n"
        "            basis=(LegalBasis(title='某办法', mark='choice'),))]\n"
    )
    tables = {"ssj-plugin.toml": manifest("county", rulesets='["ruleset.toml"]'),
              "ruleset.toml": ruleset('[[eligibility]]\nrule = "county.x"\n')}  # fmt: skip
    bureau.write(plan=PLAN)
    with Site(tmp_path / "site") as site:
        site.add("county", tables, code=code)
        said = bureau.run("--dry-run", "--today", "2021-12-31", code=4, err=["county.x"], absent=["draws"])
    assert said.stderr.count("坏了") == 1
    assert "以上是试算" not in said.stdout
