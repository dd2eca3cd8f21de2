"""Every officer passed over has a reason, and every reason proves itself by counting, without any search."""

from collections import Counter

from ssj_core.matching import Instance, Matching, Reason, because, reasons

from .test_matching_oracle import eligible, places_of, tiny
from .test_matching_plain import office, quick


def proves(instance: Instance, right: Matching, given: dict[tuple[str, int], str], reason: Reason) -> bool:
    """Count: of the places not given yet, who may still take which, and is it too few?"""
    visits = {v.id: v for v in instance.visits}
    have = Counter(given.values())
    shares = {share.officer: share.places for share in reason.shares}
    ranges = {o.id: (o.low, o.high) for o in right.officers}
    here = (reason.seat.visit, reason.seat.number)
    seats = {(seat.visit, seat.number) for seat in reason.seats}
    left = {(v.id, n) for v, n in places_of(instance)} - given.keys()
    assert here in left
    assert seats <= left - {here}

    def may(officer: str, place: tuple[str, int]) -> bool:
        on_it = officer in {o for (visit, _), o in given.items() if visit == place[0]}
        return not on_it and officer in eligible(instance, visits[place[0]], place[1])

    if reason.kind == "full":
        taking = {reason.officer: {here[0]}}
        for place in seats:
            for o in ranges:
                if may(o, place) and not (o == reason.officer and place[0] == here[0]):
                    taking.setdefault(o, set()).add(place[0])
        high = {o: h for o, (_, h) in ranges.items()}
        if instance.evenness == "strict":
            high = {o.id: o.cap for o in instance.officers}
        most = {o: min(high[o] - have[o], len(where)) for o, where in taking.items()}
        assert {o: n for o, n in most.items() if n or o == reason.officer} == shares
        return sum(shares.values()) == reason.there < reason.needed == len(seats) + 1
    if reason.kind == "least":
        assert {o: ranges[o][0] - have[o] for o in shares} == shares
        assert reason.officer not in shares or here[0] in {visit for visit, _ in left}
        able = {(o, place) for o in shares for place in left - {here} if may(o, place)}
        assert seats == {place for _, place in able if place in seats}
        besides = {(o, place[0]) for o, place in able if place not in seats}
        return len(besides) <= reason.others and len(seats) + reason.others == reason.there < reason.needed
    open_places = Counter(o for p, o in placed(right).items() if p not in given)
    load, count = ({o.id: getattr(o, name) for o in right.officers} for name in ("load", "places"))
    cap = {o.id: o.cap for o in instance.officers}
    asked = {(reason.officer, here[0]), *((o, place[0]) for place in seats for o in ranges if may(o, place))}
    takers = {o for o, visit in asked if o not in right.teams[visit]}  # who is on the visit would only move over
    closed = {o for o in takers if open_places[o]}
    for taker in takers:
        if count[taker] < cap[taker]:
            closed |= {o for o in open_places if load[o] == load[taker] + 1}
    assert {o: open_places[o] for o in closed}.items() <= shares.items()
    assert right.teams[here[0]][here[1] - 1] not in shares
    return (
        instance.evenness == "strict" and seats >= {p for p, o in placed(right).items() if o in shares} - given.keys()
    )


def placed(right: Matching) -> dict[tuple[str, int], str]:
    return {(visit.id, place.number): place.officer for visit in right.visits for place in visit.places}


def run(instance: Instance, seed: str) -> Counter[str]:
    right = quick(instance, seed)
    kinds = Counter[str]()
    if right is None:
        return kinds
    given: dict[tuple[str, int], str] = {}
    every = iter(reasons(instance, seed, right.teams))
    for visit in right.visits:
        for place in visit.places:
            for attempt, one in enumerate(place.tries, 1):
                if one.taken:
                    continue
                reason = next(every)
                assert (reason.seat.visit, reason.seat.number) == (visit.id, place.number)
                assert (reason.attempt, reason.officer) == (attempt, one.officer)
                assert proves(instance, right, given, reason), (instance, reason)
                took = sum(share.places for share in reason.shares)
                sides = (reason.needed, reason.there)
                assert sides[reason.kind != "least"] == took
                assert sides[reason.kind == "least"] == len(reason.seats) + (
                    reason.others if reason.kind == "least" else 1
                )
                assert because(reason)("zh")
                assert because(reason)("en")
                kinds[reason.kind] += 1
            given[visit.id, place.number] = place.officer
    assert next(every, None) is None
    return kinds


def test_every_reason_proves_itself() -> None:
    kinds = sum((run(tiny(number), f"{number:064x}") for number in range(700)), Counter[str]())
    kinds += sum((run(office(number), f"{number:064x}") for number in range(100)), Counter[str]())
    assert kinds["full"] > 200
    assert kinds["least"] > 15
    assert kinds["even"] > 20
