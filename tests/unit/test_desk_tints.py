"""Red that follows the words: a cell keeps its own fill, rows may be sorted, the office's own formats stay."""

import io
import os
import subprocess
import sys
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import openpyxl
import pytest
import xlsxwriter
from openpyxl.formatting.rule import CellIsRule, FormulaRule
from openpyxl.styles import Font, PatternFill

from ssj_core.desk.marks import Mark, told_in
from ssj_core.desk.returned import returned
from ssj_core.roster.ours import ELSEWHERE
from ssj_core.spreadsheet import LONGEST
from tests import tinted
from tests.unit.test_desk import checked, text, uscc
from tests.unit.test_desk_own_workbook import GREEN, given_back, opened, own

BAD: Final = PatternFill("solid", fgColor=tinted.RED)
"""The fill that spreadsheets offer for what is bad: an office may have given it to a cell itself."""


def faulty() -> Any:
    """A list with a fault in B5 (row 4 of the entries) and fills of its own, two of them just like our red."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["企业名称", "统一社会信用代码", "上次检查日期"])
    for n in range(1, 9):
        sheet.append([f"示例{n}公司", uscc(n), "2021-03-01"])
    sheet["B5"] = uscc(4)[:-1]
    for place in ("A3", "B5"):
        sheet[place].fill = BAD
        sheet[place].font = Font(name="黑体", color="FF9C0006")
    sheet["C7"].fill = PatternFill("solid", fgColor=GREEN)
    sheet["C7"] = "昨天"
    sheet.conditional_formatting.add("A2:C9", FormulaRule(formula=["LEN($A2)>99"], fill=BAD))
    sheet.conditional_formatting.add("C2:C9", CellIsRule(operator="equal", formula=['"x"'], fill=BAD))
    return book


def looks(sheet: Any) -> dict[str, tuple[str, str, str]]:
    """Fill and font of every cell of the list."""
    cells = (cell for row in sheet["A1:C9"] for cell in row)
    return {c.coordinate: (c.fill.fgColor.rgb, c.font.name, str(c.font.color and c.font.color.rgb)) for c in cells}


def formats(sheet: Any) -> list[tuple[str, str]]:
    """The office's own conditional formats, in their order."""
    found = [(one.sqref, rule) for one in sheet.conditional_formatting for rule in one.rules]
    theirs = [(str(ranges), rule) for ranges, rule in found if '"ssj-core"' not in rule.formula[0]]
    return [(ranges, rule.formula[0]) for ranges, rule in sorted(theirs, key=lambda one: one[1].priority)]


def corrected(book: Any) -> Any:
    sheet = book.active
    sheet["B5"], sheet["C7"] = uscc(4), "2021-03-02"
    sheet["A9"] = "另一家没有编号的公司"
    sheet["B9"] = None
    return book


def test_a_corrected_cell_has_its_own_fill_and_font_again_and_so_has_any_other() -> None:
    before = looks(faulty().active)
    marked = opened(given_back(tinted.stream(faulty())).data)
    assert tinted.cells(marked.active) == ["B5", "D5", "C7", "D7"]
    assert looks(marked.active) == before, "the red lies over them"
    again = opened(given_back(tinted.stream(corrected(marked))).data)
    assert tinted.cells(again.active) == ["B9", "D9"]
    assert looks(again.active) == before


def test_the_offices_own_conditional_formats_stay_in_their_order_behind_ours() -> None:
    before = formats(faulty().active)
    data = tinted.stream(faulty())
    for _ in range(3):
        data = given_back(data).data
        sheet = opened(data).active
        assert formats(sheet) == before
        priorities = [rule.priority for one in sheet.conditional_formatting for rule in one.rules]
        assert sorted(priorities) == list(range(1, len(priorities) + 1))
        assert max(rule.priority for _, rule in tinted.ours(sheet)) == len(priorities) - len(before)


def test_sorted_rows_take_their_red_with_them_and_a_sentence_deleted_takes_it_away() -> None:
    sheet = opened(given_back(tinted.stream(faulty())).data).active
    rows = [[cell.value for cell in row] for row in sheet["A2:D9"]]
    for number, row in enumerate(reversed(rows), 2):
        for column, value in enumerate(row, 1):
            sheet.cell(number, column).value = value
    assert tinted.cells(sheet) == ["C4", "D4", "B6", "D6"]
    sheet["D4"] = None
    assert tinted.cells(sheet) == ["B6", "D6"]


