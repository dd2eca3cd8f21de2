"""The one-page notice of a commitment: what was sealed, which entropy will count, how anybody checks it."""

from collections.abc import Mapping

from ssj_core.entropy.appointed import part_word
from ssj_core.entropy.told import beijing_time
from ssj_core.replacement.event import Event
from ssj_core.replacement.reasons import OFFICER_REASONS, SUBJECT_REASONS
from ssj_core.rules.effective import SealedEntropy
from ssj_core.sealed import Sealed
from ssj_core.structuring import shown
from ssj_core.tables import SITES_FILE, TICKETS_FILE
from ssj_core.text import Text, named, quoted


def notice(sealed: Sealed, *, sealed_at: str, head: str, titles: Mapping[str, str], teams: Text) -> Text:
    """The notice in both languages; `titles` names the entropy sources, `head` is the ledger's head after sealing.

    `teams` is what is known before the draw of who may be sent where.
    """
    rules, fields, more = sealed.rules, sealed.commitment, _how(sealed)
    sources = [_source(n, e, titles) for n, e in enumerate(rules.entropy, start=1)]
    return Text(
        zh="\n".join(
            (
                "抽取承诺公告",
                "",
                f"单位：{rules.bureau}",
                f"计划：{rules.plan}  {rules.document_no}".rstrip(),
                f"批次：{rules.title}（{rules.start} 至 {rules.end}）",
                f"抽取编号：{rules.draw_id}",
                f"封存时间：{beijing_time(sealed_at).zh}",
                "",
                "承诺（下面全部内容的摘要，改动任何一处都会不同）：",
                f"  {fields.value}",
                f"同样内容的国密 SM3 摘要：{fields.sm3}",
                "",
                "一、封存了什么",
                f"  检查对象 {fields.subjects_count} 个，名录根 {fields.subjects_root}",
                f"  执法检查人员 {fields.officers_count} 名，名录根 {fields.officers_root}",
                *(line.zh for line in more),
                f"  计划 plan.toml 的摘要 {fields.plan_digest}",
                f"  规则 rules.toml 的摘要 {fields.rules_digest}",
                f"  封存前台账的头 {fields.previous_head}",
                f"  封存后台账的头 {head}",
                "",
                "二、种子从哪里来（按此次序，封存以后才产生）",
                *(one.zh for one in sources),
                "",
                "三、谁可能被派去",
                teams.zh,
                "",
                "四、怎样核验",
                "  抽取后公布全部文件，任何人可用 ssj-core verify 或自己的程序按规格 SSJ-DRAW/1 重新计算，",
                "  并与本公告的承诺对照：不一致的，抽取不成立。",
                "",
            )
        ),
        en="\n".join(
            (
                "Notice of a commitment",
                "",
                f"Office: {rules.bureau}",
                f"Plan: {rules.plan}  {rules.document_no}".rstrip(),
                f"Batch: {quoted(rules.title)} ({rules.start} to {rules.end})",
                f"Draw: {rules.draw_id}",
                f"Sealed at: {beijing_time(sealed_at).en}",
                "",
                "Commitment (digest of everything below: any change would show):",
                f"  {fields.value}",
                f"SM3 digest of the same: {fields.sm3}",
                "",
                "1. What was sealed",
                f"  {fields.subjects_count} subjects, root {fields.subjects_root}",
                f"  {fields.officers_count} officers, root {fields.officers_root}",
                *(line.en for line in more),
                f"  plan.toml, digest {fields.plan_digest}",
                f"  rules.toml, digest {fields.rules_digest}",
                f"  head of the ledger before {fields.previous_head}",
                f"  head of the ledger after  {head}",
                "",
                "2. Where the seed will come from (in this order, after the sealing)",
                *(one.en for one in sources),
                "",
                "3. Who may be sent",
                teams.en,
                "",
                "4. How to check",
                "  After the draw all files are published. Anybody recomputes it, with ssj-core verify or with his own",
                "  programme by SSJ-DRAW/1, and compares the commitment with this notice.",
                "",
            )
        ),
    )


