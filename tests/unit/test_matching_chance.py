"""Over many seeds everything possible happens, and to equals equally often."""

from collections import Counter

from ssj_core.matching import Instance, MatchOfficer, Place, Visit, match

from .test_matching_oracle import fair_rosters, rosters


def test_every_fair_pair_occurs_over_many_seeds() -> None:
    instance = Instance(
        [MatchOfficer(o, 9, int(o == "e")) for o in "abcdef"],
        {"lead": ("a", "b", "e"), "any": tuple("abcdef")},
        [Visit(f"v{n}", (Place("lead", "lead"), Place("member", "any"))) for n in range(3)],
        {"v0": {"a": "kin"}, "v2": {"b": "last", "f": "leave"}},
    )
    possible = {pair for roster in fair_rosters(instance, rosters(instance)) for pair in roster.items()}
    seen = {
        ((visit.id, place.number), place.officer)
        for seed in range(400)
        for visit in match(instance, f"{seed:064x}").visits
        for place in visit.places
    }
    assert seen == possible


def test_equal_officers_are_drawn_equally_often() -> None:
    instance = Instance(
        [MatchOfficer(o, 9) for o in "abcd"],
        {"any": tuple("abcd")},
        [Visit("v", (Place("x", "any"), Place("y", "any")))],
    )
    pairs = Counter(match(instance, f"{seed:064x}").teams["v"] for seed in range(1200))
    assert len(pairs) == 12
    assert all(60 < n < 145 for n in pairs.values())  # 100 expected, standard deviation 9.6
