"""Every callback and every table of `ratio_rules`, at its boundaries."""

from datetime import date, timedelta
from fractions import Fraction
from importlib.resources import files

import pytest
from attrs import evolve

import ssj_ratio_rules
from ssj_core.model import Subject
from ssj_core.rules.columns import find
from ssj_core.rules.model import UNTOLD, Context, ParamValue, RatioRule
from ssj_core.rules.tables import load_ratio_rule

START, END = date(2021, 4, 12), date(2021, 6, 11)
STRATIFIERS = {s.id.partition(".")[2]: s for s in ssj_ratio_rules.ssj_stratifiers()}
ELIGIBILITY = {r.id.partition(".")[2]: r for r in ssj_ratio_rules.ssj_eligibility_rules()}


def subject(  # one argument per field that the rules look at
    *,
    kind: str = "",
    section: str = "",
    area: str = "",
    risk: str = "",
    key: bool = False,
    status: str = "",
    last_checked: date | None = None,
    checks: int = 0,
    drawn: int = 0,
) -> Subject:
    return Subject(
        id="uscc:91130624EX0000001X",
        name="示例",
        kind=kind,
        section=section,
        area=area,
        risk_class=risk,
        key=key,
        status=status,
        last_checked=last_checked,
        checks_this_year=checks,
        drawn_this_year=drawn,
    )


def context(**params: ParamValue) -> Context:
    return Context(year=2021, start=START, end=END, params=params)


def why(rule: str, one: Subject, **params: ParamValue) -> str | None:
    return ELIGIBILITY[rule].check(one, context(**params))  # type: ignore[arg-type]


def ratio_rules() -> list[RatioRule]:
    folder = files(ssj_ratio_rules) / "ratios"
    return [load_ratio_rule(f.read_bytes(), f.name) for f in sorted(folder.iterdir(), key=lambda f: f.name)]


def test_ids_belong_to_the_plugin() -> None:
    callbacks = [s.id for s in STRATIFIERS.values()] + [r.id for r in ELIGIBILITY.values()]
    tables = [r.id for r in ratio_rules()]
    assert all(i.startswith("ratio_rules.") for i in callbacks + tables)
    assert (len(callbacks), len(tables)) == (12, 7)
    assert {r.applies_to for r in ELIGIBILITY.values()} == {"subject"}


@pytest.mark.parametrize(
    ("name", "filled", "when_filled", "when_empty"),
    [
        ("all", subject(section="城建股", risk="A"), "全部", "全部"),
        ("section", subject(section="城建股"), "城建股", "未分科室"),
        ("kind", subject(kind="工程项目"), "工程项目", "未分类型"),
        ("area", subject(area="阜平镇"), "阜平镇", "未分区域"),
        ("key", subject(key=True), "重点", "一般"),
        ("credit_risk", subject(risk="C"), "C", "未评级"),
    ],
)
def test_stratifiers(name: str, filled: Subject, when_filled: str, when_empty: str) -> None:
    assert STRATIFIERS[name].key(filled, context()) == when_filled
    assert STRATIFIERS[name].key(subject(), context()) == when_empty


class Watched:
    """A subject that remembers which of its attributes were asked for."""

    def __init__(self) -> None:
        self.asked: set[str] = set()

    def __getattr__(self, name: str) -> object:
        self.asked.add(name)
        return getattr(subject(), name)


@pytest.mark.parametrize("name", STRATIFIERS)
def test_a_stratifier_asks_the_roster_for_every_column_that_it_reads(name: str) -> None:
    """A roster without it would put everybody into one class, and nobody would know."""
    one, watched = STRATIFIERS[name], Watched()
    one.key(watched, context())  # type: ignore[arg-type]
    assert {find("subject", use.name).attribute for use in one.columns} == watched.asked
    assert all(use == find("subject", use.name).use(use.kind) for use in one.columns)


def test_rules_that_would_never_apply_without_a_column_ask_for_it() -> None:
    """Without a status nobody is known to be closed, which is told; draws of the year count without the column."""
    asked = {name: [use.name for use in rule.columns] for name, rule in ELIGIBILITY.items()}
    assert asked == {
        "open": ["登记状态"], "yearly_cap": ["本年度检查次数"], "key_only": ["重点企业"], "not_key": ["重点企业"],
        "low_risk_exempt": ["信用风险等级"], "recently_checked": ["上次检查日期"],
    }  # fmt: skip
    needed = {name for name, rule in ELIGIBILITY.items() for use in rule.columns if use.lacking is None}
    told = {name for name, rule in ELIGIBILITY.items() for use in rule.columns if use.lacking not in (None, UNTOLD)}
    assert (needed, told) == (set(asked) - {"open", "yearly_cap"}, {"open"})
    uses = [evolve(use, lacking=None) for rule in ELIGIBILITY.values() for use in rule.columns]
    assert all(use == find("subject", use.name).use(use.kind) for use in uses)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("a", "A"),
        ("Ｂ", "B"),
        ("C类", "C"),
        ("D级", "D"),
        (" A 级 ", "A"),
        ("中高", "中高"),
        ("未评级", "未评级"),
        ("E", "E"),
        (" ", "未评级"),
    ],
)
def test_credit_risk_as_offices_write_it(written: str, read: str) -> None:
    assert STRATIFIERS["credit_risk"].key(subject(risk=written), context()) == read


