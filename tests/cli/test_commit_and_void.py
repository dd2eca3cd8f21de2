"""Seal and publish first, draw later; a draw that must be repeated stays on record; the ledger shown and compared."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from ssj_core import ledger as ledgers
from tests.cli.bureau import Bureau, evidence_text, plan_text

DRAW = "t-2021-key-1-1"
AGAIN = "t-2021-key-1-2"


def sealed(bureau: Bureau) -> str:
    """Seal the first batch; the commitment that was published."""
    bureau.play(
        "commit",
        bureau.plan,
        "--batch",
        "key-1",
        out=["抽取承诺公告", r"封存时间：北京时间 \d{4}-\d\d-\d\d \d\d:\d\d:\d\d\n", "请先公布"],
        there=[f"notices/{DRAW}.txt", f"notices/{DRAW}-places.csv"],
    )
    return str(bureau.commitment(DRAW))


def test_what_is_sealed_and_published_is_what_is_drawn_later(witnessed: Bureau) -> None:
    published = sealed(witnessed)
    notice = (witnessed.folder / "notices" / f"{DRAW}.txt").read_text("utf-8-sig")
    assert published in notice
    national = ledgers.read((witnessed.folder / ledgers.FILE).read_bytes()).events[0].data["sm3"]
    assert f"国密 SM3 摘要：{national}" in notice
    assert f"SM3 digest of the same: {national}" in notice
    assert "见证人输入" in notice
    assert "Notice of a commitment" in notice
    witnessed.write(evidence=evidence_text(), subjects=b"", officers=b"")  # rosters no longer matter
    witnessed.run(
        "--batch",
        "key-1",
        "--evidence",
        str(witnessed.folder / "evidence.toml"),
        out=["接着完成", published, f"国密 SM3 {national}"],
    )
    assert witnessed.commitment(DRAW) == published


def test_a_sealed_batch_is_not_sealed_again(witnessed: Bureau) -> None:
    published = sealed(witnessed)
    witnessed.play("commit", witnessed.plan, "--batch", "key-1", out=["已经封存"])
    assert witnessed.commitment(DRAW) == published
    witnessed.write(evidence=evidence_text())
    witnessed.run("--batch", "key-1", "--evidence", str(witnessed.folder / "evidence.toml"))


def test_commit_needs_a_batch_and_knows_the_plans_batches(bureau: Bureau) -> None:
    bureau.play("commit", bureau.plan, code=2)
    bureau.play("commit", bureau.plan, "--batch", "key-7", code=3, err=["SSJ-P026", "key-1"], absent=["notices"])


def test_a_void_draw_stays_for_ever_and_its_batch_is_drawn_anew(bureau: Bureau) -> None:
    bureau.run("--batch", "key-1")
    before = {p.name: p.read_bytes() for p in (bureau.folder / "draws" / DRAW).iterdir()}
    bureau.play("void", str(bureau.folder), DRAW, "--reason", "名录漏列两户", out=["已作废", "名录漏列两户"])
    bureau.run("--batch", "key-1", there=[f"draws/{DRAW}", f"draws/{AGAIN}"])
    assert {p.name: p.read_bytes() for p in (bureau.folder / "draws" / DRAW).iterdir()} == before
    assert bureau.events()[-4:] == [("void", DRAW), ("commit", AGAIN), ("entropy", AGAIN), ("draw", AGAIN)]
    bureau.play("verify", str(bureau.folder), out=["已作废，理由：名录漏列两户", AGAIN])
    bureau.run("--batch", "key-1", out=[f"{AGAIN}.*已经抽过"])


def test_a_void_draw_does_not_count_for_the_year(bureau: Bureau) -> None:
    first = bureau.run("--batch", "key-1").stdout.splitlines()[-1]
    bureau.play("void", str(bureau.folder), DRAW, "--reason", "重抽")
    assert bureau.run("--batch", "key-1").stdout.splitlines()[-1] == first


def test_a_sealed_draw_can_be_made_void_before_its_entropy_exists(witnessed: Bureau) -> None:
    sealed(witnessed)
    witnessed.play("void", str(witnessed.folder), DRAW, "--reason", "名录有误")
    witnessed.play("commit", witnessed.plan, "--batch", "key-1", there=[f"notices/{AGAIN}.txt"])
    witnessed.write(evidence=evidence_text())
    witnessed.run("--batch", "key-1", "--evidence", str(witnessed.folder / "evidence.toml"), there=[f"draws/{AGAIN}"])


def test_void_wants_a_draw_that_is_there_and_a_reason(bureau: Bureau) -> None:
    bureau.run("--batch", "key-1")
    folder = str(bureau.folder)
    bureau.play("void", folder, "t-2021-key-1-9", "--reason", "x", code=3, err=["SSJ-L020", DRAW])
    bureau.play("void", folder, DRAW, "--reason", "  ", code=3, err=["SSJ-L021"])
    bureau.play("void", folder, DRAW, "--reason", "a\nb", code=3, err=["SSJ-L021"])
    bureau.play("void", folder, DRAW, code=2)
    bureau.play("void", folder, DRAW, "--reason", "真的")
    bureau.play("void", folder, DRAW, "--reason", "再来", code=3, err=["SSJ-L022"])


def test_a_second_draw_without_a_void_breaks_the_ledger(bureau: Bureau) -> None:
    bureau.run("--batch", "key-1")
    path = bureau.folder / ledgers.FILE
    chain = ledgers.read(path.read_bytes())
    forged = chain.next("commit", AGAIN, "", {}).encode() + b"\n"
    path.write_bytes(path.read_bytes() + forged)
    bureau.verdict = "fails"
    bureau.play("ledger", "show", str(bureau.folder), code=3, err=["第 4 行：SSJ-L046"])
    bureau.play("verify", str(bureau.folder), code=1, out=["× 台账"])


def test_the_ledger_is_shown_exported_and_compared(bureau: Bureau) -> None:
    folder, copy = str(bureau.folder), str(bureau.folder / "copy.jsonl")
    bureau.run("--batch", "key-1")
    head = ledgers.read((bureau.folder / ledgers.FILE).read_bytes()).head
    bureau.play("ledger", "show", folder, out=["封存", "熵源", "抽取", head])
    bureau.play("ledger", "export", folder, copy, out=["3 行", head], there=["copy.jsonl"])
    bureau.play("ledger", "export", folder, copy, code=3, err=["SSJ-O001"])
    bureau.run("--batch", "batch-1")
    bureau.play("ledger", "verify", folder, "--against", copy, out=["3 行都在", "6 行首尾相接"])
    bureau.play("--lang", "en", "ledger", "verify", folder, "--against", copy, out=["all there, unchanged"])


def test_a_rewritten_ledger_shows_against_the_exported_one(bureau: Bureau, tmp_path: Path) -> None:
    other = Bureau(tmp_path / "other").furnish()
    bureau.run("--batch", "key-1")
    other.run("--batch", "key-1")
    bureau.play("ledger", "export", str(bureau.folder), str(tmp_path / "copy.jsonl"))
    other.play(
        "ledger", "verify", str(other.folder), "--against", str(tmp_path / "copy.jsonl"),
        code=1, err=["SSJ-L023", "第 [12] 行起不同"],
    )  # fmt: skip
    other.check()


@pytest.mark.parametrize("gone", [0, 1, 2])
def test_a_removed_row_is_a_no_and_the_last_one_shows_against_what_was_published(bureau: Bureau, gone: int) -> None:
    bureau.run("--batch", "key-1")
    path = bureau.folder / ledgers.FILE
    whole = path.read_bytes()
    head, folder = ledgers.read(whole).head, str(bureau.folder)
    rows = whole.splitlines(keepends=True)
    path.write_bytes(b"".join(row for n, row in enumerate(rows) if n != gone))
    if gone < 2:
        bureau.play("ledger", "verify", folder, code=1, err=["SSJ-L038"], silent=["√"])
    else:
        bureau.play("ledger", "verify", folder, out=["√"])
    bureau.play("ledger", "verify", folder, "--head", head, code=1, err=["SSJ-L038" if gone < 2 else "SSJ-L026"])
    bureau.play("verify", folder, code=1, out=["SSJ-L038" if gone < 2 else "SSJ-V092"])
    bureau.verdict = "fails"


def test_a_ledger_of_a_newer_version_cannot_be_told_and_is_not_written_on(bureau: Bureau) -> None:
    bureau.run("--batch", "key-1")
    path = bureau.folder / ledgers.FILE
    held = ledgers.read(path.read_bytes())
    line = ledgers.Event(
        number=4, previous=held.head, event="publish", draw="t-2021-key-1-1", time="", data={"address": "x"}  # type: ignore[arg-type]
    )  # fmt: skip
    path.write_bytes(path.read_bytes() + line.encode() + b"\n")
    bureau.play("verify", str(bureau.folder), code=3, out=["〇 台账", "SSJ-L032", "无法判断"], silent=["×", "SSJ-V09"])
    bureau.play("ledger", "verify", str(bureau.folder), code=3, err=["SSJ-L032"], silent=["√", "×"])
    before = bureau.snapshot()
    bureau.run("--batch", "batch-1", code=3, err=["第 4 行：SSJ-L056 错误"])
    bureau.play("void", str(bureau.folder), "t-2021-key-1-1", "--reason", "x", code=3, err=["SSJ-L056"])
    assert bureau.snapshot() == before
    bureau.verdict = "unknown"


def test_one_commitment_sealed_twice_is_a_no_of_the_ledger_alone(bureau: Bureau) -> None:
    bureau.run("--batch", "key-1")
    path = bureau.folder / ledgers.FILE
    held = ledgers.read(path.read_bytes())
    data = {**held.events[0].data, "policy": "x/y"}
    again = held.next("commit", "t-2021-other-1", "", data).encode()
    path.write_bytes(path.read_bytes() + again + b"\n")
    bureau.play("ledger", "verify", str(bureau.folder), code=1, err=["第 4 行：SSJ-V101"], silent=["√"])
    bureau.verdict = "fails"


def test_two_exported_ledgers_are_compared_without_the_folder(bureau: Bureau, tmp_path: Path) -> None:
    bureau.run("--batch", "key-1")
    early, late = str(tmp_path / "early.jsonl"), str(tmp_path / "late.jsonl")
    bureau.play("ledger", "export", str(bureau.folder), early)
    bureau.run("--batch", "batch-1")
    bureau.play("ledger", "export", str(bureau.folder), late)
    bureau.play("ledger", "verify", late, "--against", early, out=["3 行都在", "6 行首尾相接"])
    bureau.play("ledger", "verify", early, "--against", late, code=1, err=["SSJ-L023", "第 4 行"])


@pytest.mark.parametrize(
    "change", [lambda b: b.replace(b"\n", b"\r\n"), lambda b: b"\xef\xbb\xbf" + b, lambda _: b"?\n"]
)
def test_an_earlier_copy_that_is_spoilt_accuses_nobody(
    bureau: Bureau, tmp_path: Path, change: Callable[[bytes], bytes]
) -> None:
    bureau.run("--batch", "key-1")
    kept = tmp_path / "kept.jsonl"
    kept.write_bytes(change((bureau.folder / ledgers.FILE).read_bytes()))
    bureau.play(
        "ledger", "verify", str(bureau.folder), "--against", str(kept), code=3, err=[r"kept.jsonl.*SSJ-L03[056]"],
        silent=["SSJ-L023", "√ 从前"],
    )  # fmt: skip


def test_nothing_is_written_on_a_ledger_that_was_lost_or_is_an_old_copy(bureau: Bureau) -> None:
    """Else a second history begins, and nobody knows who was drawn before."""
    bureau.run("--batch", "key-1")
    path = bureau.folder / ledgers.FILE
    old = path.read_bytes()
    bureau.run("--batch", "batch-1")
    new = path.read_bytes()
    drawn = (
        (bureau.folder / "draws" / "t-2021-batch-1-1" / "drawn.csv")
        .read_text("utf-8-sig")
        .splitlines()[1]
        .split(",")[3]
    )
    event = ("--reason", "moved", "--document", "迁出登记", "--by", "王局长")
    bureau.play("replace", bureau.plan, "t-2021-batch-1-1", drawn, *event)
    newest = path.read_bytes()
    for held, missing in ((None, "t-2021-batch-1-1"), (old, "t-2021-batch-1-1"), (new, r"t-2021-batch-1-1\+1")):
        path.unlink(missing_ok=True)
        if held is not None:
            path.write_bytes(held)
        before = bureau.snapshot()
        bureau.run("--batch", "batch-2", code=3, err=[f"SSJ-L015.*{missing}"])
        bureau.play("void", str(bureau.folder), "t-2021-key-1-1", "--reason", "x", code=3, err=["SSJ-L0(15|20)"])
        assert bureau.snapshot() == before
    path.write_bytes(newest)
    copy = bureau.folder / "draws" / "t-2021-key-1-1 - 副本"
    shutil.copytree(bureau.folder / "draws" / "t-2021-key-1-1", copy)  # a clerk's copy is in nobody's way
    bureau.run("--batch", "batch-2")
    shutil.rmtree(copy)


def test_a_ledger_that_cannot_be_read_is_told_in_a_sentence(bureau: Bureau) -> None:
    (bureau.folder / ledgers.FILE).mkdir()
    bureau.run("--batch", "key-1", code=3, err=["ledger.jsonl：SSJ-F002"])
    bureau.play("void", str(bureau.folder), "t-2021-key-1-1", "--reason", "x", code=3, err=["SSJ-F002"])
    (bureau.folder / ledgers.FILE).rmdir()


def test_a_folder_without_a_ledger_has_none_to_show(bureau: Bureau) -> None:
    bureau.play("ledger", "show", str(bureau.folder), code=3, err=["SSJ-F001"])


def test_another_id_does_not_make_it_another_batch(bureau: Bureau) -> None:
    """Renaming a batch, or the plan, would be a second draw that nobody sees."""
    bureau.run("--batch", "key-1")
    before = bureau.snapshot()
    text = plan_text().replace('id = "key-1"', 'id = "key-1x"')
    bureau.write(plan=text)
    bureau.run("--batch", "key-1x", code=3, err=["SSJ-L008", DRAW, "void"])
    bureau.write(plan=plan_text().replace('id = "t-2021"', 'id = "u-2021"'))
    bureau.run("--batch", "key-1", code=3, err=["SSJ-L008", DRAW])
    bureau.write(plan=plan_text())
    assert bureau.snapshot() == before


def test_a_notice_that_a_killed_process_did_not_come_to_is_written_by_the_next(bureau: Bureau) -> None:
    bureau.play("commit", bureau.plan, "--batch", "key-1", there=["notices/t-2021-key-1-1.txt"])
    path = bureau.folder / "notices" / "t-2021-key-1-1.txt"
    right = path.read_bytes()
    bureau.play("commit", bureau.plan, "--batch", "batch-1")
    path.rename(path.with_name(".ssj-aside-t-2021-key-1-1"))
    bureau.play("commit", bureau.plan, "--batch", "key-1", out=["已经封存", "公告已写入"])
    assert path.read_bytes() == right
    bureau.play("commit", bureau.plan, "--batch", "key-1", silent=["公告已写入"])
    bureau.run("--batch", "key-1")
    path.unlink()
    bureau.play("commit", bureau.plan, "--batch", "key-1", silent=["公告已写入"], absent=["notices/t-2021-key-1-1.txt"])


def test_two_plans_whose_ids_run_together_are_not_taken_for_one_draw(bureau: Bureau) -> None:
    text = (bureau.folder / "plan.toml").read_text("utf-8")
    bureau.write(plan=text.replace('id = "t-2021"', 'id = "t-2021-key"').replace('id = "key-1"', 'id = "1"'))
    bureau.run("--batch", "1")
    bureau.write(plan=text.replace('id = "key-1"', 'id = "x"').replace('id = "batch-1"', 'id = "key-1"'))
    before = bureau.snapshot()
    bureau.run("--batch", "key-1", code=3, err=["SSJ-L009", "t-2021-key-1-1", "fuping_zjj_2021/key-1"])
    assert bureau.snapshot() == before
    bureau.write(plan=text.replace('id = "t-2021"', 'id = "t-2021-key"').replace('id = "key-1"', 'id = "1"'))
