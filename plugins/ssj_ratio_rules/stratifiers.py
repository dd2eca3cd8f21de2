"""分层: the class of a subject, as text, from its own row and nothing else."""

import unicodedata
from datetime import date
from typing import Final

from ssj_core.model import Subject
from ssj_core.rules.model import Context, Days, Stratifier

UNRATED: Final = "未评级"
_DAYS: Final = Days(since=date(2021, 1, 1))  # conventions: nothing of others to look up
_LETTERS: Final = frozenset("ABCD")


def everything(_subject: Subject, _context: Context) -> str:
    """One class for all."""
    return "全部"


def credit_risk(subject: Subject, _context: Context) -> str:
    """A, B, C or D however it is written (a, Ａ, A类, A级); any other grading as it stands; 未评级 when empty."""
    text = unicodedata.normalize("NFKC", subject.risk_class).strip()
    letter = text.removesuffix("类").removesuffix("级").strip().upper()
    return letter if letter in _LETTERS else text or UNRATED


def section(subject: Subject, _context: Context) -> str:
    """The section (分管股室) in charge of the subject."""
    return subject.section or "未分科室"


def kind(subject: Subject, _context: Context) -> str:
    """The kind of subject: 施工企业, 工程项目, …"""
    return subject.kind or "未分类型"


def area(subject: Subject, _context: Context) -> str:
    """The township or area of the subject."""
    return subject.area or "未分区域"


def key(subject: Subject, _context: Context) -> str:
    """Key enterprises and the others."""
    return "重点" if subject.key else "一般"


STRATIFIERS: Final = (
    Stratifier(id="ratio_rules.all", title="不分层", key=everything, days=_DAYS),
    Stratifier(id="ratio_rules.credit_risk", title="按信用风险等级", key=credit_risk, days=_DAYS),
    Stratifier(id="ratio_rules.section", title="按分管股室", key=section, days=_DAYS),
    Stratifier(id="ratio_rules.kind", title="按对象类型", key=kind, days=_DAYS),
    Stratifier(id="ratio_rules.area", title="按所属乡镇（片区）", key=area, days=_DAYS),
    Stratifier(id="ratio_rules.key", title="按是否重点企业", key=key, days=_DAYS),
)
