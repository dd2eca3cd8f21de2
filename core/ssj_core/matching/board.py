"""The instance with numbers instead of ids, so that searching is quick: officers, classes, visits and places from 0."""

from collections.abc import Collection
from typing import Final

from attrs import frozen

from ssj_core.matching.model import Instance

_FEW: Final = 8
"""So many exclusions of a visit are looked through quicker, and kept smaller, than a set."""


@frozen
class Board:
    """Officers by id, classes that occur by name, visits by id, places in the order of their visits.

    Of each officer: `cap`, `history`, `classes_of` (the classes he is in) and the same as `mask` (bit c for class c),
    `avoid` (whom he should rather not meet in a team). Of each class: `members`, ascending, and the same as a set. Of
    each visit: its id, its places `first[v]` to `first[v + 1]` (excluded), the officers `excluded` from it, those set
    back from the first (`apart`). Of each place: its visit and its class. Who may hold a place is never listed: the
    members of its class but the excluded.
    """

    ids: tuple[str, ...]
    cap: tuple[int, ...]
    history: tuple[int, ...]
    classes_of: tuple[tuple[int, ...], ...]
    mask: tuple[int, ...]
    avoid: tuple[frozenset[int], ...]
    members: tuple[tuple[int, ...], ...]
    member_set: tuple[frozenset[int], ...]
    visits: tuple[str, ...]
    first: tuple[int, ...]
    excluded: tuple[Collection[int], ...]
    apart: tuple[frozenset[int], ...]
    visit_of: tuple[int, ...]
    klass: tuple[int, ...]

    def places(self, visit: int) -> range:
        """Return the places of a visit."""
        return range(self.first[visit], self.first[visit + 1])

    def mates(self, place: int) -> range:
        """Return the places of the same visit, itself included."""
        return self.places(self.visit_of[place])

    def may_hold(self, place: int, officer: int) -> bool:
        """Whether the officer is in the class of the place and not excluded from its visit."""
        return officer in self.member_set[self.klass[place]] and officer not in self.excluded[self.visit_of[place]]


def board(instance: Instance) -> Board:
    """Number the officers, classes, visits and places of an instance."""
    officers = sorted(instance.officers, key=lambda o: o.id)
    number = {officer.id: n for n, officer in enumerate(officers)}
    names = sorted({place.klass for visit in instance.visits for place in visit.places})
    class_no = {name: n for n, name in enumerate(names)}
    members = tuple(tuple(sorted(number[o] for o in instance.classes[name])) for name in names)
    classes_of: list[list[int]] = [[] for _ in officers]
    for n, inside in enumerate(members):
        for officer in inside:
            classes_of[officer].append(n)
    avoid: list[set[int]] = [set() for _ in officers]
    for one, other in instance.avoid:
        avoid[number[one]].add(number[other])
        avoid[number[other]].add(number[one])
    first, visit_of, klass = [0], list[int](), list[int]()
    excluded, apart, nobody = list[Collection[int]](), list[frozenset[int]](), frozenset[int]()
    visits = sorted(instance.visits, key=lambda v: v.id)
    for n, visit in enumerate(visits):
        out = tuple(number[o] for o in instance.exclusions.get(visit.id, ()))
        excluded.append(out if len(out) <= _FEW else frozenset(out))
        apart.append(nobody.union(*(avoid[number[o]] for o in instance.seated(visit.id))) if instance.avoid else nobody)
        klass += [class_no[place.klass] for place in visit.places]
        visit_of += [n] * len(visit.places)
        first.append(len(klass))
    return Board(
        ids=tuple(o.id for o in officers),
        cap=tuple(o.cap for o in officers),
        history=tuple(o.history for o in officers),
        classes_of=tuple(map(tuple, classes_of)),
        mask=tuple(sum(1 << c for c in classes) for classes in classes_of),
        avoid=tuple(map(frozenset, avoid)),
        members=members,
        member_set=tuple(map(frozenset, members)),
        visits=tuple(v.id for v in visits),
        first=tuple(first),
        excluded=tuple(excluded),
        apart=tuple(apart),
        visit_of=tuple(visit_of),
        klass=tuple(klass),
    )
