"""Ledgers for the vectors: what a program writes of a draw, and any lines chained whatever they say."""

from collections.abc import Mapping
from typing import Any

from attrs import asdict, evolve

from ssj_core.canonical import digest
from ssj_core.ledger import Event, Ledger
from ssj_core.record import FILE, decode_record
from ssj_core.workspace import evidence_data

Lines = list[tuple[str, str, str, dict[str, Any]]]
"""Kind, draw, time and data of each event."""


def of_draw(files: Mapping[str, bytes], name: str, policy: str = "t/b", year: int = 2021) -> Lines:
    """The three events of a draw."""
    told = decode_record(files[FILE])
    inputs = asdict(told.commitment)
    value, _ = inputs.pop("value"), inputs.pop("previous_head")
    evidence = evidence_data([part.evidence() for part in told.entropy])
    return [
        ("commit", name, told.sealed_at, {"commitment": value, "policy": policy, "year": year, **inputs}),
        ("entropy", name, told.drawn_at, {"commitment": value, "evidence": evidence}),
        ("draw", name, told.drawn_at, {"record": digest(files[FILE]), "seed": told.seed, "year": year}),
    ]


def written(lines: Lines, held: Ledger | None = None) -> bytes:
    """The lines as a file, each following the one before, after those of `held`."""
    held = held or Ledger()
    made = b"".join(event.encode() + b"\n" for event in held.events)
    for number, (kind, draw, time, data) in enumerate(lines, start=len(held.events) + 1):
        event: Event = held.next(kind, draw, time, data)  # type: ignore[arg-type]
        line = evolve(event, number=number).encode()
        made += line + b"\n"
        held = evolve(held, head=digest(line))
    return made


def again(ledger: Ledger) -> Lines:
    """The lines of a ledger, to be changed."""
    return [(event.event, event.draw, event.time, dict(event.data)) for event in ledger.events]
