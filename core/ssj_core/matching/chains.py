"""An exchange found quickly: the way through the classes first, then officers and places along it."""

from collections.abc import Callable, Iterable, Iterator

from ssj_core.matching.roster import NONE, Roster

Moves = list[tuple[int, int]]
"""Exchanges as (place, its new holder)."""
Takers = Callable[[int], Iterable[int]]
"""Given a class, those of its members with whom the exchange may end."""


def at_once(roster: Roster, officer: int, holder: int) -> Moves | None:
    """Return what the holder of a place takes for it of an officer who is not on that visit, if that is all it takes.

    Nothing, where the one may have one more and the other one less. Mostly there is something.
    """
    if roster.up[officer] != NONE and roster.up[officer] == roster.down[holder]:
        return []
    classes = roster.board.mask[holder]
    for klass, places in roster.held[officer].items():
        if classes >> klass & 1:
            for place in places:
                if roster.may_take(place, holder):
                    return [(place, holder)]
    return None


def starts(roster: Roster, officer: int) -> int:
    """Return the nodes to which an officer with one place too many leads, as bits."""
    found = 0
    for klass in roster.held[officer]:
        found |= 1 << klass
    if roster.up[officer] != NONE:
        found |= 1 << roster.up[officer]
    return found


def ends(roster: Roster, officer: int) -> int:
    """Return the nodes from which an officer can take over, as bits: his classes, and the balance he may use."""
    found = roster.board.mask[officer]
    if roster.down[officer] != NONE:
        found |= 1 << roster.down[officer]
    return found


def along(roster: Roster, way: list[int], places: Iterable[int], takers: Takers) -> Moves | None:
    """Return exchanges that follow a way through the classes, if the first officers tried can make them.

    `places`: those of which one is given up first, if the way begins with a class.
    """
    moves: Moves = []
    for step, node in enumerate(way):
        rest = way[step + 1 :]
        if node >= len(roster.by_class):  # a balance: he before keeps one more, somebody else has one less
            if rest:
                places = _given_up(roster, node, rest[0])
            continue
        pairs: Iterator[tuple[int, int]]
        if not rest:
            pairs = ((p, o) for p in places for o in takers(node) if roster.may_take(p, o))
        else:
            pairs = _passing(roster, node, rest, places, takers)
        pair = next(iter(pairs), None)
        if pair is None:
            return None
        moves.append(pair)
        places = roster.held[pair[1]].get(rest[0], ()) if rest else ()
    return moves


def _given_up(roster: Roster, balance: int, klass: int) -> Iterator[int]:
    """Open places of the class whose holders may have one less by this balance."""
    for officer, places in roster.by_class[klass].items():
        if roster.down[officer] == balance:
            yield from places


def _passing(
    roster: Roster, node: int, rest: list[int], places: Iterable[int], takers: Takers
) -> Iterator[tuple[int, int]]:
    """Places of class `node` with members who may take them and lead on to the next node."""
    to, members = rest[0], roster.board.member_set[node]
    if to >= len(roster.by_class):
        officers = [o for o in roster.board.members[node] if roster.up[o] == to]
    else:
        holders = roster.by_class[to]
        officers = (
            [o for o in holders if o in members]
            if len(holders) < len(members)
            else [o for o in members if o in holders]
        )
    for place in places:
        for officer in officers:
            if roster.may_take(place, officer) and (len(rest) > 1 or _closes(roster, officer, to, takers)):
                yield place, officer


def _closes(roster: Roster, officer: int, to: int, takers: Takers) -> bool:
    """Whether somebody with whom the exchange may end can take a place of the class `to` from the officer."""
    return to >= len(roster.by_class) or any(
        roster.may_take(place, taker) for place in roster.held[officer].get(to, ()) for taker in takers(to)
    )
