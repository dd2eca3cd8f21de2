"""Replay a sealed draw with the plugins, plan and rosters of today: which plugins, rules and rows are others now.

`verify` needs no plugin: it takes the sealed rules as they are. This asks whether today's rules would still be those.
"""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from attrs import evolve, frozen

from ssj_core.canonical import digest
from ssj_core.comparing import Rules, told, unlike
from ssj_core.dating import Differing, Sides, since_when
from ssj_core.idle import Idle, idle_rules, of_idle, told_idle, without
from ssj_core.in_force import rules_on
from ssj_core.ledger import Ledger
from ssj_core.office import Office
from ssj_core.opening import OpenRosters
from ssj_core.past import past_inspections
from ssj_core.pins import came, pins_changed
from ssj_core.pipeline import seal
from ssj_core.plan import Batch
from ssj_core.plugin.registry import listed, nearest
from ssj_core.problems import InputError, Problem, RefusedError, problem
from ssj_core.rules.effective import EffectiveRules, RosterPin, decode_rules, encode_rules
from ssj_core.rules.model import ANY_CLASS
from ssj_core.sealed import PLAN_FILE, RULES_FILE, Sealed
from ssj_core.workspace import Workspace

_NOT_RULES: Final = frozenset({"rosters", "plugins", "tables", "entropy", "draw_id"})
_OTHERS: Final = frozenset({"SSJ-A022", "SSJ-A023"})
"""Rosters that are others now, a ledger that does not know the draw."""
_BY_ROSTER: Final = frozenset({"qualified", "avoid", "companions", "bound", "over"})
"""Keys of the team rule that list officers of the roster."""
_NEW_DAYS: Final = frozenset({"since", "ruleset_since"})
"""That these are said now, or no longer, is no other rule."""
_MOVES_ON: Final = frozenset({"until", "reviewed_until", "ruleset_until"})
"""An interval may be ended and reviewed later without changing what held on the day."""


@frozen(kw_only=True)
class TableDifference:
    """A sealed table that comes out otherwise: lines that are new, gone, and the first of each."""

    file: str
    new: tuple[str, ...]
    gone: tuple[str, ...]


@frozen(kw_only=True)
class Replay:
    """What became of a draw's rules. `pins` are plugins that are others now; `changed` inputs that are.

    `refused` says why today's rules and rosters would not seal the batch. `rules` is None where even then nothing can
    be compared; `tables` is None where they cannot be, because rosters or the ledger are not those of the draw, or
    because rules of today (`idle`) hold nothing on its day, so that nothing would be drawn.
    """

    draw_id: str
    pins: tuple[Problem, ...]
    changed: tuple[Problem, ...]
    refused: tuple[Problem, ...]
    rules: tuple[Differing, ...] | None
    tables: tuple[TableDifference, ...] | None
    idle: tuple[str, ...] = ()

    @property
    def of_then(self) -> bool:
        """Whether rosters and ledger are those of the draw."""
        return not {p.code for p in self.changed} & _OTHERS


