"""Rosters at the office's desk: given back with their faults marked, made canonical, compared."""

import csv
import io
import tomllib
from collections.abc import Sequence
from datetime import date
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ssj_core.desk import marked as marking
from ssj_core.desk.canonical import as_csv, as_xlsx, canonical
from ssj_core.desk.checked import Checked, Counts, check
from ssj_core.desk.difference import compare
from ssj_core.desk.difference_report import report
from ssj_core.desk.guess import Kind
from ssj_core.desk.marked import marked
from ssj_core.model import NO_EXPIRY, Leave, Subject
from ssj_core.problems import InputError
from ssj_core.readers import ssj_roster_readers
from ssj_core.roster import OfficerRoster, RosterSpec
from ssj_core.roster.creditcode import check_character
from tests import tinted
from tests.unit.test_readers_workbook import made

READERS = ssj_roster_readers()
HEADER: list[object] = ["序号", "统一社会信用代码", "企业名称", "所属乡镇", "联系电话", "上次检查日期"]


def uscc(number: int) -> str:
    body = f"91130624{number:08}"
    total = sum(w * int(d, 36) for w, d in zip((3, 7, 9, 10, 5, 8, 4, 2), body[8:], strict=True))
    first = body + "0X987654321"[total % 11]
    return first + check_character(first)


def text(rows: Sequence[Sequence[object]]) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue().encode()


def checked(data: bytes, file: str = "名录.csv", kind: Kind | None = None, **columns: str) -> Checked:
    found = check(data, RosterSpec(file=file, columns=columns), READERS, kind, {})
    assert isinstance(found, Checked), found
    return found


def cells(data: bytes, sheet: int = 0) -> list[tuple[Any, ...]]:
    book = openpyxl.load_workbook(io.BytesIO(data))
    return [tuple(cell.value for cell in row) for row in book.worksheets[sheet].iter_rows()]


MESSY: list[list[object]] = [
    ["阜平县检查对象名录"],
    HEADER,
    [1.0, uscc(1), "甲公司", "城关镇", "13800138000", date(2021, 3, 1)],
    [2.0, uscc(2)[:-1], "+1", None, "", "2021.3.1"],
    [3.0, 911399010000123450.0, "丙公司", "", "", ""],
    HEADER,
    [None],
    [4.0, uscc(1), "丁公司", "", "", "昨天"],
    [5.0, uscc(5), "戊公司\ue123", "", "", ""],
    ["合计", "", 5],
    ["注：仅供内部使用"],
    [None, ""],
]


def messy() -> Checked:
    return checked(made({"名录": MESSY}, merged=("D3:D4",), hidden=(9,)), "名录.xlsx")


# --- marked


def test_the_counts_add_up() -> None:
    counts = messy().counts
    assert counts == Counts(
        total=11,
        above=2,
        usable=2,
        warned=1,
        faulty=3,
        unread=0,
        skipped={"header": 1, "blank": 1, "total": 1, "note": 1},
    )
    assert counts.total == counts.above + counts.usable + counts.faulty + counts.unread + sum(counts.skipped.values())


def test_the_same_rows_come_back_with_the_faults_in_red_and_in_the_last_column() -> None:
    data = marked(messy(), "zh")
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheet = book.worksheets[0]
    rows = cells(data)
    assert len(rows) == 11
    assert rows[0][0] == "阜平县检查对象名录"
    assert rows[1] == (*HEADER, "问题")
    assert rows[3][1:3] == (uscc(2)[:-1], "+1")
    assert rows[4][1] == 911399010000123450.0
    assert [number for number, row in enumerate(rows, 1) if row[6] and number > 2] == [4, 5, 8, 9]
    assert "SSJ-R019" in rows[3][6]
    assert "SSJ-R015" in rows[7][6]
    assert "SSJ-R027" in rows[7][6], "every fault of a row is told"
    assert tinted.cells(sheet) == ["B4", "G4", "B5", "G5", "B8", "F8", "G8"]
    assert tinted.cells(sheet, tinted.YELLOW) == ["A9", "B9", "C9", "G9"]
    assert sheet.freeze_panes == "A3"
    assert not any(one.hidden for one in sheet.row_dimensions.values()), "hidden rows are shown"
    assert str(next(iter(sheet.merged_cells.ranges))) == "D3:D4"


