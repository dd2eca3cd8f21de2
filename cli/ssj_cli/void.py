"""`ssj-core void DIR DRAW`: declare a draw void, with a reason that stays in the ledger for ever."""

from pathlib import Path

import click

from ssj_cli.clock import now
from ssj_cli.say import Voice
from ssj_core.drawing import void_draw
from ssj_core.workspace import Workspace


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.argument("draw")
@click.option(
    "--reason", required=True, help="作废的理由，一行文字，永久留在台账里\nwhy: one line, in the ledger for ever"
)
@click.pass_obj
def void(voice: Voice, folder: Path, draw: str, reason: str) -> None:
    """宣布一次抽取作废；它的文件和作废理由都保留，批次可以重新抽取并另行编号。

    Declare a draw void; its files and the reason stay, its batch can be drawn anew under the next number.
    """
    workspace = Workspace(folder)
    event = void_draw(workspace, draw, reason, now)
    voice.result(draw=draw, reason=event.data["reason"], ledger_head=workspace.ledger().head)
    voice.say(
        f"{draw} 已作废，理由“{event.data['reason']}”已记入台账。再次运行 run 会重新抽取，编号加一。",
        f"{draw} is void, for ever on record: {event.data['reason']}. The next run draws its batch anew.",
    )
    voice.say(f"台账 {workspace.ledger().head}", f"ledger {workspace.ledger().head}")
