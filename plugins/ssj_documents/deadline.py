"""Until when a result has to be entered: so many working days after the inspection, and before the batch ends."""

from datetime import date, timedelta
from types import MappingProxyType
from typing import Final

from ssj_core.entropy import grammar
from ssj_core.rules.effective import EffectiveRules
from ssj_core.workdays import Holidays, Likely, after, last_until, latest_with

NOT_SET: Final = "规则没有规定录入期限，按本单位规定"


def chinese_day(day: date) -> str:
    """2021年8月13日."""
    return f"{day.year}年{day.month}月{day.day}日"


def moment(text: str, *, seconds: bool = True) -> str:
    """A time as the clocks of Beijing show it, a day as a day; as it stands where it is neither.

    A time without a zone is of Beijing (SPEC §6.1). Without `seconds` it is told as people do who met then.
    """
    told = grammar.moment(text)
    if told is None:
        return text
    if ":" not in text:
        return chinese_day(told)
    return f"{chinese_day(told)}{told:%H:%M:%S}（北京时间）" if seconds else f"{chinese_day(told)}{told:%H:%M}"


def entry_deadline(rules: EffectiveRules, day: date | None = None, known: Holidays = MappingProxyType({})) -> str:
    """The deadline in words: the last day of all, and with the `day` of the inspection, its own.

    Days are counted with the tables sealed with the rules; `known` are those of today, for years that had none then.
    A day that hangs on holidays nobody has published is printed as provisional (暂算), with the reason.
    """
    results = rules.results
    if results is None:
        return NOT_SET
    count, end = results.entry_working_days, rules.end
    rule = f"检查后{count}个工作日内，且不迟于{chinese_day(end)}（{_weekday(end)}，本次抽查结束之日）"
    if day is not None and day > end:
        return f"{chinese_day(day)}检查的，本次抽查已经结束，请立即录入（{rule}）"
    tables = {**known, **{table.year: table for table in results.calendar}}
    working = Likely(tables)
    late = latest_with(end, count, working) + timedelta(1)
    if day is not None and day < late:
        own = Likely(tables)  # its own day may be certain though the end of the batch is not
        due = after(day, count, own)
        return f"{chinese_day(day)}检查的，{_marked(due, own)}（{_weekday(due)}）前录入（{rule}{_reason(own)}）"
    last = last_until(end, working)
    closed = "" if last == end else f"，这一天不上班，最后一个工作日{_is(last, working)}（{_weekday(last)}）"
    if day is not None:
        due_last = f"{_marked(last, working)}（{_weekday(last)}）"
        return f"{chinese_day(day)}检查的，{due_last}前录入（{rule}{closed}{_reason(working)}）"
    return f"{rule}{closed}；{_marked(late, working)}起检查的，一律在{_marked(last, working)}前{_reason(working)}"


def _marked(day: date, working: Likely) -> str:
    return f"{'暂算' if working.missing else ''}{chinese_day(day)}"


def _is(day: date, working: Likely) -> str:
    return _marked(day, working) if working.missing else f"是{chinese_day(day)}"


def _reason(working: Likely) -> str:
    """Why a day is provisional; nothing where it is not."""
    if not working.missing:
        return ""
    years = "、".join(f"{year}年" for year in sorted(working.missing))
    return f"；{years}的放假安排尚未公布或尚未收录，“暂算”的日期先按周一至周五上班推算，以公布的安排为准"


def _weekday(day: date) -> str:
    return f"星期{'一二三四五六日'[day.weekday()]}"
