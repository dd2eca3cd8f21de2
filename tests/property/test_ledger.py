"""What is written is read back, and what is changed is noticed."""

import json
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ssj_core.canonical import digest
from ssj_core.ledger import Event, EventKind, Ledger, LedgerError, read

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=8,
)
DATA = st.dictionaries(TEXT, VALUES, max_size=4)
KINDS: tuple[EventKind, ...] = ("commit", "entropy", "draw")


def written(draws: list[tuple[str, str, dict[str, Any]]]) -> tuple[bytes, list[Event]]:
    data, events, held = b"", [], Ledger()
    for name, time, content in draws:
        for kind in KINDS:
            told = content | ({"policy": name, "year": 2026} if kind == "commit" else {})
            events.append(held.next(kind, name, time, told))
            data += events[-1].encode() + b"\n"
            held = read(data)
    return data, events


FIRST = TEXT.filter(lambda name: name and "\n" not in name).map("{}-1".format)


@given(st.lists(st.tuples(FIRST, TEXT, DATA), max_size=3, unique_by=lambda d: d[0]))
@example([("0-1-1", "", {})])
def test_what_is_written_is_read_back(draws: list[tuple[str, str, dict[str, Any]]]) -> None:
    data, events = written(draws)
    held = read(data)
    assert held.events == tuple(events)
    assert held.torn == b""
    assert b"".join(e.encode() + b"\n" for e in held.events) == data
    assert all(json.loads(e.encode()) == json.loads(line) for e, line in zip(events, data.splitlines(), strict=False))


THREE, EVENTS = written([("a-1", "2026-03-01", {"x": 1}), ("b-1", "2026-04-01", {"乙": "é"}), ("c-1", "", {})])
LAST = THREE.rindex(b"\n", 0, -1) + 1


def noticed(changed: bytes) -> None:
    """A change breaks the ledger, or leaves a torn tail, or gives another head to whoever kept the old one."""
    try:
        held = read(changed)
    except LedgerError:
        return
    assert held.events[:8] == tuple(EVENTS[:8])
    assert held.head != digest(EVENTS[-1].encode())
    assert held.torn or len(held.events) >= 9


@pytest.mark.parametrize("bits", [0x01, 0x20, 0x80, 0xFF])
def test_every_changed_byte_is_noticed(bits: int) -> None:
    for at in range(len(THREE)):
        changed = THREE[:at] + bytes([THREE[at] ^ bits]) + THREE[at + 1 :]
        if at < LAST:
            with pytest.raises(LedgerError):
                read(changed)
        else:
            noticed(changed)


def test_every_lost_byte_is_noticed() -> None:
    for at in range(len(THREE)):
        changed = THREE[:at] + THREE[at + 1 :]
        if at < LAST:
            with pytest.raises(LedgerError):
                read(changed)
        else:
            noticed(changed)


@given(st.integers(0, len(THREE)), st.binary(min_size=1, max_size=3))
@example(len(THREE), b"\n")
@example(0, b"\n")
@example(LAST, b"\r")
@example(LAST, b" ")
def test_every_added_byte_is_noticed(at: int, more: bytes) -> None:
    changed = THREE[:at] + more + THREE[at:]
    if at < LAST:
        with pytest.raises(LedgerError):
            read(changed)
    elif at == len(THREE) and b"\n" not in more:
        assert read(changed).events == tuple(EVENTS)
        assert read(changed).torn == more
    else:
        noticed(changed)


@given(st.binary(max_size=60) | st.text(max_size=40).map(str.encode))
def test_whatever_is_read_is_read_or_refused(data: bytes) -> None:
    for content in (data, THREE + data, data + b"\n"):
        try:
            held = read(content)
        except LedgerError:
            continue
        assert b"".join(e.encode() + b"\n" for e in held.events) + held.torn == content


@given(st.permutations(range(9)))
def test_lines_have_one_order(order: list[int]) -> None:
    lines = THREE.splitlines(keepends=True)
    mixed = b"".join(lines[n] for n in order)
    if mixed == THREE:
        assert len(read(mixed).events) == 9
    else:
        with pytest.raises(LedgerError):
            read(mixed)
