"""Working days: the published tables, counting from the day after, and years that nobody has published."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssj_core.calendars import holidays
from ssj_core.workdays import Certain, Likely, UnpublishedError, after, latest_with, years_needed

KNOWN = holidays(Path(), range(2004, 2101))
WORKS = Certain(KNOWN)
COVERED = st.dates(date(2021, 1, 1), date(2025, 12, 1))


@pytest.mark.parametrize("day", ["2021-02-07", "2021-02-20", "2021-09-26", "2024-02-18", "2025-10-11", "2026-02-28"])
def test_a_weekend_may_be_a_working_day(day: str) -> None:
    assert WORKS(date.fromisoformat(day))


@pytest.mark.parametrize("day", ["2021-02-11", "2021-10-07", "2024-10-07", "2025-01-28", "2026-06-19", "2026-06-20"])
def test_a_holiday_is_none(day: str) -> None:
    assert not WORKS(date.fromisoformat(day))


def test_the_day_itself_is_day_nought() -> None:
    assert after(date(2021, 3, 1), 5, WORKS) == date(2021, 3, 8)  # Monday to Monday
    assert after(date(2021, 2, 9), 5, WORKS) == date(2021, 2, 22)  # over the Spring Festival, with Saturday 20 February
    assert after(date(2021, 9, 30), 1, WORKS) == date(2021, 10, 8)
    assert latest_with(date(2021, 10, 8), 1, WORKS) == date(2021, 10, 7)


def test_a_year_without_a_table_is_said_so() -> None:
    with pytest.raises(UnpublishedError) as told:
        after(date(2098, 12, 30), 5, WORKS)
    assert told.value.year == 2098
    with pytest.raises(UnpublishedError):
        latest_with(date(2098, 1, 4), 5, WORKS)


def test_a_likely_day_says_which_year_is_missing() -> None:
    working = Likely(KNOWN)
    assert after(date(2098, 1, 3), 1, working) == date(2098, 1, 6)  # Friday to Monday
    assert working.missing == {2098}


@given(COVERED, st.integers(1, 30))
def test_where_the_tables_say_so_the_likely_day_is_the_day(day: date, count: int) -> None:
    working = Likely(KNOWN)
    assert after(day, count, working) == after(day, count, WORKS)
    assert not working.missing


@given(COVERED, st.integers(1, 30))
def test_after_and_latest_with_are_the_two_sides_of_one_rule(day: date, count: int) -> None:
    due = after(day, count, WORKS)
    assert WORKS(due)
    assert sum(WORKS(day + timedelta(n)) for n in range(1, (due - day).days + 1)) == count
    latest = latest_with(due, count, WORKS)
    assert day <= latest < due
    assert after(latest, count, WORKS) <= due < after(latest + timedelta(1), count, WORKS)


@given(st.dates(date(2007, 1, 1), date(2025, 12, 31)), st.integers(0, 400), st.integers(1, 200))
def test_the_years_whose_tables_are_sealed_tell_every_deadline(start: date, days: int, count: int) -> None:
    """Of an inspection on any day of the batch, and of the last day on which a result can still come in time."""
    end = min(start + timedelta(days), date(2025, 12, 31))
    needed = years_needed(start, end, count)
    assert latest_with(end, count, WORKS).year in needed
    assert {start.year, end.year} <= set(needed)
    assert (end.year + 1 in needed) is ((end.month, end.day) >= (12, 26))
