"""What the grammars of typed entropy share: plain signs, whole bits, moments in time, witnesses, near names."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import datetime, timedelta, timezone
from difflib import get_close_matches
from typing import Any, Final

from ssj_core.entropy.model import Evidence
from ssj_core.text import quoted

BEIJING: Final = timezone(timedelta(hours=8))
"""A time without an offset is Beijing time."""

DIGITS: Final = frozenset("0123456789")
"""The digits a canonical value may hold; other scripts have digits too, and Python would take them."""

_TIME: Final = re.compile(
    r"[12][0-9]{3}-[0-9]{2}-[0-9]{2}"
    r"([T ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?(Z|[+-]([01][0-9]|2[0-3]):[0-5][0-9])?)?"
)
"""A day, or a day with a time: narrower than what Python reads as ISO 8601, which differs with its version."""

SEPARATORS: Final = re.compile(r"[\s,]+")
"""What may stand between numbers, in plain signs."""


def plain(text: str) -> str:
    """Full-width digits, letters and signs made plain, `、` made a comma, the wide blank a blank."""
    return "".join(chr(ord(c) - 0xFEE0) if "！" <= c <= "～" else _PLAIN.get(c, c) for c in text)


_PLAIN: Final = {"\u3000": " ", "、": ","}


def whole_bits(outcomes: int) -> int:
    """The floor of log2 of a number of equally likely outcomes, without a float; 0 for none."""
    return max(outcomes.bit_length() - 1, 0)


def moment(text: str) -> datetime | None:
    """A time in the one form of SPEC §6.1, in Beijing time; a day is its first moment. None if it is not one."""
    told = written(text)
    return beijing(told) if told else None


def written(text: str) -> datetime | None:
    """The same, with the offset that is written, or without one."""
    told = plain(text).strip()
    try:
        return datetime.fromisoformat(told) if _TIME.fullmatch(told) else None
    except ValueError:
        return None


def beijing(time: datetime) -> datetime:
    """The same moment in Beijing; a time without an offset is of there already."""
    return time.replace(tzinfo=BEIJING) if time.tzinfo is None else time.astimezone(BEIJING)


def people(names: Iterable[str]) -> tuple[str, ...]:
    """Names as they are told apart, by letters, marks and digits in form NFKC; each once, in their order."""
    parts = (part for name in names for part in re.split("[、，,；;]", name))
    told = ("".join(c for c in unicodedata.normalize("NFKC", p) if unicodedata.category(c)[0] in "LMN") for p in parts)
    return tuple(dict.fromkeys(name for name in told if name))


def attested(evidence: Evidence) -> bool:
    """Whether two or more witnesses, the place and the time are on record."""
    return len(people(evidence.who)) >= 2 and bool(evidence.where.strip()) and moment(evidence.when) is not None


def nearest(wanted: str, known: Iterable[str]) -> dict[str, Any]:
    """The message parts `near` and `near_en`: what was probably meant, or nothing."""
    close = get_close_matches(wanted, sorted(known), n=2, cutoff=0.5)
    if not close:
        return {"near": "", "near_en": ""}
    return {"near": f"。是不是 {' / '.join(close)}？", "near_en": f"; did you mean {' / '.join(map(quoted, close))}?"}
