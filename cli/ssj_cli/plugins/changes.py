"""`ssj-core plugins changes OLD NEW`: what two versions of rules say differently, and on which days."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Final

import click

from ssj_cli import clock
from ssj_cli.grid import grid
from ssj_cli.kinds import Day
from ssj_cli.say import Voice
from ssj_core.change_files import read_version
from ssj_core.changes import Change, changes
from ssj_core.problems import problem
from ssj_core.rules.timeline import ends, union
from ssj_core.text import Text


@click.command("changes")
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
@click.option("--today", type=Day(), help="以这一天为今天（默认：电脑日期）\ntake this day for today")
@click.pass_obj
def changes_between(voice: Voice, old: Path, new: Path, today: date | None) -> None:
    """变更报告：两个版本（规则文件夹或安装包 .whl）哪里不同，影响哪些日子、类别、比例和事项。

    只读表，不运行插件的程序；程序有改动的，只说是哪些文件。改动涉及今天以前的日子，单独注明。

    Change report of two versions (folders of rules or wheels): what differs, and which days, sectors, ratios and items
    are affected.

    Tables alone are read, no code is run; of code only the files that changed are named. Changes of days before today
    are pointed out.
    """
    before, after = read_version(old), read_version(new)
    found = changes(before.rules, after.rules)
    day = today or clock.today().date()
    voice.result(changes=found, sectors=_sectors(found), since=min((c.since for c in found), default=None))
    code = [name for name in sorted({*before.code, *after.code}) if before.code.get(name) != after.code.get(name)]
    if found:
        _show(voice, found, day)
    elif code:
        voice.say(
            f"表没有变化；程序有变化（{len(code)} 个文件），程序说的规则可能变了：运行案例看。",
            f"No table changed; the code did ({len(code)} files), so what it says may have: run the cases.",
        )
    else:
        voice.say("规则没有变化。", "No rule changed.")
    voice.result(code=code)
    voice.problems([problem("SSJ-A031", value=name) for name in code], total=False)


def _show(voice: Voice, found: Sequence[Change], today: date) -> None:
    header = (Text("规则", "rule"), Text("日子", "days"), Text("原来", "before"), Text("现在", "after"))
    rows = []
    for change in found:
        for n, one in enumerate(change.unlike):
            key = " ".join(part for part in (one.rule, one.key) if part)
            name = f"{change.kind(voice.lang)}\n{change.id}\n{change.title}" if not n else ""
            days = ends([change])(voice.lang) if not n else ""
            label = f"{key}：" if key and voice.lang == "zh" else f"{key}: " if key else ""
            rows.append((name, days, label + one.old, label + one.new))
    grid(voice, header, rows, (3, 2, 3, 3))
    voice.say()
    touched = ends(union(found))
    voice.say(f"影响的日子：{touched.zh}", f"affected days: {touched.en}")
    for text, ids in _affected(found):
        if ids:
            voice.say(f"{text.zh}：{'、'.join(ids)}", f"{text.en}: {', '.join(ids)}")
    past = [c for c in found if c.since < today]
    if past:
        voice.say(
            f"注意：{len(past)} 处改动涉及今天（{today}）以前的日子：当时的抽取照旧可以核验，但重放会不同。",
            f"note: {len(past)} changes touch days before today ({today}): draws of then verify, but replay differs.",
        )
        voice.say(
            "规则变了应当加一段，不改过去的。", "A rule that changes gets another interval; the past is not edited."
        )


_NAMED: Final = ("item", "ratio rule")
"""Kinds of rules that have a line of their own at the end of the report."""


def _affected(found: Sequence[Change]) -> list[tuple[Text, list[str]]]:
    def of(english: str) -> list[str]:
        return sorted({c.id for c in found if c.kind.en == english})

    items = [name.partition("/")[2] for name in of("item") if "/" in name]  # what is said of a list is no item
    return [
        (Text("影响的类别", "affected sectors"), _sectors(found)),
        (Text("影响的事项", "affected items"), items),
        (Text("影响的比例", "affected ratios"), of("ratio rule")),
        (
            Text("影响的其他规则", "other rules affected"),
            sorted({c.id for c in found} - {c.id for c in found if c.kind.en in _NAMED}),
        ),
    ]


def _sectors(found: Sequence[Change]) -> list[str]:
    return sorted({c.id.partition("/")[0] for c in found if c.kind.en == "item"})
