"""`new` for a bureau of one's own: by flags, or by answering the few questions; what it makes draws and verifies."""

import os
import re
from pathlib import Path

import pytest

from tests.cli.bureau import SUBJECT_HEADERS, Bureau, subject_row, table
from tests.cli.terminal import ENTER, Terminal
from tests.word import text as words_of

BUREAU = "某县市场监督管理局"


@pytest.fixture
def own(tmp_path: Path) -> Bureau:
    return Bureau(tmp_path / "mine")


def drawn(own: Bureau) -> None:
    own.run(out=["抽中"])
    own.play("verify", str(own.folder), out=["成立", BUREAU])
    own.check()


def test_flags_make_rules_and_a_plan_that_draws(own: Bureau) -> None:
    own.play(
        "new",
        str(own.folder),
        "--bureau",
        BUREAU,
        "--title",
        "公示信息检查",
        "--id",
        "scjg",
        out=["rules/ruleset.toml"],
    )
    trial = own.play(
        "run", own.plan, "--dry-run", out=["可派人数.*每席 [0-9]"], err=["SSJ-S069.*2 项.*样例事项一"]
    ).stdout
    assert "\\n" not in trial  # every line is a line
    assert "附表" not in trial  # a trial writes none
    drawn(own)
    (draw,) = (own.folder / "draws").iterdir()
    own.play("forms", "print", str(own.folder), draw.name, "-o", str(own.folder / "表.docx"), err=["SSJ-S069"])
    assert "未发现问题" in words_of((own.folder / "表.docx").read_bytes())  # the results can be ticked


def test_items_that_were_written_are_no_longer_called_samples(own: Bureau) -> None:
    own.play("new", str(own.folder), "--bureau", BUREAU)
    checklist = own.folder / "rules" / "checklist.toml"
    text = checklist.read_text(encoding="utf-8")
    for left, title in (("样例事项一", "营业执照公示情况"), ("样例事项二", "年度报告公示情况")):
        text = text.replace(left, title)
        checklist.write_text(text, encoding="utf-8")
        own.play("run", own.plan, "--dry-run", err=["SSJ-S069.*2 项"])  # what is inspected is still not said
    checklist.write_text(text.replace("检查什么，怎样才算合格。", "是否按规定公示。"), encoding="utf-8")
    own.play("run", own.plan, "--dry-run", silent=["SSJ-S069"])


@pytest.mark.skipif(os.name != "posix", reason="needs a pseudo-terminal, which Windows does not have")
def test_the_few_questions_do_the_same(own: Bureau) -> None:
    with Terminal("new") as one:
        one.talk(
            (r"文件夹名 \[demo\]", str(own.folder)), ("2 自己的单位", "2"),
            ("单位名称", 'a"b'), ("只能是普通文字", BUREAU), ("监管类别", "公示信息检查"),
            (r"规则的编号.*\[own\]", "Bad Id"), ("不能作编号", ENTER),
            ("检查对象名录的文件", ENTER), ("检查人员名录的文件", ENTER),
        )  # fmt: skip
        assert one.end() == 0, one.screen
    drawn(own)


@pytest.mark.skipif(os.name != "posix", reason="needs a pseudo-terminal, which Windows does not have")
def test_enter_takes_the_sample(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with Terminal("new") as one:
        one.talk(("文件夹名", ENTER), ("1 样例", ENTER))
        assert one.end() == 0, one.screen
    assert (tmp_path / "demo" / "plan.toml").is_file()


def test_without_a_terminal_the_folder_must_be_named(tmp_path: Path) -> None:
    Bureau(tmp_path).play("new", code=2, err=["缺少 DIR"])
    Bureau(tmp_path).play("new", str(tmp_path / "x"), "--bureau", 'a"b', code=2, err=["只能是普通文字"])


def test_the_empty_folder_one_stands_in_will_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Bureau(tmp_path).play("new", ".", there=["plan.toml", "subjects.csv"])
    assert not list(tmp_path.parent.glob(".ssj-aside-*"))
    Bureau(tmp_path).play("new", ".", code=3, err=["SSJ-L012"])


@pytest.mark.parametrize("own_rules", [True, False], ids=["own", "sample"])
def test_the_office_brings_its_own_rosters(own_rules: bool, tmp_path: Path) -> None:
    source = Bureau(tmp_path / "源").furnish(subjects=60, officers=12)
    given = tmp_path / '甲"名录.csv'
    given.write_bytes((source.folder / "subjects.csv").read_bytes())
    own = Bureau(tmp_path / "我局")
    args = ("--bureau", BUREAU, "--title", "建筑市场监督") if own_rules else ()
    officers = str(source.folder / "officers.csv")
    own.play(
        "new", str(own.folder), *args, "--subjects", str(given), "--officers", officers,
        out=["下一步：ssj-core rosters check --plan", "下一步：ssj-core run"], absent=["subjects.csv"],
        there=['甲"名录.csv', "officers.csv"],
    )  # fmt: skip
    assert (own.folder / '甲"名录.csv').read_bytes() == given.read_bytes()
    own.play("rosters", "check", "--plan", own.plan, out=["检查对象名录", "60"])
    assert "编造" not in Path(own.plan).read_text("utf-8")
    if own_rules:
        own.run()
        own.check()


def test_a_roster_without_sectors_is_told_at_once_with_the_line_that_draws(tmp_path: Path) -> None:
    source = Bureau(tmp_path / "源").furnish(subjects=60, officers=12)
    at = SUBJECT_HEADERS.index("监管类别")
    rows = [SUBJECT_HEADERS, *map(subject_row, range(60))]
    head, *rest = ([*row[:at], *row[at + 1 :]] for row in rows)
    (tmp_path / "导出.csv").write_bytes(table(head, rest))
    own = Bureau(tmp_path / "我局")
    told = own.play(
        "new", str(own.folder), "--bureau", BUREAU, "--title", "建筑市场监督", "--subjects", str(tmp_path / "导出.csv"),
        "--officers", str(source.folder / "officers.csv"), err=["导出.csv 监管类别：SSJ-R059 注意"],
    )  # fmt: skip
    line = 'sectors = ["建筑市场监督"]'
    assert f"      {line}\n" in told.stderr
    own.play("rosters", "check", "--plan", own.plan, code=1, err=["SSJ-S029", re.escape(line)], silent=["其中一个"])
    plan = Path(own.plan).read_text("utf-8")
    own.write(plan=plan.replace("\n[rosters.officers]", f"{line}\n\n[rosters.officers]"))
    own.play("rosters", "check", "--plan", own.plan, out=["可用 60"])
    own.run()
    own.check()
    sample = str(tmp_path / "样例")
    own.play("new", sample, "--subjects", str(tmp_path / "导出.csv"), err=["SSJ-R059", "其中一个：建筑市场监督、"])


def test_two_rosters_of_one_name_and_one_that_is_not_there(tmp_path: Path) -> None:
    source = Bureau(tmp_path / "源").furnish(subjects=60, officers=12)
    for name in ("subjects", "officers"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "名录.csv").write_bytes((source.folder / f"{name}.csv").read_bytes())
    own = Bureau(tmp_path / "我局")
    files = (
        "--subjects",
        str(tmp_path / "subjects" / "名录.csv"),
        "--officers",
        str(tmp_path / "officers" / "名录.csv"),
    )
    own.play("new", str(own.folder), *files, there=["名录.csv", "officers_名录.csv"])
    own.play("rosters", "check", "--plan", own.plan)
    own.play("new", str(tmp_path / "无"), "--subjects", str(tmp_path / "无.csv"), code=3, err=["SSJ-F001"])
    assert not (tmp_path / "无").exists()
