"""One subject: in the roster or not, its stratum and quota, its ticket, the cut, the outcome (SPEC §3 to §7)."""

from shlex import quote
from typing import Final

from ssj_core.draw import Ticket, best
from ssj_core.explain.chances import chances, winner
from ssj_core.explain.digests import sealed_digests
from ssj_core.explain.plausible import percent, plausibility, position, weighted_plausibility
from ssj_core.explain.sites import sites_of
from ssj_core.explain.story import Part, Story
from ssj_core.pipeline import SUBJECT_PURPOSE
from ssj_core.ratios import format_ratio
from ssj_core.record import StratumPart
from ssj_core.rules.effective import SealedClass, SealedRatio
from ssj_core.rules.model import Rounding
from ssj_core.tables import SUBJECT, SubjectRow
from ssj_core.teams import LEAD
from ssj_core.text import Text, quoted

_ROUNDING: Final[dict[Rounding, Text]] = {
    "up": Text("向上取整", "rounded up"),
    "down": Text("向下取整", "rounded down"),
    "half-up": Text("四舍五入", "rounded half up"),
}


def explain_subject(story: Story, subject_id: str) -> tuple[Part, ...]:
    """What became of a subject and why."""
    subject = story.subjects.get(subject_id)
    if subject is None:
        return (_excluded(story, subject_id), sealed_digests(story, SUBJECT, excluded=True))
    stratum = story.strata[subject.stratum]
    sealed = sealed_digests(story, SUBJECT), *_plausible(story, stratum)
    return (*_outcome(story, subject, stratum), *sites_of(story, subject), *sealed)


def _excluded(story: Story, subject_id: str) -> Part:
    row = next(e for e in story.sealed.excluded if e.unit == SUBJECT and e.id == subject_id)
    return Part(
        Text("没有参加这次抽取", "it took no part in this draw"),
        (
            Text(
                f"{row.name}（{row.id}）在名录里，但在抽取之前就按规则排除了",
                f"{row.name} ({row.id}) is in the roster, but a rule excluded it before the draw",
            ),
            Text(f"规则 {row.rule}，原因：{row.reason}", f"rule {row.rule}, reason: {quoted(row.reason)}"),
            Text("没有签号，不可能抽中", "it has no ticket and could not be drawn"),
        ),
    )


def _outcome(story: Story, subject: SubjectRow, stratum: StratumPart) -> tuple[Part, ...]:
    counts = story.sealed.ticket_counts
    own = best(story.key, subject.id, counts.get(subject.id, 1))
    members = (s.id for s in story.sealed.subjects if s.stratum == stratum.stratum)
    rank = 1 + sum(best(story.key, i, counts.get(i, 1)) < own for i in members)
    return (
        Part(
            Text("在名录里", "it is in the roster"),
            (
                Text(
                    f"{subject.name}（{subject.id}）在抽取范围内，分层“{stratum.stratum}”",
                    f"{subject.name} ({subject.id}) is in the pool, stratum {quoted(stratum.stratum)}",
                ),
                Text(
                    f"这一层共 {stratum.size} 个，应抽 {stratum.quota} 个",
                    f"the stratum holds {stratum.size}, of which {stratum.quota} are drawn",
                ),
                *_quota(story, stratum),
                *chances(story, subject),
            ),
        ),
        Part(_heading(story, stratum, rank), _reasons(story, stratum, own, rank)),
        Part(
            Text(
                "自己算一遍签号（任何装有 sha256sum 的电脑；编号里有汉字时终端须用 UTF-8）",
                "compute the ticket yourself (any computer with sha256sum; in UTF-8 where the id is not ASCII)",
            ),
            (
                Text(
                    "第一行由种子得到密钥，第二行由密钥和编号得到签号",
                    "the first line gives the key from the seed, the second the ticket from key and id",
                ),
            ),
            commands(story, subject.id),
        ),
    )


def commands(story: Story, subject_id: str) -> tuple[str, str]:
    """Lines for a shell that give the key and the ticket (SPEC §14)."""
    rules = story.sealed.rules
    values = " ".join(quote(v) for v in (story.outcome.seed, rules.draw_id, SUBJECT_PURPOSE, rules.scope))
    name = winner(story.key, subject_id, story.sealed.ticket_counts.get(subject_id, 1))
    return (
        f"printf '%s\\n' ssj.key.1 {values} | sha256sum | cut -c 1-32",
        f"printf '%s%s' {story.key} {quote(name)} | sha256sum",
    )


def _heading(story: Story, stratum: StratumPart, rank: int) -> Text:
    if rank <= stratum.quota:
        return Text("抽中", "it was drawn")
    reserve = rank - stratum.quota
    if stratum.quota and reserve <= story.sealed.rules.ratio.reserve:
        return Text(f"没有抽中，是递补第 {reserve} 位", f"it was not drawn; it is reserve {reserve}")
    return Text("没有抽中", "it was not drawn")


