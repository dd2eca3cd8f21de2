"""May the officer drawn have the place? Asked by exchanges; answers of no are kept (SPEC §8.4).

When no way leads from an officer to the holder of the place, the classes and balances seen on the search make a closed
set: what its officers hold can only be held by members of its classes, and all these together can have no place more,
in any roster that is complete and fair. So none of them ever takes a place from somebody the set does not reach; that
holds until the end of the draw, whatever is fixed and exchanged in the meantime.
"""

from ssj_core.matching.chains import Moves, along, at_once, ends, starts
from ssj_core.matching.roster import NONE, Roster
from ssj_core.matching.walk import Walk


class Refusals:
    """The closed sets met so far, set s as bit s: of classes, of who asked in vain, of who is reached by balance.

    Officers of the same classes are in the same sets: these are kept once for all of them.
    """

    def __init__(self, roster: Roster) -> None:
        self.roster = roster
        self._sets: dict[int, int] = {}
        self._of_mask = dict.fromkeys(roster.board.mask, 0)
        self._asked = [0] * len(roster.count)
        self._reached = [0] * len(roster.count)

    def known(self, officer: int, holder: int) -> bool:
        """Whether some closed set has the officer, while the present holder of the place is out of its reach."""
        mask, of_mask = self.roster.board.mask, self._of_mask
        inside = self._asked[officer] | of_mask[mask[officer]]
        return bool(inside) and bool(inside & ~(self._reached[holder] | of_mask[mask[holder]]))

    def keep(self, nodes: int, officer: int | None) -> None:
        """Remember the closed set of these nodes; `officer` asked for a place more, and is perhaps not of it."""
        number = self._sets.get(nodes)
        if number is None:
            number = self._sets[nodes] = 1 << len(self._sets)
            self._close(nodes, number)
        if officer is not None:
            self._asked[officer] |= number

    def _close(self, nodes: int, number: int) -> None:
        roster = self.roster
        for mask in self._of_mask:
            if mask & nodes:
                self._of_mask[mask] |= number
        if nodes >> len(roster.by_class):  # by a balance it reaches whoever may have one less, places or not
            for other, down in enumerate(roster.down):
                if down != NONE and nodes >> down & 1 and not roster.board.mask[other] & nodes:
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
        if (moves := at_once(roster, officer, holder)) is not None:
            return [*moves, (place, officer)]
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
