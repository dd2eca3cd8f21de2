"""What holds of every draw."""

import json
import os
import subprocess
import sys
import unicodedata
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssj_core.canonical import check_id
from ssj_core.draw import Ticket, select, smallest, ticket

KEYS = st.text("0123456789abcdef", min_size=32, max_size=32)
CODES = st.text(st.sampled_from("abAB01甲乙é\U00020bb7"), min_size=1, max_size=6)
IDS = st.sets(CODES.map("test:".__add__), max_size=40).map(sorted)
MANY = st.integers(0, 400).map(lambda n: [f"test:{i}" for i in range(n)])


def ordered(key: str, ids: list[str]) -> list[Ticket]:
    return [Ticket(v, i) for v, _, i in sorted((ticket(key, i), i.encode(), i) for i in ids)]


def drawn(key: str, ids: list[str], quota: int) -> set[str]:
    return {t.id for t in select(key, "B", ids, quota, 0).drawn}


@given(KEYS, IDS | MANY, st.data())
def test_the_smallest_are_drawn(key: str, ids: list[str], data: st.DataObject) -> None:
    quota, reserve = data.draw(st.integers(0, len(ids))), data.draw(st.integers(0, 50))
    selection = select(key, "B", ids, quota, reserve)
    order = ordered(key, ids)
    assert selection.drawn == tuple(order[:quota])
    assert selection.reserve == (tuple(order[quota : quota + reserve]) if quota else ())
    assert selection.cut == (order[quota - 1].value if quota else "")
    assert len({t.id for t in selection.drawn}) == quota
    assert {t.id for t in (*selection.drawn, *selection.reserve)} <= set(ids)


@given(KEYS, IDS | MANY, st.integers(0, 450), st.randoms(use_true_random=False))
def test_the_order_of_ids_is_irrelevant(key: str, ids: list[str], count: int, r: Random) -> None:
    right = ordered(key, ids)[:count]
    assert smallest(key, ids, count) == right
    r.shuffle(ids)
    assert smallest(key, ids, count) == right
    assert smallest(key, iter(ids), count) == right
    assert smallest(key, sorted(ids, key=lambda i: ticket(key, i), reverse=True), count) == right


@given(KEYS, st.integers(0, 6), st.integers(2000, 2600), st.booleans())
def test_pruning_loses_nobody(key: str, count: int, size: int, worst_first: bool) -> None:
    order = ordered(key, [f"test:{n}" for n in range(size)])
    ids = [t.id for t in (order[::-1] if worst_first else order)]
    assert smallest(key, iter(ids), count) == smallest(key, ids, count) == order[:count]


@given(KEYS, IDS, st.data())
def test_a_smaller_quota_draws_the_head_of_a_larger_one(key: str, ids: list[str], data: st.DataObject) -> None:
    more = data.draw(st.integers(0, len(ids)))
    less = data.draw(st.integers(0, more))
    large = select(key, "B", ids, more, 0).drawn
    assert select(key, "B", ids, less, 0).drawn == large[:less]
    if less:
        small = select(key, "B", ids, less, more - less)
        assert (*small.drawn, *small.reserve) == large


@given(KEYS, IDS.filter(bool), st.data())
def test_one_more_changes_one_at_most(key: str, ids: list[str], data: st.DataObject) -> None:
    newcomer = data.draw(CODES.map("test:".__add__).filter(lambda i: i not in ids))
    quota = data.draw(st.integers(0, len(ids)))
    before, after = drawn(key, ids, quota), drawn(key, [*ids, newcomer], quota)
    assert after == before or (after - before == {newcomer} and len(before - after) == 1)


@given(KEYS, IDS.filter(bool), st.data())
def test_without_one_who_was_not_drawn_all_is_the_same(key: str, ids: list[str], data: st.DataObject) -> None:
    quota = data.draw(st.integers(0, len(ids) - 1))
    before = select(key, "B", ids, quota, 0)
    chosen = {t.id for t in before.drawn}
    leaver = data.draw(st.sampled_from([i for i in ids if i not in chosen]))
    assert select(key, "B", [i for i in ids if i != leaver], quota, 0) == before


@given(KEYS, IDS.filter(lambda ids: len(ids) > 1), st.data())
def test_strata_are_independent(key: str, ids: list[str], data: st.DataObject) -> None:
    # A subject that moves to another stratum keeps its ticket, and there only the cut may move.
    split = data.draw(st.integers(1, len(ids) - 1))
    one, other = ids[:split], ids[split:]
    quota = data.draw(st.integers(0, len(other)))
    alone = select(key, "D", other, quota, 3)
    assert {t.id: t.value for t in select(key, "B", one, len(one), 0).drawn} == {i: ticket(key, i) for i in one}
    assert select(key, "D", other, quota, 3) == alone
    moved = select(key, "D", [*other, one[0]], len(other) + 1, 0)
    assert [t for t in moved.drawn if t.id != one[0]] == ordered(key, other)
    assert Ticket(ticket(key, one[0]), one[0]) in moved.drawn


