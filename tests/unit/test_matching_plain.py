"""The quick matching is the plain one, to the last officer passed over, on thousands of instances, small and larger."""

import ast
import inspect
import random

import pytest
from attrs import evolve

from ssj_core.matching import Evenness, Infeasible, Instance, Matching, MatchOfficer, Place, Visit, match, plain
from tests.vectors.matchings import instance_of

from .test_matching import CASES
from .test_matching_oracle import tiny


def quick(instance: Instance, seed: str, digest: str | None = None) -> Matching | None:
    try:
        return match(instance, seed, digest=digest)
    except Infeasible:
        return None


def passed_over(matching: Matching) -> int:
    return sum(not one.taken for visit in matching.visits for place in visit.places for one in place.tries)


def office(number: int) -> Instance:
    """Make a small office with several levels: fields, leads, teams of two and three, few who can do the rare field."""
    r = random.Random(number)  # noqa: S311 - instances to test with
    ids = [f"officer:{n:02}" for n in range(r.randint(5, 9))]
    fields = {o: set(r.sample("abc", r.randint(1, 2))) for o in ids}
    members = {f: tuple(o for o in ids if f in fields[o]) for f in "abc"}
    leads = {f"{f} lead": inside[::2] for f, inside in members.items()}
    visits: list[Visit] = []
    exclusions: dict[str, dict[str, str]] = {}
    for n in range(r.randint(6, 14)):
        field = r.choice("aaab" + "c" * (number % 3))
        open_place = [Place("open", "any")] * (r.random() < 0.4)
        visits.append(Visit(f"v{n:02}", [Place("lead", f"{field} lead"), Place("member", field), *open_place]))
        exclusions[f"v{n:02}"] = {o: "kin" for o in ids if r.random() < 0.08}
    evenness: Evenness = "strict" if number % 4 == 0 else "range"
    officers = [MatchOfficer(o, r.choice([3, 6, 20]), r.choice([0, 0, 2, 5])) for o in ids]
    classes = {"any": tuple(ids), **members, **leads}
    avoid = [(ids[0], ids[1]), (ids[2], ids[3])] if number % 2 else []
    return Instance(officers, classes, visits, exclusions, evenness, number % 4 // 3, avoid)


@pytest.mark.parametrize("name", CASES)
def test_plain_gives_the_vectors(name: str) -> None:
    case = CASES[name]
    instance, digest = instance_of(case["instance"]), case.get("digest")
    assert plain.match(instance, case["seed"], digest) == quick(instance, case["seed"], digest)
    assert ("result" in case) == (quick(instance, case["seed"], digest) is not None)


def test_quick_is_plain_on_thousands_of_tiny_instances() -> None:
    found = feasible = 0
    for number in range(3000):
        instance, seed = tiny(number), f"{number * 7:064x}"
        right = plain.match(instance, seed)
        assert quick(instance, seed) == right, number
        if right is not None:
            feasible += 1
            found += passed_over(right)
    assert feasible > 900
    assert found > 500


def test_quick_is_plain_on_small_offices() -> None:
    found, levels = 0, set[int]()
    for number in range(120):
        instance, seed = office(number), f"{number:064x}"
        right = plain.match(instance, seed)
        assert quick(instance, seed) == right, number
        if right is not None:
            found += passed_over(right)
            levels.add(len({share.level for share in right.officers if share.level is not None}))
    assert found > 300
    assert levels >= {1, 2, 3}


def test_it_is_some_sixty_lines() -> None:
    """Lines of the algorithm with code on them: no docstrings, comments, imports, types, nor what packs the answer."""
    source = inspect.getsource(plain)
    found = 0
    for node in ast.parse(source).body:
        if isinstance(node, ast.FunctionDef) and node.name != "match":
            said = node.body[0]
            lines = (
                source.split("\n")[node.lineno - 1 : said.lineno - 1]
                + source.split("\n")[said.end_lineno : node.end_lineno]
            )
            found += sum(1 for line in map(str.strip, lines) if line and not line.startswith("#"))
    assert 60 <= found < 70


def test_both_refuse_the_same() -> None:
    """As a rule nobody can fill more places than there are: the plain one says None where the quick one explains."""
    instance = evolve(office(1), officers=[evolve(o, cap=1) for o in office(1).officers])
    assert plain.match(instance, "0" * 64) is None
    assert quick(instance, "0" * 64) is None
