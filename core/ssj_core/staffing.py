"""SPEC §8: before anything is sealed, can every subject that may be drawn get its team?"""

from collections import defaultdict

from ssj_core.matching import Infeasible, match
from ssj_core.problems import Problem, RefusedError, problem
from ssj_core.sealed import Sealed
from ssj_core.tables import RecusalRow, SubjectRow
from ssj_core.teams import instance

_ANY_SEED = "0" * 64  # whether a roster exists does not depend on the seed


def check_staffing(sealed: Sealed) -> None:
    """Refuse a draw whose outcome could leave a subject without its team.

    As nobody's number of visits is limited, a complete roster exists for every outcome if each subject alone can be
    staffed. Subjects that look alike to the officers are tried once.

    Raises:
        RefusedError: naming for each such group what blocks, with officers, reasons and the smallest remedies.
    """
    drawable = {q.stratum for q in sealed.quotas if q.quota}
    against: dict[str, list[RecusalRow]] = defaultdict(list)
    for row in sealed.recusals:
        against[row.subject].append(row)
    groups: dict[object, list[SubjectRow]] = {}
    for subject in sealed.subjects:
        if subject.stratum in drawable:
            who = tuple((r.officer, r.rule) for r in against[subject.id])
            groups.setdefault((subject.sectors, subject.section, who), []).append(subject)
    blocked: list[Problem] = []
    for group in groups.values():
        first = group[0]
        try:
            match(instance(sealed.rules.team, [first], sealed.officers, against[first.id]), _ANY_SEED)
        except Infeasible as answer:
            blocked.extend(answer.problems)
            if len(group) > 1:
                blocked.append(problem("SSJ-M003", value=len(group) - 1, first=first.id))
    if blocked:
        raise RefusedError(blocked)
