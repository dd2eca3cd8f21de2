"""Entropy: what a source is, and the evidence it leaves in the record."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Literal

from attrs import field, frozen

from ssj_core.problems import InputError, Problem, problem

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

    `appointed` is the future event that was sealed; `given` holds what a person or a file gave (`raw`, `where`,
    `when` and what else the source knows), `who` the witnesses; `now` is the caller's clock.
    """

    draw_id: str
    commitment: str
    appointed: Mapping[str, str] = field(factory=dict)
    given: Mapping[str, str] = field(factory=dict)
    who: tuple[str, ...] = ()
    now: datetime


@frozen(kw_only=True)
class Assessment:
    """What a piece of evidence is worth, computed from it alone: never taken from what it claims.

    `picked`: whoever gives the value could choose it after the sealing, even with the other sources known. It is not
    where the value was fixed at the sealing, by an event that anybody can look up or by commitments all of which were
    opened.
    """

    level: Level
    status: EvidenceStatus
    bits: int
    problems: tuple[Problem, ...] = ()
    picked: bool = True


def nothing_to_appoint(params: Mapping[str, str], _now: datetime) -> Mapping[str, str]:
    """For sources without a future event of their own: any parameter is refused."""
    if params:
        raise InputError([problem("SSJ-E008", value=name) for name in params])
    return {}


@frozen(kw_only=True)
class EntropySource:
    """A source of entropy.

    `appoint` runs at sealing: from the plan's parameters and the clock it fixes which future event will count (a
    lottery's issue, a beacon's round), and raises `InputError` for parameters it cannot use. `collect` may do I/O and
    raises `EntropyError`. `assess` is pure and works offline: it judges evidence against what was appointed.
    `needs` names what `collect` must be given (`raw`, `who`, `where`, `when`); empty for one that needs nobody.
    """

    id: str
    title: str
    needs: tuple[str, ...]
    collect: Callable[[Request], Evidence]
    assess: Callable[[Evidence, Mapping[str, str]], Assessment]
    appoint: Callable[[Mapping[str, str], datetime], Mapping[str, str]] = nothing_to_appoint
