"""The beginning of the ceremony: what was sealed, and the commitment read aloud before anybody speaks."""

from collections.abc import Sequence
from typing import Final

from ssj_cli.ceremony.asked import Asked
from ssj_cli.ceremony.clerk import Clerk
from ssj_cli.ceremony.event import event
from ssj_cli.ceremony.pending import Pending
from ssj_core.entropy.told import beijing_time
from ssj_core.text import Text

GROUP: Final = 8
"""Signs that can be read aloud in one breath, and groups of them that a table of witnesses can compare."""
_IN_A_LINE: Final = 4


def show_opening(clerk: Clerk, pending: Pending, sources: Sequence[Asked]) -> None:
    """Show what lies under the commitment and which sources will be asked for, in their order."""
    voice = clerk.voice
    voice.say()
    voice.say(f"【{pending.draw_id}】当众产生种子", f"[{pending.draw_id}] the seed arises in public")
    voice.say("已经封存，谁也不能再改：", "Sealed, so that nobody can change it:")
    for line in pending.contents:
        voice.text(line, indent=2)
    if pending.sealed_at:
        when = beijing_time(pending.sealed_at)
        voice.say(f"  封存时间 {when.zh}", f"  sealed at {when.en}")
    voice.say("种子来自（按此次序）：", "The seed will come from, in this order:")
    for n, asked in enumerate(sources, start=1):
        told = event(asked.use)
        voice.say(
            f"  {n}  {asked.title.zh}" + (f"：{told.zh}" if told.zh else ""),
            f"  {n}  {asked.title.en}" + (f": {told.en}" if told.en else ""),
        )


def read_aloud(clerk: Clerk, commitment: str) -> None:
    """Show the commitment in numbered groups until it was read out and written down."""
    voice = clerk.voice
    groups = [commitment[n : n + GROUP] for n in range(0, len(commitment), GROUP)]
    while True:
        voice.say()
        voice.say(
            f"承诺（{len(commitment)} 个字符，{len(groups)} 组，每组 {GROUP} 个）：",
            f"The commitment ({len(commitment)} signs, {len(groups)} groups of {GROUP}):",
        )
        for first in range(0, len(groups), _IN_A_LINE):
            some = enumerate(groups[first : first + _IN_A_LINE], start=first + 1)
            line = "    ".join(f"{n}) {group}" for n, group in some)
            voice.say(f"    {line}", f"    {line}")
        voice.say(
            "请一组一组念出，请每位见证人记下，并与公布的承诺公告对照。以后谁都可以拿它核对。",
            "Read it out group by group. Let every witness write it down and compare it with the published notice.",
        )
        if clerk.agrees(Text("已经念出、已经记下了吗", "was it read out and written down")):
            return
