"""Time stamps from the request to the level they make, with answers of the tests' own authority."""

import json
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Final

import pytest

from ssj_core.stamping.token import request_nonce
from tests.authority import authority
from tests.cli.bureau import Bureau, evidence_text, plan_text
from tests.cli.stamping import DRAW, NOW, STAMP, TSA, answered, lottery, prepared, stamp, stamped_plan
from tests.verifiers.independent import run as run_alone

CASES: Final = json.loads((Path(__file__).parents[1] / "vectors" / "beacons.json").read_text("utf-8"))["cases"]
(ROUND,) = (c for c in CASES if c["name"] == "quicknet-1000")


def with_drand(assurance: str = "E5", stamp: str = STAMP) -> str:
    text = stamped_plan("dice10", "drand", assurance=assurance, stamp=stamp)
    return text.replace('source = "drand"', 'source = "drand"\nparams = { network = "quicknet", round = "1000" }')


def evidence(*, drand: bool = True) -> str:
    dice = evidence_text(raw="3 1 4 1 5 9 2 6 5 3 5 8 9 7 9 3 2 3 8 4", when="2023-08-23T23:58:00+08:00")
    dice = dice.replace('source = "text"', 'source = "dice10"')
    raw = json.dumps({"round": 1000, "randomness": ROUND["randomness"], "signature": ROUND["signature"]})
    beacon = f'\n[[evidence]]\nbatch = "key-1"\nsource = "drand"\nraw = \'{raw}\'\n'
    return dice + beacon if drand else dice


def test_dice_a_beacon_and_a_stamp_reach_the_highest_level(bureau: Bureau, watch: Callable[[datetime], None]) -> None:
    watch(NOW)
    commitment = prepared(bureau, with_drand())
    bureau.write(evidence=evidence())
    given = ("--batch", "key-1", "--evidence", str(bureau.folder / "evidence.toml"))
    watch(NOW.replace(hour=16, minute=5))
    bureau.run(*given, code=5, err=["SSJ-T016", "stamp request", "stamp add"], absent=["draws"], commit_first=False)
    assert bureau.events() == [("commit", DRAW)], "nothing was taken"
    stamp(bureau, "request", out=[commitment, "curl", "timestamp-query"], there=[f"stamps/{DRAW}.tsq"])
    kept = (bureau.folder / "stamps" / f"{DRAW}.tsq").read_bytes()
    stamp(bureau, "request")
    assert (bureau.folder / "stamps" / f"{DRAW}.tsq").read_bytes() == kept, "its answer may be on its way"
    stamp(bureau, "add", str(answered(bureau)), out=["√ CN=Test Time", "15:40:01"])
    bureau.run(*given, commit_first=False, there=[f"draws/{DRAW}/commitment.tsr"])
    draw = bureau.folder / "draws" / DRAW
    assert (draw / "stamp-certificates.pem").read_bytes() == TSA.root.pem
    shown = bureau.play("verify", str(bureau.folder), out=["E5 级", "√ 时间戳", "15:40:01", "全部串通"]).stdout
    assert "no part of the draw" not in shown
    assert "无关的文件" not in shown
    bureau.play("verify", str(draw), code=3, out=["E4 级", "〇 5", "SSJ-T023", "E5 级要核验整个工作文件夹"])
    alone = run_alone(bureau.folder).stdout
    assert "commitment.tsr：本程序不核对时间戳" in alone
    assert "不作凭据" not in alone
    (draw / "commitment.tsr").rename(bureau.folder / "kept.tsr")
    bureau.play("verify", str(bureau.folder), code=3, out=["E4 级", "〇 5", "SSJ-T022", "还差承诺的时间戳"])
    stamp(bureau, "add", str(bureau.folder / "kept.tsr"), there=[f"draws/{DRAW}/commitment.tsr"])
    bureau.play("verify", str(bureau.folder), out=["E5 级"])


def test_a_stamp_that_came_after_the_event_is_not_enough(bureau: Bureau, watch: Callable[[datetime], None]) -> None:
    watch(NOW)
    prepared(bureau, with_drand())
    stamp(bureau, "request")
    stamp(bureau, "add", str(answered(bureau, time="20230823155930Z")))
    bureau.write(evidence=evidence())
    watch(NOW.replace(hour=16, minute=5))
    bureau.run(
        "--batch", "key-1", "--evidence", str(bureau.folder / "evidence.toml"), commit_first=False,
        code=5, err=["SSJ-T018", "void"], absent=["draws"],
    )  # fmt: skip
    assert bureau.events() == [("commit", DRAW)]


