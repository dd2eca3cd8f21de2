"""Replacements for which nobody is left, that release too little, or of which the ledger tells otherwise."""

import tomllib
from collections.abc import Iterator
from functools import partial
from typing import Any

import tomli_w
from attrs import evolve

from ssj_core.canonical import digest
from ssj_core.record import closed
from ssj_core.replacement.event import FILE as EVENT
from ssj_core.replacement.event import Event, encode_event, event_commitment
from ssj_core.replacement.record import FILE
from ssj_core.seed import seed
from ssj_core.standing import path
from tests.replacing import Replacing
from tests.vectors.spoiled.base import case
from tests.vectors.spoiled.goods import led, officer, unsure, whoever
from tests.vectors.spoiled.ledgers import Lines, again, written
from tests.vectors.spoiled.replaced import ASK_OS, bad_one
from tests.vectors.spoiled.vector import NAME, Files, Vector


def vectors() -> Iterator[tuple[str, Vector]]:
    """Name and vector."""
    yield from _nobody_left()
    yield from _whoever()
    yield from _ledger()


def _nobody_left() -> Iterator[tuple[str, Vector]]:
    """Two officers are left and are in every team; then one of them drops out."""
    r = Replacing(case("os"))
    first, second, third, *_ = r.sealed.officers
    for one in (first, second):
        r.ask(one.id, "leave")
    number = len(r.done) + 1
    event = evolve(
        r.done[-1][0],
        id=f"{NAME}+{number}",
        follows=number - 1,
        unit=third.id,
        name=third.name,
        visits=r.standing.visits_of(third.id),
    )
    yield "replacement-nobody-left", bad_one(
        "an officer drops out although nobody is left for his places", "13.10", "SSJ-M002",
        {**r.files, **_registered(r, event)}, number,
    )  # fmt: skip


def _whoever() -> Iterator[tuple[str, Vector]]:
    """Who steps in is drawn by lot, and what is released would not do for whoever might."""
    r = unsure("test:0008", lambda r: evolve(whoever(r, "test:0010"), released=("test:0009#2", "test:0010#2")))
    yield (
        "replacement-released-for-one-only",
        bad_one(
            "the places released are those of who stepped in, not of whoever might have",
            "13.10 13.14",
            "SSJ-V220",
            r.files,
        ),
    )
    start = partial(led, "officer:0005", s2="3 4")
    for name, about, into, released in (
        ("unnamed", "a place released has the name of who steps in, whom nobody knew", "test:0010", ("test:0010#2",)),
        ("none-for-whoever", "nothing is released, and not whoever might step in could be visited", "test:0008", ()),
    ):
        r = unsure(into, lambda r, places=released: evolve(whoever(r, "test:0016"), released=places), start)  # type: ignore[misc]
        code = "SSJ-V220" if released else "SSJ-M002"
        yield f"replacement-released-{name}", bad_one(about, "13.10 13.14", code, r.files)
    event = Event(
        format="ssj-replace/1", id=f"{NAME}+1", follows=0, kind="subject", unit="test:0014", name="企业6",
        reason="closed", document="材料一份", by="办公室", mode="R3", entropy=ASK_OS,
    )  # fmt: skip
    r = unsure("test:0010", lambda _: event, partial(led, s0="2 5", s8="2 5"))
    yield (
        "replacement-hopeless-for-another",
        bad_one(
            "whatever is released, another who might have stepped in could not be visited", "13.10", "SSJ-M001", r.files
        ),
    )


def _registered(r: Replacing, event: Event) -> Files:
    """Files of a replacement that has no outcome, with the teams and the matching of the one before."""
    number = len(r.done) + 1
    content = encode_event(event)
    body = tomllib.loads(r.files[path(number - 1, FILE)].decode())
    teams = r.files[path(number - 1, "teams.csv")]
    value = event_commitment(event.id, r.parent, content, r.ledger.head)
    body |= {
        "id": event.id,
        "commitment": {
            "parent": r.parent, "event_digest": digest(content), "previous_head": r.ledger.head, "value": value,
        },
        "seed": seed(value, [f"{e['source']}:{e['canonical']}" for e in body["entropy"]]),
        "tables": {EVENT: digest(content), "teams.csv": digest(teams)},
    }  # fmt: skip
    body.pop("closing")
    record = closed(tomli_w.dumps(body))
    return {path(number, EVENT): content, path(number, FILE): record, path(number, "teams.csv"): teams}


def _ledger() -> Iterator[tuple[str, Vector]]:
    last = f"{NAME}+1"
    made: dict[str, tuple[str, str, dict[str, Any]]] = {
        "unit": ("replace", "somebody else dropped out", {"unit": "test:9999"}),
        "reason": ("replace", "another reason", {"reason": "other"}),
        "document": ("replace", "other evidence", {"document": "另一件"}),
        "decider": ("replace", "somebody else decided", {"by": "另一人"}),
        "entropy": ("entropy", "other entropy", {"evidence": []}),
        "record": ("replaced", "another record", {"record": "0" * 64}),
        "time": ("replace", "another time of registration", {}),
    }
    r = officer()
    for name, (kind, about, change) in made.items():
        lines: Lines = [
            (k, draw, "2021-03-01T12:00:00+08:00" if not change else time, {**told, **change})
            if (k, draw) == (kind, last)
            else (k, draw, time, told)
            for k, draw, time, told in again(r.ledger)
        ]
        yield (
            f"ledger-replacement-another-{name}",
            bad_one(f"the ledger has {about}", "11.4 13.13", "SSJ-V219", r.files, ledger=written(lines)),
        )
    short = [line for line in again(r.ledger) if line[1] != last]
    yield (
        "ledger-without-the-replacement",
        bad_one(
            "the ledger does not have the last replacement", "11.4 13.13", "SSJ-V218", r.files, ledger=written(short)
        ),
    )
    gone = {name: content for name, content in r.files.items() if not name.startswith("replacements/1/")}
    yield "ledger-replacement-without-folder", bad_one(
        "a replacement of the ledger is not there: it cannot be told", "11.1", "SSJ-V202", gone,
        ledger=written(again(r.ledger)), verdict="unknown",
    )  # fmt: skip
    follows = _follows_the_wrong_one()
    yield "replacement-follows-another", bad_one(
        "built on the draw although a replacement stands", "13.11 13.13", "SSJ-V204", follows.files, 2,
        ledger=written(again(follows.ledger)),
    )  # fmt: skip


def _follows_the_wrong_one() -> Replacing:
    r = Replacing(case("os"))
    standing, parent = r.standing, r.parent
    r.ask(r.standing.rows[0].subject, "deregistered")
    r.standing, r.parent, r.follows = standing, parent, 0
    r.ask(r.standing.rows[-1].subject, "closed")
    return r
