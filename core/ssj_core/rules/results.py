"""检查结果代码表: what a visit may come to, with the platform's codes (format `ssj-results/1`)."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Literal

from attrs import frozen

from ssj_core.problems import Problem, problem
from ssj_core.rules.model import Days, LegalBasis
from ssj_core.rules.placed import refuse
from ssj_core.rules.timeline import holds
from ssj_core.structuring import load_toml


@frozen(kw_only=True)
class ResultCode:
    """检查结果: one result that may be published.

    `needs_follow_up`: somebody has to do something afterwards, and the case must be closed. `alone`: excludes every
    other result (未发现问题). `items`: the items of the visit have results of their own; not where nobody was met.
    `platform_code` is how the platform writes it, empty where that is not known. In force from `since` (that of the
    table, if empty) to `until`, both included.
    """

    code: str
    title: str
    needs_follow_up: bool
    alone: bool = False
    items: bool = True
    platform_code: str = ""
    since: date | None = None
    until: date | None = None
    note: str = ""
    basis: tuple[LegalBasis, ...]


@frozen(kw_only=True)
class FollowUp:
    """后续处置: what is done after a result; in force as a `ResultCode` is."""

    code: str
    title: str
    platform_code: str = ""
    since: date | None = None
    until: date | None = None
    basis: tuple[LegalBasis, ...] = ()


@frozen(kw_only=True)
class ResultTable:
    """A code table, as its TOML holds it: results in the order of the form, measures, results of single items.

    `platform` names the platform whose codes stand in `platform_code`; empty where the table is for none.
    """

    format: Literal["ssj-results/1"]
    id: str
    title: str
    platform: str = ""
    since: date
    reviewed_until: date
    item_results: tuple[str, ...] = ()
    result: tuple[ResultCode, ...]
    follow_up: tuple[FollowUp, ...] = ()


def days_of(table: ResultTable, row: ResultCode | FollowUp) -> Days:
    """The days on which a result may be given, a measure taken."""
    return Days(since=row.since or table.since, until=row.until, reviewed_until=table.reviewed_until)


def results_on(table: ResultTable, day: date) -> tuple[ResultCode, ...]:
    """The results that may be given on `day`, in the order of the table."""
    return tuple(r for r in table.result if holds(days_of(table, r), day))


def follow_ups_on(table: ResultTable, day: date) -> tuple[FollowUp, ...]:
    """The measures that may be taken after a result of `day`, in the order of the table."""
    return tuple(f for f in table.follow_up if holds(days_of(table, f), day))


def load_result_table(data: bytes, file: str) -> ResultTable:
    """Read a code table; raises `InputError` with all mistakes."""
    table = load_toml(data, ResultTable, file)
    refuse(_check(table, file), data)
    return table


def _check(table: ResultTable, file: str) -> Iterator[Problem]:
    if not table.result:
        yield problem("SSJ-S030", file=file, field="result", value=table.id)
    yield from _check_codes("result", table.result, table, file)
    yield from _check_codes("follow_up", table.follow_up, table, file)
    for n, result in enumerate(table.result, start=1):
        if not result.basis:
            yield problem("SSJ-S001", file=file, field=f"result[{n}]", value=result.code)
    if table.reviewed_until < table.since:
        yield problem(
            "SSJ-S042", file=file, field="reviewed_until", value=table.reviewed_until, id=table.id, since=table.since
        )


def _check_codes(kind: str, rows: Sequence[ResultCode | FollowUp], table: ResultTable, file: str) -> Iterator[Problem]:
    codes: set[str] = set()
    sent: dict[str, str] = {}
    for n, row in enumerate(rows, start=1):
        if row.code in codes:
            yield problem("SSJ-S008", file=file, field=f"{kind}[{n}].code", value=row.code)
        codes.add(row.code)
        if other := sent.get(row.platform_code):
            where = f"{kind}[{n}].platform_code"
            yield problem("SSJ-S031", file=file, field=where, value=row.platform_code, other=other)
        if row.platform_code:
            sent[row.platform_code] = row.code
        days = days_of(table, row)
        if days.until is not None and days.until < days.since:
            yield problem("SSJ-S002", file=file, field=f"{kind}[{n}].until", value=days.until, since=days.since)
        if row.since is not None and row.since < table.since:
            yield problem(
                "SSJ-S071", file=file, field=f"{kind}[{n}].since", value=row.since, id=f"{table.id}/{row.code}",
                since=table.since,
            )  # fmt: skip
        if row.since is not None and table.since <= table.reviewed_until < row.since:
            yield problem(
                "SSJ-S042", file=file, field=f"{kind}[{n}].since", value=table.reviewed_until,
                id=f"{table.id}/{row.code}", since=row.since,
            )  # fmt: skip