def replay(
    office: Office,
    rosters: OpenRosters | InputError,
    pins: Sequence[RosterPin],
    workspace: Workspace,
    ledger: Ledger,
    files: Mapping[str, bytes],
) -> Replay:
    """Seal the batch of a draw again, as the office would today from the ledger of then, and compare.

    `rosters` may be why they cannot be used, `pins` are those of their files. Where today's rules or rosters refuse
    the batch, the rules are compared all the same, as far as they can be worked out.

    Raises:
        InputError: the files are no sealed draw, or the plan has no such batch. PluginError: as `pipeline.seal`.
    """
    then = sealed_rules(files)
    batch = _batch(office, then)
    before = _before(ledger, then.draw_id)
    changed = tuple(_changed(office, then, pins, files, before is not None))
    held = _held(office, batch)
    idle = idle_rules(held, batch)
    whole, refused = _whole(without(held, idle), batch)
    if isinstance(rosters, InputError):
        refused += [p for p in rosters.problems if p not in refused]
    made = None
    if isinstance(rosters, OpenRosters) and not idle:
        try:
            made = seal(
                held,
                batch,
                rosters.subjects,
                rosters.officers,
                draw_id=then.draw_id,
                rosters=rosters.pins,
                entropy=then.entropy,
                drawn_before=workspace.drawn_before(before, office.plan.year) if before else {},
                previous_head=before.head if before else ledger.head,
                past=past_inspections(workspace, before, rosters.inspections) if before else (),
            )
        except (InputError, RefusedError) as error:
            refused += [p for p in error.problems if p not in refused]
    comparable = made is not None and not {p.code for p in changed} & _OTHERS
    rules = made.rules if made is not None and comparable else None
    if rules is None and whole is not None:
        rules = _same_classes(made.rules if made else whole, whole, then)
    differing = None
    if rules is not None:
        ruleset = office.ruleset
        rules = evolve(rules, ruleset_since=ruleset.since, ruleset_until=ruleset.until)
        differing = tuple(_differing(_sides(office, files, then, rules), idle, of_roster=not comparable))
    return Replay(
        draw_id=then.draw_id,
        pins=tuple(pins_changed(then.plugins, office.registry.plugins)),
        changed=changed,
        refused=tuple(refused),
        rules=differing,
        tables=tuple(_tables(files, made)) if made is not None and comparable else None,
        idle=tuple(one.rule for one in idle),
    )


def _differing(sides: Sides, idle: tuple[Idle, ...], *, of_roster: bool) -> Iterator[Differing]:
    """Rules that hold nothing on the day first, as what they are; of those in their place nothing is told."""
    yield from (told_idle(one, sides) for one in idle)
    yield from (one for one in _rules(sides, of_roster=of_roster) if not of_idle(one, idle))


def _whole(office: Office, batch: Batch) -> tuple[EffectiveRules | None, list[Problem]]:
    """Today's rules for the day of the draw, whatever the roster, reviewed or not; and why they refuse that day."""
    registry, refused = office.registry, list[Problem]()
    kinds = ("ratio_rules", "weight_rules", "checklists", "result_tables")
    callbacks = ("stratifiers", "eligibility_rules", "recusal_rules")
    accepted = tuple(name for kind in (*kinds, *callbacks) for name in getattr(registry, kind))
    for one in (office, evolve(office, plan=evolve(office.plan, accept_unreviewed=accepted))):
        try:
            return rules_on(one, batch, batch.start), refused
        except InputError as error:
            refused += [p for p in error.problems if p not in refused]
    return None, refused


def _sides(office: Office, files: Mapping[str, bytes], then: EffectiveRules, now: EffectiveRules) -> Sides:
    return Sides(
        then=tomllib.loads(files[RULES_FILE].decode()),
        now=tomllib.loads(encode_rules(now).decode()),
        plugins=dict(came(then.plugins, office.registry.plugins)),
    )


def sealed_rules(files: Mapping[str, bytes]) -> EffectiveRules:
    """The rules of a sealed or finished draw; raises `InputError` where there are none."""
    if RULES_FILE not in files:
        raise InputError([problem("SSJ-A020", value=RULES_FILE)])
    return decode_rules(files[RULES_FILE], RULES_FILE)


def _held(office: Office, batch: Batch) -> Office:
    """The office as if its ruleset had held on the day of the draw: since when it does is told, and no refusal."""
    ruleset = office.ruleset
    since, until = min(ruleset.since, batch.start), max(ruleset.until, batch.start)
    return evolve(office, ruleset=evolve(ruleset, since=since, until=until))


def _batch(office: Office, then: EffectiveRules) -> Batch:
    known = [b.id for b in office.plan.batch]
    if then.batch not in known:
        near = nearest(then.batch, known)
        raise InputError([problem("SSJ-P026", file=office.plan_file, value=then.batch, known=listed(known), **near)])
    return next(b for b in office.plan.batch if b.id == then.batch)


def _before(ledger: Ledger, draw: str) -> Ledger | None:
    """The ledger as it was when the draw was sealed; None where it knows nothing of it."""
    commit = ledger.find("commit", draw)
    if commit is None:
        return None
    return Ledger(events=tuple(e for e in ledger.events if e.number < commit.number), head=commit.previous)


