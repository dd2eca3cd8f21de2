"""Who may come to hold a place, and the ranges before the draw, against every fair roster there is."""

import pytest

from ssj_core.matching import match, outlook

from .test_matching_oracle import fair_rosters, rosters, tiny


def test_possible_is_whoever_some_fair_roster_has_there() -> None:
    narrow = wide = 0
    for number in range(350):
        instance = tiny(number)
        every = rosters(instance)
        known = outlook(instance)
        assert (known is None) == (not every)
        if known is None:
            continue
        fair = fair_rosters(instance, every)
        for visit in instance.visits:
            right = [tuple(sorted({roster[visit.id, n] for roster in fair})) for n in range(1, len(visit.places) + 1)]
            assert list(known.possible(visit.id)) == right, number
            able = [set(instance.classes[p.klass]) - set(instance.exclusions.get(visit.id, ())) for p in visit.places]
            narrow += sum(len(one) < len(some) for one, some in zip(right, able, strict=True))
            wide += sum(len(one) > 1 for one in right)
    assert narrow > 50  # or the ranges were never seen to exclude anybody
    assert wide > 100


def test_the_ranges_and_groups_are_those_of_the_draw() -> None:
    for number in range(200):
        instance = tiny(number)
        known = outlook(instance)
        if known is None:
            continue
        drawn = match(instance, "3" * 64)
        assert {o.id: (o.low, o.high, o.level) for o in drawn.officers} == {
            o: (r.low, r.high, r.level) for o, r in known.ranges.items()
        }
        out = {v.id: instance.exclusions.get(v.id, {}) for v in instance.visits}
        above: set[str] = set()
        closed = 0
        for group in known.groups:
            above |= set(group.officers)
            closed += group.places
            only = sum(
                set(instance.classes[p.klass]) - set(out[v.id]) <= above for v in instance.visits for p in v.places
            )
            # nobody else may hold them, but for those who are on the visit already and would have to move over
            assert only <= closed
            history = {o.id: o.history for o in instance.officers}
            assert group.loads == group.places + sum(history[o] for o in group.officers)
        assert closed == sum(len(v.places) for v in instance.visits)
    with pytest.raises(KeyError):
        next(filter(None, map(outlook, map(tiny, range(9))))).possible("nowhere")
