"""Verify the replacements of a draw, one report each: every step of SPEC §13 recomputed, whoever dropped out named."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from attrs import asdict, evolve, frozen

from ssj_core import standing as names
from ssj_core.canonical import digest, is_digest
from ssj_core.entropy.model import Evidence
from ssj_core.ledger import Event as LedgerEvent
from ssj_core.ledger import Ledger
from ssj_core.problems import InputError, Problem, RefusedError, problem
from ssj_core.record import FILE as RECORD
from ssj_core.record import closing_holds, decode_record
from ssj_core.replacement.event import FILE as EVENT
from ssj_core.replacement.event import Event, decode_event, event_commitment
from ssj_core.replacement.history import after
from ssj_core.replacement.outcome import Replaced, needs_lot, release_for, replace, replacement_seed
from ssj_core.replacement.reasons import OFFICER_REASONS, SUBJECT_REASONS
from ssj_core.replacement.record import FILE, TEAMS, EventPart, ReplacementRecord, decode_replacement, outcome_parts
from ssj_core.replacement.standing import Standing
from ssj_core.sealed import Sealed, unseal
from ssj_core.tables import TableError, TeamRow, decode_table
from ssj_core.text import Text
from ssj_core.verify import assurance
from ssj_core.verify.beside import Circumstances
from ssj_core.verify.compared import told
from ssj_core.verify.dropped import summary, unproved
from ssj_core.verify.reading import newer, refused
from ssj_core.verify.report import Report, Step, made, too_much

_FILES: Final = (FILE, EVENT, TEAMS)


@frozen(kw_only=True)
class _Base:
    """What the next replacement builds on. `digests`: number → digest of its record, 0 being the draw.

    `untold` are replacements of which nothing could be told, because a file is missing or of a newer version.
    `rounds` is how many links of the chain were revealed: exactly so with the ledger, else at least so many.
    """

    sealed: Sealed
    seed: str
    standings: Mapping[int, Standing]
    digests: Mapping[int, str]
    untold: frozenset[int] = frozenset()
    rounds: int = 0
    exact: bool = False


def replacement_reports(files: Mapping[str, bytes], name: str, ledger: Ledger | None = None) -> tuple[Report, ...]:
    """One report for each replacement in the folder of the draw `name`, in their order, and for each in the ledger.

    Never raises for bad content, as `verify_draw`.
    """
    numbers = set(names.numbers(files))
    for event in ledger.events if ledger else ():
        part = names.split_replacement(event.draw)
        if part and part[0] == name and event.event == "replaced":
            numbers.add(part[1])
    if not numbers:
        return ()
    try:
        record = decode_record(files[RECORD])
        sealed = unseal(files, record.commitment.previous_head)
        standing = Standing.drawn(decode_table(TeamRow, files[TEAMS]))
    except (KeyError, InputError, TableError, ValueError):
        lost = made(_title(1), [problem("SSJ-V201", file=name, value=name)])
        return tuple(Report(draw_id=names.replacement_id(name, n), title="", steps=(lost,)) for n in sorted(numbers))
    base = _Base(sealed=sealed, seed=record.seed, standings={0: standing}, digests={0: digest(files[RECORD])})
    reports = []
    for number in sorted(numbers):
        report, base = _guarded(files, name, number, base, ledger)
        reports.append(report)
    return tuple(reports)


def _guarded(
    files: Mapping[str, bytes], name: str, number: int, base: _Base, ledger: Ledger | None
) -> tuple[Report, _Base]:
    try:
        return _verify(files, name, number, base, ledger)
    except (MemoryError, RecursionError, ArithmeticError, ValueError, LookupError, TypeError) as error:
        stopped = made(_title(1), [too_much(error)])
        return Report(draw_id=names.replacement_id(name, number), title="", steps=(stopped,)), base


def _verify(
    files: Mapping[str, bytes], name: str, number: int, base: _Base, ledger: Ledger | None
) -> tuple[Report, _Base]:
    whole = names.replacement_id(name, number)
    missing = [names.path(number, f) for f in _FILES if names.path(number, f) not in files]
    if missing:
        gone = made(_title(1), [problem("SSJ-V202", file=f, value=f) for f in missing])
        return _untold(whole, gone, number, base)
    part = {f: files[names.path(number, f)] for f in _FILES}
    if later := [found for f in (FILE, EVENT) for found in newer(part[f], names.path(number, f))]:
        return _untold(whole, made(_title(1), later), number, base)
    try:
        record = decode_replacement(part[FILE], names.path(number, FILE))
        event = decode_event(part[EVENT], names.path(number, EVENT))
        rows = decode_table(TeamRow, part[TEAMS])
    except InputError as error:
        unread = refused(error, part[error.problems[0].file.rpartition("/")[2]])
        return Report(draw_id=whole, title="", steps=(made(_title(1), unread),)), base
    except TableError as error:
        broken = problem("SSJ-V203", file=names.path(number, TEAMS), value=error)
        return Report(draw_id=whole, title="", steps=(made(_title(1), [broken]),)), base
    steps = [made(_title(1), _whole(record, event, part, number, whole))]
    if event.follows in base.untold:
        return _untold(whole, made(_title(2), [problem("SSJ-V222", file=whole, value=event.follows)]), number, base)
    before = base.standings.get(event.follows)
    if before is None:
        steps.append(made(_title(2), [problem("SSJ-V204", file=whole, value=event.follows)]))
        return Report(draw_id=whole, title="", steps=tuple(steps)), base
    if ledger is not None:
        base = evolve(base, rounds=_revealed(name, number, ledger), exact=True)
    evidence = [assurance.of_draw(p.evidence(), whole) for p in record.entropy]
    steps.append(made(_title(2), _event_wrong(event, record, part[EVENT], before, base)))
    revealed = event.round if event.entropy else 0  # nobody to step in: no link was revealed
    base = evolve(base, rounds=max(base.rounds, revealed))
    pairs = list(zip(evidence, [e.appointed for e in event.entropy], strict=False))
    verdict = assurance.judge(pairs, record.sealed_at, Circumstances(stampable=False))
    steps.append(made(_title(3), _entropy_wrong(event, pairs, evidence, verdict, base.sealed)))
    outcome, step = _outcome(record, event, evidence, part, before, base)
    steps.append(step)
    if ledger is not None:
        steps.append(made(_title(5), _ledger_wrong(whole, event, record, digest(part[FILE]), ledger)))
    standing = outcome.standing if outcome else after(before, event, rows)
    report = Report(
        draw_id=whole,
        title=f"{base.sealed.rules.bureau} {base.sealed.rules.title}",
        steps=tuple(steps),
        level=verdict.level if event.entropy else None,
        sources=verdict.sources,
        unproved=unproved(event, verdict),
        summary=summary(event, record, before, rows),
    )
    digests = {**base.digests, number: digest(part[FILE])}
    return report, evolve(base, standings={**base.standings, number: standing}, digests=digests)


def _untold(whole: str, step: Step, number: int, base: _Base) -> tuple[Report, _Base]:
    """Nothing can be told of this replacement, nor then of those that build on it."""
    return Report(draw_id=whole, title="", steps=(step,)), evolve(base, untold=base.untold | {number})


def _whole(
    record: ReplacementRecord, event: Event, part: Mapping[str, bytes], number: int, whole: str
) -> Iterator[Problem]:
    place = names.path(number, FILE)
    if not closing_holds(part[FILE]):
        yield problem("SSJ-V002", file=place)
    for file in (EVENT, TEAMS):
        if record.tables.get(file) != digest(part[file]):
            yield problem("SSJ-V205", file=names.path(number, file), value=file)
    if set(record.tables) != {EVENT, TEAMS} or {record.id, event.id} != {whole}:
        yield problem("SSJ-V206", file=place, value=record.id, wanted=whole)


def _event_wrong(
    event: Event, record: ReplacementRecord, data: bytes, before: Standing, base: _Base
) -> Iterator[Problem]:
    parent = base.digests.get(event.follows, "")
    head = record.commitment.previous_head
    value = event_commitment(event.id, parent, data, head)
    formed = head if is_digest(head) else ""  # MUST-2.1: of a head in another form nothing is the digest
    right = EventPart(parent=parent, event_digest=digest(data), previous_head=formed, value=value)
    for part, due in asdict(right).items():
        if (said := getattr(record.commitment, part)) != due:
            yield problem("SSJ-V207", file=event.id, field=part, value=told(said), wanted=told(due))
    codes = OFFICER_REASONS if event.kind == "officer" else SUBJECT_REASONS
    if event.reason not in codes or not event.document or not event.by:
        yield problem("SSJ-V208", file=event.id, field="reason", value=event.reason)
    visits = before.visits_of(event.unit)
    if event.kind == "officer":
        listed = event.visits == tuple(v for v in visits if v in event.visits) and event.visits
        if not listed or (event.withdraws and event.visits != visits) or event.mode or event.round:
            yield problem("SSJ-V209", file=event.id, field="visits", value=event.unit)
    elif not before.team(event.unit) or event.visits or event.withdraws:
        yield problem("SSJ-V209", file=event.id, field="unit", value=event.unit)
    else:
        yield from _mode_wrong(event, base)


def _mode_wrong(event: Event, base: _Base) -> Iterator[Problem]:
    ways = base.sealed.rules.replacement
    objective = event.reason in SUBJECT_REASONS and SUBJECT_REASONS[event.reason].objective
    mode = ways.mode
    if mode == "R2" and event.mode == "R3" and base.rounds < ways.rounds and not base.exact:
        yield problem("SSJ-V221", file=event.id, field="mode", value=base.rounds, wanted=ways.rounds)
    elif (mode == "R1" and not objective) or (mode == "R2" and event.mode == "R3" and base.rounds >= ways.rounds):
        mode = "R3"
    if event.mode != mode and (base.exact or mode != "R2" or event.mode != "R3"):
        yield problem("SSJ-V210", file=event.id, field="mode", value=event.mode, wanted=mode)
    if event.mode != "R2" and event.round:
        yield problem("SSJ-V210", file=event.id, field="round", value=event.round, wanted=0)
    if event.mode == "R2" and event.entropy:
        sealed = dict(event.entropy[0].appointed)
        due = base.rounds + 1
        late = event.round != due if base.exact else event.round < due
        if sealed != {"anchor": ways.anchor, "round": str(event.round)} or late or event.round > ways.rounds:
            yield problem("SSJ-V210", file=event.id, field="round", value=event.round, wanted=due)


def _revealed(draw: str, number: int, ledger: Ledger) -> int:
    """How many links of the chain the replacements before this one revealed, whatever became of them."""
    found = 0
    for event in ledger.events:
        part = names.split_replacement(event.draw) if event.event == "entropy" else None
        first = ledger.find("replace", event.draw)
        found += bool(part and part[0] == draw and part[1] < number and first and first.data.get("anchor"))
    return found


def _entropy_wrong(
    event: Event,
    pairs: Sequence[assurance.Appointed],
    evidence: Sequence[Evidence],
    verdict: assurance.Verdict,
    sealed: Sealed,
) -> Iterator[Problem]:
    expected = ["chain"] if event.mode == "R2" else [e.source for e in sealed.rules.entropy]
    named = [e.source for e in event.entropy]
    if [e.source for e in evidence] != named or (named and named != expected):
        yield problem("SSJ-V211", file=event.id, field="entropy", value=", ".join(named) or "—")
    yield from assurance.mistakes(pairs)
    yield from verdict.unchecked
    unknown = [e for e in evidence if not assurance.known(e)]
    for one in unknown:
        yield problem("SSJ-V212", file=event.id, value=one.source)
    if named and not unknown and not verdict.unchecked:
        required = None if event.mode == "R2" else assurance.for_replacement(sealed.rules.assurance)
        yield from assurance.shortfall(verdict, required)


def _outcome(
    record: ReplacementRecord,
    event: Event,
    evidence: Sequence[Evidence],
    part: Mapping[str, bytes],
    before: Standing,
    base: _Base,
) -> tuple[Replaced | None, Step]:
    found: list[Problem] = []
    try:
        found += _release_wrong(event, before, base)
        if needs_lot(base.sealed, before, event, base.seed) != bool(event.entropy):
            found.append(problem("SSJ-V211", file=event.id, field="entropy", value=len(event.entropy)))
        values = [e.value for e in evidence]
        value = replacement_seed(event, record.commitment.value, values, base.seed)
        rows = decode_table(TeamRow, part[TEAMS])
        outcome = replace(base.sealed, before, event, value, base.seed, rows)
    except RefusedError as error:
        return None, made(_title(4), [*found, *error.problems])
    except (ValueError, LookupError) as error:
        return None, made(_title(4), [*found, problem("SSJ-V213", file=event.id, value=error)])
    if value != record.seed:
        found.append(problem("SSJ-V214", file=event.id, field="seed", value=record.seed or "—", wanted=value or "—"))
    said_of, right = record.successor, outcome.successor
    given = (said_of.ticket, said_of.id, said_of.stratum) if said_of else None
    if given != ((right.value, right.id, outcome.stratum) if right else None):
        found.append(
            problem("SSJ-V215", file=event.id, value=said_of.id if said_of else "—", wanted=right.id if right else "—")
        )
    said = asdict(record.matching) if record.matching else None
    if said is not None:
        said["share"] = list(said["share"])
    if said != outcome_parts(outcome).get("matching"):
        found.append(problem("SSJ-V216", file=event.id, field="matching"))
    if rows != outcome.standing.rows:
        number = next((n for n, (a, b) in enumerate(zip(rows, outcome.standing.rows, strict=False), 2) if a != b), 0)
        number = number or min(len(rows), len(outcome.standing.rows)) + 2
        found.append(problem("SSJ-V217", file=f"{event.id} {TEAMS}", row=number, value=number))
    return outcome, made(_title(4), found)


def _release_wrong(event: Event, before: Standing, base: _Base) -> Iterator[Problem]:
    """Other places may be drawn again only where it is needed, and then only the fewest (MUST-13.14)."""
    right = release_for(base.sealed, before, event, base.seed) if event.released else ()
    names = tuple(f"{subject}#{number}" for subject, number in right or ())
    if event.released != names:
        said, wanted = ("、".join(n) or "—" for n in (event.released, names))
        yield problem("SSJ-V220", file=event.id, field="released", value=said, wanted=wanted)


def _ledger_wrong(whole: str, event: Event, record: ReplacementRecord, data: str, ledger: Ledger) -> Iterator[Problem]:
    first, entropy, last = (ledger.find(kind, whole) for kind in ("replace", "entropy", "replaced"))
    if first is None or last is None:
        yield problem("SSJ-V218", file=whole, value=whole)
        return
    said = record.commitment
    agreed: list[tuple[str, object, object]] = [
        ("record", last.data.get("record"), data),
        ("seed", last.data.get("seed"), record.seed),
        ("commitment", first.data.get("commitment"), said.value),
        ("previous", first.previous, said.previous_head),
        ("event", first.data.get("event"), said.event_digest),
        ("parent", first.data.get("parent"), said.parent),
        ("unit", first.data.get("unit"), event.unit),
        ("reason", first.data.get("reason"), event.reason),
        ("document", first.data.get("document"), event.document),
        ("by", first.data.get("by"), event.by),
        ("released", first.data.get("released", []), list(event.released)),
        ("sources", first.data.get("sources"), [e.source for e in event.entropy]),
        ("time", first.time, record.sealed_at),
    ]
    if entropy is not None:
        agreed += _entropy_agreed(entropy, record)
    for field, theirs, ours in agreed:
        if theirs != ours:
            yield problem("SSJ-V219", file=whole, field=field, value=theirs, wanted=ours)
    draw, number = names.split_replacement(whole) or (whole, 0)
    finished = [n for n in ledger.replacements(draw) if n < number]
    if not ledger.find("void", whole) and event.follows != (finished[-1] if finished else 0):
        yield problem("SSJ-V204", file=whole, value=event.follows)


def _entropy_agreed(entropy: LedgerEvent, record: ReplacementRecord) -> list[tuple[str, object, object]]:
    plain = [{**asdict(p), "who": list(p.who), "details": dict(p.details)} for p in record.entropy]
    return [
        ("entropy", entropy.data.get("evidence"), plain),
        ("entropy.commitment", entropy.data.get("commitment"), record.commitment.value),
        ("entropy.time", entropy.time, record.drawn_at),
    ]


def _title(number: int) -> Text:
    zh, en = {
        1: ("替换的文件齐全、未改", "the files of the replacement are there and agree with their digests"),
        2: (
            "事由先登记：退出的人在名单里，方式符合计划",
            "the event came first: who stood, in the plan's mode",
        ),
        3: ("熵源：按计划规定的次序，登记以后才产生", "the entropy is what the plan names, after the event"),
        4: ("递补和改派：重新算出，其余一席不动", "who steps in and who goes, recomputed; nothing else changed"),
        5: ("台账里有这次替换，且与记录一致", "the ledger has this replacement and agrees"),
    }[number]
    return Text(f"{number} {zh}", f"{number} {en}")
