"""`run --dry-run`: says what would happen, exactly as it then happens, and leaves nothing behind."""

import json

from tests.cli.bureau import OFFICER_HEADERS, Bureau, officer_row, table


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


def test_too_few_officers_are_told_by_a_trial_as_by_the_draw(bureau: Bureau) -> None:
    bureau.write(officers=table(OFFICER_HEADERS, [officer_row(0), officer_row(4)]))
    before = bureau.snapshot()
    bureau.run("--dry-run", "--batch", "batch-1", code=1, err=["SSJ-M001 错误：执法人员不够"])
    assert bureau.snapshot() == before
