"""What offices still send: .xls and .et, .ods, web pages and XML under the name .xls; mild, messy and hostile."""

import io
import struct
import subprocess
import sys
import zipfile
from datetime import date
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

import pytest
import xlwt

from ssj_core.readers import ssj_roster_readers, table
from ssj_core.readers.model import Cell, Merged, Reading, ReadOptions
from ssj_core.readers.table import read_table

READERS = ssj_roster_readers()
HEADER = ("统一社会信用代码", "企业名称")


def reading_of(data: bytes, file: str = "名单.xls", sheet: str = "", encoding: str = "") -> Reading:
    return read_table(data, ReadOptions(file=file, sheet=sheet, encoding=encoding), READERS)


def cells(reading: Reading) -> list[tuple[Cell, ...]]:
    return [line.cells for line in reading.lines]


def codes(reading: Reading) -> list[str]:
    return [one.code for one in reading.problems]


# --- .xls and .et


def old_book(**sheets: list[list[object]]) -> bytes:
    book = xlwt.Workbook(encoding="utf-8")
    day = xlwt.easyxf(num_format_str="yyyy-mm-dd")
    for name, rows in sheets.items():
        sheet = book.add_sheet(name)
        for number, row in enumerate(rows):
            for place, value in enumerate(row):
                sheet.write(number, place, value, *([day] if isinstance(value, date) else []))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize("file", ["名单.xls", "名单.et", "名单.xlsx", "名单.csv"])
def test_an_old_workbook_is_read_whatever_it_is_called(file: str) -> None:
    reading = reading_of(old_book(名单=[list(HEADER), ["91", "甲"], [date(2021, 3, 1), 7]]), file)
    assert cells(reading) == [HEADER, ("91", "甲"), (date(2021, 3, 1), 7)]
    assert (reading.reader, reading.sheet, codes(reading)) == ("readers.xls", "名单", [])


def test_hidden_rows_and_merged_cells_of_an_old_workbook_are_known() -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("名单")
    for number in range(6):
        sheet.write(number, 0, f"甲{number}")
    sheet.write_merge(1, 3, 1, 1, "城关镇")
    for number in (2, 5):
        sheet.row(number).hidden = True
    stream = io.BytesIO()
    book.save(stream)
    reading = reading_of(stream.getvalue())
    assert reading.merged == (Merged(top=2, bottom=4, left=1, right=1),)
    (told,) = reading.problems
    assert (told.code, told.params["count"], told.params["first"]) == ("SSJ-F012", "2", "3")


def test_the_sheet_of_an_old_workbook_is_chosen_as_of_a_new_one() -> None:
    data = old_book(说明=[["填表说明", "见下"]], 名册=[list(HEADER), ["1", "甲"]])
    assert reading_of(data).sheet == "名册"
    assert cells(reading_of(data, sheet="说明")) == [("填表说明", "见下")]
    assert codes(reading_of(data, sheet="无")) == ["SSJ-F010"]


def spoilt(data: bytes, kind: bytes, at: int, new: bytes) -> bytes:
    """The first record of a kind with other bytes in its body."""
    begin = data.index(kind) + 4 + at
    return data[:begin] + new + data[begin + len(new) :]


BOOK = old_book(名单=[[*HEADER, 1.5], ["1", "甲", 2.5]])
RK = struct.pack("<HH", 0x27E, 10)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (spoilt(BOOK, RK, 0, struct.pack("<HH", 65535, 65535)), "SSJ-F009"),
        (spoilt(BOOK, RK, 0, struct.pack("<HH", 65535, 255)), "SSJ-F009"),
        (spoilt(BOOK, struct.pack("<HH", 0x200, 14), 0, struct.pack("<IIHH", 0, 2**32 - 1, 0, 65535)), "SSJ-F006"),
        (spoilt(BOOK, struct.pack("<H", 0xFC), 4, struct.pack("<I", 2**31 - 1)), "SSJ-F006"),
        (spoilt(BOOK, struct.pack("<H", 0x85), 0, struct.pack("<I", 3)), "SSJ-F006"),
        (BOOK[:1000], "SSJ-F006"),
        (BOOK[:600], "SSJ-F006"),
        (BOOK[:10], "SSJ-F006"),
        (BOOK.replace("Workbook".encode("utf-16-le"), "WordDocu".encode("utf-16-le")), "SSJ-F004"),
    ],
    ids=["far-corner", "far-corner-in-range", "dimensions", "strings", "offset", "cut", "cut-more", "head", "word"],
)
def test_a_hostile_or_damaged_old_workbook_ends_in_a_sentence(data: bytes, code: str) -> None:
    assert codes(reading_of(data)) == [code]


def test_a_circle_of_sectors_is_no_endless_loop() -> None:
    (sector,) = struct.unpack_from("<I", BOOK, 76)
    at = 512 + sector * 512
    for number in range(8):
        data = bytearray(BOOK)
        struct.pack_into("<I", data, at + 4 * number, 0)
        assert codes(reading_of(bytes(data))) == ["SSJ-F006"]


