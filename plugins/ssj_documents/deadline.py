"""Until when a result has to be entered: so many working days after the inspection, and before the batch ends."""

from datetime import date, datetime, timedelta, timezone
from typing import Final

from ssj_core.rules.effective import EffectiveRules
from ssj_core.workdays import UnpublishedError, after, last_until, latest_with

_BEIJING: Final = timezone(timedelta(hours=8))
NOT_SET: Final = "规则没有规定录入期限，按本单位规定"


def chinese_day(day: date) -> str:
    """2021年8月13日."""
    return f"{day.year}年{day.month}月{day.day}日"


def moment(text: str) -> str:
    """A time of a record as the clocks of Beijing show it; as it stands where it has no zone or is none."""
    try:
        told = datetime.fromisoformat(text)
    except ValueError:
        return text
    if told.tzinfo is None:
        return text
    here = told.astimezone(_BEIJING)
    return f"{chinese_day(here)}{here:%H:%M:%S}（北京时间）"


def entry_deadline(rules: EffectiveRules, day: date | None = None) -> str:
    """The deadline in words: the last day of all, and with the `day` of the inspection, its own.

    Holidays that are not published are said so, never guessed. Raises `ImportError` without `chinesecalendar`.
    """
    results = rules.results
    if results is None:
        return NOT_SET
    count, end = results.entry_working_days, rules.end
    rule = f"检查后{count}个工作日内，且不迟于{chinese_day(end)}（{_weekday(end)}，本次抽查结束之日）"
    if day is not None and day > end:
        return f"{chinese_day(day)}检查的，本次抽查已经结束，请立即录入（{rule}）"
    try:
        if day is not None and (due := after(day, count)) < end:
            return f"{chinese_day(day)}检查的，{chinese_day(due)}（{_weekday(due)}）前录入（{rule}）"
        last = last_until(end)
        closed = "" if last == end else f"，这一天不上班，最后一个工作日是{chinese_day(last)}（{_weekday(last)}）"
        if day is not None:
            return f"{chinese_day(day)}检查的，{chinese_day(last)}（{_weekday(last)}）前录入（{rule}{closed}）"
        late = latest_with(end, count) + timedelta(1)
    except UnpublishedError as error:
        return f"{rule}；{error.year}年的放假安排尚未公布或尚未收录，工作日暂不能推算"
    return f"{rule}{closed}；{chinese_day(late)}起检查的，一律在{chinese_day(last)}前"


def _weekday(day: date) -> str:
    return f"星期{'一二三四五六日'[day.weekday()]}"
