"""Read the holidays of a year out of the text of a notice (放假安排的通知), sentence by sentence.

Of a sentence only what has the form of an order is read: days, then 放假 or 上班. A sentence that says anything else
of a day (延长至, 调至, 前报送) is told and never guessed at; advice (鼓励…休息) orders nothing.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from ssj_core.problems import InputError, Problem, problem
from ssj_core.text import Text
from ssj_core.workdays import HolidayYear, days_of, holiday_year, usual

_TITLE: Final = re.compile(r"(\d{4})年\n?[^\d。；;\n]{0,10}(?:节假日|放假|休假)")  # the true title has two lines
_DATE: Final = r"(?:(?:(\d{4})年)?(\d{1,2})月)?(\d{1,2})日"
_WEEKDAY: Final = re.compile(r"(?:星期|周)([一二三四五六日天])")
_AFTER: Final = r"(?:[（(]([^（）()]*)[)）])?"
_SPAN: Final = re.compile(f"{_DATE}{_AFTER}(?:(?:至|到|—+|-|~|～){_DATE}{_AFTER})?")
_VERB: Final = re.compile("放假|补休|调休|休息|上班")
_DAY_IN: Final = re.compile(r"\d日")
_SENTENCE: Final = re.compile(r"[。；;\n]")
_ADVICE: Final = re.compile("鼓励|提倡|建议")
_LEADS: Final = re.compile(r".*(?<![至到前后自从])", re.DOTALL)
_BETWEEN: Final = re.compile("[、，,和及与]")
_HOW: Final = re.compile("[，,]?(?:均|都|照常|正常|正式|全天)*")
_FROM: Final = re.compile("起(?:照常|正常|正式)?")
_WORKS: Final = "上班"
_LONGEST: Final = 31
"""Days that a span may have; a longer one is a slip."""


def year_of(text: str) -> int | None:
    """The year a notice is for, as its title says; None if it does not."""
    found = _TITLE.search(_plain(text))
    return int(found[1]) if found else None


def read_notice(text: str, year: int, source: str, file: str) -> HolidayYear:
    """The days off and the working weekends that a notice orders for `year`.

    Raises:
        InputError: it orders none, a sentence of it cannot be read, a day is none, is of another year, or does not
        fall on the day of the week that stands behind it.
    """
    found: dict[date, bool] = {}
    problems: list[Problem] = []
    may = set(days_of(year))
    for number, line in enumerate(text.split("\n"), 1):
        for sentence in filter(_orders, _SENTENCE.split(_plain(line))):
            try:
                told = dict(_told(sentence, year))
            except _UnreadableError as error:
                problems.append(problem("SSJ-H001", file=file, row=number, value=sentence, reason=error.why))
                continue
            if strange := [day.isoformat() for day in told if day not in may]:
                problems.append(problem("SSJ-H002", file=file, row=number, value=strange[0], year=year))
            found |= told
    if not found and not problems:
        problems.append(problem("SSJ-H003", file=file, value=file))
    if problems:
        raise InputError(problems)
    return holiday_year(year, source, found.items())


class _UnreadableError(ValueError):
    """A sentence that nobody should guess at."""

    def __init__(self, why: Text) -> None:
        self.why = why
        super().__init__(why.en)


def _plain(text: str) -> str:
    """Without the blanks that Word and web pages put between figures and words."""
    return re.sub(r"[^\S\n]+", "", text)


def _orders(sentence: str) -> bool:
    """Whether a sentence speaks of a day and of work or rest."""
    return _DAY_IN.search(sentence) is not None and _VERB.search(sentence) is not None


def _told(sentence: str, year: int) -> Iterator[tuple[date, bool]]:
    """Days of a sentence and whether people work on them: each verb is said of the days between it and the last one."""
    begin, of_year, month = 0, year, 0
    for verb in _VERB.finditer(sentence):
        said, begin = sentence[begin : verb.start()], verb.end()
        if not _DAY_IN.search(said) or _ADVICE.search(said):  # 放假1天，不调休: of no other day
            continue
        if "不" in said:  # 2月6日不上班: nothing to guess at
            raise _UnreadableError(Text("说的是不放假或不上班", "it says what is not to be"))
        spans = list(_SPAN.finditer(said))
        starting = _starting(said, spans)
        for span in spans:
            named, named_month, day, note, to_year, to_month, to_day, to_note = span.groups()
            if named_month:  # 2月6日、7日: a day alone is of the month before it
                of_year, month = int(named or year), int(named_month)
            first = last = _day(of_year, month, day, note)
            if to_day:
                last = _day(int(to_year or of_year), int(to_month or month), to_day, to_note)
                if last < first and not to_year:  # 12月31日至1月2日; with a year, it is that of the first
                    first, last = (first, _next(last)) if named else (first.replace(year=first.year - 1), last)
                if not 0 <= (last - first).days < _LONGEST:
                    raise _UnreadableError(
                        Text(f"{span[0]}前后倒置或者太长", f'"{span[0]}" ends before it begins, or is too long')
                    )
            if starting and (first != last or verb[0] != _WORKS or not usual(first)):
                raise _UnreadableError(Text("“起”说不清到哪一天", "it says from when, and not until when"))
            for n in range((last - first).days + 1):
                yield first + timedelta(n), verb[0] == _WORKS
    if _DAY_IN.search(sentence[begin:]):
        raise _UnreadableError(
            Text(f"“{sentence[begin:]}”后面没有说放假还是上班", f'behind "{sentence[begin:]}" stands no order')
        )


def _starting(said: str, spans: list[re.Match[str]]) -> bool:
    """Whether days are said only to begin something (2月3日起); all around them has to be words that change nothing.

    Raises:
        _UnreadableError: other words stand before, between or behind the days.
    """
    ends = [0, *(span.end() for span in spans)]
    lead, *between, behind = [said[a:b] for a, b in zip(ends, [*(s.start() for s in spans), len(said)], strict=True)]
    words = [word for word in between if not _BETWEEN.fullmatch(word)]
    if not _LEADS.fullmatch(lead) or _DAY_IN.search(lead):
        words.append(lead)
    starting = _FROM.fullmatch(behind) is not None
    if not starting and not _HOW.fullmatch(behind):
        words.append(behind)
    if words:
        raise _UnreadableError(Text(f"日期旁边的“{words[0]}”读不懂", f'"{words[0]}" stands beside the days'))
    return starting


def _next(day: date) -> date:
    return day.replace(year=day.year + 1)


def _day(year: int, month: int, day: str, note: str | None) -> date:
    try:
        found = date(year, month, int(day))
    except ValueError:
        said = f"{month}月{day}日"
        why = (
            Text(f"没有 {said} 这一天", f'"{said}" is no day')
            if month
            else Text(f"{day}日前面没有月份", f"day {day} has no month before it")
        )
        raise _UnreadableError(why) from None
    told = _WEEKDAY.search(note or "")
    if told and "一二三四五六日".index(told[1].replace("天", "日")) != found.weekday():
        raise _UnreadableError(Text(f"{found} 不是{told[0]}", f'{found} is not "{told[0]}"'))
    return found
