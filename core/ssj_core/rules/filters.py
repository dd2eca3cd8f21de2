"""Eligibility rules as data: who stays in a batch, by conditions on columns (format `ssj-filter/1`)."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Final, Literal

from attrs import frozen

from ssj_core.model import Officer, Subject, UnitKind
from ssj_core.problems import Problem, problem
from ssj_core.rules.columns import told, value
from ssj_core.rules.conditions import Condition, Test, check, prepare
from ssj_core.rules.intervals import Span, check_timeline
from ssj_core.rules.model import Context, Days, EligibilityRule, LegalBasis
from ssj_core.rules.placed import refuse
from ssj_core.structuring import load_toml

_UNITS: Final[dict[UnitKind, str]] = {"subject": "检查对象", "officer": "执法检查人员"}


@frozen(kw_only=True)
class FilterTable:
    """A filter: `keep` leaves in the batch only who meets every condition, `leave_out` takes out who meets them all.

    `reason` is what the list of the excluded says, followed by the cell that decided.
    """

    format: Literal["ssj-filter/1"]
    id: str
    title: str
    applies_to: UnitKind = "subject"
    since: date
    until: date | None = None
    reviewed_until: date
    reason: str
    keep: tuple[Condition, ...] = ()
    leave_out: tuple[Condition, ...] = ()
    basis: tuple[LegalBasis, ...]


def load_filter(data: bytes, file: str) -> EligibilityRule:
    """Read a filter as the eligibility rule it is; raises `InputError` with all mistakes."""
    table = load_toml(data, FilterTable, file)
    refuse(_check(table, file), data)
    tests = tuple(prepare(c, table.applies_to) for c in (*table.keep, *table.leave_out))
    return EligibilityRule(
        id=table.id,
        title=table.title,
        applies_to=table.applies_to,
        check=_keeping(tests, table.reason) if table.keep else _leaving_out(tests, table.reason),
        basis=table.basis,
        columns=tuple(dict.fromkeys(use for t in tests if (use := t.column.use(t.kind)))),
        says=("只留下" if table.keep else "排除")
        + f"{_UNITS[table.applies_to]}中{'，且'.join(t.says() for t in tests)}的",
        days=Days(since=table.since, until=table.until, reviewed_until=table.reviewed_until),
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
    if not table.basis:
        yield problem("SSJ-S001", file=file, value=table.id)
    span = Span(where="since", since=table.since, until=table.until, reviewed_until=table.reviewed_until, gap="")
    yield from check_timeline([span], table.id, file)
    if bool(table.keep) == bool(table.leave_out):
        yield problem("SSJ-S035", file=file, field="keep", value=table.id)
    for name, conditions in (("keep", table.keep), ("leave_out", table.leave_out)):
        for n, condition in enumerate(conditions, start=1):
            yield from check(condition, table.applies_to, f"{name}[{n}]", file)
