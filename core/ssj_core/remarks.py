"""What an office should see before a draw although nothing forbids it."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Final

from ssj_core.foresight import warnings
from ssj_core.limits import limit_words
from ssj_core.misspelt import misspelt
from ssj_core.model import Officer, Subject
from ssj_core.office import Office
from ssj_core.problems import Problem, problem
from ssj_core.rules.untouched import untouched
from ssj_core.sealed import Sealed
from ssj_core.text import Text

SMALL: Final = 5
"""A class of fewer subjects is warned about: its members can foresee the draw."""


def remarks(
    sealed: Sealed, officers: Sequence[Officer] = (), subjects: Sequence[Subject] = (), office: Office | None = None
) -> tuple[Problem, ...]:
    """Warnings about what was sealed, from both rosters and, with `office`, from its rules.

    Classes that are very small, places that few can hold, limits used up, certificates that end within the batch, leave
    of those who are drawn all the same, recusals that no rule asks about, items left as a scaffold wrote them, classes
    that a rule probably misspells.
    """
    held = Counter(s.stratum for s in sealed.subjects)
    sizes = {c.id: sum(held[s] for s in c.strata) for c in sealed.rules.ratio.classes}
    found = [problem("SSJ-S026", value=name, size=size) for name, size in sizes.items() if size < SMALL]
    found += _used_up(sealed)
    found += _ending(officers, sealed.rules.start, sealed.rules.end, {e.id for e in sealed.excluded})
    found += [*_on_leave(sealed, officers), *_without_effect(sealed, officers, subjects)]
    found += misspelt(office, sealed) if office else ()
    return (*found, *untouched(sealed.rules), *warnings(sealed))


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


def _on_leave(sealed: Sealed, officers: Iterable[Officer]) -> Iterator[Problem]:
    """Officers who may be drawn and are away for some days of the batch."""
    pool, start, end = {o.id for o in sealed.officers}, sealed.rules.start, sealed.rules.end
    for one in officers:
        away = [stretch for stretch in one.leave if stretch.first <= end and start <= stretch.last]
        if away and one.id in pool:
            zh = "、".join(f"{a.first.isoformat()}至{a.last.isoformat()}" for a in away)
            told = Text(zh, ", ".join(f"{a.first.isoformat()} to {a.last.isoformat()}" for a in away))
            yield problem("SSJ-S068", row=one.row or None, value=told, name=one.name)


def _without_effect(sealed: Sealed, officers: Iterable[Officer], subjects: Iterable[Subject]) -> list[Problem]:
    """Recusals that stand in a roster, between two who take part, and that no rule of the ruleset asked about."""
    told = {(r.subject, r.officer) for r in sealed.recusals}
    pairs = {(s, o.id) for o in officers for s in o.recused} | {(s.id, o) for s in subjects for o in s.recused}
    names = {s.id: s.name for s in sealed.subjects} | {o.id: o.name for o in sealed.officers}
    lost = sorted((s, o) for s, o in pairs if (s, o) not in told and s in names and o in names)
    if not lost:
        return []
    subject, officer = lost[0]
    return [problem("SSJ-S067", value=len(lost), officer=names[officer], subject=names[subject])]


def _ending(officers: Iterable[Officer], start: date, end: date, out: set[str]) -> list[Problem]:
    """Officers left out although their certificate is valid when the batch begins."""
    return [
        problem("SSJ-S064", row=o.row or None, value=o.valid_until, name=o.name, end=end)
        for o in officers
        if start <= o.valid_until < end and o.id in out
    ]
