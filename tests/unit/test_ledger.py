"""The ledger: its lines, its chain, its order."""

import json
from pathlib import Path
from typing import Any

import pytest

from ssj_core.canonical import digest
from ssj_core.commitment import NO_LEDGER
from ssj_core.ledger import FILE, Event, Ledger, LedgerError, read

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
    ("name", "code", "zh", "en"),
    [
        ("not-json", "SSJ-L030", "不是 JSON", "is not JSON"),
        ("unknown-key", "SSJ-L031", "zz", "zz"),
        ("unknown-event", "SSJ-L032", "shuffle", "no event “shuffle”; a newer one wrote it"),
        ("number-as-text", "SSJ-L033", "number", "of the wrong type: number"),
        ("blank-after-colon", "SSJ-L034", "不是规定的写法", "not in canonical form"),
        ("key-twice", "SSJ-L034", "不是规定的写法", "not in canonical form"),
        ("carriage-return", "SSJ-L035", "CRLF", "CRLF"),
        ("byte-order-mark", "SSJ-L036", "BOM", "byte order mark"),
        ("wrong-number", "SSJ-L037", "编号是 2，应为 1", "its number is 2 where 1 is due: the number was changed"),
        ("a-line-missing", "SSJ-L038", "前面少了 1 行", "lines before it were removed (1)"),
        ("lines-exchanged", "SSJ-L039", "次序被改动", "its number is 3 where 2 is due, which comes later"),
        ("a-line-changed", "SSJ-L041", "第 1 行写成以后有改动", "line 1 was changed after it was written"),
        ("another-ledgers-line", "SSJ-L041", "第 4 行写成以后有改动", "line 4 was changed"),
        ("second-commit", "SSJ-L042", "a-1 的封存登记了两次", "a second commit of a-1"),
        ("second-entropy", "SSJ-L042", "a-1 的熵源登记了两次", "a second entropy of a-1"),
        ("second-draw", "SSJ-L043", "a-1 抽取了两次", "a second draw of a-1"),
        ("second-void", "SSJ-L042", "p-1 的作废登记了两次", "a second void of p-1"),
        ("draw-after-void", "SSJ-L044", "作废以后又登记了抽取", "draw of p-1, which is void"),
        ("draw-without-entropy", "SSJ-L045", "a-1 还没有熵源就登记了抽取", "draw of a-1 without its entropy"),
        ("redraw-without-void", "SSJ-L046", "p-1 没有作废", "p-2 was sealed although p-1 is not void"),
        ("policy-twice", "SSJ-L047", "p1-b-1 没有作废就又封存了", "although p1-b-1, of the same batch and year"),
        ("draw-without-a-number", "SSJ-L054", "“p-b”不是抽取编号", "“p-b” is no draw id"),
        ("draw-number-nought", "SSJ-L054", "“p-b-0”", "“p-b-0” is no draw id"),
        ("draw-number-with-a-nought", "SSJ-L054", "“p-b-01”", "“p-b-01” is no draw id"),
        ("no-policy", "SSJ-L055", "没有写明", "does not say of which policy"),
        ("a-year-as-text", "SSJ-L055", "没有写明", "does not say of which policy"),
    ],
)
def test_every_way_to_break_it_has_its_code(name: str, code: str, zh: str, en: str) -> None:
    with pytest.raises(LedgerError) as caught:
        read(data_of(next(c["lines"] for c in CASES if c["name"] == name)))
    found = caught.value.problem
    assert (
        (found.code, found.file, found.row) == (code, FILE, caught.value.line) == (caught.value.code, FILE, found.row)
    )
    assert zh in found.message("zh")
    assert en in found.message("en")
    assert found.remedy("zh") and found.remedy("en")  # noqa: PT018


