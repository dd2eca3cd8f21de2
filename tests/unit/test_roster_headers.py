"""Finding the header row and the columns, and leaving out what is no entry."""

from collections.abc import Mapping

import pytest

from ssj_core.model import UnitKind
from ssj_core.readers import ssj_roster_readers
from ssj_core.roster import Derive, RosterSpec, SubjectRoster, read_officers, read_subjects
from ssj_core.roster.sectorless import tell_sectorless
from ssj_core.rules.columns import find
from ssj_core.rules.model import ColumnUse

READERS = ssj_roster_readers()
A, B = "91610528MA6Y2AAA23", "91610528MA6Y2BBBXL"


def read(content: str, columns: Mapping[str, str] | None = None) -> SubjectRoster:
    return read_subjects(content.encode(), RosterSpec(file="名单.csv", columns=columns or {}), READERS)


def codes(roster: SubjectRoster) -> list[str]:
    return [one.code for one in roster.problems]


def test_the_header_is_found_below_titles_and_told() -> None:
    roster = read(f"检查对象名录库,,\n填报单位：某局,,\n序号,统一社会信用代码,企业名称\n1,{A},甲\n")
    assert (roster.header_row, roster.rows[0].row) == (3, 4)
    assert roster.columns == {"统一社会信用代码": "uscc", "企业名称": "name"}
    assert roster.left_out == ("序号",)
    assert roster.problems == ()


@pytest.mark.parametrize(
    "header", ["企业名称（必填）", "*企业名称", "企 业 名 称", "企业名称：", "企业名称\u200b", "企业名称【全称】"]
)
def test_headers_are_known_with_marks_spaces_and_notes(header: str) -> None:
    assert read(f"统一社会信用代码,{header}\n{A},甲\n").rows[0].name == "甲"


def test_a_header_over_several_lines_is_known() -> None:
    assert read(f'统一社会信用代码,"企业名称\n（全称）"\n{A},甲\n').rows[0].row == 3


def test_nothing_is_mapped_by_likeness() -> None:
    roster = read(f"统一社会信用代码,企业名\n{A},甲\n")
    missing = next(one for one in roster.problems if one.code == "SSJ-R002")
    assert "企业名" in missing.params["nearest"]
    assert roster.rows == ()


def test_the_plan_maps_headers_we_do_not_know() -> None:
    roster = read(f"代号,企业名称,组\n{A},甲,东\n", {"代号": "uscc", "组": "area"})
    assert (roster.rows[0].id, roster.rows[0].area) == (f"uscc:{A}", "东")


def test_the_plan_goes_before_the_synonyms_and_may_ignore_a_column() -> None:
    roster = read(f"统一社会信用代码,企业名称,项目名称\n{A},甲,甲楼\n", {"项目名称": "name"})
    assert roster.rows[0].name == "甲楼"
    roster = read(f"统一社会信用代码,施工许可证号,项目名称\n{A},陕-1,甲楼\n", {"统一社会信用代码": "ignore"})
    assert roster.rows[0].id == "permit:陕-1"


def test_personal_columns_are_named_once_and_their_values_never() -> None:
    roster = read(
        f"统一社会信用代码,企业名称,法定代表人,联系手机号,重点企业\n{A},甲,赵甲乙,13900001111,13900001111\n",
    )
    note = next(one for one in roster.problems if one.code == "SSJ-R005")
    assert note.params["headers"] == "法定代表人、联系手机号"
    told = "".join(one.message("zh") + one.value + repr(one.params) for one in roster.problems)
    assert "赵甲乙" not in told
    assert "13900001111" not in told


def test_an_officer_roster_with_unit_and_section_reads_the_section() -> None:
    data = "姓名,单位,股室,执法证号\n赵甲,某局,市场股,27001\n".encode()
    assert read_officers(data, RosterSpec(file="x"), READERS).rows[0].section == "市场股"
    data = "姓名,单位,执法证号\n赵甲,某局,27001\n".encode()
    assert read_officers(data, RosterSpec(file="x"), READERS).rows[0].section == "某局"


def test_rows_that_are_no_entries_are_skipped_and_counted() -> None:
    roster = read(
        f"序号,统一社会信用代码,企业名称\n1,{A},甲\n2,,\n\n序号,统一社会信用代码,企业名称\n3,{B},乙\n"
        "合 计,,2 家\n总计：,,\n注：以上为全部企业,,\n填表人：赵甲,,\n\n\n"
    )
    assert [one.row for one in roster.rows] == [2, 6]
    (note,) = roster.problems
    assert note.params["skipped"] == (
        "空行 2 行（第 3、4 行）、合计行 2 行（第 7、8 行）、说明行 2 行（第 9、10 行）、重复的表头 1 行（第 5 行）"
    )


