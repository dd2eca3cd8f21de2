"""Is a complete roster possible, and which is the most even? (SPEC §8.3)"""

from collections.abc import Iterable
from heapq import heapify, heappop, heappush, heapreplace

from ssj_core.matching.board import Board
from ssj_core.matching.chains import along, starts
from ssj_core.matching.roster import Roster
from ssj_core.matching.walk import Walk

Levels = list[int | None]
"""Of each officer the level of his group; None if he is in no group."""


def fill(board: Board) -> tuple[Roster, list[int]]:
    """Return a roster that fills as many places as possible, and the places that stay empty (best: none).

    The rarest classes come first, each place goes to whoever has least, and where nobody has room places are handed on.
    """
    roster = Roster(board)
    heaps = [[(board.history[o], o) for o in inside if board.cap[o]] for inside in board.members]
    for heap in heaps:
        heapify(heap)
    rarest = sorted(range(len(board.klass)), key=lambda place: len(board.members[board.klass[place]]))
    left = [place for place in rarest if not _give(roster, place, heaps[board.klass[place]])]
    dead: set[int] = set()
    return roster, [place for place in left if not _make_room(roster, place, dead)]


def _give(roster: Roster, place: int, heap: list[tuple[int, int]]) -> bool:
    """Give the place to whoever of its class has least and may take it; `heap` has loads that may be too low by now."""
    aside: list[tuple[int, int]] = []
    taken = False
    while heap and not taken:
        said, officer = heap[0]
        load = roster.load(officer)
        if roster.count[officer] >= roster.board.cap[officer]:
            heappop(heap)
        elif said != load:
            heapreplace(heap, (load, officer))
        elif roster.may_take(place, officer):
            roster.give(place, officer)
            heapreplace(heap, (load + 1, officer))
            taken = True
        else:
            aside.append(heappop(heap))
    for one in aside:
        heappush(heap, one)
    return taken


def _make_room(roster: Roster, place: int, dead: set[int]) -> bool:
    """Fill the place by exchanges. One that cannot be filled now cannot be filled later either, nor what it reaches."""
    walk = Walk(roster, dead)
    for node in walk.nodes(walk.place(place)):
        if node < walk.first_place and roster.count[node] < roster.board.cap[node]:
            roster.apply(walk.moves(node))
            return True
    dead.update(walk.before)
    return False


def even_out(roster: Roster) -> Levels:
    """Make a complete roster the most even there is, and return the levels of the groups.

    From the largest load down: whoever has it hands on what can go, by exchanges, to somebody at least two below.
    When nothing can go any more, these officers and all whom their places can reach are the group of this level, and
    their places are closed. When all are closed, no exchange makes the squares smaller: their sum is the least.
    """
    levels: Levels = [None] * len(roster.count)
    while holding := [o for o, count in enumerate(roster.count) if count and levels[o] is None]:
        top = max(map(roster.load, holding))
        loaded = [o for o in holding if roster.load(o) == top]
        room = _Room(roster, levels, top)
        for officer in loaded:
            _relieve(roster, room, officer)
        while loaded := [o for o in loaded if roster.load(o) == top]:
            walk = Walk(roster)
            found = next((node for node in walk.nodes(*loaded) if node in room.officers), None)
            if found is None:
                _close(roster, levels, walk, top)
                break
            roster.apply(walk.moves(found))
            room.update(found)
    return levels


class _Room:
    """Officers who may have one more and still be less loaded than `top`, and the classes in which there are any."""

    def __init__(self, roster: Roster, levels: Levels, top: int) -> None:
        self.roster, self.top = roster, top
        self.officers = {o for o, level in enumerate(levels) if level is None and self._has_room(o)}
        self.in_class = [0] * len(roster.by_class)
        self.classes = 0
        for officer in self.officers:
            self.classes |= roster.board.mask[officer]
            for klass in roster.board.classes_of[officer]:
                self.in_class[klass] += 1

    def _has_room(self, officer: int) -> bool:
        roster = self.roster
        return roster.count[officer] < roster.board.cap[officer] and roster.load(officer) <= self.top - 2

    def takers(self, klass: int) -> Iterable[int]:
        """Return the officers of the class who have room."""
        members = self.roster.board.member_set[klass]
        few, many = sorted((self.officers, members), key=len)
        return (officer for officer in few if officer in many)

    def update(self, officer: int) -> None:
        """The officer has taken one more."""
        if self._has_room(officer):
            return
        self.officers.remove(officer)
        for klass in self.roster.board.classes_of[officer]:
            self.in_class[klass] -= 1
            if not self.in_class[klass]:
                self.classes ^= 1 << klass


def _relieve(roster: Roster, room: _Room, officer: int) -> None:
    """Hand on one place of the officer if a quick look finds how."""
    way, _ = roster.links.way(starts(roster, officer), room.classes)
    if way:
        moves = along(roster, way, list(roster.held[officer][way[0]]), room.takers)
        if moves:
            roster.apply(moves)
            room.update(moves[-1][1])


def _close(roster: Roster, levels: Levels, walk: Walk, top: int) -> None:
    """What was reached is the group of this level; it keeps its places, and those to which its members could move."""
    for officer in walk.officers():
        if levels[officer] is None:
            levels[officer] = top
    for place in walk.places():
        roster.close(place)
