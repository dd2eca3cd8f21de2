"""`ssj-core run`: which batches are drawn, which are not, and what is said about it."""

import pytest

from ssj_core.canonical import digest
from tests.cli.bureau import (
    OFFICER_HEADERS,
    SUBJECT_HEADERS,
    Bureau,
    officer_row,
    plan_text,
    subject_row,
    table,
)

FILES = (
    "record.toml", "plan.toml", "rules.toml", "subjects.csv", "officers.csv", "excluded.csv", "recusals.csv",
    "drawn.csv", "teams.csv",
)  # fmt: skip


def test_a_run_draws_every_batch_and_its_files_are_there(bureau: Bureau) -> None:
    bureau.run(
        out=[r"【t-2021-key-1-1】重点企业", r"抽中 \d+ 个", r"承诺 [0-9a-f]{64}", r"种子 [0-9a-f]{64}", "年度抽查占比"],
        there=[f"draws/t-2021-{b}-1/{f}" for b in ("key-1", "batch-1", "batch-2", "batch-3") for f in FILES],
        absent=["sealed"],
    )
    assert bureau.events() == [
        (kind, f"t-2021-{batch}-1")
        for batch in ("key-1", "batch-1", "batch-2", "batch-3")
        for kind in ("commit", "entropy", "draw")
    ]
    ledger = (bureau.folder / "ledger.jsonl").read_bytes()
    assert digest(ledger.split(b"\n")[-2]) in bureau.played[-1].stdout


def test_a_second_run_draws_nothing_changes_nothing_and_says_so_for_each_batch(bureau: Bureau) -> None:
    bureau.run()
    before = bureau.snapshot()
    batches = ("key-1", "batch-1", "batch-2", "batch-3")
    bureau.run(out=[f"t-2021-{b}-1（.*）已经抽过，不再抽取" for b in batches], silent=["承诺"])
    bureau.run("--batch", "batch-2", "--lang", "en", out=["is drawn already"], silent=["抽过"])
    bureau.play("--lang", "en", "run", bureau.plan, out=[rf"t-2021-{b}-1 \(.*\) is drawn already" for b in batches])
    assert bureau.snapshot() == before


def test_a_batch_whose_time_has_not_come_is_not_drawn_and_this_is_said(bureau: Bureau) -> None:
    bureau.run(
        "--today",
        "2021-03-01",
        out=["t-2021-batch-2-1（.*）2021-04-12 开始，时间未到，不抽", "batch-3-1（.*）2021-06-15 开始，时间未到"],
        there=["draws/t-2021-key-1-1", "draws/t-2021-batch-1-1"],
        absent=["draws/t-2021-batch-2-1", "draws/t-2021-batch-3-1", "sealed"],
    )
    bureau.run("--today", "2021-04-12", out=["key-1-1（.*）已经抽过"], there=["draws/t-2021-batch-2-1"])
    assert not (bureau.folder / "draws/t-2021-batch-3-1").exists()


def test_a_future_batch_is_drawn_when_it_is_named(bureau: Bureau) -> None:
    bureau.run("--today", "2021-03-01", "--batch", "batch-3", there=["draws/t-2021-batch-3-1"])
    assert {draw for _, draw in bureau.events()} == {"t-2021-batch-3-1"}


def test_batches_named_twice_or_in_another_order_are_drawn_once_in_the_order_of_their_days(bureau: Bureau) -> None:
    bureau.run("--batch", "batch-2", "--batch", "key-1", "--batch", "batch-2")
    assert [d for k, d in bureau.events() if k == "draw"] == ["t-2021-key-1-1", "t-2021-batch-2-1"]


def test_an_unknown_batch_is_refused_with_the_nearest_names(bureau: Bureau) -> None:
    before = bureau.snapshot()
    bureau.run("--batch", "batch-22", code=3, err=["SSJ-P026", "batch-22", r"是不是 .*batch-2"])
    bureau.play("--lang", "en", "run", bureau.plan, "--batch", "kee-1", code=3, err=["SSJ-P026", r"did you mean key-1"])
    assert bureau.snapshot() == before


def test_a_day_that_is_none_is_a_wrong_command_line(bureau: Bureau) -> None:
    bureau.run("--today", "2021-02-30", code=2, err=["2021-02-30"])
    bureau.run("--today", "", code=2)


def test_a_plan_that_is_not_there_is_named(bureau: Bureau) -> None:
    bureau.play("run", str(bureau.folder / "paln.toml"), code=3, err=["SSJ-F001", "paln.toml"])
    bureau.play("run", code=2)


