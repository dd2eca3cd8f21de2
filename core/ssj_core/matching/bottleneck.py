"""Why there is no complete roster: which places, which officers, how many are missing (SPEC §8.5)."""

from collections.abc import Iterable

from attrs import frozen

from ssj_core.matching.flow import Roster, Walk
from ssj_core.matching.model import Instance


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
    found = [_bottleneck(instance, roster, sorted(part)) for part in _parts(roster, walk.places())]
    return tuple(sorted(found, key=lambda b: (len(b.places), b.places[0].visit, b.places[0].number)))


def _parts(roster: Roster, places: set[int]) -> list[set[int]]:
    """Split places so that no officer may fill places of two parts."""
    parts: list[tuple[set[int], set[int]]] = []
    for place in places:
        officers = set(roster.board.eligible[place])
        together = {place}
        apart = []
        for part in parts:
            if part[1] & officers:
                together |= part[0]
                officers |= part[1]
            else:
                apart.append(part)
        parts = [*apart, (together, officers)]
    return [part[0] for part in parts]


def _bottleneck(instance: Instance, roster: Roster, places: list[int]) -> Bottleneck:
    board = roster.board
    visits: dict[int, set[str]] = {}
    for place in places:
        for officer in board.eligible[place]:
            visits.setdefault(officer, set()).add(board.label[place][0])
    blocked = [BlockedPlace(*board.label[place], board.role[place], board.klass[place]) for place in places]
    return Bottleneck(
        places=tuple(blocked),
        officers=tuple(
            BlockedOfficer(board.ids[officer], board.cap[officer], len(visits[officer])) for officer in sorted(visits)
        ),
        exclusions=tuple(
            BlockedExclusion(visit, officer, reason)
            for visit in sorted({place.visit for place in blocked})
            for officer, reason in sorted(instance.exclusions.get(visit, {}).items())
            if any(place.visit == visit and officer in instance.classes[place.klass] for place in blocked)
        ),
    )