@pytest.mark.parametrize("status", ["", "存续", "存续（在营、开业、在册）", "在业", "未注销", "未吊销、未注销"])
def test_open_lets_in(status: str) -> None:
    assert why("open", subject(status=status)) is None


@pytest.mark.parametrize(
    "status", ["注销", "吊销", "被吊销", "吊销，未注销", "撤销", "迁出", "停业", "已歇业", "关闭", "正在组织清算"]
)
def test_open_leaves_out(status: str) -> None:
    assert why("open", subject(status=status)) == f"登记状态：{status}"


def test_key_rules_are_opposites() -> None:
    for one in (subject(key=True), subject(key=False)):
        assert (why("key_only", one) is None) == one.key
        assert (why("not_key", one) is None) != one.key


@pytest.mark.parametrize(
    ("drawn", "checks", "params", "out"),
    [
        (0, 0, {}, False),
        (1, 0, {}, True),
        (0, 1, {}, True),
        (1, 0, {"at_most": 2}, False),
        (1, 1, {"at_most": 2}, True),
        (2, 1, {"at_most": 2}, True),
        (0, 0, {"at_most": 0}, True),
    ],
)
def test_yearly_cap(drawn: int, checks: int, params: dict[str, ParamValue], out: bool) -> None:
    reason = why("yearly_cap", subject(drawn=drawn, checks=checks), **params)
    assert (reason is not None) == out
    if reason:
        assert f"{drawn + checks}次" in reason


@pytest.mark.parametrize(("days_before", "out"), [(31, False), (30, True), (1, True), (0, True), (-1, True)], ids=str)
def test_recently_checked(days_before: int, out: bool) -> None:
    last = START - timedelta(days=days_before)
    reason = why("recently_checked", subject(last_checked=last), days=30)
    assert (reason is not None) == out


def test_never_checked_is_not_recent() -> None:
    assert why("recently_checked", subject()) is None


def test_recently_checked_default() -> None:
    days = ELIGIBILITY["recently_checked"].params["days"]
    assert type(days) is int
    assert why("recently_checked", subject(last_checked=START - timedelta(days=days))) is not None
    assert why("recently_checked", subject(last_checked=START - timedelta(days=days + 1))) is None


@pytest.mark.parametrize(("risk", "out"), [("A", True), ("a类", True), ("B", False), ("", False)])
def test_low_risk_exempt(risk: str, out: bool) -> None:
    assert (why("low_risk_exempt", subject(risk=risk)) is not None) == out


@pytest.mark.parametrize(("rule", "name"), [("yearly_cap", "at_most"), ("recently_checked", "days")])
@pytest.mark.parametrize("value", [True, "1"])
def test_params_are_whole_numbers(rule: str, name: str, value: ParamValue) -> None:
    with pytest.raises(TypeError, match=name):
        why(rule, subject(last_checked=START), **{name: value})


@pytest.mark.parametrize("rule", ratio_rules(), ids=lambda r: r.id)
def test_ratio_tables(rule: RatioRule) -> None:
    assert rule.stratify.partition(".")[2] in STRATIFIERS
    for interval in rule.in_force:
        assert all(0 <= c.ratio <= 1 for c in interval.value.classes.values())
        assert {"V-src", "seed"} & {b.mark for b in interval.basis}


def test_ratios_as_the_sources_say() -> None:
    rules = {r.id.partition(".")[2]: r.in_force[0].value.classes for r in ratio_rules()}
    assert rules["flat_3"]["*"].ratio == Fraction(3, 100)
    assert rules["flat_5"]["*"].ratio == Fraction(5, 100)
    assert rules["section_2"]["*"].ratio == Fraction(2, 100)
    assert {name: c.ratio * 100 for name, c in rules["key_100"].items()} == {"重点": 100, "一般": 0}
    assert set(rules["credit_risk_min_3"]) == {"A", "B", "C", "D", "未评级"}
    bounds = {name: f"{c.bound} {c.ratio * 100}" for name, c in rules["credit_risk_range"].items()}
    assert bounds == {"A": "max 5", "B": "min 5", "C": "min 21", "D": "min 61", "未评级": "min 5"}
    five = {name: c.ratio * 100 for name, c in rules["risk_five_levels"].items()}
    assert five == {"高": 100, "中高": 20, "中": 8, "中低": 4, "低": 1}
