"""`ssj-core rosters check FILES`: what is wrong with rosters, and the same lists back with the faults marked."""

import re
import sys
from collections import Counter
from pathlib import Path

import click
from attrs import frozen

from ssj_cli.exit_codes import ExitCode
from ssj_cli.rosters.given import How, how, how_flags, together
from ssj_cli.rosters.told import say_counts, say_result
from ssj_cli.say import Voice, typed
from ssj_core.desk.checked import Checked, Looked
from ssj_core.desk.guess import Kind
from ssj_core.desk.returned import returned
from ssj_core.outputs import free_path, same_already, write_file
from ssj_core.problems import InputError, Problem, SsjError, ordered
from ssj_core.text import Lang, Text

_SHOWN = 15
_OF_A_KIND = 5
_PLAN = "plan.toml"
_SUFFIX = {"zh": "_核对", "en": "_checked"}
_XLSX = ".xlsx"
_OLD_SUFFIX = re.compile("(_核对|_checked)(（[0-9]+）)?$")


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
    不给文件而给 --plan，就核对计划里的全部名录。退出码：0 没有错误，1 有错误，3 有文件读不了。

    Check rosters; one with errors or warnings comes back marked: cells in red, what is wrong in the last column.

    The headers tell whether it is a subject roster, an officer roster or a list of earlier inspections; given together,
    recusals and whoever the inspections name are checked, too. With --plan and no file the plan's are checked.
    Exit code: 0 no errors, 1 errors, 3 a file that cannot be read.
    """
    if not files and plan is None:
        raise click.UsageError("请写要核对的文件，或用 --plan 给出计划 / name the files, or give --plan")
    asked = how(plan, kind, sheet, encoding)
    paths = files or tuple(asked.folder / spec.file for spec in asked.mapped.values())
    found, unread = _read(voice, asked, paths)
    whole = together(found, asked, voice)
    for checked in whole:
        _tell(voice, checked, folder, plan is not None)
    for looked in unread:
        voice.problems(ordered(looked.problems))
        _give_back(voice, looked, folder)
    if plan is None:
        _point_to_plan(voice, paths)
    if len(whole) < len(paths):
        sys.exit(ExitCode.INPUT)
    if not all(checked.sound for checked in whole):
        sys.exit(ExitCode.NO)


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
    beside = next((plan for path in (*paths, Path("x")) if (plan := path.parent / _PLAN).is_file()), None)
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
        back = _written(checked, folder, voice.lang)
    except SsjError as error:
        say_result(voice, checked)
        voice.problems([*listed, *error.problems])
        return
    say_result(voice, checked, back.path if back else None)
    if voice.sheet is not None or back is None:
        voice.problems([*listed, *(back.notes if back else ())])  # a program reads them all
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
    _say_written(voice, back)


def _give_back(voice: Voice, looked: Looked, folder: Path | None) -> None:
    """A file of which no list could be read comes back, too, if it can be opened at all."""
    try:
        back = _written(looked, folder, voice.lang)
    except SsjError as error:
        voice.problems(error.problems)
        return
    voice.add("unread", file=looked.roster.file, written=back and back.path)
    if back:
        _say_written(voice, back)


@frozen
class _Written:
    """A marked workbook and what is said of it; `new` unless it was there already, with the same content."""

    path: Path
    own: bool
    new: bool
    notes: tuple[Problem, ...]


def _written(looked: Looked, folder: Path | None, lang: Lang) -> _Written | None:
    """Write the marked workbook, unless it is there already."""
    back = returned(looked, lang)
    if back is None:
        return None
    path = Path(looked.roster.file)
    if back.same:
        return _Written(path, back.own, False, back.notes)
    folder, stem = folder or path.parent, _OLD_SUFFIX.sub("", path.stem) + _SUFFIX[lang]
    if there := same_already(folder, stem, _XLSX, back.data):
        return _Written(there, back.own, False, back.notes)
    target = free_path(folder, stem, _XLSX)
    write_file(target, back.data)
    return _Written(target, back.own, True, back.notes)


def _say_written(voice: Voice, back: _Written) -> None:
    own = Text("您的工作簿，标了问题", "your workbook, marked") if back.own else Text("标了问题的表", "marked workbook")
    there = (
        Text("", "") if back.new else Text("已经有了，内容一样，没有再写；", "there already, with the same content; ")
    )
    voice.say(
        f"  {own.zh}：{typed(back.path)}（{there.zh}改好以后可以直接用这一份，不必删“问题”一列）",
        f"  {own.en}: {typed(back.path)} ({there.en}correct it and use it as it is; the last column does no harm)",
    )
    voice.problems(back.notes)
