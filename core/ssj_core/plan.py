"""SPEC §1: `plan.toml`, one year of one bureau, as values (format `ssj-plan/1`)."""

from collections.abc import Mapping
from datetime import date
from typing import Literal

from attrs import field, frozen

from ssj_core.entropy.model import Level
from ssj_core.roster.spec import RosterSpec
from ssj_core.rules.effective import SealedReplacement
from ssj_core.signing import Signer


@frozen(kw_only=True)
class Rosters:
    """The two libraries (两库), and a list of inspections that were made before and stand in no ledger."""

    subjects: RosterSpec
    officers: RosterSpec
    inspections: RosterSpec | None = None

    @property
    def named(self) -> Mapping[str, RosterSpec]:
        """Those that are given, by the name of their table in the plan."""
        given = {"subjects": self.subjects, "officers": self.officers, "inspections": self.inspections}
        return {name: spec for name, spec in given.items() if spec is not None}


@frozen(kw_only=True)
class EntropyUse:
    """One entropy source of the plan; the order of the list is the order in the seed.

    `params` name its future event where it has one (a lottery's game and issue, a beacon's round).
    """

    source: str
    params: Mapping[str, str] = field(factory=dict)


@frozen(kw_only=True)
class Batch:
    """批次: a batch of the ruleset (`policy`) with its days, both included.

    `entropy`, where given, stands for the plan's own list in this batch: future events differ from batch to batch.
    """

    id: str
    policy: str
    start: date
    end: date
    entropy: tuple[EntropyUse, ...] = ()
    replacement: SealedReplacement | None = None


@frozen(kw_only=True)
class StampUse:
    """Whose time stamps of the commitment will count: files of certificates (PEM) beside the plan, roots among them."""

    certificates: tuple[str, ...]


@frozen(kw_only=True)
class Plan:
    """抽查计划. `assurance` is the level of randomness below which nothing may be drawn.

    `replacement` says how a drawn subject that cannot be inspected is replaced, unless the batch says otherwise;
    `signers` names beforehand who will sign the ledger, each with his public key; `stamp` whose time stamps count.
    """

    format: Literal["ssj-plan/1"]
    id: str
    title: str
    bureau: str
    document_no: str = ""
    year: int
    ruleset: str
    rosters: Rosters
    entropy: tuple[EntropyUse, ...]
    batch: tuple[Batch, ...]
    assurance: Level | None = None
    replacement: SealedReplacement = field(factory=SealedReplacement)
    signers: tuple[Signer, ...] = ()
    stamp: StampUse | None = None
    rule_folders: tuple[str, ...] = ()
    accept_unreviewed: tuple[str, ...] = ()
