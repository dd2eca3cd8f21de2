"""Cases whose ruleset says more of teams: qualified leads, places one by one, qualifications, limits, colleagues."""

from datetime import date
from typing import Any, Final

from attrs import evolve
from hypothesis import strategies as st

from ssj_core.model import Inspection
from ssj_core.rules.ruleset import Team, TeamPlace
from tests.strategies import OS, SECTIONS, SECTORS, Case, make_office, make_officer, make_subject

LEADS: Final = ("officer:O00", "officer:O03")
ALL_SECTIONS: Final = (*SECTIONS, "北股")


def team_case() -> Case:
    """Twelve subjects of sector 甲类 in section 东股, and six officers in three sections; O00 and O03 may lead."""
    subjects = [make_subject(n) for n in range(12)]
    sections = ["东股", "东股", "北股", "西股", "西股", "北股"]
    officers = [make_officer(n, section=section) for n, section in enumerate(sections)]
    officers = [evolve(o, leads=o.id in LEADS) for o in officers]
    return Case(office=make_office(), subjects=tuple(subjects), officers=tuple(officers))


def staffed(case: Case, *, sectors: tuple[str, ...]) -> Case:
    """The same for a batch of these sectors; O01 and O02 alone know 丙类, O04 alone is an electrician."""
    policy = evolve(case.office.ruleset.batch[0], sectors=sectors)
    office = evolve(case.office, ruleset=evolve(case.office.ruleset, batch=(policy,)))
    fields = {"officer:O01": SECTORS, "officer:O02": SECTORS}
    officers = (
        evolve(
            o, fields=fields.get(o.id, SECTORS[:2]), qualifications=("电气",) if o.id == "officer:O04" else ("给排水",)
        )
        for o in case.officers
    )
    return evolve(case, office=office, officers=tuple(officers))


def with_team(case: Case, team: Team, **policy: Any) -> Case:
    """The case with another team rule, and other keys of its batch."""
    ruleset = case.office.ruleset
    changed = evolve(ruleset, team=team, batch=(evolve(ruleset.batch[0], **policy),))
    return evolve(case, office=evolve(case.office, ruleset=changed))


@st.composite
def team_places(draw: st.DrawFn) -> TeamPlace:
    """Any place that can be declared."""
    way = draw(st.sampled_from(["any", "any", "own", "some", "others"]))
    return TeamPlace(
        sections=tuple(draw(st.lists(st.sampled_from(ALL_SECTIONS), min_size=1, unique=True))) if way == "some" else (),
        own_section=way == "own",
        other_than=(draw(st.sampled_from(ALL_SECTIONS)),) if way == "others" else (),
        lead=draw(st.booleans()),
        field=draw(st.sampled_from(["", "", "s1"])),
        qualifications=draw(st.sampled_from([(), (), ("电气",)])),
    )


@st.composite
def team_cases(draw: st.DrawFn) -> Case:
    """Small draws with any team rule; some cannot be staffed."""
    officers = tuple(
        evolve(
            make_officer(n, section=draw(st.sampled_from(ALL_SECTIONS))),
            fields=draw(st.sampled_from([SECTORS, SECTORS, SECTORS[:1]])),
            leads=draw(st.booleans()),
            qualifications=draw(st.sampled_from([(), ("电气",)])),
            most=draw(st.sampled_from([None, None, None, 2])),
        )
        for n in range(draw(st.integers(3, 9)))
    )
    expert = evolve(make_officer(90), accompanies=draw(st.sampled_from(["专家", "辅助人员"])))
    subjects = tuple(make_subject(n, section=draw(st.sampled_from(SECTIONS))) for n in range(draw(st.integers(1, 8))))
    evenness: Any = draw(st.sampled_from(["range", "strict"]))
    team = Team(
        size=draw(st.integers(2, 3)),
        evenness=evenness,
        widen=draw(st.integers(0, 2)) if evenness == "range" else 0,
        lead=draw(st.sampled_from(["any", "qualified"])),
        most=draw(st.sampled_from([0, 0, 3])),
        most_per_week=draw(st.sampled_from([0, 0, 1])),
        most_per_month=draw(st.sampled_from([0, 0, 2, 3])),
        most_per_year=draw(st.sampled_from([0, 0, 3, 5])),
        history=draw(st.sampled_from(["none", "year"])),
        avoid=draw(st.sampled_from(["none", "last-team"])),
    )
    ids = st.lists(st.sampled_from([o.id for o in officers]), min_size=2, max_size=3, unique=True)
    days = st.dates(date(2020, 12, 1), date(2021, 3, 20))
    past = [
        Inspection(subject=subjects[0].id, day=draw(days), officers=tuple(draw(ids)), source=f"x:{n}")
        for n in range(draw(st.integers(0, 4)))
    ]
    case = Case(office=make_office(), subjects=subjects, officers=(*officers, expert), evidence=(OS,), past=tuple(past))
    if draw(st.booleans()):
        return with_team(case, team, place=tuple(draw(st.lists(team_places(), min_size=2, max_size=3))))
    ways: Any = draw(st.sampled_from(["any", "own-section", "joint"]))
    return with_team(case, team, officers=ways, lead_section="西股" if ways == "joint" else "")
