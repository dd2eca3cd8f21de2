"""Who is left out of a batch that is tried: counted by reason, subjects and officers apart, and by name."""

from collections import Counter
from collections.abc import Sequence
from typing import Final

from ssj_cli.say import Voice
from ssj_core.pool import OTHER_SECTOR
from ssj_core.tables import OFFICER, SUBJECT, ExcludedRow
from ssj_core.text import Text

_SHOWN: Final = 20
_TOLD: Final = {
    SUBJECT: ("  不纳入的检查对象 {} 个：", "  {} subjects left out:"),
    OFFICER: ("  不参加的人员 {} 名：", "  {} persons left out:"),
}


def show_left_out(voice: Voice, excluded: Sequence[ExcludedRow]) -> None:
    """Both kinds, the subjects first; who only belongs to another sector is counted, not named."""
    for unit, (zh, en) in _TOLD.items():
        out = [one for one in excluded if one.unit == unit]
        if out:
            voice.say(zh.format(len(out)), en.format(len(out)))
            _counted(voice, out)
            _named(voice, [one for one in out if unit == OFFICER or one.rule != OTHER_SECTOR])


def _counted(voice: Voice, out: Sequence[ExcludedRow]) -> None:
    counts = Counter((one.reason, one.rule) for one in out)
    reason, rule = Text("原因", "reason"), Text("规则", "rule")
    rows = [(why, by, str(n)) for (why, by), n in sorted(counts.items(), key=lambda i: (-i[1], i[0]))]
    if voice.lang == "en" and voice.sheet is None:  # the reason is Chinese, as it is sealed; the id says something
        reason, rule, rows = rule, reason, [(by, why, n) for why, by, n in rows]
    voice.table((reason, rule, Text("数量", "number")), rows, indent=4)


def _named(voice: Voice, out: Sequence[ExcludedRow]) -> None:
    """The first of them by name, the rest as a number: all of them are in the list that is sealed."""
    if not out:
        return
    shown = out if voice.sheet is not None else out[:_SHOWN]
    voice.table(
        (Text("名称", "name"), Text("编号", "id"), Text("原因", "reason")),
        [(one.name, one.id, one.reason) for one in shown],
        indent=6,
    )
    if more := len(out) - len(shown):
        voice.say(
            f"      ……另有 {more} 个，封存后都写在 excluded.csv 里",
            f"      … and {more} more; excluded.csv has them all once the batch is sealed",
        )
