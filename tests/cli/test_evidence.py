"""Entropy from witnesses: given in a file, forgotten, or too little of it."""

import tomllib

import pytest

from tests.cli.bureau import (
    OFFICER_HEADERS,
    SUBJECT_HEADERS,
    Bureau,
    evidence_text,
    officer_row,
    plan_text,
    subject_row,
    table,
)

DRAW = "t-2021-key-1-1"


def test_witnesses_in_a_file_reach_level_e2(witnessed: Bureau) -> None:
    witnessed.write(evidence=evidence_text())
    witnessed.run("--batch", "key-1", "--evidence", str(witnessed.folder / "evidence.toml"), there=[f"draws/{DRAW}"])
    witnessed.play(
        "verify", str(witnessed.folder / "draws" / DRAW),
        out=["结论 A（计算）：成立", "结论 B（随机性）：E2 级", "有人作证", "王某、李某；局会议室；20[0-9-]{8}T",
             "尚未证明"],
    )  # fmt: skip


def test_one_witness_alone_stays_at_level_e0(witnessed: Bureau) -> None:
    witnessed.write(evidence=evidence_text(who=["王某"]))
    witnessed.run("--batch", "key-1", "--evidence", str(witnessed.folder / "evidence.toml"))
    witnessed.play("verify", str(witnessed.folder), out=["结论 B（随机性）：E0 级", "仅抽取单位自称"], silent=["E2"])


def test_without_evidence_the_batch_stays_sealed(witnessed: Bureau) -> None:
    witnessed.run(
        "--batch",
        "key-1",
        code=5,
        err=["SSJ-E002", "--evidence"],
        there=[f"sealed/{DRAW}/rules.toml"],
        absent=["draws"],
    )
    assert witnessed.events() == [("commit", DRAW)]
    before = witnessed.snapshot()
    witnessed.run("--batch", "key-1", code=5, err=["SSJ-E002"], out=["上次已封存"])
    assert witnessed.snapshot() == before


def test_evidence_that_comes_later_finishes_the_very_draw_that_was_sealed(witnessed: Bureau) -> None:
    """Even if the rosters and the plan were edited meanwhile: what counts was sealed."""
    witnessed.run("--batch", "key-1", code=5)
    sealed = witnessed.snapshot()
    commitment = witnessed.commitment(DRAW)
    witnessed.write(
        subjects=table(SUBJECT_HEADERS, [subject_row(n) for n in range(60)]),
        officers=table(OFFICER_HEADERS, [officer_row(n) for n in range(6, 12)]),
        plan=plan_text(["text"]).replace("试用计划", "改过的计划"),
        evidence=evidence_text(),
    )
    witnessed.run(
        "--batch", "key-1", "--evidence", str(witnessed.folder / "evidence.toml"),
        out=["上次已封存，接着完成", str(commitment)], absent=["sealed"],
    )  # fmt: skip
    drawn = witnessed.folder / "draws" / DRAW
    for name in ("plan.toml", "rules.toml", "subjects.csv", "officers.csv", "excluded.csv", "recusals.csv"):
        assert (drawn / name).read_bytes() == sealed[f"sealed/{DRAW}/{name}"]
    record = tomllib.loads((drawn / "record.toml").read_text(encoding="utf-8"))
    assert record["commitment"]["value"] == commitment


def test_a_batch_sealed_before_is_finished_even_if_the_rosters_are_gone(witnessed: Bureau) -> None:
    witnessed.run("--batch", "key-1", code=5)
    (witnessed.folder / "subjects.csv").unlink()
    witnessed.write(evidence=evidence_text())
    witnessed.run("--batch", "key-1", "--evidence", str(witnessed.folder / "evidence.toml"), there=[f"draws/{DRAW}"])


@pytest.mark.parametrize("change", ["changed", "gone"])
def test_what_was_sealed_may_not_be_changed(witnessed: Bureau, change: str) -> None:
    witnessed.run("--batch", "key-1", code=5)
    sealed = witnessed.folder / "sealed" / DRAW
    if change == "changed":
        path = sealed / "subjects.csv"
        path.write_bytes(b"\n".join(path.read_bytes().split(b"\n")[:-2]) + b"\n")
    else:
        sealed.rename(witnessed.folder / "away")
    witnessed.write(evidence=evidence_text())
    code = "SSJ-L005" if change == "changed" else "SSJ-L002"
    witnessed.run(
        "--batch", "key-1", "--evidence", str(witnessed.folder / "evidence.toml"), code=3, err=[code], absent=["draws"]
    )
    assert witnessed.events() == [("commit", DRAW)]


