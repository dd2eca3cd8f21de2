"""`ssj-core run PLAN`: draw every batch whose time has come, or the batches named."""

import platform
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import click

import ssj_core
from ssj_cli import ceremony, clock
from ssj_cli.blocked import explained
from ssj_cli.choose import chosen_batches
from ssj_cli.due import is_due
from ssj_cli.exit_codes import ExitCode
from ssj_cli.kinds import Day, PlanFile
from ssj_cli.opened import opened
from ssj_cli.outcome import show_outcome
from ssj_cli.say import Voice
from ssj_cli.trial import Trials
from ssj_core.drawing import draw_id, finish_batch, seal_batch, sealed_batch, state, worked_out
from ssj_core.office import policy_of
from ssj_core.opening import open_office
from ssj_core.remarks import remarks
from ssj_core.sealed import Sealed
from ssj_core.share import yearly_shares
from ssj_core.workspace import Workspace


@click.command()
@click.argument("plan", type=PlanFile())
@click.option(
    "--batch",
    "wanted",
    multiple=True,
    metavar="ID",
    help="只抽这个批次（可多次），即使时间未到\ndraw only this batch (repeatable), even before its time",
)
@click.option(
    "--evidence",
    type=click.Path(path_type=Path),
    help="见证人证据文件（ssj-evidence/1）\nfile of witnesses' evidence (ssj-evidence/1)",
)
@ceremony.evidence_flags
@click.option("--dry-run", "trial", is_flag=True, help="试算：不抽取，只说会怎样\ndraw nothing, say what would happen")
@click.option(
    "--today",
    type=Day(),
    default=None,
    help="以这一天为今天（默认：电脑日期）\ntake this day for today (default: the computer's)",
)
@click.pass_obj
def run(
    voice: Voice,
    /,
    plan: Path,
    wanted: tuple[str, ...],
    evidence: Path | None,
    trial: bool,
    today: date | None,
    **flags: Any,
) -> ExitCode:
    """按计划抽取：封存、取种子、抽检查对象、配执法人员、写记录。

    已抽过的批次不会再抽；时间未到的批次不抽，除非用 --batch 点名。先用 --dry-run 试算，什么也不写。

    Draw as planned: seal, take the seed, draw subjects, match officers, write the record.

    A drawn batch is never drawn again; one whose time has not come is drawn only when named with --batch.
    --dry-run shows what would happen and writes nothing.
    """
    office, warnings = open_office(plan)
    chosen = chosen_batches(office, wanted)
    given = ceremony.given_evidence(office, wanted, evidence, ceremony.Flags(**flags))
    workspace = Workspace(plan.parent)
    voice.problems(warnings)
    day = today or clock.today().date()
    rosters = None
    trials = Trials(voice, office)
    for batch in chosen:
        name = draw_id(office, batch, workspace.ledger())
        title = policy_of(office.ruleset, batch).title
        stage = state(workspace, name)
        if stage == "drawn":
            voice.say(f"{name}（{title}）已经抽过，不再抽取。", f"{name} ({title}) is drawn already; nothing done.")
            continue
        if not wanted and not is_due(stage, batch, day):
            voice.say(
                f"{name}（{title}）{batch.start} 开始，时间未到，不抽。",
                f"{name} ({title}) begins on {batch.start}; not drawn yet.",
            )
            continue
        if stage == "new":
            if rosters is None:
                voice.step("正在读名录……", "reading the rosters ...")
                rosters = opened(voice, office, plan)
            if trial:
                voice.busy(f"正在试算 {name}……", f"trying {name} ...")
                unsealed = partial(worked_out, office, workspace, workspace.ledger(), batch, rosters, clock.now)
                trials.show(name, title, partial(unsealed, staffed=False), rosters)
                continue
            voice.step(f"正在封存 {name}……", f"sealing {name} ...")
            with explained(voice, workspace, name):
                sealed = seal_batch(office, workspace, batch, rosters, clock.now)
            voice.problems(remarks(sealed, rosters.officers, rosters.subjects, office))
            ceremony.refuse_early(office, ceremony.pending_of(sealed), given)
        elif trial:
            trials.show(name, title, partial(sealed_batch, workspace, name))
            continue
        else:
            voice.say(f"{name} 上次已封存，接着完成。", f"{name} was sealed before; it is finished now.")
            sealed = sealed_batch(workspace, name)
        with explained(voice, workspace, name):
            drawn = finish_batch(
                workspace,
                sealed,
                lambda s: ceremony.collect(office, _pending(workspace, s), given, voice),
                clock.now,
                {"ssj-core": ssj_core.__version__, "python": platform.python_version()},
                voice.doing,
            )
        show_outcome(voice, workspace, drawn)
    if trial:
        return trials.end()
    voice.result(ledger_head=workspace.ledger().head)
    ledger = workspace.ledger()
    standing = [(workspace.read_draw(name), ledger.last_replacement(name)) for name in ledger.standing()]
    voice.say()
    for share in yearly_shares(standing):
        voice.text(share.text())
    return ExitCode.OK


def _pending(workspace: Workspace, sealed: Sealed) -> ceremony.Pending:
    """What waits for its entropy, with the time at which it was sealed."""
    event = workspace.ledger().find("commit", sealed.rules.draw_id)
    return ceremony.pending_of(sealed, event.time if event else "")
