"""Tables of holidays: the library's against another's, the office's own before it, and mistakes in them."""

import tomllib
from datetime import date
from pathlib import Path

import pytest

from ssj_core.calendars import calendar_path, encode_calendar, holidays, read_calendar
from ssj_core.problems import InputError
from ssj_core.workdays import Certain, Likely, after, amended, days_of, holiday_year, usual, years_needed
from tests.unit.test_schema import flaws

NEXT = holiday_year(2027, "通知", [(date(2026, 12, 31), False), (date(2027, 1, 1), False), (date(2027, 1, 2), False)])

HEAD = 'format = "ssj-calendar/1"\nyear = 2027\nsource = "x"\n[days]\n'


def put(folder: Path, text: str, name: str = "2027.toml") -> Path:
    path = folder / "calendars" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


OFF = {
    2021: "0101 0211 0212 0215 0216 0217 0405 0503 0504 0505 0614 0920 0921 1001 1004 1005 1006 1007",
    2026: "0101 0102 0216 0217 0218 0219 0220 0223 0406 0501 0504 0505 0619 0925 1001 1002 1005 1006 1007",
}
ON = {2021: "0207 0220 0425 0508 0918 0926 1009", 2026: "0104 0214 0228 0509 0920 1010"}


@pytest.mark.parametrize("year", OFF)
def test_the_days_that_are_not_as_others(year: int) -> None:
    days = holidays(Path(), [year])[year].days
    own = {key[5:].replace("-", ""): works for key, works in days.items() if key.startswith(str(year))}
    assert own == dict.fromkeys(OFF[year].split(), False) | dict.fromkeys(ON[year].split(), True)


def test_the_last_days_of_december_belong_to_the_next_notice_too() -> None:
    days = holidays(Path(), [2019])[2019].days
    assert (days["2018-12-29"], days["2018-12-31"]) == (True, False)


def test_what_the_office_keeps_comes_first(tmp_path: Path) -> None:
    assert 2027 not in holidays(tmp_path, [2100]), "the library may know it one day; 2100 it will not"
    calendar_path(tmp_path, 2027).parent.mkdir()
    calendar_path(tmp_path, 2027).write_bytes(encode_calendar(NEXT))
    known = holidays(tmp_path, [2026, 2027])
    assert known[2027] == NEXT
    works = Certain(known)
    assert [works(day) for day in (date(2026, 12, 31), date(2027, 1, 1), date(2027, 1, 2), date(2027, 1, 4))] == [
        False, False, False, True
    ]  # fmt: skip
    assert after(date(2026, 12, 30), 1, works) == date(2027, 1, 4)


def test_a_day_redundant_to_the_week_is_no_exception(tmp_path: Path) -> None:
    path = put(
        tmp_path,
        HEAD + "2027-01-02 = false\n2027-01-04 = true\n",
    )
    assert dict(read_calendar(path).days) == {}


def test_a_change_in_the_middle_of_the_year_joins_what_is_known() -> None:
    known = holidays(Path(), [2020])[2020]
    changed = amended(known, holiday_year(2020, "延长", [(date(2020, 1, 31), False), (date(2020, 2, 3), False)]))
    assert changed.days["2020-02-03"] is False
    assert set(known.days) <= set(changed.days)
    back = amended(changed, holiday_year(2020, "恢复", [(date(2020, 2, 3), True)]))
    assert "2020-02-03" in back.days, "what is as usual says nothing, so it changes nothing"


@pytest.mark.parametrize(
    ("text", "code", "row"),
    [
        (HEAD + '"五一" = false\n', "SSJ-H002", 5),
        (HEAD + "2026-05-01 = false\n", "SSJ-H002", 5),
        (HEAD + '2027-05-01 = "off"\n', "SSJ-P010", 5),
        ('format = "ssj-calendar/2"\nyear = 2027\n', "SSJ-P0..", None),
        ("year 2027", "SSJ-P0..", None),
    ],
)
def test_mistakes_in_a_table_are_told_with_their_line(tmp_path: Path, text: str, code: str, row: int | None) -> None:
    put(tmp_path, text)
    put(tmp_path, text, "2028.toml")
    with pytest.raises(InputError) as told:
        holidays(tmp_path, [2027])
    found = told.value.problems
    assert {p.file for p in found} == {"calendars/2027.toml", "calendars/2028.toml"}, "all files at once"
    assert all(p.code.startswith(code.rstrip(".")) for p in found)
    assert row is None or {p.row for p in found} == {row}


def test_the_years_of_a_batch() -> None:
    assert list(years_needed(date(2021, 3, 1), date(2021, 8, 13), 5)) == [2021]
    assert list(years_needed(date(2021, 10, 1), date(2021, 12, 31), 5)) == [2021, 2022]
    assert list(years_needed(date(2021, 10, 1), date(2021, 12, 25), 5)) == [2021]
    assert list(years_needed(date(2021, 1, 4), date(2021, 1, 15), 5)) == [2020, 2021]
    assert list(years_needed(date(1, 1, 1), date(1, 1, 1), 5)) == [1]
    assert date.max.year in years_needed(date.max, date.max, 5)


def test_a_table_of_the_year_after_has_the_last_word_on_december() -> None:
    old = holiday_year(2026, "x", [])
    assert Certain({2026: old})(date(2026, 12, 31))
    assert not Certain({2026: old, 2027: NEXT})(date(2026, 12, 31))
    likely = Likely({2026: old})
    assert likely(date(2026, 12, 31))
    assert likely.missing == {2027}


def test_days_of_a_year() -> None:
    days = list(days_of(2027))
    assert (days[0], days[-1], len(days)) == (date(2026, 12, 26), date(2027, 12, 31), 371)
    assert sum(map(usual, days)) == 265


def test_what_is_kept_keeps_its_schema() -> None:
    assert flaws("ssj-calendar/1", tomllib.loads(encode_calendar(NEXT).decode())) == []
