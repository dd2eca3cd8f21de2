"""Single cells of rosters, in the spellings offices use."""

from datetime import date, datetime, time

import pytest

from ssj_core.readers.model import Cell
from ssj_core.roster.cells import count, folded, name_key, optional, risk_class, several, text, yes_no
from ssj_core.roster.findings import CellError
from ssj_core.roster.privacy import is_identity_number, mask, mask_name


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (" 甲公司\t", "甲公司"),
        ("\ufeff甲\u200b公司\xa0", "甲公司"),
        ("甲\r\n公司", "甲 公司"),
        ("王　五", "王　五"),
        ("①号㎡（东）", "①号㎡（东）"),
        ("e\u0301", "é"),
        (12.0, "12"),
        (2.5, "2.5"),
        (7, "7"),
        (True, "是"),
        (date(2021, 3, 1), "2021-03-01"),
        (datetime.fromisoformat("2021-03-01"), "2021-03-01"),
        (time(8, 30), "08:30:00"),
        (float("inf"), "inf"),
        (None, ""),
    ],
)
def test_text_loses_what_cannot_be_seen_and_nothing_else(cell: Cell, expected: str) -> None:
    assert text(cell) == expected


def test_codes_are_folded_to_half_width_upper_case_without_spaces() -> None:
    assert folded(" ａb　１ 2\u200b") == "AB12"
    assert folded('="0012"') == "0012"


@pytest.mark.parametrize("cell", ["—", "无", "/", "N/A", " - "])
def test_what_says_nothing_is_empty(cell: str) -> None:
    assert optional(cell) == ""


def test_names_are_compared_without_spaces_and_with_one_kind_of_brackets() -> None:
    assert name_key("甲（富平）　公司") == name_key("甲(富平)公司") == name_key("甲【富平】 公司")
    assert name_key("ABC公司") == name_key("ａｂｃ公司")


@pytest.mark.parametrize("cell", ["是", "有", "√", "1", "Y", "ｙ", "yes", 1, 1.0, True, " 是 "])
def test_yes(cell: Cell) -> None:
    assert yes_no(cell) is True


@pytest.mark.parametrize("cell", ["否", "无", "×", "0", "N", "no", 0, 0.0, False, "Ｘ"])
def test_no(cell: Cell) -> None:
    assert yes_no(cell) is False


@pytest.mark.parametrize("cell", ["也许", "2", date(2021, 1, 1), "是否"])
def test_neither_yes_nor_no(cell: Cell) -> None:
    with pytest.raises(CellError, match="SSJ-R029"):
        yes_no(cell)


@pytest.mark.parametrize(("cell", "expected"), [("2", 2), ("２次", 2), (3.0, 3), ("无", 0), (0, 0)])
def test_counts(cell: Cell, expected: int) -> None:
    assert count(cell) == expected


@pytest.mark.parametrize("cell", ["-1", "两次", 1.5, "12345", "1.0"])
def test_no_counts(cell: Cell) -> None:
    with pytest.raises(CellError, match="SSJ-R032"):
        count(cell)


def test_lists_split_at_every_separator_in_use() -> None:
    assert several("甲,乙，丙、丁;戊；己|庚\n辛\r\n甲 、、无") == ("甲", "乙", "丙", "丁", "戊", "己", "庚", "辛")
    assert several(27001.0) == ("27001",)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("A级", "A"),
        ("Ａ", "A"),
        ("低风险(A)", "A"),
        ("b类", "B"),
        ("高", "D"),
        ("风险较高", "C"),
        ("—", ""),
        ("D（高风险）", "D"),
    ],
)
def test_risk_classes(cell: str, expected: str) -> None:
    assert risk_class(cell) == expected


@pytest.mark.parametrize("cell", ["AAA", "A或B", "E", "未评"])
def test_no_risk_classes(cell: str) -> None:
    with pytest.raises(CellError, match="SSJ-R033"):
        risk_class(cell)


def test_identity_and_telephone_numbers_are_blotted_out() -> None:
    assert mask("赵甲 110101190001010014") == "赵甲 " + "*" * 18
    assert mask("电话１３９-0000-1111") == "电话" + "*" * 11
    assert mask("91610528MA6Y2AAA23") == "91610528MA6Y2AAA23"
    assert mask("①甲公司（东）") == "①甲公司（东）"


def test_identity_numbers_are_known_by_their_check() -> None:
    assert is_identity_number("110101190001010014")
    assert not is_identity_number("110101190001010015")
    assert not is_identity_number("91610528MA6Y2AAA23")


def test_a_masked_name_keeps_its_first_character_only() -> None:
    assert mask_name("欧阳甲乙") == "欧*"
