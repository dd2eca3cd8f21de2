"""What a reader must know of replacements: who dropped out, why and who decided, how often, and what is not proved."""

from collections.abc import Mapping, Sequence

from ssj_core import standing as names
from ssj_core.problems import InputError
from ssj_core.replacement.event import FILE as EVENT
from ssj_core.replacement.event import Event, decode_event
from ssj_core.replacement.reasons import OFFICER_REASONS, SUBJECT_REASONS
from ssj_core.replacement.record import TEAMS, ReplacementRecord
from ssj_core.replacement.standing import Standing
from ssj_core.tables import TableError, TeamRow, decode_table
from ssj_core.text import Text
from ssj_core.verify import assurance


def drop_rate(files: Mapping[str, bytes], void: Sequence[int] = ()) -> Text | None:
    """How many of the drawn subjects were replaced, and how many of those for reasons the office judges by itself."""
    try:
        drawn = len({row.subject for row in decode_table(TeamRow, files[TEAMS])})
    except (KeyError, TableError):  # which fails by itself
        return None
    dropped, judged = 0, 0
    for number in names.numbers(files):
        event = _event_of(files, number)
        if number in void or event is None or event.kind != "subject":
            continue
        dropped += 1
        reason = SUBJECT_REASONS.get(event.reason)
        judged += reason is None or not reason.objective
    if not dropped:
        return None
    hundredths = dropped * 10_000 // max(drawn, 1)
    rate = f"{hundredths // 100}.{hundredths % 100:02d}%"
    return Text(
        f"替换率 {rate}：抽中 {drawn} 个，替换 {dropped} 个，其中 {judged} 个的理由由抽取单位自己认定",
        f"drop rate {rate}: {dropped} of {drawn} drawn were replaced, {judged} of them for reasons the office judges",
    )


def unproved(event: Event, verdict: assurance.Verdict) -> tuple[Text, ...]:
    """What the evidence of a replacement does not prove."""
    basis = Text(
        f"退出的理由是否属实，请查对证明材料：{event.document}",
        f"that the reason is true: look at the evidence: {event.document}",
    )
    keeper = Text(
        "保管递补链的人事先知道谁会递补，他是否泄露不能排除", "the keeper of the chain knew who would step in"
    )
    chance = (keeper,) if event.mode == "R2" else verdict.unproved
    return (basis, *(chance if event.entropy else ()))


def summary(event: Event, record: ReplacementRecord, before: Standing, rows: tuple[TeamRow, ...]) -> tuple[Text, ...]:
    """Who dropped out, why, by whose decision, and who came; `rows` are the teams after it."""
    reasons = {**SUBJECT_REASONS, **OFFICER_REASONS}
    why = reasons[event.reason].text if event.reason in reasons else Text(event.reason, event.reason)
    lines = [
        Text(
            f"退出：{event.unit} {event.name}，理由：{why.zh}；证明材料：{event.document}；决定人：{event.by}",
            f"out: {event.unit} {event.name}: {why.en}; evidence: {event.document}; decided by {event.by}",
        )
    ]
    if record.successor:
        lines.append(Text(f"递补：{record.successor.id}", f"stepped in: {record.successor.id}"))
    elif event.kind == "subject":
        lines.append(Text("无人可递补", "nobody was left to step in"))
    kept = {(r.subject, r.place, r.officer) for r in before.rows}
    changed = [r for r in rows if (r.subject, r.place, r.officer) not in kept]
    for row in changed if event.kind == "officer" else ():
        lines.append(Text(f"改派：{row.subject} 第 {row.place} 席 {row.officer}", f"{row.subject}: {row.officer} goes"))
    return tuple(lines)


def _event_of(files: Mapping[str, bytes], number: int) -> Event | None:
    try:
        return decode_event(files[names.path(number, EVENT)])
    except (KeyError, InputError):
        return None
