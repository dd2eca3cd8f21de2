"""A value of the entropy that lost a leading zero: found by putting it back, never by guessing (SPEC §6.1)."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final

from attrs import evolve

from ssj_core.problems import Problem, problem
from ssj_core.record import FILE, EntropyPart, Record
from ssj_core.seed import seed
from ssj_core.structuring import shown
from ssj_core.verify.assurance import Appointed, mistakes

_RUN: Final = re.compile("(?<![0-9])[0-9]")
_PLACES: Final = 60
"""Places tried: witnesses do not say more numbers."""
_LONGEST: Final = 400
"""Characters of what was typed; what a beacon prints is longer, and nobody types it."""


def lost_zeros(record: Record, evidence: Sequence[Appointed]) -> dict[int, Problem]:
    """By number of the source: that its value lost a zero, because with the zero it gives the seed or is sound."""
    found = {}
    values = [part.evidence().value for part in record.entropy]
    seeded = _seed(record, values) == record.seed
    for n, (part, (_, appointed)) in enumerate(zip(record.entropy, evidence, strict=True)):
        for whole in _zeros(part.canonical) if not seeded else ():
            if _seed(record, [*values[:n], f"{part.source}:{whole}", *values[n + 1 :]]) == record.seed:
                found[n] = _lost(part, n, "canonical", part.canonical, whole)
                break
        else:
            if not any(mistakes([(part.evidence(), appointed)])) or len(part.raw) > _LONGEST or "{" in part.raw:
                continue
            for whole in _zeros(part.raw):
                if not any(mistakes([(evolve(part.evidence(), raw=whole), appointed)])):
                    found[n] = _lost(part, n, "raw", part.raw, whole)
                    break
    return found


def _lost(part: EntropyPart, n: int, name: str, value: str, right: str) -> Problem:
    return problem(
        "SSJ-V073",
        file=FILE,
        field=f"entropy[{n + 1}].{name}",
        value=shown(value),
        right=shown(right),
        source=part.source,
    )


def _zeros(text: str) -> Iterator[str]:
    """The text with zeros before it, or before a number in it."""
    places = dict.fromkeys((0, *(match.start() for match in _RUN.finditer(text))))
    for place in islice(places, _PLACES):
        for count in (1, 2, 3):
            yield text[:place] + "0" * count + text[place:]


def _seed(record: Record, values: Sequence[str]) -> str:
    try:
        return seed(record.commitment.value, values)
    except ValueError:
        return ""
