"""Before the draw, for everybody to read: fair ranges with their proof, and who may hold which place (SPEC §8.3).

A page in words, and a table with every place of every subject that may be drawn.
"""

import csv
import io
from collections import Counter
from collections.abc import Iterator
from typing import Final

from attrs import frozen

from ssj_core.foresight import FEW, Foreseen, foresee, known
from ssj_core.matching import Outlook, outlook
from ssj_core.rehearsal import drawn_with, dummy_seed
from ssj_core.sealed import Sealed
from ssj_core.teams import instance
from ssj_core.text import Text

TRIED: Final = 20
"""So many dummy draws show between what the ranges lie where the subjects are not certain; fewer of large ones."""
_VISITS: Final = 20_000
_SHOWN: Final = 20
HEADER: Final = ("检查对象", "名称", "席位", "角色", "可派人数", "可派人员（不足三人时）")
"""Columns of the table of places."""


@frozen
class Forecast:
    """`known` where every subject is drawn for certain; `spans` of each officer his least low and greatest high."""

    places: tuple[Foreseen, ...]
    known: Outlook | None
    spans: dict[str, tuple[int, int]]
    tried: int


def forecast(sealed: Sealed) -> Forecast:
    """What is known of the teams before the draw; without certain subjects, dummy draws 1, 2, … show the ranges."""
    exact = known(sealed)
    if exact:
        spans = {o: (r.low, r.high) for o, r in exact.ranges.items()}
        return Forecast(foresee(sealed, exact), exact, spans, 0)
    visits = max(1, sum(q.quota for q in sealed.quotas))
    tried, spans = max(3, min(TRIED, _VISITS // visits)), {}
    for number in range(1, tried + 1):
        drawn = drawn_with(sealed, dummy_seed(sealed.rules.draw_id, number))
        one = outlook(instance(sealed.rules.team, drawn, sealed.officers, sealed.recusals))
        for officer, fair in one.ranges.items() if one else ():
            low, high = spans.get(officer, (fair.low, fair.high))
            spans[officer] = (min(low, fair.low), max(high, fair.high))
    return Forecast(foresee(sealed), None, spans, tried)


def rows(sealed: Sealed, made: Forecast) -> list[tuple[str, ...]]:
    """The table: every place of every subject that may be drawn, by subject and place; names where they are few."""
    subject, officer = {s.id: s.name for s in sealed.subjects}, {o.id: o.name for o in sealed.officers}
    found = []
    for one in made.places:
        who = "、".join(f"{officer[o]}（{o}）" for o in one.able) if len(one.able) < FEW else ""
        found += [(s, subject[s], str(one.place), one.role, str(len(one.able)), who) for s in one.subjects]
    return sorted(found, key=lambda row: (row[0], int(row[2])))


def table(sealed: Sealed, made: Forecast) -> bytes:
    """The table as a file of comma-separated values that opens in WPS and Excel (UTF-8 with BOM)."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows([HEADER, *rows(sealed, made)])
    return ("\ufeff" + out.getvalue()).encode()


def words(sealed: Sealed, made: Forecast, *, beside: bool = True) -> Text:
    """The page: the ranges, how many may hold the places, and the places that fewer than three can hold.

    `beside`: whether the table of all places lies beside it.
    """
    lines = [*_ranges(sealed, made), *_places(sealed, made, beside)]
    return Text("\n".join(line.zh for line in lines), "\n".join(line.en for line in lines))


def _ranges(sealed: Sealed, made: Forecast) -> Iterator[Text]:
    names = {o.id: o.name for o in sealed.officers}
    if made.known:
        yield Text(
            "  公平区间（全部对象都要查，现在就能算出）：",
            "  fair ranges (every subject is inspected: they are known now):",
        )
    else:
        yield Text(
            f"  公平区间要等抽中名单才能算出，写入记录并供核验；用第 1 至 {made.tried} 号虚拟种子试算，各人在：",
            "  the fair ranges follow from who is drawn and stand in the record; with dummy seeds 1 to "
            f"{made.tried} they lie in:",
        )
    for (low, high), who in sorted(_by_span(made).items(), reverse=True):
        some = [names[o] for o in who]
        span = _span(low, high)
        yield Text(f"    {span.zh} 次：{_listed(some, '、')}", f"    {span.en}: {_listed(some, ', ')}")
    for group in made.known.groups if made.known else ():
        yield Text(
            f"    依据：第 {group.level} 档 {len(group.officers)} 人承担 {group.places} 席"
            f"（连同以前的共 {group.loads} 次），这些席位除他们和更高档的人员外无人可派",
            f"    proof: level {group.level}, {len(group.officers)} officers, {group.places} places ({group.loads} with"
            " those of before), which nobody can hold but they and officers of greater levels",
        )


def _by_span(made: Forecast) -> dict[tuple[int, int], list[str]]:
    found: dict[tuple[int, int], list[str]] = {}
    for officer, span in sorted(made.spans.items()):
        found.setdefault(span, []).append(officer)
    return found


def _places(sealed: Sealed, made: Forecast, beside: bool) -> Iterator[Text]:
    names = {o.id: o.name for o in sealed.officers} | {s.id: s.name for s in sealed.subjects}
    sizes: Counter[int] = Counter()
    for one in made.places:
        sizes[len(one.able)] += len(one.subjects)
    whole = sum(sizes.values())
    span = _span(min(sizes, default=0), max(sizes, default=0))
    exact = Text("公平区间内", "inside the ranges") if made.known else Text("按资格和回避", "by eligibility")
    more = Text("；每席一行见附表", "; the table has a row for each") if beside else Text("", "")
    yield Text(
        f"  可派人数（{exact.zh}）：{whole} 个席位，每席 {span.zh} 人{more.zh}",
        f"  possible officers ({exact.en}): {whole} places, {span.en} each{more.en}",
    )
    narrow = sorted((one for one in made.places if len(one.able) < FEW), key=lambda one: (len(one.able), one.place))
    for one in narrow[:_SHOWN]:
        some, who = [names[s] or s for s in one.subjects], [names[o] for o in one.able]
        yield Text(
            f"    不足三人：第 {one.place} 席（{one.role}）只有 {_listed(who, '、')}：{_listed(some, '、')}",
            f"    fewer than three: place {one.place}, only {_listed(who, ', ')}: {_listed(some, ', ')}",
        )
    if len(narrow) > _SHOWN:
        yield Text(
            f"    另有 {len(narrow) - _SHOWN} 类" + ("，见附表" if beside else ""),
            f"    and {len(narrow) - _SHOWN} kinds more" + (": see the table" if beside else ""),
        )


def _span(low: int, high: int) -> Text:
    return Text(f"{low} 至 {high}", f"{low} to {high}") if low < high else Text(str(low), str(low))


def _listed(some: list[str], between: str) -> str:
    return between.join(some[:_SHOWN]) + (f" …（{len(some)}）" if len(some) > _SHOWN else "")
