"""资格: which officers stay out of a batch, each with a short reason for the list of the excluded."""

from datetime import date
from typing import Final

from ssj_core.model import Leave, Officer
from ssj_core.rules.model import UNTOLD, ColumnUse, Context, Days, EligibilityRule, LegalBasis

TOLERANCE_DAYS: Final = 0
BY_LAW: Final = Days(since=date(2021, 1, 1), reviewed_until=date(2026, 12, 31))
"""From the first year of the rulesets; the law it rests on was looked up until then."""
BY_CHOICE: Final = Days(since=date(2021, 1, 1))
"""What rests on the bureau's own rosters and rules: nothing of others to look up."""


def certificate(officer: Officer, context: Context) -> str | None:
    """No enforcement certificate, or one that is not valid on every day of the batch."""
    if not officer.certificate:
        return "没有执法证号"
    if officer.valid_until < context.end:
        return f"执法证有效期止{officer.valid_until.isoformat()}，早于本批次结束"
    return None


def available(officer: Officer, _context: Context) -> str | None:
    """Marked in the roster as not taking part."""
    return None if officer.available else "名录注明不参加"


def leave(officer: Officer, context: Context) -> str | None:
    """On leave for more than `tolerance_days` days of the batch, or for all of it however short it is."""
    tolerance = context.params.get("tolerance_days", TOLERANCE_DAYS)
    if type(tolerance) is not int:
        raise TypeError(f"tolerance_days must be a whole number, not {tolerance!r}")
    days = days_away(officer.leave, context.start, context.end)
    if days > (context.end - context.start).days:
        return "整个批次都请假"
    return f"本批次内请假{days}天（超过{tolerance}天）" if days > tolerance else None


def days_away(stretches: tuple[Leave, ...], start: date, end: date) -> int:
    """Days from `start` to `end`, both included, that fall into a stretch; each day counts once."""
    days, counted = 0, start.toordinal() - 1
    for stretch in sorted(stretches, key=lambda s: (s.first, s.last)):
        first = max(stretch.first.toordinal(), counted + 1)
        last = min(stretch.last.toordinal(), end.toordinal())
        if first <= last:
            days += last - first + 1
            counted = last
    return days


_CERTIFICATE = (
    LegalBasis(
        title="中华人民共和国行政处罚法",
        articles=("42", "55"),
        version=date(2021, 1, 22),
        mark="V-law",
        note="行政处罚由具有行政执法资格的执法人员实施，不得少于两人；主动出示执法证件，不出示的当事人有权拒绝。",
    ),
)
_TAKES_PART = (
    LegalBasis(
        title="执法检查人员名录库",
        mark="choice",
        note="名录的“是否可参加”“请假期间”由单位填写；请假多少天以内仍可参加由规则集规定。",
    ),
)

_CERTIFICATES: Final = (  # whoever has no number is told and left out, and no roster goes without the days
    ColumnUse(name="执法证号", fields=("certificate",), lacking=UNTOLD),
    ColumnUse(name="有效期止", kind="date", fields=("valid_until",), lacking=UNTOLD),
)
_AVAILABLE: Final = (
    ColumnUse(
        name="是否可参加",
        kind="yes-no",
        fields=("available", "certificate_status", "staff_status"),
        lacking=UNTOLD,  # offices that keep no such column list only who takes part
    ),
)
_LEAVE: Final = (ColumnUse(name="请假期间", fields=("leave",), lacking=UNTOLD),)

ELIGIBILITY_RULES: Final = (
    EligibilityRule(
        id="officer_rules.certificate",
        title="执法证在整个批次内有效",
        applies_to="officer",
        check=certificate,
        columns=_CERTIFICATES,
        basis=_CERTIFICATE,
        days=BY_LAW,
    ),
    EligibilityRule(
        id="officer_rules.available",
        title="可参加",
        applies_to="officer",
        check=available,
        columns=_AVAILABLE,
        basis=_TAKES_PART,
        days=BY_CHOICE,
    ),
    EligibilityRule(
        id="officer_rules.leave",
        title="请假不超过规定天数",
        applies_to="officer",
        check=leave,
        params={"tolerance_days": TOLERANCE_DAYS},
        columns=_LEAVE,
        basis=_TAKES_PART,
        days=BY_CHOICE,
    ),
)
