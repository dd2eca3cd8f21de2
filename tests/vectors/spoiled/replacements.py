"""Bad replacements: events no office may register, and files and keys that are none; all digests are right."""

from collections.abc import Callable, Iterator
from typing import Any

from attrs import evolve

from ssj_core.commitment import NO_LEDGER
from ssj_core.replacement.event import FILE as EVENT
from ssj_core.replacement.event import Event, event_commitment
from ssj_core.replacement.record import FILE
from ssj_core.rules.effective import SealedEntropy
from ssj_core.standing import path
from tests.replacing import Replacing
from tests.vectors.spoiled.base import case, data, last_digit, put
from tests.vectors.spoiled.goods import needy, officer
from tests.vectors.spoiled.replaced import ASK_OS, Lie, alone, bad_one, carried_out, leaving, respelt, subject
from tests.vectors.spoiled.vector import NAME, Files, Vector


def vectors() -> Iterator[tuple[str, Vector]]:
    """Name and vector."""
    yield from _subjects()
    yield from _officers()
    yield from _files()
    yield from _keys()


def _released(r: Replacing) -> Event:
    """The place that would be released, were there need."""
    event = leaving()(r)
    row = min((p for p in r.standing.rows if p.officer != event.unit), key=lambda p: (p.subject, p.place))
    return evolve(event, released=(f"{row.subject}#{row.place}",))


def _subjects() -> Iterator[tuple[str, Vector]]:
    made: dict[str, tuple[str, str, str, Lie]] = {
        "no-document": ("no evidence is named", "13.1", "SSJ-V208", subject(document="")),
        "no-decider": ("nobody decided", "13.1", "SSJ-V208", subject(by="")),
        "judged-and-foreseeable": (
            "a reason the office judges, and the next of the reserve steps in", "13.7", "SSJ-V210",
            subject(mode="R1", entropy=()),
        ),
        "objective-and-by-lot": (
            "an objective reason, and yet by lot", "13.7", "SSJ-V210", subject("moved", mode="R3", entropy=ASK_OS),
        ),
        "round-without-a-chain": ("a round where there is no chain", "13.7", "SSJ-V210", subject(round=1)),
        "needless-entropy": (
            "entropy where nothing is left to chance", "13.9", "SSJ-V211", subject("moved", entropy=ASK_OS),
        ),
        "entropy-twice": ("two numbers where the plan names one", "13.9", "SSJ-V211", subject(entropy=ASK_OS * 2)),
        "another-source": (
            "another source than the draw's", "13.9", "SSJ-V211", subject(entropy=(SealedEntropy(source="text"),)),
        ),
        "subject-that-was-not-drawn": ("a subject that does not stand", "13.4", "SSJ-V209", _undrawn),
        "subject-with-visits": (
            "a subject that leaves a team", "13.2 13.4", "SSJ-V209",
            lambda r: subject(visits=(r.standing.rows[-1].subject,))(r),
        ),
        "subject-that-withdraws": ("a subject that withdraws", "13.2 13.4", "SSJ-V209", subject(withdraws=True)),
    }  # fmt: skip
    for reason, name in (("unreachable", "unknown-reason"), ("leave", "an-officers-reason")):
        made[name] = (f"the reason is `{reason}`", "13.1", "SSJ-V208", _for(reason))
    for name, (about, musts, code, lie) in made.items():
        yield f"replacement-{name}", bad_one(about, musts, code, carried_out(lie))


def _undrawn(r: Replacing) -> Event:
    stand = {row.subject for row in r.standing.rows}
    other = next(s for s in r.sealed.subjects if s.id not in stand)
    return evolve(subject()(r), unit=other.id, name=other.name)


def _for(reason: str) -> Lie:
    """A reason that cannot be asked for."""
    return lambda r: evolve(subject()(r), reason=reason)


def _officers() -> Iterator[tuple[str, Vector]]:
    made: dict[str, tuple[str, str, Lie]] = {
        "withdraws-from-some": ("an officer withdraws and stays in a team", "13.2", _half),
        "officer-who-leaves-nothing": (
            "an officer leaves no team",
            "13.4",
            leaving(visits=(), withdraws=False, entropy=()),
        ),
        "officer-with-a-round": ("an officer's event with a round", "13.2", leaving(round=1)),
        "officer-with-a-mode": ("an officer's event with a mode", "13.2", leaving(mode="R3")),
        "visits-exchanged": ("the teams he leaves in another order", "13.2", _turned),
        "officer-not-in-the-team": ("an officer leaves a team he is not in", "13.4", _stranger),
    }
    for name, (about, musts, lie) in made.items():
        yield f"replacement-{name}", bad_one(about, musts, "SSJ-V209", carried_out(lie))
    about = "another place is drawn again although nothing asks for it"
    yield "replacement-places-released", bad_one(about, "13.14", "SSJ-V220", carried_out(_released))
    for name, about, places in (
        ("more-released", "two places are drawn again where one would do", ("test:0008#1", "test:0010#1")),
        ("another-released", "a place is drawn again where one before it would do", ("test:0010#1",)),
    ):
        event, r = needy()[0], Replacing(needy()[1].case)
        r.carry_out(evolve(event, released=places))
        yield f"replacement-{name}", bad_one(about, "13.14", "SSJ-V220", r.files)


def _half(r: Replacing) -> Event:
    event = leaving()(r)
    assert len(event.visits) > 1
    return evolve(event, visits=event.visits[:1])


