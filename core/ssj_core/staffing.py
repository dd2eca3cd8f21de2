"""SPEC §8: before anything is sealed, can every subject that may be drawn get its team?"""

from collections import Counter
from collections.abc import Iterable
from typing import Final

from attrs import evolve

from ssj_core.blocked import named
from ssj_core.kinds import Kind, kinds
from ssj_core.matching import Infeasible, match
from ssj_core.matching.counted import Certificate
from ssj_core.problems import Problem, RefusedError, problem
from ssj_core.rehearsal import drawn_with, dummy_seed
from ssj_core.sealed import Sealed
from ssj_core.seating import Able, Seating
from ssj_core.tables import SubjectRow
from ssj_core.teams import Seat, instance

_ANY_SEED = "0" * 64  # whether a roster exists does not depend on the seed
REHEARSED: Final = 60
"""So many dummy draws are tried at the most where visits are limited, fewer of large ones."""
_VISITS: Final = 20_000


def check_staffing(sealed: Sealed) -> None:
    """Refuse a draw whose outcome could leave a subject without its team.

    Where nobody's number of visits is limited, a complete roster exists for every outcome if each subject alone can be
    staffed. Subjects that look alike to the officers are tried once. Where it is limited, no quick test is known that
    is right for every outcome: the draw is refused if the lot could draw too many of one kind, or if one of a number
    of dummy draws cannot be staffed (adr/0006).

    Raises:
        RefusedError: naming for each such group what blocks, with officers, reasons and the smallest remedies.
    """
    found = kinds(sealed)
    seating = Seating(sealed.rules.team, sealed.officers)
    blocked: list[Problem] = []
    proofs: list[Certificate] = []
    small: dict[str, list[Kind]] = {}
    for kind in found:
        able = seating.able(kind.subjects[0], kind.recusals)
        if seating.seated(able):
            continue
        if names := _too_small(seating, able):
            small.setdefault(names[0], []).append(kind)
            if len(small[names[0]]) > 1:
                continue  # one proof is enough of a class that is too small for any team
        if answer := _impossible(sealed, [kind.subjects[0]], kind):
            blocked.extend(answer.problems)
            proofs.extend(answer.certificates)
            if len(kind.subjects) > 1:
                blocked.append(problem("SSJ-M003", value=len(kind.subjects) - 1, first=kind.subjects[0].id))
    for name, alike in small.items():
        able = seating.able(alike[0].subjects[0], alike[0].recusals)
        seats = [seat for seat, _ in able if seat.klass == name]
        blocked.insert(
            0,
            problem(
                "SSJ-M014",
                value=name,
                need=len(seats),
                have=len(seating.members(seats[0])),
                count=sum(len(kind.subjects) for kind in alike),
            ),
        )
    visits = sum(q.quota for q in sealed.quotas)
    if not blocked and any(o.cap < visits for o in sealed.officers):
        _limits(sealed, seating, found, visits)
    if blocked:
        raise RefusedError(blocked, proofs)


def _too_small(seating: Seating, able: Iterable[tuple[Seat, Able]]) -> list[str]:
    """Classes of which the team needs more officers than there are, whoever is recused."""
    counts = Counter(seat.klass for seat, _ in able)
    seats = {seat.klass: seat for seat, _ in able}
    return [name for name, count in counts.items() if count > len(seating.members(seats[name]))]


def _limits(sealed: Sealed, seating: Seating, found: tuple[Kind, ...], visits: int) -> None:
    for kind in found:
        if seating.seated(seating.able(kind.subjects[0], kind.recusals), kind.most):
            continue  # the same officers can go to all of them
        drawn = list(kind.subjects[: kind.most])
        if answer := _impossible(sealed, drawn, kind):
            told = problem("SSJ-M012", value=kind.most, first=kind.subjects[0].id)
            raise RefusedError([told, *answer.problems], answer.certificates)
    times = max(5, min(REHEARSED, _VISITS // max(1, visits)))
    for number in range(1, times + 1):
        if answer := _impossible(sealed, drawn_with(sealed, dummy_seed(sealed.rules.draw_id, number))):
            told = problem("SSJ-M013", value=times, number=number)
            raise RefusedError([told, *answer.problems], answer.certificates)


def _impossible(sealed: Sealed, drawn: list[SubjectRow], kind: Kind | None = None) -> Infeasible | None:
    """The answer, with names, if these subjects cannot all have their teams; those of a kind share its recusals."""
    recusals = sealed.recusals
    if kind:
        recusals = tuple(evolve(r, subject=s.id) for s in drawn for r in kind.recusals)
    try:
        match(instance(sealed.rules.team, drawn, sealed.officers, recusals), _ANY_SEED)
    except Infeasible as answer:
        return named(answer, drawn, sealed.officers, recusals)
    return None