@pytest.mark.parametrize("how", ["option", "environment"])
def test_english_is_spoken_everywhere_and_only_english(bureau: Bureau, how: str) -> None:
    lang = ("--lang", "en") if how == "option" else ()
    env = {} if how == "option" else {"SSJ_LANG": "en"}
    bureau.play(
        *lang, "run", bureau.plan, "--batch", "batch-1", env=env,
        out=["pool 1[0-9], excluded", "stratum +subjects +quota", "commitment [0-9a-f]{64}", "share of 2021"],
        silent=["承诺", "抽中", "年度抽查占比", "错误"],
    )  # fmt: skip
    bureau.play(
        *lang, "verify", str(bureau.folder), env=env,
        out=["the seed from commitment and entropy", "verdict A", "verdict B", "not proved", "1 draws: holds"],
        silent=["结论", "成立", "尚未证明"],
    )  # fmt: skip
    bureau.play(*lang, "run", bureau.plan, "--batch", "nix", env=env, code=3, err=["error", "1 error in all"])


def test_no_remark_about_the_rosters_stops_a_run_and_none_is_lost(bureau: Bureau) -> None:
    rows = [subject_row(n) for n in range(40)]
    rows[7][3] = "建筑市场监督；没有这一类"
    bureau.write(subjects=table(SUBJECT_HEADERS, rows))
    bureau.run("--batch", "batch-1", err=["SSJ-S027 注意", "没有这一类", "第 9 行"])
    bureau.play("--lang", "en", "run", bureau.plan, "--batch", "batch-2", err=["SSJ-S027 warning", "such as row 9"])


def test_officers_too_few_is_a_no_that_names_what_blocks_and_writes_only_that(bureau: Bureau) -> None:
    bureau.write(officers=table(OFFICER_HEADERS, [officer_row(0), officer_row(4)]))
    before = bureau.snapshot()
    bureau.run(code=1, err=["SSJ-M00[12]", "股室", "→ "], absent=["draws", "sealed", "ledger.jsonl"])
    bureau.run("--batch", "batch-1", code=1, err=["SSJ-M001 错误：执法人员不够", "permit:SG2021-0000", "officer:SL105"])
    bureau.play("--lang", "en", "run", bureau.plan, "--batch", "batch-1", code=1, err=["too few officers", "at most 1"])
    told = {name for name in bureau.snapshot() if name not in before}
    assert all(name == "notices" or ".staffing." in name for name in told), told
    assert {n: d for n, d in bureau.snapshot().items() if n in before} == before


def test_a_later_refusal_leaves_the_draws_before_it_untouched(bureau: Bureau) -> None:
    bureau.run("--today", "2021-03-01")
    before = bureau.snapshot()
    rows = [officer_row(n) for n in range(12)]
    for row in rows:
        row[3] = "2021-05-31"  # the certificates end before batch-2 does
    bureau.write(officers=table(OFFICER_HEADERS, rows))
    bureau.run(code=1, err=["SSJ-M002", "无人可派"])
    after = bureau.snapshot()
    assert {k for k in after.keys() - before.keys() if k != "notices"} == {
        f"notices/t-2021-batch-2-1.staffing.{kind}" for kind in ("txt", "json")
    }
    assert {k for k in before if after[k] != before[k]} == {"officers.csv"}


def test_a_roster_with_two_hundred_mistakes_lists_them_all_and_changes_nothing(bureau: Bureau) -> None:
    rows = [subject_row(n) for n in range(200)]
    for row in rows:
        row[7] = "也许"  # neither yes nor no
    bureau.write(subjects=table(SUBJECT_HEADERS, rows))
    before = bureau.snapshot()
    result = bureau.run(code=3, err=["共 200 处错误"])
    assert result.stderr.count("SSJ-R029 错误") == 200
    assert all(f"subjects.csv 第 {row} 行 重点企业：" in result.stderr for row in range(2, 202))
    assert bureau.snapshot() == before


def test_mistakes_of_both_rosters_are_told_together(bureau: Bureau) -> None:
    subjects, officers = [subject_row(n) for n in range(40)], [officer_row(n) for n in range(12)]
    subjects[3][7], officers[2][3] = "也许", "2021-02-30"
    bureau.write(subjects=table(SUBJECT_HEADERS, subjects), officers=table(OFFICER_HEADERS, officers))
    bureau.run(code=3, err=["subjects.csv 第 5 行", "officers.csv 第 4 行", "共 2 处错误"], absent=["ledger.jsonl"])


