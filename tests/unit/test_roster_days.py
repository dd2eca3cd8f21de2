"""Dates and leave, in the spellings offices use."""

from datetime import date, datetime, time

import pytest

from ssj_core.model import NO_EXPIRY, Leave
from ssj_core.readers.model import Cell
from ssj_core.roster.days import NEVER_CHECKED, day, expiry, leave
from ssj_core.roster.findings import CellError

DAY = date(2021, 1, 15)


@pytest.mark.parametrize(
    "cell",
    [
        "2021-01-15",
        "2021/1/15",
        "2021.1.15",
        "2021年1月15日",
        "2021年01月15",
        "2021年1月15号",
        "2021–01–15",
        "2021—1—15",
        "20210115",
        "２０２１－０１－１５",
        " 2021 年 1 月 15 日 ",
        "2021-01-15 08:30:00",
        "2021-01-15T08:30:00+08:00",
        "2021-1-15 8:30",
        "2021/1/15  0:00:00",
        "2021-01-15\u00a000:00:00.0",
        "2021年1月15日8时30分",
        "２０２１年１月１５日　８：３０",
        "44211",
        44211,
        44211.0,
        44211.75,
        20210115,
        date(2021, 1, 15),
        datetime.fromisoformat("2021-01-15 08:30"),
    ],
)
def test_one_day_in_many_spellings(cell: Cell) -> None:
    assert day(cell) == DAY


@pytest.mark.parametrize("cell", ["2021-1-1 10:00:00", "2021/1/1 10:30", "2021.1.1 0:00", "2021-1-1T5:00"])
def test_a_time_of_day_is_no_part_of_the_day(cell: str) -> None:
    assert day(cell) == date(2021, 1, 1)
    assert expiry(cell) == date(2021, 1, 1)
    assert leave(f"{cell}至2021-1-2 17:30") == (Leave(first=date(2021, 1, 1), last=date(2021, 1, 2)),)


@pytest.mark.parametrize("cell", ["2021-1-110:00", "2021-02-30 10:00", "2021-1-1 10:00左右"])
def test_what_may_be_two_days_or_none_is_not_guessed(cell: str) -> None:
    with pytest.raises(CellError, match=r"SSJ-R02[78]"):
        day(cell)


@pytest.mark.parametrize("cell", ["2021-02-30", "2021年13月1日", "20210431", "1021-01-01", "2021-0-1"])
def test_days_that_do_not_exist(cell: str) -> None:
    with pytest.raises(CellError, match="SSJ-R028"):
        day(cell)


@pytest.mark.parametrize(
    "cell", ["2021年1月", "21-01-15", "去年", "2021-01-15左右", 3.0, -1, 1e300, float("nan"), True, time(8), "１２"]
)
def test_what_is_no_day(cell: Cell) -> None:
    with pytest.raises(CellError, match="SSJ-R027"):
        day(cell)


@pytest.mark.parametrize("cell", ["—", "未检查", "无"])
def test_never_checked_is_no_day(cell: str) -> None:
    assert day(cell) is None


@pytest.mark.parametrize(
    "cell",
    [
        "长期",
        "无固定期限",
        "永久",
        "长期有效",
        "9999-09-09",
        "9999-12-31",
        date(9999, 9, 9),
        "2020-01-01至长期",
        "2020-01-01起长期有效",
        "自2020年1月1日起长期",
    ],
)
def test_no_end_of_validity(cell: Cell) -> None:
    assert expiry(cell) == NO_EXPIRY


@pytest.mark.parametrize(
    "cell", ["2021-01-15", "至2021-01-15止", "2016.1.16-2021.1.15", "自2016年1月16日至2021年1月15日", DAY]
)
def test_the_last_day_of_validity(cell: Cell) -> None:
    assert expiry(cell) == DAY


@pytest.mark.parametrize("cell", ["—", "有效", "至今", 0])
def test_what_is_no_end_of_validity(cell: Cell) -> None:
    with pytest.raises(CellError, match="SSJ-R027"):
        expiry(cell)


def test_leave_in_several_stretches() -> None:
    first = Leave(first=date(2021, 3, 1), last=date(2021, 3, 10))
    assert leave("2021-03-01至2021-03-10；2021.5.1-2021.5.3") == (
        first,
        Leave(first=date(2021, 5, 1), last=date(2021, 5, 3)),
    )


@pytest.mark.parametrize("mark", ["至", "到", "~", "～", "-", "—", "——", "–", " 至 "])
def test_leave_with_every_sign_for_until(mark: str) -> None:
    assert leave(f"2021年3月1日{mark}2021年3月10日") == (Leave(first=date(2021, 3, 1), last=date(2021, 3, 10)),)
    assert leave(f"20210301{mark}20210310") == (Leave(first=date(2021, 3, 1), last=date(2021, 3, 10)),)


def test_leave_of_a_single_day_and_of_none() -> None:
    assert leave("2021-01-15") == leave(DAY) == (Leave(first=DAY, last=DAY),)
    assert leave("无") == ()


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("三月上旬", "SSJ-R030"),
        ("2021-03-01至", "SSJ-R030"),
        ("2021-03-10至2021-03-01", "SSJ-R031"),
        ("2021-02-30", "SSJ-R028"),
    ],
)
def test_leave_that_cannot_be_read(cell: str, code: str) -> None:
    with pytest.raises(CellError, match=code):
        leave(cell)


def test_a_period_with_the_dash_of_its_days_is_read() -> None:
    assert leave("2021–03–01–2021–03–10") == leave("2021-03-01至2021-03-10")
    assert expiry("2016–1–16—2021–1–15") == DAY


def test_what_may_be_written_instead_of_a_date_is_said_of_the_very_cell() -> None:
    with pytest.raises(CellError) as raised:
        expiry("某天")
    assert "长期" in raised.value.params["otherwise"]
    with pytest.raises(CellError) as raised:
        day("某天", NEVER_CHECKED)
    assert "没有检查过" in raised.value.params["otherwise"]
