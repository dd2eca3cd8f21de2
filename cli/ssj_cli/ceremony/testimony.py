"""Who was there, where and when: asked once, and offered again for the next source of the same meeting."""

import re
import unicodedata

from ssj_cli import clock
from ssj_cli.ceremony.asked import Testimony
from ssj_cli.ceremony.clerk import Clerk
from ssj_core.entropy.grammar import moment, people, plain
from ssj_core.problems import problem
from ssj_core.text import Text


def ask_testimony(clerk: Clerk, before: Testimony, present: tuple[str, ...]) -> Testimony:
    """Names, place and time. `before` is offered for Enter; `present` are those who are known to be there."""
    voice = clerk.voice
    names = before.who or present
    who = names_in(clerk.ask(Text("见证人姓名（用顿号分开）", "witnesses (separated by commas)"), "、".join(names)))
    if len(people((*who, *present))) < 2:
        voice.say(
            "  注意：见证人不到两名，这个来源只能算 E0 级。", "  Fewer than two witnesses: this source is level E0."
        )
    where = unicodedata.normalize("NFC", clerk.ask(Text("地点", "place"), before.where))
    if not where:
        voice.say("  注意：没有写明地点，这个来源只能算 E0 级。", "  Without a place this source is level E0.")
    return Testimony(who=who, where=where, when=ask_time(clerk, Text("时间", "time"), clock.now()))


def ask_time(clerk: Clerk, question: Text, default: str = "") -> str:
    """A time in ISO 8601; hours and minutes alone are of today. Without a default Enter gives none."""
    while True:
        typed = clerk.ask(question, default)
        if not typed or typed == default:
            return typed
        text = plain(typed).replace("/", "-").strip()
        if re.fullmatch(r"[0-9]{1,2}:[0-9]{2}(:[0-9]{2})?", text):
            text = f"{clock.today().date()}T{text.zfill(5) if text.count(':') == 1 else text.zfill(8)}"
        if (told := moment(text)) is not None and ":" in text:  # a day alone is no time
            return told.isoformat()
        clerk.voice.problems([problem("SSJ-E038", value=typed)], total=False)


def names_in(text: str) -> tuple[str, ...]:
    """Names parted by `、`, commas or semicolons of either width, each once."""
    parts = (unicodedata.normalize("NFC", p).strip() for p in re.split("[、，,；;]", text))
    return tuple(dict.fromkeys(p for p in parts if p))