def _how(sealed: Sealed) -> list[Text]:
    """What is drawn otherwise than one ticket each in one stage: nobody should learn of it only afterwards."""
    rules, lines = sealed.rules, []
    if rules.weights is not None:
        count, name = sum(row.tickets for row in sealed.tickets), TICKETS_FILE
        by = named(rules.weights.rule, rules.weights.title)
        each = "，".join(f"{shown(one)} {tickets} 张" for one, tickets in rules.weights.classes.items())
        each_en = ", ".join(f"{quoted(shown(one))} {tickets}" for one, tickets in rules.weights.classes.items())
        lines.append(
            Text(
                f"  签数不等：{by.zh}：{each}；合计 {count} 张，各对象几张见 {name}",
                f"  not one ticket each: {by.en}: {each_en}; {count} in all, those of each in {name}",
            )
        )
    if rules.second_stage is not None:
        kinds, count, sites = "、".join(rules.second_stage.kinds), rules.second_stage.count, len(sealed.sites)
        lines.append(
            Text(
                f"  分两步抽取：先抽对象，再从每个抽中对象的{kinds}里抽 {count} 个；共封存 {sites} 个，见 {SITES_FILE}",
                f"  two stages: after the subjects, {count} of each one's {quoted(kinds)};"
                f" {sites} are sealed, in {SITES_FILE}",
            )
        )
    return lines


def _source(number: int, use: SealedEntropy, titles: Mapping[str, str]) -> Text:
    """A line of a notice; a source has no English name but its id."""
    told = [f"{part_word(key)} {value}" for key, value in use.appointed.items()]
    told_en = [f"{key} {value}" for key, value in use.appointed.items()]
    zh, en = (f"：{'，'.join(told)}", f": {', '.join(told_en)}") if told else ("", "")
    return Text(
        f"  {number}. {titles.get(use.source, use.source)}（{use.source}）{zh}", f"  {number}. {use.source}{en}"
    )


def replacement_notice(
    event: Event, commitment: str, *, bureau: str, sealed_at: str, head: str, titles: Mapping[str, str]
) -> Text:
    """The notice of a replacement in both languages: who drops out, why, and from where its seed will come."""
    reason = {**SUBJECT_REASONS, **OFFICER_REASONS}[event.reason].text
    sources = [_source(n, e, titles) for n, e in enumerate(event.entropy, start=1)]
    without = Text(
        "  不需要：由下一个签号递补，检查组不变", "  none is needed: the next ticket steps in and inherits the team"
    )
    return Text(
        zh="\n".join(
            (
                "替换公告",
                "",
                f"单位：{bureau}",
                f"替换编号：{event.id}",
                f"登记时间：{beijing_time(sealed_at).zh}",
                f"退出：{event.unit} {event.name}",
                f"理由：{reason.zh}（{event.reason}）",
                f"证明材料：{event.document}",
                f"决定人：{event.by}",
                *(f"涉及检查对象：{visit}" for visit in event.visits),
                *(f"同时重派的席位：{place}" for place in event.released),
                "",
                "承诺（事由的摘要，改动任何一处都会不同）：",
                f"  {commitment}",
                f"  登记后台账的头 {head}",
                "",
                "种子从哪里来（登记以后才产生）",
                *([one.zh for one in sources] or [without.zh]),
                "",
            )
        ),
        en="\n".join(
            (
                "Notice of a replacement",
                "",
                f"Office: {bureau}",
                f"Replacement: {event.id}",
                f"Registered at: {beijing_time(sealed_at).en}",
                f"Drops out: {event.unit} {event.name}",
                f"Reason: {reason.en} ({event.reason})",
                f"Evidence: {event.document}",
                f"Decided by: {event.by}",
                *(f"Subject concerned: {visit}" for visit in event.visits),
                *(f"Place drawn again too: {place}" for place in event.released),
                "",
                "Commitment (digest of this event: any change would show):",
                f"  {commitment}",
                f"  head of the ledger after {head}",
                "",
                "Where the seed will come from (after this)",
                *([one.en for one in sources] or [without.en]),
                "",
            )
        ),
    )
