"""Stratifiers as data: one column or several, values mapped, a class for what is missing."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssj_core.model import Subject
from ssj_core.problems import InputError
from ssj_core.rules.model import ColumnUse, Context, Stratifier
from ssj_core.rules.stratify import load_stratifier
from ssj_core.rules.timeline import version_on

CONTEXT = Context(year=2026, start=date(2026, 3, 2), end=date(2026, 4, 30))
TYPE = (
    '[[in_force.column]]\ncolumn = "经营类型"\nother = "其他"\n'
    'classes = { "批发" = "大户", "连锁" = "大户", "零售" = "小户" }\n'
)
RISK = '[[in_force.column]]\ncolumn = "信用风险等级"\nmissing = "未评级"\n'


def table(*columns: str, basis: str = '{ title = "文", mark = "seed" }') -> bytes:
    head = 'format = "ssj-strata/1"\nid = "x.s"\ntitle = "分层"\n'
    head += "[[in_force]]\nsince = 2026-01-01\nreviewed_until = 2026-12-31\n"
    return f"{head}basis = [{basis}]\n{''.join(columns)}".encode()


def stratifier(*columns: str) -> Stratifier:
    return load_stratifier(table(*columns), "x/s.toml")


def subject(kind: str = "", risk: str = "") -> Subject:
    return Subject(id="test:1", name="甲", risk_class=risk, extra={"经营类型": kind})


def wrong(data: bytes) -> list[tuple[str, int | None, str]]:
    with pytest.raises(InputError) as caught:
        load_stratifier(data, "x/s.toml")
    return [(p.code, p.row, p.field) for p in caught.value.problems]


@pytest.mark.parametrize(
    ("kind", "risk", "name"),
    [
        ("批发", "A", "大户·A"), ("连锁", "", "大户·未评级"), (" 零 售 ", "D", "小户·D"), ("网店", "A", "其他·A"),
        ("", "", "未填·未评级"),
    ],
)  # fmt: skip
def test_classes_of_two_columns(kind: str, risk: str, name: str) -> None:
    assert stratifier(TYPE, RISK).key(subject(kind, risk), CONTEXT) == name


def test_without_a_mapping_the_value_is_the_class_however_long() -> None:
    """Two values never become one class because their beginnings are alike."""
    made = stratifier('[[in_force.column]]\ncolumn = "经营类型"\n')
    assert made.key(subject("长" * 60), CONTEXT) != made.key(subject("长" * 61), CONTEXT)
    sectors = stratifier('[[in_force.column]]\ncolumn = "监管类别"\n')
    assert sectors.key(Subject(id="test:1", name="甲", sectors=("食品", "药品")), CONTEXT) == "食品、药品"


def test_it_says_what_it_does_and_which_columns_it_needs() -> None:
    made = stratifier(TYPE, RISK)
    assert made.columns == (ColumnUse(name="经营类型"), ColumnUse(name="信用风险等级", fields=("risk_class",)))
    assert made.says == (
        "按经营类型（批发、连锁归入大户，零售归入小户，其余归入其他，未填归入未填）、信用风险等级（未填归入未评级）分层"
    )


def test_everything_wrong_is_told() -> None:
    twice = TYPE.replace('"零售" = "小户"', '"零售" = "小户", "批 发" = "小户"')
    assert wrong(table(twice)) == [("SSJ-S039", 11, "in_force[1].column[1].classes.批 发")]
    assert wrong(table(TYPE.replace('"小户"', '""'))) == [("SSJ-S048", 8, "in_force[1].column[1]")]
    assert wrong(table(TYPE + 'missing = ""\n')) == [("SSJ-S048", 8, "in_force[1].column[1]")]
    assert wrong(table(RISK.replace("信用风险等级", "联系电话"))) == [("SSJ-S036", 9, "in_force[1].column[1].column")]
    assert wrong(table(TYPE.replace("other", "others"))) == [("SSJ-P013", 10, "in_force[1].column[1].others")]
    with_none = table().replace(b'mark = "seed" }]\n', b'mark = "seed" }]\ncolumn = []\n')
    assert wrong(with_none) == [("SSJ-S048", 8, "in_force[1].column")]


@given(st.lists(st.tuples(st.sampled_from(["批发", "零售", "别的", ""]), st.sampled_from(["A", "D", ""]))))
def test_a_class_depends_on_the_row_alone(rows: list[tuple[str, str]]) -> None:
    made = stratifier(TYPE, RISK)
    classes = [made.key(subject(*row), CONTEXT) for row in rows]
    again = [made.key(subject(*row), CONTEXT) for row in reversed(rows)]
    assert classes == again[::-1]
    assert all(classes)


def test_a_stratifier_that_changes_gets_another_interval() -> None:
    first = table(TYPE).replace(b"reviewed", b"until = 2026-12-31\nreviewed")
    second = b"[[in_force]]\nsince = 2027-01-01\nreviewed_until = 2027-12-31\n" + (
        f'basis = [{{ title = "新文", mark = "seed" }}]\n{RISK}'.encode()
    )
    made = load_stratifier(first + second, "x/s.toml")
    old, new = (version_on(made, day) for day in (date(2026, 12, 31), date(2027, 1, 1)))
    assert [one.key(subject("批发", "A"), CONTEXT) for one in (old, new)] == ["大户", "A"]
    assert [[use.name for use in one.columns] for one in (old, new)] == [["经营类型"], ["信用风险等级"]]
    assert made.says == new.says != old.says
    assert [code for code, _, _ in wrong(first.replace(b"2026-12-31\nr", b"2026-12-30\nr") + second)] == ["SSJ-S040"]
