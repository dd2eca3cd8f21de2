"""A subject without a name, and one whose name turns the direction of writing: drawn, printed, verified by both."""

from pathlib import Path

import pytest
from docx import Document

from tests.cli.bureau import SUBJECT_HEADERS, Bureau, subject_row, table
from tests.cli.test_lists import folders, sheet
from tests.verifiers.independent import run

TURNED = "甲\u202e司公\u202c"


@pytest.fixture
def bureau(tmp_path: Path) -> Bureau:
    """All of batch key-1 are drawn: one has no name, one has signs of direction."""
    made = Bureau(tmp_path).furnish()
    rows = [subject_row(n) for n in range(40)]
    rows[8][1], rows[24][1] = "", TURNED
    made.write(subjects=table(SUBJECT_HEADERS, rows))
    return made


def test_it_takes_part_under_its_number_and_the_record_holds(bureau: Bureau) -> None:
    bureau.run("--batch", "key-1", err=["第 10 行 名称：SSJ-R053 说明", "第 26 行 名称：SSJ-R057 说明"])
    bureau.play("lists", str(bureau.folder))
    _, listed = sheet(folders(bureau)[0] / "抽中名单.xlsx")
    assert {"SG2021-0008（名录未写名称）", TURNED} <= {row["名称"] for row in listed}
    bureau.play("explain", str(bureau.folder), "t-2021-key-1-1", "SG2021-0008", out=["SG2021-0008（名录未写名称）"])
    bureau.check()
    done = run(bureau.folder)
    assert done.returncode == 0, done.stdout


def test_its_form_says_so_and_has_a_name_of_its_own(bureau: Bureau) -> None:
    bureau.run("--batch", "key-1")
    out = bureau.folder / "表"
    (draw,) = (bureau.folder / "draws").iterdir()
    bureau.play("forms", "print", str(draw), "-o", str(out / "表.docx"))
    document = Document(str(out / "表.docx"))
    words = {cell.text for one in document.tables for row in one.rows for cell in row.cells}
    assert "SG2021-0008（名录未写名称）" in words
    assert any(TURNED in word for word in words), "printed as given"
    bureau.check()
