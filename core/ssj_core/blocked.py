"""Why a team cannot be completed, in the office's words: names beside ids, reasons beside codes (SPEC §8.5)."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from attrs import evolve

from ssj_core.matching import Infeasible
from ssj_core.matching.bottleneck import BlockedExclusion
from ssj_core.tables import OfficerRow, RecusalRow, SubjectRow
from ssj_core.teams import NOT_QUALIFIED

_OTHER_FIELD: Final = "执法领域不符"


def named(
    answer: Infeasible, subjects: Iterable[SubjectRow], officers: Sequence[OfficerRow], recusals: Iterable[RecusalRow]
) -> Infeasible:
    """The same answer, told with the names and the reasons of the sealed tables."""
    names = {s.id: f"{s.id} {s.name}".rstrip() for s in subjects}
    names |= {o.id: f"{o.id} {o.name}".rstrip() for o in officers}
    why = {(r.subject, r.officer, r.rule): f"{r.reason}，{r.rule}" for r in recusals}
    why |= {(e.visit, e.officer, NOT_QUALIFIED): _OTHER_FIELD for one in answer.bottlenecks for e in one.exclusions}
    told = (evolve(one, exclusions=tuple(_said(e, why) for e in one.exclusions)) for one in answer.bottlenecks)
    return Infeasible(answer.bottlenecks, names, tuple(told), answer.certificates)


def _said(one: BlockedExclusion, why: Mapping[tuple[str, str, str], str]) -> BlockedExclusion:
    return evolve(one, reason=why.get((one.visit, one.officer, one.reason), one.reason))
