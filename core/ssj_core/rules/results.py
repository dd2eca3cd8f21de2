"""检查结果代码表: what a visit may come to, with the platform's codes (format `ssj-results/1`)."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Literal, TypeVar

from attrs import fields, frozen

from ssj_core.problems import Problem, problem
from ssj_core.rules.intervals import Span, check_timeline
from ssj_core.rules.model import Days, LegalBasis
from ssj_core.rules.placed import refuse
from ssj_core.rules.timeline import holds
from ssj_core.structuring import load_toml

T = TypeVar("T", "ResultCode", "FollowUp")


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
class DatedResult(ResultCode):
    """A result in one of its intervals, as a table holds it; `gap` says why it could not be given before."""

    gap: str = ""


@frozen(kw_only=True)
class DatedFollowUp(FollowUp):
    """A measure in one of its intervals, as a table holds it; `gap` as of a `DatedResult`."""

    gap: str = ""


@frozen(kw_only=True)
class ResultTable:
    """A code table, as its TOML holds it: results in the order of the form, measures, results of single items.

    A code that changed stands once for each of its intervals. `platform` names the platform whose codes stand in
    `platform_code`; empty where the table is for none.
    """

    format: Literal["ssj-results/1"]
    id: str
    title: str
    platform: str = ""
    since: date
    reviewed_until: date
    item_results: tuple[str, ...] = ()
    result: tuple[DatedResult, ...]
    follow_up: tuple[DatedFollowUp, ...] = ()


DatedRow = DatedResult | DatedFollowUp


def days_of(table: ResultTable, row: ResultCode | FollowUp) -> Days:
    """The days on which a result may be given, a measure taken."""
    return Days(since=row.since or table.since, until=row.until, reviewed_until=table.reviewed_until)


def results_on(table: ResultTable, day: date) -> tuple[ResultCode, ...]:
    """The results that may be given on `day`, in the order of the table."""
    return tuple(_bare(r, ResultCode) for r in table.result if holds(days_of(table, r), day))


def follow_ups_on(table: ResultTable, day: date) -> tuple[FollowUp, ...]:
    """The measures that may be taken after a result of `day`, in the order of the table."""
    return tuple(_bare(f, FollowUp) for f in table.follow_up if holds(days_of(table, f), day))


def _bare(row: ResultCode | FollowUp, kind: type[T]) -> T:
    """The row as a draw seals it: what was not in force between two intervals is the table's business."""
    return kind(**{a.name: getattr(row, a.name) for a in fields(kind)})


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


def _check_codes(kind: str, rows: Sequence[DatedRow], table: ResultTable, file: str) -> Iterator[Problem]:
    spans: dict[str, list[Span]] = {}
    for n, row in enumerate(rows, start=1):
        where, days, before = f"{kind}[{n}]", days_of(table, row), spans.setdefault(row.code, [])
        if row.since is not None and row.since < table.since:
            yield problem(
                "SSJ-S071", file=file, field=f"{where}.since", value=row.since, id=f"{table.id}/{row.code}",
                since=table.since,
            )  # fmt: skip
        if before and row.since is None:  # no change of a code, a slip of the pen
            yield problem("SSJ-S008", file=file, field=f"{where}.code", value=row.code)
            continue
        late = table.reviewed_until < table.since  # of the whole table: told once
        reviewed = date.max if late else table.reviewed_until
        before.append(Span(where=where, since=days.since, until=days.until, reviewed_until=reviewed, gap=row.gap))
    for code, intervals in spans.items():
        yield from check_timeline(intervals, f"{table.id}/{code}", file)
    yield from _check_platform(kind, rows, table, file)


def _check_platform(kind: str, rows: Sequence[DatedRow], table: ResultTable, file: str) -> Iterator[Problem]:
    """Two codes may not be one code of the platform on the same day."""
    for n, row in enumerate(rows, start=1):
        for other in rows[: n - 1]:
            if not row.platform_code or other.platform_code != row.platform_code or other.code == row.code:
                continue
            if _overlap(days_of(table, row), days_of(table, other)):
                where = f"{kind}[{n}].platform_code"
                yield problem("SSJ-S031", file=file, field=where, value=row.platform_code, other=other.code)
                break


def _overlap(one: Days, other: Days) -> bool:
    return max(one.since, other.since) <= min(one.until or date.max, other.until or date.max)
