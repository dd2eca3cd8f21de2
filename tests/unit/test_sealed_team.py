"""Team rules in data: what a ruleset says is sealed place by place, and what no honest sealing can hold is refused."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from attrs import evolve

from ssj_core.batch_rules import checked_rules
from ssj_core.composing import by_subject, officer_rows, sealed_team
from ssj_core.limits import caps_of, limits_of, periods
from ssj_core.matching import Instance
from ssj_core.model import Inspection
from ssj_core.pipeline import draw
from ssj_core.pool import ACCOMPANIES, Pool, make_pool
from ssj_core.remarks import remarks
from ssj_core.rules.effective import (
    SealedCompanion,
    SealedLimit,
    SealedPlace,
    SealedTeam,
    decode_rules,
    encode_rules,
)
from ssj_core.rules.ruleset import Team, TeamPlace
from ssj_core.rules.tables import load_ruleset
from ssj_core.sealed import SealedError, check_sealed, unseal
from ssj_core.sealed_team import colleagues_wrong
from ssj_core.tables import OFFICER, SUBJECT, ExcludedRow
from ssj_core.teams import instance
from tests.strategies import Case, make_officer
from tests.team_rules import LEADS, staffed, team_case, with_team
from tests.unit.test_rules_tables import batch, ruleset_table, wrong


def places(made: Instance, visit: int = 0) -> list[tuple[str, str]]:
    return [(p.role, p.klass) for p in made.visits[visit].places]


def asked(case: Case) -> Instance:
    """The question for everybody of the pool."""
    sealed = case.seal()
    return instance(sealed.rules.team, sealed.subjects, sealed.officers, sealed.recusals)


# --- from the ruleset to what is sealed


def test_rules_that_use_nothing_new_keep_their_bytes() -> None:
    text = encode_rules(team_case().seal().rules).decode()
    section = text[text.index("[team]") :].split("\n\n")[0]
    assert section == '[team]\nsize = 2\nofficers = "any"\nlead_section = ""\nevenness = "range"'


def test_only_qualified_officers_lead() -> None:
    case = with_team(team_case(), Team(lead="qualified"))
    made = asked(case)
    assert places(made) == [("主办", "［主办资格］各股室"), ("协办", "各股室")]
    assert made.classes["［主办资格］各股室"] == ("officer:O00", "officer:O03")
    for row in draw(case.seal(), case.evidence).teams:
        assert row.place > 1 or row.officer in made.classes["［主办资格］各股室"]


@pytest.mark.parametrize(
    ("officers", "lead_section", "names"),
    [
        ("own-section", "", ["［主办资格］本股室东股", "本股室东股"]),
        ("joint", "西股", ["［主办资格］股室西股", "股室西股以外"]),
    ],
)
def test_the_lead_is_qualified_wherever_the_team_comes_from(officers: Any, lead_section: str, names: list[str]) -> None:
    case = with_team(team_case(), Team(lead="qualified"), officers=officers, lead_section=lead_section)
    made = asked(case)
    assert [klass for _, klass in places(made)] == names


def test_one_place_for_each_department_and_the_initiating_one_leads() -> None:
    declared = (
        TeamPlace(sections=("西股",), lead=True),
        TeamPlace(sections=("东股", "北股")),
        TeamPlace(other_than=("西股",)),
        TeamPlace(own_section=True, field="s1"),
    )
    case = with_team(team_case(), Team(), place=declared)
    made = asked(case)
    assert places(made) == [
        ("主办", "［主办资格］股室西股"),
        ("协办", "股室东股、北股"),
        ("协办", "股室西股以外"),
        ("协办", "［乙类领域］本股室东股"),
    ]
    section = {o.id: o.section for o in case.officers}
    rows = [r for r in draw(case.seal(), case.evidence).teams if r.subject == made.visits[0].id]
    for row in draw(case.seal(), case.evidence).teams:
        if row.place == 1:
            assert section[row.officer] == "西股"
            assert row.officer in LEADS
        else:
            assert section[row.officer] != "西股" or row.place == 4
    assert len({r.officer for r in rows}) == len(rows)
    assert case.seal().rules.team.size == 4


def test_a_field_outside_the_batch_and_a_qualification_can_be_asked_for() -> None:
    declared = (TeamPlace(field="s2"), TeamPlace(qualifications=("电气",)))
    case = with_team(staffed(team_case(), sectors=("s0",)), Team(), place=declared)
    made = case.seal().rules.team
    assert made.qualified == {"丙类领域": ("officer:O01", "officer:O02"), "电气": ("officer:O04",)}
    assert {r.officer for r in draw(case.seal(), case.evidence).teams if r.place == 2} == {"officer:O04"}


def test_experts_and_helpers_accompany_and_are_never_counted() -> None:
    case = team_case()
    expert = evolve(make_officer(20, fields=("甲类",)), accompanies="专家", certificate="")
    helper = evolve(make_officer(21, fields=()), accompanies="辅助人员", certificate="")
    absent = evolve(make_officer(22), accompanies="专家", available=False)
    other = evolve(make_officer(23, fields=("无此类",)), accompanies="专家")
    made = evolve(case, officers=(*case.officers, expert, helper, absent, other)).seal()
    assert made.rules.team.companions == (
        SealedCompanion(id="officer:O20", kind="专家", sectors=("s0",)),
        SealedCompanion(id="officer:O21", kind="辅助人员"),
    )
    assert not {o.id for o in made.officers} & {"officer:O20", "officer:O21", "officer:O22", "officer:O23"}
    rules = {e.id: e.rule for e in made.excluded}
    assert [rules[f"officer:O{n}"] for n in range(20, 24)] == [*["core.accompanies"] * 3, "core.other_sector"]


# --- limits, loads, colleagues


def inspection(day: str, subject: int, *officers: int) -> Inspection:
    ids = tuple(f"officer:O{o:02}" for o in officers)
    return Inspection(subject=f"test:S{subject:03}", day=date.fromisoformat(day), officers=ids, source="x")


PAST = (
    inspection("2020-12-01", 1, 0, 1),
    inspection("2021-01-10", 1, 1, 2),
    inspection("2021-02-10", 2, 0, 2),
    inspection("2021-02-10", 3, 0, 3),
)


@pytest.mark.parametrize(
    ("team", "caps", "loads"),
    [
        (Team(), [9, 9, 9, 9], [0, 0, 0, 0]),
        (Team(most=4), [4, 4, 4, 2], [0, 0, 0, 0]),
        (Team(history="year"), [9, 9, 9, 2], [2, 1, 2, 1]),
        (Team(most_per_year=2), [0, 1, 0, 1], [0, 0, 0, 0]),
        (Team(most_per_year=1, most=7, history="year"), [0, 0, 0, 0], [2, 1, 2, 1]),
        (Team(most_per_month=2), [4, 6, 5, 2], [0, 0, 0, 0]),
        (Team(most_per_week=1), [7, 9, 8, 2], [0, 0, 0, 0]),
        (Team(most_per_week=1, most_per_year=6, most=5), [4, 5, 4, 2], [0, 0, 0, 0]),
    ],
)
def test_limits_and_loads(team: Team, caps: list[int], loads: list[int]) -> None:
    """The batch begins in the week of 1 February; its inspections of 10 February count in week and month."""
    case, start, end = team_case(), date(2021, 2, 3), date(2021, 4, 4)
    pool = evolve(checked_pool(case), officers=(*case.officers[:3], evolve(case.officers[3], most=2)))
    limits = limits_of(team, start, end, pool.officers)
    made = caps_of(limits, pool.officers, PAST, start, end, 9)
    rows = officer_rows(pool, made, team=team, past=PAST, year=2021)
    assert [r.history for r in rows] == loads
    assert [r.cap for r in rows][:3] == caps[:3]
    assert rows[3].cap == min(2, caps[3])


@pytest.mark.parametrize(
    ("per", "start", "end", "count"),
    [
        ("week", "2021-03-01", "2021-03-07", 1),
        ("week", "2021-03-07", "2021-03-08", 2),
        ("week", "2020-12-28", "2021-01-03", 1),
        ("month", "2021-03-31", "2021-04-01", 2),
        ("month", "2020-12-01", "2021-02-28", 3),
        ("year", "2021-01-01", "2021-12-31", 1),
        ("draw", "2021-01-01", "2021-12-31", 1),
    ],
)
def test_weeks_months_and_years_that_a_batch_touches(per: Any, start: str, end: str, count: int) -> None:
    assert periods(per, date.fromisoformat(start), date.fromisoformat(end)) == count


def test_what_is_sealed_says_which_limit_made_a_cap() -> None:
    case = with_team(team_case(), Team(most=4, most_per_year=2))
    case = evolve(case, officers=(evolve(case.officers[0], most=1), *case.officers[1:]))
    sealed = evolve(case, past=(*PAST, inspection("2021-02-20", 4, 2))).seal()
    assert {r.id[-1]: r.cap for r in sealed.officers} == {"0": 0, "1": 1, "2": 0, "3": 1, "4": 2, "5": 2}
    found = {one.per: (tuple(o[-1] for o in one.bound), one.over) for one in sealed.rules.team.limits}
    assert found == {"draw": ((), ()), "person": ((), ()), "year": (tuple("012345"), ("officer:O02",))}
    told = {p.code: p for p in remarks(sealed)}
    assert "O02" in str(told["SSJ-S066"].value)
    assert "每年至多 2 次，本批次含 1 年，共 2 次" in told["SSJ-S065"].message("zh")


def checked_pool(case: Case) -> Pool:
    return make_pool(case.subjects, case.officers, case.office.sectors, (), (), ())


def test_colleagues_of_the_last_inspection_are_avoided() -> None:
    case = with_team(team_case(), Team(avoid="last-team"))
    rules = checked_rules(case.office, case.batch)
    made = sealed_team(case.office, rules, checked_pool(case), case.officers, PAST)
    assert made.avoid == {"officer:O00": ("officer:O02", "officer:O03"), "officer:O01": ("officer:O02",)}
    gone = (*PAST, inspection("2021-03-01", 9, 0, 77))
    made = sealed_team(case.office, rules, checked_pool(case), case.officers, gone)
    assert made.avoid == {
        "officer:O00": ("officer:O02", "officer:O03"), "officer:O01": ("officer:O02",),
    }, "who is not in the pool is no colleague; the others keep theirs"  # fmt: skip


def test_earlier_inspections_reach_the_rules_the_latest_first() -> None:
    known = by_subject((*PAST, inspection("2021-01-10", 1, 4)))
    assert [i.officers for i in known["test:S001"]] == [
        ("officer:O04",), ("officer:O01", "officer:O02"), ("officer:O00", "officer:O01"),
    ]  # fmt: skip


def test_of_one_day_the_inspection_told_later_comes_first() -> None:
    known = by_subject([inspection("2021-01-10", 1, n) for n in range(3)])
    assert [i.officers for i in known["test:S001"]] == [("officer:O02",), ("officer:O01",), ("officer:O00",)]


# --- what is refused


@pytest.mark.parametrize(
    ("lines", "code", "field"),
    [
        ('[[batch.place]]\nsections = ["甲"]\nown_section = true\n[[batch.place]]\n', "SSJ-S060", "batch[1].place[1]"),
        ('[[batch.place]]\nsections = ["甲、乙"]\n[[batch.place]]\n', "SSJ-S061", "batch[1].place[1].sections"),
        ('[[batch.place]]\nsections = ["甲以外"]\n[[batch.place]]\n', "SSJ-S061", "batch[1].place[1].sections"),
        ('[[batch.place]]\nqualifications = [" "]\n[[batch.place]]\n', "SSJ-S061", "batch[1].place[1].qualifications"),
        ("[[batch.place]]\nlead = true\n", "SSJ-S011", "batch[1].place"),
    ],
)
def test_places_that_cannot_be(lines: str, code: str, field: str) -> None:
    assert wrong(load_ruleset, ruleset_table(batch() + lines)) == [(code, field)]


def test_places_stand_instead_of_the_short_form() -> None:
    both = batch(officers="joint", lead="一股") + "[[batch.place]]\n[[batch.place]]\n"
    assert wrong(load_ruleset, ruleset_table(both)) == [("SSJ-S062", "batch[1].place")]


@pytest.mark.parametrize(
    ("keys", "code"),
    [
        ("widen = -1", "SSJ-S006"),
        ("most = -1", "SSJ-S006"),
        ("most_per_year = -2", "SSJ-S006"),
        ('evenness = "strict"\nwiden = 1', "SSJ-S063"),
        ('evenness = "fair"', "SSJ-P011"),
        ('lead = "yes"', "SSJ-P011"),
    ],
)
def test_team_keys_that_cannot_be(keys: str, code: str) -> None:
    assert [c for c, _ in wrong(load_ruleset, ruleset_table(size=f"2\n{keys}"))] == [code]


LEAD, MEMBER = SealedPlace(role="主办"), SealedPlace(role="协办")
GOOD = SealedTeam(
    size=2, officers="any", lead_section="", evenness="range", places=(evolve(LEAD, needs=("主办资格",)), MEMBER),
    qualified={"主办资格": ("officer:O00", "officer:O01")}, avoid={"officer:O00": ("officer:O01",)},
    departments={"甲局": ("officer:O01",), "乙局": ("officer:O00",)},
)  # fmt: skip
TWICE = evolve(MEMBER, sections=("甲",), own_section=True)
STRANGER = SealedCompanion(id="officer:O99", kind="专家")
SPOILED: dict[str, tuple[str, Callable[[SealedTeam], SealedTeam]]] = {
    "more-places": ("SSJ-V230", lambda t: evolve(t, places=(*t.places, MEMBER))),
    "nobody-leads": ("SSJ-V230", lambda t: evolve(t, places=(MEMBER, MEMBER))),
    "two-sections": (
        "SSJ-V231",
        lambda t: evolve(t, places=(LEAD, TWICE)),
    ),
    "own-and-others": (
        "SSJ-V231",
        lambda t: evolve(t, places=(LEAD, evolve(MEMBER, own_section=True, other_than=("甲",)))),
    ),
    "section-and-others": (
        "SSJ-V231",
        lambda t: evolve(t, places=(LEAD, evolve(MEMBER, sections=("甲",), other_than=("乙",)))),
    ),
    "odd-section": ("SSJ-V232", lambda t: evolve(t, places=(LEAD, evolve(MEMBER, sections=("甲以外",))))),
    "odd-need": ("SSJ-V232", lambda t: evolve(t, places=(LEAD, evolve(MEMBER, needs=("［",))), qualified={"［": ()})),
    "unlisted-need": ("SSJ-V233", lambda t: evolve(t, qualified={})),
    "unknown-qualified": ("SSJ-V234", lambda t: evolve(t, qualified={"主办资格": ("officer:O99",)})),
    "unknown-colleague": ("SSJ-V234", lambda t: evolve(t, avoid={"officer:O00": ("officer:O99",)})),
    "unknown-companion": (
        "SSJ-V234",
        lambda t: evolve(t, companions=(SealedCompanion(id="officer:O99", kind="专家"),)),
    ),
    "qualified-twice": ("SSJ-V235", lambda t: evolve(t, qualified={"主办资格": ("officer:O00", "officer:O00")})),
    "pair-reversed": ("SSJ-V235", lambda t: evolve(t, avoid={"officer:O01": ("officer:O00",)})),
    "unknown-in-a-department": ("SSJ-V234", lambda t: evolve(t, departments={"甲局": ("officer:O99",)})),
    "department-reversed": ("SSJ-V235", lambda t: evolve(t, departments={"甲局": ("officer:O01", "officer:O00")})),
    "of-two-departments": (
        "SSJ-V235",
        lambda t: evolve(t, departments={"甲局": ("officer:O00",), "乙局": ("officer:O00", "officer:O01")}),
    ),
    "no-such-weeks": ("SSJ-V236", lambda t: evolve(t, limits=(SealedLimit(per="week", most=9, periods=3),))),
    "limits-reversed": (
        "SSJ-V236",
        lambda t: evolve(t, limits=tuple(SealedLimit(per=p, most=9, periods=1) for p in ("year", "draw"))),
    ),
    "months-before-weeks": (
        "SSJ-V236",
        lambda t: evolve(
            t, limits=(SealedLimit(per="month", most=9, periods=2), SealedLimit(per="week", most=9, periods=9))
        ),
    ),
    "cap-above-a-limit": ("SSJ-V237", lambda t: evolve(t, limits=(SealedLimit(per="draw", most=1, periods=1),))),
    "bound-and-free": (
        "SSJ-V237",
        lambda t: evolve(t, limits=(SealedLimit(per="draw", most=9, periods=1, bound=("officer:O00",)),)),
    ),
    "over-and-not-bound": (
        "SSJ-V234",
        lambda t: evolve(t, limits=(SealedLimit(per="year", most=9, periods=1, over=("officer:O00",)),)),
    ),
    "negative-widen": ("SSJ-V055", lambda t: evolve(t, widen=-1)),
    "strict-and-wide": ("SSJ-V055", lambda t: evolve(t, widen=1, evenness="strict")),
}


@pytest.mark.parametrize("name", SPOILED)
def test_what_no_sealing_can_hold_of_a_team(name: str) -> None:
    sealed = team_case().seal()
    good = evolve(sealed, rules=evolve(sealed.rules, team=GOOD))
    check_sealed(good)
    code, spoil = SPOILED[name]
    with pytest.raises(SealedError) as caught:
        check_sealed(evolve(sealed, rules=evolve(sealed.rules, team=spoil(GOOD))))
    assert {p.code for p in caught.value.problems} == {code}
    for found in caught.value.problems:
        if code in ("SSJ-V231", "SSJ-V232", "SSJ-V233"):
            assert found.field == ("team.places[1]" if name == "unlisted-need" else "team.places[2]")
        assert found.message("zh")
        assert found.remedy("en")


def test_a_cap_may_be_all_that_a_limit_leaves() -> None:
    """Two in each of two months are four, three in the year are three: three in the draw keep both."""
    sealed = team_case().seal()
    assert {o.cap for o in sealed.officers} == {3}
    limits = (SealedLimit(per="month", most=2, periods=2), SealedLimit(per="year", most=3, periods=1))
    check_sealed(evolve(sealed, rules=evolve(sealed.rules, team=evolve(GOOD, limits=limits))))


@pytest.mark.parametrize(("unit", "rule", "refused"), [
    (OFFICER, ACCOMPANIES, False), (SUBJECT, ACCOMPANIES, True), (OFFICER, "a.other", True), (OFFICER, "z.other", True),
])  # fmt: skip
def test_a_companion_is_an_officer_excluded_as_one(unit: str, rule: str, refused: bool) -> None:
    sealed = team_case().seal()
    out = ExcludedRow(unit=unit, id="officer:O77", name="某", rule=rule, reason="某")
    team = evolve(GOOD, companions=(SealedCompanion(id="officer:O77", kind="专家"),))
    found = {p.code for p in colleagues_wrong(team, sealed.officers, [out])}
    assert found == ({"SSJ-V234"} if refused else set())


def test_a_companion_who_counts_as_an_officer_is_refused() -> None:
    sealed = team_case().seal()
    team = evolve(GOOD, companions=(SealedCompanion(id="officer:O00", kind="专家"),))
    with pytest.raises(SealedError) as caught:
        check_sealed(evolve(sealed, rules=evolve(sealed.rules, team=team)))
    assert "SSJ-V234" in str(caught.value)


def test_what_was_sealed_is_read_back() -> None:
    case = with_team(team_case(), Team(lead="qualified", widen=1, avoid="last-team"))
    made = case.seal()
    assert unseal(made.files, case.previous_head) == made
    assert decode_rules(made.rules_data, "rules.toml").team == made.rules.team
