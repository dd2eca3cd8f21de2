"""SPEC §8.1: how often an officer may be sent in a draw: the least limit of draw, person, week, month and year."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Final

from attrs import evolve, frozen

from ssj_core.model import Inspection, Officer
from ssj_core.rules.effective import LimitPer, SealedLimit
from ssj_core.rules.ruleset import Team
from ssj_core.text import Text

ORDER: Final[tuple[LimitPer, ...]] = ("draw", "person", "week", "month", "year")
"""The order of limits; where two are equal, the first of them is the one that binds."""
_PERIODS: Final = {"draw": ("批次", "draw"), "week": ("周", "week"), "month": ("月", "month"), "year": ("年", "year")}
_LIMITED: Final[Mapping[LimitPer, str]] = {
    "draw": "most",
    "week": "most_per_week",
    "month": "most_per_month",
    "year": "most_per_year",
}


@frozen
class Cap:
    """How often an officer may be sent; by which limit (None: by none), and whether he is beyond it already."""

    visits: int
    bound: LimitPer | None = None
    over: bool = False


def periods(per: LimitPer, start: date, end: date) -> int:
    """How many weeks (from Monday), months or years a batch touches; of a draw or a person there is one."""
    return _number(per, end) - _number(per, start) + 1


def limits_of(team: Team, start: date, end: date, officers: Iterable[Officer] = ()) -> tuple[SealedLimit, ...]:
    """The limits of a batch, in order, without those whom they bind."""
    made: dict[LimitPer, int] = {per: getattr(team, key) for per, key in _LIMITED.items() if getattr(team, key)}
    if any(o.most is not None for o in officers):
        made["person"] = 0
    return tuple(SealedLimit(per=p, most=made[p], periods=periods(p, start, end)) for p in ORDER if p in made)


def caps_of(
    limits: Sequence[SealedLimit],
    officers: Iterable[Officer],
    past: Sequence[Inspection],
    start: date,
    end: date,
    visits: int,
) -> dict[str, Cap]:
    """The cap of each officer: the least of the limits, and of all visits, which nobody can exceed.

    A limit of weeks, months or years gives its number times those that the batch touches, less the visits of `past`
    on their days.
    """
    return caps_from(limits, {o.id: o.most for o in officers}, past, start, end, visits)


def caps_from(
    limits: Sequence[SealedLimit],
    most: Mapping[str, int | None],
    past: Sequence[Inspection],
    start: date,
    end: date,
    visits: int,
) -> dict[str, Cap]:
    """The same; `most` is of each officer the limit that the roster gives him, if any."""
    known = {one.per: _visits(past, one.per, start, end) for one in limits}
    return {
        o: _cap(own, limits, {per: counts.get(o, 0) for per, counts in known.items()}, visits)
        for o, own in most.items()
    }


def with_caps(limits: Iterable[SealedLimit], caps: Mapping[str, Cap]) -> tuple[SealedLimit, ...]:
    """The limits with the officers whom each binds, and those beyond it already."""
    return tuple(
        evolve(
            one,
            bound=tuple(sorted(o for o, cap in caps.items() if cap.bound == one.per)),
            over=tuple(sorted(o for o, cap in caps.items() if cap.bound == one.per and cap.over)),
        )
        for one in limits
    )


def limit_words(limits: Iterable[SealedLimit]) -> dict[str, Text]:
    """For every officer whom a limit binds, that limit in words."""
    return {officer: said(one) for one in limits for officer in one.bound}


def said(one: SealedLimit) -> Text:
    """A limit in words: 每周至多 2 次，本批次含 9 周，共 18 次."""
    if one.per == "person":
        return Text("名录里本人的上限", "the limit in the roster")
    zh, en = _PERIODS[one.per]
    if one.per == "draw":
        return Text(f"每批次至多 {one.most} 次", f"at most {one.most} in a draw")
    whole = one.most * one.periods
    return Text(
        f"每{zh}至多 {one.most} 次，本批次含 {one.periods} {'个' if zh == '月' else ''}{zh}，共 {whole} 次，以前的计入",
        f"at most {one.most} a {en}, {one.periods} of them in this batch: {whole}, with earlier visits",
    )


def _cap(own: int | None, limits: Iterable[SealedLimit], known: Mapping[LimitPer, int], visits: int) -> Cap:
    least = Cap(visits)
    for one in limits:
        left = one.most * one.periods - known[one.per]
        if one.per == "person":
            left = visits if own is None else own
        if left < least.visits:
            least = Cap(max(0, left), one.per, left < 0)
    return least


def _visits(past: Iterable[Inspection], per: LimitPer, start: date, end: date) -> dict[str, int]:
    counts: dict[str, int] = {}
    if per in ("draw", "person"):
        return counts
    for officer in _sent(past, per, _number(per, start), _number(per, end)):
        counts[officer] = counts.get(officer, 0) + 1
    return counts


def _sent(past: Iterable[Inspection], per: LimitPer, first: int, last: int) -> Iterator[str]:
    for one in past:
        if first <= _number(per, one.day) <= last:
            yield from one.officers


def _number(per: LimitPer, day: date) -> int:
    """Weeks, months and years counted through, so that neighbours differ by one; 0001-01-01 was a Monday."""
    return {"week": (day.toordinal() - 1) // 7, "month": day.year * 12 + day.month, "year": day.year}.get(per, 0)
