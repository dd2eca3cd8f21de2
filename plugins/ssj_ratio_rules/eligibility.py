"""资格: which subjects stay out of a batch, each with a short reason for the list of the excluded."""

from typing import Final

from ssj_core.model import Subject
from ssj_core.rules.model import UNTOLD, ColumnUse, Context, EligibilityRule, LegalBasis
from ssj_core.text import Text
from ssj_ratio_rules.stratifiers import KEY, LOOKED_UP, RISK_CLASS, credit_risk

CLOSED_WORDS: Final = ("注销", "吊销", "撤销", "迁出", "停业", "歇业", "关闭", "清算")
"""A register status with one of these words is not open; `未注销` and the like do not count as the word."""

YEARLY_CAP: Final = 1
RECENT_DAYS: Final = 180


def not_open(subject: Subject, _context: Context) -> str | None:
    """Closed, revoked or moved away according to the roster. An empty status is fine."""
    status = subject.status
    for word in CLOSED_WORDS:
        status = status.replace("未" + word, "")
    return f"登记状态：{subject.status}" if any(word in status for word in CLOSED_WORDS) else None


def not_a_key_enterprise(subject: Subject, _context: Context) -> str | None:
    """Leaves only key enterprises in the batch."""
    return None if subject.key else "不是重点企业"


def a_key_enterprise(subject: Subject, _context: Context) -> str | None:
    """Leaves key enterprises out of the batch."""
    return "重点企业，另行抽查" if subject.key else None


def cap_reached(subject: Subject, context: Context) -> str | None:
    """Draws and checks of this year together have reached `at_most`."""
    at_most = _whole(context, "at_most", YEARLY_CAP)
    times = subject.drawn_this_year + subject.checks_this_year
    return f"本年度已抽到或检查{times}次（上限{at_most}次）" if times >= at_most else None


def recently_checked(subject: Subject, context: Context) -> str | None:
    """Last checked at most `days` days before the batch begins, or since."""
    days = _whole(context, "days", RECENT_DAYS)
    last = subject.last_checked
    if last is None or (context.start - last).days > days:
        return None
    return f"{last.isoformat()}检查过（{days}天以内）"


def low_risk(subject: Subject, context: Context) -> str | None:
    """Credit-risk class A."""
    return "信用风险等级A，不主动检查" if credit_risk(subject, context) == "A" else None


def _whole(context: Context, name: str, default: int) -> int:
    value = context.params.get(name, default)
    if type(value) is not int:
        raise TypeError(f"{name} must be a whole number, not {value!r}")
    return value


_RESULT_CODES = LegalBasis(
    title="抽查结果公示代码（省级平台所见）：已关闭停业或正在组织清算；注销、被吊销、被撤销、迁出",
    mark="V-code",
    note="这些是登记事实：主体已不经营，抽中也无法检查。",
)
_KEY = LegalBasis(
    title="阜平县住房和城乡建设局《2021年度“双随机、一公开”监管工作实施方案》",
    document_no="阜住建双随机〔2021〕1号",
    articles=("二（6）",),
    mark="seed",
)
_ONCE_A_YEAR = (
    LegalBasis(
        title="工信部随机抽查办法", mark="V-src", note="同一年度、同一事项、同一对象抽查不超过一次。原文未读到。"
    ),
    LegalBasis(title="辽宁省2019年规定", mark="V-src", note="同一机关对同一企业每年不超过一次。原文未读到。"),
)
_NO_REPEATS = LegalBasis(
    title="企业公示信息抽查办法",
    document_no="2014年令第67号（暂行办法），2025-03-18令第101号修订",
    mark="V-src",
    note="避免随意检查、多头检查、重复检查。天数由规则集自定。",
)
_LOW_RISK = LegalBasis(
    title="衡阳市2025年做法",
    mark="V-src",
    note="综合评为A的企业一年内不主动上门检查，代之以自查加承诺。原文未读到；选用前须有本地文件。",
)

_STATUS: Final = (
    ColumnUse(
        name="登记状态",
        fields=("status",),
        lacking=Text(
            "规则“正常经营”（ratio_rules.open）看不出谁已注销、吊销或停业，一户也不排除，这样的企业照样会被抽到",
            "the rule ratio_rules.open cannot tell who is closed or struck off, and leaves out nobody",
        ),
    ),
)
_CHECKS: Final = (  # the draws of this year count without it, so the rule is not idle
    ColumnUse(name="本年度检查次数", kind="number", fields=("checks_this_year",), lacking=UNTOLD),
)
_LAST_CHECKED: Final = (ColumnUse(name="上次检查日期", kind="date", fields=("last_checked",)),)

ELIGIBILITY_RULES: Final = (
    EligibilityRule(
        id="ratio_rules.open",
        title="正常经营",
        applies_to="subject",
        check=not_open,
        columns=_STATUS,
        basis=(_RESULT_CODES,),
        days=LOOKED_UP,
    ),
    EligibilityRule(
        id="ratio_rules.key_only",
        title="仅重点企业",
        applies_to="subject",
        check=not_a_key_enterprise,
        columns=KEY,
        basis=(_KEY,),
        days=LOOKED_UP,
    ),
    EligibilityRule(
        id="ratio_rules.not_key",
        title="重点企业除外",
        applies_to="subject",
        check=a_key_enterprise,
        columns=KEY,
        basis=(_KEY,),
        days=LOOKED_UP,
    ),
    EligibilityRule(
        id="ratio_rules.yearly_cap",
        title="年度次数上限",
        applies_to="subject",
        check=cap_reached,
        params={"at_most": YEARLY_CAP},
        columns=_CHECKS,
        basis=_ONCE_A_YEAR,
        days=LOOKED_UP,
    ),
    EligibilityRule(
        id="ratio_rules.recently_checked",
        title="近期检查过的除外",
        applies_to="subject",
        check=recently_checked,
        params={"days": RECENT_DAYS},
        columns=_LAST_CHECKED,
        basis=(_NO_REPEATS,),
        days=LOOKED_UP,
    ),
    EligibilityRule(
        id="ratio_rules.low_risk_exempt",
        title="低风险免主动检查",
        applies_to="subject",
        check=low_risk,
        columns=RISK_CLASS,
        basis=(_LOW_RISK,),
        days=LOOKED_UP,
    ),
)
