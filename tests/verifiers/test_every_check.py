"""Nothing in `verify_ssj.py` checks in vain: each check, when it is taken out, is missed by some vector.

A check that is not made differs from one that is made only where it refuses. So every vector is run once, noting which
checks refuse it; then each check in turn is made to refuse nothing, and the vectors that it refused are run again. The
same is done with each half of a condition that has several.
"""

import ast
import sys
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from inspect import signature
from pathlib import Path
from typing import Any, Final

import pytest

from ssj_core.matching import Instance, MatchOfficer, Place, Visit, input_digest
from tests.unit.test_matching_confirm import teams_of
from tests.unit.test_matching_oracle import rosters, tiny
from tests.unit.test_matching_plain import quick
from tests.verifiers import test_bad_vectors, test_vectors
from tests.verifiers.independent import SOURCE, SSJ
from tests.verifiers.test_matching import given

HELPERS: Final = ("need", "agree", "ascending", "check", "check_id", "all_clean", "clean", "values", "number")
GUARDS: Final = {
    "need(all((line.partition('=')[0].count('.') <= 200 for line": "without it a file could keep `tomllib` for minutes",
    "need(o in may[place] and": "§8.7 names it first; the lots would refuse such a team too, in words that say less",
    "need(opens in mine and closes in mine": "what follows would miss the events too, in words that say less",
}
"""What no vector misses, and why it stands there all the same."""
HALVES: Final = {
    "set(value) <= set(due)": "a key that is unknown would stop the next line, in words that say less",
    "when and when >= closes": "nothing is later than no time at all, which is an error of its own",
}
"""The same of halves of conditions."""
Test = Callable[[], None]


def vectors(folder: Path) -> Iterator[Test]:
    """Every vector with its test, as `test_vectors` and `test_bad_vectors` have them, and small matchings."""
    for name, test in vars(test_vectors).items():
        for mark in getattr(test, "pytestmark", []) if name.startswith("test_") else []:
            for param in mark.args[1]:
                more = [folder] if "tmp_path" in signature(test).parameters else []
                yield partial(test, *param.values, *more)
    for number in range(120):
        yield partial(other_rosters, number)
    yield over_the_cap
    for param in test_bad_vectors.cases():
        if param.values[0]["expect"]["verdict"] != "holds":
            yield partial(test_bad_vectors.test_the_step_is_the_one_stated, param.values[0])


def other_rosters(number: int) -> None:
    """Of a small matching every roster but the right one is refused (MUST-8.8)."""
    instance, seed = tiny(number), f"{number * 17:064x}"
    right, question, digest = quick(instance, seed), given(instance), input_digest(instance)
    for roster in rosters(instance)[:12] if right else []:
        if right and (teams := teams_of(instance, roster)) != right.teams:
            assert test_vectors.refused(SSJ.match, seed, digest, question, teams)


def over_the_cap() -> None:
    """The most even roster, were there no cap; whatever the lots say, it is refused."""
    officers = [MatchOfficer("officer:1", 1, 0), MatchOfficer("officer:2", 9, 2)]
    visits = [Visit(name, [Place("主办", "c")]) for name in ("test:1", "test:2")]
    instance = Instance(officers, {"c": ("officer:1", "officer:2")}, visits, {}, "strict")
    twice = {visit.id: ["officer:1"] for visit in visits}
    for number in range(20):
        assert test_vectors.refused(SSJ.match, f"{number:064x}", input_digest(instance), given(instance), twice)


