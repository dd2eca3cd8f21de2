"""Eligibility rules as data: who stays in a batch, by conditions on columns (format `ssj-filter/1`)."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Final, Literal

from attrs import evolve, frozen

from ssj_core.model import Officer, Subject, UnitKind
from ssj_core.problems import Problem, problem
from ssj_core.rules.columns import told, value
from ssj_core.rules.conditions import Condition, Test, check, prepare
from ssj_core.rules.intervals import check_dated, interval_days
from ssj_core.rules.model import Context, EligibilityRule, LegalBasis
from ssj_core.rules.placed import refuse
from ssj_core.structuring import load_toml

_UNITS: Final[dict[UnitKind, str]] = {"subject": "检查对象", "officer": "执法检查人员"}


@frozen(kw_only=True)
class FilterInterval:
    """One interval: `keep` leaves in the batch only who meets every condition, `leave_out` takes out who meets all.

    `reason` is what the list of the excluded says, followed by the cell that decided.
    """

    since: date
    until: date | None = None
    reviewed_until: date
    gap: str = ""
    reason: str
    keep: tuple[Condition, ...] = ()
    leave_out: tuple[Condition, ...] = ()
    basis: tuple[LegalBasis, ...]


@frozen(kw_only=True)
class FilterTable:
    """A filter as its TOML holds it: whom it asks, and by intervals what."""

    format: Literal["ssj-filter/1"]
    id: str
    title: str
    applies_to: UnitKind = "subject"
    in_force: tuple[FilterInterval, ...]


def load_filter(data: bytes, file: str) -> EligibilityRule:
    """Read a filter as the eligibility rule it is; raises `InputError` with all mistakes."""
    table = load_toml(data, FilterTable, file)
    refuse(_check(table, file), data)
    made = tuple(_version(table, interval) for interval in table.in_force)
    return evolve(made[-1], in_force=made)


def _version(table: FilterTable, interval: FilterInterval) -> EligibilityRule:
    tests = tuple(prepare(c, table.applies_to) for c in (*interval.keep, *interval.leave_out))
    return EligibilityRule(
        id=table.id,
        title=table.title,
        applies_to=table.applies_to,
        check=_keeping(tests, interval.reason) if interval.keep else _leaving_out(tests, interval.reason),
        basis=interval.basis,
        columns=tuple(dict.fromkeys(use for t in tests if (use := t.column.use(t.kind)))),
        says=("只留下" if interval.keep else "排除")
        + f"{_UNITS[table.applies_to]}中{'，且'.join(t.says() for t in tests)}的",
        days=interval_days(interval),
    )


def _keeping(tests: tuple[Test, ...], reason: str) -> Callable[[Subject | Officer, Context], str | None]:
    def why(unit: Subject | Officer, context: Context) -> str | None:
        failed = next((t for t in tests if not t.holds(unit, context)), None)
        return None if failed is None else f"{reason}（{_cell(failed, unit)}）"

    return why


def _leaving_out(tests: tuple[Test, ...], reason: str) -> Callable[[Subject | Officer, Context], str | None]:
    def why(unit: Subject | Officer, context: Context) -> str | None:
        if not all(t.holds(unit, context) for t in tests):
            return None
        return f"{reason}（{'，'.join(dict.fromkeys(_cell(t, unit) for t in tests))}）"

    return why


def _cell(test: Test, unit: Subject | Officer) -> str:
    return f"{test.column.name}：{told(value(unit, test.column, test.kind))}"


def _check(table: FilterTable, file: str) -> Iterator[Problem]:
    yield from check_dated(table.in_force, table.id, file)
    for number, interval in enumerate(table.in_force, start=1):
        where = f"in_force[{number}]"
        if bool(interval.keep) == bool(interval.leave_out):
            yield problem("SSJ-S035", file=file, field=where, value=table.id)
        for name, conditions in (("keep", interval.keep), ("leave_out", interval.leave_out)):
            for n, condition in enumerate(conditions, start=1):
                yield from check(condition, table.applies_to, f"{where}.{name}[{n}]", file)
