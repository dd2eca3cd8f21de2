"""Replace a subject or an officer in a working folder: register the event, take entropy if it needs any, write."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from attrs import frozen

from ssj_core import standing as names
from ssj_core.canonical import digest
from ssj_core.drawing import Clock
from ssj_core.entropy.model import Evidence
from ssj_core.foreign import call
from ssj_core.gathering import Pending, take_entropy
from ssj_core.ledger import Ledger
from ssj_core.office import Office, entropy_of, source_id
from ssj_core.plan import EntropyUse, Plan
from ssj_core.plugin.registry import listed, nearest
from ssj_core.problems import InputError, problem
from ssj_core.record import FILE as RECORD
from ssj_core.record import decode_record
from ssj_core.replacement.asked import Asked
from ssj_core.replacement.decide import decide
from ssj_core.replacement.event import FILE, Event, decode_event, encode_event, event_commitment
from ssj_core.replacement.history import history
from ssj_core.replacement.outcome import Replaced, replace, replacement_seed
from ssj_core.replacement.record import FILE as REPLACEMENT
from ssj_core.replacement.record import EventPart, make_replacement_record, tables
from ssj_core.replacement.standing import Standing
from ssj_core.rules.effective import SealedEntropy
from ssj_core.sealed import Sealed, unseal
from ssj_core.structuring import load_toml
from ssj_core.tables import TableError
from ssj_core.verify.assurance import for_replacement
from ssj_core.workspace import DRAWS, SEALED, Workspace, evidence_from


@frozen(kw_only=True)
class Base:
    """What a replacement builds on: the draw as sealed, its seed, who stands now, the digest of the last record."""

    draw: str
    sealed: Sealed
    seed: str
    standing: Standing
    follows: int
    parent: str


@frozen(kw_only=True)
class Registered:
    """A replacement whose event is in the ledger and whose outcome is not yet."""

    base: Base
    event: Event
    data: bytes
    previous_head: str
    sealed_at: str

    @property
    def commitment(self) -> str:
        """The commitment of the event (SPEC §13.2)."""
        return event_commitment(self.event.id, self.base.parent, self.data, self.previous_head)

    @property
    def pending(self) -> Pending:
        """What it waits for. The keeper of a chain is never worth a level, so a plan that names one asks for none."""
        required = None if self.event.mode == "R2" else for_replacement(self.base.sealed.rules.assurance)
        return Pending(
            id=self.event.id,
            commitment=self.commitment,
            entropy=self.event.entropy,
            assurance=required,
            sealed_at=self.sealed_at,
        )


@frozen(kw_only=True)
class Finished:
    """A finished replacement, its record's bytes and the ledger's head after it."""

    registered: Registered
    evidence: tuple[Evidence, ...]
    replaced: Replaced
    record: bytes
    head: str


def unfinished(workspace: Workspace, draw: str) -> str | None:
    """Id of the replacement of a draw that is registered and not finished; None if there is none."""
    ledger = workspace.ledger()
    for event in ledger.events:
        part = names.split_replacement(event.draw) if event.event == "replace" else None
        if part and part[0] == draw and not ledger.find("replaced", event.draw) and not ledger.find("void", event.draw):
            return event.draw
    return None


def register(office: Office, workspace: Workspace, draw: str, asked: Asked, clock: Clock) -> Registered:
    """Fix a replacement before anybody knows its outcome: write its event, then its commitment into the ledger.

    Raises:
        InputError: the draw, the unit, the reason or the evidence cannot be used; another replacement is not finished.
        RefusedError: a team could not be completed. Nothing was written then.
    """
    with workspace.locked():
        if open_one := unfinished(workspace, draw):
            raise InputError([problem("SSJ-C005", value=open_one, plan=office.plan_file, draw=draw)])
        ledger = workspace.ledger()
        base = base_of(workspace, ledger, draw)
        name = names.replacement_id(draw, _next_number(ledger, draw))
        event = _event(office, base, ledger, name, asked, datetime.fromisoformat(clock()))
        data = encode_event(event)
        made = Registered(base=base, event=event, data=data, previous_head=ledger.head, sealed_at=clock())
        workspace.write_sealed(name, {FILE: data})
        workspace.append("replace", name, made.sealed_at, _event_data(made))
    return made


def registered(workspace: Workspace, name: str) -> Registered:
    """What was registered and is not finished.

    Raises:
        InputError: its sealed event is gone or is not that of the ledger.
    """
    ledger = workspace.ledger()
    part, found = names.split_replacement(name), ledger.find("replace", name)
    if part is None or found is None:
        raise InputError([problem("SSJ-C015", value=name)])
    base = base_of(workspace, ledger, part[0])
    try:
        data = workspace.read_sealed(name)[FILE]
        event = decode_event(data)
    except (KeyError, InputError):
        raise InputError([problem("SSJ-C015", file=f"{SEALED}/{name}", value=name)]) from None
    made = Registered(base=base, event=event, data=data, previous_head=found.previous, sealed_at=found.time)
    if made.commitment != found.data.get("commitment"):
        raise InputError([problem("SSJ-C015", file=f"{SEALED}/{name}", value=name)])
    return made


def base_of(workspace: Workspace, ledger: Ledger, draw: str) -> Base:
    """What the next replacement of a draw builds on, compared with the ledger.

    Raises:
        InputError: there is no such draw, it is void, or its files are not those of the ledger.
    """
    drawn = ledger.find("draw", draw)
    if drawn is None or ledger.find("void", draw):
        known = ledger.standing()
        raise InputError([problem("SSJ-C004", value=draw, known=listed(known), **nearest(draw, known))])
    files = workspace.read_draw(draw)
    done = ledger.replacements(draw)
    try:
        sealed = unseal(files, decode_record(files[RECORD]).commitment.previous_head)
        events = [(drawn, files[RECORD])]
        for number in done:
            event = ledger.find("replaced", names.replacement_id(draw, number))
            if event:
                events.append((event, files[names.path(number, REPLACEMENT)]))
        same = all(event.data.get("record") == digest(data) for event, data in events)
        standing = history(files, done)
    except (KeyError, TableError, InputError, ValueError):
        same = False
    if not same:
        raise InputError([problem("SSJ-C016", file=f"{DRAWS}/{draw}", value=draw)])
    return Base(
        draw=draw,
        sealed=sealed,
        seed=str(drawn.data["seed"]),
        standing=standing,
        follows=done[-1] if done else 0,
        parent=digest(events[-1][1]),
    )


def finish_replacement(
    workspace: Workspace,
    made: Registered,
    collect: Callable[[Registered], Sequence[Evidence]],
    clock: Clock,
    software: Mapping[str, str],
) -> Finished:
    """Take the entropy the event needs, carry it out, write its folder, close it in the ledger.

    Raises:
        EntropyError: the entropy is not there; the replacement stays registered. InputError: another process finished.
    """
    name = made.event.id
    with workspace.locked():
        if workspace.ledger().find("replaced", name):
            raise InputError([problem("SSJ-L007", file=name, value=name)])
        evidence: tuple[Evidence, ...] = ()
        drawn_at = made.sealed_at
        if made.event.entropy:
            taken = take_entropy(workspace, made.pending, lambda: collect(made), clock)
            evidence, drawn_at = evidence_from(taken.data["evidence"]), taken.time
        base = made.base
        value = replacement_seed(made.event, made.commitment, [e.value for e in evidence], base.seed)
        replaced = replace(base.sealed, base.standing, made.event, value, base.seed)
        record = make_replacement_record(
            name,
            EventPart(
                parent=base.parent,
                event_digest=digest(made.data),
                previous_head=made.previous_head,
                value=made.commitment,
            ),
            {FILE: made.data},
            evidence,
            replaced,
            sealed_at=made.sealed_at,
            drawn_at=drawn_at,
            software=software,
        )
        if workspace.finished(name).exists():  # killed between moving the folder and closing the ledger
            record = _already_written(workspace, name, {FILE: made.data, **tables(replaced)})
        else:
            workspace.finish_draw(name, {REPLACEMENT: record, **tables(replaced)})
        event = workspace.append("replaced", name, clock(), {"record": digest(record), "seed": replaced.seed})
    return Finished(registered=made, evidence=evidence, replaced=replaced, record=record, head=digest(event.encode()))


def _already_written(workspace: Workspace, name: str, files: Mapping[str, bytes]) -> bytes:
    found = workspace.read_sealed(name)
    record = found.pop(REPLACEMENT, None)
    if record is None or found != files:
        raise InputError([problem("SSJ-L006", file=name, value=name)])
    return record


def _next_number(ledger: Ledger, draw: str) -> int:
    number = 1
    while ledger.find("replace", names.replacement_id(draw, number)):
        number += 1
    return number


def _event(office: Office, base: Base, ledger: Ledger, name: str, asked: Asked, now: datetime) -> Event:
    return decide(
        asked,
        base.sealed,
        base.standing,
        name=name,
        follows=base.follows,
        draw_seed=base.seed,
        rounds=_rounds(ledger, base.draw),
        appoint=lambda: appointed(office, base.sealed, asked, now),
    )


def appointed(office: Office, sealed: Sealed, asked: Asked, now: datetime) -> tuple[SealedEntropy, ...]:
    """The sources of the sealed plan in their order, each with the event that is to count for this replacement.

    Raises:
        InputError: what was asked names no source of the draw, or a source cannot use it.
    """
    plan = load_toml(sealed.plan, Plan, "plan.toml")
    batch = next(b for b in plan.batch if b.id == sealed.rules.batch)
    uses: tuple[EntropyUse, ...] = entropy_of(plan, batch)
    known = [u.source for u in uses]
    wrong = [name for name in asked.appoint if name not in known]
    if wrong:
        raise InputError([problem("SSJ-C012", value=name, known=listed(known)) for name in wrong])
    made = []
    for use in uses:
        source = office.registry.entropy_sources[source_id(use.source)]
        params = {**use.params, **asked.appoint.get(use.source, {})}
        made.append(SealedEntropy(source=use.source, appointed=call(source.id, source.appoint, params, now)))
    return tuple(made)


def _rounds(ledger: Ledger, draw: str) -> int:
    """How many links of the chain this draw has revealed, whatever became of the replacement."""
    found = 0
    for event in ledger.events:
        part = names.split_replacement(event.draw) if event.event == "entropy" else None
        first = ledger.find("replace", event.draw)
        found += bool(part and part[0] == draw and first and first.data.get("anchor"))
    return found


def _event_data(made: Registered) -> dict[str, object]:
    event = made.event
    data: dict[str, object] = {
        "commitment": made.commitment,
        "event": digest(made.data),
        "parent": made.base.parent,
        "unit": event.unit,
        "reason": event.reason,
        "document": event.document,
        "by": event.by,
        "sources": [e.source for e in event.entropy],
        "released": list(event.released),
    }
    if event.mode == "R2" and event.entropy:
        data["anchor"] = event.entropy[0].appointed["anchor"]
    return data
