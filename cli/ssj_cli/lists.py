"""`ssj-core lists DRAW | PLAN`: the lists an office prints and hands on, each batch in a folder of its own."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

import click

from ssj_cli.dossier import dossier_of
from ssj_cli.explain import draw_folder, read_files
from ssj_cli.folders import LISTS, PAPERS, batch_name, lists_folder
from ssj_cli.say import Voice, typed
from ssj_core.drawing import draw_id, state
from ssj_core.filenames import WHOLE, copies, safe_name
from ssj_core.lists.draw import lists_of
from ssj_core.lists.model import files_of
from ssj_core.lists.plan import NAME, Progress, plan_table
from ssj_core.office import Office
from ssj_core.opening import open_office
from ssj_core.outputs import free_path, write_file, write_folder
from ssj_core.plan import Batch
from ssj_core.problems import InputError, problem
from ssj_core.record import FILE, decode_record
from ssj_core.workspace import DRAWS, Workspace

_STATES: Final = {"new": "未抽取", "sealed": "已封存，未抽取", "drawn": "已抽取"}


@click.command()
@click.argument("draw", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="写到这个文件夹里（默认：工作文件夹下的“名单”）\nfolder to write into (default: one in the working folder)",
)
@click.pass_obj
def lists(voice: Voice, draw: tuple[Path, ...], output: Path | None) -> None:
    """写出名单：抽中、检查组、递补、未纳入，每批一个文件夹；给计划文件就写出计划表。

    DRAW 是一次抽取的文件夹，或工作文件夹加抽取编号；只给工作文件夹，就写出全部有效的抽取。
    工作簿给人看和打印，“机读”文件夹里的 CSV 给程序读。先核验，不成立的不写。

    Write the lists of a draw, one folder for each batch; of a plan file, the table of the plan.

    DRAW is the folder of a draw, or a working folder and a draw id; a working folder alone means every draw that
    stands. Workbooks are for people, the CSV files for programs. A draw that does not hold is not written.
    """
    if len(draw) == 1 and draw[0].suffix.lower() == ".toml":
        _plan(voice, draw[0], output)
        return
    for folder in _folders(draw):
        _draw(voice, folder, output)


def _folders(given: tuple[Path, ...]) -> list[Path]:
    """The draw named, or every draw of a working folder that is not void."""
    folder = given[0]
    if len(given) > 1 or not (folder / DRAWS).is_dir():
        return [draw_folder(given)]
    found = [folder / DRAWS / name for name in Workspace(folder).ledger().standing()]
    if not found:
        raise InputError([problem("SSJ-L013", value=str(folder))])
    return found


def _draw(voice: Voice, folder: Path, output: Path | None) -> None:
    voice.busy(f"正在写 {folder.name} 的名单……", f"writing the lists of {folder.name} ...")
    files = read_files(folder)
    dossier = dossier_of(folder, files)
    made = lists_of(dossier, files)
    path = _written(voice, output or lists_folder(folder), batch_name(dossier), files_of(made))
    counts = {one.key: len(one.rows) for several in made.values() for one in several}
    voice.add("lists", draw=dossier.rules.draw_id, after=dossier.after, folder=path, rows=counts)


def _plan(voice: Voice, plan: Path, output: Path | None) -> None:
    office, warnings = open_office(plan)
    voice.problems(warnings)
    workspace = Workspace(plan.parent)
    table = plan_table(office, {batch.id: _progress(office, workspace, batch) for batch in office.plan.batch})
    name = f"{office.plan.year}年度{NAME}"
    path = _written(voice, output or plan.parent / LISTS, name, files_of({NAME: (table,)}))
    voice.add("lists", plan=office.plan.id, folder=path, rows={table.key: len(table.rows)})


def _progress(office: Office, workspace: Workspace, batch: Batch) -> Progress:
    name = draw_id(office, batch, workspace.ledger())
    stage = state(workspace, name)
    if stage != "drawn":
        return Progress(state=_STATES[stage])
    record = decode_record(workspace.read_draw(name)[FILE])
    return Progress(
        state=_STATES[stage], pool=record.commitment.subjects_count, drawn=sum(s.quota for s in record.stratum)
    )


def _written(voice: Voice, into: Path, name: str, files: Mapping[str, bytes]) -> Path:
    """Write the folder; what is there already is left alone, and one that differs stays beside the new one."""
    path = into / safe_name(name, WHOLE)
    for folder in copies([entry.name for entry in into.iterdir()] if into.is_dir() else [], name):
        if _lists_in(same := into / folder) == dict(files):
            voice.say(
                f"{typed(same)} 已经有了，内容一样，没有再写。",
                f"{typed(same)} is there already, with the same content.",
            )
            return same
    there = _lists_in(path)
    if path.is_dir() and not there:  # papers were printed first
        for file, data in files.items():
            write_file(path / file, data)
    else:
        if path.exists():
            path = free_path(into, name)
            voice.say("原来的名单和现在的不一样，原来的保留不动。", "earlier lists differ from these and are kept.")
        write_folder(path, files)
    voice.say(f"已写入 {typed(path)}：", f"written to {typed(path)}:")
    for file in files:
        voice.say(*2 * [f"  {file}"])
    return path


def _lists_in(path: Path) -> dict[str, bytes]:
    """What a batch's folder holds but for the papers of the batch."""
    found = {p.relative_to(path): p for p in path.rglob("*") if p.is_file()}
    return {name.as_posix(): p.read_bytes() for name, p in found.items() if name.parts[0] != PAPERS}
