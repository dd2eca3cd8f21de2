"""A joint batch of two departments: a block for each on the form; who is of which is sealed with the rules."""

import csv
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.cli.bureau import OFFICER_HEADERS, Bureau, officer_row, table
from tests.cli.terminal import Terminal
from tests.cli.test_forms import JOINT, printed
from tests.cli.test_replace import WHY, teams

ONE, OTHER = "甲县住建局", "甲县市场监管局"
UNITS = {officer_row(n)[2]: ONE if n % 4 == 1 else OTHER for n in range(24)}
"""By certificate; only one of them leads."""


def roster(column: str = "单位", *more: str) -> bytes:
    """The officers with their departments; `more` are headers of further columns, each of other words."""
    rows = [[*officer_row(n), UNITS[officer_row(n)[2]], *("另有说法" for _ in more)] for n in range(24)]
    return table((*OFFICER_HEADERS, column, *more), rows)


@pytest.fixture(scope="module")
def joint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bureau]:
    """The joint batch is drawn; then the roster goes."""
    made = Bureau(tmp_path_factory.mktemp("departments") / "bureau").furnish(subjects=120, officers=24)
    made.write(officers=roster())
    made.run("--batch", "batch-3")
    (made.folder / "officers.csv").unlink()
    yield made
    made.check()


def sealed(bureau: Bureau, draw: str = JOINT) -> dict[str, list[str]]:
    rules = tomllib.loads((bureau.folder / "draws" / draw / "rules.toml").read_text("utf-8"))
    found: dict[str, list[str]] = rules["team"].get("departments", {})
    return found


def test_the_departments_are_sealed(joint: Bureau) -> None:
    wanted = {unit: sorted(f"officer:{c}" for c, own in UNITS.items() if own == unit) for unit in (ONE, OTHER)}
    assert sealed(joint) == wanted


def test_where_all_are_of_one_department_none_is_sealed(bureau: Bureau) -> None:
    """Sections of one office inspect together, and papers tell officers by their sections."""
    text = roster().decode("utf-8-sig").replace(OTHER, ONE)
    bureau.furnish(subjects=120, officers=24).write(officers=text.encode("utf-8-sig"))
    bureau.run("--batch", "batch-3")
    assert sealed(bureau) == {}
    assert ONE not in printed(bureau, "--no-contacts", draw=JOINT)


@pytest.mark.parametrize("paper", ["form", "notice", "tasks"])
def test_every_paper_has_them_from_the_record(joint: Bureau, paper: str) -> None:
    said = printed(
        joint, "--paper", paper, "--no-contacts" if paper != "tasks" else "--force", draw=JOINT, name=f"{paper}.docx"
    )
    found = teams(joint, JOINT)
    assert len({row["检查对象"] for row in found}) > 1
    for row in found:
        assert f"{UNITS[row['执法检查人员'].removeprefix('officer:')]}{row['股室']}" in said
    if paper == "form":
        for unit in (ONE, OTHER):
            assert f"检查结论（{unit}：" in said
        assert f"检查结论（{found[0]['股室']}：" not in said


def test_an_explanation_names_them(joint: Bureau) -> None:
    row = teams(joint, JOINT)[0]
    unit = UNITS[row["执法检查人员"].removeprefix("officer:")]
    whose = f"{row['姓名']}（{unit}{row['股室']}）"
    joint.play("explain", str(joint.folder), JOINT, row["检查对象"], out=[re.escape(whose)])
    joint.play("explain", str(joint.folder), JOINT, row["执法检查人员"], out=[f"，{unit}{row['股室']}）"])
    english = re.escape(f"{row['姓名']} ({unit}{row['股室']})")
    joint.play("--lang", "en", "explain", str(joint.folder), JOINT, row["检查对象"], out=[english])


