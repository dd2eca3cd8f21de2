"""What replacements did to a subject or officer: when, why, who decided, who stepped in, by which lot (SPEC §13)."""

from collections.abc import Iterator
from shlex import quote
from typing import Final

from ssj_core.entropy.told import beijing_time
from ssj_core.explain.changes import Change
from ssj_core.explain.story import Part, Story
from ssj_core.replacement.outcome import RESERVE_PURPOSE
from ssj_core.replacement.reasons import OFFICER_REASONS, SUBJECT_REASONS
from ssj_core.replacement.record import SuccessorPart
from ssj_core.rules.effective import ReplacementMode
from ssj_core.seed import key
from ssj_core.tables import TeamRow
from ssj_core.teams import LEAD
from ssj_core.text import Text, quoted

_MODES: Final[dict[ReplacementMode, Text]] = {
    "R1": Text("原来的签号里的下一个", "the next of the draw's own tickets"),
    "R2": Text("由递补链揭示的一环重新排签", "tickets drawn anew with a link of the chain"),
    "R3": Text("由登记以后产生的新种子重新排签", "tickets drawn anew with entropy that came after the registration"),
}


def replaced_subject(story: Story, subject: str) -> tuple[Part, ...]:
    """Every replacement in which a subject dropped out, stepped in, or got other officers."""
    return tuple(part for change in story.changes for part in _of_subject(story, change, subject))


def replaced_officer(story: Story, officer: str) -> tuple[Part, ...]:
    """Every replacement in which an officer left places, or was put in."""
    return tuple(part for change in story.changes for part in _of_officer(story, change, officer))


def _of_subject(story: Story, change: Change, subject: str) -> Iterator[Part]:
    event, chosen = change.event, change.record.successor
    if event.unit == subject:
        heading = Text(f"后来被替换（{event.id}）", f"it was replaced later ({event.id})")
        came = (
            Text(f"递补：{_name(story, chosen.id).zh}", f"stepped in: {_name(story, chosen.id).en}")
            if chosen
            else Text("这一类已全部抽过，无人可递补", "nobody of its class was left to step in")
        )
        yield _part(change, heading, (*_event(change), came))
    elif chosen and chosen.id == subject:
        yield _stepped_in(story, change, chosen)
        return  # whose whole team it has got with that
    if rows := [row for row in change.put_in if row.subject == subject]:
        heading = Text(f"检查组有改派（{event.id}）", f"its team was changed ({event.id})")
        lines = tuple(_place(story, change, row) for row in rows)
        yield _part(change, heading, (*_event(change), *lines))


def _stepped_in(story: Story, change: Change, chosen: SuccessorPart) -> Part:
    event = change.event
    mode = event.mode or "R3"
    out = Text(f"{event.name}（{event.unit}）", f"{event.name} ({event.unit})")
    team = [(row, story.whence(row.officer, row.section)) for row in change.after if row.subject == chosen.id]
    lines = [
        Text(f"接替 {out.zh}，分层“{chosen.stratum}”", f"in the place of {out.en}, stratum {quoted(chosen.stratum)}"),
        *_event(change),
        Text(f"方式 {mode}：{_MODES[mode].zh}", f"mode {mode}: {_MODES[mode].en}"),
        Text(
            f"签号 {chosen.ticket}，是还没有抽过的里面最小的",
            f"ticket {chosen.ticket}, the smallest of those not yet taken",
        ),
        Text(
            f"检查组：{'，'.join(f'{r.role} {r.officer_name}（{whence}）' for r, whence in team)}",
            f"team: {', '.join(f'{_role(r)} {r.officer_name} ({whence})' for r, whence in team)}",
        ),
    ]
    heading = Text(f"后来递补进来（{event.id}）", f"it stepped in later ({event.id})")
    if mode == "R1":
        lines.append(Text("这个签号就是抽取时的签号，算法见上", "the ticket is that of the draw, computed as above"))
        return _part(change, heading, tuple(lines))
    lines.append(
        Text(
            "自己算一遍：第一行得种子，第二行得密钥，第三行得签号",
            "compute it yourself: the first line gives the seed, the second the key, the third the ticket",
        )
    )
    return _part(change, heading, tuple(lines), _commands(story, change, chosen.id))


