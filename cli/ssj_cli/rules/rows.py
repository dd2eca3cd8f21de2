"""The rules of a batch as rows of a table: what it is, what it says, from when to when, on which bases."""

from collections.abc import Iterator
from datetime import date

from attrs import frozen

from ssj_cli.rules.told import NEVER_SAID, class_told, days_told, plain, team_told
from ssj_core.office import Office
from ssj_core.plugin.loader import namespace
from ssj_core.ratios import format_ratio
from ssj_core.rules.cite import OWN, cite, status
from ssj_core.rules.effective import EffectiveRules, SealedUse
from ssj_core.rules.model import ANY_CLASS, LegalBasis
from ssj_core.rules.ruleset import Ruleset, RuleUse
from ssj_core.rules.timeline import ends, published
from ssj_core.text import Lang, Text, quoted

_MODE = {"targeted": Text("定向", "targeted"), "untargeted": Text("不定向", "untargeted")}
_JOINT = {True: Text("联合", "joint"), False: Text("不联合", "not joint")}
_FRESH = {True: Text("，今年没抽到过的先抽", ", those not drawn yet this year first"), False: Text("", "")}
_ITEMS = {
    True: Text("各项的依据见下", "each item's below"),
    False: Text("各项的依据：加 --items 列出", "each item's: with --items"),
}


def _ruleset_lacks(ruleset: str, where: str) -> Text:
    return Text(
        f"未写依据：在规则集 {ruleset} 的 {where} 补写 basis",
        f"no basis given: write `basis` in {where} of ruleset {ruleset}",
    )


def _of_ruleset(ruleset: Ruleset) -> Text:
    days = ends([ruleset])
    return Text(f"规则集 {days.zh}", f"ruleset: {days.en}")


def _rule_lacks(rule: str) -> Text:
    return Text(
        f"未写依据：由插件 {namespace(rule)} 补写 basis", f"no basis given: plugin {namespace(rule)} has to say it"
    )


def _told(basis: tuple[LegalBasis, ...]) -> Text:
    return Text(*("\n".join(f"{status(b)(lang)} {cite(b)(lang)}" for b in basis) for lang in ("zh", "en")))


def _whence(ruleset: Ruleset, use: RuleUse) -> Iterator[Text]:
    """Where each parameter comes from: the documents its use names, and the choice that decides it."""
    for name, path in zip(use.params, use.given, strict=True):
        decided = [choice.decision for choice in ruleset.choice if path in choice.decides]
        told = _told(use.basis)
        zh, en = ([text] if text else [] for text in (told.zh, told.en))
        zh += [f"{OWN.zh} {decision}" for decision in decided]
        en += [f"{OWN.en} {decision}" for decision in decided]
        if not zh:
            lacks = _ruleset_lacks(ruleset.id, use.rule)
            zh, en = [f"{lacks.zh}，或在 [[choice]] 写 decides"], [f"{lacks.en}, or `decides` in a [[choice]]"]
        yield Text(f"{name}：" + "\n".join(zh), f"{name}: " + "\n".join(en))


def choice_rows(ruleset: Ruleset) -> Iterator[tuple[str, str, str]]:
    """What the bureau decided where its document says nothing: the question, the decision with what it sets, why."""
    for choice in ruleset.choice:
        yield choice.question, "\n".join((choice.decision, *choice.decides)), choice.reason


@frozen(kw_only=True)
class Row:
    """One rule: its kind, its id, what it says, its days, its bases, and what is said where it has none.

    `params` say where the parameters the ruleset gives it come from.
    """

    what: Text
    id: str
    says: Text
    days: Text = NEVER_SAID
    basis: tuple[LegalBasis, ...] = ()
    params: tuple[Text, ...] = ()
    without: Text

    def cells(self, lang: Lang) -> tuple[str, str, str]:
        """The row as three cells of a table."""
        days = self.days(lang)
        return (
            f"{self.what(lang)}\n{self.id}",
            self.says(lang) + (f"\n{days}" if days else ""),
            "\n".join([_told(self.basis)(lang) or self.without(lang), *(p(lang) for p in self.params)]),
        )