def test_without_a_required_level_a_late_stamp_changes_nothing(
    bureau: Bureau, watch: Callable[[datetime], None]
) -> None:
    watch(NOW)
    prepared(bureau, with_drand(assurance=""))
    bureau.write(evidence=evidence())
    watch(NOW.replace(hour=16, minute=5))
    bureau.run("--batch", "key-1", "--evidence", str(bureau.folder / "evidence.toml"), commit_first=False)
    bureau.play("verify", str(bureau.folder), out=["E4 级", "还差承诺的时间戳"], silent=["√ 时间戳"])
    stamp(bureau, "request")
    stamp(bureau, "add", str(answered(bureau, time="20230823160000Z")), out=["已放进抽取文件夹"])
    bureau.play("verify", str(bureau.folder), out=["E4 级", "√ 时间戳", "不早于种子"])


def test_the_offices_own_number_with_a_stamp_is_level_e1(bureau: Bureau, watch: Callable[[datetime], None]) -> None:
    watch(NOW)
    prepared(bureau, stamped_plan("os", assurance="E1"))
    bureau.run("--batch", "key-1", code=5, err=["SSJ-T016", "E1"], absent=["draws"])
    stamp(bureau, "request")
    stamp(bureau, "add", str(answered(bureau)))
    bureau.run("--batch", "key-1", code=5, err=["SSJ-T021"], absent=["draws"])
    watch(NOW.replace(minute=50))
    bureau.run("--batch", "key-1")
    bureau.play("verify", str(bureau.folder), out=["E1 级", "反复试种子", "抽取时间是它自己写的"])
    bureau.play("verify", str(bureau.folder / "draws" / DRAW), out=["E1 级"])
    alone = run_alone(bureau.folder)
    assert (alone.returncode, "E1 needs a time stamp" in alone.stdout) == (3, True)
    bureau.folder.joinpath("draws", DRAW, "commitment.tsr").unlink()
    bureau.play("verify", str(bureau.folder), code=3, out=["E0 级", "〇 5"])
    bureau.verdict = "unknown"


def test_a_replacement_needs_the_level_without_what_only_a_stamp_gives(
    bureau: Bureau, watch: Callable[[datetime], None]
) -> None:
    watch(NOW)
    bureau.furnish(officers=24)
    prepared(bureau, stamped_plan("os", assurance="E1"))
    stamp(bureau, "request")
    stamp(bureau, "add", str(answered(bureau)))
    watch(NOW.replace(minute=50))
    bureau.run("--batch", "key-1")
    rows = (bureau.folder / "draws" / DRAW / "teams.csv").read_text("utf-8-sig").splitlines()
    officer = rows[1].split(",")[4]
    bureau.play("replace", bureau.plan, DRAW, officer, "--reason", "leave", "--document", "假条", "--by", "办公室")
    assert bureau.events()[-3:] == [(kind, f"{DRAW}+1") for kind in ("replace", "entropy", "replaced")]
    bureau.play("verify", str(bureau.folder), out=["E1 级", "E0 级"])
    assert f"√ 替换 replacement {DRAW}+1" in run_alone(bureau.folder).stdout


def test_where_the_draw_needs_e5_a_replacement_needs_e4(bureau: Bureau, watch: Callable[[datetime], None]) -> None:
    watch(NOW)
    bureau.furnish(officers=24)
    event = 'source = "kl8"\nparams = { issue = "2023318", date = "2023-12-31" }'
    prepared(bureau, stamped_plan("dice10", "kl8", assurance="E5").replace('source = "kl8"', event))
    stamp(bureau, "request")
    stamp(bureau, "add", str(answered(bureau)))
    watch(NOW.replace(year=2024, month=1, day=2))
    bureau.write(evidence=lottery("key-1", "2023318", "2023-12-31", "2023-08-25"))
    given = ("--evidence", str(bureau.folder / "evidence.toml"))
    bureau.run("--batch", "key-1", *given, commit_first=False)
    rows = (bureau.folder / "draws" / DRAW / "teams.csv").read_text("utf-8-sig").splitlines()
    ask = ("replace", bureau.plan, DRAW, rows[1].split(",")[4], "--reason", "leave", "--document", "假条", "--by", "甲")
    bureau.play(*ask, "--appoint", "kl8.issue=2024010", "--appoint", "kl8.date=2024-01-12", code=5)
    watch(NOW.replace(year=2024, month=1, day=14))
    late = lottery(f"{DRAW}+1", "2024010", "2024-01-12", "2024-01-13")
    bureau.write(evidence=late)
    bureau.play("replace", bureau.plan, DRAW, *given, code=5, err=["SSJ-E012", "计划要求 E4 级"])
    bureau.write(evidence=late.replace("2024-01-13", "2024-01-05"))
    bureau.play("replace", bureau.plan, DRAW, *given)
    shown = bureau.play("verify", str(bureau.folder), out=["E5 级", "E4 级"]).stdout
    assert "还差承诺的时间戳" not in shown, "there is none to be had"


