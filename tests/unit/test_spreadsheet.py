"""What is written is what was given: text stays text, nothing becomes a formula, and it prints as an office expects."""

import io
import re
import sys
import zipfile
from datetime import date, datetime, time

import openpyxl
import pytest

from ssj_core.problems import InputError
from ssj_core.spreadsheet import Book, Column, Sheet, Value, legal, lines_of, printed, put, width_of
from ssj_core.text import Text

NASTY: list[Value] = [
    "=1+1", "+1", "-2", "@x", "http://a.b", "00123", "9.11E+17", "{=A1}", "a\x0bb", "甲\ufffe乙", "'x", "_x000D_",
    2**60, 1.5, True, date(2021, 3, 1), datetime(2021, 3, 1, 9, 30), time(9, 30), date(1, 1, 1), None, "",  # noqa: DTZ001
]  # fmt: skip


def sheets(*rows: list[Value], name: str = "名单") -> bytes:
    columns = [Column(Text(f"列{n}", f"column {n}"), 12) for n in range(max(map(len, rows), default=1))]
    return printed([Sheet(name=name, title="标题", columns=columns, rows=rows, about=["说明"])], "zh")


def parts(data: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


@pytest.mark.parametrize("large", [False, True])
def test_no_cell_is_a_formula_or_a_link_and_none_loses_what_it_held(large: bool) -> None:
    book = Book(large=large)
    sheet = book.add("名单")
    for place, value in enumerate(NASTY):
        put(sheet, 0, place, value, book.format(), book.format(num_format="yyyy-mm-dd"))
    data = book.close()
    assert "<f>" not in "".join(parts(data).values())
    assert "hyperlink" not in "".join(parts(data).values())
    read = [cell.value for cell in openpyxl.load_workbook(io.BytesIO(data)).active[1]]
    assert read[:8] == NASTY[:8]
    assert read[12:17] == [str(2**60), 1.5, True, datetime(2021, 3, 1), datetime(2021, 3, 1, 9, 30)]  # noqa: DTZ001


def test_the_same_input_gives_the_same_bytes() -> None:
    assert sheets(NASTY, NASTY) == sheets(NASTY, NASTY)


def test_a_printed_table_is_frozen_filtered_and_fits_the_page() -> None:
    xml = parts(sheets(["甲", "乙"], ["丙", "丁" * 90]))["xl/worksheets/sheet1.xml"]
    assert '<pane ySplit="3" topLeftCell="A4"' in xml
    assert '<autoFilter ref="A3:B5"' in xml
    assert re.search('<pageSetup paperSize="9" [^>]*orientation="landscape"', xml)
    assert 'fitToHeight="0"' in xml
    assert "第 &amp;P 页，共 &amp;N 页" in xml
    names = parts(sheets(["甲"]))["xl/workbook.xml"]
    assert "'名单'!$3:$3" in names or "名单!$3:$3" in names
    heights = [float(h) for h in re.findall(r'<row r="[45]"[^>]* ht="([\d.]+)"', xml)]
    assert heights[1] > 5 * heights[0], "a row grows with what it holds"


def test_names_of_sheets_are_such_as_a_workbook_may_have() -> None:
    book = Book()
    names = ["a/b:c*?[x]", "A/B:C*?[X]", "'", "History", "长" * 50, "长" * 51, "\u202e"]
    for name in names:
        book.add(name)
    given = openpyxl.load_workbook(io.BytesIO(book.close())).sheetnames
    assert given == ["a_b_c___x_", "A_B_C___X_2", "Sheet", "History_", "长" * 28, "长" * 28 + "2", "Sheet2"]


def test_what_a_cell_cannot_hold_is_cut() -> None:
    assert len(legal("x" * 40_000)) == 32_767
    assert len(legal("\U00020bb7" * 40_000).encode("utf-16-le")) <= 2 * 32_767
    assert (width_of(["统一社会信用代码", "a\nb"]), width_of([]), width_of(["x" * 99])) == (18, 6, 40)
    assert (lines_of("甲" * 20, 21), lines_of("a\nb", 9)) == (2, 2)


def test_without_the_extra_one_sentence_says_what_to_type(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    with pytest.raises(InputError) as error:
        sheets(["甲"])
    (told,) = error.value.problems
    assert told.code == "SSJ-O005"
    assert 'pip install "ssj-core[office]"' in told.remedy("zh")
