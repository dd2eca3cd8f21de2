"""`ssj-core commit PLAN --batch ID`: seal a batch now, draw it later."""

from pathlib import Path

import click

from ssj_cli.blocked import explained
from ssj_cli.choose import chosen_batches
from ssj_cli.clock import now
from ssj_cli.kinds import PlanFile
from ssj_cli.opened import opened
from ssj_cli.say import Voice
from ssj_core.canonical import digest
from ssj_core.drawing import draw_id, seal_batch, sealed_batch, state
from ssj_core.forecast import forecast, table, words
from ssj_core.notice import notice
from ssj_core.office import Office, entropy_of, source_id
from ssj_core.opening import open_office
from ssj_core.plan import Batch
from ssj_core.remarks import remarks
from ssj_core.sealed import Sealed
from ssj_core.workspace import NOTICES, Workspace


@click.command()
@click.argument("plan", type=PlanFile())
@click.option(
    "--batch",
    "wanted",
    multiple=True,
    required=True,
    metavar="ID",
    help="封存这个批次（可多次）\nseal this batch (repeatable)",
)
@click.pass_obj
def commit(voice: Voice, plan: Path, wanted: tuple[str, ...]) -> None:
    """封存批次，写出承诺公告，先公布，后抽取。

    封存名录、计划、规则和约定的熵源；公告写入 notices 文件夹。以后用 run 抽取。

    Seal batches and write the notice of the commitment: publish it, draw afterwards.

    Rosters, plan, rules and the named entropy are sealed; the notice goes into the folder notices; run draws later.
    """
    office, warnings = open_office(plan)
    voice.problems(warnings)
    workspace = Workspace(plan.parent)
    rosters = None
    for batch in chosen_batches(office, wanted):
        name = draw_id(office, batch, workspace.ledger())
        stage = state(workspace, name)
        if stage != "new":
            voice.say(f"{name} 已经封存，不再封存。", f"{name} is sealed already; it is not sealed again.")
            if stage == "sealed" and not workspace.has_notice(name):
                _publish(voice, office, workspace, batch, sealed_batch(workspace, name))
            continue
        if rosters is None:
            rosters = opened(voice, office, plan)
        voice.step(f"正在封存 {name}……", f"sealing {name} ...")
        with explained(voice, workspace, name):
            sealed = seal_batch(office, workspace, batch, rosters, now)
        voice.problems(remarks(sealed, rosters.officers, rosters.subjects, office))
        _publish(voice, office, workspace, batch, sealed)


def _publish(voice: Voice, office: Office, workspace: Workspace, batch: Batch, sealed: Sealed) -> None:
    """Print the notice and write it down: after the sealing, or later if the process that sealed was killed."""
    name = sealed.rules.draw_id
    event = workspace.ledger().find("commit", name)
    titles = {
        use.source: office.registry.entropy_sources[source_id(use.source)].title
        for use in entropy_of(office.plan, batch)
    }
    head = digest(event.encode()) if event else ""
    voice.busy("正在推算每个席位可派几人……", "working out who may hold each place ...")
    made = forecast(sealed)
    teams = words(sealed, made)
    text = notice(sealed, sealed_at=event.time if event else "", head=head, titles=titles, teams=teams)
    places = workspace.write_beside(NOTICES, f"{name}-places.csv", table(sealed, made))
    path = workspace.write_notice(name, text.zh + "\n\n" + text.en)
    voice.add("sealed", draw=name, commitment=sealed.commitment.value, ledger_head=head, notice=path, places=places)
    voice.say()
    voice.page(text)
    voice.say(f"公告已写入 {path}，请先公布，再抽取。", f"the notice is in {path}: publish it before the draw.")
    voice.say(f"每个席位可派几人，见 {places}，一并公布。", f"who may hold each place is in {places}: publish it, too.")
