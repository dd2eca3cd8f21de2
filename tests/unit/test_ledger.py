"""The ledger: its lines, its chain, its order."""

import json
from pathlib import Path
from typing import Any

import pytest

from ssj_core.canonical import digest
from ssj_core.commitment import NO_LEDGER
from ssj_core.ledger import Event, Ledger, LedgerError, read

CASES = json.loads((Path(__file__).parents[1] / "vectors" / "ledger.json").read_text("utf-8"))["cases"]


def data_of(lines: list[str]) -> bytes:
    return "".join(line + "\n" for line in lines).encode()


GOOD = data_of(next(c["lines"] for c in CASES if c["name"] == "two-draws"))


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["name"])
def test_vectors(case: dict[str, Any]) -> None:
    data = data_of(case["lines"])
    if "head" in case:
        held = read(data)
        assert (held.head, held.torn, len(held.events)) == (case["head"], b"", len(case["lines"]))
    else:
        with pytest.raises(LedgerError) as caught:
            read(data)
        assert caught.value.line == case["refused_at"]
        assert str(caught.value).startswith(f"line {case['refused_at']}: ")


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("not-json", "it is not JSON"),
        ("unknown-key", "it is not an event"),
        ("unknown-event", "it is not an event"),
        ("number-as-text", "a value is of the wrong type"),
        ("blank-after-colon", "it is not in canonical form"),
        ("key-twice", "it is not in canonical form"),
        ("wrong-number", "its number is 2"),
        ("a-line-changed", "it does not follow the line before"),
        ("draw-without-entropy", "draw of a without its entropy"),
        ("second-commit", "a second commit of a"),
    ],
)
def test_reasons(name: str, reason: str) -> None:
    with pytest.raises(LedgerError) as caught:
        read(data_of(next(c["lines"] for c in CASES if c["name"] == name)))
    assert caught.value.reason == reason


def test_the_next_event_follows() -> None:
    held = read(GOOD)
    event = held.next("commit", "c", "now", {"commitment": "x"})
    assert (event.number, event.previous) == (7, digest(GOOD.splitlines()[-1]))
    longer = read(GOOD + event.encode() + b"\n")
    assert longer.events == (*held.events, event)
    assert longer.find("commit", "c") == event
    assert longer.find("draw", "c") is None
    found = longer.find("entropy", "b")
    assert found is not None
    assert found.number == 5


def test_an_empty_ledger() -> None:
    assert read(b"") == Ledger() == Ledger(events=(), head=NO_LEDGER, torn=b"")
    assert Ledger().next("commit", "a", "", {}).previous == "0" * 64


def test_a_torn_line_does_not_count() -> None:
    for cut in range(1, len(GOOD)):
        kept = GOOD[:cut]
        held = read(kept)
        assert len(held.events) == kept.count(b"\n")
        assert held.torn == kept.rpartition(b"\n")[2]
        assert read(kept[: len(kept) - len(held.torn)]).head == held.head


def test_a_line_is_canonical_json() -> None:
    data = {"乙": [1, {"b": None, "a": True}], "é": '"\\\n\x01/', "a": -5}
    event = Event(number=1, previous=NO_LEDGER, event="commit", draw="批次", time="t", data=data)
    text = '{"data":{"a":-5,"é":"\\"\\\\\\n\\u0001/","乙":[1,{"a":true,"b":null}]},"draw":"批次","event":"commit",'
    text += f'"number":1,"previous":"{NO_LEDGER}","time":"t"}}'
    assert event.encode() == text.encode()
    assert read(event.encode() + b"\n").events == (event,)


@pytest.mark.parametrize("value", ["NaN", "Infinity", '"\\ud800"', "1e400", "01", "-0", "1.0e1", '"a\tb"', '"\xff"'])
def test_values_that_have_no_canonical_form(value: str) -> None:
    line = Event(number=1, previous=NO_LEDGER, event="commit", draw="a", time="", data={"x": 0}).encode()
    bad = line.replace(b'"x":0', b'"x":' + value.encode("latin-1"))
    assert bad != line
    with pytest.raises(LedgerError):
        read(bad + b"\n")


@pytest.mark.parametrize(
    "line", [b"", b"null", b"[]", b"1", b"{}", b'"a"', b"[" * 100_000, b"\xff", b"\x00", "é".encode("utf-16")]
)
def test_rubbish_is_refused_and_nothing_else_happens(line: bytes) -> None:
    with pytest.raises(LedgerError) as caught:
        read(line + b"\n")
    assert caught.value.line == 1
