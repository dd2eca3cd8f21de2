"""May the officer drawn have the place? Asked by exchanges; answers of no are kept (SPEC §8.4).

When no way leads from an officer to the holder of the place, the classes and balances seen on the search make a closed
set: what its officers hold can only be held by members of its classes, and all these together can have no place more,
in any roster that is complete and fair. So none of them ever takes a place from somebody the set does not reach; that
holds until the end of the draw, whatever is fixed and exchanged in the meantime.
"""

from ssj_core.matching.chains import Moves, along, ends, starts
from ssj_core.matching.links import bits
from ssj_core.matching.roster import Roster
from ssj_core.matching.walk import Walk


class Refusals:
    """The closed sets met so far, set s as bit s: of classes, of who asked in vain, of who is reached by balance."""

    def __init__(self, roster: Roster) -> None:
        self.roster = roster
        self._sets: dict[int, int] = {}
        self._of_class = [0] * len(roster.by_class)
        self._asked = [0] * len(roster.count)
        self._reached = [0] * len(roster.count)

    def known(self, officer: int, holder: int) -> bool:
        """Whether some closed set has the officer, while the present holder of the place is out of its reach."""
        of_class, classes_of = self._of_class, self.roster.board.classes_of
        inside = self._asked[officer]
        for klass in classes_of[officer]:
            inside |= of_class[klass]
        if not inside:
            return False
        reached = self._reached[holder]
        for klass in classes_of[holder]:
            reached |= of_class[klass]
        return bool(inside & ~reached)

    def keep(self, nodes: int, officer: int | None) -> None:
        """Remember the closed set of these nodes; `officer` asked for a place more, and is perhaps not of it."""
        roster, number = self.roster, self._sets.setdefault(nodes, 1 << len(self._sets))
        balances = set[int]()
        for node in bits(nodes):
            if node < len(roster.by_class):
                self._of_class[node] |= number
            else:
                balances.add(node)
        if officer is not None:
            self._asked[officer] |= number
        if balances:
            mask = roster.board.mask
            for other, down in enumerate(roster.down):
                if down in balances and not mask[other] & nodes:
                    self._reached[other] |= number


def exchange(roster: Roster, refusals: Refusals, place: int, officer: int) -> Moves | None:
    """Return the exchanges after which the officer may hold the place; None if there are none, so that he may not.

    If he holds another open place of the visit, that one needs a new holder; else he hands on one of his places, or
    keeps one more if somebody else may have one less.
    """
    holder = roster.holder[place]
    if officer == holder:
        return []
    if refusals.known(officer, holder):
        return None
    other = roster.place_on_visit(place, officer)
    if other is None:
        start, places = starts(roster, officer), roster.held[officer]
    else:
        klass = roster.board.klass[other]
        start, places = 1 << klass, {klass: {other}}
    way, seen = roster.links.way(start, ends(roster, holder))
    if not way:
        refusals.keep(seen, officer if other is None else None)
        return None
    moves = along(roster, way, places.get(way[0], ()), lambda _: (holder,))
    if moves is None:
        moves = _step_by_step(roster, place, officer, other)
    return None if moves is None else [*moves, (place, officer)]


def _step_by_step(roster: Roster, place: int, officer: int, other: int | None) -> Moves | None:
    walk = Walk(roster)
    goal = {roster.holder[place], walk.place(place)}
    start = officer if other is None else walk.place(other)
    end = next((node for node in walk.nodes(start) if node in goal), None)
    return None if end is None else walk.moves(end)
