"""The officer roster, and recusals between the two rosters."""

from datetime import date

import pytest

from ssj_core.model import NO_EXPIRY, Leave, Officer
from ssj_core.readers import ssj_roster_readers
from ssj_core.roster import (
    OfficerRoster,
    RosterSpec,
    SubjectRoster,
    cross_check,
    read_officers,
    read_subjects,
    resolve_recusals,
)

READERS = ssj_roster_readers()
A, B = "91610528MA6Y2AAA23", "91610528MA6Y2BBBXL"


def officers(content: str) -> OfficerRoster:
    """Read a roster; where validity and fields are not what a test is about they are put in."""
    if "有效期" not in content:
        head, *rows = content.splitlines()
        content = "\n".join([f"{head},有效期止,执法领域", *(f"{row},长期,安全" for row in rows)])
    return read_officers(content.encode(), RosterSpec(file="人员.csv"), READERS)


def subjects(content: str) -> SubjectRoster:
    return read_subjects(content.encode(), RosterSpec(file="对象.csv"), READERS)


def test_every_field_of_a_full_row() -> None:
    roster = officers(
        "姓名,股室,执法证号,有效期止,执法领域,是否可参加,请假期间,回避对象\n"
        "赵甲,市场股,陕A 27001,2024年1月1日,建筑市场、工程安全,是,2021-03-01至2021-03-10,甲公司\n"
    )
    assert roster.problems == ()
    assert roster.rows == (
        Officer(
            id="officer:陕A27001",
            name="赵甲",
            section="市场股",
            certificate="陕A27001",
            valid_until=date(2024, 1, 1),
            fields=("建筑市场", "工程安全"),
            available=True,
            leave=(Leave(first=date(2021, 3, 1), last=date(2021, 3, 10)),),
            recused=("甲公司",),
            row=2,
        ),
    )


def test_without_certificate_the_staff_number_is_the_id() -> None:
    roster = officers("工号,姓名,执法证号\n0007,赵甲,\n0008,钱乙,27002\n")
    assert [(one.id, one.certificate) for one in roster.rows] == [("officer:0007", ""), ("officer:27002", "27002")]
    assert [(one.code, one.row) for one in roster.problems] == [("SSJ-R038", 2)]


@pytest.mark.parametrize(
    ("row", "available"),
    [("是,有效,在岗", True), (",,", True), ("否,有效,在岗", False), ("是,注销,在岗", False), ("是,有效,退休", False)],
)
def test_who_cannot_take_part_is_not_available(row: str, available: bool) -> None:
    roster = officers(f"姓名,执法证号,是否可参加,证件状态,人员状态\n赵甲,27001,{row}\n")
    assert roster.problems == ()
    assert roster.rows[0].available is available


HEAD = "姓名,工号,执法证号,有效期止,执法领域"


@pytest.mark.parametrize("ending", ["长期", "无固定期限"])
def test_no_end_of_validity_must_be_written(ending: str) -> None:
    roster = officers(f"{HEAD}\n赵甲,1,27001,{ending},安全\n")
    assert (roster.problems, roster.rows[0].valid_until) == ((), NO_EXPIRY)


@pytest.mark.parametrize(("cell", "code"), [("", "SSJ-R044"), ("—", "SSJ-R027")])
def test_a_certificate_with_a_blank_end_of_validity_is_an_error(cell: str, code: str) -> None:
    (told,) = officers(f"{HEAD}\n赵甲,1,27001,{cell},安全\n").problems
    assert (told.code, told.severity, told.row, told.field) == (code, "error", 2, "有效期止")
    assert "长期" in told.remedy("zh")


def test_without_a_certificate_there_is_no_end_of_validity() -> None:
    assert [one.code for one in officers(f"{HEAD}\n赵甲,1,,,安全\n").problems] == ["SSJ-R038"]


def test_columns_no_draw_can_do_without_are_told_once_and_beside_the_mistakes_of_the_rows() -> None:
    roster = read_officers(
        "姓名,执法证号,执法类\n赵甲,27001,安全\n,27002,安全\n".encode(), RosterSpec(file="x"), READERS
    )
    told = [(one.code, one.field, one.row) for one in roster.problems if one.severity == "error"]
    assert told == [("SSJ-R002", "有效期止", 1), ("SSJ-R002", "执法领域", 1), ("SSJ-R014", "姓名", 3)]
    assert any("执法类" in one.message("zh") for one in roster.problems)


def test_an_officer_without_field_is_told_by_name() -> None:
    (told,) = officers(f"{HEAD}\n赵甲,1,27001,长期,无\n").problems
    assert (told.code, told.severity, told.value) == ("SSJ-R045", "warning", "赵甲")


def test_identity_numbers_in_the_roster_are_never_read() -> None:
    roster = officers("姓名,身份证号,手机号,性别,执法证号\n赵甲,110101190001010014,13900001111,男,27001\n")
    assert [one.code for one in roster.problems] == ["SSJ-R005"]
    assert "110101" not in repr(roster)
    assert "1390000" not in repr(roster)


def test_recusals_become_ids_by_name_number_or_id() -> None:
    firms = subjects(
        f"统一社会信用代码,企业名称,回避人员\n{A},甲（富平）公司,赵甲、27002\n{B},乙公司,officer:27001、无\n"
    )
    people = officers(f"执法证号,姓名,回避对象\n27001,赵甲,{B.lower()}；甲(富平) 公司\n27002,钱乙,uscc:{A}\n")
    resolved, helpers, problems = resolve_recusals(firms, people)
    assert problems == ()
    assert [one.recused for one in resolved.rows] == [("officer:27001", "officer:27002"), ("officer:27001",)]
    assert [one.recused for one in helpers.rows] == [(f"uscc:{B}", f"uscc:{A}"), (f"uscc:{A}",)]


def test_resolving_twice_changes_nothing() -> None:
    firms = subjects(f"统一社会信用代码,企业名称,回避人员\n{A},甲,赵甲\n")
    people = officers("执法证号,姓名,回避对象\n27001,赵甲,甲\n")
    once = resolve_recusals(firms, people)
    assert resolve_recusals(once[0], once[1]) == once


def test_an_unknown_name_is_dropped_and_told_with_the_nearest() -> None:
    firms = subjects(f"统一社会信用代码,企业名称,回避人员\n{A},甲公司,赵甲丙\n")
    people = officers("执法证号,姓名\n27001,赵甲乙\n")
    resolved, _, (told,) = resolve_recusals(firms, people)
    assert resolved.rows[0].recused == ()
    assert (told.code, told.file, told.row, told.field) == ("SSJ-R034", "对象.csv", 2, "回避人员")
    assert "赵甲乙" in told.message("zh")


def test_a_name_two_officers_share_is_an_error_and_their_number_is_not() -> None:
    firms = subjects(f"统一社会信用代码,企业名称,回避人员\n{A},甲,赵甲\n{B},乙,27002\n")
    people = officers("执法证号,姓名\n27001,赵甲\n27002,赵 甲\n")
    (told,) = cross_check(firms, people)
    assert (told.code, told.severity, told.params["ids"]) == ("SSJ-R035", "error", "27001, 27002")


def test_a_masked_person_is_recused_by_number_only() -> None:
    people = subjects("证书编号,姓名\nD1,赵甲乙\n")
    helpers = officers("执法证号,姓名,回避对象\n27001,钱乙,赵*\n27002,孙丙,D1\n")
    _, resolved, problems = resolve_recusals(people, helpers)
    assert [one.recused for one in resolved.rows] == [(), ("permit:D1",)]
    assert [one.code for one in problems] == ["SSJ-R034"]