def _turned(r: Replacing) -> Event:
    event = leaving()(r)
    return evolve(event, visits=event.visits[::-1], withdraws=False)


def _stranger(r: Replacing) -> Event:
    event = leaving()(r)
    his = r.standing.rows[0].subject
    other = next(o for o in r.sealed.officers if his not in r.standing.visits_of(o.id))
    return evolve(event, unit=other.id, name=other.name, visits=(his,), withdraws=False)


def _files() -> Iterator[tuple[str, Vector]]:
    event = path(1, "event.toml")
    changed = {**officer().files, event: data("材料一份", "材料两份")(officer().files[event])}
    yield "replacement-event-changed", bad_one("the evidence of the event was changed", "13.13", "SSJ-V205", changed)
    teams = path(1, "teams.csv")
    changed = {**officer().files, teams: data(",1,", ",01,")(officer().files[teams])}
    yield "replacement-teams-form", bad_one("teams.csv in another form", "9.2 13.13", "SSJ-V203", changed)
    listed = respelt(lambda b: b["tables"].update({EVENT: "0" * 64}))
    yield "replacement-digest-of-the-event", bad_one("another digest of event.toml", "13.13", "SSJ-V205", listed)
    rings = respelt(event=data("材料一份", "\\u0007材料一份"), r=alone(1))
    yield "replacement-event-that-rings", bad_one("evidence that rings", "9.6", "SSJ-V011", rings)
    place = path(1, FILE)
    changed = {**officer().files, place: data("T09:05", "T09:06")(officer().files[place])}
    yield "replacement-closing", bad_one("the record was changed and not closed", "9.4 13.13", "SSJ-V002", changed)
    for name in ("event.toml", FILE, "teams.csv"):
        files = {file: content for file, content in officer().files.items() if file != path(1, name)}
        yield (
            f"replacement-without-{name.partition('.')[0]}",
            bad_one(f"no {name}: it cannot be told", "11.1", "SSJ-V202", files, verdict="unknown"),
        )
    yield (
        "replacement-id",
        bad_one("the record of another replacement", "13.2", "SSJ-V206", respelt(put("id", value=f"{NAME}+5"))),
    )
    for field in ("parent", "event_digest", "previous_head", "value"):
        files = respelt(lambda b, field=field: b["commitment"].update({field: last_digit(b["commitment"][field])}))  # type: ignore[misc]
        yield f"replacement-{field.replace('_', '-')}", bad_one(f"another {field}", "13.2", "SSJ-V207", files)
    about = "a head that is no digest, and the commitment made with it"
    yield "replacement-previous-head-in-capitals", bad_one(about, "2.1", "SSJ-V207", _spelt())


def _spelt() -> Files:
    """The next of the reserve steps in: nothing is drawn from the commitment."""
    r = Replacing(case("os"))
    r.ask(r.standing.rows[-1].subject, "moved")
    assert not r.done[0][0].entropy
    head = NO_LEDGER[:-1] + "A"

    def change(body: dict[str, Any]) -> None:
        parts = body["commitment"]
        value = event_commitment(body["id"], parts["parent"], r.files[path(1, EVENT)], head)
        parts |= {"previous_head": head, "value": value}

    return respelt(change, r=r)


def _keys() -> Iterator[tuple[str, Vector]]:
    """Keys and values that no event and no record of a replacement has, and those of a newer version."""
    named: dict[str, tuple[str, str, str, str, str]] = {
        "unknown-field": ("a field that no event has", "SSJ-V006", "follows = 0", "follows = 0\ncolour = 1", "fails"),
        "missing-field": ("no `follows`", "SSJ-V007", "follows = 0\n", "", "fails"),
        "wrong-type": ("`withdraws` is text", "SSJ-V008", "withdraws = true", 'withdraws = "true"', "fails"),
        "newer": ("a newer version wrote the event", "SSJ-V005", "ssj-replace/1", "ssj-replace/2", "unknown"),
    }
    for name, (about, code, old, new, verdict) in named.items():
        files = respelt(event=data(old, new))
        must = "9.3" if verdict == "fails" else "11.9"
        yield f"replacement-event-{name}", bad_one(about, must, code, files, verdict=verdict)
    made: dict[str, tuple[str, str, Callable[[dict[str, Any]], object], str]] = {
        "unknown-field": ("a field that no record has", "SSJ-V006", lambda b: b.update(colour=1), "fails"),
        "missing-field": ("no `drawn_at`", "SSJ-V007", lambda b: b.pop("drawn_at"), "fails"),
        "wrong-type": (
            "a range that is text",
            "SSJ-V008",
            lambda b: b["matching"]["share"][0].update(low="0"),
            "fails",
        ),
        "newer": ("a newer version wrote the record", "SSJ-V005", put("format", value="ssj-replacement/2"), "unknown"),
        "newer-spec": ("of a later specification", "SSJ-V005", put("spec", value="SSJ-DRAW/2"), "unknown"),
    }
    for name, (about, code, change, verdict) in made.items():
        must = "9.3" if verdict == "fails" else "11.9"
        yield f"replacement-record-{name}", bad_one(about, must, code, respelt(change), verdict=verdict)
    r = Replacing(case("os"))
    for place in (0, -1):
        r.ask(r.standing.rows[place].subject, "deregistered")
    files = {name: content for name, content in r.files.items() if name != path(1, EVENT)}
    yield (
        "replacement-of-an-unknown-one",
        bad_one("it builds on one whose event is not there", "11.1", "SSJ-V202", files, verdict="unknown"),
    )
