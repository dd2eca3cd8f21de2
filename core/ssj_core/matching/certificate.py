"""Does a bottleneck prove that no complete roster exists? Checked by counting, without any search (SPEC §8.5)."""

from ssj_core.matching.bottleneck import Bottleneck
from ssj_core.matching.model import Instance


def proves(instance: Instance, bottleneck: Bottleneck) -> bool:
    """Whether the places are those of the instance, nobody else may fill them, and the officers cannot fill them all.

    Every officer of a class who is not excluded counts with his cap, but not more than once for each visit. That is
    more than he may ever take, so too few is too few; it does not matter how the bottleneck was found.
    """
    visits = {visit.id: visit for visit in instance.visits}
    going: dict[str, set[str]] = {}
    blocked = {(place.visit, place.number) for place in bottleneck.places}
    if len(blocked) != len(bottleneck.places):
        return False
    for place in bottleneck.places:
        declared = visits[place.visit].places if place.visit in visits else ()
        if not 1 <= place.number <= len(declared):
            return False
        seat = declared[place.number - 1]
        if (place.role, place.klass) != (seat.role, seat.klass):
            return False
        for officer in instance.classes[seat.klass]:
            if officer not in instance.exclusions.get(place.visit, {}):
                going.setdefault(officer, set()).add(place.visit)
    cap = {officer.id: officer.cap for officer in instance.officers}
    named = {officer.id: (officer.cap, officer.visits) for officer in bottleneck.officers}
    return (
        named == {officer: (cap[officer], len(where)) for officer, where in going.items()}
        and len(blocked) > bottleneck.capacity
    )
