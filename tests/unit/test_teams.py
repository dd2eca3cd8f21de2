"""From sealed rows to the question the matching answers: places, classes, exclusions; and back to team rows."""

from typing import Literal

import pytest

from ssj_core.matching import Instance, match
from ssj_core.rules.effective import SealedTeam
from ssj_core.rules.ruleset import TeamFrom
from ssj_core.tables import OfficerRow, RecusalRow, SubjectRow
from ssj_core.teams import NOT_QUALIFIED, instance, team_rows

SEED = "ab" * 32


def subject(n: int, section: str = "一股", *sectors: str) -> SubjectRow:
    return SubjectRow(
        id=f"test:s{n}", name=f"第{n}家", kind="", stratum="x", sectors=sectors or ("a",), section=section, area="",
        address="", risk_class="", key=False, parent="",
    )  # fmt: skip


def officer(n: int, section: str = "一股", *sectors: str, cap: int = 5, history: int = 0) -> OfficerRow:
    return OfficerRow(
        id=f"test:o{n}", name=f"第{n}人", section=section, certificate="", fields=sectors or ("a",), cap=cap,
        history=history,
    )  # fmt: skip


def team(
    officers: TeamFrom = "any", size: int = 2, lead: str = "", evenness: Literal["range", "strict"] = "range"
) -> SealedTeam:
    return SealedTeam(size=size, officers=officers, lead_section=lead, evenness=evenness)


def recusal(s: int, o: int, rule: str = "x.r") -> RecusalRow:
    return RecusalRow(subject=f"test:s{s}", officer=f"test:o{o}", rule=rule, reason="因")


def places(made: Instance) -> list[list[tuple[str, str]]]:
    return [[(p.role, p.klass) for p in v.places] for v in made.visits]


@pytest.mark.parametrize("size", [2, 3, 4])
def test_any_section(size: int) -> None:
    made = instance(team(size=size), [subject(1), subject(2, "二股")], [officer(1), officer(2, "二股")], [])
    assert places(made) == [[("主办", "各股室")] + [("协办", "各股室")] * (size - 1)] * 2
    assert made.classes == {"各股室": ("test:o1", "test:o2")}


def test_own_section() -> None:
    officers = [officer(1), officer(2, "二股"), officer(3)]
    made = instance(team("own-section"), [subject(1), subject(2, "二股")], officers, [])
    assert places(made) == [
        [("主办", "股室一股"), ("协办", "股室一股")],
        [("主办", "股室二股"), ("协办", "股室二股")],
    ]
    assert made.classes == {"股室一股": ("test:o1", "test:o3"), "股室二股": ("test:o2",)}


@pytest.mark.parametrize("size", [2, 3])
def test_joint(size: int) -> None:
    officers = [officer(1), officer(2, "二股"), officer(3, "三股"), officer(4)]
    made = instance(team("joint", size, lead="一股"), [subject(1, "二股")], officers, [])
    assert places(made) == [[("主办", "股室一股")] + [("协办", "股室一股以外")] * (size - 1)]
    assert made.classes == {"股室一股": ("test:o1", "test:o4"), "股室一股以外": ("test:o2", "test:o3")}


def test_a_section_called_like_a_class_is_no_trap() -> None:
    """Somebody may call a section 一股以外 or 各股室; he is still in his own section only."""
    officers = [officer(1), officer(2, "一股以外"), officer(3, "各股室"), officer(4, "")]
    made = instance(team("joint", lead="一股"), [subject(1)], officers, [])
    assert made.classes == {"股室一股": ("test:o1",), "股室一股以外": ("test:o2", "test:o3", "test:o4")}
    own = instance(team("own-section"), [subject(1, "一股以外"), subject(2, "各股室"), subject(3, "")], officers, [])
    assert own.classes == {"股室（名录未填）": (), "股室一股以外": ("test:o2",), "股室各股室": ("test:o3",)}


def test_who_is_not_qualified_for_a_subject_is_excluded_there_only() -> None:
    officers = [officer(1, "一股", "a"), officer(2, "一股", "b"), officer(3, "一股", "b", "a")]
    subjects = [subject(1, "一股", "a"), subject(2, "一股", "b"), subject(3, "一股", "c", "b")]
    made = instance(team(), subjects, officers, [])
    assert made.exclusions == {
        "test:s1": {"test:o2": NOT_QUALIFIED},
        "test:s2": {"test:o1": NOT_QUALIFIED},
        "test:s3": {"test:o1": NOT_QUALIFIED},
    }


def test_recusals_exclude_with_the_first_rule_and_only_where_drawn() -> None:
    rows = [recusal(1, 2, "x.a"), recusal(1, 2, "x.b"), recusal(2, 1), recusal(9, 1)]
    made = instance(team(), [subject(1), subject(2)], [officer(1), officer(2)], rows)
    assert made.exclusions == {"test:s1": {"test:o2": "x.a"}, "test:s2": {"test:o1": "x.r"}}


def test_who_is_recused_and_not_qualified_is_excluded_once() -> None:
    made = instance(team(), [subject(1)], [officer(1, "一股", "b"), officer(2)], [recusal(1, 1)])
    assert list(made.exclusions["test:s1"]) == ["test:o1"]


def test_caps_history_and_evenness_are_handed_on() -> None:
    made = instance(team(evenness="strict"), [subject(1)], [officer(1, cap=1, history=4), officer(2, cap=3)], [])
    assert [(o.id, o.cap, o.history) for o in made.officers] == [("test:o1", 1, 4), ("test:o2", 3, 0)]
    assert made.evenness == "strict"


def test_nobody_drawn() -> None:
    made = instance(team(), [], [officer(1)], [recusal(1, 1)])
    assert (made.visits, dict(made.classes), dict(made.exclusions)) == ((), {}, {})


def test_team_rows_follow_the_order_of_the_drawn() -> None:
    officers = [officer(1), officer(2, "二股"), officer(3, "三股"), officer(4)]
    drawn = [subject(2), subject(1), subject(3)]
    matching = match(instance(team("joint", 3, lead="一股"), drawn, officers, []), SEED)
    rows = team_rows(matching, drawn, officers)
    assert [(r.subject, r.place, r.role) for r in rows] == [
        (s.id, n, "协办" if n > 1 else "主办") for s in drawn for n in (1, 2, 3)
    ]
    by_id = {o.id: o for o in officers}
    for row in rows:
        assert (row.officer_name, row.section) == (by_id[row.officer].name, by_id[row.officer].section)
        assert row.name == next(s.name for s in drawn if s.id == row.subject)
        assert (row.section == "一股") == (row.role == "主办")
    for one in drawn:
        assert len({r.officer for r in rows if r.subject == one.id}) == 3
