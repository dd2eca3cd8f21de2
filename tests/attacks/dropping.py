"""An office that drops who was drawn to reach somebody else: what it can vary, counted without files (SPEC §13.4)."""

from collections.abc import Sequence
from typing import Final

from attrs import evolve, frozen

from ssj_core.canonical import digest, lines
from ssj_core.draw import select
from ssj_core.entropy import chain
from ssj_core.replacement.successor import successor
from ssj_core.rules.effective import SealedReplacement
from ssj_core.seed import key, seed
from tests.attacks.office import DRAW, IDS, OFFICERS, QUOTA, SIZE, STRATUM, SUBJECTS, number, office, system
from tests.replacing import LINKS
from tests.strategies import Case, evolve_plan

PLAIN: Final = Case(office=office("os"), subjects=SUBJECTS, officers=OFFICERS)
SEALED: Final = PLAIN.seal()
BY_CHAIN: Final = SealedReplacement(mode="R2", anchor=LINKS[-1], rounds=len(LINKS) - 1)
LEFT: Final = SIZE - QUOTA
"""Who was not drawn."""


@frozen
class Draw:
    """What an office starts from: the seed, who was drawn, and the others in the order of their tickets."""

    seed: str
    drawn: tuple[str, ...]
    rest: tuple[str, ...]


def drawn(one: int) -> Draw:
    """The draw of this office."""
    value = seed(SEALED.commitment.value, [system(number("os", one)).value])
    chosen = select(key(value, DRAW, "subject", "all"), STRATUM, IDS, QUOTA, LEFT)
    return Draw(value, tuple(t.id for t in chosen.drawn), tuple(t.id for t in chosen.reserve))


def case_of(one: int, ways: SealedReplacement | None = None) -> Case:
    """The same as a whole office."""
    made = evolve_plan(PLAIN, replacement=ways) if ways else PLAIN
    return evolve(made, evidence=(system(number("os", one)),))


def by_lot(value: str, candidates: Sequence[str], name: str = f"{DRAW}+1") -> str:
    """Who steps in under modes R2 and R3, with this seed."""
    chosen = successor(key(value, name, "reserve", "all"), candidates)
    assert chosen is not None
    return chosen.id


def new_seed(one: int, turn: int) -> str:
    """Of mode R3 at this try, with a number of the operating system: for counting, any event does."""
    return seed(digest(f"event {one} {turn}".encode()), [system(number("again", one, turn)).value])


def revealed_seed(one: int, draw: Draw, round_number: int = 1) -> str:
    """Of mode R2, from the chain of this office's keeper."""
    links = chain.links(f"{number('keeper', one):064x}", 3)
    return digest(lines("ssj.reserve.1", draw.seed, str(round_number), links[len(links) - 1 - round_number]))


def foreseen(draw_seed: str, candidates: Sequence[str]) -> str:
    """What the keeper of the chain of `BY_CHAIN` knows from the day of the draw: who will step in first."""
    return by_lot(digest(lines("ssj.reserve.1", draw_seed, "1", LINKS[-2])), candidates)
