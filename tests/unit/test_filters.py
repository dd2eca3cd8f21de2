"""Filters as data: every operator, on fields and on other columns; what is wrong is told with its place."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from ssj_core.model import Leave, Officer, Subject
from ssj_core.problems import InputError
from ssj_core.rules.columns import DRAWN_THIS_YEAR, suggested, told
from ssj_core.rules.conditions import OPERATORS
from ssj_core.rules.filters import load_filter
from ssj_core.rules.model import ColumnUse, Context, EligibilityRule
from ssj_core.rules.timeline import NotInForceError, version_on, versions

CONTEXT = Context(year=2026, start=date(2026, 3, 2), end=date(2026, 4, 30))
FIRM = Subject(
    id="uscc:91350200MA2XN0001A", name="甲（集团）公司", kind="批发企业", sectors=("食品", "药品"), area="城关镇",
    risk_class="B", key=True, last_checked=date(2026, 1, 5), checks_this_year=2, drawn_this_year=1,
    extra={"注册资本": "1200.5", "发证日期": "2026-02-01", "经营类型": "连锁 总部", "备案": ""},
)  # fmt: skip
OFFICER = Officer(
    id="officer:7", name="某", section="一股", fields=("食品",), available=True, valid_until=date(2027, 1, 1)
)


def table(*conditions: str, how: str = "keep", more: str = "", basis: str = '{ title = "文", mark = "seed" }') -> bytes:
    head = f'format = "ssj-filter/1"\nid = "x.f"\ntitle = "筛选"\n{more}'
    head += "[[in_force]]\nsince = 2026-01-01\nreviewed_until = 2026-12-31\n"
    listed = ", ".join("{ " + c + " }" for c in conditions)
    return f'{head}reason = "不在范围内"\nbasis = [{basis}]\n{how} = [{listed}]\n'.encode()


def rule(*conditions: str, how: str = "keep", more: str = "") -> EligibilityRule:
    return load_filter(table(*conditions, how=how, more=more), "x/f.toml")


def keeps(condition: str, subject: Subject = FIRM) -> bool:
    return rule(condition).check(subject, CONTEXT) is None  # type: ignore[arg-type]


def wrong(data: bytes) -> list[tuple[str, int | None, str]]:
    with pytest.raises(InputError) as caught:
        load_filter(data, "x/f.toml")
    return [(p.code, p.row, p.field) for p in caught.value.problems]


@pytest.mark.parametrize(
    ("condition", "kept"),
    [
        ('column = "企业类型", equals = "批发企业"', True),
        ('column = "类型", equals = "零售企业"', False),
        ('column = "名称", equals = "甲(集团)公司"', True),
        ('column = "类型", differs = "零售企业"', True),
        ('column = "信用风险等级", one_of = ["Ａ", "ｂ"]', True),
        ('column = "信用风险等级", none_of = ["A", "B"]', False),
        ('column = "监管类别", equals = "药品"', True),
        ('column = "监管类别", contains = ["械", "药"]', True),
        ('column = "监管类别", lacks = ["药"]', False),
        ('column = "监管类别", contains = ["械", "烟"]', False),
        ('column = "监管类别", lacks = ["械", "烟"]', True),
        ('column = "备案", contains = ["有"]', False),
        ('column = "统一社会信用代码", contains = ["913502"]', True),
        ('column = "重点企业", equals = true', True),
        ('column = "重点企业", differs = true', False),
        ('column = "上次检查日期", before = 2026-01-05', False),
        ('column = "上次检查日期", before = 2026-01-06', True),
        ('column = "上次检查日期", after = 2026-01-04', True),
        ('column = "上次检查日期", after = 2026-01-05', False),
        ('column = "上次检查日期", within_days = 55', False),
        ('column = "上次检查日期", within_days = 56', True),
        ('column = "本年度检查次数", at_least = 2', True),
        ('column = "本年度检查次数", at_least = 2, at_most = 1', False),
        (f'column = "{DRAWN_THIS_YEAR}", equals = 1', True),
        ('column = "注册资本", more_than = 1200', True),
        ('column = "注册资本", less_than = 1201', True),
        ('column = "注册资本", at_most = 1200', False),
        ('column = "注册资本", equals = 1200', False),
        ('column = "注册资本", at_least = "1200.5"', True),
        ('column = "注册资本", more_than = "1,200.50"', False),
        ('column = "注册资本", less_than = "1200.500001"', True),
        ('column = "注册资本", at_least = 0, equals = "1,200.50"', True),
        ('column = "注册资本", more_than = "-0.5", one_of = [3, "1200.50"]', True),
        ('column = "注册资本", at_least = 0, none_of = ["1200.5"]', False),
        ('column = "注册资本", equals = "1200"', False),
        ('column = "本年度检查次数", equals = "2.0"', True),
        ('column = "本年度检查次数", less_than = "2.5", differs = "2.5"', True),
        ('column = "发证日期", after = 2026-01-31', True),
        ('column = "发证日期", equals = 2026-02-01', True),
        ('column = "经营类型", contains = ["总部"]', True),
        ('column = "备案", missing = true', True),
        ('column = "备案", missing = false', False),
        ('column = "备案", equals = "有"', False),
        ('column = "备案", none_of = ["有"]', True),
        ('column = "备案", lacks = ["有"]', True),
        ('column = "经营状态", missing = true', True),
    ],
)  # fmt: skip
def test_every_operator(condition: str, kept: bool) -> None:
    assert keeps(condition) is kept


@pytest.mark.parametrize(
    "written", ["0.75", '"0。75"', '"0.75%"', '"1,20"', '".5"', '"1e3"', '"0.1234567"', "true", '""']
)
def test_a_number_that_is_not_exact_or_none_is_refused_with_how_to_write_it(written: str) -> None:
    with pytest.raises(InputError) as caught:
        rule(f'column = "注册资本", at_least = {written}')
    (found,) = caught.value.problems
    assert (found.code, found.field) == ("SSJ-P010", "in_force[1].keep[1].at_least")
    assert '"0.75"' in found.remedy("zh")
    assert '"0.75"' in found.remedy("en")
    with pytest.raises(InputError) as caught:
        rule('column = "注册资本", equals = 0.75')
    assert '加引号的小数（例如 "0.75"）' in caught.value.problems[0].remedy("zh")


def test_a_decimal_is_said_as_a_number_and_a_code_stays_a_text() -> None:
    made = rule('column = "注册资本", at_least = "1,200.50"')
    assert made.says == "只留下检查对象中注册资本不少于1200.5的"
    assert made.columns == (ColumnUse(name="注册资本", kind="number"),)
    code = rule('column = "代码", one_of = ["01", "2.10"]')
    assert code.columns == (ColumnUse(name="代码", kind="text"),)
    assert code.check(evolve(FIRM, extra={"代码": "2.1"}), CONTEXT) is not None  # type: ignore[arg-type]
    assert wrong(table('column = "注册资本", at_least = 1, equals = "多"')) == [("SSJ-S038", 9, "in_force[1].keep[1]")]


@pytest.mark.parametrize(
    ("condition", "operator"),
    [
        ('equals = "0.75"', "equals"),
        ('differs = "1,200.50", missing = false', "differs"),
        ('one_of = ["1", "2.5"]', "one_of"),
        ('equals = "0.75", at_least = "0"', ""),
        ('contains = ["0.75"]', ""),
        ('one_of = ["2.5", "二"]', ""),
        ('none_of = ["01", "2.10"]', ""),
        ('equals = "75"', ""),
    ],
)
def test_a_decimal_that_may_be_a_code_is_asked_about(condition: str, operator: str) -> None:
    """As texts 0.750 and 0.75 differ: what was meant nobody can see."""
    data = table(f'column = "负荷率", {condition}')
    if not operator:
        load_filter(data, "x/f.toml")
        return
    assert wrong(data) == [("SSJ-S015", 9, f"in_force[1].keep[1].{operator}")]


def test_yes_and_no_of_a_column_of_its_own() -> None:
    for cell, kept in (("是", True), ("否", False), ("", False)):
        assert keeps('column = "双公示", equals = true', evolve(FIRM, extra={"双公示": cell})) is kept
        assert keeps('column = "双公示", one_of = [false]', evolve(FIRM, extra={"双公示": cell})) is (cell == "否")


def test_every_operator_is_tried() -> None:
    here = test_every_operator.pytestmark[0].args[1]  # type: ignore[attr-defined]
    tried = " ".join(condition for condition, _ in here)
    assert all(f" {name} = " in tried for names in OPERATORS.values() for name in names)


def test_keep_asks_for_all_and_leave_out_takes_who_meets_all() -> None:
    both = ('column = "类型", equals = "批发企业"', 'column = "重点企业", equals = false')
    assert rule(*both).check(FIRM, CONTEXT) == "不在范围内（重点企业：是）"  # type: ignore[arg-type]
    assert rule(*both, how="leave_out").check(FIRM, CONTEXT) is None  # type: ignore[arg-type]
    first = rule(both[0], 'column = "备案", missing = true', how="leave_out")
    assert first.check(FIRM, CONTEXT) == "不在范围内（类型：批发企业，备案：未填）"  # type: ignore[arg-type]


def test_a_filter_says_what_it_does_and_which_columns_it_needs() -> None:
    made = rule(
        'column = "注册资本", at_least = 1000',
        'column = "发证日期", before = 2026-01-01',
        'column = "辖区", one_of = ["甲"]',
    )
    assert made.says == "只留下检查对象中注册资本不少于1000，且发证日期早于2026-01-01，且辖区为甲之一的"
    assert made.columns == (
        ColumnUse(name="注册资本", kind="number"),
        ColumnUse(name="发证日期", kind="date"),
        ColumnUse(name="辖区", fields=("area",)),
    )
    assert rule(f'column = "{DRAWN_THIS_YEAR}", missing = true').columns == (), "no roster has it"
    assert made.days is not None
    assert made.days.since == date(2026, 1, 1)


def test_officers_are_filtered_by_their_fields() -> None:
    made = rule(
        'column = "股室", one_of = ["一股"]', 'column = "有效期止", after = 2026-12-31', more='applies_to = "officer"\n'
    )
    assert made.applies_to == "officer"
    assert made.check(OFFICER, CONTEXT) is None  # type: ignore[arg-type]
    assert made.check(Officer(id="officer:8", name="某", leave=(Leave(first=date.min, last=date.max),)), CONTEXT) == (  # type: ignore[arg-type]
        "不在范围内（股室：未填）"
    )


@pytest.mark.parametrize(
    ("condition", "reason"),
    [
        ('column = "培训日期", after = 2025-01-01', None),
        ('column = "工作年数", at_least = 9', "不在范围内（工作年数：8.5）"),
        ('column = "岗位", equals = "内勤"', "不在范围内（岗位：外勤）"),
        ('column = "主办资格", equals = true', "不在范围内（主办资格：否）"),
        ('column = "资格", contains = ["安全"]', None),
        ('column = "本批次上限", at_most = 5', None),
        ('column = "人员类别", missing = true', None),
        ('column = "股室", equals = "执法队"', None),
        ('column = "单位", equals = "执法队"', "不在范围内（单位：甲局）"),
    ],
)
def test_a_filter_of_officers_may_ask_any_column(condition: str, reason: str | None) -> None:
    made = rule(condition, more='applies_to = "officer"\n')
    extra = {"培训日期": "2025-05-06", "工作年数": "8.5", "岗位": "外勤"}
    officer = Officer(
        id="officer:7", name="某", section="执法队", unit="甲局", qualifications=("安全员",), most=5, extra=extra
    )
    assert made.check(officer, CONTEXT) == reason  # type: ignore[arg-type]


def test_department_and_section_are_columns_of_their_own() -> None:
    """A roster with 单位 alone fills both."""
    assert suggested("officer", "unit") == ColumnUse(name="单位", fields=("unit",))
    assert suggested("officer", "section") == ColumnUse(name="股室", fields=("section", "unit"))


@pytest.mark.parametrize("unit", [FIRM, Officer(id="officer:7", name="某", extra={"岗位": "外勤"})])
def test_nobody_changes_the_extra_cells_of_a_unit(unit: Subject | Officer) -> None:
    before = dict(unit.extra)
    with pytest.raises(TypeError):
        unit.extra["岗位"] = "内勤"  # type: ignore[index]
    given = dict(before)
    again = evolve(unit, extra=given)
    given["岗位"] = "内勤"
    assert again.extra == unit.extra == before


@pytest.mark.parametrize(
    ("conditions", "found"),
    [
        (['column = "重点企业", at_least = 3'], ("SSJ-S033", 9, "in_force[1].keep[1].at_least")),
        (['column = "上次检查日期", contains = ["2026"]'], ("SSJ-S033", 9, "in_force[1].keep[1].contains")),
        (['column = "信用风险等级", equals = 1'], ("SSJ-S033", 9, "in_force[1].keep[1].equals")),
        (['column = "本年度检查次数", one_of = [1, "二"]'], ("SSJ-S033", 9, "in_force[1].keep[1].one_of")),
        (['column = "经营类型"'], ("SSJ-S034", 9, "in_force[1].keep[1]")),
        (['column = "联系电话", contains = ["138"]'], ("SSJ-S036", 9, "in_force[1].keep[1].column")),
        (['column = "法定代表人", missing = true'], ("SSJ-S036", 9, "in_force[1].keep[1].column")),
        (['column = "注册资本", at_least = 3, before = 2026-01-01'], ("SSJ-S038", 9, "in_force[1].keep[1]")),
        (['column = "注册资本", one_of = [3, "三"]'], ("SSJ-S038", 9, "in_force[1].keep[1]")),
        (['column = "注册资本", atleast = 3'], ("SSJ-P013", 9, "in_force[1].keep[1].atleast")),
        (['column = "注册资本", at_least = "三"'], ("SSJ-P010", 9, "in_force[1].keep[1].at_least")),
        (['column = "注册资本", equals = 3.5'], ("SSJ-P010", 9, "in_force[1].keep[1].equals")),
        (['column = "发证日期", within_days = -5'], ("SSJ-S006", 9, "in_force[1].keep[1].within_days")),
        (['column = "发证日期", within_days = -1'], ("SSJ-S006", 9, "in_force[1].keep[1].within_days")),
        (['column = "发证日期", before = "2026-01-01"'], ("SSJ-P010", 9, "in_force[1].keep[1].before")),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_condition(conditions: list[str], found: tuple[str, int, str]) -> None:
    assert wrong(table(*conditions)) == [found]


def test_what_is_wrong_with_a_filter() -> None:
    assert wrong(table()) == [("SSJ-S035", 4, "in_force[1]")]
    both = table('column = "类型", equals = "甲"') + 'leave_out = [{ column = "类型", equals = "乙" }]\n'.encode()
    assert wrong(both) == [("SSJ-S035", 4, "in_force[1]")]
    assert ("SSJ-S001", 4, "in_force[1]") in wrong(
        table('column = "类型", equals = "甲"', basis="").replace(b"[]", b"[]")
    )
    officer = table('column = "请假期间", missing = false', more='applies_to = "officer"\n')
    assert wrong(officer) == [("SSJ-S037", 10, "in_force[1].keep[1].column")]


@given(
    st.dictionaries(st.sampled_from(["注册资本", "备案"]), st.sampled_from(["", "1", "2.5", "-3"])), st.integers(-5, 5)
)
def test_an_operator_and_its_opposite_never_agree_on_a_filled_cell(extra: Mapping[str, str], bound: int) -> None:
    subject = Subject(id="test:1", name="甲", extra=extra)
    for one, other in (("at_least", "less_than"), ("at_most", "more_than"), ("equals", "differs")):
        answers = [keeps(f'column = "注册资本", {op} = {bound}', subject) for op in (one, other)]
        assert sum(answers) == (1 if extra.get("注册资本") or "differs" in (one, other) else 0)


def test_long_cells_are_cut_in_the_reason() -> None:
    assert told(("长" * 100,)) == "长" * 39 + "…"
    assert told(("长" * 41,)) == "长" * 39 + "…"
    assert told(("长" * 40,)) == "长" * 40


@pytest.mark.parametrize("text", ["0", "0.5", "-0.5", "1200.5", "-3", "0.000001", "12"])
def test_a_number_is_told_as_it_is_written(text: str) -> None:
    assert told(Fraction(text)) == text


def test_a_filter_that_changes_gets_another_interval() -> None:
    """Each interval has its own conditions, reason, basis and days; what the rule itself says is the last one's."""
    second = (
        '[[in_force]]\nsince = 2027-01-01\nreviewed_until = 2027-12-31\nreason = "不满一年"\n'
        'basis = [{ title = "新文", mark = "seed" }]\nleave_out = [{ column = "发证日期", after = 2026-01-01 }]\n'
    ).encode()
    first = table('column = "注册资本", at_least = 5000').replace(b"reviewed", b"until = 2026-12-31\nreviewed")
    made = load_filter(first + second, "x/f.toml")
    old, new = (version_on(made, day) for day in (date(2026, 12, 31), date(2027, 1, 1)))
    assert [b.title for one in (old, new) for b in one.basis] == ["文", "新文"]
    assert [one.check(FIRM, CONTEXT) for one in (old, new)] == [  # type: ignore[arg-type]
        "不在范围内（注册资本：1200.5）", "不满一年（发证日期：2026-02-01）"
    ]  # fmt: skip
    assert [[use.name for use in one.columns] for one in (old, new)] == [["注册资本"], ["发证日期"]]
    assert "至少" not in new.says
    assert (made.says, made.days) == (new.says, new.days)
    assert len(made.in_force) == 2
    with pytest.raises(NotInForceError) as caught:
        version_on(made, date(2025, 12, 31))
    assert len(caught.value.intervals) == 2
    for last, found in (("2026-06-30", "SSJ-S040"), ("2027-03-01", "SSJ-S003")):
        other = first.replace(b"until = 2026-12-31", f"until = {last}".encode())
        assert [code for code, _, _ in wrong(other + second)] == [found]
    apart = first.replace(b"until = 2026-12-31", b"until = 2026-06-30")
    said = second.replace(b"reason =", 'gap = "停用"\nreason ='.encode())
    assert [one.days.gap for one in versions(load_filter(apart + said, "x")) if one.days] == ["", "停用"]


