"""Which items of the sealed checklists a subject is inspected on: those of its sectors and of its kind."""

from typing import Final, NamedTuple

from ssj_core.model import PERSON_KINDS
from ssj_core.rules.effective import EffectiveRules, SealedChecklist, SealedItem
from ssj_core.tables import SubjectRow

_PERSON: Final = "注册执业人员"


class Chosen(NamedTuple):
    """The items of one checklist for one subject; not `matching`: none names its kind, so all are listed."""

    checklist: SealedChecklist
    items: tuple[SealedItem, ...]
    matching: bool


def items_for(rules: EffectiveRules, subject: SubjectRow) -> tuple[Chosen, ...]:
    """By checklist, in the order of the rules. A checklist without any item for the kind is listed whole.

    Of a batch over the whole roster only the sectors of the subject count; a subject without one is asked on all.
    """
    lists = [c for c in rules.checklists if c.sector in subject.sectors or c.title in subject.sectors]
    made = [_chosen(c, subject.kind) for c in lists or rules.checklists]
    if any(c.matching for c in made):  # a firm of several sectors: those that have nothing for its kind are left out
        made = [c for c in made if c.matching]
    return tuple(c for c in made if c.items)


def _chosen(checklist: SealedChecklist, kind: str) -> Chosen:
    name = _PERSON if kind in PERSON_KINDS else kind
    found = tuple(i for i in checklist.items if not i.kinds or name in i.kinds)
    return Chosen(checklist, found or checklist.items, bool(found))
