"""What is wrong with a header, or with a list as a whole, comes back in the workbook as faults of rows do."""

import io
from pathlib import Path
from typing import Any, Final

import openpyxl
import pytest

from ssj_core.desk.checked import Checked, Looked, check, with_problems
from ssj_core.desk.returned import returned
from ssj_core.problems import Problem, problem
from ssj_core.readers import ssj_roster_readers
from ssj_core.roster import OfficerRoster, RosterSpec, SubjectRoster, read_officers, read_subjects
from ssj_core.roster.inspections import checked_in_the_future, in_the_future
from ssj_core.rules.model import ColumnUse
from ssj_core.text import Text
from tests import tinted
from tests.unit.test_desk import text, uscc
from tests.unit.test_readers_old_formats import old_book
from tests.unit.test_readers_workbook import made
from tests.unit.test_roster_bad_files import FILES, FOLDER, OFFICERS, SPECS, TODAY, WITHOUT_FILE

READERS: Final = ssj_roster_readers()
HEAD: Final[list[object]] = ["统一社会信用代码", "企业名称"]
ROWS: Final[list[list[object]]] = [[uscc(n), f"示例{n}公司"] for n in range(1, 4)]
NO_TABLE: Final = {
    "SSJ-F003": "an empty file",
    "SSJ-F004": "a reader was named that does not read it",
    "SSJ-F005": "a password",
    "SSJ-F006": "damaged",
    "SSJ-F007": "a bomb",
    "SSJ-F008": "entities",
    "SSJ-F009": "a far cell: endless rows",
    "SSJ-F013": "bytes of no encoding",
    "SSJ-F014": "an encoding that nobody knows",
    "SSJ-F016": "a reader that nobody knows",
    "SSJ-F017": "no table at all",
    "SSJ-F019": "quotation marks that do not pair: nobody knows where a cell ends",
    "SSJ-F023": "a web page without a table",
    "SSJ-F024": "XML that is no table",
}
"""Codes of files that could not be opened as a table: there is the screen alone, for there is nothing to mark."""
NO_FILE: Final = {
    "SSJ-F001": "there is no file",
    "SSJ-F002": "it cannot be opened",
    "SSJ-F018": "two readers of one format: nobody knows which is to read it",
    "SSJ-F020": "no library that reads it",
    "SSJ-F025": "far too large to be looked at",
}
"""So are these, of which no file can be kept here."""


def seen(data: bytes, kind: Any = "subjects", **more: Any) -> Checked | Looked:
    return check(data, RosterSpec(file=more.pop("file", "名录.xlsx"), **more), READERS, kind, {}, _wanted("重点企业"))


def _wanted(*names: str) -> Any:
    fields = {"重点企业": ("key",)}
    return {"subjects": [ColumnUse(name=name, fields=fields.get(name, ())) for name in names]}


def back(found: Checked | Looked) -> Any:
    given = returned(found, "zh")
    assert given is not None
    return openpyxl.load_workbook(io.BytesIO(given.data))


def summed(book: Any) -> list[tuple[Any, ...]]:
    return [tuple(cell.value for cell in row) for row in book["核对情况"].iter_rows()]


def findings(book: Any) -> list[tuple[Any, ...]]:
    """The findings of the summary: grade, code, number, rows, problem, remedy."""
    return [row for row in summed(book) if str(row[1]).startswith("SSJ-")]


def test_a_missing_column_is_told_in_the_head_of_the_last_column_and_the_rows_are_as_they_were() -> None:
    book = back(seen(made({"名录": [["检查对象名录"], HEAD, *ROWS]})))
    sheet = book["名录"]
    title, told = sheet["C2"].value.split("\n")
    assert title == "问题"
    assert told.startswith("【错误】重点企业：抽取规则要用“重点企业”一列，表头里没有")
    assert "补上这一列" in told
    assert tinted.cells(sheet) == ["C2"]
    assert [cell.value for cell in sheet["C"]] == [None, sheet["C2"].value, None, None, None]
    assert [row[:4] for row in findings(book)] == [("错误", "SSJ-R060", 1, "2")]
    assert book.active.title == "核对情况", "nothing is red where the list begins"
    facts = {row[0]: row[1] for row in summed(book) if row[0]}
    assert (facts["可用"], facts["不在某一行的错误（整份文件或表头）"]) == (3, 1)


