"""The instance with numbers instead of ids, so that searching is quick (SPEC §8.3)."""

from attrs import frozen

from ssj_core.matching.model import Instance, Place


@frozen
class Board:
    """Officers and places, numbered from 0 in the order of their ids.

    `visits` gives for each visit id the numbers of its places. Of each place: `label` is the visit id and the number
    of the place in it (from 1), `eligible` are the officers of its class who are not excluded, `team` the places of
    the same visit, itself included. `avoid` are of each officer those whom he should rather not meet in a team.
    """

    ids: tuple[str, ...]
    cap: tuple[int, ...]
    history: tuple[int, ...]
    visits: dict[str, range]
    label: tuple[tuple[str, int], ...]
    role: tuple[str, ...]
    klass: tuple[str, ...]
    eligible: tuple[frozenset[int], ...]
    team: tuple[range, ...]
    avoid: tuple[frozenset[int], ...]


def board(instance: Instance) -> Board:
    """Number the officers and places of an instance."""
    officers = sorted(instance.officers, key=lambda o: o.id)
    number = {officer.id: n for n, officer in enumerate(officers)}
    classes = {name: frozenset(number[o] for o in members) for name, members in instance.classes.items()}
    avoid: list[set[int]] = [set() for _ in officers]
    for one, other in instance.avoid:
        avoid[number[one]].add(number[other])
        avoid[number[other]].add(number[one])
    visits: dict[str, range] = {}
    label: list[tuple[str, int]] = []
    places: list[Place] = []
    eligible: list[frozenset[int]] = []
    team: list[range] = []
    for visit in sorted(instance.visits, key=lambda v: v.id):
        excluded = {number[o] for o in instance.exclusions.get(visit.id, ())}
        visits[visit.id] = range(len(label), len(label) + len(visit.places))
        for place_no, place in enumerate(visit.places, 1):
            label.append((visit.id, place_no))
            places.append(place)
            eligible.append(classes[place.klass] - excluded)
            team.append(visits[visit.id])
    return Board(
        ids=tuple(o.id for o in officers),
        cap=tuple(o.cap for o in officers),
        history=tuple(o.history for o in officers),
        visits=visits,
        label=tuple(label),
        role=tuple(place.role for place in places),
        klass=tuple(place.klass for place in places),
        eligible=tuple(eligible),
        team=tuple(team),
        avoid=tuple(map(frozenset, avoid)),
    )
