"""`ssj-core replace PLAN DRAW [ID]`: replace a subject that cannot be inspected, or an officer who cannot go."""

import platform
from datetime import datetime
from pathlib import Path

import click

import ssj_core
from ssj_cli import ceremony
from ssj_cli.blocked import explained
from ssj_cli.clock import now
from ssj_cli.kinds import PlanFile
from ssj_cli.say import Voice, typed
from ssj_core.canonical import digest
from ssj_core.notice import replacement_notice
from ssj_core.office import Office, source_id
from ssj_core.opening import open_office
from ssj_core.problems import InputError, problem
from ssj_core.replacement.asked import Asked
from ssj_core.replacement.reasons import OFFICER_REASONS, SUBJECT_REASONS
from ssj_core.replacing import Finished, Registered, finish_replacement, register, registered, unfinished
from ssj_core.text import Text
from ssj_core.workspace import Workspace

_REASONS = {**SUBJECT_REASONS, **OFFICER_REASONS}.items()
_CODES = "、".join(f"{c} {r.text.zh}" for c, r in _REASONS), ", ".join(f"{c} ({r.text.en})" for c, r in _REASONS)


@click.command()
@click.argument("plan", type=PlanFile())
@click.argument("draw")
@click.argument("unit", metavar="[ID]", default="")
@click.option(
    "--reason", metavar="CODE", default="", help=f"替换理由的代码：{_CODES[0]}\ncode of the reason: {_CODES[1]}"
)
@click.option(
    "--document",
    metavar="TEXT",
    default="",
    help="证明材料：名称、文号，一行文字，会公开\nthe evidence: title and number, one line, published",
)
@click.option("--by", metavar="NAME", default="", help="谁决定的\nwho decided")
@click.option(
    "--visit",
    "visits",
    metavar="ID",
    multiple=True,
    help="执法检查人员只退出这一户（可多次），不写就全部退出\n"
    "the officer leaves only this visit (repeatable); without it, all",
)
@click.option(
    "--release",
    is_flag=True,
    help="无人可派时，同意按程序所列同时重派别的席位\n"
    "where nobody can be sent: agree to draw the listed other places anew",
)
@click.option(
    "--appoint",
    metavar="SOURCE.NAME=VALUE",
    multiple=True,
    help="这次约定的公开事件，如 ssq.issue=2026131\nthe public event appointed for this one, as ssq.issue=2026131",
)
@click.option(
    "--evidence",
    type=click.Path(path_type=Path),
    help="见证人证据文件（ssj-evidence/1），batch 写替换编号\n"
    "file of witnesses' evidence, its batch being the id of the replacement",
)
@ceremony.evidence_flags
@click.pass_obj
def replace(
    voice: Voice,
    plan: Path,
    draw: str,
    unit: str,
    reason: str,
    document: str,
    by: str,
    visits: tuple[str, ...],
    release: bool,
    appoint: tuple[str, ...],
    evidence: Path | None,
    entropy: tuple[str, ...],
    witness: tuple[str, ...],
    place: str,
    time: datetime | None,
) -> None:
    """替换：先登记事由，再产生新的种子，其余全部不动。

    ID 是检查对象或执法检查人员的编号。已经登记、还没完成的，不写 ID 就接着完成。

    Replace a subject or an officer: the event is registered first, then comes new entropy; nothing else changes.

    ID is that of a subject or an officer; one registered but not finished is finished when no ID is given.
    """
    office, warnings = open_office(plan)
    voice.problems(warnings)
    workspace = Workspace(plan.parent)
    waiting = unfinished(workspace, draw)
    if not waiting and not unit:
        raise click.UsageError(
            f"{draw} 没有登记了还没完成的替换；要登记新的，写上 ID"
            f" / no replacement of {draw} waits to be finished; to register one give the ID"
        )
    if waiting and not unit:
        voice.say(f"{waiting} 已经登记，接着完成。", f"{waiting} was registered before; it is finished now.")
        made = registered(workspace, waiting)
        if not workspace.has_notice(waiting):
            _publish(voice, workspace, office, made)
    else:
        asked = Asked(
            unit=unit,
            reason=reason,
            document=document,
            by=by,
            visits=visits,
            release=release,
            appoint=_appointments(appoint),
        )
        with explained(voice, workspace, f"{draw}.replace"):
            made = register(office, workspace, draw, asked, now)
        _publish(voice, workspace, office, made)
    pending = ceremony.pending_replacement(made)
    given = ceremony.given_evidence(
        office,
        [made.event.id],
        evidence,
        ceremony.Flags(entropy=entropy, witness=witness, place=place, time=time),
        pending,
    )
    if not waiting:
        ceremony.refuse_early(office, pending, given)
    done = finish_replacement(
        workspace,
        made,
        lambda _: ceremony.collect(office, pending, given, voice),
        now,
        {"ssj-core": ssj_core.__version__, "python": platform.python_version()},
    )
    _show(voice, workspace, done)


