"""Who holds which place at the moment, and what may still be exchanged (SPEC §8.3)."""

from collections.abc import Callable, Collection, Iterable, Sequence

from ssj_core.matching.board import Board
from ssj_core.matching.links import Links

NOBODY = -1
NONE = -1
"""No balance: an officer who may not take one place more, or not one less."""

Balance = Callable[[int, int], tuple[int, int]]
"""Given an officer and how many places he has: by which balance he may take one more, by which one less, or NONE."""


class Roster:
    """A roster, whole or in the making.

    `held` gives of each officer his open places by class, `by_class` the same the other way round; a place that is
    closed stays with its holder. `up` and `down` are the nodes of the balances each officer may use (see `links`).
    """

    def __init__(self, board: Board, holder: Iterable[int] = (), balance: Balance = lambda *_: (NONE, NONE)) -> None:
        self.board = board
        self.balance = balance
        self.links = Links()
        self.holder = [NOBODY] * len(board.klass)
        self.count = [0] * len(board.ids)
        self.held: list[dict[int, set[int]]] = [{} for _ in board.ids]
        self.by_class: list[dict[int, set[int]]] = [{} for _ in board.members]
        self.up = [NONE] * len(board.ids)
        self.down = [NONE] * len(board.ids)
        for place, officer in enumerate(holder):
            if officer != NOBODY:
                self._give(place, officer)
        for officer in range(len(board.ids)):
            self._rebalance(officer)

    def load(self, officer: int) -> int:
        """Return the officer's history and places together."""
        return self.board.history[officer] + self.count[officer]

    def give(self, place: int, officer: int) -> None:
        """Let the officer hold a place that nobody holds."""
        self._give(place, officer)
        self._rebalance(officer)

    def _give(self, place: int, officer: int) -> None:
        self.holder[place] = officer
        self.count[officer] += 1
        self._open(place, officer)

    def apply(self, moves: Iterable[tuple[int, int]], settled: int | None = None) -> None:
        """Give each place of an exchange to its new holder; the place `settled` can no longer be exchanged then.

        Along an exchange everybody takes as many places as he hands on, but for one more or less at its ends.
        """
        changed: set[int] = set()
        for place, officer in moves:
            before = self.holder[place]
            changed.symmetric_difference_update((before, officer))
            if before != NOBODY:
                self.close(place)
                self.count[before] -= 1
            self.holder[place] = officer
            self.count[officer] += 1
            if place != settled:
                self._open(place, officer)
        changed.discard(NOBODY)
        for officer in changed:
            self._rebalance(officer)

    def close(self, place: int) -> None:
        """The place can no longer be exchanged: its holder keeps it."""
        officer, klass = self.holder[place], self.board.klass[place]
        places = self.held[officer][klass]
        places.remove(place)
        if not places:
            del self.held[officer][klass], self.by_class[klass][officer]
            for own in self.board.classes_of[officer]:
                self.links.drop(own, klass)
            if self.down[officer] != NONE:
                self.links.drop(self.down[officer], klass)

    def is_open(self, place: int) -> bool:
        """Whether the place can still be exchanged."""
        return place in self.by_class[self.board.klass[place]].get(self.holder[place], ())

    def open_places(self, officer: int) -> Iterable[int]:
        """Return the open places of an officer."""
        return (place for places in self.held[officer].values() for place in places)

    def may_take(self, place: int, officer: int) -> bool:
        """Whether a member of its class may hold the place: not excluded, and not on the visit."""
        board = self.board
        visit = board.visit_of[place]
        if officer in board.excluded[visit]:
            return False
        return officer not in self.holder[board.first[visit] : board.first[visit + 1]]

    def place_on_visit(self, place: int, officer: int) -> int | None:
        """Return the place that the officer holds of the same visit, if he does."""
        first, visit = self.board.first, self.board.visit_of[place]
        team = self.holder[first[visit] : first[visit + 1]]
        return first[visit] + team.index(officer) if officer in team else None

    def kept_from(self, place: int) -> Collection[int]:
        """Return the officers who may not take the place though they may be in its class: excluded, or on the visit."""
        board = self.board
        visit = board.visit_of[place]
        return {*board.excluded[visit], *self.holder[board.first[visit] : board.first[visit + 1]]}

    def _open(self, place: int, officer: int) -> None:
        klass = self.board.klass[place]
        places = self.held[officer].get(klass)
        if places is None:
            self.held[officer][klass] = self.by_class[klass][officer] = {place}
            for own in self.board.classes_of[officer]:
                self.links.add(own, klass)
            if self.down[officer] != NONE:
                self.links.add(self.down[officer], klass)
        else:
            places.add(place)

    def _rebalance(self, officer: int) -> None:
        up, down = self.balance(officer, self.count[officer])
        before = self.up[officer]
        if up != before:
            self.up[officer] = up
            for own in self.board.classes_of[officer]:
                if before != NONE:
                    self.links.drop(own, before)
                if up != NONE:
                    self.links.add(own, up)
        before = self.down[officer]
        if down != before:
            self.down[officer] = down
            for klass in self.held[officer]:
                if before != NONE:
                    self.links.drop(before, klass)
                if down != NONE:
                    self.links.add(down, klass)


def squares(board: Board, holder: Sequence[int]) -> int:
    """Return the sum of the squared loads under a complete roster."""
    load = list(board.history)
    for officer in holder:
        load[officer] += 1
    return sum(one * one for one in load)
