"""Notices of holidays read back: written as the notices are, from the days that are known, for every year."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ssj_core.calendars import holidays
from ssj_core.holiday_notice import read_notice, year_of
from ssj_core.problems import InputError
from ssj_core.workdays import HolidayYear, days_of, usual

KNOWN = holidays(Path(), range(2005, 2027))
WEEK = "一二三四五六日"


def said(day: date, year: int, style: int) -> str:
    """2月15日（星期日）, with the year where it is another one."""
    own = f"{day.year}年" if day.year != year else ""
    note = ("", f"（星期{WEEK[day.weekday()]}）", f"（农历腊月二十八、周{WEEK[day.weekday()]}）")[style]
    return f"{own}{day.month}月{day.day}日{note}"


def rows(days: list[date]) -> Iterator[tuple[date, date]]:
    """Days one after another, as first and last."""
    first = last = None
    for day in days:
        if last is not None and first is not None and day - last != timedelta(1):
            yield first, last
            first = day
        first, last = first or day, day
    if first is not None and last is not None:
        yield first, last


def notice(table: HolidayYear, style: int, gap: str) -> str:
    """A text such as the State Council publishes."""
    days = {date.fromisoformat(key): works for key, works in table.days.items()}
    lines = [f"国务院办公厅关于{table.year}年部分节假日安排的通知", "", "各省、自治区、直辖市人民政府："]
    for first, last in rows([day for day, works in days.items() if not works]):
        span = said(first, table.year, style)
        if last != first:
            short = (
                f"{last.day}日" if (first.month, first.year) == (last.month, last.year) else said(last, table.year, 0)
            )
            span += f"至{short}"
        lines.append(f"一、节日：{span}放假调休，共{(last - first).days + 1}天。")
    if works := [said(day, table.year, style) for day, working in days.items() if working]:
        lines.append(f"{'、'.join(works)}上班。")
    lines += ["节假日期间，各地区、各部门要妥善安排好值班。", f"{table.year - 1}年11月4日"]
    return gap.join("\n".join(lines)) if gap else "\n".join(lines)


@pytest.mark.parametrize("year", KNOWN)
@pytest.mark.parametrize("style", [0, 1, 2])
def test_a_notice_says_what_the_table_says(year: int, style: int) -> None:
    text = notice(KNOWN[year], style, "")
    assert year_of(text) == year
    assert read_notice(text, year, KNOWN[year].source, "通知.txt") == KNOWN[year]


def test_blanks_between_figures_and_words_do_not_matter() -> None:
    text = notice(KNOWN[2026], 1, " ")
    assert read_notice(text, 2026, KNOWN[2026].source, "通知.txt") == KNOWN[2026]


@given(st.integers(2005, 2900), st.data())
@example(2019, None)
def test_any_table_comes_back(year: int, data: st.DataObject | None) -> None:
    days = list(days_of(year))
    chosen = (
        [date(2018, 12, 29), date(2018, 12, 31)]
        if data is None
        else data.draw(st.lists(st.sampled_from(days), min_size=1))
    )
    table = HolidayYear(year=year, source="x", days={d.isoformat(): not usual(d) for d in sorted(set(chosen))})
    assert read_notice(notice(table, 1, ""), year, "x", "通知.txt") == table


@pytest.mark.parametrize(
    ("sentence", "days"),
    [
        ("1月1日放假，1月2日（星期六）补休，共3天。", {"2027-01-01": False}),
        ("2月6日、7日上班。", {"2027-02-06": True, "2027-02-07": True}),
        ("2月6日、7日上班，8日放假", {"2027-02-06": True, "2027-02-07": True, "2027-02-08": False}),
        ("12月31日至1月1日放假", {"2026-12-31": False, "2027-01-01": False}),
        ("2026年12月31日至2027年1月1日放假", {"2026-12-31": False, "2027-01-01": False}),
        ("1月1日（周五）放假，与周末连休。", {"2027-01-01": False}),
        ("建议1月4日休息，1月5日放假。", {"2027-01-05": False}),
        ("1月4日至4日放假。", {"2027-01-04": False}),
        ("5月1日至31日放假。", {f"2027-05-{n:02}": False for n in range(3, 32) if n % 7 not in (1, 2)}),
        ("1月1日放假1天，不调休。", {"2027-01-01": False}),
        ("1月4日至8日放假，1月11日（星期一）起正常上班。", {f"2027-01-0{n}": False for n in range(4, 9)}),
        ("5月3日—5月4日休息；5月8日（周六）照常上班", {"2027-05-03": False, "2027-05-04": False, "2027-05-08": True}),
    ],
)  # fmt: skip
def test_sentences(sentence: str, days: dict[str, bool]) -> None:
    assert dict(read_notice(sentence, 2027, "x", "通知.txt").days) == days


@pytest.mark.parametrize(
    ("text", "code", "row"),
    [
        ("标题\n1月1日（星期四）放假", "SSJ-H001", 2),  # a Friday
        ("2月30日上班", "SSJ-H001", 1),
        ("9日上班", "SSJ-H001", 1),
        ("2月6日不上班", "SSJ-H001", 1),
        ("1月1日至5月1日放假", "SSJ-H001", 1),
        ("3月1日至4月1日放假", "SSJ-H001", 1),  # 32 days
        ("2027年1月5日至2027年1月4日放假", "SSJ-H001", 1),
        ("2026年3月2日放假", "SSJ-H002", 1),
        ("2027年部分节假日安排另行通知", "SSJ-H003", None),
        ("", "SSJ-H003", None),
    ],
)
def test_what_cannot_be_read_is_said(text: str, code: str, row: int | None) -> None:
    with pytest.raises(InputError) as told:
        read_notice(text, 2027, "x", "通知.txt")
    assert [(p.code, p.row) for p in told.value.problems] == [(code, row)]


def test_all_at_once() -> None:
    with pytest.raises(InputError) as told:
        read_notice("2月30日上班。1月1日（星期四）放假\n9日上班", 2027, "x", "通知.txt")
    assert [p.row for p in told.value.problems] == [1, 1, 2]


@pytest.mark.parametrize(
    ("title", "year"),
    [
        ("国务院办公厅关于2027年部分节假日安排的通知", 2027),
        ("某县关于 2027 年春节放假的通知", 2027),
        ("2027年9月1日印发", None),
        ("国务院办公厅关于2027年\n部分节假日安排的通知", 2027),
        ("2026年11月4日\n2027年放假安排", 2027),
        ("放假通知", None),
    ],
)
def test_the_year_stands_in_the_title(title: str, year: int | None) -> None:
    assert year_of(title) == year


ADVICE = (
    "国办关于2024年\n部分节假日怎样放假的通知\n元旦：1月1日放假，连着周末。\n"
    "春节：2月10日至17日放假，一共8天，2月4日（星期日）、2月18日（星期日）上班。鼓励各单位让职工在除夕（2月9日）休息。\n"
    "清明节：4月4日至6日放假，一共3天，4月7日（星期日）上班。\n"
    "劳动节：5月1日至5日放假，一共5天，4月28日（星期日）、5月11日（星期六）上班。\n端午节：6月10日放假，连着周末。\n"
    "中秋节：9月15日至17日放假，一共3天，9月14日（星期六）上班。\n"
    "国庆节：10月1日至7日放假，一共7天，9月29日（星期日）、10月12日（星期六）上班。\n2023年10月25日\n"
)
"""The year in which the notice advises a day off, in words of our own: those above are written from the tables."""


def test_what_is_advised_is_no_order() -> None:
    assert year_of(ADVICE) == 2024
    assert read_notice(ADVICE, 2024, KNOWN[2024].source, "通知.txt") == KNOWN[2024]


def test_principles_with_a_day_in_them_are_told_and_not_taken_for_orders() -> None:
    """A notice may begin with what holds from some day on, in every year: nothing of this one."""
    with pytest.raises(InputError) as told:
        read_notice("国庆节每年自10月1日起放假7天。\n元旦：1月1日放假1天，不调休。", 2025, "x", "通知.txt")
    assert [(p.code, p.row) for p in told.value.problems] == [("SSJ-H001", 1)]
    assert "删去" in told.value.problems[0].remedy("zh")


@pytest.mark.parametrize(
    ("sentence", "beside"),
    [
        ("延长2020年春节假期至2月2日（农历正月初九，星期日），2月3日（星期一）起正常上班。", "延长2020年春节假期至"),
        ("其中，1月1日（星期三）为法定节假日，1月4日（星期六）公休日调至1月2日，1月4日上班。", "为法定节假日，"),
        ("请于1月10日前报送值班表，1月24日至30日放假。", "前报送值班表，"),
        ("1月24日起放假。", "“起”"),
        ("2月1日（星期六）起上班。", "“起”"),
        ("放假时间：1月24日至30日。", "没有说放假还是上班"),
        ("1月24日放假至1月30日。", "没有说放假还是上班"),
        ("自1月24日放假。", "“自”"),
        ("2月30日上班。", "没有 2月30日 这一天"),
        ("9日上班。", "9日前面没有月份"),
        ("1月2日（星期五）上班。", "2020-01-02 不是星期五"),
    ],
)
def test_what_is_said_of_a_day_otherwise_is_not_guessed_at(sentence: str, beside: str) -> None:
    with pytest.raises(InputError) as told:
        read_notice(sentence, 2020, "x", "通知.txt")
    assert [p.code for p in told.value.problems] == ["SSJ-H001"]
    assert beside in told.value.problems[0].message("zh")
    assert "原文" not in told.value.problems[0].message("zh")
