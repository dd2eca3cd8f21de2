"""`ssj-core` alone at a terminal: a clerk gets from nothing to a verified draw by typing numbers."""

import csv
import os
from pathlib import Path

import pytest

from ssj_cli.main import group
from ssj_cli.menu import ITEMS, Desk
from ssj_cli.say import Voice
from ssj_core.canonical import digest
from ssj_core.text import Text
from ssj_core.workspace import DRAWS
from tests.cli.bureau import Bureau
from tests.cli.terminal import CTRL_D, ENTER, Terminal

pytestmark = pytest.mark.skipif(os.name != "posix", reason="needs a pseudo-terminal, which Windows does not have")
WHAT = "输入数字.*："


def test_a_draw_is_made_looked_at_and_verified_by_numbers(bureau: Bureau, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(bureau.folder)
    with Terminal() as one:
        one.talk(
            (WHAT, "5"), (r"计划文件 \[plan.toml\]", ENTER), ("现在抽取这 4 个批次", "是"),
            (WHAT, "8"), (r"计划文件 \[plan.toml\]", ENTER),
            (WHAT, "9"), ("计划文件", ENTER), ("哪一次抽取", "2"), ("编号、代码或名称", "SG2021-0008"),
            (WHAT, "77"), ("没有“77”这一项", ENTER),
        )  # fmt: skip
        assert one.end() == 0, one.screen
        for shown in ("→ ssj-core run plan.toml", "→ ssj-core verify .", "→ ssj-core explain . t-2021-batch-2-1 "):
            assert shown in one.screen
        assert "Traceback" not in one.screen


def test_a_clerk_with_two_lists_gets_to_papers_and_lists_by_numbers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From what the platform exported to what is put before a firm, by the programme's own words alone."""
    bureau = Bureau(tmp_path / "源").furnish(subjects=60, officers=12)
    desk = tmp_path / "桌面"
    desk.mkdir()
    for name, new in (("subjects", "检查对象 导出"), ("officers", "人员")):
        (desk / f"{new}.csv").write_bytes((bureau.folder / f"{name}.csv").read_bytes())
    monkeypatch.chdir(desk)
    with Terminal() as one:
        one.talk(
            (WHAT, "2"), ("1 人员.csv\r?\n +2 检查对象 导出.csv[^：]*名录文件.*：", "1 2"),
            (WHAT, "3"), ("名录文件.*：", "检查对象 导出.csv"),
            (WHAT, "1"), ("文件夹名", "我局"), ("2 自己的单位", "2"), ("单位名称", "某县某局"),
            ("监管类别", "建筑市场监督"), ("规则的编号", "own_desk"),
            ("检查对象名录的文件", "没有.csv"), ("没有文件“没有.csv”[^：]*检查对象名录的文件.*：", "3"),
            ("检查人员名录的文件", '"人员.csv"'),
            (WHAT, "5"), ("计划文件", ENTER), ("现在抽取这 . 个批次", "y"),
            (WHAT, "6"), ("计划文件", ENTER), ("哪一次抽取", ENTER), ("哪一种文书", ENTER),
            (WHAT, "6"), ("计划文件", ENTER), ("哪一次抽取", ENTER), ("哪一种文书", "4"),
            (WHAT, "7"), ("计划文件", ENTER), ("哪一次抽取", ENTER),
            (WHAT, "8"), ("计划文件", ENTER),
            (WHAT, ENTER),
        )  # fmt: skip
        assert one.end() == 0, one.screen
    assert '→ ssj-core rosters clean "检查对象 导出.csv"' in one.screen
    papers = {p.name.partition("_")[0] for p in desk.rglob("*.docx")}
    assert papers == {"一企一表", "随机抽取会议记录"}
    assert 'file = "检查对象 导出_规范.xlsx"' in (desk / "我局" / "plan.toml").read_text("utf-8")
    assert (desk / "我局" / "名单").is_dir()


def test_enter_alone_draws_nothing(bureau: Bureau, monkeypatch: pytest.MonkeyPatch) -> None:
    before = bureau.snapshot()
    monkeypatch.chdir(bureau.folder)
    with Terminal(at="2021-02-01T09:00:00+08:00") as one:
        one.talk(
            (WHAT, "5"), ("计划文件", "."), (r"key-1-1（.*2021-01-18 开始）[^是]*2 个批次.*是/否", ENTER),
            (WHAT, ENTER),
        )  # fmt: skip
        assert one.end() == 0, one.screen
    assert "没有抽取" in one.screen
    assert "batch-2" not in one.screen
    assert bureau.snapshot() == before


def test_where_no_batch_is_due_the_command_says_when_the_next_is(
    bureau: Bureau, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(bureau.folder)
    with Terminal(at="2021-01-04T09:00:00+08:00") as one:
        one.talk((WHAT, "5"), ("计划文件", ENTER), (rf"2021-01-18 开始，时间未到[\s\S]*{WHAT}", ENTER))
        assert one.end() == 0, one.screen
    assert "现在抽取" not in one.screen


def test_the_exit_code_is_that_of_the_last_command(bureau: Bureau, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(bureau.folder)
    with Terminal() as one:
        one.talk((WHAT, "5"), ("计划文件", "nowhere.toml"), (WHAT, "0"))
        assert one.end() == 3, one.screen


def test_the_end_of_the_input_leaves_quietly() -> None:
    with Terminal() as one:
        one.talk((WHAT, "5"), ("计划文件", CTRL_D))
        assert one.end() == 0, one.screen
        assert "Traceback" not in one.screen


def test_every_line_of_the_menu_is_a_command_there_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / DRAWS / "x").mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("builtins.input", lambda: "x")
    for item in ITEMS:
        command = group
        for word in item.words(Desk(Voice("zh"), [])):
            command = getattr(command, "commands", {}).get(word, command)
        assert command is not group or item.title.zh == "全部命令"


@pytest.mark.parametrize(
    ("typed", "found"), [("2 1", ["甲.xlsx", "乙.csv"]), ("0 3", ["0", "3"]), ("'甲.xlsx'", ["甲.xlsx"])]
)
def test_a_number_that_no_file_has_is_taken_for_a_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, typed: str, found: list[str]
) -> None:
    for name in ("甲.xlsx", "乙.csv", "丙.docx"):
        (tmp_path / name).touch()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("builtins.input", lambda: typed)
    assert Desk(Voice("zh"), []).which_files(Text("哪些", "which")) == found


def test_a_meeting_room_sees_who_was_drawn_with_the_team_and_a_digest_to_read_aloud(bureau: Bureau) -> None:
    with Terminal("run", bureau.plan, "--batch", "key-1") as one:
        assert one.end() == 0, one.screen
    assert "正在读名录" in one.screen
    assert "正在封存 t-2021-key-1-1" in one.screen
    assert "正在抽取 t-2021-key-1-1，配执法人员" in one.screen
    assert "正在写 t-2021-key-1-1 的抽取记录" in one.screen
    head = digest((bureau.folder / "ledger.jsonl").read_bytes().splitlines()[-1])
    assert " ".join(head[n : n + 8] for n in range(0, 64, 8)) in one.screen
    teams = (bureau.folder / "draws" / "t-2021-key-1-1" / "teams.csv").read_text("utf-8-sig")
    for row in csv.DictReader(teams.splitlines()):
        assert f"{row['分工']} {row['姓名']}" in one.screen
        assert row["名称"] in one.screen


def test_what_is_about_a_draw_says_that_there_is_none_and_asks_no_further(
    bureau: Bureau, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(bureau.folder)
    with Terminal() as one:
        for number in ("6", "7", "9"):
            one.talk((WHAT, number), ("计划文件", ENTER))
            one.wait_for("这里还没有抽取过，先抽取")
        one.talk((WHAT, ENTER))
        assert one.end() == 0, one.screen
        assert "哪一次抽取" not in one.screen
