"""What the screen does not show is counted and said: hidden columns and filters in every format of workbook."""

import io
import struct

import pytest
import xlsxwriter
import xlwt

from ssj_core.readers.biff import measure as measure_old
from ssj_core.readers.model import Line, Reading, ReadOptions
from ssj_core.readers.spreadsheetml import read as read_xml
from ssj_core.readers.unseen import Unseen, tell
from ssj_core.readers.webpage import read as read_page
from ssj_core.readers.workbook import read
from tests.unit.test_readers_old_formats import FOLLOWING, HEADER, XML, ods, reading_of, row

OPTIONS = ReadOptions(file="名单")
ROWS = [["统一社会信用代码", "企业名称", "类型"], ["1", "甲", "施工"], ["2", "乙", "监理"]]


def told(reading: Reading) -> list[tuple[str, str, str]]:
    return [(p.code, p.params.get("count", ""), p.params.get("columns", "")) for p in reading.problems]


def book(*, hidden: str = "", filtered: bool = False, table: str = "", buttons: bool = False) -> bytes:
    stream = io.BytesIO()
    made = xlsxwriter.Workbook(stream)
    sheet = made.add_worksheet("名单")
    for number, cells in enumerate(ROWS):
        sheet.write_row(number, 0, cells)
    if hidden:
        sheet.set_column(hidden, None, None, {"hidden": True})
    if filtered or buttons:
        sheet.autofilter("A1:C3")
    if filtered:
        sheet.filter_column("C", "x == 施工")
    if table:
        sheet.add_table(table, {"columns": [{"header": str(h)} for h in ROWS[0]]})
    made.close()
    return stream.getvalue()


def test_hidden_columns_are_counted_as_far_as_they_hold_anything() -> None:
    assert told(read(book(hidden="B:XFD"), OPTIONS)) == [("SSJ-F026", "2", "B、C")]
    assert told(read(book(hidden="D:XFD"), OPTIONS)) == []
    assert read(book(hidden="B:B"), OPTIONS).lines == read(book(), OPTIONS).lines, "and read like the others"


def test_a_filter_is_said_and_its_buttons_alone_are_not() -> None:
    assert told(read(book(filtered=True), OPTIONS)) == [("SSJ-F027", "", "")]
    assert told(read(book(buttons=True), OPTIONS)) == []


def test_the_filter_of_a_table_on_the_sheet_is_said_too() -> None:
    from tests.unit.test_readers_workbook import changed

    plain = book(table="A1:C3")
    assert told(read(plain, OPTIONS)) == []
    old = b'<autoFilter ref="A1:C3"/>'
    new = (
        b'<autoFilter ref="A1:C3"><filterColumn colId="2"><filters><filter val="x"/></filters></filterColumn>'
        b"</autoFilter>"
    )
    assert told(read(changed(plain, "xl/tables/table1.xml", old, new), OPTIONS)) == [("SSJ-F027", "", "")]


def test_hidden_columns_of_an_old_workbook() -> None:
    made = xlwt.Workbook()
    sheet = made.add_sheet("名单")
    for number, cells in enumerate(ROWS):
        for place, cell in enumerate(cells):
            sheet.write(number, place, cell)
    sheet.col(1).hidden = True
    stream = io.BytesIO()
    made.save(stream)
    assert told(reading_of(stream.getvalue())) == [("SSJ-F026", "1", "B")]


def test_the_filter_of_an_old_workbook() -> None:
    def record(kind: int, body: bytes = b"") -> bytes:
        return struct.pack("<HH", kind, len(body)) + body

    name = struct.pack("<BB", 2, 1) + "名单".encode("utf-16-le")
    first = record(0x809, struct.pack("<HH", 0x600, 5))
    at = len(first) + len(record(0x85, bytes(6) + name))
    whole = first + record(0x85, struct.pack("<IH", at, 0) + name) + record(0x809, struct.pack("<HH", 0x600, 16))
    assert not measure_old(whole)["名单"].unseen.filtered
    assert measure_old(whole + record(0x9B))["名单"].unseen.filtered


def test_an_open_document_with_hidden_columns() -> None:
    columns = '<table:table-column/><table:table-column table:visibility="collapse"/><table:table-column/>'
    assert told(reading_of(ods(columns, row(*HEADER), row("1", "甲"), FOLLOWING))) == [("SSJ-F026", "1", "B")]


def test_xml_of_excel_2003_with_hidden_columns_and_a_filter() -> None:
    columns = '<Worksheet ss:Name="名单"><Table><Column/><Column ss:Index="3" ss:Span="1" ss:Hidden="1"/>'
    text = XML.replace('<Worksheet ss:Name="名单"><Table>', columns)
    text = text.replace(
        "</Table></Worksheet></Workbook>",
        '</Table><AutoFilter xmlns="urn:schemas-microsoft-com:office:excel" xmlns:x="urn:schemas-microsoft-com:office:'
        'excel"><AutoFilterColumn x:Type="NonBlanks"/></AutoFilter></Worksheet></Workbook>',
    )
    assert told(read_xml(text.encode(), OPTIONS))[1:] == [("SSJ-F026", "2", "C、D"), ("SSJ-F027", "", "")]


@pytest.mark.parametrize(
    "page",
    [
        "<table><col><col style='display:none'><tr><td>编号<td>甲<td>乙</table>",
        "<table><tr><td>编号<td style='display: none'>甲<td>乙</table>",
    ],
)
def test_hidden_columns_of_a_web_page(page: str) -> None:
    assert told(read_page(f"<html><body>{page}".encode(), OPTIONS)) == [("SSJ-F026", "1", "B")]


def test_of_many_columns_the_first_are_named() -> None:
    lines = [Line(number=1, cells=tuple("abcdefghij"))]
    (found,) = tell(Unseen(columns=frozenset(range(10))), lines, "名单")
    assert (found.params["count"], found.params["columns"]) == ("10", "A、B、C、D、E、F、G、H……")
