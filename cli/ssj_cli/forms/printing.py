"""`ssj-core forms print`: the papers of a draw, each visit its own, in one file."""

from datetime import date
from pathlib import Path

import click
from attrs import evolve

from ssj_cli.dossier import dossier_of
from ssj_cli.endings import check_ending
from ssj_cli.explain import draw_folder, read_files
from ssj_cli.folders import papers_folder
from ssj_cli.forms.options import FORCE, PATH
from ssj_cli.forms.renderers import refuse_wrong, renderer_named, with_template
from ssj_cli.forms.visits import chosen, outside, refuse_part
from ssj_cli.kinds import Day
from ssj_cli.printed import BUILT_IN, beside_the_lists, file_name, rendered
from ssj_cli.say import Voice, typed
from ssj_core.documents.contacts import with_contacts
from ssj_core.documents.dossier import LAST
from ssj_core.documents.model import Dossier, Renderer
from ssj_core.infiles import read_file
from ssj_core.outputs import write_file
from ssj_core.plugin.loader import namespace
from ssj_core.plugin.registry import listed
from ssj_core.problems import InputError, problem
from ssj_core.rules.untouched import untouched
from ssj_core.text import Text


@click.command("print")
@click.argument("draw", nargs=-1, required=True, type=PATH)
@click.option(
    "--paper",
    metavar="NAME",
    default="form",
    show_default=True,
    help="文书：form 一企一表，notice 检查通知书，tasks 检查任务单，protocol 随机抽取会议记录\n"
    "which paper: form, notice (to the inspected), tasks (of each officer), protocol (of the draw)",
)
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    type=PATH,
    help="写入的文件；不写就放在这一批的名单旁边\nthe file to write; else one beside the lists of the batch",
)
@click.option(
    "--only",
    metavar="ID",
    multiple=True,
    help="只打印这一户（编号、代码或名称，可多次）\nonly this subject (id, code or name; may be repeated)",
)
@click.option(
    "--except",
    "others",
    metavar="ID",
    multiple=True,
    help="这一户不打印（编号、代码或名称，可多次）\nnot this subject (id, code or name; may be repeated)",
)
@click.option("--changed", is_flag=True, help="只打印最近一次替换改动过的\nonly what the last replacement changed")
@click.option(
    "--after",
    metavar="N",
    type=int,
    default=LAST,
    help="第 N 次替换后的样子，0 是抽取时的；不写就是现在的\n"
    "as it stood after replacement N (0: as it was drawn); else as it stands",
)
@click.option(
    "--day", type=Day(), help="检查日期，用来推算录入期限\nday of the inspection, from which the deadline is counted"
)
@click.option("--template", metavar="FILE", type=PATH, help="单位自己的 Word 模板\nthe office's own Word template")
@click.option(
    "--no-contacts",
    is_flag=True,
    help="不印法定代表人、联系人、电话，留空手填\nleave legal representative, contact and telephone blank",
)
@click.option("--pdf", is_flag=True, help="排成 PDF（需要中文字体）\nas PDF (needs a Chinese font)")
@FORCE
@click.pass_obj
def print_(
    voice: Voice,
    draw: tuple[Path, ...],
    paper: str,
    output: Path | None,
    only: tuple[str, ...],
    others: tuple[str, ...],
    changed: bool,
    after: int,
    day: date | None,
    template: Path | None,
    no_contacts: bool,
    pdf: bool,
    force: bool,
) -> None:
    """打印一次抽取的文书，每户一份，都在一个文件里。

    DRAW 是一次抽取的文件夹，或工作文件夹加抽取编号。先核验，不成立的不打印。
    法定代表人、联系人、电话从计划旁边的名录里取，只印在一企一表和检查通知书上，不写进别处。

    Print the papers of a draw, one for each visit, in one file.

    DRAW is the folder of a draw, or a working folder and a draw id. One that does not hold is not printed.
    Legal representative, contact and telephone come from the roster beside the plan, and go on forms and notices alone.
    """
    renderer = renderer_named(f"{paper}_pdf" if pdf else paper)
    check_ending(output, f".{renderer.suffix}", hint=_other_kind(renderer, output))
    if renderer.whole:
        refuse_part(
            renderer, {"--only": only, "--except": others, "--changed": changed, "--after": after != LAST, "--day": day}
        )
        after = 0
    own = _own_template(renderer, paper, template, pdf) if template else None
    folder = draw_folder(draw)
    voice.busy(f"正在核验 {folder.name}……", f"verifying {folder.name} ...")
    files = read_files(folder)
    dossier = chosen(evolve(dossier_of(folder, files, after), visit_day=day), files, only, others, changed)
    if output and output.exists() and not force:  # said before the work
        raise InputError([problem("SSJ-O001", file=str(output), value=output.name)])
    if renderer.contacts and not no_contacts:
        dossier, told = with_contacts(dossier, folder, files)
        voice.problems(told)
    if not renderer.whole:
        voice.problems([*untouched(dossier.rules), *outside(day, dossier.rules)])
    voice.busy(f"正在排 {renderer.words.zh}……", f"setting the {renderer.words.en} ...")
    made = rendered(renderer, dossier, own)
    name = file_name(renderer, dossier, only, others, changed)
    if output:
        path, written = output, True
        write_file(path, made, replace=force)
    else:
        where = papers_folder(folder, dossier)
        path, written = beside_the_lists(voice, where, name, f".{renderer.suffix}", made, force=force)
    known = sum(bool(v.contact) for v in dossier.visits)
    voice.result(paper=renderer.id, file=path, visits=len(dossier.visits), after=dossier.after, contacts=known)
    _say(voice, renderer, dossier, path, written)


