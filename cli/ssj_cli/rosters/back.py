"""The marked workbook of a faulty list: written beside it, unless it is there already, and told."""

import re
from pathlib import Path
from typing import Final

from attrs import frozen

from ssj_cli.say import Voice, typed
from ssj_core.desk.checked import Looked
from ssj_core.desk.returned import Returned, returned
from ssj_core.outputs import free_path, same_already, write_file
from ssj_core.text import Lang, Text

_XLSX: Final = ".xlsx"
_SUFFIX: Final[dict[Lang, str]] = {"zh": "_核对", "en": "_checked"}
_OLD_SUFFIX: Final = re.compile("(_核对|_checked)(（[0-9]+）)?$")
_THERE: Final = Text("已经有了，内容一样，没有再写；", "there already, with the same content; ")
_COLUMN: Final = Text("不必删“问题”一列", "the last column does no harm")
_SUMMARY: Final = Text("问题写在“核对情况”里", "what is wrong stands in the sheet Summary")


@frozen
class Back:
    """Where the workbook is, and how it was made; `new` unless it was there already, with the same content."""

    path: Path
    made: Returned
    new: bool


def give_back(looked: Looked, folder: Path | None, lang: Lang) -> Back | None:
    """Write the marked workbook into a folder (by default beside the list); None where there is none.

    Raises:
        SsjError: it cannot be made or written.
    """
    made = returned(looked, lang)
    if made is None:
        return None
    path = Path(looked.roster.file)
    if made.same:
        return Back(path, made, new=False)
    folder, stem = folder or path.parent, _OLD_SUFFIX.sub("", path.stem) + _SUFFIX[lang]
    if there := same_already(folder, stem, _XLSX, made.data):
        return Back(there, made, new=False)
    target = free_path(folder, stem, _XLSX)
    write_file(target, made.data)
    return Back(target, made, new=True)


def say_back(voice: Voice, back: Back) -> None:
    """Say where it is and how to go on with it."""
    path, made = typed(back.path), back.made
    own = Text("您的工作簿，标了问题", "your workbook, marked") if made.own else Text("标了问题的表", "marked workbook")
    there = Text("", "") if back.new else _THERE
    where = _COLUMN if made.column else _SUMMARY
    voice.say(
        f"  {own.zh}：{path}（{there.zh}改好以后可以直接用这一份，{where.zh}）",
        f"  {own.en}: {path} ({there.en}correct it and use it as it is; {where.en})",
    )
    voice.problems(made.notes)
