"""Reading text: encodings, delimiters, and the line where a row begins."""

import pytest

from ssj_core.readers.delimited import read
from ssj_core.readers.model import Reading, ReadOptions

OPTIONS = ReadOptions(file="名单.csv")
TEXT = "统一社会信用代码,企业名称\n1,甲\n2,乙\n"


def rows(reading: Reading) -> list[tuple[object, ...]]:
    return [line.cells for line in reading.lines]


@pytest.mark.parametrize(
    ("encoding", "found"),
    [("utf-8", "utf-8"), ("utf-8-sig", "utf-8-sig"), ("gb18030", "gb18030"), ("gbk", "gb18030"), ("utf-16", "utf-16")],
)
def test_the_encoding_is_found_and_told(encoding: str, found: str) -> None:
    reading = read(TEXT.encode(encoding), OPTIONS)
    assert reading.encoding == found
    assert rows(reading) == [("统一社会信用代码", "企业名称"), ("1", "甲"), ("2", "乙")]
    assert reading.problems == ()


def test_the_encoding_of_the_plan_overrules_what_the_bytes_look_like() -> None:
    data = "名称\n联通\n".encode("gbk")
    assert rows(read(data, ReadOptions(file="x", encoding="GB2312")))[1] == ("联通",)
    forced = read(data, ReadOptions(file="x", encoding="utf-8"))
    assert [one.code for one in forced.problems] == ["SSJ-F013"]


def test_text_without_bom_in_utf_16_is_read_when_the_plan_says_so() -> None:
    reading = read(TEXT.encode("utf-16-le"), ReadOptions(file="x", encoding="UTF-16-LE"))
    assert len(reading.lines) == 3


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
def test_a_bad_byte_is_told_with_its_line(end: bytes) -> None:
    data = end.join(["统一社会信用代码,企业名称".encode(), b"1," + "甲".encode(), b"2,\xff\xfe", b""])
    (found,) = read(data, OPTIONS).problems
    assert (found.code, found.row, found.value) == ("SSJ-F013", 3, "FF")


def test_private_use_characters_are_told_line_by_line() -> None:
    reading = read("企业名称\n甲\ue7c7\n乙\n\ue000\ue001\n".encode(), OPTIONS)
    assert [(one.code, one.row, one.value) for one in reading.problems] == [
        ("SSJ-F015", 2, "U+E7C7"),
        ("SSJ-F015", 4, "U+E000, U+E001"),
    ]
    assert len(reading.lines) == 4


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_the_delimiter_is_found_in_the_header_line(mark: str) -> None:
    data = f"二〇二一年名单\n序号{mark}企业名称{mark}住所\n1{mark}甲{mark}a;b;c;d;e;f\n".replace(
        "a;", f"a{';' * (mark != ';')}"
    )
    assert rows(read(data.encode(), OPTIONS))[1] == ("序号", "企业名称", "住所")


def test_semicolons_in_a_business_scope_do_not_mislead() -> None:
    data = "统一社会信用代码,企业名称,经营范围\n1,甲,a;b;c;d;e;f;g;h;i;j\n"
    assert rows(read(data.encode(), OPTIONS))[1] == ("1", "甲", "a;b;c;d;e;f;g;h;i;j")


def test_a_row_is_numbered_by_the_line_where_it_begins() -> None:
    data = '名称,住所\r\n甲,"一\r\n二\r\n三"\r\n乙,四\r\n\r\n丙,五'
    assert [line.number for line in read(data.encode(), OPTIONS).lines] == [1, 2, 5, 6, 7]


@pytest.mark.parametrize("data", ['名称,住所\n甲,一\n"乙"x,二\n', '名称,住所\n甲,一\n乙,"二\n丙,三\n'])
def test_quotation_marks_that_do_not_pair_are_told_with_their_row(data: str) -> None:
    reading = read(data.encode(), OPTIONS)
    assert [(one.code, one.row) for one in reading.problems] == [("SSJ-F019", 3)]
    assert reading.lines == ()


@pytest.mark.parametrize("data", [b"", b" \n\n", b"\xef\xbb\xbf", b"\xff\xfe"])
def test_nothing_at_all_is_told(data: bytes) -> None:
    assert [one.code for one in read(data, OPTIONS).problems] == ["SSJ-F003"]


def test_binary_data_is_no_text() -> None:
    assert [one.code for one in read(b"\x89PNG\0\0", OPTIONS).problems] == ["SSJ-F004"]
    assert [one.code for one in read(b"a" * 2000 + b"\n\0", OPTIONS).problems] == ["SSJ-F006"]
