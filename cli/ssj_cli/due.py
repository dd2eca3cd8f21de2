"""The batches that `run` would draw now: whose time has come, or that were sealed and not finished."""

from datetime import date
from pathlib import Path

from ssj_core.drawing import State, draw_id, state
from ssj_core.office import policy_of
from ssj_core.opening import open_office
from ssj_core.plan import Batch
from ssj_core.text import Text
from ssj_core.workspace import Workspace


def is_due(stage: State, batch: Batch, day: date) -> bool:
    """Whether a batch is drawn on a day without being named."""
    return stage == "sealed" or (stage == "new" and batch.start <= day)


def due_batches(plan: Path, day: date) -> list[Text]:
    """Id and title of each, in the order of their days, and whether it was sealed before.

    Raises:
        InputError, PluginError: the plan cannot be read.
    """
    office, _ = open_office(plan)
    workspace = Workspace(plan.parent)
    ledger = workspace.ledger()
    found = []
    for batch in sorted(office.plan.batch, key=lambda b: b.start):
        name, title = draw_id(office, batch, ledger), policy_of(office.ruleset, batch).title
        stage = state(workspace, name)
        if is_due(stage, batch, day):
            zh, en = ("，已封存", ", sealed") if stage == "sealed" else ("", "")
            found.append(
                Text(f"{name}（{title}，{batch.start} 开始{zh}）", f"{name} ({title}, from {batch.start}{en})")
            )
    return found
