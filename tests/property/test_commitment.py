"""The commitment changes with everything that decides the draw, and with nothing else."""

from random import Random
from typing import Any

from attrs import evolve, fields
from hypothesis import assume, given
from hypothesis import strategies as st

from ssj_core.commitment import Commitment, OfficerLine, SubjectLine, commit, roster_root
from ssj_core.seed import key, seed

CODES = st.text(st.sampled_from("ab01甲乙\U00020bb7"), min_size=1, max_size=4)
WORDS = st.text(st.sampled_from("AB /甲"), max_size=3)
SUBJECTS = st.dictionaries(CODES, WORDS, max_size=12).map(
    lambda d: [SubjectLine(id=f"test:{i}", stratum=s) for i, s in d.items()]
)
OFFICERS = st.dictionaries(CODES, st.tuples(WORDS, st.integers(0, 99), st.integers(0, 9)), max_size=6).map(
    lambda d: [OfficerLine(id=f"officer:{i}", section=s, cap=c, history=h) for i, (s, c, h) in d.items()]
)
HEX = st.text("0123456789abcdef", min_size=64, max_size=64)
PARTS = st.fixed_dictionaries(
    {
        "draw_id": st.text("ab-1", min_size=1, max_size=5),
        "subjects": SUBJECTS,
        "officers": OFFICERS,
        "plan": st.binary(max_size=20),
        "rules": st.binary(max_size=20),
        "previous_head": HEX,
    }
)


def value(parts: dict[str, Any]) -> str:
    return commit(**parts).value


@given(PARTS, PARTS, st.data())
def test_any_other_field_gives_another_commitment(
    parts: dict[str, Any], others: dict[str, Any], data: st.DataObject
) -> None:
    name = data.draw(st.sampled_from(sorted(parts)))
    assume(parts[name] != others[name])
    if isinstance(parts[name], list):
        assume(sorted(x.encode() for x in parts[name]) != sorted(x.encode() for x in others[name]))
    assert value({**parts, name: others[name]}) != value(parts)


@given(PARTS, st.randoms(use_true_random=False))
def test_the_order_of_rosters_is_irrelevant(parts: dict[str, Any], r: Random) -> None:
    before = value(parts)
    r.shuffle(parts["subjects"])
    r.shuffle(parts["officers"])
    assert value(parts) == before


@given(SUBJECTS.filter(bool), st.data())
def test_any_other_line_gives_another_root(subjects: list[SubjectLine], data: st.DataObject) -> None:
    before = roster_root(subjects)
    number = data.draw(st.integers(0, len(subjects) - 1))
    line = subjects[number]
    rest = subjects[:number] + subjects[number + 1 :]
    assert roster_root(rest) != before
    assert roster_root([*rest, evolve(line, stratum=line.stratum + "x")]) != before
    assert roster_root([*rest, evolve(line, id=line.id + "x")]) != before
    assert roster_root([*subjects, SubjectLine(id="test:new", stratum="B")]) != before


@given(OFFICERS.filter(bool), st.data())
def test_any_other_officer_gives_another_root(officers: list[OfficerLine], data: st.DataObject) -> None:
    before = roster_root(officers)
    number = data.draw(st.integers(0, len(officers) - 1))
    line = officers[number]
    for change in ({"section": line.section + "x"}, {"cap": line.cap + 1}, {"history": line.history + 1}):
        changed = [*officers[:number], evolve(line, **change), *officers[number + 1 :]]
        assert roster_root(changed) != before


@given(PARTS, st.binary(min_size=1, max_size=3), st.data())
def test_any_byte_of_plan_or_rules_counts(parts: dict[str, Any], more: bytes, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(["plan", "rules"]))
    at = data.draw(st.integers(0, len(parts[name])))
    longer = parts[name][:at] + more + parts[name][at:]
    assert value({**parts, name: longer}) != value(parts)
    swapped = {**parts, "plan": parts["rules"], "rules": parts["plan"]}
    assert (value(swapped) == value(parts)) is (parts["plan"] == parts["rules"])


@given(PARTS)
def test_every_field_of_the_commitment_is_in_its_value(parts: dict[str, Any]) -> None:
    commitment = commit(**parts)
    names = [a.name for a in fields(Commitment)]
    assert len(names) == 8
    for name in names:
        old = getattr(commitment, name)
        change: dict[str, Any] = {name: old + 1 if isinstance(old, int) else old + "0"}
        assert evolve(commitment, **change).value != commitment.value


LINES = st.lists(st.text(st.sampled_from("ab:1甲 "), max_size=4), min_size=1, max_size=4)


@given(HEX, LINES, HEX, LINES)
def test_another_commitment_or_entropy_is_another_seed(
    one: str, entropy: list[str], other: str, more: list[str]
) -> None:
    assert (seed(one, entropy) == seed(other, more)) is ((one, entropy) == (other, more))
    assert seed(one, [*entropy, "x"]) != seed(one, entropy)


@given(st.tuples(HEX, WORDS, WORDS, WORDS), st.tuples(HEX, WORDS, WORDS, WORDS))
def test_another_purpose_or_scope_is_another_key(one: tuple[str, ...], other: tuple[str, ...]) -> None:
    assert (key(*one) == key(*other)) is (one == other)
