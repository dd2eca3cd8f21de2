"""Subjects that may be drawn, grouped by what the officers see of them: sectors, section and recusals."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from attrs import frozen

from ssj_core.sealed import Sealed
from ssj_core.tables import RecusalRow, SubjectRow


@frozen
class Kind:
    """Subjects alike to the officers, at least one; `recusals` are those of the first, `most` can be drawn at once."""

    subjects: tuple[SubjectRow, ...]
    recusals: tuple[RecusalRow, ...]
    most: int


def kinds(sealed: Sealed) -> tuple[Kind, ...]:
    """The kinds of a draw, in the order of their first subjects; strata of quota 0 are left out."""
    quota: Mapping[str, int] = {q.stratum: q.quota for q in sealed.quotas if q.quota}
    against: dict[str, list[RecusalRow]] = defaultdict(list)
    for row in sealed.recusals:
        against[row.subject].append(row)
    groups: dict[object, list[SubjectRow]] = {}
    for subject in sealed.subjects:
        if subject.stratum in quota:
            who = tuple((r.officer, r.rule) for r in against[subject.id])
            groups.setdefault((subject.sectors, subject.section, who), []).append(subject)
    return tuple(Kind(tuple(g), tuple(against[g[0].id]), _most(g, quota)) for g in groups.values())


def _most(group: Sequence[SubjectRow], quota: Mapping[str, int]) -> int:
    held: dict[str, int] = {}
    for subject in group:
        held[subject.stratum] = held.get(subject.stratum, 0) + 1
    return sum(min(n, quota[stratum]) for stratum, n in held.items())
