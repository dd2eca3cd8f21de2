"""The subject roster: ids, fields, persons, and values derived from other columns."""

from datetime import date

import pytest

from ssj_core.model import Subject
from ssj_core.readers import ssj_roster_readers
from ssj_core.roster import Derive, RosterSpec, SubjectRoster, read_subjects
from ssj_core.rules.model import ColumnUse

READERS = ssj_roster_readers()
A, B, C = "91610528MA6Y2AAA23", "91610528MA6Y2BBBXL", "91610528MA6Y2CCC7E"
OLD = "610528000000004"


def read(content: str, *derive: Derive) -> SubjectRoster:
    return read_subjects(content.encode(), RosterSpec(file="名单.csv", derive=derive), READERS)


def test_every_field_of_a_full_row() -> None:
    roster = read(
        "统一社会信用代码,企业名称,主体类型,监管类别,监管股室,所属乡镇,住所,信用风险等级,重点企业,登记状态,"
        "最近检查时间,本年度检查次数,所属企业,回避人员\n"
        f"{A},甲（富平）公司,施工,建筑市场、工程安全,市场股,东镇,东街 1 号,B级,是,存续,2020.5.6,2,乙集团,赵甲；钱乙\n"
    )
    assert roster.problems == ()
    assert roster.rows == (
        Subject(
            id=f"uscc:{A}",
            name="甲（富平）公司",
            kind="施工",
            sectors=("建筑市场", "工程安全"),
            section="市场股",
            area="东镇",
            address="东街 1 号",
            risk_class="B",
            key=True,
            status="存续",
            last_checked=date(2020, 5, 6),
            checks_this_year=2,
            parent="乙集团",
            recused=("赵甲", "钱乙"),
            row=2,
        ),
    )


def test_how_it_was_read_is_kept_for_the_record() -> None:
    data = f"统一社会信用代码,企业名称,备注\n{A},甲,—\n".encode("gbk")
    roster = read_subjects(data, RosterSpec(file="名单.csv"), READERS)
    assert (roster.file, roster.encoding, roster.reader, roster.header_row) == ("名单.csv", "gb18030", "readers.csv", 1)
    assert len(roster.sha256) == 64


@pytest.mark.parametrize(
    ("row", "ident"),
    [
        (f"{A.lower()},,,甲", f"uscc:{A}"),
        (f",{OLD},,甲", f"regno:{OLD}"),
        (f"无,{OLD},陕-1,甲", f"regno:{OLD}"),
        (",,陕建施［2021］ 001,甲", "permit:陕建施[2021]001"),
        (f"{OLD},,,甲", f"regno:{OLD}"),
        (f",{A},,甲", f"uscc:{A}"),
    ],
)
def test_the_first_number_a_row_has_is_its_id(row: str, ident: str) -> None:
    roster = read(f"统一社会信用代码,注册号,施工许可证号,企业名称\n{row}\n")
    assert [one.id for one in roster.rows] == [ident]


@pytest.mark.parametrize(("code", "ident"), [(A, f"uscc:{A}"), (OLD, f"regno:{OLD}"), ("XM-7", "permit:XM-7")])
def test_a_column_called_number_is_judged_by_what_it_holds(code: str, ident: str) -> None:
    assert read(f"编号,名称\n{code},甲\n").rows[0].id == ident


def test_a_qualification_certificate_does_not_identify_a_firm_but_a_person() -> None:
    head = "统一社会信用代码,证书编号,名称,对象类别\n"
    assert read(f"{head},D1,甲,施工\n").problems[0].code == "SSJ-R013"
    assert read(f"{head},D1,赵甲,人员\n").rows[0].id == "permit:D1"


@pytest.mark.parametrize("kind", ["人员", "从业人员", "个人"])
def test_names_of_persons_are_masked_as_they_are_read(kind: str) -> None:
    roster = read(f"证书编号,名称,对象类别\nD1,赵甲乙,{kind}\nD2,赵丙,{kind}\n")
    assert [one.name for one in roster.rows] == ["赵*", "赵*"]
    assert [one.code for one in roster.problems] == ["SSJ-R037"]
    assert "赵甲乙" not in repr(roster)


