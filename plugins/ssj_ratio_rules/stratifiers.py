"""分层: the class of a subject, as text, from its own row and nothing else."""

import unicodedata
from datetime import date
from typing import Final

from ssj_core.model import Subject
from ssj_core.rules.model import ColumnUse, Context, Days, LegalBasis, Stratifier

UNRATED: Final = "未评级"
LOOKED_UP: Final = Days(since=date(2021, 1, 1), reviewed_until=date(2026, 12, 31))
"""From the first year of the rulesets, until the day up to which the documents were looked up."""
_AGREED: Final = Days(since=date(2021, 1, 1))  # conventions: nothing of others to look up
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


def _convention(note: str) -> LegalBasis:
    return LegalBasis(title="分层约定", mark="choice", note=note)


_SECTIONS_AND_KEY: Final = LegalBasis(
    title="阜平县住房和城乡建设局《2021年度“双随机、一公开”监管工作实施方案》",
    document_no="阜住建双随机〔2021〕1号",
    articles=("二（6）",),
    mark="seed",
)
_KINDS: Final = LegalBasis(
    title="安徽省住房和城乡建设厅2020年抽查",
    mark="V-src",
    note="分“登记企业”和“以项目为载体”两类，各有各的基数。原文未读到。",
)

RISK_CLASS: Final = (ColumnUse(name="信用风险等级", fields=("risk_class",)),)
_SECTION: Final = (ColumnUse(name="监管股室", fields=("section",)),)
_KIND: Final = (ColumnUse(name="类型", fields=("kind", "person")),)  # a list of persons need not say so
_AREA: Final = (ColumnUse(name="辖区", fields=("area",)),)
KEY: Final = (ColumnUse(name="重点企业", kind="yes-no", fields=("key",)),)

STRATIFIERS: Final = (
    Stratifier(
        id="ratio_rules.all",
        title="不分层",
        key=everything,
        days=_AGREED,
        basis=(_convention("全部对象是一类。"),),
    ),
    Stratifier(
        id="ratio_rules.credit_risk",
        title="按信用风险等级",
        key=credit_risk,
        columns=RISK_CLASS,
        days=_AGREED,
        basis=(_convention("名录怎样评级就怎样分；没有评级的单独一类，不并入任何一级。"),),
    ),
    Stratifier(
        id="ratio_rules.section",
        title="按分管股室",
        key=section,
        columns=_SECTION,
        days=LOOKED_UP,
        basis=(_SECTIONS_AND_KEY,),
    ),
    Stratifier(
        id="ratio_rules.kind",
        title="按对象类型",
        key=kind,
        columns=_KIND,
        days=LOOKED_UP,
        basis=(_KINDS,),
    ),
    Stratifier(
        id="ratio_rules.area",
        title="按所属乡镇（片区）",
        key=area,
        columns=_AREA,
        days=_AGREED,
        basis=(_convention("按名录所写的乡镇或片区。"),),
    ),
    Stratifier(
        id="ratio_rules.key",
        title="按是否重点企业",
        key=key,
        columns=KEY,
        days=LOOKED_UP,
        basis=(_SECTIONS_AND_KEY, _convention("名录没有注明的是一般企业。")),
    ),
)
