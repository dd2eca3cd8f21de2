"""The rules of a batch as rows of a table: what it is, what it says, from when to when, on which bases."""

from collections.abc import Iterable, Iterator
from datetime import date

from attrs import frozen

from ssj_core.limits import said
from ssj_core.ratios import format_ratio
from ssj_core.rules.cite import cite, status
from ssj_core.rules.effective import EffectiveRules, SealedClass, SealedPlace, SealedTeam
from ssj_core.rules.model import ANY_CLASS, LegalBasis
from ssj_core.rules.ruleset import Ruleset, RuleUse
from ssj_core.rules.timeline import Dated, ends
from ssj_core.text import Lang, Text

_BOUND = {"min": Text("不低于", "at least"), "max": Text("不超过", "at most"), "exact": Text("", "")}
_ROUNDING = {
    "up": Text("向上取整", "rounded up"),
    "down": Text("向下取整", "rounded down"),
    "half-up": Text("四舍五入", "rounded half up"),
}
_OFFICERS = {
    "any": Text("全局抽人", "from any section"),
    "own-section": Text("本股室抽人", "from the subject's own section"),
    "joint": Text(
        "联合：主办出自牵头股室，协办出自其他股室", "joint: the lead from one section, the others from others"
    ),
}

_MODE = {"targeted": Text("定向", "targeted"), "untargeted": Text("不定向", "untargeted")}
_JOINT = {True: Text("联合", "joint"), False: Text("不联合", "not joint")}
NEVER_SAID = Text("", "")


@frozen(kw_only=True)
class Row:
    """One rule: its kind, its id, what it says, its days, its bases."""

    what: Text
    id: str
    says: Text
    days: Text = NEVER_SAID
    basis: tuple[LegalBasis, ...] = ()

    def cells(self, lang: Lang) -> tuple[str, str, str]:
        """The row as three cells of a table."""
        days = self.days(lang)
        return (
            f"{self.what(lang)}\n{self.id}",
            self.says(lang) + (f"\n{days}" if days else ""),
            "\n".join(f"{status(b)(lang)} {cite(b)(lang)}" for b in self.basis) or "—",
        )


def rule_rows(rules: EffectiveRules, ruleset: Ruleset, items: bool) -> Iterator[Row]:
    """Every rule of a batch; of the items, with `items`, each, else how many there are.

    What the sealed rules say without a basis (the batch itself, its teams, the yearly share) has it in the ruleset.
    """
    policy = next(p for p in ruleset.batch if p.id == rules.policy)
    first, last = policy.months
    mode, joint = _MODE[rules.mode], _JOINT[rules.joint]
    yield Row(
        what=Text("批次", "batch"),
        id=f"{ruleset.id}/{policy.id}",
        says=Text(f"{first} 至 {last} 月，{mode.zh}，{joint.zh}", f"months {first} to {last}, {mode.en}, {joint.en}"),
        basis=policy.basis,
    )
    if ruleset.yearly_share is not None:
        share = format_ratio(ruleset.yearly_share.minimum)
        yield Row(
            what=Text("年度占比", "yearly share"),
            id=ruleset.id,
            says=Text(f"不低于 {share}", f"at least {share}"),
            basis=ruleset.yearly_share.basis,
        )
    ratio = rules.ratio
    classes = [_class(c) for c in ratio.classes]
    yield Row(
        what=Text("抽查比例", "ratio"),
        id=ratio.rule,
        says=Text(
            "\n".join([ratio.title, *(c.zh for c in classes)]), "\n".join([ratio.title, *(c.en for c in classes)])
        ),
        days=_days(ratio, ratio.since),
        basis=ratio.basis,
    )
    stated = {rule.id: rule for rule in rules.stated}
    uses = [(Text("分层", "strata"), RuleUse(rule=ratio.stratifier))]
    uses += [(Text("资格", "eligibility"), use) for use in rules.eligibility]
    uses += [(Text("回避", "recusal"), use) for use in rules.recusal]
    for what, use in uses:
        rule = stated[use.rule]
        given = "，".join(f"{name} = {_plain(value)}" for name, value in use.params.items())
        says = "\n".join(part for part in (rule.title, rule.says, given) if part)
        yield Row(what=what, id=use.rule, says=Text(says, says), days=_days(rule, rule.since), basis=rule.basis)
    if rules.weights is not None:
        weights = rules.weights
        named = [f"{name} {n}" for name, n in weights.classes.items() if name != ANY_CLASS]
        other = weights.classes.get(ANY_CLASS)
        zh = "，".join([*named, *([f"其余各类 {other}"] if other else [])])
        en = ", ".join([*named, *([f"every other class {other}"] if other else [])])
        told, days = Text(f"{weights.title}\n{zh}", f"{weights.title}\n{en}"), _days(weights, weights.since)
        yield Row(what=Text("签数", "tickets"), id=weights.rule, says=told, days=days, basis=weights.basis)
    if rules.second_stage is not None:
        stage, kinds = rules.second_stage, "、".join(rules.second_stage.kinds)
        yield Row(
            what=Text("第二阶段", "second stage"),
            id=rules.ruleset,
            says=Text(f"每个对象的{kinds}抽 {stage.count} 个", f"{stage.count} of each subject's {kinds}"),
            basis=stage.basis,
        )
    team = rules.team
    yield Row(what=Text("检查组", "team"), id=rules.ruleset, says=_team(team), basis=ruleset.team.basis)
    if rules.results is not None:
        r = rules.results
        yield Row(
            what=Text("检查结果", "results"),
            id=r.table or rules.ruleset,
            says=Text(
                f"{r.entry_working_days} 个工作日内录入，公示 {format_ratio(r.published)}",
                f"entered within {r.entry_working_days} working days, {format_ratio(r.published)} published",
            ),
            basis=r.basis,
        )
    for checklist in rules.checklists:
        pending = sum(b.status == "needs-check" for i in checklist.items for b in i.basis)
        reviewed = f"核对至 {checklist.reviewed_until}", f"reviewed until {checklist.reviewed_until}"
        yield Row(
            what=Text("事项清单", "checklist"),
            id=checklist.sector,
            says=Text(
                f"{checklist.title}：{len(checklist.items)} 项施行，{len(checklist.not_in_force)} 项未施行；"
                f"依据待核 {pending} 条",
                f"{checklist.title}: {len(checklist.items)} items in force, {len(checklist.not_in_force)} not; "
                f"{pending} bases to be checked",
            ),
            days=Text(*reviewed),
        )
        for item in checklist.items if items else ():
            methods = "、".join(item.methods)
            kinds = "、".join(item.kinds)
            yield Row(
                what=Text("事项", "item"),
                id=item.id,
                says=Text(f"{item.title}\n{kinds}；{methods}", f"{item.title}\n{kinds}; {methods}"),
                days=NEVER_SAID if item.since is None else ends([_Span(item.since, item.until)]),
                basis=item.basis,
            )


