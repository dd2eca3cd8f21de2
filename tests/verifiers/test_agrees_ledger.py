"""The independent verifier and the core agree on ledgers, true and changed, and on what the plan asks of entropy."""

import json
from typing import Any

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ssj_core import ledger as ledgers
from ssj_core.canonical import digest
from ssj_core.commitment import NO_LEDGER
from ssj_core.record import FILE, decode_record
from ssj_core.verify import verify_folder
from ssj_core.workspace import evidence_data
from tests.verifiers.agreeing import NAME, Files, finished, tampered
from tests.verifiers.independent import SSJ

SOURCE, SEALED_AT = {"source": "text", "appointed": {}}, "2021-03-01T09:00:00+08:00"


def ledger_of(files: Files, spoil: str = "") -> bytes:
    record = decode_record(files[FILE])
    value, held, made = record.commitment.value, ledgers.Ledger(), b""
    evidence: Any = evidence_data([e.evidence() for e in record.entropy])
    if spoil == "testimony":
        evidence[0]["where"] = "elsewhere"
    events: dict[Any, dict[str, Any]] = {
        "commit": {
            "commitment": "f" * 64 if spoil == "commit" else value,
            "policy": "t/c" if spoil == "policy" else "t/b",
            "year": 2020 if spoil == "commit-year" else 2021,
        },
        "entropy": {"commitment": "f" * 64 if spoil == "entropy" else value, "evidence": evidence},
        "draw": {
            "record": "f" * 64 if spoil == "record" else digest(files[FILE]),
            "seed": "f" * 64 if spoil == "seed" else record.seed,
            "year": 2020 if spoil == "year" else 2021,
        },
    }
    if spoil == "void":
        events["void"] = {"reason": "漏列"}
    for kind, data in events.items():
        told = {"commit": record.sealed_at, "entropy": record.drawn_at}.get(kind, "") if spoil != "no-times" else ""
        made += held.next(kind, NAME, "2020-01-01" if spoil == f"{kind}-time" else told, data).encode() + b"\n"
        held = ledgers.read(made)
    if spoil == "commitment-twice":
        made += held.next("commit", "q-b-1", "", {**events["commit"], "policy": "t/x"}).encode() + b"\n"
    return made


def with_ledger(files: Files, ledger: bytes) -> str:
    """The verdict on ledger and draw, of both."""
    theirs = SSJ.worst((r.arithmetic, "", "") for r in verify_folder({NAME: files}, ledger))
    try:
        events, _ = SSJ.read_ledger(ledger)
        found: str = SSJ.worst(SSJ.verify_draw(files, NAME, events, {NAME: files}))
    except SSJ.Unsure:  # an event of a kind that a newer version may write
        found = "unknown"
    except ValueError:
        found = "fails"
    assert found == theirs
    return found


@pytest.mark.parametrize(
    "spoil",
    ["", "void", "no-times", "draw-time", "commit", "entropy", "testimony", "record", "seed", "commit-time",
     "entropy-time", "commitment-twice", "policy", "year", "commit-year"],
)  # fmt: skip
def test_the_ledger_must_agree(spoil: str) -> None:
    assert decode_record(finished()[FILE]).commitment.previous_head == NO_LEDGER
    assert with_ledger(finished(), ledger_of(finished(), spoil)) == (
        "holds" if spoil in ("", "void", "no-times", "draw-time") else "fails"
    )


def test_a_draw_the_ledger_does_not_have_fails() -> None:
    whole = ledger_of(finished()).splitlines(keepends=True)
    for count in range(3):
        assert with_ledger(finished(), b"".join(whole[:count])) == "fails"
        assert with_ledger(finished(), b"".join(whole[:count] + whole[count + 1 :])) == "fails"


@given(st.data())
@settings(max_examples=150)
def test_they_agree_on_a_changed_ledger(data: st.DataObject) -> None:
    whole = ledger_of(finished())
    changed = data.draw(tampered({"ledger.jsonl": whole})).get("ledger.jsonl", b"")
    verdict = with_ledger(finished(), changed)
    assert verdict == ("holds" if changed.startswith(whole) and not changed.endswith(b"\n") else verdict)
    assert (
        verdict in ("fails", "unknown")
        or changed.startswith(whole)
        or but_for_the_last_time(changed) == but_for_the_last_time(whole)
    )


def test_a_last_event_of_an_unknown_kind_is_left_open_by_both() -> None:
    """A newer version may write kinds that this one does not know: neither says that the ledger is wrong."""
    *before, last = ledger_of(finished()).splitlines(keepends=True)
    kind = json.loads(last)["event"]
    changed = last.replace(f'"event":"{kind}"'.encode(), b'"event":"retried"')
    assert changed != last
    assert with_ledger(finished(), b"".join([*before, changed])) == "unknown"


def but_for_the_last_time(ledger: bytes) -> list[dict[str, Any]]:
    """The one thing nobody can see (SPEC §10.2): when the last line says it was written; no line follows to hold it."""
    events = [attrs.asdict(event) for event in ledgers.read(ledger).events]
    return [*events[:-1], {**events[-1], "time": ""}] if events else []


# What neither vectors nor the small office reach


@pytest.mark.parametrize(
    ("change", "good"),
    [
        ({}, True),
        ({"who": ["甲", " 甲 "]}, False),
        ({"where": " "}, False),
        ({"when": "2021-03-01T08:59:59+08:00"}, False),
        ({"when": "2021-03-01 09:00"}, True),
        ({"when": "九点"}, False),
    ],
)
def test_a_level_that_the_plan_asks_for(change: dict[str, Any], good: bool) -> None:
    said = "掷得 31415926535"
    one: dict[str, Any] = {"source": "text", "raw": said, "canonical": said, "who": ["甲", "乙"], "where": "会议室"}
    one |= {"when": "2021-03-01T01:00:00+00:00", "details": {}, **change}
    SSJ.check_entropy([one], [SOURCE], "E0", SEALED_AT, NAME)
    if good:
        SSJ.check_entropy([one], [SOURCE], "E2", SEALED_AT, NAME)
    else:
        with pytest.raises(ValueError, match="the plan asks for E2"):
            SSJ.check_entropy([one], [SOURCE], "E2", SEALED_AT, NAME)


@pytest.mark.parametrize(("void", "year", "good"), [(False, 2021, False), (True, 2021, True), (False, 2022, True)])
def test_one_policy_is_sealed_once_a_year(void: bool, year: int, good: bool) -> None:
    made, held = b"", ledgers.Ledger()
    steps: list[tuple[Any, str, dict[str, Any]]] = [("commit", "p-a-1", {"policy": "r/b", "year": 2021})]
    steps += [("void", "p-a-1", {"reason": "漏列"})] if void else []
    steps += [("commit", "q-b-1", {"policy": "r/b", "year": year})]
    for kind, name, data in steps:
        made += held.next(kind, name, "", data).encode() + b"\n"
        if good or len(held.events) == 0:
            held = ledgers.read(made)
    if good:
        assert SSJ.read_ledger(made)[1] == held.head
    else:
        with pytest.raises(ValueError, match=r"line 2 .*sealed before"):
            SSJ.read_ledger(made)
