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
    voice.table(
        (Text("原因", "reason"), Text("规则", "rule"), Text("数量", "number")),
        [(reason, rule, str(n)) for (reason, rule), n in sorted(counts.items(), key=lambda i: (-i[1], i[0]))],
        indent=4,
    )


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
