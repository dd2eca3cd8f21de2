"""What will be written, on one screen: every source with its value, and what all of it together is worth."""

from collections.abc import Sequence
from typing import Final

from attrs import frozen
from wcwidth import wcswidth

from ssj_cli.ceremony.asked import Asked
from ssj_cli.say import Voice
from ssj_core.entropy.model import Evidence
from ssj_core.problems import Problem
from ssj_core.text import Text
from ssj_core.verify.assurance import LEVELS, judge, shortfall

_WIDEST: Final = 40
"""Cells of a value in the table: a beacon's would fill the screen."""


@frozen(kw_only=True)
class Entry:
    """A source with its evidence; what nobody was asked for stays hidden, so that nobody can choose by it."""

    asked: Asked
    evidence: Evidence
    hidden: bool = False


def show_summary(voice: Voice, entries: Sequence[Entry]) -> tuple[Problem, ...]:
    """Print the table, the warnings and the level; returns why the draw would be refused, if it would."""
    pending = entries[0].asked.pending
    rows, warnings = [], list[Problem]()
    for n, entry in enumerate(entries, start=1):
        pair = (entry.evidence, entry.asked.use.appointed)
        assessed = entry.asked.assess(entry.evidence)
        level = judge([pair], pending.sealed_at).level
        value = _short(entry.evidence.canonical)
        if entry.hidden:
            value = Text("（不显示）", "(not shown)")(voice.lang)
        codes = " ".join(dict.fromkeys(p.code for p in assessed.problems)) or "–"
        rows.append((str(n), entry.asked.title(voice.lang), value, str(assessed.bits), level, codes))
        warnings += assessed.problems
    voice.say()
    voice.say("将要写入台账的内容：", "What will be written into the ledger:")
    header = (
        Text("序号", "no."), Text("来源", "source"), Text("值", "value"), Text("位数", "bits"), Text("等级", "level"),
        Text("注意", "warnings"),
    )  # fmt: skip
    voice.table(header, rows)
    for entry in entries:
        _show_testimony(voice, entry)
    voice.problems(warnings)
    verdict = judge([(e.evidence, e.asked.use.appointed) for e in entries], pending.sealed_at)
    meaning = LEVELS[verdict.level]
    voice.say(
        f"合计最多 {verdict.bits} 位，达到 {verdict.level} 级：{meaning.zh}。",
        f"{verdict.bits} bits at most in all, level {verdict.level}: {meaning.en}.",
    )
    return shortfall(verdict, pending.assurance)


def _show_testimony(voice: Voice, entry: Entry) -> None:
    one, title = entry.evidence, entry.asked.title
    if one.who:
        told = (one.where, one.when)
        voice.say(
            f"  {title.zh} 见证：{'；'.join(('、'.join(one.who), *told))}",
            f"  {title.en}, witnesses: {'; '.join((', '.join(one.who), *told))}",
        )
    if places := [one.details[name] for name in ("source1", "source2") if name in one.details]:
        named = (*places, one.when) if one.when else tuple(places)
        voice.say(f"  {title.zh} 查自：{'；'.join(named)}", f"  {title.en}, looked up at: {'; '.join(named)}")


def _short(value: str) -> str:
    if wcswidth(value) <= _WIDEST:
        return value
    kept = value
    while wcswidth(kept) > _WIDEST - 2:
        kept = kept[:-1]
    return f"{kept}…"