def test_an_event_of_a_newer_version_is_no_break() -> None:
    """The chain is looked at to its end, the order only before it: what may follow such an event nobody here knows."""
    done = read(GOOD)
    lines = [*(e.encode() for e in done.events)]
    for kind, draw in (("publish", "a-1"), ("draw", "a-1"), ("entropy", "z-1")):
        later = Event(number=len(lines) + 1, previous=digest(lines[-1]), event=kind, draw=draw, time="")  # type: ignore[arg-type]
        lines.append(later.encode())
    with pytest.raises(LedgerError, match="publish") as caught:
        read(b"".join(line + b"\n" for line in lines))
    assert (caught.value.newer, caught.value.line) == (True, len(done.events) + 1)
    for n, line in enumerate(lines):
        changed = [*lines[:n], line.replace(b'"time":"', b'"time":"x'), *lines[n + 1 :]]
        with pytest.raises(LedgerError) as caught:
            read(b"".join(one + b"\n" for one in changed))
        assert caught.value.newer is (n == len(lines) - 1)  # the last line is what no chain proves


def test_a_repeated_line_and_a_beginning_that_was_cut_off() -> None:
    lines = GOOD.splitlines(keepends=True)
    with pytest.raises(LedgerError) as caught:
        read(b"".join([*lines[:2], *lines[1:]]))
    assert (caught.value.code, caught.value.line) == ("SSJ-L040", 3)
    with pytest.raises(LedgerError) as caught:
        read(lines[1].replace(b'"number":2', b'"number":1'))
    assert (caught.value.code, caught.value.line) == ("SSJ-L048", 1)


def test_the_next_event_follows() -> None:
    held = read(GOOD)
    event = held.next("commit", "c-1", "now", {"commitment": "x", "policy": "x.r/c", "year": 2026})
    assert (event.number, event.previous) == (7, digest(GOOD.splitlines()[-1]))
    longer = read(GOOD + event.encode() + b"\n")
    assert longer.events == (*held.events, event)
    assert longer.find("commit", "c-1") == event
    assert longer.find("draw", "c-1") is None
    found = longer.find("entropy", "b-1")
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
    data = {"乙": [1, {"b": None, "a": True}], "é": '"\\\n\x01/', "a": -5, "policy": "p", "year": 0}
    event = Event(number=1, previous=NO_LEDGER, event="commit", draw="批次-1", time="t", data=data)
    text = '{"data":{"a":-5,"policy":"p","year":0,"é":"\\"\\\\\\n\\u0001/","乙":[1,{"a":true,"b":null}]},'
    text += '"draw":"批次-1","event":"commit",'
    text += f'"number":1,"previous":"{NO_LEDGER}","time":"t"}}'
    assert event.encode() == text.encode()
    assert read(event.encode() + b"\n").events == (event,)


@pytest.mark.parametrize("value", ["NaN", "Infinity", '"\\ud800"', "1e400", "01", "-0", "1.0e1", '"a\tb"', '"\xff"'])
def test_values_that_have_no_canonical_form(value: str) -> None:
    data = {"policy": "p", "x": 0, "year": 0}
    line = Event(number=1, previous=NO_LEDGER, event="commit", draw="a-1", time="", data=data).encode()
    assert read(line + b"\n").events
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


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("replacement-events-of-a-draw", "SSJ-L049"),
        ("draw-events-of-a-replacement", "SSJ-L049"),
        ("void-under-a-later-replacement", "SSJ-L050"),
        ("replacement-before-the-draw", "SSJ-L051"),
        ("replacement-of-a-void-draw", "SSJ-L051"),
        ("replaced-in-a-void-draw", "SSJ-L051"),
        ("replacement-out-of-turn", "SSJ-L052"),
        ("replacement-skipped", "SSJ-L052"),
        ("replaced-without-entropy", "SSJ-L053"),
        ("replaced-with-needless-entropy", "SSJ-L053"),
    ],
)
def test_replacements_out_of_order_have_codes_of_their_own(name: str, code: str) -> None:
    with pytest.raises(LedgerError) as caught:
        read(data_of(next(c["lines"] for c in CASES if c["name"] == name)))
    assert caught.value.code == code
