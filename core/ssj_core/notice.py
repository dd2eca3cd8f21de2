"""The one-page notice of a commitment: what was sealed, which entropy will count, how anybody checks it."""

from collections.abc import Mapping

from ssj_core.sealed import Sealed
from ssj_core.text import Text


def notice(sealed: Sealed, *, sealed_at: str, head: str, titles: Mapping[str, str]) -> Text:
    """The notice in both languages; `titles` names the entropy sources, `head` is the ledger's head after sealing."""
    rules, fields = sealed.rules, sealed.commitment
    sources = [
        f"  {n}. {titles.get(e.source, e.source)}（{e.source}）{_event(e.appointed)}"
        for n, e in enumerate(rules.entropy, start=1)
    ]
    return Text(
        zh="\n".join(
            (
                "抽取承诺公告",
                "",
                f"单位：{rules.bureau}",
                f"计划：{rules.plan}  {rules.document_no}".rstrip(),
                f"批次：{rules.title}（{rules.start} 至 {rules.end}）",
                f"抽取编号：{rules.draw_id}",
                f"封存时间：{sealed_at}",
                "",
                "承诺（下面全部内容的摘要，改动任何一处都会不同）：",
                f"  {fields.value}",
                f"同样内容的国密 SM3 摘要：{fields.sm3}",
                "",
                "一、封存了什么",
                f"  检查对象 {fields.subjects_count} 个，名录根 {fields.subjects_root}",
                f"  执法检查人员 {fields.officers_count} 名，名录根 {fields.officers_root}",
                f"  计划 plan.toml 的摘要 {fields.plan_digest}",
                f"  规则 rules.toml 的摘要 {fields.rules_digest}",
                f"  封存前台账的头 {fields.previous_head}",
                f"  封存后台账的头 {head}",
                "",
                "二、种子从哪里来（按此次序，封存以后才产生）",
                *sources,
                "",
                "三、怎样核验",
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
                f"Batch: {rules.title} ({rules.start} to {rules.end})",
                f"Draw: {rules.draw_id}",
                f"Sealed at: {sealed_at}",
                "",
                "Commitment (digest of everything below: any change would show):",
                f"  {fields.value}",
                f"SM3 digest of the same: {fields.sm3}",
                "",
                "1. What was sealed",
                f"  {fields.subjects_count} subjects, root {fields.subjects_root}",
                f"  {fields.officers_count} officers, root {fields.officers_root}",
                f"  plan.toml, digest {fields.plan_digest}",
                f"  rules.toml, digest {fields.rules_digest}",
                f"  head of the ledger before {fields.previous_head}",
                f"  head of the ledger after  {head}",
                "",
                "2. Where the seed will come from (in this order, after the sealing)",
                *sources,
                "",
                "3. How to check",
                "  After the draw all files are published. Anybody recomputes it, with ssj-core verify or with his own",
                "  programme by SSJ-DRAW/1, and compares the commitment with this notice.",
                "",
            )
        ),
    )


def _event(appointed: Mapping[str, str]) -> str:
    return f"：{'，'.join(f'{k} {v}' for k, v in appointed.items())}" if appointed else ""
