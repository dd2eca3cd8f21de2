"""The independent verifier and the core agree on every matching: harder questions than an office asks."""

from itertools import combinations
from typing import Any

import attrs
from hypothesis import given, settings
from hypothesis import strategies as st

from ssj_core.matching import Infeasible, Instance, MatchOfficer, Place, Visit, input_digest, match
from tests.verifiers.independent import SSJ, fillable


@st.composite
def questions(draw: st.DrawFn) -> dict[str, Any]:
    ids = [f"o{n}" for n in range(draw(st.integers(1, 6)))]
    classes = {c: draw(st.lists(st.sampled_from(ids), min_size=1, unique=True)) for c in ("a", "b", "甲")}
    place = st.tuples(st.sampled_from(["主办", "协办"]), st.sampled_from(sorted(classes)))
    visits = {f"v{n}": draw(st.lists(place, min_size=1, max_size=3)) for n in range(draw(st.integers(0, 6)))}
    barred = st.dictionaries(st.sampled_from(ids), st.sampled_from(["kin", "leave"]), max_size=2)
    evenness = draw(st.sampled_from(["range", "strict"]))
    return {
        "officers": [(o, draw(st.integers(0, 6)), draw(st.integers(0, 3))) for o in ids],
        "classes": classes,
        "visits": visits,
        "exclusions": {v: found for v in visits if (found := draw(barred))},
        "evenness": evenness,
        "widen": draw(st.integers(0, 1)) if evenness == "range" else 0,
        "avoid": [pair for pair in combinations(sorted(ids), 2) if draw(st.integers(0, 5)) == 0],
    }


@given(questions(), st.integers(0, 2**256 - 1))
@settings(max_examples=400)
def test_they_agree_on_every_matching(question: dict[str, Any], number: int) -> None:
    seed = f"{number:064x}"
    instance = Instance(
        [MatchOfficer(*o) for o in question["officers"]],
        question["classes"],
        [Visit(v, [Place(*p) for p in places]) for v, places in question["visits"].items()],
        question["exclusions"],
        question["evenness"],
        question["widen"],
        question["avoid"],
    )
    value = input_digest(instance)
    assert SSJ.match_digest(question) == value
    try:
        right = attrs.asdict(match(instance, seed))
    except Infeasible:
        assert not fillable(question)
        return
    assert fillable(question)
    teams = {v["id"]: [p["officer"] for p in v["places"]] for v in right["visits"]}
    found = SSJ.match(seed, value, question, teams)
    assert found["share"] == [
        {"officer": o["id"], "low": o["low"], "high": o["high"], "places": o["places"]} for o in right["officers"]
    ]
