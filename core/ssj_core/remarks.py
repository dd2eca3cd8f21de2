"""What an office should see before a draw although nothing forbids it."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Final

from ssj_core.foresight import warnings
from ssj_core.limits import limit_words
from ssj_core.model import Officer
from ssj_core.problems import Problem, problem
from ssj_core.sealed import Sealed

SMALL: Final = 5
"""A class of fewer subjects is warned about: its members can foresee the draw."""


def remarks(sealed: Sealed, officers: Iterable[Officer] = ()) -> tuple[Problem, ...]:
    """Warnings about what was sealed, from the roster of `officers`.

    Classes that are very small, places that few can hold, limits used up, certificates that end within the batch.
    """
    held = Counter(s.stratum for s in sealed.subjects)
    sizes = {c.id: sum(held[s] for s in c.strata) for c in sealed.rules.ratio.classes}
    found = [problem("SSJ-S026", value=name, size=size) for name, size in sizes.items() if size < SMALL]
    found += _used_up(sealed)
    found += _ending(officers, sealed.rules.start, sealed.rules.end, {e.id for e in sealed.excluded})
    return (*found, *warnings(sealed))


def _used_up(sealed: Sealed) -> list[Problem]:
    """Officers whose limit is used up, or below what they did already."""
    over = {o for one in sealed.rules.team.limits for o in one.over}
    told = limit_words(sealed.rules.team.limits)
    return [
        problem(
            "SSJ-S066" if o.id in over else "SSJ-S065",
            value=o.id,
            name=o.name,
            limit=told[o.id].zh,
            limit_en=told[o.id].en,
        )
        for o in sealed.officers
        if not o.cap and o.id in told
    ]


def _ending(officers: Iterable[Officer], start: date, end: date, out: set[str]) -> list[Problem]:
    """Officers left out although their certificate is valid when the batch begins."""
    return [
        problem("SSJ-S064", row=o.row or None, value=o.valid_until, name=o.name, end=end)
        for o in officers
        if start <= o.valid_until < end and o.id in out
    ]
