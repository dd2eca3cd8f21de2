"""Where python-calamine has no wheel, libraries of Python alone read the same; and UTF-16 without its mark is known."""

import io
import sys
from datetime import date, datetime

import pytest
import xlsxwriter
import xlwt
from hypothesis import given
from hypothesis import strategies as st

from ssj_core.readers import ssj_roster_readers
from ssj_core.readers.model import Reading, ReadOptions
from ssj_core.readers.table import read_table
from ssj_core.readers.unmarked import utf_16

ROWS: list[list[object]] = [
    ["阜平县检查对象名录"],
    ["统一社会信用代码", "企业名称", "上次检查日期", "重点", "数", "乡镇"],
    ["911306", "甲", date(2021, 3, 1), True, 911300000000000009, "城关镇"],
    ["911307", "乙", datetime(2021, 3, 1, 8, 30), False, 2.5, ""],  # noqa: DTZ001
    [],
    ["911308", "丙㛃", "2021.3.1", "", 7, "东镇"],
]


def read(data: bytes, file: str = "名单.xlsx") -> Reading:
    return read_table(data, ReadOptions(file=file), ssj_roster_readers())


def new_book() -> bytes:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"default_date_format": "yyyy-mm-dd hh:mm"})
    book.add_worksheet("封面").write(0, 0, "说明")
    sheet = book.add_worksheet("名单")
    for number, cells in enumerate(ROWS):
        sheet.write_row(number, 0, list(cells))
    sheet.merge_range("F3:F4", "城关镇")
    sheet.set_row(5, None, None, {"hidden": True})
    book.add_worksheet("字典").hide()
    book.close()
    return stream.getvalue()


def old_book() -> bytes:
    book = xlwt.Workbook()
    book.add_sheet("封面").write(0, 0, "说明")
    sheet = book.add_sheet("名单")
    day = xlwt.easyxf(num_format_str="yyyy-mm-dd hh:mm")
    for number, cells in enumerate(ROWS):
        for place, cell in enumerate(cells):
            if (number, place) not in ((2, 5), (3, 5)) and cell != "":
                sheet.write(number, place, cell, day) if isinstance(cell, date) else sheet.write(number, place, cell)
    sheet.write_merge(2, 3, 5, 5, "城关镇")
    sheet.row(5).hidden = True
    book.add_sheet("字典").visibility = 1
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


@pytest.fixture
def without(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    monkeypatch.setitem(sys.modules, "python_calamine", None)
    return monkeypatch


@pytest.mark.parametrize("made", [new_book, old_book], ids=["xlsx", "xls"])
def test_both_ways_of_reading_give_the_same(made: object, without: pytest.MonkeyPatch) -> None:
    data = made()  # type: ignore[operator]
    slow = read(data)
    without.undo()
    quick = read(data)
    assert (quick.sheet, len(quick.lines), len(quick.merged)) == ("名单", 6, 1)
    assert slow == quick
    assert [[type(c) for c in line.cells] for line in slow.lines[:2]] == [
        [type(c) for c in line.cells] for line in quick.lines[:2]
    ]


def test_what_neither_can_read_is_told_with_what_to_type(without: pytest.MonkeyPatch) -> None:
    without.setitem(sys.modules, "openpyxl", None)
    without.setitem(sys.modules, "xlrd", None)
    for data in (new_book(), old_book()):
        (found,) = read(data).problems
        assert found.code == "SSJ-F020"
        assert "pip install openpyxl xlrd" in found.remedy("zh")


def test_a_damaged_workbook_ends_in_a_sentence_there_too(without: pytest.MonkeyPatch) -> None:  # noqa: ARG001
    from tests.unit.test_readers_workbook import changed

    broken = changed(new_book(), "xl/styles.xml", b"</cellXfs>", b"</cellXf>")
    assert [one.code for one in read(broken).problems] == ["SSJ-F006"]


TEXT = "统一社会信用代码,企业名称\r\n1,甲\r\n2,𠮷野\r\n"


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_its_mark_is_known_and_told(encoding: str) -> None:
    reading = read(TEXT.encode(encoding), "名单.csv")
    assert (reading.encoding, len(reading.lines), reading.problems) == (encoding, 3, ())
    page = "<html><body><table><tr><td>企业名称</td></tr>\n</table>"
    assert read(page.encode(encoding), "名单.xls").reader == "readers.html"


def test_what_is_not_plainly_utf_16_is_not_guessed() -> None:
    for data in (
        TEXT.encode("utf-16-le") + b"x",
        TEXT.replace("\r\n", ";").encode("utf-16-le"),  # no line end: both readings may be texts
        b"\x89PNG\r\n\0\0" + bytes(100),
        TEXT.encode(),
        b"a" * 2000 + b",\0\n\0",  # a stray NUL in a plain text
        b"\0\n" * 40 + b"\0\0",
    ):
        assert utf_16(data) == ""
    assert [one.code for one in read(b"\x89PNG\r\n\0\0" + bytes(100), "名单.csv").problems] == ["SSJ-F017"]


@given(st.text(st.characters(exclude_categories=["Cc", "Cn", "Co", "Cs"])), st.sampled_from(["utf-16-le", "utf-16-be"]))
def test_a_text_is_never_taken_for_its_mirror_image(text: str, encoding: str) -> None:
    assert utf_16(f"{text},\n".encode(encoding)) in (encoding, "")


def test_a_long_text_cut_within_a_character_is_known() -> None:
    assert utf_16(("名称,甲\n" + "a" * 4000 + "𠮷" * 3000).encode("utf-16-le")) == "utf-16-le"
    assert utf_16(("名称,甲\n" + "1,𠮷𠮷𠮷𠮷\n" * 3000).encode("utf-16-le")) == "utf-16-le"
