"""`ssj-core plugins schema`: JSON Schemas of the TOML formats, for editors that complete and check."""

import json
from pathlib import Path
from typing import Final

import click

from ssj_cli.ceremony.file import EvidenceFile
from ssj_cli.say import Voice, typed
from ssj_core.outputs import write_folder
from ssj_core.plugin.registry import listed, nearest
from ssj_core.problems import InputError, problem
from ssj_core.schema import FORMATS, Format, schema_of
from ssj_core.text import Lang, Text

ALL: Final = (*FORMATS, Format(EvidenceFile, Text("见证人证据", "evidence")))
"""Every format a file may have."""


@click.command()
@click.argument("wanted", metavar="[FORMAT]", required=False)
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, file_okay=False),
    help="全部写入这个文件夹，每种格式一个文件\nwrite all of them into this folder, a file each",
)  # fmt: skip
@click.pass_obj
def schema(voice: Voice, wanted: str | None, output: Path | None) -> None:
    """各种 TOML 文件的 JSON Schema，编辑器用来补全和检查。

    FORMAT 是 plan、ruleset、checklist、ratio、cases 等；都不写就列出全部格式。
    在 TOML 文件的第一行写上 #:schema 和文件名，装了 Even Better TOML 的编辑器就会用它。

    JSON Schemas of the TOML files, for editors that complete and check.

    FORMAT is plan, ruleset, checklist, ratio, cases, …; without it all formats are listed. Write #:schema and the
    name of the file into the first line of a TOML file, and an editor with Even Better TOML will use it.
    """
    if wanted is not None:
        made = schema_of(_format(wanted).cls, _format(wanted).title(voice.lang), voice.lang)
        voice.result(schema=made)
        voice.page(Text(_text(made), _text(made)))
    if output is not None:
        _write(voice, output, voice.lang)
    elif wanted is None:
        header = (Text("格式", "format"), Text("写作", "typed"), Text("是什么", "what it is"))
        voice.table(header, [(f.name, f.short, f.title(voice.lang)) for f in ALL], indent=0)


def _format(wanted: str) -> Format:
    found = next((f for f in ALL if wanted in (f.short, f.name)), None)
    if found is None:
        known = [f.short for f in ALL]
        raise InputError([problem("SSJ-A010", value=wanted, known=listed(known), **nearest(wanted, known))])
    return found


def _write(voice: Voice, folder: Path, lang: Lang) -> None:
    write_folder(folder, {f.file: _text(schema_of(f.cls, f.title(lang), lang)).encode() for f in ALL})
    head = f"#:schema {folder.name}/{ALL[0].file}"
    voice.result(folder=folder, files=[one.file for one in ALL])
    voice.say(
        f"已写入 {typed(folder)}：{len(ALL)} 个文件。在 plan.toml 的第一行写上：{head}",
        f"written to {typed(folder)}: {len(ALL)} files. First line of a plan.toml: {head}",
    )


def _text(made: object) -> str:
    return json.dumps(made, ensure_ascii=False, indent=2) + "\n"