def test_an_enciphered_old_workbook_is_told() -> None:
    window = struct.pack("<H", 0x3D)
    begin = BOOK.index(window)
    assert codes(reading_of(BOOK[:begin] + struct.pack("<H", 0x2F) + BOOK[begin + 2 :])) == ["SSJ-F005"]


# --- .ods

SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
)


def ods(*rows: str, manifest: str = "", head: str = "") -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(
            "content.xml",
            f"{head}<office:document-content {SPACES}><office:body><office:spreadsheet>"
            f'<table:table table:name="甲&amp;乙">{"".join(rows)}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
        )
        space = 'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"'
        archive.writestr("META-INF/manifest.xml", f"<manifest:manifest {space}>{manifest}</manifest:manifest>")
    return stream.getvalue()


def row(*texts: str, attributes: str = "", of_cells: str = "") -> str:
    found = "".join(
        f'<table:table-cell office:value-type="string" {of_cells}><text:p>{text}</text:p></table:table-cell>'
        for text in texts
    )
    return f"<table:table-row {attributes}>{found}</table:table-row>"


ROWS, COLUMNS = "table:number-rows-repeated=", "table:number-columns-repeated="
FOLLOWING = (
    '<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="16384"/>'
    "</table:table-row>"
)


def test_an_open_document_is_read_with_its_hidden_rows_and_spans() -> None:
    reading = reading_of(
        ods(
            row(*HEADER),
            row("1", "甲", attributes='table:visibility="filter"'),
            row("镇", of_cells='table:number-rows-spanned="2"'),
            row("", "丙"),
            FOLLOWING,
        )
    )
    assert cells(reading) == [HEADER, ("1", "甲"), ("镇",), (None, "丙")]
    assert (reading.reader, reading.sheet) == ("readers.ods", "甲&乙")
    assert reading.merged == (Merged(top=3, bottom=4, left=0, right=0),)
    assert codes(reading) == ["SSJ-F012", "SSJ-F027"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (ods(row("甲", attributes=f"{ROWS}\"1048576\"", of_cells=f"{COLUMNS}\"99\"")), "SSJ-F009"),
        (ods(row("甲", of_cells=f"{COLUMNS}\"99999999999\"")), "SSJ-F006"),
        (ods("<table:table-row x=>", row("甲")), "SSJ-F006"),
        (ods(head='<!DOCTYPE x [<!ENTITY a "b">]>'), "SSJ-F008"),
        (ods(manifest="<manifest:encryption-data/>"), "SSJ-F005"),
    ],
    ids=["rectangle", "repeated", "broken", "entity", "password"],
)  # fmt: skip
def test_a_hostile_open_document_ends_in_a_sentence(data: bytes, code: str) -> None:
    assert codes(reading_of(data)) == [code]


# --- web pages

PAGE = """<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><meta charset="gb2312">
<style>td {{}}</style></head>
<body><table border=1><caption>x</caption>
<tr><td colspan=3>阜平县检查对象名录</td></tr>
<tr><th>统一社会<br>信用代码</th><th>企业名称</th><th>所属乡镇</th></tr>
<tr><td>1</td><td> 甲&nbsp;公司
  &amp;乙<script>document.write("x")</script><td rowspan=2>城关镇</tr>
<tr style="DISPLAY: none"><td>2</td><td>丙</td></tr>
{}</table></body></html>"""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_page_named_xls_is_read_with_spans_hidden_rows_and_entities(encoding: str) -> None:
    reading = reading_of(PAGE.format("").encode(encoding))
    assert cells(reading) == [
        ("阜平县检查对象名录",),
        ("统一社会\n信用代码", "企业名称", "所属乡镇"),
        ("1", "甲\xa0公司 &乙", "城关镇"),
        ("2", "丙"),
    ]
    assert reading.merged[1:] == (Merged(top=3, bottom=4, left=2, right=2),)
    assert (reading.reader, reading.encoding, codes(reading)) == ("readers.html", encoding, ["SSJ-F012"])


def test_a_table_within_a_layout_table_is_the_one_that_is_read() -> None:
    inner = "<table><tr><td>统一社会信用代码<td>企业名称<tr><td>1<td>甲</table>"
    reading = reading_of(f"<html><table><tr><td>菜单</td><td>{inner}</td></tr></table>".encode())
    assert (reading.sheet, cells(reading)) == ("表2", [HEADER, ("1", "甲")])
    both = f"<html>{inner}{inner}".encode()
    assert codes(reading_of(both)) == ["SSJ-F011"]
    assert reading_of(both, sheet="表2").lines


