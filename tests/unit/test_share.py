"""年度抽查占比: distinct subjects of all draws of a year over the roster."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

import pytest
from attrs import evolve

from ssj_core.rules.effective import encode_rules
from ssj_core.sealed import RULES_FILE
from ssj_core.share import Share, yearly_shares
from ssj_core.standing import path
from ssj_core.tables import DRAWN, RESERVE, DrawnRow, TeamRow, encode_table
from tests.strategies import small_case


def draw(
    drawn: Sequence[str],
    *,
    reserve: Sequence[str] = (),
    year: int = 2021,
    rows: int = 100,
    start: date = date(2021, 3, 1),
) -> dict[str, bytes]:
    """The two files of a draw that the share is taken from."""
    rules = small_case().seal().rules
    pins = tuple(evolve(p, rows=rows) if p.role == "subjects" else p for p in rules.rosters)
    table = [
        DrawnRow(stratum="全部", rank=n, outcome=outcome, id=f"test:{one}", name=one, ticket="0" * 64)
        for n, (one, outcome) in enumerate([*((d, DRAWN) for d in drawn), *((r, RESERVE) for r in reserve)], start=1)
    ]
    return {
        RULES_FILE: encode_rules(evolve(rules, year=year, rosters=pins, start=start)),
        "drawn.csv": encode_table(DrawnRow, table),
    }


def test_a_subject_drawn_twice_counts_once_and_a_reserve_not_at_all() -> None:
    (share,) = yearly_shares([(draw(["a", "b"], reserve=["c"]), 0), (draw(["b", "d"]), 0)])
    assert (share.drawn, share.listed, share.minimum) == (3, 100, Fraction(1, 20))


def test_whoever_stepped_in_counts_and_whoever_dropped_out_does_not() -> None:
    row = TeamRow(subject="test:c", name="", place=1, role="", officer="officer:1", officer_name="", section="")
    files = draw(["a", "b"]) | {path(2, "teams.csv"): encode_table(TeamRow, [row, evolve(row, place=2)])}
    assert [s.drawn for s in yearly_shares([(files, 2), (draw(["b"]), 0)])] == [2]
    assert [s.drawn for s in yearly_shares([(files, 0)])] == [2]


def test_the_roster_is_that_of_the_latest_batch() -> None:
    late = draw(["b"], rows=200, start=date(2021, 10, 1))
    assert [s.listed for s in yearly_shares([(late, 0), (draw(["a"], rows=100), 0)])] == [200]


def test_years_are_counted_apart() -> None:
    shares = yearly_shares([(draw(["a"], year=2022), 0), (draw(["a", "b"], year=2021), 0)])
    assert [(s.year, s.drawn) for s in shares] == [(2021, 2), (2022, 1)]


@pytest.mark.parametrize("broken", ["drawn.csv", RULES_FILE])
@pytest.mark.parametrize("others", [0, 1])
def test_a_draw_that_cannot_be_read_is_left_out(broken: str, others: int) -> None:
    for bad in ({broken: b"\xff"}, {}):
        files = {k: v for k, v in {**draw(["x"]), **bad}.items() if bad or k != broken}
        shares = yearly_shares([(files, 0), *[(draw(["a"]), 0)] * others])
        assert [s.drawn for s in shares] == [1] * others


def test_nothing_drawn_is_no_share() -> None:
    assert yearly_shares([]) == ()


@pytest.mark.parametrize(
    ("drawn", "listed", "percent", "reached"),
    [(5, 100, "5.00%", True), (4_999, 100_000, "4.99%", False), (0, 0, "0.00%", False), (1, 3, "33.33%", True)],
)
def test_the_percentage_never_says_too_much(drawn: int, listed: int, percent: str, reached: bool) -> None:
    share = Share(year=2021, drawn=drawn, listed=listed, minimum=Fraction(1, 20))
    assert percent in share.text().zh
    assert percent in share.text().en
    assert share.reached is reached
    assert ("已达到不低于 5%" in share.text().zh) is reached
    assert ("is reached" in share.text().en) is reached


def test_where_no_minimum_is_asked_nothing_is_said_of_one() -> None:
    share = Share(year=2021, drawn=1, listed=1000, minimum=None)
    assert share.reached
    assert "要求" not in share.text().zh
