"""Every leaf of every small tree is proved and every growth of it; what is changed anywhere is not."""

from hypothesis import given
from hypothesis import strategies as st

from ssj_core.merkle import consistency_path, consistent, included, inclusion_path, root
from tests.replay import test_rfc9162 as oracle

MANY = [b"leaf %d" % n for n in range(70)]
ROOTS = [root(MANY[:size]) for size in range(71)]


def test_every_leaf_of_every_tree_is_proved_and_another_program_agrees() -> None:
    for size in range(1, 71):
        for index in range(size):
            path = inclusion_path(MANY[:size], index)
            assert included(MANY[index], index, size, path) == ROOTS[size]
            assert list(path) == oracle.inclusion(MANY[:size], index)
            assert len(path) <= (size - 1).bit_length()


def test_every_tree_is_proved_to_grow_into_every_larger_and_another_program_agrees() -> None:
    for new in range(1, 71):
        for old in range(1, new + 1):
            path = consistency_path(MANY[:new], old)
            assert consistent(old, new, path, ROOTS[old], ROOTS[new])
            assert list(path) == oracle.consistency(MANY[:new], old)


@st.composite
def trees(draw: st.DrawFn) -> tuple[list[bytes], int]:
    """Different leaves and the place of one of them."""
    leaves = draw(st.lists(st.binary(max_size=40), min_size=1, max_size=70, unique=True))
    return leaves, draw(st.integers(0, len(leaves) - 1))


def flipped(data: bytes, place: int, bit: int) -> bytes:
    place %= len(data)
    return data[:place] + bytes([data[place] ^ 1 << bit]) + data[place + 1 :]


@given(trees(), st.data())
def test_a_changed_byte_of_leaf_or_path_or_another_index_fails(
    tree: tuple[list[bytes], int], data: st.DataObject
) -> None:
    leaves, index = tree
    path, right = inclusion_path(leaves, index), root(leaves)
    assert included(leaves[index], index, len(leaves), path) == right
    place, bit = data.draw(st.integers(0, 1_000)), data.draw(st.integers(0, 7))
    leaf = leaves[index] or b"\x00"
    assert included(flipped(leaf, place, bit), index, len(leaves), path) != right
    for step in range(len(path)):
        changed = [*path[:step], flipped(path[step], place, bit), *path[step + 1 :]]
        assert included(leaves[index], index, len(leaves), changed) != right
    for other in range(-1, len(leaves) + 1):
        if other != index:
            assert included(leaves[index], other, len(leaves), path) != right


@given(trees(), st.integers(0, 80))
def test_another_count_never_moves_a_leaf(tree: tuple[list[bytes], int], count: int) -> None:
    """A path may have the same shape in a tree of another size (SPEC §5.3 binds the count), but the root stays."""
    leaves, index = tree
    found = included(leaves[index], index, count, inclusion_path(leaves, index))
    assert found is None or (found == root(leaves)) == oracle.included(
        leaves[index], index, count, inclusion_path(leaves, index), bytes.fromhex(root(leaves))
    )


@given(trees(), st.data())
def test_a_changed_consistency_proof_fails(tree: tuple[list[bytes], int], data: st.DataObject) -> None:
    leaves, last = tree
    old, new = last + 1, len(leaves)
    path, before, after = consistency_path(leaves, old), root(leaves[:old]), root(leaves)
    assert consistent(old, new, path, before, after)
    place, bit = data.draw(st.integers(0, 1_000)), data.draw(st.integers(0, 7))
    for step in range(len(path)):
        changed = [*path[:step], flipped(path[step], place, bit), *path[step + 1 :]]
        assert not consistent(old, new, changed, before, after)
    for one, other in ((flipped(bytes.fromhex(before), place, bit).hex(), after), (before, ROOTS[70])):
        assert not consistent(old, new, path, one, other)


@given(st.lists(st.binary(max_size=40), max_size=3), st.integers(-2, 9), st.integers(-2, 9), st.text(max_size=70))
def test_rubbish_is_refused_and_never_an_error(path: list[bytes], one: int, other: int, text: str) -> None:
    assert included(b"a", one, other, path) != ROOTS[8]
    assert not consistent(one, other, path, text, ROOTS[8])
    assert not consistent(one, other, path, ROOTS[8], text)
