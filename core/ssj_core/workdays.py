"""Working days of the mainland, from tables of holidays that are given; where there is none, a likely day marked so."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Final

from attrs import frozen

Working = Callable[[date], bool]
"""Whether a day is a working day: `Certain`, or `Likely` where a provisional answer will do."""

_DAY: Final = timedelta(days=1)
_YEARS_END: Final = (12, 26)
"""From this day on the notice of the next year may still move days: that for 2019 moved 29 and 31 December 2018."""


@frozen(kw_only=True)
class HolidayYear:
    """放假调休 of a year, as one notice orders it, with what it moves in the last days of the year before.

    `days` are those on which people work otherwise than from Monday to Friday: 2021-10-09, a Saturday, is true, and
    2021-10-01, a Friday, is false. `source` says where the table comes from.
    """

    year: int
    source: str
    days: Mapping[str, bool]


Holidays = Mapping[int, HolidayYear]
"""Tables by year."""


class UnpublishedError(LookupError):
    """The holidays of `year` are not published, or nobody gave their table."""

    def __init__(self, year: int) -> None:
        self.year = year
        super().__init__(f"no table of holidays for {year}")


@frozen
class Certain:
    """Working days by the tables given."""

    holidays: Holidays

    def __call__(self, day: date) -> bool:
        """Whether people work on a day; raises `UnpublishedError` where no table says so.

        The notice of the year after has the last word on the last days of December, being the later one.
        """
        if day.year not in self.holidays:
            raise UnpublishedError(day.year)
        for year in (day.year + 1, day.year):
            told = self.holidays[year].days.get(day.isoformat()) if year in self.holidays else None
            if told is not None:
                return told
        return usual(day)


class Likely:
    """Working days also where no table says so: Monday to Friday; `missing` are the years whose notice was wanted."""

    def __init__(self, holidays: Holidays) -> None:
        self._certain = Certain(holidays)
        self.missing: set[int] = set()

    def __call__(self, day: date) -> bool:
        """Whether people will probably work on a day."""
        try:
            found = self._certain(day)
        except UnpublishedError:
            self.missing.add(day.year)
            return usual(day)
        if at_years_end(day) and day.year + 1 not in self._certain.holidays:
            self.missing.add(day.year + 1)
        return found


def usual(day: date) -> bool:
    """Whether people work on such a day of the week: Monday to Friday."""
    return day.weekday() < 5


def at_years_end(day: date) -> bool:
    """Whether the notice of the next year may still say something of a day."""
    return (day.month, day.day) >= _YEARS_END


def years_needed(start: date, end: date, count: int) -> range:
    """The years whose tables tell every deadline of inspections from `start` to `end`, `count` working days each."""
    first = min(start.toordinal(), end.toordinal() - 2 * count - 30)  # a deadline is also counted back from the end
    return range(date.fromordinal(max(first, 1)).year, end.year + 1 + at_years_end(end))


def holiday_year(year: int, source: str, works: Iterable[tuple[date, bool]]) -> HolidayYear:
    """A table from days and whether people work on them; days that are as any other of their week are left out."""
    days = {day.isoformat(): working for day, working in sorted(works) if working != usual(day)}
    return HolidayYear(year=year, source=source, days=days)


def amended(table: HolidayYear, change: HolidayYear) -> HolidayYear:
    """A table with some of its days changed; a day that is made as any other of its week is left out."""
    works = {date.fromisoformat(day): working for day, working in {**table.days, **change.days}.items()}
    return holiday_year(table.year, f"{table.source}；{change.source}", works.items())


def days_of(year: int) -> Iterator[date]:
    """The days a notice for `year` may speak of: from 26 December of the year before to the end of the year."""
    start, end = date(year - 1, *_YEARS_END), date(year, 12, 31)
    return (start + n * _DAY for n in range((end - start).days + 1))


def after(day: date, count: int, working: Working) -> date:
    """The `count`-th working day after `day`, which itself is day 0; raises like `working`."""
    days = (d for d in _from(day + _DAY, _DAY) if working(d))
    found = day
    for _ in range(count):
        found = next(days)
    return found


def last_until(end: date, working: Working) -> date:
    """The last working day not after `end`; raises like `working`."""
    day = end
    while not working(day):
        day -= _DAY
    return day


def latest_with(end: date, count: int, working: Working) -> date:
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