def _own_template(renderer: Renderer, paper: str, path: Path, pdf: bool) -> bytes:
    """The office's own template, looked at. Raises `InputError` where the paper takes none or it is wrong."""
    own = read_file(path, str(path))
    if pdf:
        raise InputError([problem("SSJ-D022", value=path)])
    if renderer.check is None:
        raise InputError([problem("SSJ-D007", value=paper, known=listed(with_template()))])
    refuse_wrong(renderer, own, path.name)
    return own


def _say(voice: Voice, renderer: Renderer, dossier: Dossier, path: Path, written: bool) -> None:
    path = path.relative_to(here) if path.is_relative_to(here := Path.cwd()) else path  # as somebody types it
    zh, en = ("", "") if renderer.whole else (f"：{len(dossier.visits)} 户", f": {len(dossier.visits)} visits")
    if dossier.after:
        zh, en = f"{zh}，第 {dossier.after} 次替换后的检查组", f"{en}, after replacement {dossier.after}"
    if written:
        voice.say(f"{renderer.words.zh}已写入 {typed(path)}{zh}", f"{renderer.words.en} written to {typed(path)}{en}")
    else:
        voice.say(
            f"{renderer.words.zh}已经有了，内容一样，没有再写：{typed(path)}",
            f"{renderer.words.en}: there already, with the same content: {typed(path)}",
        )
    if any(v.contact for v in dossier.visits):
        voice.say(
            "印有联系人、电话的，只作检查用，不要公布。",
            "With contacts and telephones on it, it is for the inspection and not to be published.",
        )


def _other_kind(renderer: Renderer, output: Path | None) -> Text:
    """How a paper of ours becomes what the name of its file says, where it can."""
    asked = output.suffix.lower() if output and namespace(renderer.id) == BUILT_IN else ""
    if (renderer.suffix, asked) == ("docx", ".pdf"):
        return Text("，要 PDF 就加 --pdf", "; for a PDF add --pdf")
    if (renderer.suffix, asked) == ("pdf", ".docx"):
        return Text("，要 Word 文件就去掉 --pdf", "; for a Word file leave --pdf out")
    return Text("", "")