def test_a_roster_headed_by_a_persons_name_is_one_of_persons() -> None:
    (row,) = read("证书编号,姓名\nD1,赵甲乙\n").rows
    assert (row.name, row.kind) == ("赵*", "人员")


def test_a_person_by_derived_kind_is_masked_too() -> None:
    rule = Derive(field="kind", value="人员", column="备考", contains=("注册",))
    (row,) = read("证书编号,名称,备考\nD1,赵甲乙,注册建造师\n", rule).rows
    assert row.name == "赵*"


def test_values_are_derived_from_another_column_and_never_overwrite() -> None:
    rules = (
        Derive(field="sectors", value="房地产", column="经营范围", contains=("房地产",), without=("不含房地产",)),
        Derive(field="sectors", value="物业", column="经营范围", contains=("物业",)),
        Derive(field="kind", value="开发", column="经营范围", contains=("房地产开发",)),
        Derive(field="kind", value="其他", column="经营范围", contains=("",)),
        Derive(field="section", value="房产股", column="企业名称", contains=("房（",)),
    )
    roster = read(
        f"统一社会信用代码,企业名称,监管类别,经营范围\n{A},甲房(富平),,房 地产开发；物业服务\n{B},乙,燃气,物业\n",
        *rules,
    )
    assert [(one.sectors, one.kind, one.section) for one in roster.rows] == [
        (("房地产", "物业"), "开发", "房产股"),
        (("燃气",), "其他", ""),
    ]


def test_derive_may_not_look_at_personal_columns() -> None:
    rule = Derive(field="kind", value="x", column="法定代表人", contains=("赵",))
    roster = read(f"统一社会信用代码,企业名称,法定代表人\n{A},甲,赵甲\n", rule)
    assert [one.code for one in roster.problems] == ["SSJ-R005", "SSJ-R008"]


def test_two_numbers_with_one_name_are_an_error_within_a_kind_and_a_warning_beyond() -> None:
    head = "统一社会信用代码,企业名称,企业类型\n"
    (told,) = read(f"{head}{A},甲,施工企业\n{B},甲,建设单位\n").problems
    assert (told.code, told.severity, told.row, told.params["other"]) == ("SSJ-R046", "warning", 3, "2")
    codes = [one.code for one in read(f"{head}{A},甲,施工\n{B},甲,监理\n{C},甲,监理\n").problems]
    assert codes == ["SSJ-R016", "SSJ-R046"]
    (told,) = read(f"{head}{A},甲,施工\n{B},甲 ,施工\n").problems
    assert (told.code, told.row, told.params["other"]) == ("SSJ-R016", 3, "2")


def test_an_identity_number_is_refused_as_a_number_and_not_shown() -> None:
    for head in ("统一社会信用代码", "施工许可证号", "编号"):
        (told,) = [one for one in read(f"{head},名称\n110101190001010014,甲\n").problems if one.severity == "error"]
        assert told.code == "SSJ-R026"
        assert "110101" not in told.message("zh") + told.value


def test_a_mistake_in_an_optional_cell_does_not_hide_the_others() -> None:
    roster = read(f"统一社会信用代码,企业名称,重点企业,上次检查日期\n{A[:-1]},,也许,2021-02-30\n")
    assert sorted(one.code for one in roster.problems) == ["SSJ-R014", "SSJ-R019", "SSJ-R028", "SSJ-R029"]


def test_yes_and_no_of_a_column_that_a_rule_asks_for() -> None:
    """In one form, whatever the office writes; what is neither is told."""
    asked = [ColumnUse(name="双公示", kind="yes-no")]
    content = f"统一社会信用代码,企业名称,双公示\n{A},甲,√\n{B},乙,否\n{C},丙,\n{{}}"
    roster = read_subjects(content.format("").encode(), RosterSpec(file="名单.csv"), READERS, asked)
    assert [one.extra["双公示"] for one in roster.rows] == ["是", "否", ""]
    wrong = read_subjects(content.replace("√", "也许").format("").encode(), RosterSpec(file="名单.csv"), READERS, asked)
    assert [(p.code, p.row, p.field, p.value) for p in wrong.problems] == [("SSJ-R029", 2, "双公示", "也许")]
