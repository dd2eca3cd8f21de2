"""How replacements are spoiled: an event that lies, carried out to the end, or a good one with another outcome."""

import tomllib
from collections.abc import Callable
from typing import Any, Final

import tomli_w
from attrs import evolve

from ssj_core.canonical import digest
from ssj_core.record import closed
from ssj_core.replacement.asked import Asked
from ssj_core.replacement.event import FILE as EVENT
from ssj_core.replacement.event import Event, event_commitment
from ssj_core.replacement.record import FILE
from ssj_core.rules.effective import SealedEntropy
from ssj_core.seed import seed
from ssj_core.standing import path
from ssj_core.tables import TeamRow, decode_table, encode_table
from tests.replacing import Replacing
from tests.vectors.spoiled.base import case
from tests.vectors.spoiled.goods import officer
from tests.vectors.spoiled.vector import NAME, Files, Vector, bad

ASK_OS: Final = (SealedEntropy(source="os"),)
Lie = Callable[[Replacing], Event]


def bad_one(about: str, musts: str, code: str, files: Files, number: int = 1, **more: Any) -> Vector:
    """A vector whose replacement of this number does not hold."""
    return bad(about, musts, "replacement", code, files, of=f"{NAME}+{number}", **more)


def carried_out(lie: Lie) -> Files:
    """The event carried out to the end, whatever it says."""
    r = Replacing(case("os"))
    r.carry_out(lie(r))
    return r.files


def subject(reason: str = "closed", **change: Any) -> Lie:
    """A subject drops out, told otherwise than it was decided."""

    def made(r: Replacing) -> Event:
        asked = Asked(unit=r.standing.rows[-1].subject, reason=reason, document="登记查询单 3 号", by="办公室")
        return evolve(r.decided(asked), **change)

    return made


def leaving(**change: Any) -> Lie:
    """The officer in most teams leaves, told otherwise than it was decided."""

    def made(r: Replacing) -> Event:
        most = max(sorted({p.officer for p in r.standing.rows}), key=lambda o: len(r.standing.visits_of(o)))
        event = r.decided(Asked(unit=most, reason="leave", document="请假条", by="办公室"))
        return evolve(event, **change)

    return made


def respelt(
    record: Callable[[dict[str, Any]], object] = lambda _: None,
    rows: Callable[[list[Any]], object] = lambda _: None,
    *,
    event: Callable[[bytes], bytes] = lambda content: content,
    r: Replacing | None = None,
) -> Files:
    """A good replacement with another record, event or other teams; commitment, digests and closing made right."""
    files = dict((r or officer()).files)
    place, teams = path(1, FILE), path(1, "teams.csv")
    found: list[Any] = list(decode_table(TeamRow, files[teams]))
    rows(found)
    files[teams] = encode_table(TeamRow, found)
    sealed, said = path(1, EVENT), files[path(1, EVENT)]
    body = tomllib.loads(files[place].decode())
    body["tables"]["teams.csv"] = digest(files[teams])
    if (changed := event(said)) != said:
        files[sealed] = changed
        body["tables"][EVENT] = digest(changed)
        parts = body["commitment"]
        value = event_commitment(body["id"], parts["parent"], changed, parts["previous_head"])
        body["commitment"] |= {"event_digest": digest(changed), "value": value}
        if body.get("entropy"):
            body["seed"] = seed(value, [f"{e['source']}:{e['canonical']}" for e in body["entropy"]])
    record(body)
    body.pop("closing", None)
    files[place] = closed(tomli_w.dumps(body))
    return files


def alone(number: int) -> Replacing:
    """One replacement alone: the next of the reserve steps in, or whoever is drawn by lot."""
    r = Replacing(case("os"))
    r.ask(r.standing.rows[-1].subject, "deregistered" if number == 1 else "closed")
    return r
