"""What may go into a matching, and that all of it is in the digest."""

from typing import Any

import pytest
from attrs import evolve

from ssj_core.matching import Infeasible, Instance, MatchOfficer, Place, Visit, confirm, input_digest, match

from .test_matching import GOLDEN, SEED


@pytest.mark.parametrize("seed", ["", "0" * 63, "0" * 65, "g" * 64, "A" * 64, "0" * 63 + "\n", None, 0])
def test_seed_must_be_64_hex_digits(seed: Any) -> None:
    with pytest.raises(ValueError, match="seed"):
        match(GOLDEN, seed)


def test_digest_given_must_be_64_hex_digits() -> None:
    with pytest.raises(ValueError, match="digest"):
        match(GOLDEN, SEED, digest="1" * 63)


@pytest.mark.parametrize("text", ["", "a\nb", "a\tb", "\x7f", "e\u0301", "\ud800", 7, None])
def test_ids_are_clean_text(text: Any) -> None:
    for make in (
        lambda: MatchOfficer(text, 1),
        lambda: Visit(text, [Place("r", "c")]),
        lambda: Place(text, "c"),
        lambda: Place("r", text),
        lambda: Instance([], {text: ()}, []),
        lambda: evolve(GOLDEN, exclusions={"E1": {"A": text}}),
    ):
        with pytest.raises(ValueError, match=r"must be|control|NFC"):
            make()


