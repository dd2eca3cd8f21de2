"""What an office should see before a draw although nothing forbids it."""

from collections import Counter
from typing import Final

from ssj_core.problems import Problem, problem
from ssj_core.sealed import Sealed

SMALL: Final = 5
"""A class of fewer subjects is warned about: its members can foresee the draw."""


def remarks(sealed: Sealed) -> tuple[Problem, ...]:
    """Warnings about what was sealed: classes that are very small."""
    held = Counter(s.stratum for s in sealed.subjects)
    sizes = {c.id: sum(held[s] for s in c.strata) for c in sealed.rules.ratio.classes}
    return tuple(problem("SSJ-S026", value=name, size=size) for name, size in sizes.items() if size < SMALL)
