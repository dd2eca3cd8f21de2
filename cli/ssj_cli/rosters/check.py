"""`ssj-core rosters check FILES`: what is wrong with rosters, and the same lists back with the faults marked."""

import sys
from collections import Counter
from pathlib import Path

import click

from ssj_cli.exit_codes import ExitCode
from ssj_cli.kinds import PLAN, PlanFile
from ssj_cli.rosters.back import give_back, say_back
from ssj_cli.rosters.given import How, how, how_flags, together
from ssj_cli.rosters.told import say_counts, say_result
from ssj_cli.say import Voice, typed
from ssj_core.desk.checked import Checked, Looked
from ssj_core.desk.guess import Kind
from ssj_core.problems import InputError, Problem, SsjError, ordered

_SHOWN = 15
_OF_A_KIND = 5


@click.command()
@click.argument("files", nargs=-1, metavar="[FILE]...", type=click.Path(path_type=Path))
@how_flags
@click.option(
    "-o",
    "folder",
    type=click.Path(path_type=Path),
    help="标了问题的表写到这个文件夹（默认：原表旁边）\nfolder for marked workbooks (default: beside the list)",
)
@click.pass_obj
def check(
    voice: Voice,
    files: tuple[Path, ...],
    plan: Path | None,
    kind: Kind | None,
    sheet: str,
    encoding: str,
    folder: Path | None,
) -> None:
    """核对名录；有错或有提醒的，写回一份同样的表，最后一列是“问题”，有错的格子标红。

    是检查对象、执法检查人员还是往次检查名单，看表头就知道；一起给，还会核对互相的回避、往次检查的对象和人员。
    不给名录而给计划（plan.toml 或它的文件夹），就核对计划里的全部名录。退出码：0 没有错误，1 有错误，3 有文件读不了。

    Check rosters; one with errors or warnings comes back marked: cells in red, what is wrong in the last column.

    The headers tell whether it is a subject roster, an officer roster or a list of earlier inspections; given together,
    recusals and whoever the inspections name are checked, too. With a plan (plan.toml or its folder) and no list, the
    plan's are checked.
    Exit code: 0 no errors, 1 errors, 3 a file that cannot be read.
    """
    plan, files = _plan_among(files, plan)
    if not files and plan is None:
        raise click.UsageError("请写要核对的文件，或用 --plan 给出计划 / name the files, or give --plan")
    asked = how(plan, kind, sheet, encoding)
    paths = files or tuple(asked.folder / spec.file for spec in asked.mapped.values())
    found, unread = _read(voice, asked, paths)
    whole = together(found, asked, voice)
    for checked in whole:
        _tell(voice, checked, folder, plan is not None)
    for looked in unread:
        _tell_unread(voice, looked, folder)
    if plan is None:
        _point_to_plan(voice, paths)
    if len(whole) < len(paths):
        sys.exit(ExitCode.INPUT)
    if not all(checked.sound for checked in whole):
        sys.exit(ExitCode.NO)


def _plan_among(files: tuple[Path, ...], plan: Path | None) -> tuple[Path | None, tuple[Path, ...]]:
    """A plan named among the lists, which is no list, and the lists alone."""
    plans = [file for file in files if file.suffix.lower() == ".toml" or (file / PLAN).is_file()]
    if plan is not None or len(plans) != 1:
        return plan, files
    return PlanFile().convert(plans[0], None, None), tuple(file for file in files if file not in plans)


def _few(notes: list[Problem]) -> list[Problem]:
    """Of the notes of one kind the first few."""
    seen: Counter[str] = Counter()
    kept = []
    for one in notes:
        seen[one.code] += 1
        if seen[one.code] <= _OF_A_KIND:
            kept.append(one)
    return kept


def _point_to_plan(voice: Voice, paths: tuple[Path, ...]) -> None:
    """Name a plan that lies beside a list, or here: only by it is all checked that a draw asks for."""
    beside = next((plan for path in (*paths, Path("x")) if (plan := path.parent / PLAN).is_file()), None)
    if beside is None:
        return
    files = " ".join(typed(path) for path in paths)
    voice.say(
        f"这里有计划 {typed(beside)}。抽取时还要看监管类别、列名对应和规则：按计划再核对一次，用",
        f"There is a plan, {typed(beside)}. A draw asks for its sectors, columns and rules, too: check by it with",
    )
    voice.say(*2 * [f"  ssj-core rosters check {files} --plan {typed(beside)}"])


def _read(voice: Voice, asked: How, paths: tuple[Path, ...]) -> tuple[list[Checked], list[Looked]]:
    """Every file is read even where one of them cannot be."""
    found: list[Checked] = []
    unread: list[Looked] = []
    failed: list[Problem] = []
    for path in paths:
        try:
            one = asked.read(path, voice)
        except InputError as error:
            failed += error.problems
            continue
        if isinstance(one, Checked):
            found.append(one)
        else:
            unread.append(one)
    voice.problems(failed)
    return found, unread


def _tell(voice: Voice, checked: Checked, folder: Path | None, by_plan: bool) -> None:
    say_counts(voice, checked)
    listed = ordered(checked.problems)
    serious = [one for one in listed if one.severity != "note"]
    if not serious:
        say_result(voice, checked)
        few = listed if voice.sheet is not None else _few(listed)
        voice.problems(few)
        if more := len(listed) - len(few):
            voice.error(f"  ……另有 {more} 条这样的说明。", f"  … and {more} more notes like these.")
        if by_plan:
            voice.say("  没有发现问题，可以用于抽取。", "  nothing is wrong; it can be used for a draw.")
        else:
            voice.say(
                "  没有发现问题。监管类别等合不合计划，要加 --plan plan.toml 才核对。",
                "  nothing is wrong. Whether sectors and columns fit a plan is checked with --plan plan.toml.",
            )
        return
    voice.busy("正在标出问题……", "marking what is wrong ...")
    try:
        back = give_back(checked, folder, voice.lang)
    except SsjError as error:
        say_result(voice, checked)
        voice.problems([*listed, *error.problems])
        return
    say_result(voice, checked, back.path if back else None)
    if voice.sheet is not None or back is None:
        voice.problems([*listed, *(back.made.notes if back else ())])  # a program reads them all
        return
    shown = sorted(serious, key=lambda one: one.severity != "error")[:_SHOWN]
    notes = [one for one in listed if one.severity == "note"]
    few = _few(notes)
    voice.problems([*few, *shown], total=False)
    more = len(serious) - len(shown) + len(notes) - len(few)
    if more:
        voice.error(
            f"  ……另有 {more} 处，都写在下面的表里。", f"  … and {more} more, all of them in the workbook below."
        )
    say_back(voice, back)


def _tell_unread(voice: Voice, looked: Looked, folder: Path | None) -> None:
    """A file of which no list could be read comes back, too, if it can be opened at all."""
    voice.problems(ordered(looked.problems))
    try:
        back = give_back(looked, folder, voice.lang)
    except SsjError as error:
        voice.problems(error.problems)
        return
    voice.add("unread", file=looked.roster.file, written=back and back.path)
    if back:
        say_back(voice, back)
