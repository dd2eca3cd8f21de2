"""`run --dry-run`: says what would happen, exactly as it then happens, and leaves nothing behind."""

import json
import re

from tests.cli.bureau import (
    BATCHES,
    OFFICER_HEADERS,
    SECTORS,
    SUBJECT_HEADERS,
    Bureau,
    officer_row,
    subject_row,
    table,
)


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
