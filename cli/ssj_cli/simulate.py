"""`ssj-core simulate PLAN --batch ID --seeds N`: how often each officer would go to each subject; it is no draw."""

import csv
import io
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Final

import click

from ssj_cli import clock
from ssj_cli.choose import chosen_batches
from ssj_cli.kinds import PlanFile
from ssj_cli.opened import opened
from ssj_cli.say import Voice
from ssj_core.drawing import draw_id, sealed_batch, state, worked_out
from ssj_core.foresight import warnings
from ssj_core.opening import open_office
from ssj_core.outputs import write_file
from ssj_core.sealed import Sealed
from ssj_core.simulation import Simulation, rows, simulate
from ssj_core.text import Text, quoted
from ssj_core.workspace import Workspace

ENOUGH: Final = 20
"""A subject drawn less often says nothing about its officers."""
SHOWN: Final = 20
"""So many pairs are printed; the CSV has them all."""
HEADER: Final = ("检查对象", "名称", "执法检查人员", "姓名", "抽中次数", "派去次数", "主办次数", "抽中时派去的比例")


@click.command("simulate")
@click.argument("plan", type=PlanFile())
@click.option("--batch", required=True, metavar="ID", help="哪个批次\nwhich batch")
@click.option(
    "--seeds",
    type=click.IntRange(1, 1_000_000),
    default=1000,
    metavar="N",
    help="用多少个假种子（默认 1000）\nhow many dummy seeds (1000 if not said)",
)
@click.option(
    "--csv",
    "table",
    type=click.Path(path_type=Path, dir_okay=False),
    help="把全部配对写成表格，放在这里\nwrite all pairs to this table",
)
@click.pass_obj
def simulate_command(voice: Voice, plan: Path, batch: str, seeds: int, table: Path | None) -> None:
    """试抽：用假种子反复抽取，看谁会派到谁家、每人几次；不是抽取，台账一字不动。

    假种子由编号算出，人人可以重复，结果每次相同。已封存的批次用封存的名录，没有封存的用现在的名录。

    Try a draw with dummy seeds: how often would each officer go to each subject? It is no draw and leaves no trace.

    Dummy seeds are computed from their numbers, so everybody gets the same. A sealed batch is tried as it was sealed.
    """
    office, found = open_office(plan)
    voice.problems(found)
    (chosen,) = chosen_batches(office, (batch,))
    workspace = Workspace(plan.parent)
    ledger = workspace.ledger()
    name = draw_id(office, chosen, ledger)
    if state(workspace, name) == "new":
        rosters = opened(voice, office, plan)
        sealed = worked_out(office, workspace, ledger, chosen, rosters, clock.now)
    else:
        sealed = sealed_batch(workspace, name)
    voice.problems(warnings(sealed))
    voice.step("正在试抽……", "simulating ...")
    (result,) = deque(_told(voice, simulate(sealed, seeds), seeds), maxlen=1)
    _show(voice, sealed, result)
    if table is not None:
        write_file(table, _csv(rows(sealed, result)), replace=True, folders=False)
        voice.say(f"全部配对已写入 {table}", f"all pairs are in {table}")
    voice.say()
    voice.say(
        "以上用的是假种子，不是抽取：没有写入台账，也不作数。",
        "These were dummy seeds, no draw: nothing went into the ledger, nothing of it counts.",
    )


def _told(voice: Voice, results: Iterable[Simulation], seeds: int) -> Iterator[Simulation]:
    """Each of the results, with a word on how many there are."""
    for number, result in enumerate(results, 1):
        voice.tried(number, seeds)
        yield result


def _show(voice: Voice, sealed: Sealed, found: Simulation) -> None:
    rules = sealed.rules
    voice.say()
    voice.say(
        f"【{rules.draw_id}】{rules.title}：试抽 {found.seeds} 次",
        f"[{rules.draw_id}] {quoted(rules.title)}: {found.seeds} dummy draws",
    )
    pairs = rows(sealed, found)
    shown = [r for r in pairs if found.drawn[str(r["subject"])] >= ENOUGH][:SHOWN]
    if shown:
        voice.say(
            f"  派到过的配对 {len(pairs)} 种；抽中 {ENOUGH} 次以上的对象里，比例最高的 {len(shown)} 种：",
            f"  {len(pairs)} pairs came up; of subjects drawn {ENOUGH} times or more, the {len(shown)} most certain:",
        )
        _pairs(voice, shown)
    else:
        most = max(found.drawn.values(), default=1)
        need = -(-found.seeds * ENOUGH // most)
        voice.say(
            f"  派到过的配对 {len(pairs)} 种；每户至多抽中 {most} 次，说不出比例，可用 --seeds {need}。",
            f"  {len(pairs)} pairs came up; nobody was drawn more than {most} times: too few, try --seeds {need}.",
        )
    voice.say("  每人次数：", "  visits per officer:")
    voice.table(
        (Text("执法检查人员", "officer"), Text("最少", "least"), Text("平均", "mean"), Text("最多", "most")),
        [
            (f"{o.id} {o.name}", str(min(loads)), _decimal(found.mean_load(o.id)), str(max(loads)))
            for o in sealed.officers
            if (loads := found.loads[o.id])
        ],
        indent=4,
    )
    voice.say(
        "  比例由试抽估计：抽中 100 次的对象，误差约 5%；抽中次数越多越准。",
        "  shares are estimates: within about 5% for a subject drawn 100 times, and better with more.",
    )
    voice.result(draw=rules.draw_id, seeds=found.seeds, pairs=pairs)


def _pairs(voice: Voice, shown: Sequence[Mapping[str, object]]) -> None:
    voice.table(
        (
            Text("检查对象", "subject"), Text("执法检查人员", "officer"), Text("抽中", "drawn"), Text("派去", "sent"),
            Text("比例", "share"),
        ),
        [
            (*(str(r[key]) for key in ("name", "officer_name", "drawn", "sent")), _percent(_share(r)))
            for r in shown
        ],
        indent=4,
    )  # fmt: skip


def _share(row: Mapping[str, object]) -> Fraction:
    return Fraction(int(str(row["sent"])), int(str(row["drawn"])) or 1)


def _percent(value: Fraction) -> str:
    return f"{_decimal(value * 100)}%"


def _decimal(value: Fraction) -> str:
    """Two decimals, rounded half up."""
    hundredths = (value * 200 + 1).__floor__() // 2
    return f"{hundredths // 100}.{hundredths % 100:02d}"


def _csv(found: Sequence[Mapping[str, object]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(HEADER)
    writer.writerows([*(r.values()), _percent(_share(r))] for r in found)
    return out.getvalue().encode("utf-8-sig")
