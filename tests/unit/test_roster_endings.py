"""Totals and notes end a list, also where something stands under the number; and no firm hides behind 合计."""

from typing import Final

import pytest

from ssj_core.readers import ssj_roster_readers
from ssj_core.roster import RosterSpec, SubjectRoster, read_officers, read_subjects

READERS: Final = ssj_roster_readers()
A: Final = "91610528MA6Y2AAA23"
B: Final = "91610528MA6Y2BBBXL"
HEAD: Final = "序号,企业名称,统一社会信用代码,监管类别\n"
ONE: Final = f"1,甲公司,{A},安全\n"


def read(tail: str, head: str = HEAD, one: str = ONE) -> SubjectRoster:
    return read_subjects(f"{head}{one}{tail}\n".encode(), RosterSpec(file="s.csv"), READERS)


@pytest.mark.parametrize(
    ("tail", "kind"),
    [
        ("合计,,35,", "total"),
        ("合计,,共 35 户,", "total"),
        ("合计：,,35家企业,", "total"),
        ("合 计,35,35.0,35", "total"),
        ("总计,共1户,1,", "total"),
        ("本页小计,,１,", "total"),
        ("共35户,,35,", "total"),
        ("填表人：张三,审核人：李四,2021年1月5日,", "note"),
        ("注：,,本表一式两份,", "note"),
        ("填表人：张三,,填表日期：2021.1.5,", "note"),
        ("审核人：,,,", "note"),
    ],
)
def test_what_cannot_be_a_number_does_not_make_an_entry(tail: str, kind: str) -> None:
    roster = read(tail)
    assert roster.skipped == {3: kind}
    (note,) = roster.problems
    assert (note.code, note.severity) == ("SSJ-R011", "note")
    assert "（第 3 行）" in note.message("zh")
    assert [row.row for row in roster.rows] == [2]


@pytest.mark.parametrize(
    ("tail", "skipped"),
    [
        ("以下空白,,,", [3]),
        (",——以下空白——,,", [3]),
        ("★表示重点企业,,,", [3]),
        (",※：上年度新增,,", [3]),
        ("2021年1月5日,,,", [3]),
        (",阜平县住房和城乡建设局,,\n,2021年1月5日,,", [3, 4]),
        (",阜平县住房和城乡建设局（盖章）,,\n,,,\n,,,2021年1月5日", [3, 5]),
    ],
)
def test_who_signs_when_and_what_signs_mean_are_no_entries(tail: str, skipped: list[int]) -> None:
    roster = read(tail)
    assert [number for number, kind in roster.skipped.items() if kind == "note"] == skipped
    assert [(one.code, one.severity) for one in roster.problems] == [("SSJ-R011", "note")]


@pytest.mark.parametrize(
    "tail",
    [
        ",★甲公司,,", ",阜平县住房和城乡建设局,,", ",乙公司,,\n,2021年1月5日,,",
        f",阜平县住房和城乡建设局,,\n,2021年1月5日,,\n2,丙公司,{B},安全",
    ],
)  # fmt: skip
def test_a_name_alone_stays_an_error_unless_it_can_only_be_a_signature(tail: str) -> None:
    assert "SSJ-R013" in [one.code for one in read(tail).problems]


@pytest.mark.parametrize(
    ("tail", "said"),
    [
        (f"合计,,{B},", "像是合计行或备注行"),
        (f"合计,共 35 户,{B},", "像是合计行或备注行"),
        ("合计,,9161052,", "91610"),
        ("合计,乙公司,35,", "35"),
        ("注：,乙公司,0312-12345678,", "删去这一行"),
        ("填表人：张三,,13800000000,", "***********"),
    ],
)
def test_what_may_be_a_number_is_an_error_with_advice_that_fits(tail: str, said: str) -> None:
    roster = read(tail)
    (told,) = roster.problems
    assert (told.code, told.severity, told.row, told.field) == ("SSJ-R055", "error", 3, "统一社会信用代码")
    assert said in told.message("zh") + told.remedy("zh")
    assert [row.row for row in roster.rows] == [2]


def test_a_firm_with_a_sound_code_and_a_name_is_an_entry_whatever_its_first_cell_says() -> None:
    roster = read(f"合计,乙公司,{B},安全")
    assert [(row.row, row.name) for row in roster.rows] == [(2, "甲公司"), (3, "乙公司")]
    assert not roster.problems


@pytest.mark.parametrize("number", ["35", "SG-35", "2021年1月5日工程"])
def test_where_numbers_are_short_only_a_count_with_its_unit_is_none(number: str) -> None:
    head, one = "项目名称,施工许可证号\n", "甲项目,SG-1\n"
    assert [p.code for p in read(f"合计,{number}", head, one).problems] == ["SSJ-R055"]
    assert read("合计,35 个项目", head, one).skipped == {3: "total"}


def test_rows_behind_a_total_are_read_and_the_total_is_told() -> None:
    roster = read(f"小计,,1,\n2,乙公司,{B},安全\n合计,,2,")
    assert [row.row for row in roster.rows] == [2, 4]
    assert "合计行 2 行（第 3、5 行）" in roster.problems[0].message("zh")


def test_the_paragraphs_of_a_note_at_the_very_end_are_notes() -> None:
    roster = read("注：1.本表由股室填写。,,,\n2.每年更新一次。,,,\n,,,\n（三）盖章有效。,,,")
    assert roster.skipped == {3: "note", 4: "note", 5: "blank", 6: "note"}
    assert [p.code for p in roster.problems] == ["SSJ-R011"]


@pytest.mark.parametrize(
    "tail",
    [
        f"注：1.如下,,,\n2.乙公司,,,\n3,丙公司,{B},安全",  # an entry follows
        "2.乙公司,,,",  # no note before it
        "注：1.如下,,,\n2,乙公司,,",  # two cells
        "注：1.如下,,,\n乙公司,,,",  # no paragraph
        "注：1.如下,,,\n2.5吨货车运输公司,,,",  # a name
    ],
)
def test_a_row_that_may_be_a_firm_is_not_taken_for_a_paragraph(tail: str) -> None:
    assert "SSJ-R013" in [p.code for p in read(tail).problems]


def test_officers_are_read_the_same_way() -> None:
    text = "姓名,执法证号,有效期止,执法领域\n赵甲,27001,长期,安全\n合计,1 人,,\n"
    roster = read_officers(text.encode(), RosterSpec(file="o.csv"), READERS)
    assert roster.skipped == {3: "total"}
    roster = read_officers(text.replace("1 人", "27002").encode(), RosterSpec(file="o.csv"), READERS)
    assert [(p.code, p.row) for p in roster.problems] == [("SSJ-R055", 3)]
