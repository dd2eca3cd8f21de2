"""What makes a timeline sound: in order, no day twice, no day left out unless the table says so, reviewed at all."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from attrs import frozen

from ssj_core.problems import Problem, problem

_DAY = timedelta(days=1)


@frozen(kw_only=True)
class Span:
    """One interval of a table as its author wrote it; `where` is its place in the file.

    `gap` says why nothing was in force between the interval before and this one; empty where nothing is left out.
    """

    where: str
    since: date
    until: date | None
    reviewed_until: date
    gap: str


def check_timeline(spans: Sequence[Span], rule: str, file: str) -> Iterator[Problem]:
    """Everything that is wrong with the intervals of one rule, in the order of the file."""
    before: Span | None = None
    for span in spans:
        if span.until is not None and span.until < span.since:
            yield problem("SSJ-S002", file=file, field=span.where, value=span.until, since=span.since)
        if span.reviewed_until < span.since:
            yield problem(
                "SSJ-S042", file=file, field=span.where, value=span.reviewed_until, id=rule, since=span.since
            )  # fmt: skip
        yield from _check_gap(before, span, rule, file)
        before = span


def _check_gap(before: Span | None, span: Span, rule: str, file: str) -> Iterator[Problem]:
    if before is not None and (before.until is None or before.until >= span.since):
        yield problem("SSJ-S003", file=file, field=span.where, value=span.since, id=rule)
        return
    follows = before is None or before.until is None or span.since - before.until <= _DAY
    if follows and span.gap:
        yield problem("SSJ-S041", file=file, field=f"{span.where}.gap", value=span.gap, id=rule)
    elif not follows and not span.gap and before is not None and before.until is not None:
        yield problem(
            "SSJ-S040", file=file, field=span.where, value=before.until + _DAY, id=rule, last=span.since - _DAY,
            since=span.since,
        )  # fmt: skip
