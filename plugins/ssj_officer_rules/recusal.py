"""回避: which officer must not inspect which subject."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Final

from ssj_core.model import GROUNDS, Officer, Subject
from ssj_core.rules.model import UNTOLD, ColumnUse, Context, LegalBasis, RecusalRule
from ssj_officer_rules.eligibility import BY_CHOICE, BY_LAW

INSPECTIONS: Final = 2
ON_GROUND: Final[Mapping[str, str]] = {
    "kin": "officer_rules.kin",
    "interest": "officer_rules.interest",
    "party": "officer_rules.party",
    "applied": "officer_rules.applied",
    "other": "officer_rules.other_relation",
}
"""The rule of each ground."""
_TITLES: Final[Mapping[str, str]] = {
    "kin": "近亲属回避",
    "interest": "利害关系回避",
    "party": "当事人申请回避",
    "applied": "本人申请回避",
    "other": "其他可能影响公正执法的关系",
}


def declared(officer: Officer, subject: Subject, context: Context) -> str | None:
    """Declared in either roster, on no ground that a rule of its own is asked about: nothing declared is lost."""
    stated = tuple(_stated(officer, subject))
    if not stated or any(ON_GROUND.get(why) in context.rules for _, why in stated):
        return None
    roster, why = stated[0]
    return f"{roster}登记回避" + (f"（{GROUNDS[why]}）" if why in GROUNDS else "")


def _on(name: str) -> Callable[[Officer, Subject, Context], str | None]:
    def check(officer: Officer, subject: Subject, _context: Context) -> str | None:
        roster = next((roster for roster, why in _stated(officer, subject) if why == name), "")
        return f"{GROUNDS[name]}，{roster}登记" if roster else None

    return check


def _stated(officer: Officer, subject: Subject) -> Iterator[tuple[str, str]]:
    """Which roster declares it, and on which ground, empty where it says none."""
    if subject.id in officer.recused:
        yield "检查人员名录", officer.recused_for.get(subject.id, "")
    if officer.id in subject.recused:
        yield "检查对象名录", subject.recused_for.get(officer.id, "")


def last_inspector(officer: Officer, subject: Subject, _context: Context) -> str | None:
    """Was in the team that inspected this subject last."""
    return _among(officer, subject, 1)


def rotation(officer: Officer, subject: Subject, context: Context) -> str | None:
    """Was in a team of this subject's last inspections, as many as `inspections` says."""
    count = context.params.get("inspections", INSPECTIONS)
    if type(count) is not int or count < 1:
        raise TypeError(f"inspections must be a whole number from 1, not {count!r}")
    return _among(officer, subject, count)


def _among(officer: Officer, subject: Subject, count: int) -> str | None:
    for n, one in enumerate(subject.inspections[:count], start=1):
        if officer.id in one.officers:
            before = "上次" if n == 1 else f"前{n}次"
            return f"{before}检查过该对象（{one.day.isoformat()}，{one.source}）"
    return None


_CHOICE = (
    LegalBasis(
        title="规则集的轮换规定",
        mark="choice",
        note="同一人不连续检查同一对象；轮换几次由规则集规定，依据由单位自己的文件写明。",
    ),
)
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

# A roster without them declares nobody, and either roster may declare what the other does not.
_OF_SUBJECTS: Final = (ColumnUse(name="回避人员", fields=("recused",), lacking=UNTOLD),)
_OF_OFFICERS: Final = (ColumnUse(name="回避对象", fields=("recused",), lacking=UNTOLD),)


def _declared(rule: str, title: str, check: Callable[[Officer, Subject, Context], str | None]) -> RecusalRule:
    return RecusalRule(
        id=rule,
        title=title,
        check=check,
        basis=_BASIS,
        columns=_OF_SUBJECTS,
        officer_columns=_OF_OFFICERS,
        days=BY_LAW,
    )


RECUSAL_RULES: Final = (
    _declared("officer_rules.declared", "名录登记的回避", declared),
    *(_declared(rule, _TITLES[name], _on(name)) for name, rule in ON_GROUND.items()),
    RecusalRule(
        id="officer_rules.last_inspector",
        title="上次检查该对象的人员",
        check=last_inspector,
        basis=_CHOICE,
        days=BY_CHOICE,
    ),
    RecusalRule(
        id="officer_rules.rotation",
        title="近几次检查过该对象的人员",
        check=rotation,
        params={"inspections": INSPECTIONS},
        basis=_CHOICE,
        days=BY_CHOICE,
    ),
)