def _reasons(story: Story, stratum: StratumPart, own: Ticket, rank: int) -> tuple[Text, ...]:
    at = percent(position(own.value))
    lines = [
        Text(f"自己的签号 {own.value}（全部可能签号的 {at} 处）", f"own ticket {own.value} (at {at} of all possible)"),
        Text(f"从小到大排第 {rank} 位，共 {stratum.size} 个", f"rank {rank} of {stratum.size}, the smallest first"),
    ]
    if not stratum.quota:
        return (*lines, Text("这一层不抽，签号大小没有关系", "nobody of this stratum is drawn, whatever the ticket"))
    cut = percent(position(stratum.cut))
    lines.insert(
        1, Text(f"界线，即最大的抽中签号 {stratum.cut}（{cut}）", f"the cut, the largest drawn {stratum.cut} ({cut})")
    )
    if rank <= stratum.quota:
        return (*lines, _drawn(own, stratum), *_team(story, own.id))
    lines.append(
        Text(
            f"没有抽中的原因：自己的签号大于界线，有 {rank - 1} 个的签号比它小，只抽 {stratum.quota} 个",
            f"why not: its ticket is larger than the cut; {rank - 1} have smaller ones and {stratum.quota} are drawn",
        )
    )
    reserve = rank - stratum.quota
    if reserve <= story.sealed.rules.ratio.reserve:
        lines.append(
            Text(
                f"抽中的有 {reserve} 个因故无法检查时，才轮到它",
                f"its turn comes when {reserve} of the drawn cannot be inspected",
            )
        )
    return tuple(lines)


def _drawn(own: Ticket, stratum: StratumPart) -> Text:
    if own.value == stratum.cut:
        return Text("抽中的原因：它的签号就是界线", "why: its ticket is the cut itself")
    return Text("抽中的原因：自己的签号小于界线", "why: its ticket is smaller than the cut")


def _team(story: Story, subject_id: str) -> tuple[Text, ...]:
    rows = [r for r in story.outcome.teams if r.subject == subject_id]
    zh = "，".join(f"{r.role} {r.officer_name}（{story.whence(r.officer, r.section)}）" for r in rows)
    en = ", ".join(
        f"{'lead' if r.role == LEAD else 'member'} {r.officer_name} ({story.whence(r.officer, r.section)})"
        for r in rows
    )
    return (Text(f"检查组：{zh}", f"team: {en}"),)


def _quota(story: Story, stratum: StratumPart) -> tuple[Text, ...]:
    """Where the quota comes from (SPEC §4)."""
    ratio = story.sealed.rules.ratio
    held = story.strata
    one = next(c for c in ratio.classes if stratum.stratum in c.strata)
    size, taken = (sum(getattr(held[s], name) for s in one.strata) for name in ("size", "quota"))
    lines = [_rule(ratio, one, size, taken)]
    if len(one.strata) > 1:
        zh = "、".join(f"{s} {held[s].quota} 个" for s in one.strata)
        en = ", ".join(f"{quoted(s)} {held[s].quota}" for s in one.strata)
        lines.append(Text(f"本年未抽过的先抽：{zh}", f"those not yet drawn this year come first: {en}"))
    return tuple(lines)


def _rule(ratio: SealedRatio, one: SealedClass, size: int, taken: int) -> Text:
    rounding, part = _ROUNDING[one.rounding], format_ratio(one.ratio)
    zh, en = f"“{one.id}”共 {size} 个，", f"class {quoted(one.id)} holds {size}: "
    if ratio.total == "shared":
        return Text(
            f"{zh}比例 {part}，各类合计后{rounding.zh}再分摊，得 {taken} 个",
            f"{en}ratio {part}, the sum of all classes {rounding.en} and shared out, gives {taken}",
        )
    if size < one.small_below:
        return Text(
            f"{zh}少于 {one.small_below} 个，按小类规则抽 {taken} 个",
            f"{en}fewer than {one.small_below}, so the rule for small classes gives {taken}",
        )
    least = Text(f"，至少 {one.at_least} 个", f", at least {one.at_least}") if one.at_least else Text("", "")
    return Text(
        f"{zh}比例 {part}，{rounding.zh}{least.zh}，得 {taken} 个",
        f"{en}ratio {part}, {rounding.en}{least.en}, gives {taken}",
    )


def _plausible(story: Story, stratum: StratumPart) -> tuple[Part, ...]:
    heading = Text("公布的界线是否合理", "is the published cut plausible?")
    if stratum.quota == stratum.size:
        return (
            Part(
                heading,
                (Text("这一层全部抽中，界线不起作用", "all of the stratum are drawn: the cut decides nothing"),),
            ),
        )
    if not stratum.quota:
        return ()
    if story.sealed.rules.weights is None:
        return (Part(heading, plausibility(stratum.cut, stratum.quota, stratum.size)),)
    held = [story.sealed.ticket_counts[s.id] for s in story.sealed.subjects if s.stratum == stratum.stratum]
    return (Part(heading, weighted_plausibility(stratum.cut, stratum.quota, held)),)