def test_rows_copied_to_another_sheet_leave_no_red_there_after_the_next_check() -> None:
    book = opened(given_back(tinted.stream(faulty())).data)
    other = book.create_sheet("副本")
    for ranges, rule in tinted.ours(book.active):
        other.conditional_formatting.add(ranges, rule)
    again = opened(given_back(tinted.stream(book)).data)
    assert tinted.ours(again.active)
    assert not tinted.ours(again["副本"])


def test_a_header_with_signs_of_a_formula_is_no_harm() -> None:
    book = faulty()
    book.active["C1"] = '上次检查日期（"年-月"&必填）'
    assert tinted.cells(opened(given_back(tinted.stream(book)).data).active) == ["B5", "D5", "C7", "D7"]


def test_a_row_is_as_high_as_before_when_its_mark_is_gone() -> None:
    marked = opened(given_back(tinted.stream(faulty())).data)
    assert marked.active.row_dimensions[5].height > 20
    assert opened(given_back(tinted.stream(corrected(marked))).data).active.row_dimensions[5].height is None


@pytest.mark.skipif(tinted.SOFFICE is None and not os.environ.get("CI"), reason="looks at it in LibreOffice (soffice)")
def test_in_an_office_program_the_cells_are_red_and_saved_there_all_of_this_still_holds(tmp_path: Path) -> None:
    marked = given_back(tinted.stream(faulty())).data
    seen = tinted.drawn(tinted.converted(marked, tmp_path, "html"))
    red = [f"{'ABCD'[c]}{r}" for r, row in enumerate(seen, 1) for c, one in enumerate(row) if one == tinted.RED]
    assert red == ["A3", "B5", "D5", "C7", "D7"], "A3 by its own fill"
    resaved = opened(tinted.converted(marked, tmp_path, "xlsx"))
    assert tinted.cells(resaved.active) == ["B5", "D5", "C7", "D7"]
    assert formats(resaved.active) == formats(faulty().active)
    again = opened(given_back(tinted.stream(corrected(resaved))).data)
    assert tinted.cells(again.active) == ["B9", "D9"]
    assert [c for c, (fill, *_) in looks(again.active).items() if fill == tinted.RED] == ["A3", "B5"]
    assert again.active["C7"].fill.fgColor.rgb == GREEN
    seen = tinted.drawn(tinted.converted(tinted.stream(again), tmp_path, "html"))
    assert [row[2] for row in seen[5:8]] == ["", GREEN, ""]


# --- what she writes herself


NOTE: Final = "已打电话核实，执照遗失补办中"


def her_cells(sheet: Any) -> list[str]:
    return [str(cell.value or "") for cell in sheet["D"]]


def test_what_was_written_beside_or_into_a_mark_is_kept_for_ever() -> None:
    book = opened(given_back(tinted.stream(faulty())).data)
    sheet = book.active
    sheet["D5"] = f"{sheet['D5'].value} {NOTE}"
    sheet["D7"] = f"{sheet['D7'].value}\n{NOTE}"
    sheet["D3"] = NOTE
    for _ in range(3):
        book = opened(given_back(tinted.stream(book)).data)
        sheet = book.active
        assert [sheet.cell(1, n).value for n in (4, 5)] == ["问题", None], "one column, not two"
        assert her_cells(sheet)[2] == NOTE
        assert her_cells(sheet)[6].split("\n")[1:] == [NOTE]
        ours, hers = her_cells(sheet)[4].split("\n")
        assert ours.startswith("【错误】统一社会信用代码：")
        assert ours.endswith("多了还是串了列。")
        assert hers.startswith("原写：【错误】统一社会信用代码：")
        assert hers.endswith(NOTE)
    again = opened(given_back(tinted.stream(corrected(book))).data).active
    assert [NOTE in told for told in her_cells(again)] == [n in (3, 5, 7) for n in range(1, 10)]
    assert tinted.cells(again) == ["B9", "D9"], "what is kept colours nothing"


def test_the_column_is_known_though_she_wrote_over_every_mark_or_a_column_behind_it() -> None:
    book = opened(given_back(tinted.stream(faulty())).data)
    sheet = book.active
    sheet["D5"] = sheet["D7"] = NOTE
    sheet["E1"], sheet["E2"] = "经办人", "王某"
    again = opened(given_back(tinted.stream(book)).data).active
    assert [again.cell(1, n).value for n in (4, 5, 6)] == ["问题", "经办人", None]
    assert [told.split("\n")[-1] for told in her_cells(again) if told][1:] == [NOTE, NOTE]
    assert tinted.cells(again) == ["B5", "D5", "C7", "D7"]


