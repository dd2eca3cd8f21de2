"""Replacements made in memory, for the tests: ask, decide, replace, and the files of all of it."""

from collections.abc import Mapping
from hashlib import sha256

from attrs import define, field

from ssj_core.canonical import digest
from ssj_core.commitment import NO_LEDGER
from ssj_core.entropy import chain
from ssj_core.entropy.model import Evidence
from ssj_core.ledger import Ledger, read
from ssj_core.pipeline import draw
from ssj_core.record import FILE as RECORD
from ssj_core.replacement.asked import Asked
from ssj_core.replacement.decide import decide
from ssj_core.replacement.event import FILE, Event, encode_event, event_commitment
from ssj_core.replacement.outcome import Replaced, replace, replacement_seed
from ssj_core.replacement.record import FILE as REPLACEMENT
from ssj_core.replacement.record import EventPart, make_replacement_record, tables
from ssj_core.replacement.standing import Standing
from ssj_core.rules.effective import SealedEntropy
from ssj_core.sealed import Sealed
from ssj_core.standing import path, replacement_id
from ssj_core.workspace import evidence_data
from tests.strategies import DRAWN_AT, SEALED_AT, Case, draw_files

LINKS = chain.links(sha256(b"keeper").hexdigest(), 3)
"""A chain of three rounds; the last is its anchor."""


@define
class Replacing:
    """A finished draw and everything that was replaced in it, with its ledger."""

    case: Case
    sealed: Sealed = field(init=False)
    seed: str = field(init=False)
    standing: Standing = field(init=False)
    parent: str = field(init=False)
    files: dict[str, bytes] = field(init=False)
    ledger: Ledger = field(init=False, factory=Ledger)
    rounds: int = 0
    follows: int | None = None
    """Number of the replacement to build on, if it is not the last."""
    said: Evidence | None = None
    """What is given for every source but a chain; else a number that looks like chance."""
    done: list[tuple[Event, Replaced]] = field(factory=list)

    def __attrs_post_init__(self) -> None:
        self.sealed = self.case.seal()
        outcome = draw(self.sealed, self.case.evidence)
        self.files = draw_files(self.sealed, self.case.evidence, outcome)
        self.seed, self.standing = outcome.seed, Standing.drawn(outcome.teams)
        self.parent = digest(self.files[RECORD])
        commitment = self.sealed.commitment
        name = self.sealed.rules.draw_id
        policy = f"{self.sealed.rules.ruleset}/{self.sealed.rules.policy}"
        sealing = {"commitment": commitment.value, "policy": policy, "year": self.sealed.rules.year}
        self.note("commit", name, SEALED_AT, sealing)
        taken = {"commitment": commitment.value, "evidence": evidence_data(self.case.evidence)}
        self.note("entropy", name, DRAWN_AT, taken)
        self.note("draw", name, DRAWN_AT, {"record": self.parent, "seed": self.seed, "year": self.sealed.rules.year})

    def note(self, kind: str, name: str, time: str, data: Mapping[str, object]) -> None:
        """Append an event to the ledger."""
        event = self.ledger.next(kind, name, time, data)  # type: ignore[arg-type]
        lines = [e.encode() for e in self.ledger.events] + [event.encode()]
        self.ledger = read(b"".join(line + b"\n" for line in lines))

    @property
    def name(self) -> str:
        """Id of the draw."""
        return self.sealed.rules.draw_id

    def decided(self, asked: Asked) -> Event:
        """The event as it would be sealed."""
        return decide(
            asked,
            self.sealed,
            self.standing,
            name=replacement_id(self.name, len(self.done) + 1),
            follows=len(self.done) if self.follows is None else self.follows,
            draw_seed=self.seed,
            rounds=self.rounds,
            appoint=lambda: tuple(SealedEntropy(source=e.source) for e in self.case.evidence),
        )

    def ask(
        self, unit: str, reason: str, visits: tuple[str, ...] = (), salt: str = "", release: bool = False
    ) -> Replaced:
        """Replace somebody; `salt` varies the entropy."""
        asked = Asked(unit=unit, reason=reason, document="材料一份", by="办公室", visits=visits, release=release)
        event = self.decided(asked)
        return self.carry_out(event, salt)

    def carry_out(self, event: Event, salt: str = "") -> Replaced:
        """Finish an event, whatever it says, and lay its files and events down."""
        number = len(self.done) + 1
        data = encode_event(event)
        head = self.ledger.head if self.ledger.events else NO_LEDGER
        value = event_commitment(event.id, self.parent, data, head)
        evidence = tuple(self._evidence(event, source.source, salt) for source in event.entropy)
        seed = replacement_seed(event, value, [e.value for e in evidence], self.seed)
        replaced = replace(self.sealed, self.standing, event, seed, self.seed)
        part = EventPart(parent=self.parent, event_digest=digest(data), previous_head=head, value=value)
        record = make_replacement_record(
            event.id, part, {FILE: data}, evidence, replaced, sealed_at=SEALED_AT, drawn_at=DRAWN_AT, software={}
        )
        for file, content in {FILE: data, REPLACEMENT: record, **tables(replaced)}.items():
            self.files[path(number, file)] = content
        said: dict[str, object] = {
            "commitment": value, "event": digest(data), "parent": self.parent, "unit": event.unit,
            "reason": event.reason, "document": event.document, "by": event.by,
            "sources": [e.source for e in event.entropy], "released": list(event.released),
        }  # fmt: skip
        if event.mode == "R2" and event.entropy:
            said["anchor"] = event.entropy[0].appointed["anchor"]
        self.note("replace", event.id, SEALED_AT, said)
        if evidence:
            self.note("entropy", event.id, DRAWN_AT, {"commitment": value, "evidence": evidence_data(evidence)})
        self.note("replaced", event.id, DRAWN_AT, {"record": digest(record), "seed": seed})
        self.standing, self.parent, self.follows = replaced.standing, digest(record), None
        self.rounds += event.mode == "R2" and bool(evidence)
        self.done.append((event, replaced))
        return replaced

    def _evidence(self, event: Event, source: str, salt: str) -> Evidence:
        if source == chain.NAME:
            link = LINKS[len(LINKS) - 1 - event.round]
            return Evidence(source=source, raw=link, canonical=link)
        if self.said:
            return self.said
        value = sha256(f"{event.id}{salt}".encode()).hexdigest()
        return Evidence(source=source, raw=value, canonical=value)