class Watched:
    """The checks of the verifier, noting in which lines they refuse; those of line `off` refuse nothing."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.refused: set[int] = set()
        self.off = 0
        for name in HELPERS:
            patch.setattr(SSJ, name, self.watching(getattr(SSJ, name)))

    def watching(self, check: Callable[..., Any]) -> Callable[..., Any]:
        def watched(*args: Any) -> Any:
            try:
                return check(*args)
            except Exception:
                line = sys._getframe(1).f_lineno
                self.refused.add(line)
                if line == self.off:
                    return None
                raise

        return watched


def passes(test: Test) -> bool:
    try:
        test()
    except (Exception, pytest.fail.Exception):
        return False
    return True


@pytest.fixture(scope="module")
def refusing(tmp_path_factory: pytest.TempPathFactory) -> Mapping[int, list[Test]]:
    """Line of a check → the vectors that it refuses."""
    found: dict[int, list[Test]] = {}
    with pytest.MonkeyPatch.context() as patch:
        watched = Watched(patch)
        for test in vectors(tmp_path_factory.mktemp("vectors")):
            watched.refused = set()
            assert passes(test)
            for line in watched.refused:
                found.setdefault(line, []).append(test)
    return found


def checks() -> dict[int, str]:
    """Line → statement, of every statement that only checks."""
    calls: Iterator[ast.Call] = (
        part
        for node in ast.walk(ast.parse(SOURCE.read_text("utf-8")))
        if isinstance(node, ast.Expr)
        for part in (node.value.elts if isinstance(node.value, ast.Tuple) else [node.value])
        if isinstance(part, ast.Call)
    )
    return {c.lineno: ast.unparse(c) for c in calls if isinstance(c.func, ast.Name) and c.func.id in HELPERS}


def test_every_check_is_missed_when_it_is_taken_out(
    monkeypatch: pytest.MonkeyPatch, refusing: Mapping[int, list[Test]]
) -> None:
    watched, unmissed = Watched(monkeypatch), {}
    for watched.off, statement in checks().items():
        if all(passes(test) for test in refusing.get(watched.off, ())):
            unmissed[watched.off] = statement
    more = {line: said for line, said in unmissed.items() if not said.startswith(tuple(GUARDS))}
    assert more == {}, "no vector misses these: add one, or take the check out"
    assert (len(unmissed), len(checks()) > 120) == (len(GUARDS), True)


def halves(tree: ast.stmt) -> Iterator[tuple[int, str, str]]:
    """Each half of each condition of a `need`, taken out of the tree while it is the turn: line, condition, half."""
    calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call))
    for need in [call for call in calls if isinstance(call.func, ast.Name) and call.func.id == "need"]:
        for part in ast.walk(need.args[0]):
            whole = ast.unparse(part)
            if isinstance(part, ast.BoolOp) and isinstance(part.op, ast.And):
                for n, half in enumerate(part.values):
                    part.values[n] = ast.copy_location(ast.Constant(value=True), half)
                    yield need.lineno, whole, ast.unparse(half)
                    part.values[n] = half
            elif isinstance(part, ast.Compare) and len(part.ops) > 1:
                left, ops, others = part.left, part.ops, part.comparators
                part.left, part.ops, part.comparators = others[0], ops[1:], others[1:]
                yield need.lineno, whole, "the beginning"
                part.left, part.ops, part.comparators = left, ops[:-1], others[:-1]
                yield need.lineno, whole, "the end"
                part.left, part.ops, part.comparators = left, ops, others


def test_every_half_of_a_condition_is_missed_when_it_is_taken_out(refusing: Mapping[int, list[Test]]) -> None:
    tried, unmissed = 0, []
    as_it_is = dict(vars(SSJ))
    guards = tuple(part.removeprefix("need(") for part in GUARDS)
    for part in ast.parse(SOURCE.read_text("utf-8")).body:  # a function or a class
        for line, whole, half in halves(part):
            changed = compile(ast.Module([part], type_ignores=[]), str(SOURCE), "exec")
            try:
                exec(changed, vars(SSJ))  # noqa: S102 - our own file with a half less
                missed = not all(passes(test) for test in refusing.get(line, ()))
            finally:
                vars(SSJ).update(as_it_is)
            tried += 1
            if not missed and not whole.startswith((*guards, *HALVES)):
                unmissed.append((line, whole, half))
    assert unmissed == [], "no vector misses these: add one, or take the half out"
    assert tried > 60
