"""The entry deadline as the papers print it: the last day of all, the day of one inspection, and years nobody knows."""

from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from ssj_core.calendars import holidays
from ssj_core.documents.sample import sample_dossier
from ssj_core.rules.effective import EffectiveRules, SealedResults
from ssj_core.workdays import Certain, last_until
from ssj_documents.deadline import NOT_SET, chinese_day
from ssj_documents.deadline import entry_deadline as deadline_with
from ssj_documents.facts import facts
from ssj_documents.papers import RENDERERS
from tests.plugins.test_documents_pdf import needs_a_font, needs_poppler, words
from tests.word import text

KNOWN = holidays(Path(), range(2004, 2101))
WORKS = Certain(KNOWN)
FRIDAY, HOLIDAY = date(2021, 8, 13), date(2021, 10, 3)


def rules(end: date, count: int = 5) -> EffectiveRules:
    results = SealedResults(entry_working_days=count, published=Fraction(1))
    return evolve(sample_dossier().rules, start=end - timedelta(60), end=end, results=results)


def entry_deadline(of: EffectiveRules, day: date | None = None) -> str:
    return deadline_with(of, day, KNOWN)


def test_without_a_day_the_last_working_day_of_the_batch_is_printed() -> None:
    assert entry_deadline(rules(FRIDAY)) == (
        "检查后5个工作日内，且不迟于2021年8月13日（星期五，本次抽查结束之日）；2021年8月9日起检查的，一律在2021年8月13日前"
    )
    assert entry_deadline(rules(HOLIDAY)) == (
        "检查后5个工作日内，且不迟于2021年10月3日（星期日，本次抽查结束之日），这一天不上班，最后一个工作日是2021年9月30日（星期四）"
        "；2021年9月26日起检查的，一律在2021年9月30日前"
    )


def test_with_the_day_of_the_inspection_its_own_deadline_is_printed() -> None:
    assert entry_deadline(rules(FRIDAY), date(2021, 6, 21)).startswith(
        "2021年6月21日检查的，2021年6月28日（星期一）前录入（"
    )
    assert entry_deadline(rules(FRIDAY), date(2021, 8, 12)).startswith(
        "2021年8月12日检查的，2021年8月13日（星期五）前录入（"
    )
    assert entry_deadline(rules(HOLIDAY), date(2021, 9, 29)).startswith(
        "2021年9月29日检查的，2021年9月30日（星期四）前录入（"
    )


def test_an_inspection_after_the_end_has_no_day_left() -> None:
    assert entry_deadline(rules(FRIDAY), date(2021, 8, 20)).startswith(
        "2021年8月20日检查的，本次抽查已经结束，请立即录入（"
    )


@given(st.dates(date(2021, 2, 1), date(2026, 11, 30)), st.integers(1, 20), st.integers(0, 40))
def test_the_day_printed_is_a_working_day_not_after_the_end(end: date, count: int, before: int) -> None:
    day = end - timedelta(before)
    told = entry_deadline(rules(end, count), day)
    printed = told.partition("检查的，")[2].partition("（")[0]
    due = next(d for n in range(80) if chinese_day(d := end - timedelta(n)) == printed)
    assert WORKS(due)
    assert due <= end
    assert (
        due == last_until(end, WORKS) or sum(WORKS(day + timedelta(n)) for n in range(1, (due - day).days + 1)) == count
    )


WHY = "；2098年的放假安排尚未公布或尚未收录，“暂算”的日期先按周一至周五上班推算，以公布的安排为准"
UNKNOWN = date(2098, 2, 1)  # a Saturday


@pytest.mark.parametrize(
    ("day", "told"),
    [
        (None, f"{{rule}}；暂算2098年1月27日起检查的，一律在暂算2098年1月31日前{WHY}"),
        (date(2098, 1, 4), f"2098年1月4日检查的，暂算2098年1月10日（星期五）前录入（{{rule}}{WHY}）"),
        (date(2098, 1, 29), f"2098年1月29日检查的，暂算2098年1月31日（星期五）前录入（{{rule}}{WHY}）"),
    ],
)
def test_of_a_year_without_a_published_calendar_the_day_is_provisional(day: date | None, told: str) -> None:
    rule = "检查后5个工作日内，且不迟于2098年1月31日（星期五，本次抽查结束之日）"
    assert entry_deadline(rules(date(2098, 1, 31)), day) == told.format(rule=rule)


def test_a_provisional_last_day_that_falls_on_a_weekend() -> None:
    told = entry_deadline(rules(UNKNOWN))
    assert "这一天不上班，最后一个工作日暂算2098年1月31日（星期五）；" in told
    assert told.endswith(WHY)


def test_the_last_days_of_the_last_published_year_are_provisional_too() -> None:
    year = max(KNOWN)
    for end, provisional in ((date(year, 12, 31), True), (date(year, 12, 26), True), (date(year, 12, 25), False)):
        told = entry_deadline(rules(end), end)
        assert ("暂算" in told, f"{year + 1}年的放假安排尚未公布" in told) == (provisional, provisional)
    known = entry_deadline(rules(date(2025, 12, 31)), date(2025, 12, 30))
    assert "暂算" not in known


def test_at_the_end_of_all_days_there_is_a_deadline_still() -> None:
    assert "暂算9999年12月31日" in entry_deadline(rules(date.max), date(9999, 12, 30))


def test_a_deadline_of_this_year_is_known_though_the_batch_ends_in_one_that_is_not() -> None:
    told = entry_deadline(rules(date(2098, 1, 31)), date(2025, 3, 3))
    assert told.startswith("2025年3月3日检查的，2025年3月10日（星期一）前录入（")
    assert "暂算" not in told


def test_every_paper_that_names_the_deadline_names_the_day() -> None:
    dossier = evolve(sample_dossier(), rules=rules(HOLIDAY), holidays=KNOWN)
    told = "最后一个工作日是2021年9月30日（星期四）"
    assert told in facts(dossier)["批次"]["录入期限"]
    for name in ("form", "tasks"):
        (renderer,) = [r for r in RENDERERS if r.id == f"documents.{name}"]
        assert told in text(renderer.render(dossier, None)), name


def test_a_provisional_day_is_marked_in_every_paper_that_names_it() -> None:
    dossier = evolve(sample_dossier(), rules=rules(date(2098, 1, 31)), visit_day=date(2098, 1, 4))
    for name in ("form", "tasks"):
        (renderer,) = [r for r in RENDERERS if r.id == f"documents.{name}"]
        told = text(renderer.render(dossier, None))
        assert "暂算2098年1月10日（星期五）前录入" in told, name
        assert WHY in told, name


@needs_a_font
@needs_poppler
@pytest.mark.parametrize("name", ["form", "tasks"])
def test_a_provisional_day_is_marked_in_the_pdf_too(name: str, tmp_path: Path) -> None:
    dossier = evolve(sample_dossier(), rules=rules(date(2098, 1, 31)), visit_day=date(2098, 1, 4))
    (renderer,) = [r for r in RENDERERS if r.id == f"documents.{name}_pdf"]
    told = words(renderer.render(dossier, None), tmp_path)
    assert "暂算2098年1月10日（星期五）前录入" in told
    assert WHY in told


def test_rules_without_results_say_so() -> None:
    assert entry_deadline(evolve(rules(FRIDAY), results=None)) == NOT_SET
