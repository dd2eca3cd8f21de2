"""SPEC §13.8: the fewest held places that must change hands so that every place is filled, by cheapest exchange chains.

A roster is a flow; let what stays cost nothing, and what changes hands one. Each empty place is filled along the chain
that costs least at that moment, which may take back what an earlier one did: then the sum is the least there is.
"""

from collections.abc import Collection, Iterator, Mapping
from types import MappingProxyType
from typing import Final

from ssj_core.matching import Instance

Place = tuple[str, int]
"""A visit and the number of a place in it, from 1."""
Node = Place | str
"""Where chains lead: places and officers."""
Chain = dict[Node, Node | None]
"""Of each node the one before it."""
_ITSELF: Final[Mapping[str, str]] = MappingProxyType({})


class Exchanges:
    """Places of an instance, some held, some empty; everybody keeps to his class, exclusions and cap."""

    def __init__(self, instance: Instance, held: Mapping[Place, str]) -> None:
        self._held = held
        self._cap = {o.id: o.cap for o in instance.officers}
        self._may = {
            (v.id, n): sorted(set(instance.classes[place.klass]) - instance.exclusions.get(v.id, {}).keys())
            for v in instance.visits
            for n, place in enumerate(v.places, 1)
        }

    def smallest(self, called: Mapping[str, str] = _ITSELF) -> tuple[Place, ...] | None:
        """The smallest set of held places to release, the first of these in order; None if no set would do.

        `called` are visits that go by another name in that order.
        """
        size = self._changing()
        if size is None:
            return None
        now, found = _Now(self._held), list[Place]()
        reached = {node for place in self._empty() for node in self._chains(now, place, ())[0]}
        held = [place for place in self._held if place in reached]
        for place in sorted(held, key=lambda p: (called.get(p[0], p[0]), p[1])):
            if len(found) == size:
                break
            if self._changing({*found, place}) == size - len(found) - 1:
                found.append(place)
        return tuple(found)

    def _changing(self, released: Collection[Place] = ()) -> int | None:
        """How many held places must change hands, those `released` not counted."""
        now, sum_of_costs = _Now(self._held), 0
        for place in self._empty():
            came, cost = self._chains(now, place, released)
            room = [n for n in cost if isinstance(n, str) and len(now.places_of(n)) < self._cap[n]]
            if not room:
                return None
            end = min(room, key=cost.__getitem__)
            sum_of_costs += cost[end]
            now.follow(came, end)
        return sum_of_costs

    def _empty(self) -> list[Place]:
        return [place for place in self._may if place not in self._held]

    def _chains(self, now: "_Now", start: Place, released: Collection[Place]) -> tuple[Chain, dict[Node, int]]:
        """The cheapest chains from an empty place; a node is gone on from again when a cheaper way to it is found."""
        came, cost = Chain({start: None}), dict[Node, int]({start: 0})
        queue: list[Node] = [start]
        for node in queue:
            for new, step in self._steps(now, node, released):
                if new not in cost or cost[node] + step < cost[new]:
                    came[new], cost[new] = node, cost[node] + step
                    queue.append(new)
        return came, cost

    def _steps(self, now: "_Now", node: Node, released: Collection[Place]) -> Iterator[tuple[Node, int]]:
        """Where a chain goes on, and what that costs: one if a holder gives his place up, less one if he is back."""

        def first(place: Place, officer: str) -> bool:
            return place not in released and self._held.get(place) == officer

        if isinstance(node, str):
            yield from ((place, int(first(place, node))) for place in now.places_of(node).values())
            return
        for officer in self._may[node]:
            mine, back = now.places_of(officer).get(node[0]), int(first(node, officer))
            if mine is None:
                yield officer, -back
            elif mine != node:  # he would move over from another place of the visit
                yield mine, int(first(mine, officer)) - back


class _Now:
    """Who holds each place at the moment, and of each officer his place of each visit."""

    def __init__(self, held: Mapping[Place, str]) -> None:
        self._holder = dict(held)
        self._places: dict[str, dict[str, Place]] = {}
        for place, officer in held.items():
            self._places.setdefault(officer, {})[place[0]] = place

    def places_of(self, officer: str) -> dict[str, Place]:
        """Visit → place."""
        return self._places.get(officer, {})

    def follow(self, came: Chain, end: str) -> None:
        """Whoever stands at the end of the chain takes the place before him, its holder the one before that."""
        node, taker, moves = came[end], end, list[tuple[Place, str]]()
        while node is not None:
            if not isinstance(node, str):
                moves.append((node, taker))
                taker = self._holder.get(node, "")
            node = came[node]
        for place, _ in moves:
            if place in self._holder:
                del self._places[self._holder.pop(place)][place[0]]
        for place, officer in moves:
            self._holder[place] = officer
            self._places.setdefault(officer, {})[place[0]] = place
