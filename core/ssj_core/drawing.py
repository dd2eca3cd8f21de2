"""Carry out a batch in a working folder: seal, take the entropy, draw, write; or finish what was interrupted."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Literal

from attrs import frozen

from ssj_core.canonical import check_line_value, digest
from ssj_core.entropy.model import Evidence
from ssj_core.foreign import call
from ssj_core.gathering import Pending, take_entropy
from ssj_core.ledger import Event, Ledger
from ssj_core.office import Office, entropy_of, replacement_of, source_id
from ssj_core.opening import OpenRosters
from ssj_core.past import past_inspections
from ssj_core.pipeline import Outcome, draw, seal
from ssj_core.plan import Batch
from ssj_core.plugin.registry import listed, nearest
from ssj_core.problems import InputError, problem
from ssj_core.record import FILE, VERIFIER, make_record
from ssj_core.roster.inspections import days_to_come, in_the_future
from ssj_core.rules.effective import SealedEntropy
from ssj_core.sealed import Sealed, unseal
from ssj_core.stamps import certificate_file, stamp_before_drawing, token_file
from ssj_core.standing import replacement_id, split_replacement
from ssj_core.tables import TableError
from ssj_core.text import Text
from ssj_core.verifiers import verifier_bytes
from ssj_core.verify.stamps import STAMP_FILES
from ssj_core.workspace import DRAWS, SEALED, Workspace, evidence_from

State = Literal["new", "sealed", "drawn"]
Clock = Callable[[], str]


@frozen(kw_only=True)
class Drawn:
    """A finished draw: what was sealed, which entropy came, what it came to, and the ledger's head after it."""

    sealed: Sealed
    evidence: tuple[Evidence, ...]
    outcome: Outcome
    record: bytes
    head: str


def draw_id(office: Office, batch: Batch, ledger: Ledger) -> str:
    """Id of the batch's present draw: plan, batch, and a number that grows with each draw made void.

    Raises:
        InputError: in this ledger it is the id of another plan's batch, as `x-y` and `z` against `x` and `y-z`.
    """
    number = 1
    while ledger.find("void", f"{office.plan.id}-{batch.id}-{number}"):
        number += 1
    name, own = f"{office.plan.id}-{batch.id}-{number}", f"{office.ruleset.id}/{batch.policy}"
    event = ledger.find("commit", name)
    if event and (other := event.data.get("policy", own)) != own:
        raise InputError([problem("SSJ-L009", file=office.plan_file, field=batch.id, value=name, other=other)])
    return name


def state(workspace: Workspace, name: str) -> State:
    """How far a draw has come, by the ledger."""
    ledger = workspace.ledger()
    if ledger.find("draw", name):
        return "drawn"
    return "sealed" if ledger.find("commit", name) else "new"


def seal_batch(office: Office, workspace: Workspace, batch: Batch, rosters: OpenRosters, clock: Clock) -> Sealed:
    """Seal a batch: write the sealed files, then the commitment into the ledger.

    Everything is worked out before the folder is touched. If the ledger has grown meanwhile, it is worked out again;
    if another process sealed this very draw, that is what counts.

    Raises:
        InputError, RefusedError, PluginError: as `pipeline.seal`; nothing was written then.
    """
    while True:
        ledger = workspace.ledger()
        name = draw_id(office, batch, ledger)
        if ledger.find("commit", name):
            return sealed_batch(workspace, name)
        sealed = worked_out(office, workspace, ledger, batch, rosters, clock)
        with workspace.locked():
            if workspace.ledger().head == ledger.head:
                workspace.write_sealed(name, {**sealed.files, **certificate_file(office.certificates)})
                workspace.append("commit", name, clock(), _commit_data(sealed))
                return sealed


