"""Bad plans: step 3, the sealed rules say otherwise than the plan that was published; every digest is right."""

from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from attrs import evolve

from ssj_core.entropy.model import Evidence
from ssj_core.rules.effective import RosterPin, SealedEntropy, SealedReplacement
from tests.vectors.spoiled.base import data, forged, sealed
from tests.vectors.spoiled.vector import Vector, bad

_LIST: Final = RosterPin(role="inspections", file="past.csv", sha256="a" * 64, encoding="UTF-8", sheet="", rows=1)


def vectors() -> Iterator[tuple[str, Vector]]:
    """Name and vector."""
    for name, change in RULES.items():
        files = forged(evolve(sealed(), rules=evolve(sealed().rules, **change)))
        yield f"plan-another-{name}", bad(f"rules and plan differ: {name}", "9.9", 3, "SSJ-V050", files)
    for name, (old, new) in PLAN.items():
        files = forged(evolve(sealed(), plan=data(old, new)(sealed().plan)))
        yield f"plan-another-{name}", bad(f"rules and plan differ: {name}", "9.9", 3, "SSJ-V050", files)
    yield from _events()
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
    "list-of-inspections": {"rosters": (*sealed().rules.rosters, _LIST)},
    "replacement": {"replacement": SealedReplacement(mode="R3")},
}
"""What the forger sealed."""


def _events() -> Iterator[tuple[str, Vector]]:
    """The plan names an event, another one was sealed; of whose evidence nothing is asked, for step 3 comes first."""
    for name, (source, named, sealed_so) in EVENTS.items():
        plan = data('source = "text"', f'source = "{source}", params = {{ {named} }}')(sealed().plan)
        rules = evolve(sealed().rules, entropy=(SealedEntropy(source=source, appointed=sealed_so),))
        evidence = Evidence(source=source, raw="1", canonical="1")
        files = forged(evolve(sealed(), plan=plan, rules=rules), [evidence])
        yield (
            f"plan-another-{name}",
            bad(f"the plan names one event, sealed is another: {name}", "9.12", 3, "SSJ-V050", files),
        )


EVENTS: Final[dict[str, tuple[str, str, dict[str, str]]]] = {
    "round": ("drand", 'round = "5"', {"network": "quicknet", "round": "15"}),
    "network": ("drand", 'network = "default"', {"network": "quicknet", "round": "15"}),
    "round-of-none": ("drand", 'round = "5"', {}),
    "pulse": ("nist", 'pulse = "7"', {"chain": "2", "pulse": "17"}),
    "chain": ("nist", 'chain = "1"', {"chain": "2", "pulse": "17"}),
    "pulse-time": ("nist", 'time = "2021-03-02T10:00+08:00"', {"chain": "2", "time": "2021-03-02T02:01:00Z"}),
    "issue": ("dlt", 'issue = "21024"', {"game": "dlt", "issue": "2021025"}),
    "issue-of-more-digits": ("ssq", 'issue = "24"', {"game": "ssq", "issue": "2021024"}),
    "date": ("ssq", 'date = "2021-03-02"', {"game": "ssq", "issue": "2021024", "date": "2021-03-04"}),
    "label": ("reveal", 'label = "1"', {"label": "p-b-1"}),
    "deadline": ("reveal", 'deadline = "2021-03-02"', {"deadline": "2021-03-02T10:00:00+08:00"}),
    "party": (
        "reveal",
        f'parties = "甲={"a" * 64};乙={"b" * 64}"',
        {"parties": f"甲={'a' * 64};丙={'b' * 64}"},
    ),
}

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