def _appointments(given: tuple[str, ...]) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for text in given:
        where, equals, value = text.partition("=")
        source, dot, name = where.partition(".")
        if not (equals and dot and source and name):
            raise InputError([problem("SSJ-C012", value=text, known="—")])
        found.setdefault(source, {})[name] = value
    return found


def _publish(voice: Voice, workspace: Workspace, office: Office, made: Registered) -> None:
    sources = office.registry.entropy_sources
    titles = {e.source: sources[source_id(e.source)].title for e in made.event.entropy}
    event = workspace.ledger().find("replace", made.event.id)
    text = replacement_notice(
        made.event,
        made.commitment,
        bureau=made.base.sealed.rules.bureau,
        sealed_at=made.sealed_at,
        head=digest(event.encode()) if event else "",
        titles=titles,
    )
    path = workspace.write_notice(made.event.id, text.zh + "\n\n" + text.en)
    voice.page(text)
    voice.say(f"公告已写入 {path}。", f"the notice is in {path}.")


def _show(voice: Voice, workspace: Workspace, done: Finished) -> None:
    event, replaced = done.registered.event, done.replaced
    voice.result(
        event=event,
        successor=replaced.successor.id if replaced.successor else None,
        teams=replaced.standing.rows,
        seed=replaced.seed,
        ledger_head=done.head,
        folder=workspace.finished(event.id),
    )
    names = {s.id: s.name for s in done.registered.base.sealed.subjects}
    voice.say()
    if event.kind == "subject" and replaced.successor:
        new = replaced.successor
        voice.say(
            f"{event.unit} {event.name} 退出，由 {new.id} {names[new.id]} 递补（{replaced.stratum}，签号 {new.value}）",
            f"{event.unit} {event.name}: {new.id} {names[new.id]} steps in ({replaced.stratum}, ticket {new.value})",
        )
    elif event.kind == "subject":
        voice.say(
            f"{event.unit} {event.name} 退出；这一类已全部抽过，无人可递补",
            f"{event.unit} {event.name} drops out; nobody of its class is left to step in",
        )
    else:
        voice.say(f"{event.unit} {event.name} 退出 {len(event.visits)} 户：", f"{event.unit} {event.name} is replaced:")
    if replaced.matching:
        rows = [r for r in replaced.standing.rows if r not in done.registered.base.standing.rows]
        voice.table(
            (Text("检查对象", "subject"), Text("名称", "name"), Text("分工", "role"), Text("改派", "officer")),
            [(r.subject, r.name, r.role, f"{r.officer} {r.officer_name}") for r in rows],
            indent=4,
        )
        voice.say(f"  种子 {replaced.seed}", f"  seed {replaced.seed}")
    voice.say("  其余检查对象和席位都没有变。", "  nothing else has changed.")
    voice.say(f"  台账 {done.head}", f"  ledger {done.head}")
    where = typed(workspace.finished(event.id))
    voice.say(f"  已写入 {where}", f"  written to {where}")