def test_a_cell_that_is_full_says_where_the_rest_is_and_keeps_her_words() -> None:
    mark = Mark(tuple(f"【错误】{n}" + "甲" * 1000 for n in range(50)), "error", frozenset())
    told = told_in(mark, [NOTE], "", "zh")
    assert 31_000 < len(told) <= LONGEST
    assert told.split("\n")[-2:] == [ELSEWHERE.zh, NOTE]


def test_a_title_she_changed_a_little_stays_as_she_has_it() -> None:
    book = opened(given_back(tinted.stream(faulty())).data)
    book.active["D1"] = "问题（王某填）"
    again = opened(given_back(tinted.stream(book)).data).active
    assert [again.cell(1, n).value for n in (4, 5)] == ["问题（王某填）", None]


def test_in_a_list_that_is_made_anew_her_words_are_kept_too() -> None:
    told = given_back(text([["企业名称", "统一社会信用代码"], ["甲", uscc(1)[:-1]]]), "名录.csv")
    mark = opened(told.data).worksheets[0]["C2"].value
    rows = [["企业名称", "统一社会信用代码", "问题", "备注"], ["甲", uscc(1)[:-1], f"{mark}\n{NOTE}", "b"]]
    sheet = opened(given_back(text(rows), "名录.csv").data).worksheets[0]
    assert [cell.value for cell in sheet[2]] == ["甲", uscc(1)[:-1], f"{mark}\n{NOTE}", "b"]
    assert sheet.max_column == 4
    assert tinted.cells(sheet) == ["B2", "C2"]


def test_a_sheet_of_the_office_that_is_called_like_our_summary_stays() -> None:
    book = faulty()
    book.create_sheet("核对情况")["A1"] = "上年核对情况"
    data = tinted.stream(book)
    for _ in range(2):
        data = given_back(data).data
        assert opened(data).sheetnames == ["Sheet", "核对情况", "核对情况2"]
        assert opened(data)["核对情况"]["A1"].value == "上年核对情况"


# --- the same again


def test_the_same_list_gives_the_same_bytes_on_any_day_and_in_any_process(tmp_path: Path) -> None:
    path = tmp_path / "名录.xlsx"
    path.write_bytes(own())
    code = (
        "import sys, hashlib; from pathlib import Path; from tests.unit.test_desk_own_workbook import given_back\n"
        "print(hashlib.sha256(given_back(Path(sys.argv[1]).read_bytes()).data).hexdigest())"
    )
    seeds = [{**os.environ, "PYTHONHASHSEED": seed} for seed in ("1", "2")]
    root = Path(__file__).parents[2]
    made = {
        subprocess.run(
            [sys.executable, "-c", code, str(path)], env=env, cwd=root, capture_output=True, check=True
        ).stdout
        for env in seeds
    }
    assert len(made) == 1


def test_a_marked_list_checked_again_is_the_same_until_something_is_corrected() -> None:
    marked = given_back(own())
    assert not marked.same
    again = returned(checked(marked.data, "名录_核对.xlsx"), "zh")
    assert again is not None
    assert again.same
    book = opened(given_back(tinted.stream(faulty())).data)
    book.active["C2"] = "2021-04-01"
    assert given_back(tinted.stream(book)).same, "no other marks than before"
    book.active["B5"] = uscc(4)
    assert not given_back(tinted.stream(book)).same
    book = opened(given_back(tinted.stream(faulty())).data)
    del book["核对情况"]
    assert not given_back(tinted.stream(book)).same
    english = returned(checked(marked.data, "名录_核对.xlsx"), "en")
    assert english is not None
    assert not english.same


def test_there_is_nothing_of_the_moment_in_it() -> None:
    stream, long_ago = io.BytesIO(), datetime(2020, 1, 2, 3, 4, 5)  # noqa: DTZ001
    book = xlsxwriter.Workbook(stream)
    book.set_properties({"created": long_ago})
    book.add_worksheet().write_row(0, 0, ["企业名称", "信用代码"])
    book.close()
    data = given_back(stream.getvalue()).data
    after = opened(data).properties
    assert (after.created, after.modified) == (long_ago, long_ago)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