def rule_rows(rules: EffectiveRules, office: Office, items: bool) -> Iterator[Row]:
    """Every rule of a batch; of the items, with `items`, each, else how many there are.

    What the sealed rules say without a basis (the batch itself, its teams, the yearly share) has it in the ruleset,
    and a checklist as a whole in its table.
    """
    ruleset = office.ruleset
    policy = next(p for p in ruleset.batch if p.id == rules.policy)
    place = f"[[batch]] {policy.id}"
    first, last = policy.months
    mode, joint, fresh = _MODE[rules.mode], _JOINT[rules.joint], _FRESH[rules.ratio.coverage_first]
    yield Row(
        what=Text("批次", "batch"),
        id=f"{ruleset.id}/{policy.id}",
        says=Text(
            f"{first} 至 {last} 月，{mode.zh}，{joint.zh}{fresh.zh}",
            f"months {first} to {last}, {mode.en}, {joint.en}{fresh.en}",
        ),
        days=_of_ruleset(ruleset),
        basis=policy.basis,
        without=_ruleset_lacks(ruleset.id, place),
    )
    if ruleset.yearly_share is not None:
        share = format_ratio(ruleset.yearly_share.minimum)
        yield Row(
            what=Text("年度占比", "yearly share"),
            id=ruleset.id,
            says=Text(f"不低于 {share}", f"at least {share}"),
            basis=ruleset.yearly_share.basis,
            without=_ruleset_lacks(ruleset.id, "[yearly_share]"),
        )
    ratio = rules.ratio
    classes = [class_told(c, alone=len(ratio.classes) == 1) for c in ratio.classes]
    yield Row(
        what=Text("抽查比例", "ratio"),
        id=ratio.rule,
        says=Text(
            "\n".join([ratio.title, *(c.zh for c in classes)]),
            "\n".join([quoted(ratio.title), *(c.en for c in classes)]),
        ),
        days=days_told(ratio, ratio.since),
        basis=ratio.basis,
        without=_rule_lacks(ratio.rule),
    )
    stated = {rule.id: rule for rule in rules.stated}
    uses = [(Text("分层", "strata"), RuleUse(rule=ratio.stratifier), SealedUse(rule=ratio.stratifier))]
    of_policy = (*ruleset.eligibility, *policy.eligibility)
    uses += [(Text("资格", "eligibility"), *pair) for pair in zip(of_policy, rules.eligibility, strict=True)]
    uses += [(Text("回避", "recusal"), *pair) for pair in zip(ruleset.recusal, rules.recusal, strict=True)]
    for what, use, asked in uses:
        rule = stated[use.rule]
        given = [(f"{name} = {plain(value)}", name in use.params) for name, value in asked.params.items()]
        lines, lines_en = [rule.title, rule.says], [quoted(rule.title), quoted(rule.says)]
        lines.append("，".join(word if own else f"{word}（规则的默认值）" for word, own in given))
        lines_en.append(", ".join(word if own else f"{word} (the rule's default)" for word, own in given))
        yield Row(
            what=what,
            id=use.rule,
            says=Text("\n".join(filter(None, lines)), "\n".join(filter(None, lines_en))),
            days=days_told(rule, rule.since),
            basis=rule.basis,
            params=tuple(_whence(ruleset, use)),
            without=_rule_lacks(use.rule),
        )
    if rules.weights is not None:
        weights = rules.weights
        tickets = {name: n for name, n in weights.classes.items() if name != ANY_CLASS}
        zh = [f"{name} {n}" for name, n in tickets.items()]
        en = [f"{quoted(name)} {n}" for name, n in tickets.items()]
        if (other := weights.classes.get(ANY_CLASS)) is not None:
            zh, en = [*zh, f"其余各类 {other}"], [*en, f"every other class {other}"]
        told = Text(f"{weights.title}\n{'，'.join(zh)}", f"{quoted(weights.title)}\n{', '.join(en)}")
        yield Row(
            what=Text("签数", "tickets"),
            id=weights.rule,
            says=told,
            days=days_told(weights, weights.since),
            basis=weights.basis,
            without=_rule_lacks(weights.rule),
        )
    if rules.second_stage is not None:
        stage, kinds = rules.second_stage, "、".join(rules.second_stage.kinds)
        yield Row(
            what=Text("第二阶段", "second stage"),
            id=rules.ruleset,
            says=Text(f"每个对象的{kinds}抽 {stage.count} 个", f"{stage.count} of each subject's {quoted(kinds)}"),
            basis=stage.basis,
            without=_ruleset_lacks(ruleset.id, f"{place} second_stage"),
        )
    team = rules.team
    yield Row(
        what=Text("检查组", "team"),
        id=rules.ruleset,
        says=team_told(team),
        basis=ruleset.team.basis,
        without=_ruleset_lacks(ruleset.id, "[team]"),
    )
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
            without=_ruleset_lacks(ruleset.id, "[results]"),
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
                f"{quoted(checklist.title)}: {len(checklist.items)} items in force, {len(checklist.not_in_force)} not; "
                f"{pending} bases to be checked",
            ),
            days=Text(*reviewed),
            basis=published(office.registry.checklists[checklist.sector].basis, rules.start),
            without=_ITEMS[items],
        )
        for item in checklist.items if items else ():
            methods = "、".join(item.methods)
            kinds = "、".join(item.kinds)
            yield Row(
                what=Text("事项", "item"),
                id=item.id,
                says=Text(
                    f"{item.title}\n{kinds}；{methods}", f"{quoted(item.title)}\n{quoted(kinds)}; {quoted(methods)}"
                ),
                days=NEVER_SAID if item.since is None else ends([_Span(item.since, item.until)]),
                basis=item.basis,
                without=_rule_lacks(checklist.sector),
            )


@frozen
class _Span:
    since: date
    until: date | None
