"""Bad plans: step 3, the sealed rules say otherwise than the plan that was published; every digest is right."""

from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from attrs import evolve

from ssj_core.rules.effective import SealedReplacement
from tests.vectors.spoiled.base import data, forged, sealed
from tests.vectors.spoiled.vector import Vector, bad


def vectors() -> Iterator[tuple[str, Vector]]:
    """Name and vector."""
    for name, change in RULES.items():
        files = forged(evolve(sealed(), rules=evolve(sealed().rules, **change)))
        yield f"plan-another-{name}", bad(f"rules and plan differ: {name}", "9.9", 3, "SSJ-V050", files)
    for name, (old, new) in PLAN.items():
        files = forged(evolve(sealed(), plan=data(old, new)(sealed().plan)))
        yield f"plan-another-{name}", bad(f"rules and plan differ: {name}", "9.9", 3, "SSJ-V050", files)
    plan = data("format = ", "# format = ")(sealed().plan)
    yield "plan-unreadable", bad("the plan has no format", "9.9", 3, "SSJ-V007", forged(evolve(sealed(), plan=plan)))


RULES: Final[dict[str, dict[str, Any]]] = {
    "title": {"plan": "别的计划"},
    "document-number": {"document_no": "阜建〔2021〕1号"},
    "year": {"year": 2020},
    "ruleset": {"ruleset": "u"},
    "assurance": {"assurance": "E0"},
    "policy": {"policy": "c"},
    "first-day": {"start": date(2021, 3, 2)},
    "last-day": {"end": date(2021, 4, 29)},
    "replacement": {"replacement": SealedReplacement(mode="R3")},
}
"""What the forger sealed."""

PLAN: Final[dict[str, tuple[str, str]]] = {
    "bureau": ('bureau = "测试局"', 'bureau = "别的局"'),
    "batch": ('id = "b"', 'id = "c"'),
    "plan-id": ('id = "p"', 'id = "q"'),
    "entropy-source": ('source = "text"', 'source = "os"'),
    "entropy-source-of-the-batch": ('policy = "b"', 'policy = "b", entropy = [{ source = "os" }]'),
}
"""What stands in the plan that was published."""
