"""Inclusion and consistency proofs: the published ones are made and hold, and what is no proof is refused."""

import pytest

from ssj_core.merkle import consistency_path, consistent, included, inclusion_path, root
from tests.replay.test_rfc9162 import CONSISTENCY, INCLUSION, LEAVES, ROOTS, unhex


@pytest.mark.parametrize("index", INCLUSION)
def test_the_published_inclusion_proof_is_made(index: int) -> None:
    path = inclusion_path(LEAVES, index)
    assert [step.hex() for step in path] == INCLUSION[index]
    assert included(LEAVES[index], index, 8, path) == ROOTS[8]


@pytest.mark.parametrize("sizes", CONSISTENCY, ids=str)
def test_the_published_consistency_proof_is_made(sizes: tuple[int, int]) -> None:
    old, new = sizes
    path = consistency_path(LEAVES[:new], old)
    assert [step.hex() for step in path] == CONSISTENCY[sizes]
    assert consistent(old, new, path, ROOTS[old], ROOTS[new])
    assert consistent(old, new, unhex(CONSISTENCY[sizes]), ROOTS[old], ROOTS[new])


def test_a_tree_of_one_leaf_needs_no_path() -> None:
    assert inclusion_path([b"a"], 0) == ()
    assert included(b"a", 0, 1, ()) == root([b"a"])
    assert included(b"a", 0, 1, [bytes(32)]) is None
    assert consistency_path([b"a"], 1) == ()
    assert consistent(1, 1, (), root([b"a"]), root([b"a"]))


@pytest.mark.parametrize(("index", "count"), [(-1, 8), (8, 8), (0, 0), (9, 8), (0, -1)])
def test_a_leaf_outside_the_tree_is_never_in_it(index: int, count: int) -> None:
    assert included(LEAVES[0], index, count, inclusion_path(LEAVES, 0)) is None


@pytest.mark.parametrize("index", [-1, 8])
def test_no_path_is_made_for_a_leaf_that_is_not_there(index: int) -> None:
    with pytest.raises(IndexError):
        inclusion_path(LEAVES, index)


@pytest.mark.parametrize("old", [-1, 0, 9])
def test_no_path_is_made_from_a_tree_that_is_no_beginning(old: int) -> None:
    with pytest.raises(IndexError):
        consistency_path(LEAVES, old)


@pytest.mark.parametrize("step", [b"", bytes(31), bytes(33)])
def test_a_step_of_another_length_is_no_step(step: bytes) -> None:
    """Else a longer step could hold what belongs to its neighbour."""
    path = inclusion_path(LEAVES, 5)
    assert included(LEAVES[5], 5, 8, [step, *path[1:]]) is None
    grown = consistency_path(LEAVES, 6)
    assert not consistent(6, 8, [*grown[:-1], step], ROOTS[6], ROOTS[8])


def test_paths_too_short_and_too_long_are_refused() -> None:
    path, grown = inclusion_path(LEAVES, 5), consistency_path(LEAVES, 6)
    assert included(LEAVES[5], 5, 8, path[:-1]) is None
    assert included(LEAVES[5], 5, 8, [*path, path[0]]) is None
    assert not consistent(6, 8, grown[:-1], ROOTS[6], ROOTS[8])
    assert not consistent(6, 8, [*grown, grown[0]], ROOTS[6], ROOTS[8])
    assert not consistent(6, 8, (), ROOTS[6], ROOTS[8])


def test_an_empty_tree_proves_nothing_and_time_does_not_run_backwards() -> None:
    assert not consistent(0, 8, (), ROOTS[0], ROOTS[8])
    assert not consistent(0, 0, (), ROOTS[0], ROOTS[0])
    assert not consistent(8, 6, consistency_path(LEAVES, 6), ROOTS[8], ROOTS[6])
    assert not consistent(8, 8, [bytes(32)], ROOTS[8], ROOTS[8])


@pytest.mark.parametrize("bad", ["", "zz" * 32, "AB" * 32, "ab" * 31, "ab" * 33])
def test_a_root_that_is_no_digest_is_never_consistent(bad: str) -> None:
    assert not consistent(4, 8, consistency_path(LEAVES, 4), bad, ROOTS[8])
    assert not consistent(4, 8, consistency_path(LEAVES, 4), ROOTS[4], bad)


def test_a_rewritten_beginning_is_not_consistent() -> None:
    for changed in range(6):
        rewritten = [*LEAVES[:changed], b"rewritten", *LEAVES[changed + 1 :]]
        assert not consistent(6, 8, consistency_path(rewritten, 6), ROOTS[6], root(rewritten))
