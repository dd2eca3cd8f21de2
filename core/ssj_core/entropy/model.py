"""Entropy: what a source is, and the evidence it leaves in the record."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Literal

from attrs import field, frozen

from ssj_core.problems import Problem

Level = Literal["E0", "E1", "E2", "E3", "E4", "E5"]
EvidenceStatus = Literal["machine-checked", "attested", "claimed", "missing"]


@frozen(kw_only=True)
class Evidence:
    """One entropy value with where it came from.

    `raw` is verbatim what was typed or produced; `canonical` what enters the seed, as `source:canonical`.
    `who`, `where`, `when` are the testimony; `details` what else the source keeps.
    """

    source: str
    raw: str
    canonical: str
    who: tuple[str, ...] = ()
    where: str = ""
    when: str = ""
    details: Mapping[str, str] = field(factory=dict)

    @property
    def value(self) -> str:
        """The line that enters the seed: source, colon, canonical text."""
        return f"{self.source}:{self.canonical}"


@frozen(kw_only=True)
class Request:
    """What a source is asked for: for which draw, after which commitment, and what the caller supplied.

    `given` holds what a person or a file gave (`raw`, `who`, `where`, `when`); `now` is the caller's clock.
    """

    draw_id: str
    commitment: str
    given: Mapping[str, str] = field(factory=dict)
    who: tuple[str, ...] = ()
    now: datetime


@frozen(kw_only=True)
class Assessment:
    """What a piece of evidence is worth, computed from it alone: never taken from what it claims."""

    level: Level
    status: EvidenceStatus
    bits: int
    problems: tuple[Problem, ...] = ()


@frozen(kw_only=True)
class EntropySource:
    """A source: `collect` may do I/O and raises `EntropyError`; `assess` is pure and works offline.

    `needs` names what `collect` must be given (`raw`, `who`, `where`, `when`); empty for one that needs nobody.
    """

    id: str
    title: str
    needs: tuple[str, ...]
    collect: Callable[[Request], Evidence]
    assess: Callable[[Evidence], Assessment]
