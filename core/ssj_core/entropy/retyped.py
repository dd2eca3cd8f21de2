"""SPEC §6.10: what was typed for a source and taken back, kept verbatim beside the evidence and told by its judge."""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from ssj_core.entropy.model import Evidence
from ssj_core.problems import Problem, problem
from ssj_core.text import quoted

RETYPED: Final = "retyped"
"""In the details: the texts that were typed before this one and not used, oldest first, one a line."""
CORRECTIONS: Final = "corrections"
"""In the details of dice: what was first typed where it was changed or not taken, one a line."""

_CORRECTION: Final = re.compile(r"([1-9][0-9]{0,5}):(.*)>([0-9]?)")


def kept(given: Mapping[str, str]) -> dict[str, str]:
    """What a source keeps of it in its details; nothing where nothing was taken back."""
    return {RETYPED: given[RETYPED]} if given.get(RETYPED, "").strip() else {}


def told(evidence: Evidence) -> Iterator[Problem]:
    """A warning that the words were typed more than once: whoever was in the room can say why."""
    earlier = evidence.details.get(RETYPED, "")
    if earlier.strip():
        lines = earlier.split("\n")
        yield problem("SSJ-E052", value=len(lines), source=evidence.source, earlier=" / ".join(lines))


def correction(position: int, typed: str, right: str = "") -> str:
    """One line of `corrections`: `right` is the face that stands now, or nothing where what was typed was not taken."""
    return f"{position}:{typed}>{right}"


def corrections(evidence: Evidence, thrown: str) -> Iterator[Problem]:
    """What was changed among the throws: told to everybody, and refused where the throws do not show it."""
    text = evidence.details.get(CORRECTIONS, "")
    if not text.strip():
        return
    lines, last = text.split("\n"), dict[int, str]()
    zh, en = [], []
    for line in lines:
        match = _CORRECTION.fullmatch(line)
        if match is None:
            yield problem("SSJ-E051", value=line)
            return
        number, typed, right = int(match[1]), match[2], match[3]
        if right:
            last[number] = line
            zh.append(f"第 {number} 次 {typed}→{right}")
            en.append(f"throw {number}: {quoted(typed)} became {right}")
        else:
            zh.append(f"第 {number} 次起“{typed}”未采用")
            en.append(f"from throw {number} on: {quoted(typed)} was not taken")
    for number, line in last.items():
        if thrown[number - 1 : number] != line[-1]:
            yield problem("SSJ-E051", value=line)
    yield problem("SSJ-E050", value=len(lines), told="；".join(zh), told_en="; ".join(en))
