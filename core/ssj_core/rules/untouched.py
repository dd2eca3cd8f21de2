"""Items of a checklist that still say what the scaffold of `new` wrote, and not what the office inspects."""

from collections.abc import Iterator
from typing import Final

from ssj_core.problems import Problem, problem
from ssj_core.rules.effective import EffectiveRules

TITLES: Final = frozenset({"样例事项一", "样例事项二"})
CONTENT: Final = "检查什么，怎样才算合格。"
"""What the scaffold asks its reader to replace: no item of an office is called so, or says this."""

_TOLD: Final = 5


def untouched(rules: EffectiveRules) -> Iterator[Problem]:
    """One warning for the items of a batch that were left as the scaffold has them."""
    items = [item for listed in rules.checklists for item in listed.items]
    left = [f"{item.id} {item.title}" for item in items if item.title in TITLES or item.content == CONTENT]
    if left:
        yield problem("SSJ-S069", value="、".join(left[:_TOLD]), count=len(left))