def test_witnesses_after_the_event_never_reach_the_highest_level(
    bureau: Bureau, watch: Callable[[datetime], None]
) -> None:
    """With a stamp in time: whoever speaks after the event may choose, so the plan's E5 is refused."""
    watch(NOW)
    prepared(bureau, with_drand())
    stamp(bureau, "request")
    stamp(bureau, "add", str(answered(bureau)))
    bureau.write(evidence=evidence().replace("2023-08-23T23:58:00+08:00", "2023-08-24T00:01:00+08:00"))
    watch(NOW.replace(hour=16, minute=5))
    given = ("--batch", "key-1", "--evidence", str(bureau.folder / "evidence.toml"))
    bureau.run(*given, commit_first=False, code=5, err=["SSJ-E012", "E2"], absent=["draws"])
    bureau.write(evidence=evidence())
    bureau.run(*given, commit_first=False)
    bureau.play("verify", str(bureau.folder), out=["E5 级", "SSJ-T024", "主办方一方就可能挑选"])


def test_answers_that_do_not_hold_are_not_kept(bureau: Bureau, watch: Callable[[datetime], None]) -> None:
    watch(NOW)
    commitment = prepared(bureau, stamped_plan("os"))
    stamp(bureau, "request")
    path = bureau.folder.parent / "x.tsr"
    nonce = request_nonce((bureau.folder / "stamps" / f"{DRAW}.tsq").read_bytes())
    for data, code in (
        (TSA.answer("ab" * 32, nonce=nonce), "SSJ-T005"), (b"<html>", "SSJ-T002"),
        (TSA.answer(commitment), "SSJ-T010"), (authority(keys=50).answer(commitment, nonce=nonce), "SSJ-T009"),
        (TSA.answer(commitment, nonce=nonce, certificates=[]), "SSJ-T006"),
    ):  # fmt: skip
        path.write_bytes(data)
        stamp(bureau, "add", str(path), code=3, err=[code], absent=[f"stamps/{DRAW}.tsr"])
    stamp(bureau, "add", str(bureau.folder / "none.tsr"), code=3, err=["SSJ-F001"])
    good = answered(bureau).rename(bureau.folder.parent / "good.tsr")
    stamp(bureau, "add", str(good), there=[f"stamps/{DRAW}.tsr"])
    stamp(bureau, "add", str(good))
    first = (bureau.folder / "stamps" / f"{DRAW}.tsr").read_bytes()
    stamp(bureau, "add", str(answered(bureau, time="20230823154500Z")), code=3, err=["SSJ-T012", "15:40:01"])
    assert (bureau.folder / "stamps" / f"{DRAW}.tsr").read_bytes() == first
    (bureau.folder / "stamps" / f"{DRAW}.tsr").write_bytes(first[:-1])
    bureau.run("--batch", "key-1", code=3, err=["SSJ-T002", f"stamps/{DRAW}.tsr"], absent=["draws"])
    stamp(bureau, "add", str(answered(bureau)))
    watch(NOW.replace(minute=50))
    bureau.run("--batch", "key-1", there=[f"draws/{DRAW}/commitment.tsr"])


def test_without_certificates_in_the_plan_there_is_nothing_to_stamp(bureau: Bureau) -> None:
    bureau.run("--batch", "key-1")
    stamp(bureau, "request", code=3, err=["SSJ-T011"], absent=["stamps"])
    stamp(bureau, "add", bureau.plan, code=3, err=["SSJ-T011"], absent=["stamps"])
    bureau.play("stamp", "request", str(bureau.folder), "t-2021-key-9-1", code=3, err=["SSJ-L020", DRAW])