@frozen
class _Span:
    since: date
    until: date | None


def _team(team: SealedTeam) -> Text:
    limits = [said(one) for one in team.limits]
    made = _teams(team)
    return Text("\n".join([made.zh, *(t.zh for t in limits)]), "\n".join([made.en, *(t.en for t in limits)]))


def _teams(team: SealedTeam) -> Text:
    if team.places:
        zh = [f"{p.role}：{_whence(p).zh}" + "".join(f"，{need}" for need in p.needs) for p in team.places]
        en = [f"{p.role}: {_whence(p).en}" + "".join(f", {need}" for need in p.needs) for p in team.places]
        return Text("\n".join([f"{team.size} 人", *zh]), "\n".join([f"{team.size} officers", *en]))
    lead = f"（{team.lead_section}）" if team.lead_section else ""
    whence = _OFFICERS[team.officers]
    return Text(f"{team.size} 人，{whence.zh}{lead}", f"{team.size} officers, {whence.en}{lead}")


def _whence(place: SealedPlace) -> Text:
    if place.own_section:
        return _OFFICERS["own-section"]
    if place.other_than:
        named = "、".join(place.other_than)
        return Text(f"{named}以外的股室", f"any section but {named}")
    named = "、".join(place.sections)
    return Text(named, named) if named else _OFFICERS["any"]


def _days(rule: object, since: object) -> Text:
    if since is None:
        return NEVER_SAID
    days: Iterable[Dated] = [rule]  # type: ignore[list-item]
    told, reviewed = ends(days), getattr(rule, "reviewed_until", None)
    return told if reviewed is None else Text(f"{told.zh}；核对至 {reviewed}", f"{told.en}; reviewed until {reviewed}")


def _class(one: SealedClass) -> Text:
    zh, en = (
        [_BOUND[one.bound].zh + format_ratio(one.ratio), _ROUNDING[one.rounding].zh],
        [
            f"{_BOUND[one.bound].en} {format_ratio(one.ratio)}".strip(),
            _ROUNDING[one.rounding].en,
        ],
    )
    if one.at_least:
        zh.append(f"至少 {one.at_least} 个")
        en.append(f"{one.at_least} or more")
    if one.small_below:
        take = {"all": Text("全部", "all"), "none": Text("不抽", "none")}.get(str(one.small_take))
        take = take or Text(f"抽 {one.small_take} 个", str(one.small_take))
        zh.append(f"少于 {one.small_below} 个时{take.zh}")
        en.append(f"of fewer than {one.small_below}: {take.en}")
    name = Text("各类", "each class") if one.id == ANY_CLASS else Text(one.id, one.id)
    return Text(f"{name.zh}：{'，'.join(zh)}", f"{name.en}: {', '.join(en)}")


def _plain(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
