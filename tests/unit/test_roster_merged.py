"""Merged cells: filled down where that is meant, refused across columns, titles and headers left alone."""

import io

import xlsxwriter

from ssj_core.readers import ssj_roster_readers
from ssj_core.roster import Derive, RosterSpec, SubjectRoster, read_subjects

READERS = ssj_roster_readers()
HEAD: list[object] = ["序号", "施工许可证号", "项目名称", "监管类别", "住所", "备注"]


def read(rows: list[list[object]], *merged: tuple[str, str], derive: tuple[Derive, ...] = ()) -> SubjectRoster:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream)
    sheet = book.add_worksheet("名单")
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, row)
    for area, value in merged:
        sheet.merge_range(area, value)
    book.close()
    return read_subjects(stream.getvalue(), RosterSpec(file="名单.xlsx", derive=derive), READERS)


def entry(number: int, sector: str = "", place: str = "东街", remark: str = "") -> list[object]:
    return [number, f"陕-{number}", f"{number}号楼", sector, place, remark]


def test_a_value_merged_down_a_column_is_that_of_every_row() -> None:
    rows: list[list[object]] = [["名单"], HEAD, *(entry(n) for n in range(1, 200))]
    roster = read(rows, ("A1:F1", "某县在建项目"), ("D3:D201", "建筑市场、安全"))
    assert {one.sectors for one in roster.rows} == {("建筑市场", "安全")}
    assert len(roster.rows) == 199
    (told,) = roster.problems
    assert (told.code, told.severity) == ("SSJ-R042", "note")
    assert (told.params["headers"], told.params["count"]) == ("监管类别", "198")


def test_rows_with_nothing_of_their_own_and_columns_not_read_are_not_filled() -> None:
    roster = read([HEAD, entry(1), entry(2), [3], [], entry(4)], ("D2:D6", "安全"), ("F2:F6", "已核"))
    assert [one.sectors for one in roster.rows] == [("安全",)] * 3
    assert [(one.code, one.params.get("count")) for one in roster.problems] == [("SSJ-R042", "2"), ("SSJ-R011", None)]


def test_a_header_of_two_rows_is_not_filled_down() -> None:
    roster = read([HEAD, [], entry(1)], ("C1:C2", "项目名称"), ("D1:D2", "监管类别"))
    assert [one.name for one in roster.rows] == ["1号楼"]
    assert [one.code for one in roster.problems] == ["SSJ-R011"]


def test_a_number_merged_over_two_entries_makes_them_two_of_one_number() -> None:
    roster = read([HEAD, entry(1), [2, "", "二号楼"]], ("B2:B3", "陕-1"))
    assert [one.code for one in roster.problems] == ["SSJ-R042", "SSJ-R015"]


def test_a_value_hidden_under_another_is_refused_and_one_hidden_under_the_same_is_not() -> None:
    roster = read([HEAD, entry(1), entry(2, "安全"), entry(3, "市场")], ("D2:D4", "安全"))
    assert [(one.code, one.row, one.params.get("range")) for one in roster.problems] == [("SSJ-R043", 4, "D2:D4")]
    assert [one.sectors for one in roster.rows] == [("安全",)] * 2


def test_cells_merged_across_columns_of_entries_are_refused_once_with_their_range() -> None:
    roster = read([HEAD, entry(1), entry(2), entry(3)], ("D3:E4", "安全"))
    (told,) = roster.problems
    assert (told.code, told.severity, told.row, told.params["range"]) == ("SSJ-R043", "error", 3, "D3:E4")
    assert "D3:E4" in told.message("zh")


def test_totals_notes_and_columns_not_read_may_be_merged_across() -> None:
    rows: list[list[object]] = [[*HEAD, "备考"], [*entry(1), ""], ["合计"], ["注：略"]]
    roster = read(rows, ("F2:G2", "已核"), ("A3:B3", "合计"), ("A4:G4", "注：略"))
    assert len(roster.rows) == 1
    assert {one.code for one in roster.problems} == {"SSJ-R004", "SSJ-R011"}


def test_a_column_only_derive_looks_at_is_filled_too() -> None:
    rule = Derive(field="kind", value="施工", column="经营范围", contains=("施工",))
    rows: list[list[object]] = [["施工许可证号", "项目名称", "经营范围"], ["陕-1", "甲"], ["陕-2", "乙"]]
    roster = read(rows, ("C2:C3", "施工总承包"), derive=(rule,))
    assert [one.kind for one in roster.rows] == ["施工", "施工"]
    assert [one.code for one in roster.problems] == ["SSJ-R042"]
