"""`ssj-core rosters diff OLD NEW`: who came, who went, what changed between two versions of a roster."""

from collections import Counter
from pathlib import Path

import click

from ssj_cli.endings import check_ending
from ssj_cli.rosters.given import how, how_flags, one
from ssj_cli.say import Voice, typed
from ssj_core.desk.difference import Difference, Unit, compare
from ssj_core.desk.difference_report import report
from ssj_core.desk.guess import TITLES, Kind
from ssj_core.outputs import write_file
from ssj_core.text import Text

_SHOWN = 20


@click.command()
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
@how_flags
@click.option(
    "-o", "output", type=click.Path(path_type=Path), help="另写成一份工作簿（.xlsx）\nwrite it as a workbook, too"
)
@click.pass_obj
def diff(
    voice: Voice,
    old: Path,
    new: Path,
    plan: Path | None,
    kind: Kind | None,
    sheet: str,
    encoding: str,
    output: Path | None,
) -> None:
    """比较两个版本的名录：新增了谁，减少了谁，谁的等级、状态等变了。

    按编号比较；同名而编号不同的另外列出，多半是换了证照。

    Compare two versions of a roster: who came, who went, whose class, status and so on changed.

    They are compared by number; one name under two numbers is listed, too.
    """
    check_ending(output, ".xlsx")
    asked = how(plan, kind, sheet, encoding)
    before, after = one(asked, old, voice), one(asked, new, voice)
    voice.busy("正在比较……", "comparing ...")
    found = compare(before, after)
    voice.problems(found.problems)
    voice.result(
        kind=found.new.kind,
        came=[_plain(unit) for unit in found.came],
        went=[_plain(unit) for unit in found.went],
        renumbered=[[unit.id for unit in pair] for pair in found.renumbered],
        changed=[{"id": c.unit.id, "field": c.field.en, "old": c.old, "new": c.new} for c in found.changed],
        not_compared=[word.en for word in found.not_compared],
    )
    _say(voice, found)
    if output is not None:
        write_file(output, report(found, voice.lang))
        voice.say(f"已写入 {typed(output)}", f"written to {typed(output)}")


def _say(voice: Voice, found: Difference) -> None:
    title, before, after = TITLES[found.new.kind], found.before, found.after
    went, came, stayed = len(found.went), len(found.came), found.stayed
    voice.say(
        f"{title.zh}：原来 {before} - 减少 {went} + 新增 {came} = 现在 {after}（{stayed} 个都在）",
        f"{title.en}: {before} - {went} went + {came} came = {after} now ({stayed} in both)",
    )
    _units(voice, Text("新增", "came"), found.came)
    _units(voice, Text("减少", "went"), found.went)
    if found.renumbered:
        voice.say("同名而编号不同（也计在新增和减少里）：", "one name, two numbers (counted as went and came):")
        for one_, other in found.renumbered[:_SHOWN]:
            voice.say(*2 * [f"  {_code(one_)} → {_code(other)}  {other.name}"])
    if found.changed:
        fields = Counter(change.field for change in found.changed)
        zh = "、".join(f"{field.zh} {count} 处" for field, count in fields.items())
        en = ", ".join(f"{field.en} {count}" for field, count in fields.items())
        voice.say(f"变化：{zh}", f"changed: {en}")
        shown = found.changed[:_SHOWN]
        voice.table(
            (
                Text("编号", "number"),
                Text("名称", "name"),
                Text("项目", "field"),
                Text("原来", "old"),
                Text("现在", "new"),
            ),
            [(_code(c.unit), c.unit.name, c.field(voice.lang), c.old or "—", c.new or "—") for c in shown],
        )
        _more(voice, len(found.changed) - len(shown))
    if found.not_compared:
        zh, en = ("、".join(f.zh for f in found.not_compared), ", ".join(f.en for f in found.not_compared))
        voice.say(f"只有一份名录里有的列没有比较：{zh}", f"not compared, in one of them only: {en}")
    if not (found.came or found.went or found.changed):
        voice.say("没有变化。", "nothing changed.")


def _units(voice: Voice, word: Text, units: tuple[Unit, ...]) -> None:
    if units:
        voice.say(f"{word.zh} {len(units)}：", f"{len(units)} {word.en}:")
        voice.table((Text("编号", "number"), Text("名称", "name")), [(_code(u), u.name) for u in units[:_SHOWN]])
        _more(voice, len(units) - _SHOWN)


def _plain(unit: Unit) -> dict[str, str]:
    return {"id": unit.id, "name": unit.name}


def _more(voice: Voice, count: int) -> None:
    if count > 0:
        voice.say(f"  ……另有 {count} 个；用 -o 写成工作簿看全部", f"  … and {count} more; -o writes all of them")


def _code(unit: Unit) -> str:
    return unit.id.partition(":")[2]
