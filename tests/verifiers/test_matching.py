"""The independent verifier of a matching: every true roster passes, every other one is refused, however even it is."""

from collections import Counter
from typing import Any

import pytest

from ssj_core.matching import Instance, input_digest
from tests.unit.test_matching_confirm import teams_of
from tests.unit.test_matching_oracle import fair_rosters, rosters, tiny
from tests.unit.test_matching_plain import office, quick
from tests.verifiers.independent import SSJ, fillable


def given(instance: Instance) -> dict[str, Any]:
    """The question as the file has it."""
    return {
        "officers": [(o.id, o.cap, o.history) for o in instance.officers],
        "classes": dict(instance.classes),
        "visits": {v.id: [(place.role, place.klass) for place in v.places] for v in instance.visits},
        "exclusions": {v: dict(reasons) for v, reasons in instance.exclusions.items()},
        "evenness": instance.evenness,
        "widen": instance.widen,
        "avoid": instance.avoid,
    }


def test_true_rosters_pass_and_all_others_are_refused() -> None:
    passed, refused = 0, Counter[bool]()
    for number in range(400):
        instance, seed = tiny(number), f"{number * 17:064x}"
        every, question, digest = rosters(instance), given(instance), input_digest(instance)
        assert fillable(question) == bool(every)
        right = quick(instance, seed)
        if right is None:
            continue
        assert SSJ.match(seed, digest, question, right.teams)["key"] == right.key
        passed += 1
        fair = fair_rosters(instance, every)
        for roster in [*fair[:12], *every[:6]]:
            teams = teams_of(instance, roster)
            if teams != right.teams:
                with pytest.raises(ValueError, match="must be" if roster in fair else "not fair"):
                    SSJ.match(seed, digest, question, teams)
                refused[roster in fair] += 1
    assert passed > 120
    assert refused[True] > 400
    assert refused[False] > 80


def test_a_roster_of_another_seed_is_refused() -> None:
    refused = 0
    for number in range(40):
        instance = office(number)
        question, digest = given(instance), input_digest(instance)
        right, other = quick(instance, f"{number:064x}"), quick(instance, f"{number + 1:064x}")
        if right is None or other is None:
            continue
        assert SSJ.match(f"{number:064x}", digest, question, right.teams)
        if other.teams != right.teams:
            with pytest.raises(ValueError, match="must be"):
                SSJ.match(f"{number:064x}", digest, question, other.teams)
            refused += 1
    assert refused > 12