@pytest.mark.parametrize(
    ("raw", "problem"),
    [("12345", "SSJ-E004"), ("1" * 40, "SSJ-E004"), ("31415926535\\n897932384", "SSJ-E003"), ("  ", "SSJ-E002")],
)
def test_too_little_entropy_is_refused_and_the_batch_stays_sealed(witnessed: Bureau, raw: str, problem: str) -> None:
    witnessed.write(evidence=evidence_text(raw=raw))
    evidence = str(witnessed.folder / "evidence.toml")
    witnessed.run("--batch", "key-1", "--evidence", evidence, code=5, err=[problem], absent=["draws"])
    assert witnessed.events() == [("commit", DRAW)]
    witnessed.write(evidence=evidence_text())
    witnessed.run("--batch", "key-1", "--evidence", evidence)


def test_evidence_for_a_batch_the_plan_does_not_have_is_refused_before_anything_is_sealed(witnessed: Bureau) -> None:
    witnessed.write(evidence=evidence_text(batch="key-9"))
    before = witnessed.snapshot()
    evidence = str(witnessed.folder / "evidence.toml")
    witnessed.run("--evidence", evidence, commit_first=False, code=3, err=["SSJ-E007", "key-9", "key-1"])
    nowhere = str(witnessed.folder / "nowhere.toml")
    witnessed.run("--evidence", nowhere, commit_first=False, code=3, err=["SSJ-F001"])
    assert witnessed.snapshot() == before


def test_evidence_for_one_batch_draws_that_one_and_stops_at_the_next(witnessed: Bureau) -> None:
    witnessed.write(evidence=evidence_text())
    witnessed.run(
        "--evidence", str(witnessed.folder / "evidence.toml"), code=5, err=["SSJ-E002 .*t-2021-batch-1-1"],
        there=[f"draws/{DRAW}", "sealed/t-2021-batch-1-1"],
    )  # fmt: skip
    assert ("entropy", "t-2021-batch-1-1") not in witnessed.events()


def test_several_sources_are_taken_in_the_order_of_the_plan(witnessed: Bureau) -> None:
    witnessed.write(plan=plan_text(["text", "os"]), evidence=evidence_text())
    witnessed.run("--batch", "key-1", "--evidence", str(witnessed.folder / "evidence.toml"))
    record = tomllib.loads((witnessed.folder / "draws" / DRAW / "record.toml").read_text(encoding="utf-8"))
    assert [e["source"] for e in record["entropy"]] == ["text", "os"]


def test_nobody_may_choose_between_two_pieces_of_evidence(witnessed: Bureau) -> None:
    second = evidence_text(raw="27182818284590452353").partition("\n\n")[2]
    witnessed.write(evidence=evidence_text() + "\n" + second)
    witnessed.run(
        "--batch", "key-1", "--evidence", str(witnessed.folder / "evidence.toml"), commit_first=False,
        code=3, err=["SSJ-E009"], absent=["ledger.jsonl"],
    )  # fmt: skip


def test_below_the_level_the_plan_requires_nothing_is_drawn(witnessed: Bureau) -> None:
    witnessed.write(plan='assurance = "E2"\n' + plan_text(("text",)), evidence=evidence_text(who=["王某"]))
    evidence = str(witnessed.folder / "evidence.toml")
    witnessed.run("--batch", "key-1", "--evidence", evidence, code=5, err=["SSJ-E012", "E0", "E2"], absent=["draws"])
    assert witnessed.events() == [("commit", DRAW)]
    witnessed.write(evidence=evidence_text())
    witnessed.run("--batch", "key-1", "--evidence", evidence, there=[f"draws/{DRAW}"])


def test_several_sources_are_combined_in_the_order_of_the_plan(witnessed: Bureau) -> None:
    dice = evidence_text(raw="3 1 4 1 5 9 2 6 5 3 5 8 9 7 9 3 2 3 8 4").partition("\n\n")[2]
    witnessed.write(
        plan=plan_text(("dice10", "os", "text")),
        evidence=evidence_text() + "\n" + dice.replace('source = "text"', 'source = "dice10"'),
    )
    witnessed.run("--batch", "key-1", "--evidence", str(witnessed.folder / "evidence.toml"))
    record = tomllib.loads((witnessed.folder / "draws" / DRAW / "record.toml").read_text("utf-8"))
    assert [e["source"] for e in record["entropy"]] == ["dice10", "os", "text"]
    assert record["entropy"][0]["canonical"] == "31415926535897932384"


