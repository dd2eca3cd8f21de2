"""`replacement.toml`: what a replacement was made from and what it came to (format `ssj-replacement/1`, SPEC §13.6)."""

from collections.abc import Mapping, Sequence
from typing import Any, Final, Literal

import tomli_w
from attrs import asdict, evolve, frozen

from ssj_core.entropy.model import Evidence
from ssj_core.record import ClosingPart, EntropyPart, MatchPart, closed, share_parts
from ssj_core.replacement.outcome import Replaced
from ssj_core.rules.effective import table_digests
from ssj_core.structuring import clean_texts, load_toml
from ssj_core.tables import TeamRow, encode_table

FILE: Final = "replacement.toml"
TEAMS: Final = "teams.csv"


@frozen(kw_only=True)
class EventPart:
    """The fields of the commitment of a replacement, and the commitment."""

    parent: str
    event_digest: str
    previous_head: str
    value: str


@frozen(kw_only=True)
class SuccessorPart:
    """Who stepped in, with the ticket that counted."""

    id: str
    stratum: str
    ticket: str


@frozen(kw_only=True)
class ReplacementRecord:
    """替换记录. `seed` is empty, `successor` and `matching` are absent where there was nothing to draw."""

    format: Literal["ssj-replacement/1"]
    spec: Literal["SSJ-DRAW/1"]
    id: str
    seed: str
    sealed_at: str
    drawn_at: str
    commitment: EventPart
    entropy: tuple[EntropyPart, ...] = ()
    successor: SuccessorPart | None = None
    matching: MatchPart | None = None
    tables: Mapping[str, str]
    software: Mapping[str, str]
    closing: ClosingPart


def tables(replaced: Replaced) -> dict[str, bytes]:
    """The teams after the replacement, by file name."""
    return {TEAMS: encode_table(TeamRow, replaced.standing.rows)}


def make_replacement_record(
    name: str,
    commitment: EventPart,
    event: Mapping[str, bytes],
    evidence: Sequence[Evidence],
    replaced: Replaced,
    *,
    sealed_at: str,
    drawn_at: str,
    software: Mapping[str, str],
) -> bytes:
    """The bytes of `replacement.toml`; `event` is the sealed file by name."""
    body: dict[str, Any] = {
        "format": "ssj-replacement/1",
        "spec": "SSJ-DRAW/1",
        "id": name,
        "seed": replaced.seed,
        "sealed_at": sealed_at,
        "drawn_at": drawn_at,
        "commitment": asdict(commitment),
        "entropy": [asdict(e) for e in evidence],
        **outcome_parts(replaced),
        "tables": table_digests({**event, **tables(replaced)}),
        "software": dict(software),
    }
    return closed(tomli_w.dumps(body))


def outcome_parts(replaced: Replaced) -> dict[str, Any]:
    """Successor and matching as the record holds them; absent where there is none."""
    parts: dict[str, Any] = {}
    if chosen := replaced.successor:
        parts["successor"] = {"id": chosen.id, "stratum": replaced.stratum, "ticket": chosen.value}
    if replaced.matching:
        parts["matching"] = share_parts(replaced.matching)
    return parts


def decode_replacement(data: bytes, file: str = FILE) -> ReplacementRecord:
    """Read `replacement.toml`; raises `InputError` when it is not one."""
    record = load_toml(data, ReplacementRecord, file)
    printed = tuple(evolve(part, raw="", details={}) for part in record.entropy)
    clean_texts(evolve(record, entropy=printed), file)
    return record
