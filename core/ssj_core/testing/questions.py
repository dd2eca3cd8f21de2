"""Every callback of a plugin with what it is asked in a draw: one unit, or an officer and a subject, and the batch."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import product
from typing import Any

from attrs import evolve, field, frozen

from ssj_core.model import Officer, Subject, UnitKind
from ssj_core.plugin.registry import Registry
from ssj_core.rules.model import ColumnUse, Context
from ssj_core.rules.timeline import R, versions
from ssj_core.testing.specimens import CELLS, OFFICERS, SPANS, SUBJECTS

Unit = Subject | Officer


@frozen(kw_only=True)
class Callback:
    """One callback: the rule it belongs to, what units it takes, and whether it must answer with text.

    `columns` are those the rule declares, by the roster they are in.
    """

    id: str
    call: Callable[..., Any]
    takes: tuple[UnitKind, ...]
    must: bool
    params: dict[str, Any]
    columns: Mapping[UnitKind, tuple[ColumnUse, ...]] = field(factory=dict)


@frozen(kw_only=True)
class Question:
    """A callback and its arguments; `name` says which they are."""

    callback: Callback
    name: str
    units: tuple[Any, ...]
    context: Context


def callbacks(registry: Registry, plugin: str) -> tuple[Callback, ...]:
    """The callbacks that a plugin registered, by kind and id, those of every interval of a rule."""
    made = [
        Callback(id=s.id, call=s.key, takes=("subject",), must=True, params={}, columns={"subject": s.columns})
        for s in _versions(registry.stratifiers.values())
    ]
    made += [
        Callback(
            id=r.id,
            call=r.check,
            takes=(r.applies_to,),
            must=False,
            params=dict(r.params),
            columns={r.applies_to: r.columns},
        )
        for r in _versions(registry.eligibility_rules.values())
    ]
    made += [
        Callback(
            id=r.id,
            call=r.check,
            takes=("officer", "subject"),
            must=False,
            params=dict(r.params),
            columns={"subject": r.columns, "officer": r.officer_columns},
        )
        for r in _versions(registry.recusal_rules.values())
    ]
    return tuple(c for c in made if c.id.partition(".")[0] == plugin)


def _versions(rules: Iterable[R]) -> Iterator[R]:
    """Every version of every rule; where a rule has several, each goes by the rule's id and its first day."""
    for rule in rules:
        made = versions(rule)
        for n, one in enumerate(made, start=1):
            since = one.days.since.isoformat() if one.days is not None else str(n)
            yield evolve(one, id=f"{rule.id}@{since}") if len(made) > 1 else one


def questions(callback: Callback) -> Iterator[Question]:
    """Everything a callback is asked by the kit; each time with contexts of its own, which it might spoil."""
    for start, end in SPANS:
        for units in _units(callback):
            context = Context(
                year=start.year, start=start, end=end, sectors=(callback.id,), params=dict(callback.params)
            )
            name = " + ".join(u.id for u in units) + f" @ {start.isoformat()}"
            yield Question(callback=callback, name=name, units=units, context=context)


def _units(callback: Callback) -> Iterator[tuple[Any, ...]]:
    known: dict[UnitKind, tuple[Unit, ...]] = {"subject": SUBJECTS, "officer": OFFICERS}
    filled = [
        [_with_columns(unit, n, callback.columns.get(kind, ())) for n, unit in enumerate(known[kind])]
        for kind in callback.takes
    ]
    yield from product(*filled)


def _with_columns(unit: Unit, number: int, columns: tuple[ColumnUse, ...]) -> Unit:
    """The unit with the columns that the rule asks for; the first is without, as in a roster that lacks them."""
    own = [c for c in columns if not c.fields]
    cells = {c.name: CELLS[c.kind][(number + n) % len(CELLS[c.kind])] for n, c in enumerate(own) if number}
    return evolve(unit, extra=cells)