@pytest.mark.parametrize(
    ("page", "code"),
    [
        ("<html><body>请重新登录</body></html>", "SSJ-F023"),
        ("<table>" + "<tr><td rowspan=60000 colspan=9999>x</td></tr>" * 9, "SSJ-F009"),
        ("<table>" + "<tr><td rowspan=9999>x<td rowspan=9999>y</tr>" * 9, ""),
        ("<table><tr><td>" * 3000 + "x", ""),
        ("<html><table><tr><td>a<td>b<!-- never closed", ""),
        ("<html><table><tr><td>" + "a" * 2000 + "\0b", "SSJ-F006"),
    ],
)
def test_a_hostile_page_ends_in_a_sentence(page: str, code: str) -> None:
    assert codes(reading_of(page.encode())) == ([code] if code else [])


def test_a_page_with_its_parts_in_one_file_is_read() -> None:
    whole = MIMEMultipart("related")
    whole.attach(MIMEText("<frameset><frame src=sheet001.htm></frameset>", "html"))
    whole.attach(MIMEText(PAGE.format(""), "html", "utf-8"))
    head, _, rest = whole.as_bytes().partition(b"MIME-Version: 1.0\n")
    reading = reading_of(b"MIME-Version: 1.0\n" + head + rest)
    assert (reading.reader, len(reading.lines)) == ("readers.html", 4)


# --- XML

XML = """<?xml version="1.0" encoding="GB2312"?><?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
<Worksheet ss:Name="字典"><Table><Row><Cell><Data ss:Type="String">x</Data></Cell></Row></Table>
<WorksheetOptions xmlns="urn:schemas-microsoft-com:office:excel"><Visible>SheetHidden</Visible></WorksheetOptions>
</Worksheet>
<Worksheet ss:Name="名单"><Table>
<Row ss:Index="2"><Cell ss:MergeAcross="1"><Data ss:Type="String">标题</Data></Cell>
<Cell><Data ss:Type="String">末</Data></Cell></Row>
<Row ss:Hidden="1"><Cell ss:Index="2"><Data ss:Type="DateTime">2021-03-01T00:00:00.000</Data></Cell>
<Cell><Data ss:Type="Boolean">1</Data></Cell><Cell><Data ss:Type="Number">911300000000000009</Data></Cell>
<Cell><Data ss:Type="Number">3.0</Data></Cell><Cell/><Cell><Data ss:Type="Error">#N/A</Data></Cell></Row>
</Table></Worksheet></Workbook>"""


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_xml_of_excel_2003_is_read_with_places_types_and_hidden_rows(encoding: str) -> None:
    reading = reading_of(XML.encode(encoding))
    assert cells(reading) == [
        (),
        ("标题", None, "末"),
        (None, date(2021, 3, 1), True, 911300000000000009.0, 3, None, "#N/A"),
    ]
    assert type(reading.lines[2].cells[3]) is float, "its last digits are lost, and that shows"
    assert reading.merged == (Merged(top=2, bottom=2, left=0, right=1),)
    assert (reading.reader, reading.sheet, codes(reading)) == ("readers.xml", "名单", ["SSJ-F012"])


def test_xml_without_its_first_line_is_known_too() -> None:
    assert reading_of(XML.partition("\n")[2].encode()).reader == "readers.xml"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (XML[:700], "SSJ-F006"),
        (XML.replace('Index="2"', 'Index="99999999"'), "SSJ-F009"),
        (XML.replace("<Workbook", '<!DOCTYPE a [<!ENTITY b "c">]><Workbook'), "SSJ-F008"),
        ('<?xml version="1.0"?><数据/>', "SSJ-F024"),
        ('<?xml version="1.0"?>' + "<a>" * 100_000, "SSJ-F006"),
    ],
    ids=["cut", "far", "entity", "other", "deep"],
)
def test_hostile_xml_ends_in_a_sentence(text: str, code: str) -> None:
    assert codes(reading_of(text.encode())) == [code]


# --- all


def test_a_file_larger_than_any_roster_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table, "LARGEST_MB", 1)
    assert codes(reading_of(b"a" * (2 << 20))) == ["SSJ-F025"]


@pytest.mark.parametrize("data", [BOOK, ods(row(*HEADER)), PAGE.format("").encode(), XML.encode()])
def test_no_byte_that_is_changed_brings_the_programme_down(data: bytes) -> None:
    """In a process of its own: the parser is known to abort."""
    code = (
        "import sys; from random import Random; from ssj_core.readers import ssj_roster_readers as r;"
        "from ssj_core.readers.model import ReadOptions as O; from ssj_core.readers.table import read_table;"
        "data = sys.stdin.buffer.read(); dice = Random(7); readers = r()\n"
        "for _ in range(150):\n"
        "    changed = bytearray(data)\n"
        "    for _ in range(dice.randrange(1, 9)): changed[dice.randrange(len(data))] = dice.choice((0, 1, 127, 255))\n"
        "    reading = read_table(bytes(changed), O(file='x.xls'), readers)\n"
        "    assert reading.lines or reading.problems\n"
    )
    done = subprocess.run([sys.executable, "-c", code], input=data, capture_output=True)
    assert done.returncode == 0, done.stderr.decode()[-1500:]