def _commands(story: Story, change: Change, subject: str) -> tuple[str, str, str]:
    """Lines for a shell that give seed, key and ticket of who stepped in by lot (SPEC §13.4)."""
    event, record, scope = change.event, change.record, story.sealed.rules.scope
    if event.mode == "R2" and record.entropy:
        words = ["ssj.reserve.1", story.outcome.seed, str(event.round), record.entropy[0].canonical]
    else:
        words = ["ssj.seed.1", record.commitment.value, *(part.evidence().value for part in record.entropy)]
    of_key = ["ssj.key.1", record.seed, event.id, RESERVE_PURPOSE, scope]
    made = key(record.seed, event.id, RESERVE_PURPOSE, scope)
    return (
        f"printf '%s\\n' {' '.join(map(quote, words))} | sha256sum | cut -c 1-64",
        f"printf '%s\\n' {' '.join(map(quote, of_key))} | sha256sum | cut -c 1-32",
        f"printf '%s%s' {made} {quote(subject)} | sha256sum",
    )


def _of_officer(story: Story, change: Change, officer: str) -> Iterator[Part]:
    event = change.event
    if event.unit == officer:
        many = len(event.visits)
        heading = Text(f"后来退出 {many} 户（{event.id}）", f"replaced later in {many} visits ({event.id})")
        rows = [row for row in change.put_in if row.subject in event.visits]
        lines = tuple(_place(story, change, row) for row in rows)
        all_of_them = (
            Text("从此不再派出", "not to be sent any more")
            if event.withdraws
            else Text("其余的检查照旧", "other visits stay")
        )
        yield _part(change, heading, (*_event(change), all_of_them, *lines))
    elif rows := [row for row in change.put_in if row.officer == officer]:
        heading = Text(f"后来改派进来（{event.id}）", f"put in later ({event.id})")
        lines = tuple(_place(story, change, row) for row in rows)
        lot = Text(
            f"按规格第 8 节由新的种子 {change.record.seed} 重新匹配空出的席位",
            f"the free places were matched anew with the seed {change.record.seed}",
        )
        yield _part(change, heading, (*_event(change), *lines, lot))
    elif gone := change.lost(officer):
        heading = Text(f"后来不再参加（{event.id}）", f"no longer in these teams ({event.id})")
        told = tuple(Text(f"{r.name}（{r.subject}）", f"{r.name} ({r.subject})") for r in gone)
        yield _part(change, heading, (*_event(change), *told))


def _event(change: Change) -> tuple[Text, ...]:
    """When and why, and who answers for it."""
    event = change.event
    reasons = {**SUBJECT_REASONS, **OFFICER_REASONS}
    why = reasons[event.reason].text if event.reason in reasons else Text(event.reason, event.reason)
    when = beijing_time(change.record.sealed_at or "—")
    return (
        Text(
            f"{when.zh} 登记：{event.name}（{event.unit}）退出",
            f"registered {when.en}: {event.name} ({event.unit}) drops out",
        ),
        Text(
            f"理由：{why.zh}（{event.reason}）；证明材料：{event.document}；决定人：{event.by}",
            f"reason: {why.en} ({event.reason}); evidence: {event.document}; decided by {event.by}",
        ),
    )


def _place(story: Story, change: Change, row: TeamRow) -> Text:
    old = change.left(row)
    was, whence = old.officer_name if old else "—", story.whence(row.officer, row.section)
    return Text(
        f"{row.name}（{row.subject}）{row.role}：{was} 改为 {row.officer_name}（{whence}）",
        f"{row.name} ({row.subject}), {_role(row)}: {row.officer_name} ({whence}) instead of {was}",
    )


def _role(row: TeamRow) -> str:
    return "lead" if row.role == LEAD else "member"


def _name(story: Story, subject: str) -> Text:
    name = story.subjects[subject].name if subject in story.subjects else ""
    return Text(f"{name}（{subject}）", f"{name} ({subject})")


def _part(change: Change, heading: Text, lines: tuple[Text, ...], commands: tuple[str, ...] = ()) -> Part:
    if change.void:
        heading = Text(f"{heading.zh}，这次替换已作废", f"{heading.en}; that replacement is void")
    return Part(heading, lines, commands)
