"""Whether one subject can be staffed: the quick answer is that of the matching, by the same officers."""

import pytest
from attrs import evolve
from hypothesis import assume, given, settings

from ssj_core.foresight import foresee
from ssj_core.kinds import kinds
from ssj_core.matching import Infeasible, match
from ssj_core.model import Officer
from ssj_core.problems import InputError, RefusedError
from ssj_core.rules.ruleset import Team
from ssj_core.sealed import Sealed
from ssj_core.seating import Seating
from ssj_core.teams import instance
from tests.strategies import Case, make_office, make_officer, make_subject
from tests.team_rules import team_case, team_cases, with_team
from tests.unit.test_sealed_team import checked_pool


def sealed_anyway(case: Case) -> Sealed:
    """What would be sealed were staffing not checked: the rows of an office that can staff, with the case's own."""
    try:
        return case.seal()
    except (InputError, RefusedError):
        assume(False)
        raise


@given(team_cases())
@settings(max_examples=40)
def test_the_quick_answer_is_that_of_the_matching(case: Case) -> None:
    sealed = sealed_anyway(case)
    caps = [0, 1, 3]
    officers = tuple(evolve(o, cap=caps[n % 3]) for n, o in enumerate(sealed.officers))
    for rows in (sealed.officers, officers):
        seating = Seating(sealed.rules.team, rows)
        for kind in kinds(sealed):
            question = instance(sealed.rules.team, [kind.subjects[0]], rows, kind.recusals)
            try:
                match(question, "0" * 64)
                right = True
            except Infeasible:
                right = False
            able = seating.able(kind.subjects[0], kind.recusals)
            assert seating.seated(able) == right
            out, spent = question.exclusions.get(kind.subjects[0].id, {}), {o.id for o in rows if not o.cap}
            assert [ids for _, ids in able] == [
                tuple(o for o in question.classes[p.klass] if o not in out and o not in spent)
                for p in question.visits[0].places
            ]


@given(team_cases())
@settings(max_examples=30)
def test_if_they_may_go_everywhere_all_of_a_kind_can_be_staffed(case: Case) -> None:
    """Officers who may be sent as often as subjects of a kind can be drawn: then all of these have their teams."""
    sealed = sealed_anyway(case)
    seating = Seating(sealed.rules.team, sealed.officers)
    for kind in kinds(sealed):
        if seating.seated(seating.able(kind.subjects[0], kind.recusals), kind.most):
            drawn = list(kind.subjects[: kind.most])
            recusals = tuple(evolve(r, subject=s.id) for s in drawn for r in kind.recusals)
            match(instance(sealed.rules.team, drawn, sealed.officers, recusals), "0" * 64)


def test_a_class_too_small_for_any_team_is_told_once() -> None:
    """Twelve subjects and six officers, two to a section: a team of three from the subject's own section."""
    case = with_team(team_case(), Team(size=3), officers="own-section")
    with pytest.raises(RefusedError) as caught:
        case.seal()
    assert sorted({p.code for p in caught.value.problems}) == ["SSJ-M001", "SSJ-M003", "SSJ-M014"]
    (told,) = (p for p in caught.value.problems if p.code == "SSJ-M014")
    assert told.value == "股室东股"
    assert [told.params[name] for name in ("need", "have", "count")] == ["3", "2", "12"]
    assert len(caught.value.certificates) == 1


def test_a_thousand_officers_in_a_thousand_classes() -> None:
    """Each subject is led by the one officer of its own section; whoever else goes along."""
    sections = [f"{n:03}股" for n in range(1000)]
    officers: list[Officer] = [make_officer(n, section=section) for n, section in enumerate(sections)]
    subjects = [make_subject(n, section=section) for n, section in enumerate(sections)]
    case = Case(office=make_office(), subjects=tuple(subjects), officers=tuple(officers))
    assert len(checked_pool(case).officers) == 1000
    sealed = case.seal()
    assert len(kinds(sealed)) == 1000
    assert len(foresee(sealed)) == 2
