"""Every citation of a rule, found by walking its value: a basis that somebody adds later is found like the others."""

from collections.abc import Iterator, Mapping
from datetime import date

from attrs import evolve, fields, frozen, has

from ssj_core.rules.model import LegalBasis


@frozen(kw_only=True)
class Citation:
    """A legal basis and what it is the basis of.

    `id` is the id of the value, with that of its part (`real_estate/FC-15`); `since` is the first day of the interval
    it belongs to, `reviewed_until` the day up to which somebody has looked.
    """

    basis: LegalBasis
    id: str
    title: str
    since: date | None = None
    reviewed_until: date | None = None


@frozen(kw_only=True)
class _Trail:
    """What is known on the way down to a basis."""

    id: str = ""
    title: str = ""
    since: date | None = None
    reviewed_until: date | None = None


def citations(value: object) -> Iterator[Citation]:
    """The citations of a checklist, a rule, a ruleset, sealed rules: of any value of the model, in its order."""
    yield from _walk(value, _Trail())


def _walk(value: object, trail: _Trail) -> Iterator[Citation]:
    if isinstance(value, LegalBasis):
        yield Citation(
            basis=value, id=trail.id, title=trail.title, since=trail.since, reviewed_until=trail.reviewed_until
        )
    elif isinstance(value, Mapping):
        for part in value.values():
            yield from _walk(part, trail)
    elif isinstance(value, tuple | list):
        for part in value:
            yield from _walk(part, trail)
    elif has(type(value)):
        inside = _below(value, trail)
        for attribute in fields(type(value)):  # type: ignore[arg-type]
            yield from _walk(getattr(value, attribute.name), inside)


def _below(value: object, trail: _Trail) -> _Trail:
    """The trail with what this value says of itself; a checklist, a class, a code each by the name it goes by."""
    own = next((n for key in ("id", "rule", "sector", "code", "table") if (n := getattr(value, key, ""))), "")
    days = getattr(value, "days", None) or value
    changes: dict[str, object] = {
        "title": getattr(value, "title", "") or trail.title,
        "since": getattr(days, "since", None) or trail.since,
        "reviewed_until": getattr(days, "reviewed_until", None) or trail.reviewed_until,
    }
    if own and own != trail.id:
        changes["id"] = f"{trail.id}/{own}" if trail.id else own
    return evolve(trail, **changes)  # type: ignore[arg-type]
