"""The difference of two rosters as a workbook: who came, who went, what changed."""

from collections.abc import Sequence

from ssj_core.desk.difference import Difference, Unit
from ssj_core.desk.guess import TITLES
from ssj_core.spreadsheet import Column, Sheet, Value, printed
from ssj_core.text import Lang, Text

_CAME = Text("新增", "came")
_WENT = Text("减少", "went")
_CHANGED = Text("变化", "changed")
_UNIT = (
    Column(Text("序号", "no."), 8, centred=True),
    Column(Text("编号", "number"), 24),
    Column(Text("名称", "name"), 44),
)
_CHANGE = (*_UNIT, Column(Text("项目", "field"), 16), Column(Text("原来", "old"), 30), Column(Text("现在", "new"), 30))


def report(found: Difference, lang: Lang) -> bytes:
    """Return the workbook, ready to print; raises `InputError` without xlsxwriter."""
    roster = TITLES[found.new.kind]
    about = (f"{found.old.roster.file} → {found.new.roster.file}",)

    def sheet(word: Text, columns: Sequence[Column], rows: Sequence[Sequence[Value]]) -> Sheet:
        title = Text(f"{roster.zh}：{word.zh}", f"{roster.en}: {word.en}")
        numbered = [(number, *row) for number, row in enumerate(rows, 1)]
        return Sheet(name=word(lang), title=title(lang), columns=columns, rows=numbered, about=about)

    changes = [(*_named(one.unit), one.field(lang), one.old, one.new) for one in found.changed]
    sheets = (
        sheet(_CAME, _UNIT, [_named(unit) for unit in found.came]),
        sheet(_WENT, _UNIT, [_named(unit) for unit in found.went]),
        sheet(_CHANGED, _CHANGE, changes),
    )
    return printed(sheets, lang)


def _named(unit: Unit) -> tuple[str, str]:
    return unit.id.partition(":")[2], unit.name
