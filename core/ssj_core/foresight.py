"""What can be foreseen before a draw: who may hold which place of the subjects that may be drawn (SPEC §8.1, §8.3).

Whoever controls eligibility controls the draw: a place that only one officer can hold is certain before any lot. Where
all subjects are drawn for certain, the fair ranges are known, too, and they may exclude more.
"""

from typing import Final

from attrs import frozen

from ssj_core.kinds import kinds
from ssj_core.matching import Outlook, outlook
from ssj_core.problems import Problem, problem
from ssj_core.sealed import Sealed
from ssj_core.seating import Seating
from ssj_core.teams import instance

FEW: Final = 3
"""Places with fewer possible officers are warned about."""
_SHOWN: Final = 3


@frozen
class Foreseen:
    """One place of subjects that are alike to the officers: its number, its role, who may hold it, whose it is."""

    place: int
    role: str
    able: tuple[str, ...]
    subjects: tuple[str, ...]


def certain(sealed: Sealed) -> bool:
    """Whether every subject is drawn for certain, so that nothing but the teams is left to the lot."""
    return sum(q.quota for q in sealed.quotas) == len(sealed.subjects)


def known(sealed: Sealed) -> Outlook | None:
    """The ranges and who is possible inside them, where every subject is drawn for certain and can have its team."""
    if not certain(sealed):
        return None
    return outlook(instance(sealed.rules.team, list(sealed.subjects), sealed.officers, sealed.recusals))


def foresee(sealed: Sealed, outlook: Outlook | None = None) -> tuple[Foreseen, ...]:
    """Possible officers of every place of the subjects that may be drawn; places with the same ones once.

    With the `outlook` of a draw whose subjects are certain, those that some fair roster has there: no more, no less.
    Else those who are eligible: who is drawn decides the ranges, and they may exclude some in a certain draw.
    """
    found: dict[tuple[int, str, tuple[str, ...]], list[str]] = {}
    seating = Seating(sealed.rules.team, sealed.officers)
    for kind in kinds(sealed):
        inside = outlook.possible(kind.subjects[0].id) if outlook else None  # of subjects that are alike the same
        for n, (seat, able) in enumerate(seating.able(kind.subjects[0], kind.recusals), start=1):
            may = inside[n - 1] if inside else able
            found.setdefault((n, seat.role, may), []).extend(s.id for s in kind.subjects)
    return tuple(Foreseen(n, role, able, tuple(ids)) for (n, role, able), ids in found.items())


def warnings(sealed: Sealed) -> tuple[Problem, ...]:
    """One warning for every place that is certain or has fewer than three possible officers, the scarcest first."""
    names = {o.id: o.name for o in sealed.officers} | {s.id: s.name for s in sealed.subjects}
    told = []
    for one in sorted(foresee(sealed, known(sealed)), key=lambda f: (len(f.able), f.place)):
        if 0 < len(one.able) < FEW:
            more = "…" if len(one.subjects) > _SHOWN else ""
            shown = "、".join(names[s] or s for s in one.subjects[:_SHOWN]) + more
            who = "、".join(f"{names[o]}（{o}）" for o in one.able)
            told.append(
                problem(
                    "SSJ-M010" if len(one.able) == 1 else "SSJ-M011",
                    value=one.place,
                    role=one.role,
                    role_en="lead" if one.place == 1 else "member",
                    count=len(one.subjects),
                    examples=shown,
                    names=who,
                    able=len(one.able),
                )
            )
    return tuple(told)
