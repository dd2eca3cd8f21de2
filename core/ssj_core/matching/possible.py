"""Before the draw: everybody's fair range with its proof, and who may come to hold which place (SPEC §8.3, §8.4).

An officer is possible at a place if some complete roster inside the ranges (most even, if strict) has him there. That
is one question of exchanges for each pair, asked of any such roster, in which nothing is exchanged meanwhile.
"""

from collections.abc import Collection, Mapping

from attrs import frozen

from ssj_core.matching.board import Board, board
from ssj_core.matching.even import Levels, even_out, fill
from ssj_core.matching.lots import balance
from ssj_core.matching.model import Instance
from ssj_core.matching.ranges import Range, fair_ranges
from ssj_core.matching.refusals import Refusals, exchange
from ssj_core.matching.roster import Roster


@frozen
class Group:
    """Officers of one level, and their places.

    Nobody may hold these but they, officers of greater levels, and whoever would leave another of them in the same
    visit. With what they had before, `loads` come to them together; each ends at `level` or one below, as far as cap
    and history allow. That is the proof of their ranges.
    """

    level: int
    officers: tuple[str, ...]
    places: int
    loads: int


@frozen
class Outlook:
    """What is known before any lot: the range of each officer by id, and the groups, the largest level first."""

    ranges: Mapping[str, Range]
    groups: tuple[Group, ...]
    _roster: Roster
    _refusals: Refusals

    def possible(self, visit: str) -> tuple[tuple[str, ...], ...]:
        """Return of each place of a visit, in order, who may come to hold it, by id. KeyError: no such visit."""
        places = self._roster.board
        if visit not in places.visits:
            raise KeyError(visit)
        return tuple(
            tuple(places.ids[o] for o in places.members[places.klass[place]] if self._may(place, o))
            for place in places.places(places.visits.index(visit))
        )

    def _may(self, place: int, officer: int) -> bool:
        if not self._roster.board.may_hold(place, officer):
            return False
        return exchange(self._roster, self._refusals, place, officer) is not None


def outlook(instance: Instance) -> Outlook | None:
    """Return what is known before the draw; None if no complete roster exists."""
    places = board(instance)
    start, unfilled = fill(places)
    if unfilled:
        return None
    levels = even_out(start)
    ranges = fair_ranges(places, levels, instance.widen)
    roster = Roster(places, start.holder, balance(places, ranges, instance.evenness))
    return Outlook(
        ranges=dict(zip(places.ids, ranges, strict=True)),
        groups=_groups(places, levels, start.count),
        roster=roster,
        refusals=Refusals(roster),
    )


def _groups(places: Board, levels: Levels, count: Collection[int]) -> tuple[Group, ...]:
    held = list(count)
    found = []
    for level in sorted({one for one in levels if one is not None}, reverse=True):
        inside = [o for o, one in enumerate(levels) if one == level]
        given = sum(held[o] for o in inside)
        found.append(
            Group(level, tuple(places.ids[o] for o in inside), given, given + sum(places.history[o] for o in inside))
        )
    return tuple(found)
