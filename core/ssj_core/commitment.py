"""SPEC §5: the commitment, made of everything that decides the draw, before any entropy exists."""

from collections.abc import Sequence
from typing import Final

from attrs import frozen

from ssj_core import merkle
from ssj_core.canonical import check_id, check_line_value, digest, lines
from ssj_core.sm3 import sm3

NO_LEDGER: Final = "0" * 64
"""The previous ledger head when there is no ledger yet."""


@frozen(kw_only=True)
class SubjectLine:
    """A subject as it is sealed: id and stratum, and how many tickets it has where the draw has weights (else 0)."""

    id: str
    stratum: str
    tickets: int = 0

    def encode(self) -> bytes:
        """`id TAB stratum [TAB tickets]`, no final LF."""
        check_id(self.id)
        check_line_value(self.stratum)
        more = f"\t{self.tickets}" if self.tickets else ""
        return f"{self.id}\t{self.stratum}{more}".encode()


@frozen(kw_only=True)
class OfficerLine:
    """An officer as sealed: id, section, the most visits allowed, visits already held."""

    id: str
    section: str
    cap: int
    history: int

    def encode(self) -> bytes:
        """`id TAB section TAB cap TAB history`, no final LF."""
        check_id(self.id)
        check_line_value(self.section)
        return f"{self.id}\t{self.section}\t{self.cap}\t{self.history}".encode()


@frozen(kw_only=True)
class Commitment:
    """承诺: the fields of SPEC §5.3, in their order, and what they come to."""

    draw_id: str
    subjects_root: str
    subjects_count: int
    officers_root: str
    officers_count: int
    plan_digest: str
    rules_digest: str
    previous_head: str

    @property
    def message(self) -> bytes:
        """The nine lines that are hashed."""
        return lines(
            "ssj.commit.1",
            self.draw_id,
            self.subjects_root,
            str(self.subjects_count),
            self.officers_root,
            str(self.officers_count),
            self.plan_digest,
            self.rules_digest,
            self.previous_head,
        )

    @property
    def value(self) -> str:
        """The commitment itself: 64 lower-case hex digits."""
        return digest(self.message)

    @property
    def sm3(self) -> str:
        """SM3 of the very bytes whose SHA-256 is the commitment, for whoever must use the national algorithm."""
        return sm3(self.message)


def roster_root(sealed: Sequence[SubjectLine] | Sequence[OfficerLine]) -> str:
    """Root over the canonical lines sorted bytewise.

    Raises:
        ValueError: an id is malformed or occurs twice.
    """
    seen: set[str] = set()
    for line in sealed:
        if line.id in seen:
            raise ValueError(f"{line.id!r} occurs twice")
        seen.add(line.id)
    return merkle.root(sorted(line.encode() for line in sealed))


def commit(
    draw_id: str,
    subjects: Sequence[SubjectLine],
    officers: Sequence[OfficerLine],
    *,
    plan: bytes,
    rules: bytes,
    previous_head: str,
) -> Commitment:
    """Seal both rosters, the plan's bytes, the rules' bytes and the ledger's head (SPEC §5)."""
    return Commitment(
        draw_id=draw_id,
        subjects_root=roster_root(subjects),
        subjects_count=len(subjects),
        officers_root=roster_root(officers),
        officers_count=len(officers),
        plan_digest=digest(plan),
        rules_digest=digest(rules),
        previous_head=previous_head,
    )
