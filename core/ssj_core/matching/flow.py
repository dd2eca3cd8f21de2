"""Is a complete roster possible, and which is the most even? (SPEC §8.3)

A roster is a flow: place -> (visit, officer), at most one -> officer, at most his cap. Both questions are answered by
walking through exchanges: an officer who is given one place more hands on one of his places, whose new holder hands
on one of his, and so on.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator

from ssj_core.matching.board import Board

NOBODY = -1

Relief = Callable[[int, set[int]], Iterable[int]]
"""Given an officer who takes one place more, and officers not seen yet: those of them who may take one less for it."""


class Roster:
    """Who holds which place at the moment. `open` are each officer's places that may still be handed on."""

    def __init__(self, board: Board) -> None:
        self.board = board
        self.holder = [NOBODY] * len(board.label)
        self.open: list[set[int]] = [set() for _ in board.ids]
        self.count = [0] * len(board.ids)

    def load(self, officer: int) -> int:
        """Return the officer's history and places together."""
        return self.board.history[officer] + self.count[officer]

    def give(self, place: int, officer: int) -> None:
        """Let the officer hold the place instead of whoever does now."""
        before = self.holder[place]
        if before != NOBODY:
            self.open[before].remove(place)
            self.count[before] -= 1
        self.holder[place] = officer
        self.open[officer].add(place)
        self.count[officer] += 1

    def apply(self, moves: Iterable[tuple[int, int]]) -> None:
        """Give each place to its new holder."""
        for place, officer in moves:
            self.give(place, officer)

    def fix(self, place: int) -> None:
        """The place is drawn: its holder keeps it."""
        self.open[self.holder[place]].remove(place)


class Walk:
    """A breadth-first walk through the exchanges; officers are the nodes from 0, places the nodes after them.

    From an officer (who has one too many) to each of his open places; from a place (which needs another holder) to
    each officer who may hold it and is not on that visit yet; if one who may hold it has another open place of the
    same visit, to that place, because he would move over; and from officer to officer where `relief` allows.
    The nodes of an earlier walk that are `closed` are not entered.
    """

    def __init__(self, roster: Roster, relief: Relief = lambda *_: (), closed: Iterable[int] = ()) -> None:
        self.roster = roster
        self.relief = relief
        self.first_place = len(roster.board.ids)
        self.before: dict[int, int | None] = dict.fromkeys(closed)
        self.unseen = set(range(self.first_place)).difference(self.before)

    def place(self, place: int) -> int:
        """Return the node of a place."""
        return self.first_place + place

    def places(self) -> set[int]:
        """Return the places seen so far."""
        return {node - self.first_place for node in self.before if node >= self.first_place}

    def nodes(self, *start: int) -> Iterator[int]:
        """Walk from the start nodes and yield every node when it is first seen, the start included."""
        queue: deque[int] = deque()
        arrivals: Iterable[tuple[int, int | None]] = [(node, None) for node in start]
        while True:
            for node, before in arrivals:
                if node not in self.before:
                    self.before[node] = before
                    self.unseen.discard(node)
                    queue.append(node)
                    yield node
            if not queue:
                return
            here = queue.popleft()
            arrivals = [(node, here) for node in self._next(here)]

    def _next(self, node: int) -> Iterator[int]:
        roster = self.roster
        if node < self.first_place:
            for place in roster.open[node]:
                yield self.place(place)
            yield from self.relief(node, self.unseen)
            return
        place = node - self.first_place
        may_hold = roster.board.eligible[place]
        on_visit = {roster.holder[mate]: mate for mate in roster.board.team[place]}
        for officer, mate in on_visit.items():
            if officer in may_hold and mate in roster.open[officer]:
                yield self.place(mate)
        yield from (may_hold & self.unseen) - on_visit.keys()

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


def most_even(board: Board) -> tuple[Roster, list[int]]:
    """Return a roster with the least sum of squared loads, and the places that cannot be filled (best: none)."""
    roster = Roster(board)
    unfilled = [place for place in range(len(board.label)) if not _fill(roster, place)]
    _even_out(roster)
    return roster, unfilled


def _fill(roster: Roster, place: int) -> bool:
    """Fill the place, by exchanges if need be. One that cannot be filled now cannot be filled later either."""
    board = roster.board
    on_visit = {roster.holder[mate] for mate in board.team[place]}
    free = [o for o in board.eligible[place] - on_visit if roster.count[o] < board.cap[o]]
    if free:
        roster.give(place, min(free, key=roster.load))
        return True
    walk = Walk(roster)
    for node in walk.nodes(walk.place(place)):
        if node < walk.first_place and roster.count[node] < board.cap[node]:
            roster.apply(walk.moves(node))
            return True
    return False


def _even_out(roster: Roster) -> None:
    """Take from the largest loads what can go, by exchanges, to somebody at least two below.

    Whoever can hand nothing on is closed, with everybody his places can reach; when all are closed, the sum of the
    squares is the least there is.
    """
    cap, count = roster.board.cap, roster.count
    closed: set[int] = set()
    while left := [officer for officer, places in enumerate(count) if places and officer not in closed]:
        largest = max(map(roster.load, left))
        walk = Walk(roster, closed=closed)
        for node in walk.nodes(*(officer for officer in left if roster.load(officer) == largest)):
            if node < walk.first_place and count[node] < cap[node] and roster.load(node) <= largest - 2:
                roster.apply(walk.moves(node))
                break
        else:
            closed.update(walk.before)
