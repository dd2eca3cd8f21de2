"""Lines that a message gives for the plan can be pasted as they stand, also where the plan has their table already."""

import re
from pathlib import Path

import pytest

from .bureau import Bureau

HEADER = "[rosters.subjects.columns]"


@pytest.fixture
def bureau(tmp_path: Path) -> Bureau:
    """The office whose list calls a name and a number by words of its own."""
    made = Bureau(tmp_path).furnish()
    rows = (tmp_path / "subjects.csv").read_text("utf-8-sig")
    (tmp_path / "subjects.csv").write_text(rows.replace("编号,名称", "编号,市场主体全名", 1), "utf-8-sig")
    return made


def write(bureau: Bureau, columns: str) -> None:
    path = Path(bureau.plan)
    path.write_text(
        path.read_text("utf-8").replace('file = "subjects.csv"', f'file = "subjects.csv"\n{columns}'), "utf-8"
    )


def told(bureau: Bureau, code: int, *words: str) -> str:
    return bureau.play(*words, code=code).stderr


@pytest.mark.parametrize("words", [("rosters", "check", "--plan"), ("run", "--dry-run")])
def test_a_plan_without_the_table_is_given_it_whole(bureau: Bureau, words: tuple[str, ...]) -> None:
    said = told(bureau, 1 if "check" in words else 3, *words, bureau.plan)
    assert HEADER in said
    assert '"市场主体全名" = "name"' in said


@pytest.mark.parametrize("words", [("rosters", "check", "--plan"), ("run", "--dry-run")])
def test_a_plan_with_the_table_is_told_the_line_below_which_they_go(bureau: Bureau, words: tuple[str, ...]) -> None:
    write(bureau, f'\n{HEADER}\n"监管股室" = "section"')
    said = told(bureau, 1 if "check" in words else 3, *words, bureau.plan)
    lines = Path(bureau.plan).read_text("utf-8").split("\n")
    row = int(re.search(r"接在 plan.toml 第 (\d+) 行", said)[1])  # type: ignore[index]
    assert lines[row - 1] == HEADER
    assert f"\n{HEADER}" not in said.replace(" ", "")
    pasted, *_ = re.findall(r"^ *(\"市场主体全名\" = .*)$", said, re.MULTILINE)
    Path(bureau.plan).write_text("\n".join([*lines[:row], pasted, *lines[row:]]), "utf-8")
    bureau.play(*words, bureau.plan)


def test_in_english_too_and_within_braces(bureau: Bureau) -> None:
    write(bureau, 'columns = { "监管股室" = "section" }')
    said = told(bureau, 1, "--lang", "en", "rosters", "check", "--plan", bureau.plan)
    row = int(re.search(r"within the braces of columns, line (\d+) of plan.toml", said)[1])  # type: ignore[index]
    lines = Path(bureau.plan).read_text("utf-8").split("\n")
    pasted, *_ = re.findall(r"^ *(\"市场主体全名\" = .*)$", said, re.MULTILINE)
    lines[row - 1] = lines[row - 1].replace(" }", f", {pasted} }}")
    Path(bureau.plan).write_text("\n".join(lines), "utf-8")
    bureau.play("rosters", "check", "--plan", bureau.plan)


def test_beside_keys_with_dots(bureau: Bureau) -> None:
    write(bureau, 'columns."监管股室" = "section"')
    said = told(bureau, 1, "rosters", "check", "--plan", bureau.plan)
    row = int(re.search(r"接在 plan.toml 第 (\d+) 行的下面", said)[1])  # type: ignore[index]
    lines = Path(bureau.plan).read_text("utf-8").split("\n")
    pasted, *_ = re.findall(r"^ *(columns\.\"市场主体全名\" = .*)$", said, re.MULTILINE)
    Path(bureau.plan).write_text("\n".join([*lines[:row], pasted, *lines[row:]]), "utf-8")
    bureau.play("rosters", "check", "--plan", bureau.plan)


def test_an_entry_taken_for_a_header_shows_no_number_of_a_person(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("甲,110101199003074578,13800138000\n乙,110101199003074579,13800138001\n", "utf-8")
    said = told(Bureau(tmp_path), 3, "rosters", "check", str(path))
    assert "SSJ-N001" in said
    assert "1990" not in said
    assert "13800138" not in said


def test_a_list_that_is_none_of_ours_is_told_with_its_headers_and_the_command(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path)
    path = tmp_path / "a b.csv"
    path.write_text("主体全称,登记号码,所在街道\n甲公司,91130624EX0001160C,东街\n", "utf-8")
    said = told(bureau, 3, "rosters", "check", str(path))
    assert "第 1 行的列名是“主体全称、登记号码、所在街道”" in said
    assert "“名称”（“主体全称”？）" in said
    assert "执法检查人员名录一列也不像" in said
    commands = re.findall(r'ssj-core (rosters check ".*" --as (\w+))', said)
    assert [kind for _, kind in commands] == ["subjects", "inspections", "officers"], "the likeliest first"
    again = told(bureau, 1, "rosters", "check", str(path), "--as", "subjects")
    assert f"{HEADER}\n" in again
    assert '"主体全称" = "name"' in again


def test_a_list_without_any_header_is_told_so(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("x\n3\n", "utf-8")
    assert "前 2 行里没有像表头的一行" in told(Bureau(tmp_path), 3, "rosters", "check", str(path))
