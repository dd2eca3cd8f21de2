"""What a matching says: who was drawn for which place, who was passed over, and everybody's fair range (SPEC §8.4)."""

from attrs import frozen


@frozen
class Try:
    """One draw: the first 16 hex digits of the number, the officer it fell on, and whether he got the place.

    Not `taken` means passed over (顺延): with him on this place no complete roster inside the ranges was left.
    """

    number: str
    officer: str
    taken: bool


@frozen
class PlaceDraw:
    """One place: its number in the visit (from 1), how many officers were in the pool, the tries, who got it.

    `set_back` are the officers of the pool who should avoid somebody on the team already: drawn after all others.
    """

    number: int
    role: str
    pool: int
    tries: tuple[Try, ...]
    officer: str
    set_back: int = 0


@frozen
class VisitDraw:
    """One visit: its lot and its places in the order drawn."""

    id: str
    lot: str
    places: tuple[PlaceDraw, ...]

    @property
    def team(self) -> tuple[str, ...]:
        """检查组: the officers, in the order of the places."""
        return tuple(place.officer for place in self.places)


@frozen
class OfficerShare:
    """One officer's share: at least `low`, at most `high` places, and how many he got.

    `level` is the load his group is filled up to, `None` if no place can come to him under any even roster.
    `load` is his history and the places of this matching together.
    """

    id: str
    low: int
    high: int
    level: int | None
    places: int
    load: int


@frozen
class Matching:
    """The outcome (SPEC §8.4): visits in the order of their lots, officers by id."""

    spec: str
    digest: str
    key: str
    visits: tuple[VisitDraw, ...]
    officers: tuple[OfficerShare, ...]

    @property
    def teams(self) -> dict[str, tuple[str, ...]]:
        """Visit id -> its officers, by visit id."""
        return {visit.id: visit.team for visit in sorted(self.visits, key=lambda v: v.id)}
