"""`ssj-core forms template | check`: the Word templates that an office may change."""

from pathlib import Path

import click

from ssj_cli.endings import check_ending
from ssj_cli.forms.options import FORCE, PATH
from ssj_cli.forms.renderers import refuse_wrong, renderer_named, with_template
from ssj_cli.say import Voice, typed
from ssj_core.foreign import call
from ssj_core.infiles import read_file
from ssj_core.outputs import write_file
from ssj_core.plugin.registry import listed
from ssj_core.problems import InputError, problem


@click.command()
@click.argument("paper", default="form")
@click.option("-o", "--output", metavar="FILE", required=True, type=PATH, help="写入的文件\nthe file to write")
@FORCE
@click.pass_obj
def template(voice: Voice, paper: str, output: Path, force: bool) -> None:
    """取出自带的 Word 模板，用 Word 或 WPS 修改后，打印时用 --template 指定。

    Write the shipped Word template; when it is changed, print with --template.
    """
    renderer = renderer_named(paper)
    if renderer.template is None:
        raise InputError([problem("SSJ-D007", value=paper, known=listed(with_template()))])
    check_ending(output, f".{renderer.suffix}")
    write_file(output, call(renderer.id, renderer.template), replace=force)
    where = typed(output)
    voice.result(paper=renderer.id, file=output)
    voice.say(f"{renderer.title}的模板已写入 {where}", f"template of the {renderer.words.en} written to {where}")
    voice.say(f"改好后检查：ssj-core forms check {where}", f"when changed: ssj-core forms check {where}")


@click.command()
@click.argument("file", metavar="FILE", type=PATH)
@click.option(
    "--paper",
    metavar="NAME",
    default="form",
    show_default=True,
    help="这是哪种文书的模板\nof which paper it is the template",
)
@click.pass_obj
def check(voice: Voice, file: Path, paper: str) -> None:
    """检查改过的模板：不认识的字段、不成对的花括号、程序代码，一次说全。

    Check a changed template: unknown fields, broken braces and code, all at once.
    """
    renderer = renderer_named(paper)
    if renderer.check is None:
        raise InputError([problem("SSJ-D007", value=paper, known=listed(with_template()))])
    refuse_wrong(renderer, read_file(file, str(file)), file.name)
    voice.result(paper=renderer.id, file=file)
    voice.say(f"√ {typed(file)} 可以用", f"√ {typed(file)} can be used")
