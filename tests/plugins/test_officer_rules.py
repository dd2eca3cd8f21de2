"""Every callback of `officer_rules`, at its boundaries."""

from collections.abc import Mapping
from datetime import date, timedelta
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

import ssj_officer_rules
from ssj_core.model import GROUNDS, NO_EXPIRY, Inspection, Leave, Officer, Subject
from ssj_core.rules.model import Context, ParamValue
from ssj_officer_rules.eligibility import days_away

START, END = date(2021, 4, 12), date(2021, 6, 11)
DAY = timedelta(days=1)
ELIGIBILITY = {r.id.partition(".")[2]: r for r in ssj_officer_rules.ssj_eligibility_rules()}
DECLARED, *ON_GROUNDS, LAST, ROTATION = ssj_officer_rules.ssj_recusal_rules()


def officer(
    *,
    certificate: str = "130624SL101",
    until: date = NO_EXPIRY,
    available: bool = True,
    leave: tuple[Leave, ...] = (),
    recused: tuple[str, ...] = (),
    recused_for: Mapping[str, str] = MappingProxyType({}),
) -> Officer:
    return Officer(
        id="officer:130624SL101",
        name="示例甲一",
        certificate=certificate,
        valid_until=until,
        available=available,
        leave=leave,
        recused=recused,
        recused_for=recused_for,
    )


def why(rule: str, one: Officer, **params: ParamValue) -> str | None:
    context = Context(year=2021, start=START, end=END, params=params)
    return ELIGIBILITY[rule].check(one, context)  # type: ignore[arg-type]


def test_ids_belong_to_the_plugin() -> None:
    assert set(ELIGIBILITY) == {"certificate", "available", "leave"}
    assert {r.applies_to for r in ELIGIBILITY.values()} == {"officer"}
    assert DECLARED.id == "officer_rules.declared"
    assert {b.mark for b in (*DECLARED.basis, *ELIGIBILITY["certificate"].basis)} == {"V-law"}


@pytest.mark.parametrize(
    ("until", "out"),
    [(START - DAY, True), (START, True), (END - DAY, True), (END, False), (END + DAY, False), (NO_EXPIRY, False)],
)
def test_certificate_is_valid_on_every_day(until: date, out: bool) -> None:
    reason = why("certificate", officer(until=until))
    assert (reason is not None) == out
    if reason:
        assert until.isoformat() in reason


def test_no_certificate() -> None:
    assert why("certificate", officer(certificate="")) == "没有执法证号"


def test_available() -> None:
    assert why("available", officer()) is None
    assert why("available", officer(available=False)) is not None


@pytest.mark.parametrize(
    ("first", "last", "days"),
    [
        (START - 5 * DAY, START - DAY, 0),
        (START - 5 * DAY, START, 1),
        (START, START, 1),
        (END, END + 30 * DAY, 1),
        (END + DAY, END + 30 * DAY, 0),
        (START + DAY, START + 3 * DAY, 3),
        (date.min, date.max, 61),
        (START + DAY, START, 0),
    ],
)
def test_days_away(first: date, last: date, days: int) -> None:
    assert days_away((Leave(first=first, last=last),), START, END) == days


def test_each_day_of_leave_counts_once() -> None:
    stretches = (
        Leave(first=START + 4 * DAY, last=START + 6 * DAY),
        Leave(first=START, last=START + 9 * DAY),
        Leave(first=START + 9 * DAY, last=START + 10 * DAY),
        Leave(first=START + 20 * DAY, last=START + 20 * DAY),
    )
    assert days_away(stretches, START, END) == 12
    assert days_away(stretches[::-1], START, END) == 12


def test_leave_tolerance() -> None:
    away = officer(leave=(Leave(first=START, last=START + 4 * DAY),))
    assert why("leave", away, tolerance_days=5) is None
    assert why("leave", away, tolerance_days=4) == "本批次内请假5天（超过4天）"
    assert why("leave", away) is not None
    whole = officer(leave=(Leave(first=START - DAY, last=END),))
    assert why("leave", whole, tolerance_days=999) == "整个批次都请假"
    assert why("leave", officer(leave=(Leave(first=START + DAY, last=END),)), tolerance_days=999) is None
    assert why("leave", officer()) is None


