"""Parts the items of a joint visit between its departments or sections, by what each is qualified for."""

from typing import NamedTuple

from ssj_core.documents.model import Member, Visit
from ssj_core.rules.effective import EffectiveRules
from ssj_documents.items import Chosen


class Share(NamedTuple):
    """The items of one checklist in a block; `able` are those on the visit qualified for it."""

    chosen: Chosen
    able: tuple[str, ...]


class Block(NamedTuple):
    """One section or department of a visit with its officers and its items; nameless where a visit is not joint."""

    section: str
    members: tuple[Member, ...]
    shares: tuple[Share, ...]
    department: bool = False


def blocks_of(rules: EffectiveRules, visit: Visit, chosen: tuple[Chosen, ...]) -> tuple[Block, ...]:
    """Every item stands in one block; the blocks come in the order of the team, that of the lead first.

    A visit by several departments has a block for each of them, one by sections of the same department one for each
    section. A checklist belongs to the block whose officers are qualified for its sector; where several are, or none
    is, to the first of them, or to the lead's.
    """
    if not rules.joint:
        return (Block("", visit.team, tuple(Share(c, ()) for c in chosen)),)
    departments = len({m.unit for m in visit.team if m.unit}) > 1
    names = tuple(dict.fromkeys(_block(m, departments) for m in visit.team))
    teams = {name: tuple(m for m in visit.team if _block(m, departments) == name) for name in names}
    able = [tuple(n for n in names if any(c.checklist.sector in m.fields for m in teams[n])) for c in chosen]
    return tuple(
        Block(
            name,
            teams[name],
            tuple(Share(c, who) for c, who in zip(chosen, able, strict=True) if (who or names)[0] == name),
            departments,
        )
        for name in names
    )


def _block(member: Member, departments: bool) -> str:
    """The name of the block an officer belongs to."""
    return (member.unit if departments else "") or member.section
