"""What is told, and what must not be: numbers of persons, endless cells, one mistake seven hundred times."""

import pytest

from ssj_core.problems import Problem
from ssj_core.readers import ssj_roster_readers
from ssj_core.readers.brief import LONGEST
from ssj_core.roster import Derive, RosterSpec, SubjectRoster, read_officers, read_subjects
from ssj_core.roster.creditcode import check_character, faults
from ssj_core.roster.personal import has_personal_number
from ssj_core.roster.privacy import is_identity_number

READERS = ssj_roster_readers()
A = "91610528MA6Y2AAA23"


def read(content: str, *derive: Derive, **known: str) -> SubjectRoster:
    return read_subjects(content.encode(), RosterSpec(file="名单.csv", derive=derive, **known), READERS)  # type: ignore[arg-type]


def said(problems: tuple[Problem, ...]) -> str:
    return "".join(f"{one!r}{one.message('zh')}{one.remedy('en')}" for one in problems)


@pytest.mark.parametrize(
    "number", ["13900001111", "139-0000-1111", "+86 13900001111", "１３９００００１１１１", "110101190001010014"]
)
@pytest.mark.parametrize(
    "header", ["住所", "企业名称", "企业类型", "监管类别", "所属乡镇", "登记状态", "所属企业", "风险等级"]
)
def test_a_personal_number_in_a_column_that_is_recorded_is_an_error_and_blotted_out(header: str, number: str) -> None:
    name = "" if header == "企业名称" else "企业名称,"
    roster = read(f"统一社会信用代码,{name}{header}\n{A},{name and '甲,'}东街（{number}）\n")
    (told,) = [one for one in roster.problems if one.severity == "error"]
    assert (told.code, told.row, told.field) == ("SSJ-R047", 2, header)
    assert "***" in told.message("zh")
    assert number[-8:] not in said(roster.problems) + repr(roster.rows)


def test_a_personal_number_of_an_officer_is_an_error_too() -> None:
    data = "执法证号,姓名,科室,有效期止,执法领域\n13027000001,赵甲13900001111,安全股,长期,安全\n".encode()
    roster = read_officers(data, RosterSpec(file="x"), READERS)
    assert [(one.code, one.field) for one in roster.problems] == [("SSJ-R047", "姓名")]
    assert "1390000" not in said(roster.problems) + repr(roster.rows)


@pytest.mark.parametrize("text", ["东街 12 号", "0913-8212345", "213900001111", "139000011112", "110101190001010015"])
def test_other_numbers_are_none_of_a_person(text: str) -> None:
    assert not has_personal_number(text)


def test_a_number_that_is_a_sound_credit_code_is_none_of_a_person() -> None:
    made = (f"91010119{year}0101{tail:03}" for year in range(1900, 2026) for tail in range(1000))
    both = next(
        code
        for first in made
        if is_identity_number(code := first[:17] + check_character(first[:17]))
        and all(fault.problem == "SSJ-R023" for fault in faults(code))
    )
    assert not has_personal_number(f"甲（{both}）")


def test_a_roster_without_its_column_of_numbers_is_told_once() -> None:
    rows = "".join(f"{A},,第{n}家\n" for n in range(740))
    roster = read(f"代码,施工许可证编号,企业名称\n,陕-1,甲\n{rows}")
    (told,) = [one for one in roster.problems if one.severity == "error"]
    assert (told.code, told.row, told.params["count"], told.params["total"]) == ("SSJ-R048", 1, "740", "741")
    assert "表头里的编号列是：施工许可证编号；没有读的列：代码" in told.message("zh")
    assert "3、4、5" in told.message("zh")
    assert "统一社会信用代码" in told.remedy("zh")


def test_a_column_of_numbers_that_is_mostly_empty_is_named() -> None:
    roster = read("信用代码,企业名称\n" + "".join(f",第{n}家\n" for n in range(5)))
    assert [one.code for one in roster.problems] == ["SSJ-R048"]
    assert "信用代码" in roster.problems[0].remedy("zh")


def test_half_of_the_rows_without_number_are_told_one_by_one() -> None:
    good = "".join(f"陕-{n},甲{n}\n" for n in range(5))
    roster = read("施工许可证号,项目名称\n" + good + "".join(f",乙{n}\n" for n in range(5)))
    assert [one.code for one in roster.problems] == ["SSJ-R013"] * 5


@pytest.mark.parametrize("header", ["统一社会信用代码", "上次检查日期", "重点企业", "风险等级", "回避人员", "某列"])
def test_a_very_long_cell_or_header_is_cut(header: str) -> None:
    long = "甲" * 100_000
    row = f"{A},乙" if header == "统一社会信用代码" else f"{A},乙,{long}"
    head = "统一社会信用代码,企业名称" + ("" if header == "统一社会信用代码" else f",{header}")
    roster = read(f"{head}{long if header == '某列' else ''}\n{row.replace(A, long) if header[0] == '统' else row}\n")
    assert "…" in said(roster.problems) or header == "回避人员"
    assert max(len(one.value) for one in roster.problems) <= LONGEST if roster.problems else True
    assert len(said(roster.problems)) < 2000


def test_a_sheet_named_for_a_text_file_is_warned_of() -> None:
    (told,) = read(f"统一社会信用代码,企业名称\n{A},甲\n", sheet="名单").problems
    assert (told.code, told.severity, told.value) == ("SSJ-F022", "warning", "名单")


def test_a_column_derive_looks_at_is_not_said_to_be_unread() -> None:
    rule = Derive(field="kind", value="施工", column="经营范围", contains=("施工",))
    content = f"统一社会信用代码,企业名称,经营范围,别的\n{A},甲,施工,—\n"
    roster = read(content, rule)
    assert (roster.left_out, [one.params["headers"] for one in roster.problems]) == (("别的",), ["别的"])
    assert read(content).left_out == ("经营范围", "别的")
