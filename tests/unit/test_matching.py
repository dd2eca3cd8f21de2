"""The matcher on cases worked out beforehand: vectors, digests, refusals, words, differences."""

import gc
import hashlib
import json
import subprocess
import sys
from typing import Any

import pytest
from attrs import evolve

from ssj_core.matching import (
    Instance,
    Matching,
    MatchOfficer,
    Place,
    Visit,
    confirm,
    input_digest,
    match,
)
from tests.vectors.matchings import build, instance_of, plain_values
from tests.vectors.sections.shared import FOLDER

VECTORS = json.loads((FOLDER / "match.json").read_text("utf-8"))
CASES: dict[str, Any] = {case["name"]: case for case in VECTORS["cases"]}
SEED = "0" * 64


def case(name: str) -> Matching:
    return match(instance_of(CASES[name]["instance"]), CASES[name]["seed"], digest=CASES[name].get("digest"))


GOLDEN = instance_of(CASES["golden"]["instance"])
SHORT = instance_of(CASES["infeasible"]["instance"])


def test_the_file_is_what_the_plain_matching_writes_today() -> None:
    assert (FOLDER / "match.json").read_text("utf-8") == build()


@pytest.mark.parametrize("name", [name for name in CASES if "result" in CASES[name]])
def test_vector(name: str) -> None:
    assert plain_values(case(name)) == CASES[name]["result"]


@pytest.mark.parametrize("name", list(CASES))
def test_input_digest_is_that_of_the_text(name: str) -> None:
    text = "".join(line + "\n" for line in CASES[name]["input"])
    assert input_digest(instance_of(CASES[name]["instance"])) == CASES[name]["input_digest"]
    assert hashlib.sha256(text.encode()).hexdigest() == CASES[name]["input_digest"]


def test_golden_vector_word_by_word() -> None:
    result = case("golden")
    assert result.key == "5d5a242f33ce8f5bd0f0c4b92204060c29ed96adcac699b11c47642248e3f40f"
    assert {o.id: (o.low, o.high, o.level) for o in result.officers} == {
        "A": (1, 2, 2),
        "B": (1, 2, 2),
        "C": (1, 2, 2),
        "D": (1, 2, 2),
        "E": (0, 1, 2),
        "F": (1, 2, 2),
    }
    assert [(v.id, v.lot[:8]) for v in result.visits] == [
        ("E3", "16321862"),
        ("E2", "1c131f5f"),
        ("E4", "310d9610"),
        ("E1", "3b4f1e1c"),
        ("E5", "e4ff23de"),
    ]
    draws = [
        (v.id, p.role, p.pool, [(t.number[:8], t.officer, t.taken) for t in p.tries])
        for v in result.visits
        for p in v.places
    ]
    assert draws == [
        ("E3", "lead", 2, [("bf6f24a2", "E", True)]),
        ("E3", "member", 3, [("400e3c45", "D", True)]),
        ("E2", "lead", 3, [("62a210e4", "A", True)]),
        ("E2", "member", 5, [("f0e225da", "B", False), ("06a98064", "F", True)]),
        ("E4", "lead", 3, [("d1736bb7", "B", True)]),
        ("E4", "member", 5, [("7d72519f", "C", True)]),
        ("E1", "lead", 2, [("dfdbf4a9", "E", False), ("9e083d13", "B", True)]),
        ("E1", "member", 4, [("be3211d3", "C", True)]),
        ("E5", "lead", 2, [("9c4999b3", "A", True)]),
        ("E5", "member", 4, [("a3a0ec7f", "D", True)]),
    ]
    assert result.teams == {
        "E1": ("B", "C"),
        "E2": ("A", "F"),
        "E3": ("E", "D"),
        "E4": ("B", "C"),
        "E5": ("A", "D"),
    }


def test_empty_matching_is_the_printf_of_the_specification() -> None:
    nothing = Instance([], {}, [])
    text = b"ssj.match.input.1\nevenness\trange\nwiden\t0\n"
    assert input_digest(nothing) == hashlib.sha256(text).hexdigest()
    assert match(nothing, SEED).visits == ()


