"""Parts the items of a joint visit between its sections: each inspects those of the sectors it is qualified for."""

from typing import NamedTuple

from ssj_core.documents.model import Member, Visit
from ssj_core.rules.effective import EffectiveRules
from ssj_documents.items import Chosen


class Share(NamedTuple):
    """The items of one checklist in the block of a section; `able` are the sections on the visit qualified for it."""

    chosen: Chosen
    able: tuple[str, ...]


class Block(NamedTuple):
    """One section of a visit with its officers and its items; of a visit that is not joint, the one without a name."""

    section: str
    members: tuple[Member, ...]
    shares: tuple[Share, ...]


def blocks_of(rules: EffectiveRules, visit: Visit, chosen: tuple[Chosen, ...]) -> tuple[Block, ...]:
    """Every item stands in one block; the sections come in the order of the team, that of the lead first.

    A checklist belongs to the section whose officers are qualified for its sector; where several are, or none is, to
    the first of them, or to the lead's.
    """
    if not rules.joint:
        return (Block("", visit.team, tuple(Share(c, ()) for c in chosen)),)
    sections = tuple(dict.fromkeys(m.section for m in visit.team))
    able = [tuple(s for s in sections if _qualified(visit, s, c.checklist.sector)) for c in chosen]
    return tuple(
        Block(
            section,
            tuple(m for m in visit.team if m.section == section),
            tuple(Share(c, who) for c, who in zip(chosen, able, strict=True) if (who or sections)[0] == section),
        )
        for section in sections
    )


def _qualified(visit: Visit, section: str, sector: str) -> bool:
    return any(sector in m.fields for m in visit.team if m.section == section)