def test_a_firm_whose_name_begins_like_a_note_is_an_entry() -> None:
    roster = read(f"企业名称,统一社会信用代码\n说明书印刷厂,{A}\n总计工程公司,{B}\n")
    assert [one.name for one in roster.rows] == ["说明书印刷厂", "总计工程公司"]
    assert codes(read("企业名称,统一社会信用代码\n总计工程公司,\n")) == ["SSJ-R013"]


def test_all_mistakes_are_told_at_once() -> None:
    bad = "".join(f"{A[:-1]},第{number}家\n" for number in range(200))
    assert codes(read("统一社会信用代码,企业名称\n" + bad)) == ["SSJ-R019"] * 200


def test_a_file_without_a_header_says_so_once() -> None:
    assert codes(read("甲,乙\n丙,丁\n")) == ["SSJ-R001"]


# --- columns that rules ask for


def asked(unit: UnitKind, *names: str) -> list[ColumnUse]:
    return [use for name in names if (use := find(unit, name).use("text"))]


def unanswered(content: str, *names: str, derive: tuple[Derive, ...] = ()) -> list[str]:
    roster = read_subjects(content.encode(), RosterSpec(file="x", derive=derive), READERS, asked("subject", *names))
    return [one.value for one in roster.problems if one.code == "SSJ-R060"]


@pytest.mark.parametrize(
    "name", ["信用风险等级", "风险等级", "辖区", "重点企业", "登记状态", "本年度检查次数", "所属企业"]
)
def test_a_known_column_that_a_rule_asks_for_must_be_there(name: str) -> None:
    assert unanswered(f"统一社会信用代码,企业名称\n{A},甲\n", name) == [name]
    assert unanswered(f"统一社会信用代码,企业名称,{name}\n{A},甲,\n", name) == []


def test_a_column_asked_for_in_two_spellings_is_told_once_and_found_under_any_third() -> None:
    spellings = ("辖区", "所属乡镇")
    assert unanswered(f"统一社会信用代码,企业名称\n{A},甲\n", *spellings) == ["辖区"]
    assert unanswered(f"统一社会信用代码,企业名称,片区\n{A},甲,东\n", *spellings) == []


def test_a_sector_that_the_plan_gives_to_all_is_there() -> None:
    content = f"统一社会信用代码,企业名称\n{A},甲\n".encode()
    for given, told in (((), ["SSJ-R060"]), (("安全",), [])):
        roster = read_subjects(content, RosterSpec(file="x", sectors=given), READERS, asked("subject", "监管类别"))
        assert [p.code for p in roster.problems] == told
        assert [row.sectors for row in roster.rows] == [given], "the row is read all the same"


def test_what_is_derived_or_follows_from_the_roster_is_there() -> None:
    kind = Derive(field="kind", value="施工企业", column="资质", contains=("总承包",))
    assert unanswered(f"统一社会信用代码,企业名称,资质\n{A},甲,总承包\n", "企业类型", derive=(kind,)) == []
    assert unanswered("证书编号,姓名\n岗-1,赵甲\n", "类型", "名称", "证书编号", "本年度抽到次数") == []
    assert unanswered(f"统一社会信用代码,企业名称\n{A},甲\n", "名称", "施工许可证号") == [], "the number, whichever"


@pytest.mark.parametrize(
    ("header", "name", "told"),
    [
        ("姓名,执法证号,科室", "股室", False),
        ("姓名,执法证号,单位", "股室", False),
        ("姓名,执法证号", "股室", True),
        ("姓名,执法证号", "资格", True),
        ("姓名,执法证号,在岗状态", "是否可参加", False),
        ("姓名,执法证号", "是否可参加", True),
    ],
)
def test_a_known_column_of_officers_likewise(header: str, name: str, told: bool) -> None:
    data = f"{header}\n赵甲,27001,在岗\n".encode()
    roster = read_officers(data, RosterSpec(file="x"), READERS, asked("officer", name))
    found = [one for one in roster.problems if one.code == "SSJ-R060"]
    assert [one.value for one in found] == ([name] if told else [])
    assert all("[rosters.officers.columns]" in one.remedy("zh") for one in found)


def test_the_rows_are_checked_where_only_a_column_of_the_rules_or_of_no_row_is_amiss() -> None:
    data = f"统一社会信用代码,企业名称,辖区,片区\n{A},甲,,\n{B[:-1]},乙,,\n".encode()
    roster = read_subjects(data, RosterSpec(file="x"), READERS, asked("subject", "重点企业"))
    assert [(one.code, one.row) for one in roster.problems] == [
        ("SSJ-R003", 1), ("SSJ-R060", 1), ("SSJ-R019", 3)
    ]  # fmt: skip
    assert [row.name for row in roster.rows] == ["甲"]


