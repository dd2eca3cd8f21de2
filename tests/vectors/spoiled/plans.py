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
    for name, (about, musts, code, old, new) in SHAPES.items():
        files = forged(evolve(sealed(), plan=data(old, new)(sealed().plan)))
        yield f"plan-{name}", bad(about, musts, 3, code, files)


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

SHAPES: Final = {
    "unreadable": ("the plan has no format", "9.3 9.9", "SSJ-V007", "format = ", "# format = "),
    "unknown-field": ("a field that no plan has", "9.3", "SSJ-V006", "year = ", "colour = 1\nyear = "),
    "unknown-field-of-a-batch": ("a field that no batch has", "9.3", "SSJ-V006", 'id = "b"', 'id = "b", colour = 1'),
    "missing-field": ("the plan names no rosters", "9.3", "SSJ-V007", '[rosters.subjects]\nfile = "s.csv"\n', ""),
    "wrong-type": ("the year is text", "9.3", "SSJ-V008", "year = 2021", 'year = "2021"'),
    "day-as-text": ("the last day is text", "9.3", "SSJ-V008", "end = 2021-04-30", 'end = "2021-04-30"'),
}
"""In what form it stands there."""

PLAN: Final[dict[str, tuple[str, str]]] = {
    "bureau": ('bureau = "测试局"', 'bureau = "别的局"'),
    "batch": ('id = "b"', 'id = "c"'),
    "plan-id": ('id = "p"', 'id = "q"'),
    "entropy-source": ('source = "text"', 'source = "os"'),
    "entropy-source-of-the-batch": ('policy = "b"', 'policy = "b", entropy = [{ source = "os" }]'),
}
"""What stands in the plan that was published."""