def worked_out(
    office: Office,
    workspace: Workspace,
    ledger: Ledger,
    batch: Batch,
    rosters: OpenRosters,
    clock: Clock,
    *,
    staffed: bool = True,
) -> Sealed:
    """What sealing a batch would seal now, by this ledger; nothing is written. `staffed` is as for `pipeline.seal`.

    Raises:
        InputError, RefusedError, PluginError: as `pipeline.seal`.
    """
    name = draw_id(office, batch, ledger)
    _refuse_renamed(ledger, office, batch)
    _refuse_used_chain(ledger, office, batch)
    if (workspace.draws / name).exists():  # the ledger was taken away or another one put in its place
        raise InputError([problem("SSJ-L006", file=f"{DRAWS}/{name}", value=name)])
    now = datetime.fromisoformat(clock())
    named = office.plan.rosters
    early = [*days_to_come(rosters.subjects, named.subjects.file, now.date())]
    if named.inspections:
        early += in_the_future(rosters.inspections, named.inspections.file, now.date())
    if early:
        raise InputError(early)
    return seal(
        office,
        batch,
        rosters.subjects,
        rosters.officers,
        draw_id=name,
        rosters=rosters.pins,
        entropy=appointments(office, batch, now),
        drawn_before=workspace.drawn_before(ledger, office.plan.year),
        previous_head=ledger.head,
        past=past_inspections(workspace, ledger, rosters.inspections),
        staffed=staffed,
    )


def appointments(office: Office, batch: Batch, now: datetime) -> tuple[SealedEntropy, ...]:
    """The batch's entropy sources in their order, each with the future event that will count.

    Raises:
        InputError: a source cannot use the parameters the plan gives it.
    """
    made = []
    for use in entropy_of(office.plan, batch):
        source = office.registry.entropy_sources[source_id(use.source)]
        made.append(SealedEntropy(source=use.source, appointed=call(source.id, source.appoint, use.params, now)))
    return tuple(made)


def sealed_batch(workspace: Workspace, name: str) -> Sealed:
    """What was sealed for a draw that is not finished.

    Raises:
        InputError: the sealed files are gone or are not those of the commitment.
    """
    event = _event(workspace, name)
    files = workspace.read_sealed(name)
    try:
        sealed = unseal(files, event.previous)
        same = sealed.commitment.value == event.data.get("commitment")
    except (KeyError, TableError, InputError, ValueError):
        same = False
    if not same:
        raise InputError([problem("SSJ-L005", file=f"{SEALED}/{name}", value=name)])
    return sealed


def void_draw(workspace: Workspace, name: str, reason: str, clock: Clock) -> Event:
    """Declare a draw void: it stays where it is, in the ledger for ever, and its batch may be drawn again.

    Raises:
        InputError: there is no such draw, it is void already, or the reason is empty or no clean line.
    """
    try:
        check_line_value(reason)
        clean = bool(reason.strip())
    except ValueError:
        clean = False
    if not clean:
        raise InputError([problem("SSJ-L021", value=repr(reason))])
    with workspace.locked():
        ledger = workspace.ledger()
        if not ledger.find("commit", name) and not ledger.find("replace", name):
            known = [e.draw for e in ledger.events if e.event in ("commit", "replace")]
            raise InputError([problem("SSJ-L020", value=name, known=listed(known), **nearest(name, known))])
        if ledger.find("void", name):
            raise InputError([problem("SSJ-L022", value=name)])
        part = split_replacement(name)
        if part and ledger.find("replace", replacement_id(part[0], part[1] + 1)):
            raise InputError([problem("SSJ-C017", value=name)])
        return workspace.append("void", name, clock(), {"reason": reason.strip()})


def finish_batch(
    workspace: Workspace,
    sealed: Sealed,
    collect: Callable[[Sealed], Sequence[Evidence]],
    clock: Clock,
    software: Mapping[str, str],
    step: Callable[[Text], None] = lambda _: None,
) -> Drawn:
    """Take the entropy (from the ledger if it is already there), draw, write the folder, close the ledger.

    `step` is told what comes next, for somebody who waits.

    Raises:
        EntropyError: the entropy is not there; the batch stays sealed. RefusedError: no complete roster exists.
        InputError: another process finished this draw meanwhile.
    """
    with workspace.locked():
        return _finish(workspace, sealed, collect, clock, software, step)