@pytest.mark.parametrize("header", ["统一社会信用代码,辖区", "统一社会信用代码,企业名称,单位名称"])
def test_no_row_is_checked_where_the_number_or_the_name_is_missing_or_doubled(header: str) -> None:
    roster = read_subjects(
        f"{header}\n{A[:-1]},甲,甲\n".encode(), RosterSpec(file="x"), READERS, asked("subject", "重点企业")
    )
    assert roster.rows == ()
    assert "SSJ-R019" not in codes(roster)
    assert codes(roster)[-1] == "SSJ-R060", "what else the header lacks is told all the same"


def test_where_no_header_is_known_the_first_row_of_texts_is_told_with_what_its_columns_may_be() -> None:
    roster = read(f"检查对象名单,,\n单位全称,社会统一信用代码,监管类型\n甲公司,{A},安全\n")
    (told,) = roster.problems
    assert "第 2 行像是表头" in told.message("zh")
    assert told.remedy("zh").endswith(
        '[rosters.subjects.columns]\n"单位全称" = "name"\n"社会统一信用代码" = "uscc"\n"监管类型" = "sectors"'
    )
    (told,) = read("甲,乙\n丙,丁\n").problems
    assert "[" not in told.remedy("zh"), "nothing is like any of them"


def test_a_renamed_column_of_sectors_is_told_in_one_place() -> None:
    roster = read(f"统一社会信用代码,企业名称,监管类型\n{A},甲,安全\n")
    assert not any("sectors" in one.remedy("zh") for one in roster.problems if one.code == "SSJ-R004")
    (told,) = tell_sectorless(roster, "SSJ-R059")
    assert '"监管类型" = "sectors"' in told.remedy("zh")
    assert "derive" not in told.remedy("zh")


TWO_ROWS = (
    "检查对象名录,,,,,,,,\n"
    "序号,基本信息,,监管类别,联系方式,,负责人,,上次检查日期\n"
    ",统一社会信用代码,企业名称,,法定代表人,联系电话,姓名,职务,\n"
)
TWO_ROWS_ENTRY = f"1,{A},甲公司,建筑市场监督,赵甲乙,0310-1234567,钱丙丁,经理,2021-01-15\n"


def test_a_header_over_two_rows_is_one() -> None:
    roster = read(TWO_ROWS + TWO_ROWS_ENTRY)
    assert roster.header_row == 3
    assert roster.columns == {
        "统一社会信用代码": "uscc",
        "企业名称": "name",
        "监管类别": "sectors",
        "上次检查日期": "last_checked",
    }
    assert [(one.id, one.name, one.row) for one in roster.rows] == [(f"uscc:{A}", "甲公司", 4)]
    assert "钱丙丁" not in repr(roster)


def test_two_rows_of_headers_may_share_what_must_be_there_between_them() -> None:
    roster = read(f"统一社会信用代码,企业名称,检查情况,\n,,上次检查日期,本年度检查次数\n{A},甲,2021-01-15,2\n")
    assert (roster.header_row, roster.rows[0].checks_this_year) == (2, 2)
    assert not [one for one in roster.problems if one.severity == "error"]


def test_a_repeated_header_over_two_rows_is_no_entry() -> None:
    body = TWO_ROWS.partition("\n")[2]
    roster = read(TWO_ROWS + TWO_ROWS_ENTRY + body + TWO_ROWS_ENTRY.replace(A, B).replace("甲公司", "乙公司"))
    assert [one.row for one in roster.rows] == [4, 7]
    assert dict(roster.skipped) == {5: "header", 6: "header"}


@pytest.mark.parametrize(
    "above",
    ["检查对象名录,,", "检查对象,,", "填报单位：某局,,2021年1月", "必填,必填,选填", "统一社会信用代码,企业名称,备注"],
)
def test_what_stands_above_one_row_of_headers_is_no_group(above: str) -> None:
    roster = read(f"{above}\n统一社会信用代码,企业名称,辖区\n{A},甲,东\n")
    assert roster.columns == {"统一社会信用代码": "uscc", "企业名称": "name", "辖区": "area"}
    assert len(roster.rows) == 1


def test_a_column_of_serial_numbers_or_persons_is_never_proposed_for_a_missing_one() -> None:
    roster = read(f"序号,企业名称,法定代表人名称\n1,甲,赵甲乙\n2,{A},钱丙\n")
    missing = next(one for one in roster.problems if one.code == "SSJ-R002")
    assert "序号" not in missing.remedy("zh") + missing.message("zh")
    assert "法定代表人" not in missing.remedy("zh") + missing.message("zh")
