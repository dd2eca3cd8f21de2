"""One officer: eligible or not, the fair range, the visits, recusals, and where the draw passed over (SPEC §3, §8)."""

from typing import Final

from ssj_core.explain.digests import sealed_digests
from ssj_core.explain.story import Part, Story
from ssj_core.explain.visit import passed_over
from ssj_core.limits import limit_words
from ssj_core.matching.result import OfficerShare
from ssj_core.tables import OFFICER, OfficerRow, RecusalRow, TeamRow
from ssj_core.teams import LEAD
from ssj_core.text import Text, quoted

SHOWN: Final = 20
"""Longer lists are cut after so many lines; the tables have them whole."""


def explain_officer(story: Story, officer_id: str) -> tuple[Part, ...]:
    """What became of an officer and why."""
    officer = story.officers.get(officer_id)
    if officer is None:
        return (_excluded(story, officer_id), sealed_digests(story, OFFICER, excluded=True))
    share = next(s for s in story.outcome.matching.officers if s.id == officer_id)
    return (
        _range(story, officer, share),
        _visits(story, officer, share),
        *_recusals(story, officer),
        *_unqualified(story, officer),
        *_passed_over(story, officer),
        sealed_digests(story, OFFICER),
    )


def _excluded(story: Story, officer_id: str) -> Part:
    row = next(e for e in story.sealed.excluded if e.unit == OFFICER and e.id == officer_id)
    return Part(
        Text("没有参加这次匹配", "not among the officers of this draw"),
        (
            Text(
                f"{row.name}（{row.id}）在名录里，但在抽取之前就按规则排除了",
                f"{row.name} ({row.id}) is in the roster, but a rule excluded the officer before the draw",
            ),
            Text(f"规则 {row.rule}，原因：{row.reason}", f"rule {row.rule}, reason: {quoted(row.reason)}"),
        ),
    )


def _range(story: Story, officer: OfficerRow, share: OfficerShare) -> Part:
    rules, whence = story.sealed.rules.team, story.whence(officer.id, officer.section)
    lines = [
        Text(
            f"{officer.name}（{officer.id}，{whence}）可以派出，本次上限 {officer.cap} 次，已有 {officer.history} 次",
            f"{officer.name} ({officer.id}, {whence}) may be sent: visits at most {officer.cap},"
            f" counted before {officer.history}",
        )
    ]
    if officer.id in (limits := limit_words(rules.limits)):
        why = limits[officer.id]
        lines.append(Text(f"上限的由来：{why.zh}", f"where the limit comes from: {why.en}"))
    if share.level is None:
        lines.append(
            Text(
                "抽中的对象里没有哪一席能轮到这名人员（股室、领域或回避不符，或别人负担更轻）",
                "no place of the drawn subjects can come to this officer (section, field, recusal, or lighter loads)",
            )
        )
    lines.append(
        Text(
            f"要让大家次数尽量平均，公平的次数是 {share.low} 至 {share.high} 次；实际 {share.places} 次",
            f"for loads as even as can be, the fair range is {share.low} to {share.high} visits; drawn: {share.places}",
        )
    )
    if rules.evenness == "strict":
        lines.append(Text("本批次要求负担最均衡", "this batch asks for the most even loads"))
    return Part(Text("有资格参加", "eligible"), tuple(lines))


def _visits(story: Story, officer: OfficerRow, share: OfficerShare) -> Part:
    rows = [r for r in story.outcome.teams if r.officer == officer.id]
    heading = Text(f"派往 {share.places} 个检查对象", f"visits: {share.places}")
    return Part(heading, tuple(_visit(story, row) for row in rows))


def _visit(story: Story, row: TeamRow) -> Text:
    mates = [r for r in story.outcome.teams if r.subject == row.subject and r.officer != row.officer]
    zh, en = "、".join(r.officer_name for r in mates), ", ".join(r.officer_name for r in mates)
    role = "lead" if row.role == LEAD else "member"
    return Text(f"{row.role}：{row.name}（{row.subject}），同组 {zh}", f"{role}: {row.name} ({row.subject}), with {en}")


def _recusals(story: Story, officer: OfficerRow) -> tuple[Part, ...]:
    rows = [r for r in story.sealed.recusals if r.officer == officer.id]
    if not rows:
        return ()
    drawn = {r.subject for r in story.outcome.teams}
    rows.sort(key=lambda r: r.subject not in drawn)  # stable: first those that made a difference
    heading = Text(f"回避 {len(rows)} 条", f"recusals: {len(rows)}")
    return (Part(heading, _cut([_recusal(story, r, r.subject in drawn) for r in rows])),)


def _recusal(story: Story, row: RecusalRow, drawn: bool) -> Text:
    name = story.subjects[row.subject].name if row.subject in story.subjects else ""
    zh, en = ("抽中，因此没有派去", "drawn, so not sent there") if drawn else ("未抽中", "not drawn")
    return Text(
        f"{name}（{row.subject}）：{row.reason}，规则 {row.rule}；{zh}",
        f"{name} ({row.subject}): rule {row.rule}, {quoted(row.reason)}; {en}",
    )


def _unqualified(story: Story, officer: OfficerRow) -> tuple[Part, ...]:
    drawn = dict.fromkeys(r.subject for r in story.outcome.teams)
    other = [s for s in drawn if not set(officer.fields) & set(story.subjects[s].sectors)]
    if not other:
        return ()
    line = Text(
        f"抽中的 {len(drawn)} 个里有 {len(other)} 个与执法领域（{'、'.join(officer.fields)}）不符，不派",
        f"{len(other)} of the {len(drawn)} drawn lie outside the officer's fields ({', '.join(officer.fields)})",
    )
    return (Part(Text("执法领域", "fields"), (line,)),)


def _passed_over(story: Story, officer: OfficerRow) -> tuple[Part, ...]:
    """Each draw that fell on the officer and did not count, in the order of the lots (SPEC §8.4), with its proof."""
    lines = [
        Text(
            f"{story.subjects[visit].name}（{visit}）第 {place} 席第 {attempt} 次抽号：{why.zh}",
            f"{story.subjects[visit].name} ({visit}), place {place}, attempt {attempt}: {why.en}",
        )
        for (visit, place, attempt), why in passed_over(story, officer=officer.id).items()
    ]
    if not lines:
        return ()
    return (Part(Text(f"抽到号但顺延 {len(lines)} 次", f"drawn but passed over: {len(lines)}"), _cut(lines)),)


def _cut(lines: list[Text]) -> tuple[Text, ...]:
    if len(lines) <= SHOWN:
        return tuple(lines)
    left = len(lines) - SHOWN
    return (*lines[:SHOWN], Text(f"……另有 {left} 条", f"… and {left} more"))
