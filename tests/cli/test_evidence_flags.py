"""Evidence on the command line: the same as in a file, and refused where a file is."""

import tomllib
from datetime import datetime, timedelta

import pytest

from ssj_core.entropy.grammar import BEIJING
from tests.cli.bureau import DIGITS, Bureau, evidence_text, plan_text, soon

DRAW = "t-2021-key-1-1"


def flags() -> tuple[str, ...]:
    return (
        "--entropy", f"text={DIGITS}", "--witness", "王某", "--witness", "李某、赵某", "--place", "局会议室",
        "--time", soon()[:16],
    )  # fmt: skip


def sealed(bureau: Bureau) -> Bureau:
    bureau.play("commit", bureau.plan, "--batch", "key-1")
    return bureau


def test_flags_reach_what_a_file_reaches(witnessed: Bureau) -> None:
    sealed(witnessed).run("--batch", "key-1", *flags(), there=[f"draws/{DRAW}"])
    witnessed.play(
        "verify", str(witnessed.folder / "draws" / DRAW),
        out=["E2 级", "王某、李某、赵某；局会议室；20[0-9-]{8}T[0-9:]{8}\\+08:00", DIGITS],
    )  # fmt: skip


def test_flags_in_the_run_that_seals_are_refused(witnessed: Bureau) -> None:
    """Whoever typed them knew them before the list was fixed."""
    witnessed.run("--batch", "key-1", *flags(), code=5, err=["SSJ-E013"], absent=["draws"])
    assert witnessed.events() == [("commit", DRAW)]
    witnessed.run("--batch", "key-1", *flags())


def test_a_time_that_has_not_come_is_refused(witnessed: Bureau) -> None:
    """Nobody has seen it: ten minutes are for clocks that differ."""
    later = (datetime.fromisoformat(soon()) + timedelta(minutes=20)).isoformat()
    sealed(witnessed).run("--batch", "key-1", *flags()[:-1], later, code=5, err=["SSJ-E017"], absent=["draws"])
    assert witnessed.events() == [("commit", DRAW)]
    witnessed.run("--batch", "key-1", *flags())


def test_numbers_of_a_day_to_come_are_refused_and_the_day_named(bureau: Bureau) -> None:
    """Whatever time somebody writes beside them."""
    day = datetime.now(BEIJING).date() + timedelta(days=3)
    named = f'source = "kl8"\nparams = {{ issue = "{day.year}200", date = "{day}" }}'
    bureau.write(plan=plan_text().replace('source = "os"', named))
    balls = "kl8={}200: {}".format(day.year, " ".join(map(str, range(1, 21))))
    told = sealed(bureau).run("--batch", "key-1", "--entropy", balls, *flags()[2:], code=5, err=["SSJ-E017"]).stderr
    assert f"的证据写的时间是 {day}T00:00:00+08:00" in told


def test_several_sources_by_flags_and_by_file(witnessed: Bureau) -> None:
    witnessed.write(plan=plan_text(("dice6", "text", "dice10")), evidence=evidence_text())
    sealed(witnessed).run(
        "--batch", "key-1", "--evidence", str(witnessed.folder / "evidence.toml"),
        "--entropy", "dice6=3 5 1 6 2 2 4 4 1", "--entropy", f"dice10={DIGITS}=", *flags()[2:], code=5,
        err=["SSJ-E020"],
    )  # fmt: skip
    witnessed.run(
        "--batch", "key-1", "--evidence", str(witnessed.folder / "evidence.toml"),
        "--entropy", "dice6=3 5 1 6 2 2 4 4 1", "--entropy", f" dice10 = {DIGITS}", *flags()[2:],
    )  # fmt: skip
    record = tomllib.loads((witnessed.folder / "draws" / DRAW / "record.toml").read_text("utf-8"))
    assert [(e["source"], e["who"]) for e in record["entropy"]] == [
        ("dice6", ["王某", "李某", "赵某"]),
        ("text", ["王某", "李某"]),
        ("dice10", ["王某", "李某", "赵某"]),
    ]


@pytest.mark.parametrize(
    ("args", "problem"),
    [
        (("--entropy", "dice6=3"), "--entropy：SSJ-E014"),
        (("--entropy", "text=1", "--entropy", "text=2"), "--entropy：SSJ-E009"),
        (("--entropy", "text=1", "--evidence", "FILE"), "evidence.toml：SSJ-E009"),
    ],
)
def test_what_is_wrong_in_a_file_is_wrong_in_flags(witnessed: Bureau, args: tuple[str, ...], problem: str) -> None:
    witnessed.write(evidence=evidence_text())
    args = tuple(str(witnessed.folder / "evidence.toml") if a == "FILE" else a for a in args)
    witnessed.run("--batch", "key-1", *args, commit_first=False, code=3, err=[problem], absent=["ledger.jsonl"])


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("--batch", "key-1", "--entropy", "31415926"), "SOURCE=TEXT"),
        (("--batch", "key-1", "--entropy", "=31415926"), "SOURCE=TEXT"),
        (("--entropy", f"text={DIGITS}"), "--entropy takes one --batch"),
        (("--batch", "key-1", "--batch", "batch-1", "--entropy", f"text={DIGITS}"), "--entropy takes one --batch"),
        (("--batch", "key-1", "--witness", "王某"), "they go with --entropy"),
        (("--batch", "key-1", "--place", "二楼"), "they go with --entropy"),
        (("--batch", "key-1", "--time", "2026-01-18T09:30"), "they go with --entropy"),
        (("--batch", "key-1", "--entropy", f"text={DIGITS}", "--time", "2021-01-18"), "not a time"),
        (("--batch", "key-1", "--entropy", f"text={DIGITS}", "--time", "noon"), "not a time"),
    ],
)
def test_flags_that_do_not_go_together_are_told_before_anything_is_done(
    witnessed: Bureau, args: tuple[str, ...], said: str
) -> None:
    before = witnessed.snapshot()
    witnessed.run(*args, "--lang", "en", code=2, err=[said])
    assert witnessed.snapshot() == before


def test_nothing_is_asked_where_nobody_sits_at_a_terminal(witnessed: Bureau) -> None:
    witnessed.run("--batch", "key-1", code=5, err=["SSJ-E002", "--entropy", "--evidence"], silent=["念出"])


def test_a_seed_of_the_operating_system_is_said_to_prove_nothing(bureau: Bureau) -> None:
    bureau.run("--batch", "key-1", out=["操作系统.*什么也不能证明（E0 级）"])
    bureau.play("--lang", "en", "run", bureau.plan, "--batch", "batch-1", out=["proves nothing \\(E0\\)"])