def test_the_summary_says_how_many_of_what_and_what_was_read() -> None:
    rows = cells(marked(messy(), "zh"), 1)
    facts = {row[0]: row[1] for row in rows if row[0]}
    assert (facts["可用"], facts["有错"], facts["合计行"], facts["合计（文件的全部行）"]) == (2, 3, 1, 11)
    assert facts["企业名称"] == "名称（name）"
    assert facts["联系电话"] == "没有读：个人信息"
    grades = [row[0] for row in rows if row[1] and str(row[1]).startswith("SSJ-")]
    assert grades == sorted(grades, key=["错误", "注意", "说明"].index)
    assert {"错误", "注意", "说明"} == set(grades)


def test_the_marked_workbook_is_read_again_as_the_same_list() -> None:
    """The clerk corrects it where it is marked and uses it; the marks of the first check do no harm."""
    first = messy()
    again = checked(marked(first, "zh"), "名录_核对.xlsx")
    assert again.counts == first.counts
    assert [without_row(row) for row in again.roster.rows] == [without_row(row) for row in first.roster.rows]
    assert cells(marked(again, "zh"))[1] == (*HEADER, "问题"), "and are not doubled"
    book = openpyxl.load_workbook(io.BytesIO(marked(first, "zh")))
    for place in "ABCF":
        book.worksheets[0][f"{place}4"] = None
    stream = io.BytesIO()
    book.save(stream)
    assert checked(stream.getvalue(), "x.xlsx").counts.skipped["blank"] == 2, "a row emptied but for its mark is blank"


def test_csv_comes_back_as_a_workbook_and_english_in_english() -> None:
    found = checked(text([["编号", "名称"], ["A1", "=1+1"], ["", "乙"]]))
    rows = cells(marked(found, "en"))
    assert rows[1][1] == "=1+1"
    cell = openpyxl.load_workbook(io.BytesIO(marked(found, "en"))).worksheets[0]["B2"]
    assert cell.data_type == "s", "never a formula"
    assert rows[2][2].startswith("【error】编号：this row has no number")
    assert cells(marked(found, "en"), 1)[0][0] == "Summary"


def test_rows_are_not_counted_as_checked_when_the_header_is_wrong() -> None:
    found = checked(text([["统一社会信用代码", "住所"], [uscc(1), "甲"], [uscc(2), "乙"]]))
    assert (found.counts.unread, found.counts.usable, found.counts.faulty) == (2, 0, 0)
    assert not found.sound
    assert marked(found, "zh")


def test_without_any_header_nothing_is_said_of_the_rows() -> None:
    found = check(text([["甲", "乙"], ["丙", "丁"]]), RosterSpec(file="x"), READERS, "subjects", {})
    assert isinstance(found, Checked)
    assert found.counts.unread == 2


def test_rows_without_a_number_are_marked_though_told_but_once() -> None:
    rows = [["统一社会信用代码", "名称"], *(["", f"甲{n}"] for n in range(9)), [uscc(1), "乙"]]
    found = checked(text(rows))
    assert found.counts.faulty == 9
    assert cells(marked(found, "zh"))[1][2] == "见“核对情况”表里写的问题"


def test_a_long_list_is_written_row_by_row(monkeypatch: pytest.MonkeyPatch) -> None:
    found = checked(text([HEADER, *([n, uscc(n), f"甲{n}", "", "", "昨天"] for n in range(1, 50))]))
    small = cells(marked(found, "zh"))
    monkeypatch.setattr(marking, "_LARGE", 10)
    assert cells(marked(found, "zh")) == small


def test_a_list_wider_than_a_sheet_is_refused() -> None:
    found = checked(text([["编号", "名称", *[""] * 16_390, "x"], ["A1", "甲"]]))
    with pytest.raises(InputError) as error:
        marked(found, "zh")
    assert error.value.problems[0].code == "SSJ-O006"


