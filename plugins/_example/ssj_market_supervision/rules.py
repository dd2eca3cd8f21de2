"""Who stays out of a batch: one rule that a table cannot say, as it counts calendar quarters."""

from datetime import date

from ssj_core.model import Subject
from ssj_core.rules.model import ColumnUse, Context, Days, EligibilityRule, LegalBasis


def checked_this_quarter(subject: Subject, context: Context) -> str | None:
    """Checked in the quarter in which the batch begins."""
    last = subject.last_checked
    if last is None or _quarter(last) != _quarter(context.start):
        return None
    return f"{last.isoformat()}检查过，本季度不再检查"


def _quarter(day: date) -> tuple[int, int]:
    return day.year, (day.month - 1) // 3


ELIGIBILITY_RULES = (
    EligibilityRule(
        id="market_supervision.checked_this_quarter",
        title="本季度检查过的不再检查",
        applies_to="subject",
        check=checked_this_quarter,
        columns=(ColumnUse(name="上次检查日期", kind="date", fields=("last_checked",)),),
        days=Days(since=date(2025, 3, 18), reviewed_until=date(2026, 12, 31)),
        basis=(
            LegalBasis(
                title="工信部随机抽查办法",
                mark="V-src",
                note="同一季度内的多个事项合并检查，或者不再抽取已经检查过的对象。原文未读到。",
            ),
            LegalBasis(
                title="企业公示信息抽查办法",
                document_no="2014年令第67号（暂行办法），2025-03-18令第101号修订",
                version=date(2025, 3, 18),
                mark="V-src",
                note="避免随意检查、多头检查、重复检查。",
            ),
        ),
    ),
)