def _finish(
    workspace: Workspace,
    sealed: Sealed,
    collect: Callable[[Sealed], Sequence[Evidence]],
    clock: Clock,
    software: Mapping[str, str],
    step: Callable[[Text], None],
) -> Drawn:
    name = sealed.rules.draw_id
    if workspace.ledger().find("draw", name):
        raise InputError([problem("SSJ-L007", file=f"{DRAWS}/{name}", value=name)])
    pending = Pending(
        id=name, commitment=sealed.commitment.value, entropy=sealed.rules.entropy, assurance=sealed.rules.assurance,
        sealed_at=_event(workspace, name).time, stamp=lambda: stamp_before_drawing(workspace, sealed),
    )  # fmt: skip
    taken = take_entropy(workspace, pending, lambda: collect(sealed), clock)
    evidence = evidence_from(taken.data["evidence"])
    step(Text(f"正在抽取 {name}，配执法人员……", f"drawing {name} and matching officers ..."))
    outcome = draw(sealed, evidence)
    step(Text(f"正在写 {name} 的抽取记录……", f"writing the record of {name} ..."))
    verifier = verifier_bytes()
    record = make_record(
        sealed,
        evidence,
        outcome,
        sealed_at=_event(workspace, name).time,
        drawn_at=taken.time,
        software={**software, VERIFIER: digest(verifier)},
    )
    if (workspace.draws / name).exists():
        record = _already_written(workspace, name, {**sealed.files, **outcome.tables()})
    else:
        workspace.finish_draw(
            name, {FILE: record, VERIFIER: verifier, **outcome.tables(), **token_file(workspace, name)}
        )
    drawn = workspace.append(
        "draw", name, clock(), {"record": digest(record), "seed": outcome.seed, "year": sealed.rules.year}
    )
    return Drawn(sealed=sealed, evidence=evidence, outcome=outcome, record=record, head=digest(drawn.encode()))


def _already_written(workspace: Workspace, name: str, files: Mapping[str, bytes]) -> bytes:
    """A run was killed between moving the folder and closing the ledger: all but the record must be these files."""
    found = workspace.read_draw(name)
    record = found.pop(FILE, None)
    for other in (VERIFIER, *STAMP_FILES):
        found.pop(other, None)
    if record is None or found != files:
        raise InputError([problem("SSJ-L006", file=f"{DRAWS}/{name}", value=name)])
    return record


def _event(workspace: Workspace, name: str) -> Event:
    event = workspace.ledger().find("commit", name)
    if event is None:
        raise InputError([problem("SSJ-L002", file=f"{SEALED}/{name}", value=name)])
    return event


def _refuse_renamed(ledger: Ledger, office: Office, batch: Batch) -> None:
    """The same batch of the same year under another id would be a second draw that nobody sees."""
    for event in ledger.events:
        same = event.event == "commit" and event.data.get("policy") == f"{office.ruleset.id}/{batch.policy}"
        if same and event.data.get("year") == office.plan.year and not ledger.find("void", event.draw):
            raise InputError([problem("SSJ-L008", file=office.plan_file, value=batch.policy, other=event.draw)])


def _refuse_used_chain(ledger: Ledger, office: Office, batch: Batch) -> None:
    """Whoever saw a chain's links revealed knows who would step in."""
    anchor = replacement_of(office.plan, batch).anchor
    for event in ledger.events:
        if anchor and event.event == "replace" and event.data.get("anchor") == anchor:
            raise InputError([problem("SSJ-C011", file=office.plan_file, value=event.draw)])


def _commit_data(sealed: Sealed) -> dict[str, str | int]:
    commitment = sealed.commitment
    return {
        "policy": f"{sealed.rules.ruleset}/{sealed.rules.policy}",
        "year": sealed.rules.year,
        "commitment": commitment.value,
        "sm3": commitment.sm3,
        "subjects_root": commitment.subjects_root,
        "subjects_count": commitment.subjects_count,
        "officers_root": commitment.officers_root,
        "officers_count": commitment.officers_count,
        "plan_digest": commitment.plan_digest,
        "rules_digest": commitment.rules_digest,
    }
