"""Reading workbooks: the front door, the choice of the sheet, hidden rows, and where the rows are."""

import io
import sys
import zipfile
from datetime import date

import openpyxl
import pytest
import xlsxwriter

from ssj_core.readers.model import Reading, ReadOptions
from ssj_core.readers.workbook import read

HEADER: list[object] = ["统一社会信用代码", "企业名称"]
OPTIONS = ReadOptions(file="名单.xlsx")


def made(
    sheets: dict[str, list[list[object]]],
    first: tuple[int, int] = (0, 0),
    hidden: tuple[int, ...] = (),
    merged: tuple[str, ...] = (),
) -> bytes:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"default_date_format": "yyyy-mm-dd"})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            sheet.write_row(first[0] + number, first[1], row)
        for number in hidden:
            sheet.set_row(number - 1, None, None, {"hidden": True})
        for area in merged:
            sheet.merge_range(area, "合")
    book.close()
    return stream.getvalue()


def changed(data: bytes, part: str, old: bytes, new: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(stream, "w") as target:
        for info in source.infolist():
            content = source.read(info)
            if info.filename == part:
                assert old in content
                content = content.replace(old, new)
            target.writestr(info, content)
    return stream.getvalue()


def codes(reading: Reading) -> list[str]:
    return [one.code for one in reading.problems]


def test_cells_come_with_their_types_and_rows_with_their_numbers() -> None:
    reading = read(made({"名单": [HEADER, ["1", 2.5], [date(2021, 3, 1), True]]}), OPTIONS)
    assert [(line.number, line.cells) for line in reading.lines] == [
        (1, tuple(HEADER)),
        (2, ("1", 2.5)),
        (3, (date(2021, 3, 1), True)),
    ]
    assert (reading.sheet, reading.problems) == ("名单", ())


def test_a_table_that_does_not_begin_at_a1_keeps_its_places() -> None:
    reading = read(made({"名单": [HEADER, ["1", "甲"]]}, first=(3, 2)), OPTIONS)
    assert [line.cells for line in reading.lines][:3] == [(), (), ()]
    assert reading.lines[3].cells == (None, None, *HEADER)
    assert reading.lines[4].number == 5


def test_a_workbook_of_another_programme_is_read_the_same() -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append(HEADER)
    stream = io.BytesIO()
    book.save(stream)
    assert read(stream.getvalue(), OPTIONS).lines[0].cells == tuple(HEADER)


def test_hidden_rows_are_counted_and_told() -> None:
    reading = read(made({"名单": [HEADER, ["1", "甲"], ["2", "乙"]]}, hidden=(3, 9)), OPTIONS)
    assert [(one.code, one.params["count"], one.params["first"]) for one in reading.problems] == [
        ("SSJ-F012", "1", "3")
    ]
    assert len(reading.lines) == 3


def test_of_several_sheets_the_only_one_with_a_header_is_taken() -> None:
    data = made({"说明": [["请填写"]], "名单": [["标题"], HEADER, ["1", "甲"]], "空": []})
    reading = read(data, OPTIONS)
    assert (reading.sheet, reading.problems) == ("名单", ())


def test_two_sheets_with_a_header_need_the_plan_to_choose() -> None:
    data = made({"东镇": [HEADER], "西镇": [HEADER]})
    (found,) = read(data, OPTIONS).problems
    assert (found.code, found.params["sheets"]) == ("SSJ-F011", "东镇、西镇")
    assert read(data, ReadOptions(file="x", sheet="西镇")).sheet == "西镇"
    assert codes(read(data, ReadOptions(file="x", sheet="南镇"))) == ["SSJ-F010"]


def test_a_hidden_sheet_is_not_chosen_but_may_be_named() -> None:
    data = changed(
        made({"旧": [HEADER], "新": [HEADER]}), "xl/workbook.xml", b'sheetId="1"', b'sheetId="1" state="hidden"'
    )
    assert read(data, OPTIONS).sheet == "新"
    assert read(data, ReadOptions(file="x", sheet="旧")).sheet == "旧"


SHEET = "xl/worksheets/sheet1.xml"


@pytest.mark.parametrize(
    ("part", "old", "new", "code"),
    [
        (SHEET, b'r="B1"', b'r="XFD1048576"', "SSJ-F009"),
        (SHEET, b'r="B1"', b"x='>' r = 'XFD1048576'", "SSJ-F009"),
        (SHEET, b"<row ", b'<x:row r="1048576"/><y:c r="XFD1048576" ></y:c><row ', "SSJ-F009"),
        (SHEET, b'<c r="B1"', b'<c x="<" r="XFD1048576"', "SSJ-F009"),
        (SHEET, b'<c r="B1"', b"<c r=XFD1048576", "SSJ-F006"),
        (SHEET, b"<worksheet", b"<!DOCTYPE x><worksheet", "SSJ-F008"),
        (SHEET, b"<worksheet", b"\0<worksheet", "SSJ-F006"),
        ("xl/workbook.xml", b"<workbook", b'<!DOCTYPE x [<!ENTITY y "z">]><workbook', "SSJ-F008"),
        ("xl/workbook.xml", b"<workbook", b"\xff<workbook", "SSJ-F006"),
        (SHEET, b'<c r="B1"', b'<c r="AAAA1"', "SSJ-F006"),
        (SHEET, b'<c r="B1"', b'<c r="1"', "SSJ-F006"),
        (SHEET, b'<c r="B1"', b'<c r="XFD1"/></row><row r="1048576"></row><row r="1"/><row><c ', "SSJ-F009"),
        (SHEET, b'<c r="B1"', b'<c r="XFD1"/></row><row r="1048576"><c r="A1"/><c ', "SSJ-F009"),
        ("xl/sharedStrings.xml", b"</si>", b"", "SSJ-F006"),
        ("xl/sharedStrings.xml", b'uniqueCount="', b'uniqueCount="99999999', "SSJ-F006"),
        ("xl/sharedStrings.xml", b'uniqueCount="', b'uniqueCount = "+9999', "SSJ-F006"),
        ("xl/styles.xml", b'cellXfs count="', b'cellXfs count="99999999999', "SSJ-F006"),
    ],
)
def test_hostile_parts_are_refused_before_the_parser_sees_them(part: str, old: bytes, new: bytes, code: str) -> None:
    data = changed(made({"名单": [HEADER, ["1", "甲"]]}), part, old, new)
    reading = read(data, OPTIONS)
    assert codes(reading) == [code]
    assert reading.lines == ()


def test_cells_without_references_are_counted_as_the_parser_does() -> None:
    data = made({"名单": [HEADER, ["1", "甲"]]})
    for old in (b' r="A1"', b' r="B1"', b' r="A2"', b' r="B2"'):
        data = changed(data, SHEET, old, b"")
    assert [line.cells for line in read(data, OPTIONS).lines] == [tuple(HEADER), ("1", "甲")]


def test_an_empty_last_row_as_some_programmes_write_it_does_no_harm() -> None:
    data = changed(made({"名单": [HEADER * 20, ["1"]]}), SHEET, b"</sheetData>", b'<row r="1048576"></row></sheetData>')
    assert read(data, OPTIONS).problems == ()


def test_a_part_longer_than_it_declares_is_refused() -> None:
    data = bytearray(made({"名单": [HEADER] * 500}))
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as archive:
        size = archive.getinfo(SHEET).file_size
    at = 0
    while (at := data.find(b"PK\x01\x02", at)) >= 0:
        if data[at + 46 :].startswith(SHEET.encode()):
            data[at + 24 : at + 28] = (size - 100).to_bytes(4, "little")
        at += 4
    assert codes(read(bytes(data), OPTIONS)) == ["SSJ-F006"]


def test_two_parts_of_one_name_are_refused() -> None:
    stream = io.BytesIO(made({"名单": [HEADER]}))
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr("XL/Workbook.xml", b"")
    assert codes(read(stream.getvalue(), OPTIONS)) == ["SSJ-F006"]


def test_without_the_parser_the_office_is_told_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    for library in ("python_calamine", "openpyxl"):
        monkeypatch.setitem(sys.modules, library, None)
    assert codes(read(made({"名单": [HEADER]}), OPTIONS)) == ["SSJ-F020"]


def test_private_use_characters_are_told_with_their_row() -> None:
    reading = read(made({"名单": [HEADER, ["1", "甲\ue000"]]}), OPTIONS)
    assert [(one.code, one.row) for one in reading.problems] == [("SSJ-F015", 2)]


def test_merged_cells_are_told_with_their_places_as_far_as_the_sheet_is_filled() -> None:
    data = made({"名单": [HEADER, ["1", "甲"], ["2", "乙"]]}, first=(1, 1), merged=("C3:C900", "AB2:AC3", "B2:C2"))
    assert [one.name for one in read(data, OPTIONS).merged] == ["C3:C4", "AB2:AC3", "B2:C2"]


def test_more_merged_cells_than_the_sheet_has_room_for_are_refused() -> None:
    row: list[object] = ["1", "甲"]
    data = made({"名单": [HEADER, *[row] * 9]}, merged=("A2:A10",))
    more = b'<mergeCell ref="A2:A1048576"/>' * 9
    assert codes(read(changed(data, SHEET, b"</mergeCells>", more + b"</mergeCells>"), OPTIONS)) == ["SSJ-F006"]


def test_an_encoding_of_the_plan_means_nothing_for_a_workbook() -> None:
    (told,) = read(made({"名单": [HEADER]}), ReadOptions(file="x", encoding="gbk")).problems
    assert (told.code, told.severity, told.value) == ("SSJ-F022", "warning", "gbk")
