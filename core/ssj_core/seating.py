"""SPEC §8.1, §8.4: who may hold each place of one subject, and whether it alone can be given its team."""

from collections.abc import Iterable, Sequence

from ssj_core.rules.effective import SealedTeam
from ssj_core.tables import OfficerRow, RecusalRow, SubjectRow
from ssj_core.teams import Seat, members, seats_of

Able = tuple[str, ...]
"""Ids of the officers who may hold a place, in the order of `officers.csv`."""


class Seating:
    """The sealed officers, asked about many subjects: what is the same for several of them is looked up once."""

    def __init__(self, team: SealedTeam, officers: Sequence[OfficerRow]) -> None:
        self._team, self._officers = team, officers
        self._cap = {o.id: o.cap for o in officers}
        self._members: dict[str, Able] = {}
        self._of_class: dict[tuple[str, tuple[str, ...]], Able] = {}

    def members(self, seat: Seat) -> Able:
        """All officers of the class of a place."""
        if seat.klass not in self._members:
            self._members[seat.klass] = tuple(members(self._team, seat.place, self._officers))
        return self._members[seat.klass]

    def able(self, subject: SubjectRow, recusals: Iterable[RecusalRow]) -> tuple[tuple[Seat, Able], ...]:
        """Each place of a subject with those who may hold it: of its class, qualified, not recused, not used up."""
        out = {r.officer for r in recusals}
        found = []
        for seat in seats_of(self._team, subject):
            every = self._qualified(seat, subject.sectors)
            found.append((seat, tuple(o for o in every if o not in out) if out else every))
        return tuple(found)

    def seated(self, able: Iterable[tuple[Seat, Able]], times: int = 1) -> bool:
        """Whether officers who may be sent `times` times can fill all places at once, each of them one place."""
        lists = [[o for o in ids if self._cap[o] >= times] for _, ids in able]
        held: dict[str, int] = {}
        return all(_place(lists, place, held, set()) for place in range(len(lists)))

    def _qualified(self, seat: Seat, sectors: tuple[str, ...]) -> Able:
        key = (seat.klass, sectors)
        if key not in self._of_class:
            inside, wanted = set(self.members(seat)), set(sectors)
            self._of_class[key] = tuple(
                o.id for o in self._officers if o.cap and o.id in inside and not wanted.isdisjoint(o.fields)
            )
        return self._of_class[key]


def _place(lists: Sequence[Sequence[str]], place: int, held: dict[str, int], seen: set[str]) -> bool:
    """Give a place to somebody, moving others on where that must be: an augmenting path."""
    for officer in lists[place]:
        if officer not in seen:
            seen.add(officer)
            if officer not in held or _place(lists, held[officer], held, seen):
                held[officer] = place
                return True
    return False
