"""Why a pool has nobody left, or no site for its second stage, in words: how many each reason took out."""

from collections import Counter
from collections.abc import Iterable

from attrs import evolve

from ssj_core.batch_rules import BatchRules
from ssj_core.model import Subject
from ssj_core.office import Office
from ssj_core.pool import NO_SUBJECT, OTHER_SECTOR, Pool
from ssj_core.problems import Problem, problem
from ssj_core.roster.cells import name_key
from ssj_core.tables import SUBJECT
from ssj_core.text import Text, named, quoted

_LONGEST = 40


def reasons(office: Office, rules: BatchRules, pool: Pool) -> Text:
    """One clause for each rule that left subjects out, those of most subjects first, with one of its reasons."""
    out = [one for one in pool.excluded if one.unit == SUBJECT]
    example = {one.rule: one.reason for one in reversed(out)}
    counted = sorted(Counter(one.rule for one in out).items(), key=lambda found: (-found[1], found[0]))
    told = [_clause(office, rules, rule, count, example[rule]) for rule, count in counted]
    return Text("；".join(one.zh for one in told), "; ".join(one.en for one in told))


def no_site(office: Office, rules: BatchRules, pool: Pool, roster: Iterable[Subject]) -> Problem:
    """SSJ-S045, with the rules that left the sites out: `pool` is what is left of the roster, sites set apart."""
    stage = rules.policy.second_stage
    kinds = {name_key(kind): kind for kind in (stage.kinds if stage else ())}
    ids = {s.id for s in roster if name_key(s.kind) in kinds}
    shown = "、".join(kinds.values())
    why = reasons(office, rules, evolve(pool, excluded=tuple(e for e in pool.excluded if e.id in ids)))
    if not ids:
        why = Text(f"“类型”是{shown}的一行也没有", f"no row is of kind {quoted(shown)}")
    return problem(
        "SSJ-S045", file=office.plan_file, value=shown, batch=rules.batch.id, reasons=why.zh, reasons_en=why.en
    )


def _clause(office: Office, rules: BatchRules, rule: str, count: int, example: str) -> Text:
    if rule == OTHER_SECTOR:
        lists = office.registry.checklists
        titles = "、".join(lists[one].title for one in rules.policy.sectors) or "、".join(office.sectors.titles)
        return Text(
            f"不属于本批次的监管类别（{titles}）的 {count} 个", f"{count} not of the batch's sectors ({titles})"
        )
    if rule == NO_SUBJECT:
        return Text(f"所属检查对象不参加的 {count} 个", f"{count} whose own subject takes no part")
    known = office.registry.eligibility_rules.get(rule)
    by = named(rule, known.title if known else rule)
    shown = example if len(example) <= _LONGEST else example[: _LONGEST - 1] + "…"
    return Text(
        f"按规则{by.zh}不参加的 {count} 个（例如：{shown}）",
        f"{count} left out by the rule {by.en}, such as {quoted(shown)}",
    )