@pytest.mark.parametrize("shown", ["9.11E+17", "9.11399010000123E+17", "9.11399010000123E+017", "９.１１Ｅ+１７"])
def test_a_code_that_shows_as_a_power_of_ten_has_lost_its_digits(shown: str) -> None:
    found = checked(text([["统一社会信用代码", "名称"], [shown, "甲"]]))
    assert [one.code for one in found.problems if one.severity == "error"] == ["SSJ-R018"]


# --- which roster


def test_the_headers_tell_which_roster_it_is() -> None:
    assert checked(text([HEADER, [1, uscc(1), "甲"]])).kind == "subjects"
    assert checked(text([["姓名", "执法证号", "执法领域"], ["甲", "1", "x"]])).kind == "officers"
    assert checked(text([["证件号码x", "姓名", "执法证号"], ["1", "甲", "1"]]), kind="subjects").kind == "subjects"
    unknown = check(text([["甲", "乙"], ["1", "2"]]), RosterSpec(file="x"), READERS, None, {})
    assert not isinstance(unknown, Checked)
    assert (unknown.kind, unknown.problems[-1].code) == (None, "SSJ-N001")


def test_the_line_for_the_plan_does_what_it_says() -> None:
    header = ["统一社会信用代码", "单位全名（\"章\"）", "风险级别"]  # fmt: skip
    data = text([header, [uscc(1), "甲", "A"]])
    first = checked(data)
    remedies = {one.code: one.remedy("zh") for one in first.problems}
    pasted = tomllib.loads(remedies["SSJ-R002"].partition("\n")[2])["rosters"]["subjects"]["columns"]
    pasted |= tomllib.loads(remedies["SSJ-R004"].partition("\n")[2])["rosters"]["subjects"]["columns"]
    again = checked(data, **pasted)
    assert again.sound
    (row,) = again.roster.rows
    assert isinstance(row, Subject)
    assert (row.name, row.risk_class) == ("甲", "A")


def test_a_column_that_has_its_field_is_not_said_to_be_another() -> None:
    found = checked(text([["姓名", "工作单位", "执法证号"], ["甲", "某局", "1"]]), kind="officers")
    told = [one.message("zh") + one.remedy("zh") for one in found.problems if one.code == "SSJ-R002"]
    assert told
    assert not any("执法证号" in one for one in told)


# --- canonical

WORDS = st.text("甲乙丙ab（）=+-'\"，,;1２", min_size=1, max_size=6).map(str.strip).filter(bool)
PLAIN = st.sampled_from(["", "城关镇", "a b"])
DAYS = st.dates(date(2000, 1, 1), date(2030, 1, 1))


@st.composite
def subjects(draw: st.DrawFn) -> list[list[object]]:
    rows: list[list[object]] = []
    for number in range(draw(st.integers(1, 5))):
        code = draw(
            st.sampled_from([[uscc(number), "", ""], ["", "", f"SG-{number}"], ["", f"13062400000{number:03}0", ""]])
        )
        kind = draw(st.sampled_from(["", "施工", "人员"]))
        rows.append([
            *code, f"{number}{draw(WORDS)}", kind, "建筑市场监督、" + draw(PLAIN), draw(PLAIN),
            draw(st.sampled_from("ABCD")), draw(st.sampled_from(["是", "否", "√", ""])),
            draw(DAYS.map(str) | st.just("")), draw(st.sampled_from(["", "2次", "0"])), draw(PLAIN),
        ])  # fmt: skip
    return rows


SUBJECT_HEADER = [
    "统一社会信用代码", "注册号", "施工许可证号", "企业名称", "类型", "行业", "乡镇", "风险等级",
    "重点企业", "最近检查日期", "今年检查次数", "地址",
]  # fmt: skip
PATH = pytest.mark.parametrize("path", ["csv", "xlsx"])


@PATH
@settings(max_examples=25, deadline=None)
@given(rows=subjects())
def test_the_clean_roster_read_again_is_the_same(path: str, rows: list[list[object]]) -> None:
    first = checked(text([SUBJECT_HEADER, *rows]), kind="subjects")
    good = [number for number, fate in first.fates.items() if fate == "usable"]
    table = canonical(first.roster, without=[n for n in first.fates if n not in good])
    again = checked(as_csv(table) if path == "csv" else as_xlsx(table), f"x.{path}", kind="subjects")
    kept = [row for row in first.roster.rows if row.row in good]
    assert [without_row(row) for row in again.roster.rows] == [without_row(row) for row in kept]
    assert [one.code for one in again.problems if one.severity == "error"] == ([] if kept else ["SSJ-R010"])