@pytest.mark.parametrize("number", [-1, 1.0, True, "1", None])
def test_numbers_are_integers_from_0(number: Any) -> None:
    for make in (
        lambda: MatchOfficer("A", number),
        lambda: MatchOfficer("A", 1, number),
        lambda: evolve(GOLDEN, widen=number),
    ):
        with pytest.raises(ValueError, match="integer"):
            make()


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"officers": [*GOLDEN.officers, MatchOfficer("A", 1)]}, "officer 'A' is given twice"),
        ({"visits": [*GOLDEN.visits, GOLDEN.visits[0]]}, "visit 'E1' is given twice"),
        ({"classes": {**GOLDEN.classes, "lead": ("A", "A")}}, "'A' is given twice"),
        ({"classes": {**GOLDEN.classes, "lead": ("Z",)}}, "officer 'Z' is unknown"),
        ({"classes": {"lead": ("A",)}}, "class 'any' is unknown"),
        ({"exclusions": {"E9": {"A": "kin"}}}, "visit 'E9' is unknown"),
        ({"exclusions": {"E1": {"Z": "kin"}}}, "officer 'Z' is unknown"),
        ({"avoid": [("A", "Z")]}, "officer to avoid 'Z' is unknown"),
        ({"avoid": [("A", "A")]}, "must be two"),
        ({"avoid": [("A", "B", "C")]}, "must be two"),
        ({"avoid": [("A", "B"), ("B", "A")]}, "'A / B' is given twice"),
        ({"evenness": "loose"}, "evenness"),
        ({"evenness": "strict", "widen": 1}, "widen"),
    ],
)
def test_a_wrong_instance_is_refused(change: dict[str, Any], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        evolve(GOLDEN, **change)


def test_a_visit_needs_a_place() -> None:
    with pytest.raises(ValueError, match="no place"):
        Visit("E1", ())


def test_an_instance_cannot_be_changed_behind_its_back() -> None:
    classes, exclusions = {"c": ["A"]}, {"v": {"A": "kin"}}
    instance = Instance([MatchOfficer("A", 1)], classes, [Visit("v", [Place("r", "c")])], exclusions)
    before = input_digest(instance)
    classes["c"].clear()
    exclusions["v"].clear()
    assert input_digest(instance) == before


@pytest.mark.parametrize(
    "other",
    [
        evolve(GOLDEN, evenness="strict"),
        evolve(GOLDEN, widen=1),
        evolve(GOLDEN, officers=[evolve(o, cap=8) if o.id == "A" else o for o in GOLDEN.officers]),
        evolve(GOLDEN, officers=[evolve(o, history=1) if o.id == "A" else o for o in GOLDEN.officers]),
        evolve(GOLDEN, officers=[*GOLDEN.officers, MatchOfficer("G", 9)]),
        evolve(GOLDEN, classes={**GOLDEN.classes, "lead": ("A", "B")}),
        evolve(GOLDEN, classes={**GOLDEN.classes, "third": ()}),
        evolve(GOLDEN, visits=[evolve(v, places=v.places[::-1]) if v.id == "E2" else v for v in GOLDEN.visits]),
        evolve(GOLDEN, visits=[*GOLDEN.visits, Visit("E6", [Place("lead", "lead")])]),
        evolve(GOLDEN, exclusions={**GOLDEN.exclusions, "E2": {"F": "kin"}}),
        evolve(GOLDEN, exclusions={**GOLDEN.exclusions, "E1": {"A": "last"}}),
        evolve(GOLDEN, avoid=[("A", "B")]),
    ],
)
def test_whatever_is_changed_changes_the_digest(other: Instance) -> None:
    assert input_digest(other) != input_digest(GOLDEN)


def test_who_avoids_whom_is_without_effect() -> None:
    one, other = (evolve(GOLDEN, avoid=pairs) for pairs in ([("A", "B"), ("F", "C")], [("C", "F"), ("B", "A")]))
    assert one == other
    assert input_digest(one) == input_digest(other)


def test_a_thousand_officers_in_a_thousand_classes() -> None:
    """Everybody his own class, and everybody in the class of his neighbour too: searching is by classes."""
    ids = [f"officer:{n:04}" for n in range(1000)]
    officers = [MatchOfficer(o, 2, n % 3) for n, o in enumerate(ids)]
    alone = {f"c{n:04}": (o,) for n, o in enumerate(ids)}
    visits = [Visit(f"v{n:04}", [Place("x", f"c{n:04}")]) for n in range(1000)]
    assert match(Instance(officers, alone, visits), SEED).teams == {f"v{n:04}": (o,) for n, o in enumerate(ids)}
    shared = {f"c{n:04}": (o, ids[n - 1]) for n, o in enumerate(ids)}
    result = match(Instance(officers, shared, visits), SEED)
    assert confirm(Instance(officers, shared, visits), SEED, result.teams) == result
    assert {share.places for share in result.officers} == {0, 1, 2}


def test_a_cap_below_the_history_leaves_room_for_none_or_few() -> None:
    officers = [MatchOfficer("A", 1, 5), MatchOfficer("B", 0, 2), MatchOfficer("C", 9, 0)]
    result = match(
        Instance(officers, {"c": ("A", "B", "C")}, [Visit(f"v{n}", [Place("x", "c")]) for n in range(3)]), SEED
    )
    assert [(o.id, o.low, o.high, o.places) for o in result.officers] == [
        ("A", 0, 0, 0),
        ("B", 0, 0, 0),
        ("C", 2, 3, 3),
    ]


@pytest.mark.parametrize("members", [(), ("A",)])
def test_a_class_of_nobody_or_of_one(members: tuple[str, ...]) -> None:
    instance = Instance([MatchOfficer("A", 9), MatchOfficer("B", 9)], {"c": members}, [Visit("v", [Place("x", "c")])])
    if members:
        assert match(instance, SEED).teams == {"v": ("A",)}
        return
    with pytest.raises(Infeasible, match="nobody may fill 1 “x” place"):
        match(instance, SEED)


def test_more_places_than_officers_of_the_class() -> None:
    instance = Instance(
        [MatchOfficer("A", 9), MatchOfficer("B", 9)], {"c": ("A", "B")}, [Visit("v", [Place("x", "c")] * 3)]
    )
    with pytest.raises(Infeasible, match=r"A \(at most 1\), B \(at most 1\), together at most 2; missing: 1"):
        match(instance, SEED)
