"""A faulty .xlsx comes back as the office's own workbook: all that it had is there, the faults are marked in it."""

import io
import struct
import sys
import zipfile
import zlib
from datetime import datetime
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from ssj_core.desk import inplace
from ssj_core.desk import returned as returning
from ssj_core.desk.returned import Returned, returned
from ssj_core.problems import CATALOGUE
from ssj_core.readers.model import Line
from tests import tinted
from tests.unit.test_desk import MESSY, checked, text, uscc
from tests.unit.test_readers_workbook import made

GREEN = "FFE2EFDA"
HEAD = ["序号", "统一社会信用代码", "企业名称", "监管类别", "上次检查日期", "注册资本（万元）", "备注"]


def picture() -> io.BytesIO:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0\0\0\0")) + chunk(b"IEND", b"")
    return io.BytesIO(b"\x89PNG\r\n\x1a\n" + body)


def own(*, shapes: bool = False, macro: bool = False, protected: bool = False) -> bytes:
    """A list as an office keeps it. Rows 7, 9 and 10 have faults, 9 and 11 are hidden, so is column E."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"strings_to_formulas": False})
    sheet, other, hidden = (book.add_worksheet(name) for name in ("名录", "填表说明", "旧表"))
    hidden.hide()
    title = book.add_format({"bold": 1, "font_size": 18, "align": "center", "bg_color": "#FFF2CC"})
    head = book.add_format({"bold": 1, "bg_color": "#70AD47", "border": 1})
    green = book.add_format({"bg_color": "#E2EFDA", "border": 1})
    day = book.add_format({"num_format": 'yyyy"年"m"月"d"日"'})
    money = book.add_format({"num_format": "#,##0.00"})
    sheet.merge_range("A1:G1", "检查对象名录", title)
    sheet.write_row(1, 0, HEAD, head)
    for n in range(1, 13):
        sheet.write_number(n + 1, 0, n, green)
        for place, words in ((1, uscc(n)), (2, f"示例{n}公司"), (3, "建筑市场监督")):
            sheet.write_string(n + 1, place, words, green)
        sheet.write_datetime(n + 1, 4, datetime(2021, 3, n), day)  # noqa: DTZ001
        sheet.write_number(n + 1, 5, 1234.5 * n, money)
    sheet.write_string("C5", "=1+1", green)
    sheet.write_formula("C6", '="示例"&A6&"公司<>&"', green, "示例4公司<>&")
    sheet.write_formula("E8", "=DATE(2021,3,6)", day, 44261)
    sheet.write_string("B7", uscc(5)[:-1], green)
    sheet.write_blank("B9", None, green)
    sheet.write_string("E10", "昨天", green)
    sheet.set_row(8, 24, None, {"hidden": True})
    sheet.set_row(10, None, None, {"hidden": True})
    sheet.set_column("B:B", 22)
    sheet.set_column("E:E", 16, None, {"hidden": True})
    sheet.write_string(14, 0, "合计")
    sheet.write_formula("F15", "=SUM(F3:F14)", money, 96291)
    sheet.data_validation("D3:D14", {"validate": "list", "source": ["建筑市场监督", "建设工程安全"]})
    sheet.conditional_format("F3:F14", {"type": "cell", "criteria": ">", "value": 9000, "format": money})
    sheet.write_comment("C3", "老企业")
    sheet.freeze_panes(2, 3)
    sheet.autofilter("A2:G14")
    if protected:
        sheet.protect("1234")
    other.write_row(0, 0, ["填表说明", "一行一个企业"])
    other.write_formula("C1", "=1+1", None, 2)
    if shapes:
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": "=名录!$F$3:$F$14"})
        other.insert_chart("D2", chart)
        other.insert_textbox("D20", "盖章处")
        other.insert_image("D30", "x.png", {"image_data": picture()})
    if macro:
        book.add_vba_project(io.BytesIO(b"no macro at all"), is_stream=True)
    hidden.write(0, 0, "隐藏的旧表")
    book.close()
    return stream.getvalue()


def given_back(data: bytes, file: str = "名录.xlsx") -> Returned:
    back = returned(checked(data, file), "zh")
    assert back is not None
    return back


def opened(data: bytes, **how: Any) -> Any:
    return openpyxl.load_workbook(io.BytesIO(data), **how)


def codes(back: Returned) -> list[str]:
    return [one.code for one in back.notes]


def test_all_that_the_workbook_had_is_there() -> None:
    before, back = opened(own()), given_back(own())
    book = opened(back.data)
    assert back.own
    assert book.sheetnames == ["名录", "填表说明", "旧表", "核对情况"]
    assert book["旧表"].sheet_state == "hidden"
    for name in before.sheetnames:
        for row in before[name].iter_rows():
            for cell in row:
                other = book[name][cell.coordinate]
                assert (other.value, other.data_type) == (cell.value, cell.data_type), cell.coordinate
                assert other.number_format == cell.number_format
                assert other.border.left.style == cell.border.left.style
    sheet = book["名录"]
    assert [str(one) for one in sheet.merged_cells.ranges] == ["A1:G1"]
    assert sheet.column_dimensions["B"].width == pytest.approx(22, abs=1)
    assert sheet["A3"].fill.fgColor.rgb == GREEN
    assert sheet["C3"].comment.text == "老企业"
    assert sheet.freeze_panes == "D3"
    assert len(sheet.data_validations.dataValidation) == 1
    assert len(sheet.conditional_formatting) - len({ranges for ranges, _ in tinted.ours(sheet)}) == 1
    assert sheet.auto_filter.ref == "A2:H14"


def test_the_faults_are_marked_where_they_are_and_in_a_last_column() -> None:
    sheet = opened(given_back(own()).data)["名录"]
    assert tinted.cells(sheet) == ["B7", "H7", "B9", "H9", "E10", "H10"]
    assert sheet["H2"].value == "问题"
    assert sheet["H2"].fill.fgColor.rgb == "FF70AD47", "a header like the others"
    assert "SSJ-R019" in sheet["H7"].value
    assert sheet["H7"].alignment.wrap_text
    assert sheet.row_dimensions[7].height > 20


def test_hidden_rows_and_columns_with_a_fault_are_shown_and_told_the_others_stay_hidden() -> None:
    back = given_back(own())
    sheet = opened(back.data)["名录"]
    assert [n for n in (9, 11) if sheet.row_dimensions[n].hidden] == [11]
    assert not sheet.column_dimensions["E"].hidden
    assert [p.message("zh").partition("原来")[0] for p in back.notes if p.code == "SSJ-N011"] == ["第 9 行", "E 列"]


def test_formulas_stay_formulas_with_the_value_they_had_and_text_never_becomes_one() -> None:
    back = given_back(own())
    sheet = opened(back.data)["名录"]
    assert (sheet["C6"].value, sheet["C6"].data_type) == ('="示例"&A6&"公司<>&"', "f")
    assert (sheet["C5"].value, sheet["C5"].data_type) == ("=1+1", "s")
    values = opened(back.data, data_only=True)["名录"]
    assert (values["C6"].value, values["F15"].value) == ("示例4公司<>&", 96291)
    assert values["E8"].value == datetime(2021, 3, 6)  # noqa: DTZ001
    (told,) = (p for p in back.notes if p.code == "SSJ-N012")
    assert told.value == "3"


def without_marks(lines: tuple[Line, ...], width: int) -> list[tuple[object, ...]]:
    rows = [list(line.cells[:width]) for line in lines]
    for row in rows:
        while row and row[-1] is None:
            row.pop()
    return [tuple(row) for row in rows]


@pytest.mark.parametrize(
    ("data", "width"), [(own(), 7), (made({"名录": MESSY}, merged=("D3:D4",), hidden=(9,)), 6)], ids=["own", "messy"]
)
def test_read_again_it_is_the_same_list_with_the_same_counts(data: bytes, width: int) -> None:
    first = checked(data, "名录.xlsx")
    back = given_back(data)
    again = checked(back.data, "名录_核对.xlsx")
    assert back.own
    assert without_marks(again.reading.lines, width) == without_marks(first.reading.lines, width)
    assert again.counts == first.counts
    assert {(p.code, p.row) for p in again.problems} >= {(p.code, p.row) for p in first.problems if p.row}


def test_checked_once_more_the_old_marks_are_gone_and_the_new_ones_there() -> None:
    book = opened(given_back(own()).data)
    sheet = book["名录"]
    sheet["B7"], sheet["B9"] = uscc(5), uscc(7)
    out = io.BytesIO()
    book.save(out)
    again = given_back(out.getvalue(), "名录_核对.xlsx")
    book = opened(again.data)
    assert book.sheetnames == ["名录", "填表说明", "旧表", "核对情况"]
    sheet = book["名录"]
    assert tinted.cells(sheet) == ["E10", "H10"]
    assert (sheet["H7"].value, sheet["H2"].value, sheet["I2"].value) == (None, "问题", None)


def test_the_counts_of_the_summary_add_up() -> None:
    rows = [tuple(cell.value for cell in row) for row in opened(given_back(own()).data)["核对情况"].iter_rows()]
    facts = {row[0]: row[1] for row in rows if row[0]}
    assert facts["合计（文件的全部行）"] == 15 == sum(facts[k] for k in ("表头和它上面的行", "可用", "有错", "合计行"))


def test_what_is_left_behind_is_told_and_only_that() -> None:
    assert "SSJ-N007" not in codes(given_back(own()))
    back = given_back(own(shapes=True))
    (told,) = (p for p in back.notes if p.code == "SSJ-N007")
    with zipfile.ZipFile(io.BytesIO(back.data)) as archive:
        names = archive.namelist()
    assert ("图表" in told.value) is not any(name.startswith("xl/charts/") for name in names)
    assert ("图片" in told.value) is not any(name.startswith("xl/media/") for name in names)
    assert "文本框和图形" in told.value


def test_a_workbook_with_macros_comes_back_without_them() -> None:
    back = given_back(own(macro=True), "名录.xlsm")
    assert "宏" in next(p.value for p in back.notes if p.code == "SSJ-N007")
    with zipfile.ZipFile(io.BytesIO(back.data)) as archive:
        assert not any("vba" in name.lower() for name in archive.namelist())
        assert b"macroEnabled" not in archive.read("[Content_Types].xml")


def test_a_protected_sheet_is_marked_and_stays_protected() -> None:
    assert opened(given_back(own(protected=True)).data)["名录"].protection.sheet


def test_what_the_name_of_the_file_says_does_not_matter() -> None:
    assert given_back(own(), "名录.xls").own


def test_where_it_cannot_be_marked_a_new_workbook_is_made_and_why_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    plain = given_back(text([HEAD, [1, uscc(1)[:-1], "甲"]]), "名录.csv")
    assert (plain.own, codes(plain)) == (False, ["SSJ-N008"])
    with monkeypatch.context() as patch:
        patch.setattr(returning, "LARGEST_MB", 0)
        large = given_back(own())
    assert (large.own, codes(large)) == (False, ["SSJ-N009"])
    with monkeypatch.context() as patch:
        patch.setattr(inplace, "add_sheet", lambda *_: 1 / 0)
        broken = given_back(own())
    assert (broken.own, codes(broken), broken.notes[0].params["reason"]) == (False, ["SSJ-N010"], "ZeroDivisionError")
    with monkeypatch.context() as patch:
        patch.setitem(sys.modules, "openpyxl", None)
        absent = given_back(own())
    assert (absent.own, codes(absent)) == (False, ["SSJ-N010"])
    assert "ssj-core[office]" in absent.notes[0].remedy("zh")
    for back in (plain, large, broken, absent):
        assert opened(back.data).sheetnames[-1] == "核对情况"


def test_a_mark_that_begins_with_a_sign_of_a_formula_is_text() -> None:
    back = given_back(own(), "=cmd.xlsx")
    cell = opened(back.data)["核对情况"]["B2"]
    assert (cell.value, cell.data_type) == ("=cmd.xlsx", "s")


def listed(**columns: object) -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    book.active.append(["统一社会信用代码", "企业名称", "上次检查日期", *columns])
    book.active.append([uscc(1)[:-1], "甲公司", "昨天", *columns.values()])
    return book


def saved(book: openpyxl.Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_of_a_stretch_of_hidden_columns_only_those_with_a_fault_are_shown() -> None:
    book = listed(甲=1, 乙=2)
    book.active.column_dimensions.group("B", "D", hidden=True)
    book.active.column_dimensions.group("F", "XFD", hidden=True)
    back = given_back(saved(book))
    hidden = {
        at
        for one in opened(back.data).active.column_dimensions.values()
        if one.hidden
        for at in range(one.min, one.max + 1)
    }
    assert back.own
    assert hidden == {2, 4, *range(7, 16_385)}, "C has a fault, F the marks"
    assert [p.value for p in back.notes if p.code == "SSJ-N011"] == ["C 列"]


def test_the_marks_stand_behind_merged_cells_that_are_wider_than_the_list() -> None:
    book = listed()
    book.active.merge_cells("C1:E1")
    back = given_back(saved(book))
    assert back.own
    assert opened(back.data).active["F1"].value == "问题"


def test_where_the_library_would_change_a_value_the_workbook_is_made_anew() -> None:
    """A number of eighteen digits in a cell with the format of a day: the library makes an error of it."""
    book = listed(许可证号="x")
    book.active["D2"] = 911399010000123450
    book.active["D2"].number_format = "yyyy-mm-dd"
    back = given_back(saved(book))
    assert (back.own, codes(back)) == (False, ["SSJ-N010"])
    moment = listed(时间=datetime(2021, 3, 4, 5, 6, 7))  # noqa: DTZ001
    assert given_back(saved(moment)).own


SHEET = "见“核对情况”表里写的问题"
THEIRS = "2020年检查有问题，已整改"


def test_a_last_column_of_the_office_that_is_called_as_ours_stays_and_ours_stands_behind_it_each_time() -> None:
    book = listed(问题=THEIRS)
    back = given_back(saved(book))
    for _ in range(2):
        sheet = opened(back.data).active
        assert [sheet.cell(1, n).value for n in (4, 5, 6)] == ["问题", "问题", None]
        assert sheet["D2"].value == THEIRS
        assert "SSJ-R019" in sheet["E2"].value
        assert back.own
        back = given_back(back.data)


def test_so_it_is_in_a_workbook_made_anew() -> None:
    back = given_back(text([["统一社会信用代码", "企业名称", "问题"], [uscc(1)[:-1], "甲公司", THEIRS]]), "名录.csv")
    rows = [[cell.value for cell in row] for row in opened(back.data).worksheets[0].iter_rows()]
    assert rows[0][2:] == ["问题", "问题"]
    assert rows[1][2] == THEIRS
    assert "SSJ-R019" in rows[1][3]


OLD = "【错误】企业名称：这一行没有名称（SSJ-R014）→ " + CATALOGUE["SSJ-R014"].zh_remedy + "。"
OLD_EN = f"【warning】名称：this row has no name（SSJ-R014）→ {CATALOGUE['SSJ-R014'].en_remedy}。"


@pytest.mark.parametrize("theirs", ["", OLD, OLD_EN, SHEET, "问题"])
def test_a_last_column_with_nothing_but_our_marks_is_written_anew(theirs: str) -> None:
    sheet = opened(given_back(saved(listed(问题=theirs))).data).active
    assert (sheet["D1"].value, sheet["E1"].value) == ("问题", None)
    told = sheet["D2"].value.split("\n")
    assert [line.partition("（SSJ-")[2][:4] for line in told] == ["R019", "R027"]
