"""The entry deadline as the papers print it: the last day of all, the day of one inspection, and years nobody knows."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from ssj_core.documents.sample import sample_dossier
from ssj_core.rules.effective import EffectiveRules, SealedResults
from ssj_core.workdays import is_workday, last_until
from ssj_documents.deadline import NOT_SET, chinese_day, entry_deadline
from ssj_documents.facts import facts
from ssj_documents.papers import RENDERERS
from tests.word import text

FRIDAY, HOLIDAY = date(2021, 8, 13), date(2021, 10, 3)


def rules(end: date, count: int = 5) -> EffectiveRules:
    results = SealedResults(entry_working_days=count, published=Fraction(1))
    return evolve(sample_dossier().rules, start=end - timedelta(60), end=end, results=results)


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
    assert is_workday(due)
    assert due <= end
    assert (
        due == last_until(end) or sum(is_workday(day + timedelta(n)) for n in range(1, (due - day).days + 1)) == count
    )


@pytest.mark.parametrize("day", [None, date(2098, 1, 4), date(2098, 1, 29)])
def test_of_a_year_without_a_published_calendar_nothing_is_guessed(day: date | None) -> None:
    told = entry_deadline(rules(date(2098, 1, 31)), day)
    assert told == (
        "检查后5个工作日内，且不迟于2098年1月31日（星期五，本次抽查结束之日）；2098年的放假安排尚未公布或尚未收录，工作日暂不能推算"
    )


def test_a_deadline_of_this_year_is_known_though_the_batch_ends_in_one_that_is_not() -> None:
    told = entry_deadline(rules(date(2098, 1, 31)), date(2025, 3, 3))
    assert told.startswith("2025年3月3日检查的，2025年3月10日（星期一）前录入（")


def test_every_paper_that_names_the_deadline_names_the_day() -> None:
    dossier = evolve(sample_dossier(), rules=rules(HOLIDAY))
    told = "最后一个工作日是2021年9月30日（星期四）"
    assert told in facts(dossier)["批次"]["录入期限"]
    for name in ("form", "tasks"):
        (renderer,) = [r for r in RENDERERS if r.id == f"documents.{name}"]
        assert told in text(renderer.render(dossier, None)), name


def test_rules_without_results_say_so() -> None:
    assert entry_deadline(evolve(rules(FRIDAY), results=None)) == NOT_SET
