"""Weights as data: how many tickets each class has (format `ssj-weights/1`)."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Literal

from attrs import frozen

from ssj_core.problems import Problem, problem
from ssj_core.rules.intervals import check_dated
from ssj_core.rules.model import MOST_TICKETS, InForce, LegalBasis, WeightRule
from ssj_core.rules.placed import refuse
from ssj_core.structuring import load_toml


@frozen(kw_only=True)
class WeightInterval:
    """One interval: tickets by class, 1 to 64."""

    since: date
    until: date | None = None
    reviewed_until: date
    gap: str = ""
    classes: Mapping[str, int]
    basis: tuple[LegalBasis, ...]


@frozen(kw_only=True)
class WeightTable:
    """A weight rule as its TOML holds it."""

    format: Literal["ssj-weights/1"]
    id: str
    title: str
    stratify: str
    in_force: tuple[WeightInterval, ...]


def load_weight_rule(data: bytes, file: str) -> WeightRule:
    """Read a weight rule; raises `InputError` with all mistakes."""
    table = load_toml(data, WeightTable, file)
    refuse(_check(table, file), data)
    return WeightRule(
        id=table.id,
        title=table.title,
        stratify=table.stratify,
        in_force=tuple(
            InForce(since=i.since, until=i.until, reviewed_until=i.reviewed_until, value=i.classes, basis=i.basis)
            for i in table.in_force
        ),
    )


def _check(table: WeightTable, file: str) -> Iterator[Problem]:
    yield from check_dated(table.in_force, table.id, file)
    for n, interval in enumerate(table.in_force, start=1):
        where = f"in_force[{n}]"
        for name, tickets in interval.classes.items():
            if not 1 <= tickets <= MOST_TICKETS:
                yield problem(
                    "SSJ-S044", file=file, field=f"{where}.classes.{name}", value=tickets, most=MOST_TICKETS
                )  # fmt: skip
