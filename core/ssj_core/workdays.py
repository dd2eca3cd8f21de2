"""Working days of the mainland, from the published tables of holidays; a year without one is said so, never guessed."""

from collections.abc import Iterator
from datetime import date, timedelta

_DAY = timedelta(days=1)


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


def after(day: date, count: int) -> date:
    """The `count`-th working day after `day`, which itself is day 0; raises like `is_workday`."""
    days = (d for d in _from(day + _DAY, _DAY) if is_workday(d))
    found = day
    for _ in range(count):
        found = next(days)
    return found


def last_until(end: date) -> date:
    """The last working day not after `end`; raises like `is_workday`."""
    day = end
    while not is_workday(day):
        day -= _DAY
    return day


def latest_with(end: date, count: int) -> date:
    """The latest day whose `count`-th working day is not after `end`; raises like `is_workday`.

    Whoever inspects later than this must enter the result by `end` all the same.
    """
    day = end
    for _ in range(count):
        while not is_workday(day):
            day -= _DAY
        day -= _DAY
    return day


def _from(day: date, step: timedelta) -> Iterator[date]:
    while True:
        yield day
        day += step