def test_a_header_that_is_wrong_is_red_itself_and_every_finding_has_its_line() -> None:
    rows = [[*HEAD, "单位名称", "x"], *([*row, row[1], ""] for row in ROWS)]
    found = check(made({"名录": rows}), RosterSpec(file="名录.xlsx"), READERS, "subjects", {}, _wanted("甲", "乙"))
    book = back(found)
    assert tinted.cells(book["名录"]) == ["C1", "E1"]
    told = book["名录"]["E1"].value.split("\n")
    assert [line[line.index("SSJ-") :][:8] for line in told[1:]] == ["SSJ-R003", "SSJ-R060", "SSJ-R060"]
    assert [row[4].partition("：")[0] for row in findings(book)[:3]] == ["单位名称", "甲", "乙"]
    assert "[rosters.subjects.columns]" in findings(book)[0][5], "the lines to paste stand in the summary"
    assert "（写法见“核对情况”）。" in told[1]
    total = next(row for row in summed(book) if row[0] == "合计")
    assert total[2] == sum(row[2] for row in findings(book)) == len(found.problems)


def test_corrected_where_it_was_marked_it_is_sound_and_checked_again_uncorrected_it_is_the_same() -> None:
    first = seen(made({"名录": [HEAD, *ROWS]}))
    given = returned(first, "zh")
    assert given is not None
    again = seen(given.data, file="名录_核对.xlsx")
    assert [p.code for p in again.problems] == [p.code for p in first.problems]
    assert again.counts == first.counts
    same = returned(again, "zh")
    assert same is not None
    assert same.same
    book = openpyxl.load_workbook(io.BytesIO(given.data))
    book["名录"].insert_cols(3)
    for number, value in enumerate(["重点企业", "是", "否", "否"], 1):
        book["名录"].cell(number, 3).value = value
    assert [p.code for p in seen(tinted.stream(book)).problems] == []
    book["名录"]["A2"] = uscc(1)[:-1]
    again = seen(tinted.stream(book))
    assert back(again).active.title == "名录", "where something is red"


@pytest.mark.parametrize("csv", [False, True], ids=["xlsx", "csv"])
def test_without_a_header_the_row_most_like_one_is_where_it_is_told(csv: bool) -> None:
    rows: list[list[object]] = [["名录"], ["甲", "乙"], ["1", "2"]]
    for kind, code in (("subjects", "SSJ-R001"), (None, "SSJ-N001")):
        found = seen(text(rows) if csv else made({"名录": rows}), kind)
        book = back(found)
        assert book.active.title == "核对情况"
        sheet = book.worksheets[0]
        assert sheet["C2"].value.startswith("问题\n【错误】整份名录：")
        assert code in sheet["C2"].value
        assert tinted.cells(sheet) == ["C2"]
        given = returned(found, "zh")
        assert given is not None
        again = seen(given.data, kind)
        assert [p.message("zh") for p in again.problems] == [p.message("zh") for p in found.problems]
        assert returned(again, "zh").same  # type: ignore[union-attr]


def test_a_list_of_one_column_is_told_the_same_again_and_a_better_header_row_is_marked_instead() -> None:
    first = seen(made({"名录": [["检查对象"], ["甲公司"]]}))
    book = back(first)
    assert book["名录"]["B1"].value.startswith("问题\n")
    assert [p.code for p in seen(tinted.stream(book)).problems] == [p.code for p in first.problems] == ["SSJ-R001"]
    book["名录"]["A2"], book["名录"]["C2"] = "甲", "丙"
    sheet = back(seen(tinted.stream(book)))["名录"]
    assert sheet["B1"].value is None
    assert "SSJ-R001" in sheet["B2"].value


def test_rows_that_are_told_of_in_one_sentence_are_red_in_the_last_column() -> None:
    rows: list[list[object]] = [["", "是", f"甲{n}"] for n in range(9)]
    head: list[object] = ["统一社会信用代码", "重点企业", "企业名称"]
    sheet = back(seen(made({"名录": [head, *rows, [uscc(1), "是", "乙"]]})))["名录"]
    assert [cell for cell in tinted.cells(sheet) if cell.startswith("D")] == [f"D{n}" for n in range(1, 11)]


