"""计划表: every batch of a plan with its days, sectors, ratios and, where it was drawn, its numbers."""

from collections.abc import Mapping
from typing import Final

from attrs import frozen

from ssj_core.lists.model import NUMBER, Field, Listing
from ssj_core.office import Office, policy_of
from ssj_core.plan import Batch
from ssj_core.ratios import format_ratio
from ssj_core.rules.model import ANY_CLASS, ClassRatio, LegalBasis
from ssj_core.rules.ruleset import BatchPolicy
from ssj_core.rules.timeline import NotInForceError, on
from ssj_core.spreadsheet import Value

NAME: Final = "抽查计划表"
_FIELDS: Final = (
    NUMBER, Field("batch", "批次", 12), Field("title", "名称", 30), Field("lead", "检查主体", 22),
    Field("sectors", "检查内容", 24), Field("start", "开始", 12, centred=True), Field("end", "结束", 12, centred=True),
    Field("mode", "方式", 8, centred=True), Field("joint", "内部联合", 8, centred=True), Field("ratio", "抽查比例", 24),
    Field("team", "每组人数", 8, centred=True), Field("pool", "抽取范围", 8, centred=True),
    Field("drawn", "抽中数", 8, centred=True), Field("state", "进度", 14), Field("basis", "依据", 34),
)  # fmt: skip
_BOUNDS: Final = {"min": "不少于 ", "max": "不超过 ", "exact": ""}
_MODES: Final = {"targeted": "定向", "untargeted": "不定向"}


@frozen(kw_only=True)
class Progress:
    """How far a batch has come, in words, and its numbers once it is drawn."""

    state: str
    pool: int | None = None
    drawn: int | None = None


def plan_table(office: Office, progress: Mapping[str, Progress]) -> Listing:
    """Return the table of a plan; `progress` is by batch id."""
    plan = office.plan
    rows = [
        _row(number, office, batch, policy_of(office.ruleset, batch), progress.get(batch.id, Progress(state="")))
        for number, batch in enumerate(plan.batch, 1)
    ]
    share = office.ruleset.yearly_share
    about = ["　".join(filter(None, (plan.bureau, plan.document_no, f"{plan.year} 年度")))]
    if share is not None:
        about.append(f"全年抽查占比不少于 {format_ratio(share.minimum)}")
    return Listing(name=NAME, key="plan", title=plan.title, about=about, fields=_FIELDS, rows=rows)


def _row(number: int, office: Office, batch: Batch, policy: BatchPolicy, progress: Progress) -> tuple[Value, ...]:
    titles = [office.registry.checklists[sector].title for sector in policy.sectors]
    return (
        number,
        batch.id,
        policy.title,
        policy.lead_section or office.plan.bureau,
        "、".join(titles) or "全部监管类别",
        batch.start,
        batch.end,
        _MODES[policy.mode],
        "是" if policy.joint else "否",
        _ratio(office, batch, policy),
        office.ruleset.team.size,
        progress.pool,
        progress.drawn,
        progress.state,
        "；".join(map(_basis, policy.basis)),
    )


def _ratio(office: Office, batch: Batch, policy: BatchPolicy) -> str:
    rule = office.registry.ratio_rules[policy.ratio]
    try:
        classes = on(rule.in_force, batch.start).value.classes
    except NotInForceError:
        return "当日没有生效的规定"
    if set(classes) == {ANY_CLASS}:
        return _said(classes[ANY_CLASS])
    return "；".join(f"{'其他' if name == ANY_CLASS else name} {_said(one)}" for name, one in classes.items())


def _said(one: ClassRatio) -> str:
    least = f"，至少 {one.at_least} 个" if one.at_least else ""
    return f"{_BOUNDS[one.bound]}{format_ratio(one.ratio)}{least}"


def _basis(one: LegalBasis) -> str:
    articles = "、".join(one.articles)
    mark = "" if one.status == "verified" else "（待核）"
    return f"{one.title}{one.document_no}{articles}{mark}"