def test_declared_order_of_places_is_kept() -> None:
    turned = evolve(GOLDEN, visits=[evolve(v, places=v.places[::-1]) for v in GOLDEN.visits])
    assert [p.role for p in match(turned, SEED).visits[0].places] == ["member", "lead"]


@pytest.mark.parametrize("evenness", ["range", "strict"])
def test_one_officer_may_have_to_hand_on_many_places(evenness: Any) -> None:
    visits = [Visit(f"v{n:02}", [Place("r", "any" if n < 12 else "only")]) for n in range(20)]
    result = match(
        Instance([MatchOfficer(o, 20) for o in "AB"], {"any": ("A", "B"), "only": ("A",)}, visits, {}, evenness), SEED
    )
    assert [(o.id, o.low, o.high, o.level, o.places) for o in result.officers] == [
        ("A", 9, 10, 10, 10),
        ("B", 9, 10, 10, 10),
    ]


def test_a_colleague_to_avoid_is_drawn_only_after_all_others() -> None:
    kept_apart = evolve(GOLDEN, avoid=[("D", "C"), ("A", "C"), ("B", "C"), ("E", "F")])
    assert kept_apart.avoid == (("A", "C"), ("B", "C"), ("C", "D"), ("E", "F"))
    wish = set(kept_apart.avoid)

    def beside(instance: Instance) -> int:
        drawn = (match(instance, f"{seed:064x}") for seed in range(40))
        return sum(tuple(sorted(team)) in wish for result in drawn for team in result.teams.values())

    assert 3 * beside(kept_apart) < 2 * beside(GOLDEN)
    places = [p for v in match(kept_apart, SEED).visits for p in v.places]
    assert {p.number for p in places if p.set_back} == {2}


def test_colleagues_to_avoid_never_block() -> None:
    only = Instance(
        [MatchOfficer(o, 1) for o in "AB"], {"c": ("A", "B")}, [Visit("v", [Place("x", "c"), Place("y", "c")])],
        avoid=[("A", "B")],
    )  # fmt: skip
    (drawn,) = match(only, SEED).visits
    assert sorted(drawn.team) == ["A", "B"]
    assert [(p.pool, p.set_back) for p in drawn.places] == [(2, 0), (1, 1)]


def county(visits: int, officers: int) -> Instance:
    """Make a county: five overlapping sectors, lead and member, one exclusion in twenty."""
    ids = [f"officer:{n:03}" for n in range(officers)]
    members = {f"m{s}": tuple(o for n, o in enumerate(ids) if (n * 7 + s * 3) % 5 < 2) for s in range(5)}
    leads = {f"l{s}": members[f"m{s}"][::2] for s in range(5)}
    return Instance(
        [MatchOfficer(o, 1000) for o in ids],
        members | leads,
        [Visit(f"v{n:03}", [Place("lead", f"l{n * n % 5}"), Place("member", f"m{n * n % 5}")]) for n in range(visits)],
        {f"v{n:03}": {ids[n * 11 % officers]: "kin"} for n in range(0, visits, 2)},
    )


def test_a_county_is_matched_and_confirmed() -> None:
    instance = county(50, 20)
    result = match(instance, SEED)
    assert sum(len(v.team) for v in result.visits) == 100
    assert confirm(instance, SEED, result.teams) == result


@pytest.mark.parametrize("on", [True, False])
def test_the_search_for_garbage_is_left_as_it_was(on: bool) -> None:
    was = gc.isenabled()
    (gc.enable if on else gc.disable)()
    try:
        match(county(2, 20), SEED)
        assert gc.isenabled() == on
        with pytest.raises(ValueError, match="seed"):
            match(county(2, 20), "short")
        assert gc.isenabled() == on
    finally:
        (gc.enable if was else gc.disable)()


def test_import_is_light() -> None:
    heavy = {"random", "cattrs", "click", "tomllib", "sqlite3", "asyncio", "socket", "subprocess", "datetime"}
    code = "import sys, ssj_core.matching; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not heavy & set(loaded)
