"""Fits the protocol of a draw on one page: what is long is cut, and says where the whole stands."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Final
from unicodedata import east_asian_width

from ssj_core.documents.model import Entropy, Stratum, Visit
from ssj_core.entropy.appointed import part_word
from ssj_documents.deadline import moment

LINE: Final = 66
"""Half-width signs that surely fit on a line of the protocol, in whatever font."""

_SOURCES: Final = 5
_LINES: Final = 12
_EVENT: Final = 16
_STRATA_LINES: Final = 4
_NAME: Final = 40
_PLACE: Final = 36
_UNIT: Final = 24
_UNITS: Final = 2 * LINE
_ROWS: Final = 3
_SIGNER: Final = 12
_OFFICE: Final = 22
_PERSON: Final = re.compile(r"([^（(]*)(?:[（(](.*?)[）)]?)?", re.DOTALL)
_WIDE: Final = frozenset("WFA")


def width(text: str) -> int:
    """How many half-width signs a text takes."""
    return sum(2 if east_asian_width(sign) in _WIDE else 1 for sign in text)


def cut(text: str, most: int, *, told: bool = False) -> str:
    """A text of at most so many half-width signs; cut, it ends in …, and where `told` says how long it is."""
    if width(text) <= most:
        return text
    tail = f"…（{len(text)}字符，见抽取记录）" if told else "…"
    room = most - width(tail)
    kept, taken = 0, 0
    for sign in text:
        taken += width(sign)
        if taken > room:
            break
        kept += 1
    return text[:kept] + tail


def sources(entropy: Sequence[Entropy]) -> tuple[list[dict[str, str]], int]:
    """The sources as the protocol shows them, and how many more there are than it has room for."""
    lines = max(2, _LINES // max(1, min(len(entropy), _SOURCES)))
    return [_source(one, lines) for one in entropy[:_SOURCES]], max(0, len(entropy) - _SOURCES)


def strata(found: Sequence[Stratum]) -> tuple[list[dict[str, Any]], int]:
    """As many strata as the protocol has room for, in their order, and how many more there are."""
    shown: list[dict[str, Any]] = []
    room = _STRATA_LINES * LINE
    for one in found:
        name = cut(one.stratum, _NAME)
        room -= width(f"{name}：{one.size} 个中抽 {one.quota} 个；")
        if room < 0:
            break
        shown.append({"分层": name, "对象数": one.size, "抽中": one.quota})
    return shown, len(found) - len(shown)


def _source(one: Entropy, lines: int) -> dict[str, str]:
    """A source in so many lines: its event and value, then who attests it."""
    told = "；".join(t for t in (f"见证人：{'、'.join(one.who)}" if one.who else "", one.where, moment(one.when)) if t)
    below = min(-(-width(told) // LINE) or 1, max(1, lines // 2))
    event = _event(one.appointed)
    room = (lines - below) * LINE - width(one.title) - 6
    event = cut(event, max(room - LINE // 3, LINE // 3))
    return {
        "名称": one.title,
        "约定": event,
        "值": cut(one.canonical, max(room - width(event) - 4, LINE // 2), told=lines - below > 1) if lines > 1 else "",
        "见证": cut(told, below * LINE) or "无人见证",
    }


def _event(appointed: Mapping[str, str]) -> str:
    told = ((key, moment(value), value) for key, value in appointed.items())
    return "，".join(f"{part_word(key)} {time if time != value else cut(value, _EVENT)}" for key, time, value in told)


def departments(visits: Sequence[Visit]) -> str:
    """How many officers each department of a joint batch sends, in brackets; empty where there is only one."""
    units = {one.id: one.unit for visit in visits for one in visit.team if one.unit}
    told = "、".join(f"{cut(unit, _UNIT)} {count} 名" for unit, count in sorted(Counter(units.values()).items()))
    return f"（{cut(told, _UNITS)}）" if told else ""


def present(entropy: Sequence[Entropy]) -> tuple[str, str]:
    """When and where those who attest a source were together, of the first that says it; empty where none does."""
    seen = [one for one in entropy if one.who]
    when = next((moment(one.when, seconds=False) for one in seen if one.when), "")
    return when, cut("、".join(dict.fromkeys(one.where for one in seen if one.where)), _PLACE)


def signing(entropy: Sequence[Entropy]) -> list[dict[str, str]]:
    """The rows the witnesses sign, two to a row: who is known stands there, with what follows the name in brackets."""
    names = list(dict.fromkeys(name for one in entropy for name in one.who))[: 2 * _ROWS]
    split = [_PERSON.fullmatch(name) for name in names]
    known = [(cut(m[1], _SIGNER), cut(m[2] or "", _OFFICE)) if m else ("", "") for m in split]
    known += [("", "")] * (2 * _ROWS - len(known))
    return [
        {"姓名": left[0], "单位": left[1], "另一姓名": right[0], "另一单位": right[1]}
        for left, right in zip(known[::2], known[1::2], strict=True)
    ]