def test_the_certificates_are_looked_at_before_anything_is_sealed(bureau: Bureau) -> None:
    files = {"root.pem": TSA.root.pem, "between.pem": TSA.between.pem, "none.pem": b"x"}
    for name, data in files.items():
        (bureau.folder / name).write_bytes(data)
    for listed, code in (
        ('["none.pem"]', "SSJ-T013"), ('["between.pem"]', "SSJ-T014"), ("[]", "SSJ-T014"),
        ('["gone.pem"]', "SSJ-F001"), ('["none.pem", "root.pem"]', "SSJ-T013"), ('"root.pem"', "SSJ-P010"),
    ):  # fmt: skip
        bureau.write(plan=plan_text() + f"\n[stamp]\ncertificates = {listed}\n")
        bureau.run("--batch", "key-1", code=3, err=[code], absent=["ledger.jsonl", "sealed"])
    bureau.write(plan=plan_text() + '\n[stamp]\ncertificates = ["between.pem", "root.pem"]\n')
    bureau.run("--batch", "key-1", there=[f"draws/{DRAW}/stamp-certificates.pem"])
    bureau.play("verify", str(bureau.folder), silent=["时间戳："])


@pytest.mark.parametrize(
    ("plan", "code"),
    [
        (stamped_plan("os", assurance="E1", stamp=""), "SSJ-T015"),
        (stamped_plan("os", assurance="E2"), "SSJ-E015"),
        (with_drand(stamp=""), "SSJ-T015"),
        (stamped_plan("dice10", "text", assurance="E5"), "SSJ-E015"),
        (stamped_plan("fc3d", "text", assurance="E4"), "SSJ-E015"),
        (with_drand().replace('[[entropy]]\nsource = "dice10"\n', ""), "SSJ-E015"),
        (stamped_plan("os", assurance="E1") + '\n[[batch]]\nid = "x"\npolicy = "batch-4"\nstart = 2021-09-01\n'
         'end = 2021-09-02\n[[batch.entropy]]\nsource = "os"\n', ""),
        (with_drand() + '\n[[batch]]\nid = "x"\npolicy = "batch-4"\nstart = 2021-09-01\n'
         'end = 2021-09-02\n[[batch.entropy]]\nsource = "text"\n', "SSJ-E015"),
    ],
)  # fmt: skip
def test_levels_out_of_reach_are_told_before_anything_is_sealed(
    bureau: Bureau, watch: Callable[[datetime], None], plan: str, code: str
) -> None:
    watch(NOW)
    (bureau.folder / "root.pem").write_bytes(TSA.root.pem)
    bureau.write(plan=plan)
    if code:
        bureau.play("commit", bureau.plan, "--batch", "key-1", code=3, err=[code], absent=["ledger.jsonl"])
    else:
        bureau.play("commit", bureau.plan, "--batch", "key-1")


def test_without_the_library_one_sentence(
    bureau: Bureau, watch: Callable[[datetime], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    watch(NOW)
    prepared(bureau, stamped_plan("os", assurance="E1"))
    stamp(bureau, "request")
    answer = str(answered(bureau))
    with monkeypatch.context() as without:
        without.setitem(sys.modules, "rfc3161_client", None)
        (bureau.folder / "stamps" / f"{DRAW}.tsq").rename(bureau.folder / "kept.tsq")
        stamp(bureau, "request", code=3, err=["SSJ-T017", 'pip install "ssj-core\\[stamp\\]"'])
        (bureau.folder / "kept.tsq").rename(bureau.folder / "stamps" / f"{DRAW}.tsq")
        stamp(bureau, "add", answer, code=3, err=["SSJ-T017"], absent=[f"stamps/{DRAW}.tsr"])
    stamp(bureau, "add", answer)
    watch(NOW.replace(minute=50))
    with monkeypatch.context() as without:
        without.setitem(sys.modules, "rfc3161_client", None)
        bureau.run("--batch", "key-1", code=5, err=["SSJ-T016", "SSJ-T001"], absent=["draws"])
    bureau.run("--batch", "key-1")
    with monkeypatch.context() as without:
        without.setitem(sys.modules, "rfc3161_client", None)
        bureau.play("verify", str(bureau.folder), code=3, out=["〇 时间戳", "SSJ-T001"])
