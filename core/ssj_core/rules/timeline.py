"""What is in force on a day; outside a timeline there is no value, never the nearest one."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final, Protocol, TypeVar, cast

from attrs import evolve

from ssj_core.rules.model import Checklist, DatedRule, Days, InForce, Item, LegalBasis
from ssj_core.text import Text

T = TypeVar("T")
R = TypeVar("R", bound=DatedRule)
_DAY: Final = timedelta(days=1)


class Dated(Protocol):
    """Anything that holds from a day to a day, both included; without `until` it holds on."""

    @property
    def since(self) -> date:
        """The first day."""

    @property
    def until(self) -> date | None:
        """The last day."""


class NotInForceError(LookupError):
    """Nothing is in force on the day asked for; `intervals` are the days on which something is."""

    def __init__(self, day: date, intervals: Iterable[Dated]) -> None:
        self.day, self.intervals = day, tuple(intervals)
        super().__init__(f"nothing is in force on {day.isoformat()}, only {ends(self.intervals).en}")


def holds(interval: Dated, day: date) -> bool:
    """Whether `day` lies in the interval; both ends do."""
    return interval.since <= day and (interval.until is None or day <= interval.until)


def on(timeline: Iterable[InForce[T]], day: date) -> InForce[T]:
    """The interval that holds on `day`.

    Raises:
        NotInForceError: no interval does.
    """
    intervals = tuple(timeline)
    for interval in intervals:
        if holds(interval, day):
            return interval
    raise NotInForceError(day, intervals)


def versions(rule: R) -> tuple[R, ...]:
    """What a rule is in each of its intervals, under its id; one that never changed is its only version."""
    made = cast("tuple[R, ...]", rule.in_force)  # of the same class as the rule
    return tuple(evolve(one, id=rule.id, in_force=()) for one in made) or (rule,)  # type: ignore[arg-type]


def version_on(rule: R, day: date) -> R:
    """What the rule is on `day`; without days of its own it holds on any.

    Raises:
        NotInForceError: it holds nothing then.
    """
    made = versions(rule)
    for one in made:
        if one.days is None or holds(one.days, day):
            return one
    raise NotInForceError(day, (one.days for one in made if one.days is not None))


def items_on(checklist: Checklist, day: date) -> tuple[Item, ...]:
    """Items in force on `day`, each with those of its bases that had been published by then; without any, it is not."""
    return tuple(
        evolve(item, basis=basis)
        for item in checklist.items
        if holds(item, day)
        if (basis := published(item.basis, day))
    )


def published(bases: Iterable[LegalBasis], day: date) -> tuple[LegalBasis, ...]:
    """Those of the bases that had been published by `day`; one without a version is taken to have been."""
    return tuple(b for b in bases if b.version is None or b.version <= day)


def ends(intervals: Iterable[Dated]) -> Text:
    """The days of intervals as people write them: `2021-01-01 to 2021-06-30; since 2022-01-01`; equal ones once."""
    days = sorted({(i.since, i.until or date.max) for i in intervals})
    if not days:
        return Text("没有任何一天", "no day at all")
    zh = [f"{since} 起" if until == date.max else f"{since} 至 {until}" for since, until in days]
    en = [f"since {since}" if until == date.max else f"{since} to {until}" for since, until in days]
    return Text("；".join(zh), "; ".join(en))


def union(intervals: Iterable[Dated]) -> tuple[Days, ...]:
    """The days that lie in any of the intervals, as few intervals as say so, in order."""
    made: list[Days] = []
    for since, until in sorted((i.since, i.until or date.max) for i in intervals):
        last = made[-1].until or date.max if made else None
        if last is not None and (last == date.max or since <= last + _DAY):
            made[-1] = Days(since=made[-1].since, until=_open(max(last, until)))
        else:
            made.append(Days(since=since, until=_open(until)))
    return tuple(made)


def _open(until: date) -> date | None:
    return None if until == date.max else until
