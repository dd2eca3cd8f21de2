"""Dated rules: one value on every day inside, none outside, and the past does not change."""

from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ssj_core.problems import InputError
from ssj_core.ratios import format_ratio
from ssj_core.rules.model import Checklist, InForce, Item, LegalBasis
from ssj_core.rules.tables import load_checklist, load_ratio_rule
from ssj_core.rules.timeline import NotInForceError, items_on, on

START = date(2021, 1, 1)
DAY = timedelta(days=1)
DAYS = st.dates(date(2020, 12, 1), date(2021, 12, 31))
Spans = list[tuple[date, date | None]]


@st.composite
def spans(draw: st.DrawFn) -> list[tuple[date, date | None]]:
    """Intervals in order and apart, some with gaps, the last one sometimes open."""
    made: list[tuple[date, date | None]] = []
    day = START + timedelta(days=draw(st.integers(0, 20)))
    for _ in range(draw(st.integers(0, 4))):
        last = day + timedelta(days=draw(st.integers(0, 60)))
        made.append((day, last))
        day = last + timedelta(days=draw(st.integers(1, 15)))
    open_end = draw(st.booleans())
    if made and open_end:
        made[-1] = (made[-1][0], None)
    return made


def timeline(of: Spans) -> tuple[InForce[int], ...]:
    return tuple(
        InForce(since=since, until=until, reviewed_until=START, value=n, basis=())
        for n, (since, until) in enumerate(of)
    )


def at(line: tuple[InForce[int], ...], day: date) -> int | None:
    try:
        return on(line, day).value
    except NotInForceError:
        return None


@given(spans(), DAYS)
@example([(START, START)], START)
def test_exactly_one_value_inside_and_none_outside(of: Spans, day: date) -> None:
    inside = [n for n, (since, until) in enumerate(of) if since <= day <= (until or date.max)]
    assert len(inside) <= 1
    assert at(timeline(of), day) == (inside[0] if inside else None)


@given(spans(), DAYS, st.integers(0, 40), st.integers(0, 40))
def test_a_later_interval_changes_no_earlier_day(of: Spans, day: date, gap: int, length: int) -> None:
    if not of or of[-1][1] is None:
        return
    since = of[-1][1] + timedelta(days=1 + gap)
    longer = [*of, (since, since + timedelta(days=length))]
    if day < since:
        assert at(timeline(longer), day) == at(timeline(of), day)
    assert at(timeline(longer), since) == len(of)


@given(spans(), DAYS)
def test_closing_the_open_end_changes_nothing_up_to_it(of: Spans, day: date) -> None:
    if not of or of[-1][1] is not None:
        return
    end = of[-1][0] + timedelta(days=10)
    closed = [*of[:-1], (of[-1][0], end)]
    if day <= end:
        assert at(timeline(closed), day) == at(timeline(of), day)
    else:
        assert at(timeline(closed), day) is None


def table(of: Spans, ratios: list[Fraction]) -> bytes:
    text = 'format = "ssj-ratio/1"\nid = "x.r"\ntitle = "t"\nstratify = "x.s"\nin_force = [\n'
    before: date | None = None
    for (since, until), ratio in zip(of, ratios, strict=True):
        ends = f", until = {until}" if until else ""
        if before is not None and since - before > DAY:
            ends += ', gap = "meant"'
        before = until
        text += (
            f'{{ since = {since}{ends}, reviewed_until = 2021-12-31, basis = [{{ title = "t", mark = "GK" }}], '
            f'classes = {{ "*" = {{ ratio = "{format_ratio(ratio)}", bound = "exact" }} }} }},\n'
        )
    return (text + "]\n").encode()


RATIOS = st.fractions(0, 1, max_denominator=999)


@given(spans(), st.lists(RATIOS, min_size=4, max_size=4), DAYS)
def test_a_table_says_on_each_day_what_it_says(of: Spans, ratios: list[Fraction], day: date) -> None:
    if not of:
        return
    rule = load_ratio_rule(table(of, ratios[: len(of)]), "f")
    index = at(timeline(of), day)
    if index is None:
        with pytest.raises(NotInForceError) as outside:
            on(rule.in_force, day)
        assert all(str(since) in str(outside.value) for since, _ in of), "the ends are named"
    else:
        assert on(rule.in_force, day).value.classes["*"].ratio == ratios[index]


@given(st.lists(st.tuples(DAYS, st.none() | DAYS), min_size=1, max_size=4))
@example([(START, None), (START, None)])
@example([(START, START), (START, START)])
def test_a_table_that_loads_never_has_two_values(of: Spans) -> None:
    """Any intervals whatever: those that overlap, run backwards or are out of order are refused."""
    sound = all(until is None or since <= until for since, until in of) and all(
        one[1] is not None and one[1] < other[0] for one, other in pairwise(of)
    )
    data = table(of, [Fraction(1, 2)] * len(of))
    if sound:
        assert len(load_ratio_rule(data, "f").in_force) == len(of)
    else:
        with pytest.raises(InputError):
            load_ratio_rule(data, "f")


VERSIONS = st.lists(st.none() | DAYS, min_size=1, max_size=3)


def listed(since: date, versions: list[list[date | None]]) -> Checklist:
    text = f'format = "ssj-checklist/1"\nid = "x"\ntitle = "t"\nsince = {since}\nreviewed_until = 2021-12-31\n'
    for n, bases in enumerate(versions):
        made = ", ".join(
            f'{{ title = "{m}", mark = "GK"' + (f", version = {v}" if v else "") + " }" for m, v in enumerate(bases)
        )
        text += f'[[item]]\nid = "A-{n}"\ntitle = "t"\ncontent = "c"\nkinds = []\nmethods = []\nbasis = [{made}]\n'
    return load_checklist(text.encode(), "f")


@given(DAYS, st.lists(VERSIONS, min_size=1, max_size=3), DAYS)
@example(START, [[START]], START)
def test_an_item_is_in_force_when_its_list_and_one_of_its_bases_are(
    since: date, versions: list[list[date | None]], day: date
) -> None:
    made = {i.id: [b.title for b in i.basis] for i in items_on(listed(since, versions), day)}
    expected = {}
    for n, bases in enumerate(versions):
        published = [str(m) for m, v in enumerate(bases) if v is None or v <= day]
        if day >= since and published:
            expected[f"A-{n}"] = published
    assert made == expected


@given(DAYS, st.lists(VERSIONS, min_size=1, max_size=3), DAYS, DAYS)
def test_what_is_in_force_stays_in_force(
    since: date, versions: list[list[date | None]], one: date, other: date
) -> None:
    early, late = sorted((one, other))
    made = listed(since, versions)
    before = {i.id: {b.title for b in i.basis} for i in items_on(made, early)}
    after = {i.id: {b.title for b in i.basis} for i in items_on(made, late)}
    assert all(name in after and bases <= after[name] for name, bases in before.items())


@given(DAYS, st.none() | DAYS, DAYS)
def test_an_item_of_code_holds_from_since_to_until(since: date, until: date | None, day: date) -> None:
    basis = (LegalBasis(title="t", mark="GK"),)
    item = Item(id="A", title="t", content="c", kinds=(), methods=(), basis=basis, since=since, until=until)
    checklist = Checklist(id="x", title="t", reviewed_until=START, items=(item,))
    assert bool(items_on(checklist, day)) == (since <= day <= (until or date.max))
