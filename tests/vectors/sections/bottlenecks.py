"""§8.9: why no complete roster exists, by counting."""

import json
from typing import Any

from ssj_core.matching import Infeasible, Instance, MatchOfficer, Place, Visit, counted, match
from ssj_core.verify.bottleneck import verify_bottlenecks
from tests.vectors.sections.shared import Case, agree


def bottleneck_cases() -> list[Case]:
    """Three places of a lead, two who may lead, once each; and the same with a single thing changed."""
    officers = [MatchOfficer("officer:甲", 1), MatchOfficer("officer:乙", 1), MatchOfficer("officer:丙", 9)]
    classes = {"主办": ["officer:甲", "officer:乙"], "各股室": [o.id for o in officers]}
    visits = [Visit(f"test:{n}", [Place("主办", "主办"), Place("协办", "各股室")]) for n in (1, 2, 3)]
    kin = {"test:3": {"officer:乙": "kin"}}
    try:
        match(Instance(officers, classes, visits, kin), "0" * 64)
    except Infeasible as no:
        good = counted.encode("t-1", no.certificates)
    (one,) = json.loads(good)["bottlenecks"]
    assert (one["needed"], one["capacity"]) == (3, 2)
    first, *places = one["places"]
    ming, yi = (
        {"id": "officer:丁", "cap": 9, "visits": 3},
        {"visit": "test:1", "officer": "officer:乙", "reason": "kin"},
    )
    without, extra = {**one, "places": places}, {"visit": "test:1", "officer": "officer:丙", "reason": "kin"}
    rows = one["officers"]
    changed: dict[str, Any] = {
        "place-removed": without,
        "place-removed-and-counted": {**without, "needed": 2},
        "place-twice": {**one, "places": [first, *one["places"]], "needed": 4},
        "place-out-of-order": {**one, "places": [*places, first]},
        "place-zero": {**one, "places": [{**first, "number": 0}, *places]},
        "place-of-another-class": {**one, "places": [{**first, "class": "各股室"}, *places]},
        "cap-changed": {**one, "officers": [rows[0], {**rows[1], "cap": 2}]},
        "cap-changed-and-counted": {**one, "officers": [rows[0], {**rows[1], "cap": 2}], "capacity": 3},
        "cap-negative": {**one, "officers": [rows[0], {**rows[1], "cap": -1}]},
        "officer-left-out": {**one, "officers": rows[1:]},
        "officer-of-no-class": {**one, "officers": sorted([*rows, ming], key=lambda o: str(o["id"]))},
        "member-left-out": {**one, "classes": {"主办": classes["主办"][:1]}},
        "exclusion-added": {**one, "exclusions": [yi, *one["exclusions"]]},
        "exclusion-of-no-member": {**one, "exclusions": [extra, *one["exclusions"]]},
        "exclusion-removed": {**one, "exclusions": one["exclusions"][1:]},
        "needed-changed": {**one, "needed": 4},
        "capacity-changed": {**one, "capacity": 1},
        "number-a-truth": {**one, "capacity": True},
        "another-key": {**one, "note": "x"},
        "exclusions-out-of-order": {
            **one,
            "exclusions": [*one["exclusions"], yi],
            "officers": [{**rows[0], "visits": 1}, *rows[1:]],
        },
        "class-out-of-order": {**one, "classes": {"主办": classes["主办"]}},
        "class-of-no-place": {**one, "classes": {**one["classes"], "各股室": []}},
        "officers-out-of-order": {**one, "officers": rows[::-1]},
        "role-that-rings": {**one, "places": [{**first, "role": "主办\u0007"}, *places]},
        "role-empty": {**one, "places": [{**first, "role": ""}, *places]},
    }
    cases = {name: counted.encode("t-1", [value]).decode() for name, value in changed.items()}
    cases |= {
        "second-one-wrong": counted.encode("t-1", [one, without]).decode(),
        "none": counted.encode("t-1", []).decode(),
        "of-no-draw": counted.encode("", [one]).decode(),
    }
    cases |= {"blank-added": good.decode().replace(":", ": ", 1), "no-line-end": good.decode()[:-1]}
    unknown = {"newer": good.decode().replace("bottleneck/1", "bottleneck/2"), "no-json": "x\n", "a-list": "[]\n"}
    verdicts = [("counted", good.decode(), "holds")]
    verdicts += [(name, text, "fails") for name, text in cases.items()]
    verdicts += [(name, text, "unknown") for name, text in unknown.items()]
    for name, text, typed in verdicts:
        agree(f"bottleneck {name}", verify_bottlenecks(text.encode(), "x.json").arithmetic, typed)
    return [{"name": name, "text": text, "expect": expect} for name, text, expect in verdicts]
