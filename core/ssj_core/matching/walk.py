"""The walk through the exchanges themselves, officer by officer and place by place: it misses nothing.

An officer who is given one place more hands on one of his places, whose new holder hands on one of his, and so on.
"""

from collections.abc import Collection, Iterable, Iterator

from ssj_core.matching.roster import NONE, Roster


class Walk:
    """A breadth-first walk; officers are the nodes from 0, places the nodes after them, balances those below 0.

    From an officer (who has one too many) to each of his open places, and to the balance by which he may keep one
    more; from a place (which needs another holder) to each officer who may hold it and is not on that visit yet; if
    one who may hold it has another open place of the same visit, to that place, because he would move over; from a
    balance to each officer who may have one less. Nodes in `shut` are not entered.

    Where every member of a class has been seen, its places are not looked at: they lead to nobody new.
    """

    def __init__(self, roster: Roster, shut: Collection[int] = ()) -> None:
        self.roster = roster
        self.first_place = len(roster.board.ids)
        self.before: dict[int, int | None] = {}
        self._shut = shut
        self._left: dict[int, set[int]] = {}
        """Of each class met: its members not seen yet."""

    def place(self, place: int) -> int:
        """Return the node of a place."""
        return self.first_place + place

    def officers(self) -> list[int]:
        """Return the officers seen so far."""
        return [node for node in self.before if 0 <= node < self.first_place]

    def places(self) -> set[int]:
        """Return the places seen so far, those of officers seen included."""
        seen = {node - self.first_place for node in self.before if node >= self.first_place}
        return seen.union(*(self.roster.open_places(officer) for officer in self.officers()))

    def nodes(self, *start: int) -> Iterator[int]:
        """Walk from the start nodes and yield every node when it is first seen, the start included."""
        queue: list[int] = []
        for node in self._arrive(start, None):
            queue.append(node)
            yield node
        for here in queue:
            for node in self._arrive(self._next(here), here):
                queue.append(node)
                yield node

    def _arrive(self, nodes: Iterable[int], here: int | None) -> Iterator[int]:
        for node in nodes:
            if node not in self.before and node not in self._shut:
                self.before[node] = here
                yield node

    def _next(self, node: int) -> Iterator[int]:
        if node < 0:
            yield from (o for o, down in enumerate(self.roster.down) if down == -node - 1)
        elif node < self.first_place:
            if self.roster.up[node] != NONE:
                yield -self.roster.up[node] - 1
            for klass, places in self.roster.held[node].items():
                if klass not in self._left or self._left[klass]:
                    yield from map(self.place, places)
        else:
            yield from self._holders(node - self.first_place)

    def _holders(self, place: int) -> Iterator[int]:
        roster, board = self.roster, self.roster.board
        klass = board.klass[place]
        left = self._left.get(klass)
        if left is None:
            left = self._left[klass] = set(board.member_set[klass])
        if not left:
            return
        for mate in board.mates(place):
            officer = roster.holder[mate]
            if mate != place and board.may_hold(place, officer) and roster.is_open(mate):
                yield self.place(mate)
        kept_from = roster.kept_from(place)
        yield from left.difference(kept_from)
        left.intersection_update(kept_from)

    def moves(self, end: int) -> list[tuple[int, int]]:
        """Return the exchanges that lead from the start to `end`, as (place, its new holder)."""
        moves: list[tuple[int, int]] = []
        node, before = end, self.before[end]
        while before is not None:
            if before >= self.first_place:
                taker = node if node < self.first_place else self.roster.holder[node - self.first_place]
                moves.append((before - self.first_place, taker))
            node, before = before, self.before[before]
        return moves
