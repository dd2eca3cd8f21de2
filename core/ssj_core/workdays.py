"""Working days of the mainland, from the published tables of holidays; where there is none, a likely day marked so."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Final

Working = Callable[[date], bool]
"""Whether a day is a working day: `is_workday`, or `Likely` where a provisional answer will do."""

_DAY: Final = timedelta(days=1)
_YEARS_END: Final = (12, 26)
"""From this day on the notice of the next year may still move days: that for 2019 moved 29 and 31 December 2018."""


class UnpublishedError(LookupError):
    """The holidays of `year` are not published, or not in the tables installed."""

    def __init__(self, year: int) -> None:
        self.year = year
        super().__init__(f"no table of holidays for {year}")


def is_workday(day: date) -> bool:
    """Whether a day is a working day.

    Raises:
        UnpublishedError: nobody knows yet. ImportError: `chinesecalendar` (extra `forms`) is not installed.
    """
    import chinese_calendar

    try:
        found: bool = chinese_calendar.is_workday(day)
    except NotImplementedError:
        raise UnpublishedError(day.year) from None
    return found


class Likely:
    """Working days also where no table says so: Monday to Friday; `missing` are the years whose notice was wanted."""

    def __init__(self) -> None:
        self.missing: set[int] = set()

    def __call__(self, day: date) -> bool:
        """Raises `ImportError` without `chinesecalendar`."""
        try:
            found = is_workday(day)
        except UnpublishedError:
            self.missing.add(day.year)
            return day.weekday() < 5
        if (day.month, day.day) >= _YEARS_END and not published(day.year + 1):
            self.missing.add(day.year + 1)
        return found


def published(year: int) -> bool:
    """Whether the tables installed hold the holidays of a year; raises `ImportError` without `chinesecalendar`."""
    try:
        is_workday(date(year, 1, 1))
    except UnpublishedError:
        return False
    return True


def after(day: date, count: int, working: Working = is_workday) -> date:
    """The `count`-th working day after `day`, which itself is day 0; raises like `working`."""
    days = (d for d in _from(day + _DAY, _DAY) if working(d))
    found = day
    for _ in range(count):
        found = next(days)
    return found


def last_until(end: date, working: Working = is_workday) -> date:
    """The last working day not after `end`; raises like `working`."""
    day = end
    while not working(day):
        day -= _DAY
    return day


def latest_with(end: date, count: int, working: Working = is_workday) -> date:
    """The latest day whose `count`-th working day is not after `end`; raises like `working`.

    Whoever inspects later than this must enter the result by `end` all the same.
    """
    day = end
    for _ in range(count):
        while not working(day):
            day -= _DAY
        day -= _DAY
    return day


def _from(day: date, step: timedelta) -> Iterator[date]:
    while True:
        yield day
        day += step