def _changed(
    office: Office, then: EffectiveRules, pins: Sequence[RosterPin], files: Mapping[str, bytes], known: bool
) -> Iterator[Problem]:
    if files.get(PLAN_FILE) != office.plan_bytes:
        yield problem("SSJ-A024", file=office.plan_file, value=digest(office.plan_bytes)[:12])
    for pin in pins:
        was = next((p for p in then.rosters if p.role == pin.role), None)
        if was is None or was.sha256 != pin.sha256:
            yield problem("SSJ-A022", file=pin.file, value=pin.sha256[:12], was=was.sha256[:12] if was else "—")
    for pin in then.rosters:
        if pin.role not in {now.role for now in pins}:
            yield problem("SSJ-A022", file=pin.file, value="—", was=pin.sha256[:12])
    if not known:
        yield problem("SSJ-A023", value=then.draw_id)


def _same_classes(made: EffectiveRules, whole: EffectiveRules, then: EffectiveRules) -> EffectiveRules:
    """Today's rules with the classes that occurred then: which ones occur, the roster says and not the rule."""
    known = {c.id: c for c in whole.ratio.classes}
    pairs = [(c, known.get(c.id, known.get(ANY_CLASS))) for c in then.ratio.classes]
    classes = tuple(evolve(now, id=c.id, strata=c.strata) for c, now in pairs if now is not None)
    weights = whole.weights
    if weights is not None and then.weights is not None:
        tickets = weights.classes
        every = {n: tickets.get(n, tickets.get(ANY_CLASS)) for n in then.weights.classes}
        weights = evolve(weights, classes={n: count for n, count in every.items() if count is not None})
    return evolve(made, ratio=evolve(whole.ratio, classes=classes), weights=weights)


def _rules(sides: Sides, *, of_roster: bool) -> Iterator[Differing]:
    """What the rules say otherwise; `of_roster` leaves out what follows from the roster, which is another one.

    That a rule which had no days now says since when it holds is no difference: it held on the day. Which rules are
    stated follows from which are asked.
    """
    then, now = sides.then, sides.now
    dated = "since" in then.get("ratio", {})  # records of before said neither days nor what rules do
    now = _with_holidays_of(then, now)
    if of_roster:
        then, now = _without_persons(then), _without_persons(now)
    skip = _MOVES_ON | _NOT_RULES | (_BY_ROSTER if of_roster else frozenset())
    rules = Rules(skip=skip, only_written=not dated)
    for key in dict.fromkeys((*then, *now)):
        if key not in rules.skip and (dated or key in then):
            for one in unlike(then.get(key), now.get(key), rules, key):
                said = {one.old, one.new} & {told(None)} and (
                    (one.key or one.rule) in _NEW_DAYS or (key == "stated" and not one.key)
                )
                if not said:
                    yield since_when(one, sides)


def _with_holidays_of(then: Mapping[str, Any], now: Mapping[str, Any]) -> Mapping[str, Any]:
    """Today's rules with the holidays of those years only that were known then: a notice that came later is no rule."""
    known = {table["year"] for table in then.get("results", {}).get("calendar", ())}
    results = now.get("results", {})
    if "calendar" not in results:
        return now
    kept = [table for table in results["calendar"] if table["year"] in known]
    rest = {key: value for key, value in results.items() if key != "calendar"}
    return {**now, "results": {**rest, "calendar": kept} if kept else rest}


def _without_persons(rules: Mapping[str, Any]) -> Mapping[str, Any]:
    """Rules without the limit of a person, which stands in the roster."""
    team = rules.get("team", {})
    if "limits" not in team:
        return rules
    kept = [one for one in team["limits"] if one["per"] != "person"]
    return {**rules, "team": {**team, "limits": kept} if kept else {k: v for k, v in team.items() if k != "limits"}}


def _tables(files: Mapping[str, bytes], made: Sealed) -> Iterator[TableDifference]:
    for name, data in made.tables.items():
        if files.get(name) != data:
            then, now = (d.decode("utf-8-sig").split("\n")[1:] for d in (files.get(name, b""), data))
            yield TableDifference(
                file=name,
                new=tuple(line for line in now if line not in set(then)),
                gone=tuple(line for line in then if line not in set(now)),
            )
