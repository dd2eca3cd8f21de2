"""Why there is no complete roster: which places, which officers, how many are missing (SPEC §8.5)."""

from collections.abc import Iterable, Mapping

from attrs import frozen

from ssj_core.matching.board import Board
from ssj_core.matching.model import Instance, Visit
from ssj_core.matching.roster import Roster
from ssj_core.matching.walk import Walk


@frozen
class BlockedPlace:
    """A place of the bottleneck: its visit, its number there (from 1), its role and class."""

    visit: str
    number: int
    role: str
    klass: str


@frozen
class BlockedOfficer:
    """An officer who may fill places of the bottleneck: his cap, and how many of its visits he may go to."""

    id: str
    cap: int
    visits: int

    @property
    def share(self) -> int:
        """At most so many of the blocked places can be his: one a visit, and not more than his cap."""
        return min(self.cap, self.visits)


@frozen
class BlockedExclusion:
    """An exclusion that keeps an officer of the class from one of the blocked places."""

    visit: str
    officer: str
    reason: str


@frozen
class Bottleneck:
    """The proof that a roster is impossible (SPEC §8.5): only `officers` may fill `places`, and not so many.

    Anybody can check it by counting: there are more places than the officers' shares add up to.
    """

    places: tuple[BlockedPlace, ...]
    officers: tuple[BlockedOfficer, ...]
    exclusions: tuple[BlockedExclusion, ...]

    @property
    def capacity(self) -> int:
        """How many of the places the officers can fill at most."""
        return sum(officer.share for officer in self.officers)

    @property
    def missing(self) -> int:
        """How many of the places stay empty at least."""
        return len(self.places) - self.capacity


def bottlenecks(instance: Instance, roster: Roster, unfilled: Iterable[int]) -> tuple[Bottleneck, ...]:
    """Return the bottlenecks behind the unfilled places of a roster that fills as many as possible.

    The blocked places are those reached by exchanges from the unfilled ones; they do not depend on the roster.
    Places with no officer in common are bottlenecks of their own.
    """
    walk = Walk(roster)
    for _ in walk.nodes(*map(walk.place, unfilled)):
        pass
    visits = {visit.id: visit for visit in instance.visits}
    found = [_bottleneck(instance, visits, roster.board, part) for part in _parts(roster.board, sorted(walk.places()))]
    return tuple(sorted(found, key=lambda b: (len(b.places), b.places[0].visit, b.places[0].number)))


def _eligible(board: Board, place: int) -> frozenset[int]:
    return board.member_set[board.klass[place]].difference(board.excluded[board.visit_of[place]])


def _parts(board: Board, places: list[int]) -> list[list[int]]:
    """Split places, in order, so that no officer may fill places of two parts."""
    joined = list(range(len(board.ids)))

    def root(officer: int) -> int:
        while joined[officer] != officer:
            joined[officer] = officer = joined[joined[officer]]
        return officer

    first = {place: next(iter(_eligible(board, place)), None) for place in places}
    for place, one in first.items():
        if one is not None:
            for officer in _eligible(board, place):
                joined[root(officer)] = root(one)
    parts: dict[object, list[int]] = {}
    for place, one in first.items():
        parts.setdefault(("nobody", place) if one is None else root(one), []).append(place)
    return list(parts.values())


def _bottleneck(instance: Instance, by_id: Mapping[str, Visit], board: Board, places: list[int]) -> Bottleneck:
    visits: dict[int, set[int]] = {}
    for place in places:
        for officer in _eligible(board, place):
            visits.setdefault(officer, set()).add(board.visit_of[place])
    blocked: list[BlockedPlace] = []
    for place in places:
        visit = board.visit_of[place]
        number = place - board.first[visit]
        seat = by_id[board.visits[visit]].places[number]
        blocked.append(BlockedPlace(board.visits[visit], number + 1, seat.role, seat.klass))
    classes: dict[str, set[str]] = {}
    for one in blocked:
        classes.setdefault(one.visit, set()).add(one.klass)
    return Bottleneck(
        places=tuple(blocked),
        officers=tuple(
            BlockedOfficer(board.ids[officer], board.cap[officer], len(visits[officer])) for officer in sorted(visits)
        ),
        exclusions=tuple(
            BlockedExclusion(visit, officer, reason)
            for visit, used in sorted(classes.items())
            for officer, reason in sorted(instance.exclusions.get(visit, {}).items())
            if any(officer in instance.classes[klass] for klass in used)
        ),
    )
