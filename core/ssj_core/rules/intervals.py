"""What makes a timeline sound: in order, no day twice, no day left out unless the table says so, reviewed at all."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Protocol

from attrs import frozen

from ssj_core.problems import Problem, problem
from ssj_core.rules.model import DatedRule, Days, LegalBasis
from ssj_core.rules.timeline import versions

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


class Written(Protocol):
    """An interval of `[[in_force]]` as every table of dated rules has it; each table says more of its own."""

    @property
    def since(self) -> date:
        """The first day."""

    @property
    def until(self) -> date | None:
        """The last day; None where it holds on."""

    @property
    def reviewed_until(self) -> date:
        """The day up to which somebody has looked."""

    @property
    def gap(self) -> str:
        """Why nothing was in force before; as of a `Span`."""

    @property
    def basis(self) -> tuple[LegalBasis, ...]:
        """Where it comes from."""


def interval_days(interval: Written) -> Days:
    """The days of an interval as a rule has them."""
    return Days(
        since=interval.since, until=interval.until, reviewed_until=interval.reviewed_until, gap=interval.gap
    )  # fmt: skip


def check_versions(rule: DatedRule, module: str) -> Iterator[Problem]:
    """What is wrong with the days of a rule that code of `module` made, as of a table; the rule itself is the place."""
    made = [one.days for one in versions(rule)]
    if made == [None]:
        return
    known = [days for days in made if days is not None and _are_days(days)]
    if len(known) < len(made):  # no dates, or a version that always holds, which leaves the others no day
        yield problem("SSJ-G107", file=module, field=rule.id, value=rule.id)
        return
    where = [f"{rule.id}.in_force[{n}]" for n in range(1, len(known) + 1)] if rule.in_force else [rule.id]
    yield from check_timeline(list(map(_span, where, known)), rule.id, module)


def _are_days(days: Days) -> bool:
    return all(type(d) is date for d in (days.since, days.reviewed_until or date.max, days.until or date.max))


def _span(where: str, days: Days) -> Span:
    reviewed = days.reviewed_until or date.max
    return Span(where=where, since=days.since, until=days.until, reviewed_until=reviewed, gap=days.gap)


def check_dated(in_force: Sequence[Written], rule: str, file: str) -> Iterator[Problem]:
    """What is wrong with the `[[in_force]]` of a rule: that there is none, its days, an interval without a basis."""
    if not in_force:
        yield problem("SSJ-P027", file=file, field="in_force", what="施行期 in_force", what_en="in_force")
    spans = [
        Span(where=f"in_force[{n}]", since=i.since, until=i.until, reviewed_until=i.reviewed_until, gap=i.gap)
        for n, i in enumerate(in_force, start=1)
    ]
    yield from check_timeline(spans, rule, file)
    for span, interval in zip(spans, in_force, strict=True):
        if not interval.basis:
            yield problem("SSJ-S001", file=file, field=span.where, value=rule)


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