def test_a_filter_without_an_interval_is_none() -> None:
    assert wrong(b'format = "ssj-filter/1"\nid = "x.f"\ntitle = "t"\nin_force = []\n') == [("SSJ-P027", 4, "in_force")]


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        ('column = "类型", equals = "批发企业"', "类型为批发企业"),
        ('column = "类型", differs = "批发企业"', "类型不为批发企业"),
        ('column = "重点企业", equals = false', "重点企业为否"),
        ('column = "备案", missing = true', "备案未填"),
        ('column = "备案", missing = false', "备案已填"),
        ('column = "注册资本", at_least = 1, less_than = "2.50"', "注册资本不少于1且少于2.5"),
        ('column = "区域", one_of = ["东", "西"]', "区域为东、西之一"),
        ('column = "发证日期", within_days = 365', "发证日期在批次首日前365天以内"),
    ],
)
@pytest.mark.parametrize(("how", "begins"), [("keep", "只留下"), ("leave_out", "排除")])
def test_a_filter_is_said_in_words(condition: str, said: str, how: str, begins: str) -> None:
    assert rule(condition, how=how).says == f"{begins}检查对象中{said}的"


def test_kinds_that_do_not_go_together_are_named_in_both_languages() -> None:
    with pytest.raises(InputError) as caught:
        load_filter(table('column = "注册资本", at_least = 3, before = 2026-01-01'), "x/f.toml")
    (found,) = caught.value.problems
    assert "数字、日期" in found.message("zh")
    assert "numbers, dates" in found.message("en")
    with pytest.raises(InputError) as caught:
        load_filter(table('column = "重点企业", at_least = 3'), "x/f.toml")
    assert "是否" in caught.value.problems[0].message("zh")
    assert "yes or no" in caught.value.problems[0].message("en")


def test_a_key_of_an_interval_outside_it_is_told_to_belong_into_it() -> None:
    """`since` is no slip of the pen for `in_force`."""
    text = table('column = "注册资本", at_least = 3').replace(b"[[in_force]]\n", b"")
    with pytest.raises(InputError) as caught:
        load_filter(text, "x/f.toml")
    told = {(p.code, p.row, p.field): p.remedy("zh") for p in caught.value.problems}
    assert told["SSJ-P013", 4, "since"] == "是不是 in_force.since？"
    assert "SSJ-P014" in {code for code, _, _ in told}
