"""Who was there, where and when: asked once, and offered again for the next source of the same meeting."""

import re
import unicodedata
from datetime import datetime
from typing import Final

from ssj_cli import clock
from ssj_cli.ceremony.asked import Testimony
from ssj_cli.ceremony.clerk import Clerk
from ssj_core.entropy.grammar import BEIJING, beijing, moment, people, plain
from ssj_core.problems import problem
from ssj_core.text import Text

_TIME: Final = re.compile(
    "(?:([0-9]{4})[-/年]([0-9]{1,2})[-/月]([0-9]{1,2})日?[ T]*)?([0-9]{1,2}):([0-9]{2})(?::([0-9]{2}))?"
)


def ask_testimony(clerk: Clerk, before: Testimony, present: tuple[str, ...]) -> Testimony:
    """Names, place and time. `before` is offered for Enter; `present` are those who are known to be there."""
    voice = clerk.voice
    names = before.who or present
    comma = "、" if voice.lang == "zh" else ", "
    who = names_in(clerk.ask(Text("见证人姓名（用顿号分开）", "witnesses (separated by commas)"), comma.join(names)))
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
        if (told := _moment(plain(typed).strip())) is not None:
            return told.isoformat()
        clerk.voice.problems([problem("SSJ-E038", value=typed)], total=False)


def _moment(text: str) -> datetime | None:
    """A time as people write it; a day alone is none."""
    match = _TIME.fullmatch(text)
    if match is None:
        return moment(text) if ":" in text else None
    year, month, day, hour, minute, second = (int(part) if part else 0 for part in match.groups())
    try:
        date = datetime(year, month, day, tzinfo=BEIJING) if match[1] else beijing(clock.today())
        return date.replace(hour=hour, minute=minute, second=second, microsecond=0)
    except ValueError:
        return None


def names_in(text: str) -> tuple[str, ...]:
    """Names parted by `、`, commas or semicolons of either width, each once."""
    parts = (unicodedata.normalize("NFC", p).strip() for p in re.split("[、，,；;]", text))
    return tuple(dict.fromkeys(p for p in parts if p))
