"""SPEC §9.5: what a plan names of a future event is what was appointed, however it is written."""

import unicodedata
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from ssj_core.entropy.grammar import moment
from ssj_core.entropy.lottery import GAMES
from ssj_core.entropy.reveal import parties_of


def _exactly(text: str) -> object:
    return text


def _label(text: str) -> object:
    return unicodedata.normalize("NFC", text.strip())


def _parties(text: str) -> object:
    return list(parties_of({"parties": text}).items())


_READ: Final[Mapping[str, Mapping[str, Callable[[str], object]]]] = {
    "drand": {"network": _exactly, "round": _exactly},
    "nist": {"chain": _exactly, "pulse": _exactly, "time": moment},
    "reveal": {"label": _label, "parties": _parties, "deadline": moment},
    **{game.id: {"issue": lambda text, game=game: game.issue(text)[0], "date": moment} for game in GAMES},  # type: ignore[misc]
}
"""How a source reads what may be named of its event; `margin_minutes` and the name of a game name none."""


def other_events(
    source: str, params: Mapping[str, str], appointed: Mapping[str, str]
) -> Iterator[tuple[str, str, str]]:
    """What of the event the plan names otherwise than it was appointed: name, plan, appointed."""
    for name, read in _READ.get(source, {}).items():
        planned, sealed = params.get(name), appointed.get(name, "")
        if planned is None or planned == sealed:
            continue
        wanted = read(planned)
        if not sealed or wanted is None or wanted != read(sealed):
            yield name, planned, sealed
