"""SPEC §9: `record.toml`, what a draw was made from and what it came to, closed by its own digest."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, Final, Literal

import tomli_w
from attrs import asdict, evolve, field, frozen

from ssj_core.canonical import digest
from ssj_core.commitment import Commitment
from ssj_core.entropy.model import Evidence
from ssj_core.matching import Matching
from ssj_core.pipeline import Outcome
from ssj_core.rules.effective import table_digests
from ssj_core.sealed import Sealed
from ssj_core.structuring import clean_texts, load_toml

FILE: Final = "record.toml"
VERIFIER: Final = "verify_ssj.py"
"""The independent verifier laid into each draw; its digest stands under `software`, for it decides nothing."""
_CLOSING: Final = '\n[closing]\nsha256 = "{}"\n'


@frozen(kw_only=True)
class CommitmentPart:
    """The fields of the commitment, the commitment, and its SM3 digest."""

    subjects_root: str
    subjects_count: int
    officers_root: str
    officers_count: int
    plan_digest: str
    rules_digest: str
    previous_head: str
    value: str
    sm3: str


@frozen(kw_only=True)
class EntropyPart:
    """One entropy value with its testimony, as `entropy.model.Evidence`."""

    source: str
    raw: str
    canonical: str
    who: tuple[str, ...] = ()
    where: str = ""
    when: str = ""
    details: Mapping[str, str] = field(factory=dict)

    def evidence(self) -> Evidence:
        """As the entropy sources know it."""
        return Evidence(
            source=self.source,
            raw=self.raw,
            canonical=self.canonical,
            who=self.who,
            where=self.where,
            when=self.when,
            details=self.details,
        )


@frozen(kw_only=True)
class StratumPart:
    """A stratum: how many it holds, how many were drawn, the largest drawn ticket."""

    stratum: str
    size: int
    quota: int
    cut: str


@frozen(kw_only=True)
class SharePart:
    """An officer's fair range (`low` to `high` places) and what the draw gave."""

    officer: str
    low: int
    high: int
    places: int


@frozen(kw_only=True)
class MatchPart:
    """The matching: its specification, input digest, key and the officers' shares."""

    spec: Literal["ssj-match/1"]
    input_digest: str
    key: str
    share: tuple[SharePart, ...]


@frozen(kw_only=True)
class ClosingPart:
    """SHA-256 of all bytes of the file before the closing section."""

    sha256: str


@frozen(kw_only=True)
class Record:
    """抽取记录. `sealed_at` and `drawn_at` are the clock of whoever ran it; nothing is computed from them."""

    format: Literal["ssj-record/1"]
    spec: Literal["SSJ-DRAW/1"]
    draw_id: str
    bureau: str
    title: str
    seed: str
    sealed_at: str
    drawn_at: str
    commitment: CommitmentPart
    entropy: tuple[EntropyPart, ...]
    stratum: tuple[StratumPart, ...]
    matching: MatchPart
    tables: Mapping[str, str]
    software: Mapping[str, str]
    closing: ClosingPart


def make_record(
    sealed: Sealed,
    evidence: Sequence[Evidence],
    outcome: Outcome,
    *,
    sealed_at: str,
    drawn_at: str,
    software: Mapping[str, str],
) -> bytes:
    """The bytes of `record.toml`."""
    body: dict[str, Any] = {
        "format": "ssj-record/1",
        "spec": "SSJ-DRAW/1",
        "draw_id": sealed.rules.draw_id,
        "bureau": sealed.rules.bureau,
        "title": sealed.rules.title,
        "seed": outcome.seed,
        "sealed_at": sealed_at,
        "drawn_at": drawn_at,
        "commitment": commitment_part(sealed.commitment),
        "entropy": [asdict(e) for e in evidence],
        "stratum": stratum_parts(outcome),
        "matching": matching_part(outcome),
        "tables": table_digests({**sealed.files, **outcome.tables()}),
        "software": dict(software),
    }
    return closed(tomli_w.dumps(body))


def closed(text: str) -> bytes:
    """A record with its closing section."""
    return (text + _CLOSING.format(digest(text.encode()))).encode()


def commitment_part(commitment: Commitment) -> dict[str, Any]:
    """The commitment as the record holds it."""
    fields = asdict(commitment, filter=lambda a, _: a.name != "draw_id")
    return {**fields, "value": commitment.value, "sm3": commitment.sm3}


def stratum_parts(outcome: Outcome) -> list[dict[str, Any]]:
    """Sizes, quotas and cuts as the record holds them."""
    return [
        {"stratum": q.stratum, "size": q.size, "quota": q.quota, "cut": s.cut}
        for q, s in zip(outcome.quotas, outcome.selections, strict=True)
    ]


def matching_part(outcome: Outcome) -> dict[str, Any]:
    """The matching as the record holds it."""
    return share_parts(outcome.matching)


def share_parts(matching: Matching) -> dict[str, Any]:
    """A matching as a record holds it: specification, input digest, key, everybody's range and places."""
    return {
        "spec": matching.spec,
        "input_digest": matching.digest,
        "key": matching.key,
        "share": [{"officer": o.id, "low": o.low, "high": o.high, "places": o.places} for o in matching.officers],
    }


@lru_cache(maxsize=32)  # asked by every step of a draw's verification, as the rules are
def decode_record(data: bytes) -> Record:
    """Read `record.toml`; raises `InputError` when it is not one. Its digest is checked by `closing_holds`."""
    record = load_toml(data, Record, FILE)
    # What was typed, and certificates beside it, may have several lines; they are never printed as they are.
    printed = tuple(evolve(part, raw="", details={}) for part in record.entropy)
    clean_texts(evolve(record, entropy=printed), FILE)
    return record


def closing_holds(data: bytes) -> bool:
    """Whether the file ends with the digest of everything before, in exactly the form it was written."""
    body, mark, _ = data.rpartition(b"\n[closing]\n")
    return bool(mark) and body + _CLOSING.format(digest(body)).encode() == data
