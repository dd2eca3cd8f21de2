"""Tables of holidays: of the library `chinesecalendar`, and those an office keeps in `calendars/` beside its plan.

What an office keeps comes first: a notice that no release has yet, or a change ordered in the middle of a year.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final, Literal

import tomli_w
from attrs import frozen

from ssj_core.problems import InputError, Problem, SsjError, problem
from ssj_core.structuring import decode_toml, parse_toml, structure
from ssj_core.toml_files import read_toml
from ssj_core.tomlpos import line_of, positions
from ssj_core.workdays import Holidays, HolidayYear, days_of, holiday_year

FOLDER: Final = "calendars"
LIBRARY: Final = "chinesecalendar"


@frozen(kw_only=True)
class CalendarTable:
    """`calendars/2027.toml`: the holidays of a year; true for a day on which people work, false for one off."""

    format: Literal["ssj-calendar/1"]
    year: int
    source: str
    days: Mapping[str, bool]


def holidays(folder: Path, years: Iterable[int]) -> Holidays:
    """The tables of `years` that anybody has, for the office whose plan stands in `folder`.

    Raises:
        InputError: with every mistake of every file in `calendars/`.
    """
    found = {year: table for year in years if (table := _of_the_library(year)) is not None}
    wrong: list[Problem] = []
    for path in sorted((folder / FOLDER).glob("*.toml")):
        try:
            table = read_calendar(path)
        except SsjError as error:
            wrong += error.problems
            continue
        if table.year in years:
            found[table.year] = table
    if wrong:
        raise InputError(wrong)
    return found


def read_calendar(path: Path) -> HolidayYear:
    """A file of `calendars/`.

    Raises:
        InputError: with its mistakes: it is no such table, a key is no day or none of its year.
    """
    file = f"{FOLDER}/{path.name}"
    text = decode_toml(read_toml(path, file), file)
    table = structure(parse_toml(text, file), CalendarTable, file, text)
    lines, may = positions(text), {day.isoformat() for day in days_of(table.year)}
    wrong = [
        problem("SSJ-H002", file=file, row=line_of(lines, ("days", key)), field="days", value=key, year=table.year)
        for key in table.days
        if key not in may
    ]
    if wrong:
        raise InputError(wrong)
    works = [(date.fromisoformat(key), working) for key, working in table.days.items()]
    return holiday_year(table.year, table.source, works)


def encode_calendar(year: HolidayYear) -> bytes:
    """The bytes of a file of `calendars/`."""
    head = {"format": "ssj-calendar/1", "year": year.year, "source": year.source}
    return tomli_w.dumps({**head, "days": dict(year.days)}).encode()


def calendar_path(folder: Path, year: int) -> Path:
    """Where an office keeps the holidays of a year."""
    return folder / FOLDER / f"{year}.toml"


@cache
def _of_the_library(year: int) -> HolidayYear | None:
    """The table of a year in the version installed; None if it has none yet.

    Its version is not named: the same days in another release are the same table.
    """
    works = {day: working for day in days_of(year) if (working := _works(day)) is not None}
    return holiday_year(year, LIBRARY, works.items()) if date(year, 1, 1) in works else None


def _works(day: date) -> bool | None:
    import chinese_calendar

    try:
        found: bool = chinese_calendar.is_workday(day)
    except NotImplementedError:
        return None
    return found
