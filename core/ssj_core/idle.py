"""Rules of today that hold nothing on the day of a draw: which they are, and an office that can do without them.

Such a rule cannot be compared with the sealed one, and no draw would begin on that day; the other rules can.
"""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any, Final

from attrs import evolve, frozen

from ssj_core.comparing import told
from ssj_core.dating import OWN_OF_RULESET, Differing, Sides, came_with, joined
from ssj_core.office import Office, policy_of
from ssj_core.plan import Batch
from ssj_core.plugin.loader import namespace
from ssj_core.rules.model import Checklist
from ssj_core.rules.results import days_of, results_on
from ssj_core.rules.timeline import Dated, ends, holds, items_on, versions
from ssj_core.text import Text

_DAY: Final = timedelta(days=1)
_HOLIDAYS: Final = "calendar"
"""What `rules.toml` has beside the results: of the office, whatever its table holds."""


@frozen(kw_only=True)
class Idle:
    """A rule that holds nothing on `day`, and the days on which it does hold something.

    `kind` and `rule` find it in the registry, `place` in `rules.toml`, as in a `Differing`.
    """

    kind: str
    rule: str
    place: str
    day: date
    days: tuple[Dated, ...]


def idle_rules(office: Office, batch: Batch) -> tuple[Idle, ...]:
    """The rules of the batch that hold nothing on its first day."""
    found = (
        Idle(kind=kind, rule=rule, place=place, day=batch.start, days=days)
        for kind, rule, place in dict.fromkeys(_asked(office, batch))
        if (days := _days(getattr(office.registry, kind)[rule], kind, batch.start))
    )
    return tuple(found)


def _asked(office: Office, batch: Batch) -> Iterator[tuple[str, str, str]]:
    """Kind, id and place of every rule the batch asks."""
    ruleset, registry = office.ruleset, office.registry
    policy = policy_of(ruleset, batch)
    yield "ratio_rules", policy.ratio, "ratio"
    yield from _callback("stratifiers", registry.ratio_rules[policy.ratio].stratify)
    if policy.weights:
        yield "weight_rules", policy.weights, "weights"
        yield from _callback("stratifiers", registry.weight_rules[policy.weights].stratify)
    for use in (*ruleset.eligibility, *policy.eligibility):
        yield from _callback("eligibility_rules", use.rule)
    for use in ruleset.recusal:
        yield from _callback("recusal_rules", use.rule)
    for sector in policy.sectors:
        yield "checklists", sector, f"checklists {sector}"
    if ruleset.results and ruleset.results.table:
        yield "result_tables", ruleset.results.table, "results"


def _callback(kind: str, rule: str) -> Iterator[tuple[str, str, str]]:
    yield kind, rule, f"stated {rule}"


def _days(rule: Any, kind: str, day: date) -> tuple[Dated, ...]:
    """The days of a rule that holds nothing on `day`; nothing of one that does, or that says no days."""
    if kind == "checklists":
        return () if items_on(rule, day) else tuple(rule.items)
    if kind == "result_tables":
        return () if results_on(rule, day) else tuple(days_of(rule, row) for row in rule.result)
    dated = rule.in_force if kind in ("ratio_rules", "weight_rules") else [one.days for one in versions(rule)]
    return () if any(one is None or holds(one, day) for one in dated) else tuple(dated)


def without(office: Office, idle: tuple[Idle, ...]) -> Office:
    """The office with something in the place of each such rule, so that the others can be asked; nobody reads it."""
    registry = office.registry
    for one in idle:
        known: Mapping[str, Any] = getattr(registry, one.kind)
        put = {**known, one.rule: _stand_in(known[one.rule], one.kind, one.day)}
        registry = evolve(registry, **{one.kind: put})  # type: ignore[arg-type]
    return evolve(office, registry=registry)


def _stand_in(rule: Any, kind: str, day: date) -> Any:
    always = {"since": day, "until": None}
    if kind in ("ratio_rules", "weight_rules"):
        return evolve(rule, in_force=(evolve(rule.in_force[0], reviewed_until=day, **always),))
    if kind == "checklists":
        return _listed(rule, day)
    if kind == "result_tables":
        return evolve(rule, reviewed_until=max(rule.reviewed_until, day), result=(evolve(rule.result[0], **always),))
    return evolve(rule, days=None, in_force=())


def _listed(checklist: Checklist, day: date) -> Checklist:
    item = checklist.items[0]
    basis = tuple(evolve(one, version=None) for one in item.basis)
    reviewed = max(checklist.reviewed_until, day)
    return evolve(checklist, reviewed_until=reviewed, items=(evolve(item, since=day, until=None, basis=basis),))


def of_idle(one: Differing, idle: tuple[Idle, ...]) -> bool:
    """Whether a difference is one within such a rule, and so of what stands in its place."""
    return any(_within(one, rule) for rule in idle)


def _within(one: Differing, idle: Idle) -> bool:
    if one.rule == idle.place:
        return bool(one.key) and one.key.partition(".")[0] not in {*OWN_OF_RULESET.get(idle.place, ()), _HOLIDAYS}
    return one.rule.startswith(f"{idle.place} ")


def told_idle(idle: Idle, sides: Sides) -> Differing:
    """That a rule holds nothing on the day; `since` is the day from which it holds, else the one after its last."""
    later = [days.since for days in idle.days if days.since > idle.day]
    ended = [days.until + _DAY for days in idle.days if days.until is not None and days.until < idle.day]
    known = ends(idle.days)
    why = Text(
        f"{idle.rule} 现在在 {idle.day} 这一天什么也没有规定，施行期：{known.zh}",
        f"{idle.rule} now holds nothing on {idle.day}, only {known.en}",
    )
    return Differing(
        rule=idle.place,
        key="",
        old=told(_sealed(idle.place, sides.then)),
        new=told(None),
        since=min(later) if later else max(ended, default=None),
        why=joined(why, came_with(namespace(idle.rule), sides)),
    )


def _sealed(place: str, then: Mapping[str, Any]) -> Any:
    top, _, name = place.partition(" ")
    if not name:
        return then.get(top)
    return next((table for table in then.get(top, ()) if name in (table.get("id"), table.get("sector"))), None)