@pytest.mark.parametrize("value", [True, "15"])
def test_tolerance_is_a_whole_number(value: ParamValue) -> None:
    with pytest.raises(TypeError, match="tolerance_days"):
        why("leave", officer(), tolerance_days=value)


@pytest.mark.parametrize(
    ("named_by_officer", "named_by_subject", "reason"),
    [
        (False, False, None),
        (True, False, "检查人员名录登记回避"),
        (False, True, "检查对象名录登记回避"),
        (True, True, "检查人员名录登记回避"),
    ],
)
def test_declared(named_by_officer: bool, named_by_subject: bool, reason: str | None) -> None:
    subject_id = "permit:13062420200324SL137"
    one = officer(recused=("uscc:91130624EX0000001X", subject_id) if named_by_officer else ())
    other = Subject(id=subject_id, name="示例工程", recused=(one.id,) if named_by_subject else ("officer:other",))
    assert DECLARED.check(one, other, Context(year=2021, start=START, end=END)) == reason


def test_each_ground_has_a_rule_of_its_own() -> None:
    assert [rule.id.partition(".")[2] for rule in ON_GROUNDS] == [
        "kin", "interest", "party", "applied", "other_relation",
    ]  # fmt: skip
    subject = Subject(id="permit:1", name="示例工程")
    for rule, (ground, words) in zip(ON_GROUNDS, GROUNDS.items(), strict=True):
        one = officer(recused=(subject.id,), recused_for={subject.id: ground})
        for other in ON_GROUNDS:
            said = f"{words}，检查人员名录登记" if other is rule else None
            assert other.check(one, subject, Context(year=2021, start=START, end=END)) == said


@given(
    st.sampled_from(["", *GROUNDS]),
    st.sampled_from(["", *GROUNDS]),
    st.sets(st.sampled_from([r.id for r in ON_GROUNDS])),
)
def test_nothing_declared_is_lost_whatever_rules_are_asked(mine: str, theirs: str, names: set[str]) -> None:
    """Each roster says a ground of its own; `declared` steps in where no rule of one of them is asked."""
    subject = Subject(id="permit:1", name="示例工程", recused=(officer().id,), recused_for={officer().id: theirs})
    one = officer(recused=(subject.id,), recused_for={subject.id: mine})
    chosen = [rule for rule in ON_GROUNDS if rule.id in names]
    context = Context(year=2021, start=START, end=END, rules=(DECLARED.id, *names))
    said = [rule for rule in (DECLARED, *chosen) if rule.check(one, subject, context)]
    assert said
    assert (DECLARED in said) == (said == [DECLARED])


def inspected(*teams: tuple[str, ...]) -> Subject:
    """A subject inspected by these teams, the latest first."""
    made = tuple(
        Inspection(subject="permit:1", day=date(2020, 12 - n, 1), officers=team, source=f"draw-{n}")
        for n, team in enumerate(teams)
    )
    return Subject(id="permit:1", name="示例工程", inspections=made)


ME = "officer:130624SL101"


@pytest.mark.parametrize(
    ("teams", "last", "second"),
    [
        ((), False, False),
        (((ME, "officer:2"),), True, True),
        ((("officer:2",), (ME,)), False, True),
        ((("officer:2",), ("officer:3",), (ME,)), False, False),
    ],
)
def test_who_inspected_before_stays_away(teams: tuple[tuple[str, ...], ...], last: bool, second: bool) -> None:
    context = Context(year=2021, start=START, end=END)
    subject = inspected(*teams)
    assert (LAST.check(officer(), subject, context) is not None) == last
    reason = ROTATION.check(officer(), subject, context)
    assert (reason is not None) == second
    if reason:
        at = next(n for n, team in enumerate(teams) if ME in team)
        assert reason == f"{'前2次' if at else '上次'}检查过该对象（2020-{12 - at}-01，draw-{at}）"


def test_how_many_inspections_count() -> None:
    subject = inspected(("officer:2",), ("officer:3",), (ME,))
    three = Context(year=2021, start=START, end=END, params={"inspections": 3})
    assert ROTATION.check(officer(), subject, three) is not None
    with pytest.raises(TypeError, match="inspections"):
        ROTATION.check(officer(), subject, Context(year=2021, start=START, end=END, params={"inspections": 0}))