def test_the_lists_have_a_column_for_them(joint: Bureau) -> None:
    folder = joint.folder / "lists"
    joint.play("lists", str(joint.folder), JOINT, "-o", str(folder))
    for name in ("teams", "tasks"):
        (file,) = folder.rglob(f"{name}.csv")
        rows = list(csv.DictReader(file.read_text("utf-8").splitlines()))
        assert {row["officer_unit"] for row in rows} == {ONE, OTHER}
        for row in rows:
            assert row["officer_unit"] == UNITS[row["certificate"]]
    (book,) = folder.rglob("检查组名单.xlsx")
    for sheet in load_workbook(book).worksheets:
        cells = [cell for row in sheet.iter_rows(values_only=True) for cell in row]
        assert "单位" in cells
        assert ONE in cells


def test_the_protocol_says_how_many_each_sends(joint: Bureau) -> None:
    said = printed(joint, "--paper", "protocol", draw=JOINT, name="protocol.docx")
    for unit in (ONE, OTHER):
        sent = {row["执法检查人员"] for row in teams(joint, JOINT)}
        count = sum(UNITS[one.removeprefix("officer:")] == unit for one in sent)
        assert f"{unit} {count} 名" in said


def test_the_room_sees_who_is_of_which(bureau: Bureau) -> None:
    bureau.furnish(subjects=120, officers=24).write(officers=roster())
    with Terminal("run", bureau.plan, "--batch", "batch-3", at="2021-06-16T09:00:00+08:00") as one:
        assert one.end() == 0, one.screen
    for row in teams(bureau, JOINT):
        assert f"{row['分工']} {row['姓名']}（{UNITS[row['执法检查人员'].removeprefix('officer:')]}）" in one.screen


def test_a_roster_of_today_moves_no_block(joint: Bureau) -> None:
    printed(joint, "--no-contacts", draw=JOINT, name="before.docx")
    moved = roster().decode("utf-8-sig").replace(OTHER, "丙局").replace(ONE, OTHER)
    joint.write(officers=moved.encode("utf-8-sig"))
    printed(joint, "--no-contacts", draw=JOINT, name="after.docx")
    (joint.folder / "officers.csv").unlink()
    assert (joint.folder / "before.docx").read_bytes() == (joint.folder / "after.docx").read_bytes()


def test_a_replacement_keeps_the_blocks(bureau: Bureau) -> None:
    bureau.furnish(subjects=120, officers=24).write(officers=roster())
    bureau.run("--batch", "batch-3")
    gone = teams(bureau, JOINT)[0]["执法检查人员"]
    bureau.play("replace", bureau.plan, JOINT, gone, "--reason", "leave", *WHY)
    said = printed(bureau, "--changed", "--no-contacts", draw=JOINT, silent=[gone])
    new = [row for row in teams(bureau, JOINT, 1) if row["检查对象"] == teams(bureau, JOINT)[0]["检查对象"]]
    assert gone not in {row["执法检查人员"] for row in new}
    for row in new:
        unit = UNITS[row["执法检查人员"].removeprefix("officer:")]
        assert f"检查结论（{unit}：{row['姓名']}）" in said


@pytest.mark.parametrize(
    ("officers", "why"),
    [
        (table(OFFICER_HEADERS, map(officer_row, range(24))), "no column says so"),
        (roster().replace(OTHER.encode(), ONE.encode()), "one department, whose sections inspect together"),
    ],
)
def test_without_several_there_is_none(tmp_path: Path, officers: bytes, why: str) -> None:
    made = Bureau(tmp_path / "bureau").furnish(subjects=120)
    made.write(officers=officers)
    made.run("--batch", "batch-3")
    assert sealed(made) == {}, why
    made.play("lists", str(made.folder), JOINT, "-o", str(made.folder / "lists"))
    (file,) = (made.folder / "lists").rglob("teams.csv")
    assert "officer_unit" not in file.read_text("utf-8")
    assert f"检查结论（{teams(made, JOINT)[0]['股室']}：" in printed(made, "--no-contacts", draw=JOINT)
    made.check()


def test_a_batch_of_one_department_seals_none(bureau: Bureau) -> None:
    bureau.furnish(subjects=120).write(officers=roster("工作单位", "单位名称"))  # the first column counts
    bureau.run("--batch", "batch-1", "--batch", "batch-3")
    assert sealed(bureau, "t-2021-batch-1-1") == {}, "it is not joint"
    assert list(sealed(bureau)) == sorted([ONE, OTHER])
