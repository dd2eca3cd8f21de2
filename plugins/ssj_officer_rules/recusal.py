"""回避: which officer must not inspect which subject."""

from datetime import date
from typing import Final

from ssj_core.model import Officer, Subject
from ssj_core.rules.model import Context, LegalBasis, RecusalRule


def declared(officer: Officer, subject: Subject, _context: Context) -> str | None:
    """Declared in either roster: the officer names the subject, or the subject names the officer."""
    if subject.id in officer.recused:
        return "检查人员名录登记回避"
    if officer.id in subject.recused:
        return "检查对象名录登记回避"
    return None


_BASIS = (
    LegalBasis(
        title="中华人民共和国行政处罚法",
        articles=("43",),
        version=date(2021, 1, 22),
        mark="V-law",
        note="有直接利害关系或者其他可能影响公正执法的关系的应当回避；当事人可以申请，由行政机关负责人决定。",
    ),
    LegalBasis(
        title="中华人民共和国公务员法",
        articles=("74", "76", "77"),
        version=date(2018, 12, 29),
        mark="V-law",
        note="夫妻、直系血亲、三代以内旁系血亲、近姻亲关系。",
    ),
)

RECUSAL_RULES: Final = (RecusalRule(id="officer_rules.declared", title="名录登记的回避", check=declared, basis=_BASIS),)
