"""Whoever sits at a terminal sees what is done and how far it is; a file or a pipe sees nothing of it."""

import subprocess
import sys
from pathlib import Path

import pytest

from .bureau import Bureau
from .terminal import Terminal

SLOW = """
import time
from ssj_cli import pulse
pulse.PATIENCE = pulse.SILENCE = 0
pulse._BEAT = 0.1
from functools import wraps
def slow(module, name):
    there = __import__(module, fromlist=["x"])
    function = getattr(there, name)
    @wraps(function)
    def slower(*given, **named):
        time.sleep(0.5)
        return function(*given, **named)
    setattr(there, name, slower)
"""
"""A computer on which some function takes its time, and somebody of little patience."""


def slowed(*functions: str) -> str:
    """What makes functions slow, each named as `module.function`."""
    calls = [f"slow({module!r}, {name!r})" for module, _, name in (one.rpartition(".") for one in functions)]
    return "\n".join([SLOW, *calls])


@pytest.fixture
def bureau(tmp_path: Path) -> Bureau:
    return Bureau(tmp_path).furnish()


def long_list(bureau: Bureau, rows: int = 4_500) -> str:
    path = bureau.folder / "long.csv"
    path.write_text("编号,名称\n" + "\n".join(f"SG2021-{n:05},示例{n}号工程" for n in range(rows)), "utf-8")
    return str(path)


@pytest.mark.parametrize("command", ["check", "clean", "diff"])
def test_a_long_list_is_counted_while_it_is_read(bureau: Bureau, command: str) -> None:
    words = ["rosters", command, *[long_list(bureau)] * (2 if command == "diff" else 1), "--as", "subjects"]
    with Terminal(*words) as one:
        assert one.end() == 0, one.screen
    for shown in ("已读 4500 / 4500 行", "long.csv（"):
        assert shown in one.screen
    assert "正在读" not in bureau.play(*words).output


def test_officers_and_earlier_inspections_are_counted_too(bureau: Bureau) -> None:
    officers = "\n".join(f"示例{n},1306{n:06},甲股" for n in range(2_100))
    (bureau.folder / "officers.csv").write_text("姓名,执法证号,股室\n" + officers, "utf-8")
    with Terminal("rosters", "check", str(bureau.folder / "officers.csv"), "--as", "officers") as one:
        one.end()
    assert "已读 2100 / 2100 行" in one.screen
    past = "\n".join(f"SG2021-{n:05},2020-03-01,示例甲" for n in range(2_100))
    (bureau.folder / "past.csv").write_text("编号,检查日期,检查人员\n" + past, "utf-8")
    with Terminal("rosters", "check", str(bureau.folder / "past.csv"), "--as", "inspections") as one:
        one.end()
    assert "已读 2100 / 2100 行" in one.screen


def test_a_large_file_is_named_with_its_size_before_it_is_read(bureau: Bureau) -> None:
    path = long_list(bureau, 60_000)
    with Terminal("rosters", "clean", path, "--as", "officers", "--lang", "en") as one:
        one.wait_for(r"reading .*long.csv \(1\.\d MB\) \.\.\.")
        one.end()


def test_a_parser_that_says_nothing_is_waited_for_with_the_seconds(bureau: Bureau) -> None:
    """A library that reads a workbook in one breath leaves the line alive."""
    setup = slowed("ssj_core.readers.table.sniff")
    with Terminal("rosters", "check", long_list(bureau, 5), "--as", "subjects", setup=setup) as one:
        assert one.end() == 0, one.screen
    assert "正在读" in one.screen
    assert "0 秒" in one.screen


