"""A file that proves, by counting alone, that no complete roster exists (format `ssj-bottleneck/1`; SPEC §8.9).

Canonical JSON, in the form of a line of the ledger (SPEC §10.1), ended by LF.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any, Final

from ssj_core.canonical import check_line_value
from ssj_core.matching.bottleneck import Bottleneck
from ssj_core.matching.digest import SPEC
from ssj_core.matching.model import Instance

FORMAT: Final = "ssj-bottleneck/1"
Certificate = Mapping[str, Any]
"""One bottleneck with all that is needed to count it."""

_ROWS: Final[Mapping[str, Mapping[str, type]]] = {
    "places": {"visit": str, "number": int, "role": str, "class": str},
    "officers": {"id": str, "cap": int, "visits": int},
    "exclusions": {"visit": str, "officer": str, "reason": str},
}
_KEYS: Final = {**dict.fromkeys(_ROWS, list), "classes": dict, "needed": int, "capacity": int}
_ORDER: Final = {"places": ("visit", "number"), "officers": ("id",), "exclusions": ("visit", "officer")}


class Unknown(ValueError):  # noqa: N818 - an answer, not a mistake
    """Bytes that are no such file, or one of a newer format: it cannot be told."""


def certificate(instance: Instance, bottleneck: Bottleneck) -> Certificate:
    """A bottleneck of the instance as the file has it."""
    return {
        "places": [{"visit": p.visit, "number": p.number, "role": p.role, "class": p.klass} for p in bottleneck.places],
        "classes": {klass: sorted(instance.classes[klass]) for klass in {p.klass for p in bottleneck.places}},
        "exclusions": [{"visit": e.visit, "officer": e.officer, "reason": e.reason} for e in bottleneck.exclusions],
        "officers": [{"id": o.id, "cap": o.cap, "visits": o.visits} for o in bottleneck.officers],
        "needed": len(bottleneck.places),
        "capacity": bottleneck.capacity,
    }


def encode(draw: str, certificates: Iterable[Certificate]) -> bytes:
    """The bytes of the file that explains why `draw` cannot be drawn."""
    return _canonical({"format": FORMAT, "spec": SPEC, "draw": draw, "bottlenecks": list(certificates)})


def decode(data: bytes) -> tuple[str, list[Certificate]]:
    """Draw id and bottlenecks of a file in canonical form; whether they prove anything is for `flaw` to say.

    Raises:
        Unknown: it is not of this format. ValueError: it is, but a key, a type or the form is another.
    """
    try:
        raw = json.loads(data)
        known = isinstance(raw, dict) and raw.get("format") == FORMAT and raw.get("spec") == SPEC
    except (ValueError, RecursionError):
        known = False
    if not known:
        raise Unknown(f"not a file of format {FORMAT}")
    _keys(raw, {"format": str, "spec": str, "draw": str, "bottlenecks": list})
    for one in raw["bottlenecks"]:
        _keys(one, _KEYS)
        for name, keys in _ROWS.items():
            for row in one[name]:
                _keys(row, keys)
        for klass, members in one["classes"].items():
            for text in (klass, *_of_type(members, list)):
                _clean(text)
    if not raw["bottlenecks"] or _canonical(raw) != data:
        raise ValueError("nothing in it, or not in canonical form")
    return raw["draw"], raw["bottlenecks"]


def flaw(one: Certificate) -> str:
    """Why the bottleneck proves nothing, by the key that is not what counting gives; empty if it does prove it.

    Every member of a place's class who is not excluded from its visit counts, with his cap, and once for each visit.
    """
    for name, by in _ORDER.items():
        if not _ascending([tuple(row[key] for key in by) for row in one[name]]):
            return name
    classes, caps = one["classes"], {row["id"]: row["cap"] for row in one["officers"]}
    if classes.keys() != {p["class"] for p in one["places"]} or not all(map(_ascending, classes.values())):
        return "classes"
    out = {(e["visit"], e["officer"]) for e in one["exclusions"]}
    may = {(p["visit"], officer) for p in one["places"] for officer in classes[p["class"]]}
    if not out <= may:
        return "exclusions"
    visits: dict[str, int] = {}
    for _, officer in may - out:
        visits[officer] = visits.get(officer, 0) + 1
    if {row["id"]: row["visits"] for row in one["officers"]} != visits:
        return "officers"
    capacity = sum(min(caps[officer], number) for officer, number in visits.items())
    if one["needed"] != len(one["places"]) or not capacity < one["needed"]:
        return "needed"
    return "" if one["capacity"] == capacity else "capacity"


def _ascending(values: Sequence[Any]) -> bool:
    """Whether each is greater than the one before, so that none comes twice."""
    return all(a < b for a, b in pairwise(values))


def _keys(raw: object, wanted: Mapping[str, type]) -> None:
    if not isinstance(raw, dict) or raw.keys() != wanted.keys():
        raise ValueError(f"other keys than {', '.join(wanted)}")
    for name, kind in wanted.items():
        value = _of_type(raw[name], kind)
        if kind is str:
            _clean(value)
        elif kind is int and value < (name == "number"):
            raise ValueError(f"{name} is too small")


def _of_type(value: Any, kind: type) -> Any:
    if type(value) is not kind:  # a truth is no number
        raise ValueError(f"{value!r} is not of type {kind.__name__}")
    return value


def _clean(text: str) -> None:
    check_line_value(text)
    if not text:
        raise ValueError("a text is empty")


def _canonical(value: object) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode() + b"\n"
