"""What can be foreseen before a draw: who may hold which place of the subjects that may be drawn (SPEC §8.1).

Whoever controls eligibility controls the draw: a place that only one officer can hold is certain before any lot.
"""

from typing import Final

from attrs import frozen

from ssj_core.kinds import kinds
from ssj_core.problems import Problem, problem
from ssj_core.sealed import Sealed
from ssj_core.seating import Seating

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


def foresee(sealed: Sealed) -> tuple[Foreseen, ...]:
    """Possible officers of every place of the subjects that may be drawn; places with the same ones once."""
    found: dict[tuple[int, str, tuple[str, ...]], list[str]] = {}
    seating = Seating(sealed.rules.team, sealed.officers)
    for kind in kinds(sealed):
        for n, (seat, able) in enumerate(seating.able(kind.subjects[0], kind.recusals), start=1):
            found.setdefault((n, seat.role, able), []).extend(s.id for s in kind.subjects)
    return tuple(Foreseen(n, role, able, tuple(ids)) for (n, role, able), ids in found.items())


def warnings(sealed: Sealed) -> tuple[Problem, ...]:
    """One warning for every place that is certain or has fewer than three possible officers, the scarcest first."""
    names = {o.id: o.name for o in sealed.officers} | {s.id: s.name for s in sealed.subjects}
    told = []
    for one in sorted(foresee(sealed), key=lambda f: (len(f.able), f.place)):
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
