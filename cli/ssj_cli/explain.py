"""`ssj-core explain DRAW ID`: why a subject was drawn or not, why an officer was sent there."""

import sys
from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path

import click

from ssj_cli.beside import ledger_beside, say_head, void_replacements
from ssj_cli.exit_codes import ExitCode
from ssj_cli.say import Voice
from ssj_core.explain import Part, find, read_story
from ssj_core.explain import explain as explain_one
from ssj_core.ledger import Ledger
from ssj_core.problems import InputError, SsjError, problem
from ssj_core.record import FILE
from ssj_core.text import quoted
from ssj_core.verify import Report, Status, verify_draw
from ssj_core.verify.replaced import replacement_reports
from ssj_core.verify.report import worst
from ssj_core.workspace import DRAWS, read_folder

CODES = {"holds": ExitCode.OK, "fails": ExitCode.NO, "unknown": ExitCode.INPUT}


@click.command()
@click.argument("draw", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.argument("wanted", metavar="ID")
@click.pass_obj
def explain(voice: Voice, draw: tuple[Path, ...], wanted: str) -> None:
    """为什么抽中、为什么没抽中：逐项说明一个检查对象或执法人员。

    DRAW 是一次抽取的文件夹，或工作文件夹加抽取编号；ID 是编号、代码或名称。
    先核验整次抽取；退出码：0 成立，1 不成立，3 缺少材料或查无此人。

    Why drawn, why not: one subject or officer, point by point.

    DRAW is the folder of a draw, or a working folder and a draw id; ID is an id, a code or a name.
    The whole draw is verified first. Exit code: 0 holds, 1 does not hold, 3 something or somebody is missing.
    """
    folder = draw_folder(draw)
    files = read_files(folder)
    name, beside = folder.resolve().name, ledger_beside(folder)
    voice.busy(f"正在核验 {name}……", f"verifying {name} ...")
    reports = (verify_draw(files, name), *replacement_reports(files, name))
    report, verdict = reports[0], worst(r.arithmetic for r in reports)
    if verdict != "holds":
        _warn(voice, reports, verdict, folder)
    _void(voice, name, beside)
    try:
        story = read_story(files, void_replacements(beside, name, files))
    except (SsjError, ValueError, KeyError):
        if verdict == "holds":
            raise
        say_head(voice, beside)
        sys.exit(CODES[verdict])
    who = find(story.sealed, wanted)
    voice.result(draw=report.draw_id, verdict=verdict, id=who.id, name=who.name)
    voice.say(f"【{report.draw_id}】{report.title}", f"[{report.draw_id}] {quoted(report.title)}")
    voice.busy("正在逐项推算……", "working it out ...")
    for part in explain_one(story, who):
        _show(voice, part)
    voice.say()
    say_head(voice, beside)
    sys.exit(CODES[verdict])


def draw_folder(given: Sequence[Path]) -> Path:
    """The folder of a draw, from itself or from a working folder and the draw's id; raises `InputError`."""
    if len(given) > 2:
        raise click.UsageError(
            "DRAW: 一个抽取文件夹，或工作文件夹加抽取编号 / a draw folder, or a folder and a draw id"
        )
    folder = given[0]
    if not folder.is_dir():
        raise InputError([problem("SSJ-L013", value=str(folder))])
    known = sorted(p.name for p in (folder / DRAWS).glob("*") if p.is_dir() and not p.name.startswith("."))
    if len(given) == 2:
        name = str(given[1])
        if name in known:
            return folder / DRAWS / name
        close = get_close_matches(name, known, n=2, cutoff=0.5)
        near, near_en = (
            (f"。是不是 {' / '.join(close)}？", f"; did you mean {' / '.join(close)}?") if close else ("", "")
        )
        listed = ", ".join(known) or "—"
        raise InputError([problem("SSJ-X002", value=name, known=listed, near=near, near_en=near_en)])
    if known and not (folder / FILE).is_file():
        raise InputError([problem("SSJ-X001", value=str(folder), known=", ".join(known))])
    return folder


def read_files(folder: Path) -> dict[str, bytes]:
    """The files of a draw; raises `InputError` when the folder holds none or cannot be read."""
    try:
        files = read_folder(folder)
    except OSError as error:
        raise InputError([problem("SSJ-F002", file=str(folder), value=str(folder), reason=error)]) from None
    if not files.keys() & {FILE, "rules.toml", "drawn.csv"}:
        raise InputError([problem("SSJ-L013", value=str(folder))])
    return files


def _warn(voice: Voice, reports: Sequence[Report], verdict: Status, folder: Path) -> None:
    if verdict == "fails":
        voice.say("× 先说明：这次抽取核验不成立。", "× First of all: this draw does not hold.")
    else:
        voice.say(
            "〇 先说明：缺少材料，无法核验这次抽取（这不等于作弊）。",
            "〇 First of all: something is missing, so this draw could not be verified.",
        )
    said: set[str] = set()
    for step in (s for report in reports for s in report.steps):
        if step.status != "holds":
            voice.text(step.title, indent=2)
            voice.findings(step.details, 4, said)
    voice.say(
        f"  详见 ssj-core verify {folder}；下面按文件重新计算，仅供参考。",
        f"  See ssj-core verify {folder}; what follows is recomputed from the files, for information only.",
    )


def _void(voice: Voice, name: str, beside: Ledger | None) -> None:
    """Say that a draw is void, where its ledger lies at hand."""
    if event := beside.find("void", name) if beside else None:
        reason = event.data.get("reason")
        voice.say(f"× 这次抽取已作废，理由：{reason}", f"× this draw is void: {reason}")


def _show(voice: Voice, part: Part) -> None:
    voice.add("parts", heading=part.heading, lines=part.lines, commands=part.commands)
    voice.say()
    voice.text(part.heading)
    for line in part.lines:
        voice.text(line, indent=2)
    for command in part.commands:
        voice.say(f"    {command}", f"    {command}")
