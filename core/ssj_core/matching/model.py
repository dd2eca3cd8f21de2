"""What a matching starts from: officers, classes, visits with their places, exclusions (SPEC §8.1).

Everything is expanded before the commitment: qualifications, certificates, leave and recusals have become class lists
and exclusions with reason codes, so nobody needs a calendar to check the result.

A value that breaks the rules below is a bug of the caller and raises `ValueError`.
"""

import unicodedata
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final, Literal, get_args

from attrs import Attribute, field, frozen

TEAM_MATE: Final = "core.team_mate"
"""Reason code of an exclusion: he is on the team already, where only some places of a visit are to be given."""
Evenness = Literal["range", "strict"]
"""`range`: everybody inside his fair range. `strict`: the sum of squared loads stays minimal."""


def _clean(text: object, what: str) -> str:
    """Return `text` if it may stand in a hashed line: not empty, NFC, without control characters."""
    if not isinstance(text, str) or not text:
        raise ValueError(f"{what} must be a non-empty string, not {text!r}")
    if any(unicodedata.category(c) in {"Cc", "Cs"} for c in text):
        raise ValueError(f"{what} {text!r} contains a control character")
    if not unicodedata.is_normalized("NFC", text):
        raise ValueError(f"{what} {text!r} is not in normal form NFC")
    return text


def _clean_field(_: object, attribute: "Attribute[str]", value: str) -> None:
    _clean(value, attribute.name)


def _natural(_: object, attribute: "Attribute[int]", value: int) -> None:
    if type(value) is not int or value < 0:
        raise ValueError(f"{attribute.name} must be an integer from 0, not {value!r}")


def _distinct(values: Iterable[str], what: str) -> frozenset[str]:
    """Return the values as a set; one that comes twice is an error."""
    seen: set[str] = set()
    for value in values:
        if value in seen:
            raise ValueError(f"{what} {value!r} is given twice")
        seen.add(value)
    return frozenset(seen)


def _known(value: str, known: frozenset[str], what: str) -> None:
    if value not in known:
        raise ValueError(f"{what} {value!r} is unknown")


@frozen
class Place:
    """席位: one seat of a team. `role` is what it is called, `klass` the class whose officers may fill it."""

    role: str = field(validator=_clean_field)
    klass: str = field(validator=_clean_field)


def _places(places: Iterable[Place]) -> tuple[Place, ...]:
    return tuple(places)


@frozen
class Visit:
    """One inspection: a subject and the places of its team, in the order in which they are drawn (lead first)."""

    id: str = field(validator=_clean_field)
    places: tuple[Place, ...] = field(converter=_places)

    def __attrs_post_init__(self) -> None:
        if not self.places:
            raise ValueError(f"visit {self.id!r} has no place")


@frozen
class MatchOfficer:
    """An officer: at most `cap` visits in this matching, `history` visits that already count as load."""

    id: str = field(validator=_clean_field)
    cap: int = field(validator=_natural)
    history: int = field(default=0, validator=_natural)


def _officers(officers: Iterable[MatchOfficer]) -> tuple[MatchOfficer, ...]:
    return tuple(officers)


def _visits(visits: Iterable[Visit]) -> tuple[Visit, ...]:
    return tuple(visits)


def _classes(classes: Mapping[str, Iterable[str]]) -> Mapping[str, tuple[str, ...]]:
    return MappingProxyType({name: tuple(members) for name, members in classes.items()})


def _pairs(avoid: Iterable[Iterable[str]]) -> tuple[tuple[str, str], ...]:
    """Each pair in ascending order, and the pairs too: who avoids whom is without effect."""
    pairs: list[tuple[str, str]] = []
    for pair in avoid:
        ids = sorted(_clean(officer, "officer to avoid") for officer in pair)
        if len(ids) != 2 or ids[0] == ids[1]:
            raise ValueError(f"officers to keep apart must be two, not {ids!r}")
        pairs.append((ids[0], ids[1]))
    return tuple(sorted(pairs))


def _exclusions(exclusions: Mapping[str, Mapping[str, str]]) -> Mapping[str, Mapping[str, str]]:
    return MappingProxyType({visit: MappingProxyType(dict(reasons)) for visit, reasons in exclusions.items()})


@frozen
class Instance:
    """The whole question (SPEC §8.1); the order in which things are given is without effect, except of places.

    `classes`: name -> ids of the officers in it. `exclusions`: visit id -> officer id -> reason code.
    `widen` makes every range wider by so many at both ends; it has no meaning under `strict`.
    `avoid`: pairs of officers who should rather not be in one team; a soft rule, which never blocks (SPEC §8.4).
    """

    officers: tuple[MatchOfficer, ...] = field(converter=_officers)
    classes: Mapping[str, tuple[str, ...]] = field(converter=_classes)
    visits: tuple[Visit, ...] = field(converter=_visits)
    exclusions: Mapping[str, Mapping[str, str]] = field(factory=dict, converter=_exclusions)
    evenness: Evenness = "range"
    widen: int = field(default=0, validator=_natural)
    avoid: tuple[tuple[str, str], ...] = field(default=(), converter=_pairs)

    def seated(self, visit: str) -> frozenset[str]:
        """Return who is on the team of a visit already: whoever is to avoid one of them is set back (SPEC §8.4)."""
        return frozenset(o for o, reason in self.exclusions.get(visit, {}).items() if reason == TEAM_MATE)

    def __attrs_post_init__(self) -> None:
        if self.evenness not in get_args(Evenness):
            raise ValueError(f"evenness must be range or strict, not {self.evenness!r}")
        if self.evenness == "strict" and self.widen:
            raise ValueError("widen has no meaning under strict evenness")
        officers = _distinct((o.id for o in self.officers), "officer")
        visits = _distinct((v.id for v in self.visits), "visit")
        for name, members in self.classes.items():
            _clean(name, "class")
            for officer in _distinct(members, f"class {name!r}: officer"):
                _known(officer, officers, f"class {name!r}: officer")
        classes = frozenset(self.classes)
        for visit in self.visits:
            for place in visit.places:
                _known(place.klass, classes, f"visit {visit.id!r}: class")
        for visit_id, reasons in self.exclusions.items():
            _known(visit_id, visits, "exclusion: visit")
            for officer, reason in reasons.items():
                _known(officer, officers, f"exclusion at visit {visit_id!r}: officer")
                _clean(reason, "reason code")
        _distinct((" / ".join(pair) for pair in self.avoid), "pair to avoid")
        for officer in (one for pair in self.avoid for one in pair):
            _known(officer, officers, "officer to avoid")
