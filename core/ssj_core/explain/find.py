"""Who is meant by an id, a bare code or a name."""

import unicodedata
from collections.abc import Sequence
from difflib import get_close_matches
from typing import Final

from attrs import frozen

from ssj_core.problems import InputError, problem
from ssj_core.sealed import Sealed
from ssj_core.tables import OFFICER
from ssj_core.text import quoted

SHOWN: Final = 8
"""So many ids are named at the most."""
_COMPARED: Final = 20_000  # more names than these take too long to compare with a misspelt one


@frozen
class Found:
    """A subject or officer of the rosters, taking part or excluded."""

    id: str
    name: str
    officer: bool


def find(sealed: Sealed, wanted: str) -> Found:
    """The one that `wanted` names: whole id, else code without its scheme, else name, else the only one holding it.

    Width and case of letters, and outer blanks, do not matter.

    Raises:
        InputError: nobody, or more than one.
    """
    units = [Found(s.id, s.name, officer=False) for s in sealed.subjects]
    units += [Found(s.id, s.name, officer=False) for s in sealed.sites]
    units += [Found(o.id, o.name, officer=True) for o in sealed.officers]
    units += [Found(e.id, e.name, e.unit == OFFICER) for e in sealed.excluded]
    exact = [u for u in units if u.id == wanted]
    if exact:
        return exact[0]
    sought = _folded(wanted)
    if sought:
        for column in range(3):
            if same := [u for u in units if _folded(_words(u)[column]) == sought]:
                return _only(same, wanted)
        if holding := [u for u in units if sought in _folded(u.name)]:
            return _only(holding, wanted)
    near = _near(units, sought)
    raise InputError(
        [
            problem(
                "SSJ-X003",
                value=wanted,
                near=f"。是不是 {' / '.join(near)}？" if near else "",
                near_en=f"; did you mean {' / '.join(map(quoted, near))}?" if near else "",
            )
        ]
    )


def _only(found: Sequence[Found], wanted: str) -> Found:
    if len(found) == 1:
        return found[0]
    known = ", ".join(f"{u.id} {u.name}" for u in found[:SHOWN]) + (" …" if len(found) > SHOWN else "")
    raise InputError([problem("SSJ-X004", value=wanted, count=len(found), known=known)])


def _near(units: Sequence[Found], sought: str) -> list[str]:
    """Ids and names that look like what was sought."""
    if len(sought) > 3 and (part := [f"{u.id} {u.name}" for u in units if sought in _folded(u.id)]):
        return part[:3]
    known: dict[str, str] = {}
    for unit in units[:_COMPARED]:
        for word in _words(unit):
            known.setdefault(_folded(word), f"{unit.id} {unit.name}")
    return list(dict.fromkeys(known[word] for word in get_close_matches(sought, known, n=3)))


def _words(unit: Found) -> tuple[str, str, str]:
    """Id, code and name."""
    return unit.id, unit.id.partition(":")[2], unit.name


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip().casefold()
