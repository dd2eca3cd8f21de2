"""What is in force on a day; outside a timeline there is no value, never the nearest one."""

from collections.abc import Iterable
from datetime import date
from typing import TypeVar

from attrs import evolve

from ssj_core.rules.model import Checklist, InForce, Item

T = TypeVar("T")


class NotInForceError(LookupError):
    """Nothing is in force on the day asked for."""


def on(timeline: Iterable[InForce[T]], day: date) -> InForce[T]:
    """The interval that holds on `day`.

    Raises:
        NotInForceError: no interval does.
    """
    for interval in timeline:
        if interval.since <= day and (interval.until is None or day <= interval.until):
            return interval
    raise NotInForceError(day.isoformat())


def items_on(checklist: Checklist, day: date) -> tuple[Item, ...]:
    """Items in force on `day`, each with those of its bases that had been published by then; without any, it is not."""
    return tuple(
        evolve(item, basis=basis)
        for item in checklist.items
        if item.since <= day and (item.until is None or day <= item.until)
        if (basis := tuple(b for b in item.basis if b.version is None or b.version <= day))
    )