@pytest.mark.parametrize(
    ("function", "shown"),
    [
        ("ssj_core.opening.rosters.resolve_recusals", "正在互相核对名录…… 0 秒"),
        ("ssj_core.drawing.seal", "正在封存 t-2021-key-1-1…… 0 秒"),
        ("ssj_core.drawing.draw", "正在抽取 t-2021-key-1-1，配执法人员…… 0 秒"),
        ("ssj_core.drawing.make_record", "正在写 t-2021-key-1-1 的抽取记录…… 0 秒"),
        ("ssj_cli.run.open_office", "请稍候…… 0 秒"),
    ],
)
def test_every_step_of_a_draw_goes_on_visibly(bureau: Bureau, function: str, shown: str) -> None:
    with Terminal("run", bureau.plan, "--batch", "key-1", setup=slowed(function)) as one:
        assert one.end() == 0, one.screen
    assert shown in one.screen
    assert "请稍候" not in left(one.screen), "mere waiting is wiped out"
    bureau.check()


def left(screen: str) -> str:
    """What is left of each line after all that was written over it."""
    return "\n".join(line.rsplit("\r", 1)[-1] for line in screen.split("\n"))


@pytest.mark.parametrize(
    ("words", "function", "shown"),
    [
        (("verify", "{folder}"), "ssj_cli.verify.verify_folder", "正在核验"),
        (("explain", "{folder}", "{draw}", "SG2021-0000"), "ssj_cli.explain.verify_draw", "正在核验 t-2021-key-1-1"),
        (("lists", "{folder}", "{draw}"), "ssj_cli.dossier.verify_draw", "正在写 t-2021-key-1-1 的名单"),
        (("replay", "{plan}", "--against", "{draw}"), "ssj_cli.replay.replay", "正在重算 t-2021-key-1-1"),
        (
            ("proof", "{folder}", "{draw}", "SG2021-0000", "-o", "{folder}/p.json"),
            "ssj_cli.proof.verify_draw",
            "请稍候",
        ),
    ],
)
def test_what_is_done_with_a_draw_goes_on_visibly(
    bureau: Bureau, words: tuple[str, ...], function: str, shown: str
) -> None:
    bureau.play("run", bureau.plan, "--batch", "key-1")
    told = {"folder": str(bureau.folder), "plan": bureau.plan, "draw": "t-2021-key-1-1"}
    with Terminal(*(word.format(**told) for word in words), setup=slowed(function)) as one:
        assert one.end() == 0, one.screen
    assert f"{shown}…… 0 秒" in one.screen


def test_an_old_console_survives_it(bureau: Bureau) -> None:
    with Terminal("run", bureau.plan, "--batch", "key-1", encoding="gbk", setup=SLOW) as one:
        assert one.end() == 0, one.screen
    assert "正在封存 t-2021-key-1-1……" in one.screen


def test_while_a_question_is_open_nothing_is_written_over_it(bureau: Bureau) -> None:
    plan = bureau.folder / "plan.toml"
    plan.write_text(plan.read_text("utf-8").replace('source = "os"', 'source = "text"'), encoding="utf-8")
    with Terminal("run", bureau.plan, "--batch", "key-1", setup=SLOW) as one:
        one.wait_for("记下了吗")
        one.wait_for("：")
        assert one.still(1), "no sign of life where somebody is asked"


def test_dummy_draws_are_counted(bureau: Bureau) -> None:
    with Terminal("simulate", bureau.plan, "--batch", "key-1", "--seeds", "30") as one:
        assert one.end() == 0, one.screen
    assert "正在试抽…… 已试 30 / 30 次" in one.screen


def test_a_file_and_a_pipe_see_nothing_of_it(bureau: Bureau) -> None:
    code = slowed("ssj_core.readers.table.sniff") + "\nfrom ssj_cli.main import main\nmain()"
    words = ("rosters", "check", long_list(bureau), "--as", "subjects")
    done = subprocess.run([sys.executable, "-c", code, *words], capture_output=True, text=True, check=False)
    assert done.returncode == 0
    assert "正在" not in done.stdout + done.stderr
    assert "\r" not in done.stdout + done.stderr


def test_a_name_that_moves_the_cursor_does_not(bureau: Bureau) -> None:
    path = bureau.folder / "a\x1b[2Jb.csv"
    path.write_text(Path(long_list(bureau)).read_text("utf-8"), "utf-8")
    with Terminal("rosters", "check", str(path), "--as", "subjects") as one:
        one.end()
    assert "已读 4500 / 4500" in one.screen
    assert "\x1b" not in one.screen