@pytest.mark.parametrize("name", ["subjects.csv", "officers.csv"])
def test_a_missing_or_empty_roster_is_named(bureau: Bureau, name: str) -> None:
    (bureau.folder / name).write_bytes(b"")
    bureau.run(code=3, err=["SSJ-F003", name], absent=["ledger.jsonl", "draws", "sealed"])
    (bureau.folder / name).unlink()
    bureau.run(code=3, err=["SSJ-F001", name], absent=["ledger.jsonl", "draws", "sealed"])


def test_all_mistakes_of_a_plan_are_told_at_once(bureau: Bureau) -> None:
    text = plan_text().replace("year = 2021", 'year = "2021"').replace("start = 2021-04-12", 'start = "4月12日"')
    bureau.write(plan=text.replace('policy = "key-1"', 'policcy = "key-1"'))
    bureau.run(code=3, err=["plan.toml 第 5 行 year", r"batch\[3\]\.start", "SSJ-P013", "policy", "共 4 处错误"])


def test_a_wrong_draw_folder_in_the_way_stops_the_run(bureau: Bureau) -> None:
    bureau.run("--batch", "key-1")
    before = bureau.snapshot()
    (bureau.folder / "ledger.jsonl").rename(bureau.folder / "ledger.old")
    bureau.run("--batch", "key-1", code=3, err=["SSJ-L006"])
    (bureau.folder / "ledger.old").replace(bureau.folder / "ledger.jsonl")
    assert bureau.snapshot() == before, "what was there is still there, and nothing else"


@pytest.mark.parametrize("remains", ["draws/t-2021-key-1-1", "ledger line"])
def test_what_was_drawn_before_must_be_there_to_draw_again(bureau: Bureau, remains: str) -> None:
    bureau.run("--batch", "key-1")
    if remains == "ledger line":
        ledger = bureau.folder / "ledger.jsonl"
        ledger.write_bytes(b"".join(ledger.read_bytes().splitlines(keepends=True)[1:]))
        bureau.run("--batch", "batch-1", code=3, err=["第 1 行：SSJ-L038"])
        bureau.verdict = "fails"
    else:
        (bureau.folder / remains).rename(bureau.folder / "taken-away")
        bureau.run("--batch", "batch-1", code=3, err=["SSJ-L003", "t-2021-key-1-1"])
        bureau.verdict = "unknown"


def test_an_unreadable_list_of_the_drawn_stops_the_next_batch(bureau: Bureau) -> None:
    bureau.run("--batch", "key-1")
    drawn = bureau.folder / "draws/t-2021-key-1-1/drawn.csv"
    drawn.write_bytes(drawn.read_bytes().replace("抽中".encode(), b"\xff"))
    bureau.run("--batch", "batch-1", code=3, err=["SSJ-L004", "t-2021-key-1-1"])
    bureau.verdict = "fails"


def test_whoever_was_drawn_this_year_is_drawn_last(bureau: Bureau) -> None:
    bureau.run("--batch", "key-1", "--batch", "batch-1")
    rows = (bureau.folder / "draws/t-2021-batch-1-1/subjects.csv").read_text(encoding="utf-8-sig").splitlines()[1:]
    keys = {row.split(",")[0] for row in rows if ",是," in row}
    assert keys, "key enterprises were drawn in key-1 and take part again"
    assert all(("/已抽过," in row) == (row.split(",")[0] in keys) for row in rows)


def test_an_id_accepted_unreviewed_must_exist(bureau: Bureau) -> None:
    """A slip here would otherwise be read and do nothing."""
    bureau.write(plan='accept_unreviewed = ["fuping_zjj_2021.batch_33"]\n' + plan_text())
    bureau.run("--batch", "key-1", code=3, err=["SSJ-G009", "fuping_zjj_2021.batch_3"], absent=["ledger.jsonl"])
    bureau.write(plan='accept_unreviewed = ["fuping_zjj_2021.batch_3", "real_estate"]\n' + plan_text())
    bureau.run("--batch", "key-1")


def test_a_plan_may_be_named_by_its_folder(bureau: Bureau) -> None:
    folder = str(bureau.folder)
    bureau.play("run", folder, "--batch", "key-1", "--dry-run", out=["t-2021-key-1-1】"])
    bureau.play("rosters", "check", "--plan", folder, out=["可用 40"])
    (bureau.folder / "空").mkdir()
    bureau.play("run", str(bureau.folder / "空"), code=3, err=["plan.toml：SSJ-F001"])
