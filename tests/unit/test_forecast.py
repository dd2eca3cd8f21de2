"""What is told of the teams before a draw: ranges with their proof, and who may hold which place."""

import csv
import io

from attrs import evolve

from ssj_core.forecast import HEADER, forecast, table, words
from ssj_core.foresight import certain
from ssj_core.matching import match
from ssj_core.sealed import Sealed
from ssj_core.teams import instance
from tests.strategies import Case, make_officer, make_subject, small_case
from tests.unit.finished import sealed


def all_drawn() -> Sealed:
    """The same, every subject drawn."""
    ratio = sealed().rules.ratio
    whole = evolve(ratio, classes=tuple(evolve(c, ratio=c.ratio / c.ratio) for c in ratio.classes))
    free = tuple(evolve(o, cap=99) for o in sealed().officers)
    return evolve(sealed(), officers=free, rules=evolve(sealed().rules, ratio=whole))


def read(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))


def test_where_all_are_drawn_the_ranges_are_those_of_the_draw() -> None:
    made = forecast(all_drawn())
    assert certain(all_drawn())
    one = all_drawn()
    right = match(instance(one.rules.team, list(one.subjects), one.officers, one.recusals), "1" * 64)
    assert made.spans == {o.id: (o.low, o.high) for o in right.officers}
    assert made.known is not None
    told = words(one, made)
    assert "依据：第" in told.zh
    assert "proof: level" in told.en
    for visit in right.visits:
        for place in visit.places:
            able = next(f.able for f in made.places if f.place == place.number and visit.id in f.subjects)
            assert place.officer in able


def test_else_they_lie_between_those_of_dummy_draws() -> None:
    assert not certain(sealed())
    made = forecast(sealed())
    assert made.known is None
    assert made.tried == 20
    assert set(made.spans) == {o.id for o in sealed().officers}
    assert all(0 <= low <= high for low, high in made.spans.values())
    told = words(sealed(), made)
    assert "虚拟种子" in told.zh
    assert "proof" not in told.en


def test_every_place_has_its_row_and_few_officers_are_named() -> None:
    for one in (sealed(), all_drawn()):
        rows = read(table(one, forecast(one)))
        assert list(rows[0]) == list(HEADER)
        assert len(rows) == len(one.subjects) * one.rules.team.size
        for row in rows:
            assert (row[HEADER[5]] != "") == (0 < int(row["可派人数"]) < 3)
    recused = tuple(o.id for o in sealed().officers[:3])
    plain = small_case()
    tight = Case(
        office=plain.office,
        subjects=tuple(evolve(make_subject(n), recused=recused if n == 2 else ()) for n in range(6)),
        officers=tuple(evolve(make_officer(n), id=o.id) for n, o in enumerate(sealed().officers)),
    ).seal()
    rows = read(table(tight, forecast(tight)))
    few = [row for row in rows if row[HEADER[5]]]
    assert {row["可派人数"] for row in few} == {"2"}
    assert all(row[HEADER[5]].count("officer:") == 2 for row in few)
    assert "不足三人" in words(tight, forecast(tight)).zh
    assert "fewer than three" in words(tight, forecast(tight)).en
