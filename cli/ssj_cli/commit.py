"""`ssj-core commit PLAN --batch ID`: seal a batch now, draw it later."""

from pathlib import Path

import click

from ssj_cli.choose import chosen_batches
from ssj_cli.clock import now
from ssj_cli.say import Voice
from ssj_core.drawing import draw_id, seal_batch, state
from ssj_core.notice import notice
from ssj_core.office import entropy_of, source_id
from ssj_core.opening import open_office, open_rosters
from ssj_core.remarks import remarks
from ssj_core.workspace import Workspace


@click.command()
@click.argument("plan", type=click.Path(path_type=Path))
@click.option("--batch", "wanted", multiple=True, required=True, metavar="ID", help="封存这个批次（可多次）")
@click.pass_obj
def commit(voice: Voice, plan: Path, wanted: tuple[str, ...]) -> None:
    """封存批次，写出承诺公告，先公布，后抽取。

    封存名录、计划、规则和约定的熵源；公告写入 notices 文件夹。以后用 run 抽取。
    """
    office, warnings = open_office(plan)
    voice.problems(warnings)
    workspace = Workspace(plan.parent)
    rosters = None
    for batch in chosen_batches(office, wanted):
        name = draw_id(office, batch, workspace.ledger())
        if state(workspace, name) != "new":
            voice.say(f"{name} 已经封存，不再封存。", f"{name} is sealed already; nothing done.")
            continue
        if rosters is None:
            rosters = open_rosters(office, workspace.folder)
            voice.problems(rosters.problems)
        sealed = seal_batch(office, workspace, batch, rosters, now)
        voice.problems(remarks(sealed))
        ledger = workspace.ledger()
        event = ledger.find("commit", name)
        titles = {
            use.source: office.registry.entropy_sources[source_id(use.source)].title
            for use in entropy_of(office.plan, batch)
        }
        text = notice(sealed, sealed_at=event.time if event else "", head=ledger.head, titles=titles)
        path = workspace.write_notice(name, text.zh + "\n\n" + text.en)
        voice.say()
        voice.page(text)
        voice.say(f"公告已写入 {path}，请先公布，再抽取。", f"the notice is in {path}: publish it before the draw.")