def without_row(unit: object) -> dict[str, object]:
    return {name: getattr(unit, name) for name in type(unit).__annotations__ if name != "row"}


@PATH
@pytest.mark.parametrize(
    "rows",
    [
        [
            ["姓名", "股室", "执法证号", "工号", "有效期止", "执法领域", "主办资格", "资格", "本批次上限", "人员类别"],
            ["甲", "建管股", "A001", "", "长期", "x", "是", "电气、消防", "3", ""],
            ["乙", "建管股", "", "G2", "", "x", "", "", "不限", "专家"],
        ],
        [
            ["信用代码", "企业名称", "检查日期", "主办人员", "协办人员"],
            ["91130624EX0001160C", "甲公司", "2020年3月2日-2020年3月4日", "甲", "乙、丙"],
            ["", "乙公司", "2020.5.1", "丁", ""],
        ],
    ],
)
def test_a_clean_list_read_again_is_the_same(path: str, rows: list[list[object]]) -> None:
    first = checked(text(rows))
    table = canonical(first.roster)
    again = checked(as_csv(table) if path == "csv" else as_xlsx(table), f"x.{path}")
    assert again.kind == first.kind
    assert len(again.roster.rows) == 2
    assert [without_row(row) for row in again.roster.rows] == [without_row(row) for row in first.roster.rows]


def test_two_lists_of_inspections_are_not_compared_by_number() -> None:
    one = checked(text([["企业名称", "检查日期", "检查人员"], ["甲公司", "2020-05-06", "甲"]]))
    with pytest.raises(InputError) as caught:
        compare(one, one)
    assert [p.code for p in caught.value.problems] == ["SSJ-N006"]


@PATH
def test_a_clean_roster_of_officers_read_again_is_the_same(path: str) -> None:
    rows = [
        ["姓名", "单位", "执法证号", "工号", "有效期", "执法类别", "人员状态", "请假", "回避单位"],
        ["甲", "建管股", "Ａ001", "7", "2024年12月31日", "建筑市场监督，建设工程安全", "在岗",
         "2021.3.1-2021.3.5；2021-4-1", "某公司"],
        ["乙", "", "A002", "8", "长期", "x", "离岗", "", ""],
        ["丙", "质安站", "", "9", "", "x", "在岗", "", ""],
    ]  # fmt: skip
    first = checked(text(rows))
    assert isinstance(first.roster, OfficerRoster)
    table = canonical(first.roster)
    again = checked(as_csv(table) if path == "csv" else as_xlsx(table), f"x.{path}")
    assert [without_row(row) for row in again.roster.rows] == [without_row(row) for row in first.roster.rows]
    assert isinstance(again.roster, OfficerRoster)
    one = again.roster.rows[0]
    assert (one.certificate, one.valid_until) == ("A001", date(2024, 12, 31))
    assert one.leave == (
        Leave(first=date(2021, 3, 1), last=date(2021, 3, 5)),
        Leave(first=date(2021, 4, 1), last=date(2021, 4, 1)),
    )
    assert again.roster.rows[1].valid_until == NO_EXPIRY
    assert [row.available for row in again.roster.rows] == [True, False, True]


@PATH
def test_the_department_stays_beside_the_section(path: str) -> None:
    def rows(unit: str) -> list[list[object]]:
        head: list[object] = ["姓名", "股室", "单位", "执法证号", "有效期", "执法领域"]
        return [head, ["甲", "执法队", unit, "A001", "长期", "x"], ["乙", "", "乙局", "A002", "长期", "x"]]

    first = checked(text(rows("甲局")))
    table = canonical(first.roster)
    again = checked(as_csv(table) if path == "csv" else as_xlsx(table), f"x.{path}")
    assert isinstance(again.roster, OfficerRoster)
    assert [(o.section, o.unit) for o in again.roster.rows] == [("执法队", "甲局"), ("乙局", "乙局")]
    moved = compare(first, checked(text(rows("丙局"))))
    assert [(one.field.zh, one.old, one.new) for one in moved.changed] == [("单位", "甲局", "丙局")]
    alone = [[["姓名", "单位", "执法证号"], ["甲", unit, "A001"]] for unit in ("甲局", "丙局")]
    moved = compare(*(checked(text([list[object](row) for row in one])) for one in alone))
    assert [(one.field.zh, one.old, one.new) for one in moved.changed] == [("股室", "甲局", "丙局")]