def test_a_header_found_elsewhere_after_the_correction_has_no_mark_of_before() -> None:
    book = back(seen(made({"名录": [["名录", "2021"], ["甲", "乙"], *ROWS]})))
    assert "问题" in book["名录"]["C1"].value
    for number, header in enumerate(HEAD, 1):
        book["名录"].cell(2, number).value = header
    sheet = back(seen(tinted.stream(book)))["名录"]
    assert (sheet["C1"].value, sheet["C2"].value.partition("\n")[0]) == (None, "问题")
    assert "SSJ-R060" in sheet["C2"].value


def test_a_column_without_a_header_is_coloured_where_the_header_should_be() -> None:
    book = back(seen(made({"名录": [["统一社会信用代码", None, "企业名称"], *([r[0], "x", r[1]] for r in ROWS)]})))
    assert tinted.cells(book["名录"], tinted.YELLOW) == ["B1"]
    assert "【注意】B 列：第 2 列没有表头却有内容" in book["名录"]["D1"].value


@pytest.mark.parametrize(
    ("sheets", "how", "code"),
    [
        ({"名单": []}, {}, "SSJ-F028"),
        ({"东镇": [HEAD, *ROWS], "西镇": [HEAD, *ROWS]}, {}, "SSJ-F011"),
        ({"东镇": [HEAD, *ROWS]}, {"sheet": "西镇"}, "SSJ-F010"),
    ],
    ids=["empty", "which", "no-such"],
)
def test_of_sheets_that_could_not_be_read_the_summary_says_why_and_is_seen_first(
    sheets: dict[str, list[list[object]]], how: dict[str, str], code: str
) -> None:
    found = seen(made(sheets), **how)
    book = back(found)
    assert book.sheetnames == [*sheets, "核对情况"]
    assert book.active.title == "核对情况"
    assert [sheet.title for sheet in book if sheet.sheet_view.tabSelected] == ["核对情况"]
    assert [row[1] for row in findings(book)] == [code]
    given = returned(found, "zh")
    assert given is not None
    again = seen(given.data, **how)
    assert [p.code for p in again.problems] == [code], "the summary is no sheet to choose"
    assert returned(again, "zh").same  # type: ignore[union-attr]


def xml_book(**sheets: list[list[object]]) -> bytes:
    """A workbook as Excel 2003 wrote XML."""
    space = "urn:schemas-microsoft-com:office:spreadsheet"

    def row(cells: list[object]) -> str:
        return "<Row>" + "".join(f'<Cell><Data ss:Type="String">{c}</Data></Cell>' for c in cells) + "</Row>"

    tables = "".join(
        f'<Worksheet ss:Name="{name}"><Table>{"".join(map(row, rows))}</Table></Worksheet>'
        for name, rows in sheets.items()
    )
    head = '<?xml version="1.0" encoding="utf-8"?><?mso-application progid="Excel.Sheet"?>'
    return f'{head}<Workbook xmlns="{space}" xmlns:ss="{space}">{tables}</Workbook>'.encode()


@pytest.mark.parametrize("written", [old_book, xml_book])
def test_of_a_workbook_that_cannot_be_marked_itself_all_sheets_come_back(written: Any) -> None:
    sheets: dict[str, list[list[object]]] = {"东镇": [HEAD, *ROWS], "空": [], "西镇": [["说明"], [], HEAD, *ROWS]}
    found = seen(written(**sheets), file="名录.xls")
    assert [p.code for p in found.problems] == ["SSJ-F011"]
    given = returned(found, "zh")
    assert given is not None
    assert [one.code for one in given.notes] == ["SSJ-N014"]
    book = openpyxl.load_workbook(io.BytesIO(given.data))
    assert book.sheetnames == [*sheets, "核对情况"]
    assert book.active.title == "核对情况"
    for name, rows in sheets.items():
        values = [[value for value in row if value is not None] for row in book[name].iter_rows(values_only=True)]
        assert [row for row in values if row] == [row for row in rows if row]
    del book["西镇"], book["空"]
    assert seen(tinted.stream(book), None).counts.usable == len(ROWS)


def test_a_header_that_takes_many_lines_leaves_room_for_the_rows() -> None:
    names = [f"第{n}列" for n in range(30)]
    found = check(made({"名录": [HEAD, *ROWS]}), RosterSpec(file="x"), READERS, "subjects", {}, _wanted(*names))
    sheet = back(found)["名录"]
    assert len(sheet["C1"].value.split("\n")) == 31
    assert sheet.row_dimensions[1].height <= 130