def test_three_digits_of_a_lottery_are_too_little_alone(witnessed: Bureau) -> None:
    """A source may be weak; all of them together may not."""
    batches = plan_text(("fc3d",)).replace('source = "fc3d"', 'source = "fc3d"\nparams = { issue = "2026330" }')
    three = evidence_text(raw="2026330: 0 7 3").replace('source = "text"', 'source = "fc3d"')
    witnessed.write(plan=batches, evidence=three)
    evidence = str(witnessed.folder / "evidence.toml")
    witnessed.run("--batch", "key-1", "--evidence", evidence, code=5, err=["SSJ-E010"], absent=["draws"])


def test_a_very_small_class_is_warned_about(bureau: Bureau) -> None:
    rows = [subject_row(n) for n in (0, 8, 16)]
    bureau.write(subjects=table(SUBJECT_HEADERS, rows))
    bureau.run("--batch", "key-1", err=["SSJ-S026", "2 个检查对象"])


def test_evidence_written_before_the_sealing_does_not_count(witnessed: Bureau) -> None:
    """Whoever wrote the file knew it before the list was fixed: the batch is sealed, published, and drawn later."""
    witnessed.write(evidence=evidence_text())
    evidence = str(witnessed.folder / "evidence.toml")
    witnessed.run("--batch", "key-1", "--evidence", evidence, commit_first=False, code=5, err=["SSJ-E013"])
    assert witnessed.events() == [("commit", DRAW)]
    witnessed.run("--batch", "key-1", "--evidence", evidence, there=[f"draws/{DRAW}"])


def test_witnesses_who_spoke_before_the_sealing_are_refused(witnessed: Bureau) -> None:
    witnessed.write(evidence=evidence_text(when="2021-01-18T09:30:00+08:00"))
    evidence = str(witnessed.folder / "evidence.toml")
    witnessed.run("--batch", "key-1", "--evidence", evidence, code=5, err=["SSJ-E016"], absent=["draws"])
    witnessed.write(evidence=evidence_text())
    witnessed.run("--batch", "key-1", "--evidence", evidence, there=[f"draws/{DRAW}"])


def test_an_earlier_copy_that_is_empty_proves_nothing(bureau: Bureau) -> None:
    bureau.run("--batch", "key-1")
    (bureau.folder / "empty.jsonl").write_bytes(b"")
    bureau.play(
        "ledger", "verify", str(bureau.folder), "--against", str(bureau.folder / "empty.jsonl"),
        code=3, err=["SSJ-L024"],
    )  # fmt: skip


def test_subjects_without_a_sector_are_told(bureau: Bureau) -> None:
    rows = [subject_row(n) for n in range(40)]
    rows[8][3] = ""
    bureau.write(subjects=table(SUBJECT_HEADERS, rows))
    bureau.run("--batch", "key-1", err=["SSJ-S028", "第 10 行"])
    for row in rows:
        row[3] = ""
    bureau.write(subjects=table(SUBJECT_HEADERS, rows))
    bureau.run("--batch", "batch-1", code=3, err=["SSJ-S029", "40 个"])


def test_nothing_a_file_holds_can_write_lines_of_its_own(bureau: Bureau) -> None:
    """A key of a plan, or the name of a file, with escapes and line breaks is shown, not obeyed."""
    bureau.run("--batch", "key-1")
    draw = bureau.folder / "draws" / DRAW
    (draw / "a\x1b[2K\n  √ b").write_bytes(b"")
    shown = bureau.play("verify", str(draw)).stdout
    assert "\x1b" not in shown
    assert "\n  √ b" not in shown
    (draw / "a\x1b[2K\n  √ b").unlink()
    bureau.write(plan=plan_text() + '"k\\u001b[2K\\n√ 全部成立" = 1\n')
    told = bureau.run("--batch", "batch-1", code=3).stderr
    assert "\x1b" not in told
    assert "\n√" not in told
    bureau.write(plan=plan_text())


def test_a_level_out_of_reach_is_told_before_anything_is_sealed(bureau: Bureau) -> None:
    bureau.write(plan='assurance = "E2"\n' + plan_text())
    bureau.run("--batch", "key-1", code=3, err=["SSJ-E015", "E2", "E0"], absent=["ledger.jsonl", "sealed"])
    batch = plan_text(("text",)) + '\n[[batch.entropy]]\nsource = "os"\n'
    bureau.write(plan='assurance = "E2"\n' + batch)
    bureau.run("--batch", "key-1", code=3, err=["SSJ-E015"], absent=["ledger.jsonl", "sealed"])