def test_a_clean_roster_holds_no_personal_column_and_keeps_codes_as_text() -> None:
    table = canonical(messy().roster)
    assert "联系电话" not in table.headers
    book = openpyxl.load_workbook(io.BytesIO(as_xlsx(table)))
    assert book.worksheets[0]["A2"].number_format == "@"
    assert "施工许可证号" not in table.headers, "a column nobody fills is not there"


# --- compared


def versions(old: list[list[object]], new: list[list[object]], header: list[object] | None = None) -> Any:
    head = header or ["统一社会信用代码", "名称", "风险等级", "重点企业", "行业"]
    return compare(checked(text([head, *old]), "旧.csv"), checked(text([head, *new]), "新.csv"))


def test_who_came_who_went_and_what_changed_is_told() -> None:
    found = versions(
        [[uscc(1), "甲", "A", "否", "a、b"], [uscc(2), "乙", "B", "否", ""], [uscc(3), "丙", "C", "是", ""]],
        [[uscc(4), "乙", "B", "否", ""], [uscc(3), "丙", "D", "否", ""], [uscc(1), "甲", "A", "否", "b；a"]],
    )
    assert [unit.name for unit in found.came] == ["乙"]
    assert [unit.name for unit in found.went] == ["乙"]
    assert [(one.id, other.id) for one, other in found.renumbered] == [(f"uscc:{uscc(2)}", f"uscc:{uscc(4)}")]
    assert [(c.unit.name, c.field.zh, c.old, c.new) for c in found.changed] == [
        ("丙", "信用风险等级", "C", "D"),
        ("丙", "重点企业", "是", "否"),
    ]
    assert found.stayed == 2
    book = openpyxl.load_workbook(io.BytesIO(report(found, "zh")))
    assert [sheet.title for sheet in book.worksheets] == ["新增", "减少", "变化"]
    assert [cell.value for cell in book.worksheets[2][4]] == [1, uscc(3), "丙", "信用风险等级", "C", "D"]


def test_nothing_changed_is_told_too() -> None:
    rows: list[list[object]] = [[uscc(1), "甲", "A", "否", ""]]
    found = versions(rows, rows)
    assert (found.came, found.went, found.changed, found.problems) == ((), (), (), ())


def test_rows_with_errors_and_columns_of_one_file_are_not_compared_and_that_is_said() -> None:
    old = checked(text([["统一社会信用代码", "名称"], [uscc(1), "甲"], ["1", "乙"]]), "旧.csv")
    new = checked(text([["统一社会信用代码", "名称", "风险等级"], [uscc(1), "甲", "A"]]), "新.csv")
    found = compare(old, new)
    assert found.changed == ()
    assert [word.zh for word in found.not_compared] == ["信用风险等级"]
    assert [(one.code, one.file) for one in found.problems] == [("SSJ-N003", "旧.csv")]


def test_the_numbers_of_a_difference_add_up_where_a_row_stands_twice() -> None:
    rows: list[list[object]] = [[uscc(1), "甲", "A", "", ""], [uscc(1), "甲", "A", "", ""], ["1", "乙", "", "", ""]]
    found = versions(rows, [[uscc(2), "丙", "A", "", ""], [uscc(1), "甲", "A", "天", ""]])
    assert (found.before, len(found.went), len(found.came), found.after, found.stayed) == (1, 0, 1, 2, 1)
    assert [one.params["count"] for one in found.problems] == ["1"], "a row with a number is compared, whatever else"


def test_rosters_of_two_kinds_are_not_compared() -> None:
    with pytest.raises(InputError) as error:
        compare(checked(text([HEADER, [1, uscc(1), "甲"]])), checked(text([["姓名", "执法证号"], ["甲", "1"]])))
    assert error.value.problems[0].code == "SSJ-N002"