def of_code(path: Path) -> Checked | Looked:
    """A broken roster as `rosters check` sees it, with the other lists beside it."""
    kind: Any = "officers" if path.name[4:8] in OFFICERS else "inspections" if path.name >= "SSJ-R09" else "subjects"
    spec = RosterSpec(file=path.name, **SPECS.get(path.name[:8], {}))  # type: ignore[arg-type]
    found = check(path.read_bytes(), spec, READERS, kind, {kind: spec})
    if not isinstance(found, Checked):
        return found
    subjects = read_subjects((FOLDER / "good-subjects.csv").read_bytes(), RosterSpec(file="s"), READERS)
    officers = read_officers((FOLDER / "good-officers.csv").read_bytes(), RosterSpec(file="o"), READERS)
    return with_problems(found, _between(found, subjects, officers))


def _between(found: Checked, subjects: SubjectRoster, officers: OfficerRoster) -> list[Problem]:
    from ssj_core.roster import InspectionList, cross_check, resolve_inspections

    roster = found.roster
    if isinstance(roster, SubjectRoster):
        return [*cross_check(roster, officers), *checked_in_the_future(roster, TODAY)]
    if isinstance(roster, OfficerRoster):
        return [*cross_check(subjects, roster)]
    assert isinstance(roster, InspectionList)
    past, problems = resolve_inspections(roster, subjects, officers)
    return [*problems, *in_the_future(past, roster.file, TODAY)]


def test_what_a_rule_asks_of_a_column_is_marked_in_the_header_or_in_the_row() -> None:
    lacking = ColumnUse(name="甲", lacking=Text("都按没有处理", "all are taken to have none"))
    asked: Any = {"subjects": [lacking, ColumnUse(name="面积", kind="number")]}
    rows = [[*HEAD, "面积"], *([*row, "很大"] for row in ROWS)]
    book = back(check(made({"名录": rows}), RosterSpec(file="名录.xlsx"), READERS, "subjects", {}, asked))
    sheet = book["名录"]
    assert "（SSJ-R066）" in sheet["D1"].value
    assert [row[1] for row in findings(book)] == ["SSJ-R061", "SSJ-R066"]
    assert ("面积", "面积（规则要用的列）") in [row[:2] for row in summed(book)]
    assert tinted.cells(sheet, tinted.YELLOW) == ["D1"]
    assert tinted.cells(sheet) == ["C2", "D2", "C3", "D3", "C4", "D4"]


def test_every_code_of_rosters_has_an_example_here_or_is_none_of_a_table() -> None:
    told_here = {"SSJ-R059", "SSJ-R060", "SSJ-R061", "SSJ-R066"}
    assert told_here | set(NO_FILE) == set(WITHOUT_FILE)
    assert set(NO_TABLE) <= {path.name[:8] for path in FILES}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_code_of_a_roster_is_marked_unless_the_file_is_no_table(path: Path) -> None:
    code = path.name[:8]
    found = of_code(path)
    about = [one for one in found.problems if one.code == code]
    assert about
    if code in NO_TABLE:
        assert returned(found, "zh") is None
        return
    if about[0].severity == "note":  # told with others alone: a note by itself is nothing to correct
        assert returned(found, "zh") is None
        found = with_problems(found, [problem("SSJ-R010", file=found.roster.file, row=1)])  # type: ignore[arg-type]
    book = back(found)
    listed = [row for row in findings(book) if row[1] == code]
    assert sum(row[2] for row in listed) == len(about)
    if about[0].severity == "note" or not found.head_row:
        return
    sheet = next(sheet for sheet in book if sheet.title != "核对情况")
    told = [cell for row in sheet.iter_rows() for cell in row if f"（{code}）→" in str(cell.value)]
    assert told, "a sentence in the last column"
    colour = tinted.RED if about[0].severity == "error" else tinted.YELLOW
    assert {cell.coordinate for cell in told} <= set(tinted.cells(sheet, colour)), "which is coloured"
    for one in about:
        row = one.row or found.head_row
        headers = {str(cell.value): cell.column for cell in sheet[found.head_row]}
        if one.field in headers:
            assert sheet.cell(row, headers[one.field]).coordinate in tinted.cells(sheet, colour)