@given(KEYS, IDS, st.integers(1, 9))
def test_more_than_there_are_is_always_refused(key: str, ids: list[str], excess: int) -> None:
    with pytest.raises(ValueError, match="cannot be drawn"):
        select(key, "B", ids, len(ids) + excess, 0)


@given(KEYS, IDS.filter(bool), st.data(), st.randoms(use_true_random=False))
def test_an_id_that_stands_twice_is_never_drawn_twice(key: str, ids: list[str], data: st.DataObject, r: Random) -> None:
    twin = data.draw(st.sampled_from(ids))
    twice = [*ids, twin]
    r.shuffle(twice)
    count = data.draw(st.integers(1, len(twice)))
    rank = [t.id for t in ordered(key, ids)].index(twin)
    for given_ids in (twice, iter(twice)):
        if rank < count:
            with pytest.raises(ValueError, match="occurs twice"):
                smallest(key, given_ids, count)
        else:
            assert smallest(key, given_ids, count) == ordered(key, ids)[:count]


@given(KEYS, KEYS, CODES, CODES)
def test_another_key_or_id_is_another_ticket(key: str, other: str, code: str, another: str) -> None:
    one = ticket(key, f"test:{code}")
    assert (ticket(other, f"test:{code}") == one) is (key == other)
    assert (ticket(key, f"test:{another}") == one) is (code == another)


@given(st.text(max_size=12))
def test_ids_that_look_alike_are_kept_apart(code: str) -> None:
    # Whatever passes is its own normal form and has no blanks to lose, so look-alikes are refused or are two.
    plain = "test:" + code
    alike = {unicodedata.normalize(f, plain) for f in ("NFC", "NFD")} | {plain.strip(), plain + " ", plain + "\u3000"}
    passed = set()
    for value in (plain, *alike):
        try:
            check_id(value)
        except ValueError:
            continue
        passed.add(value)
    assert len(passed) <= 1
    assert all(value == unicodedata.normalize("NFC", value).strip() for value in passed)
    folded = {plain.upper(), plain.lower()}
    assert len({ticket("0" * 32, i) for i in folded}) == len(folded)


PROGRAM = """
import json, sys
from ssj_core.draw import select, smallest
from ssj_core.commitment import SubjectLine, roster_root
from ssj_core.seed import key, seed
ids = list({f"test:{n}" for n in range(300)})
k = key(seed("c" * 64, ["text:x"]), "d", "subject", "all")
s = select(k, "B", ids, 20, 5)
refused = []
for wrong in (
    lambda: select(k, "B", ids, 301, 0),
    lambda: smallest(k, [*ids, s.drawn[0].id], 20),
    lambda: roster_root([SubjectLine(id="test:1", stratum="B")] * 2),
    lambda: smallest("0" * 31, ids, 1),
    lambda: smallest(k, ids, -1),
    lambda: seed("c" * 64, []),
    lambda: SubjectLine(id="test:a b", stratum="B").encode(),
):
    try:
        wrong()
    except ValueError:
        refused.append(True)
root = roster_root([SubjectLine(id=i, stratum="B") for i in ids])
print(json.dumps([[t.id for t in (*s.drawn, *s.reserve)], s.cut, root, len(refused)]))
assert "-O" not in sys.argv, "assertions are off"
"""


def in_a_fresh_process(*options: str, **environment: str) -> str:
    paths = {str(Path(p).resolve()) for p in sys.path if p}
    done = subprocess.run(
        [sys.executable, *options, "-c", PROGRAM, *options],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sorted(paths)), **environment},
        capture_output=True,
        check=True,
        timeout=60,
    )
    return done.stdout.decode()


def test_a_fresh_process_draws_the_same() -> None:
    here = in_a_fresh_process(PYTHONHASHSEED="0")
    for change in ({"PYTHONHASHSEED": "1"}, {"PYTHONHASHSEED": "4294967295", "LC_ALL": "C", "TZ": "Asia/Shanghai"}):
        assert in_a_fresh_process(**change) == here
    chosen, cut, root, refused = json.loads(here)
    assert (len(set(chosen)), len(cut), len(root), refused) == (25, 64, 64, 7)


def test_refusals_hold_without_assertions() -> None:
    assert in_a_fresh_process("-O") == in_a_fresh_process()
