"""What a verification says: steps that hold, fail or cannot be told, and two verdicts kept apart."""

from collections.abc import Iterable
from typing import Literal

from attrs import frozen

from ssj_core.entropy.model import Level
from ssj_core.text import Text

Status = Literal["holds", "fails", "unknown"]


@frozen(kw_only=True)
class Step:
    """One step: what was looked at, the answer, and details for a reader who wants to know more."""

    title: Text
    status: Status
    details: tuple[Text, ...] = ()


@frozen(kw_only=True)
class SourceLine:
    """One entropy source in the table of verdict B."""

    source: str
    value: str
    status: Text
    testimony: Text


@frozen(kw_only=True)
class Report:
    """Verdict A is `arithmetic`; verdict B is `level` with its sources and what remains unproved."""

    draw_id: str
    title: str
    steps: tuple[Step, ...]
    level: Level | None = None
    sources: tuple[SourceLine, ...] = ()
    unproved: tuple[Text, ...] = ()
    summary: tuple[Text, ...] = ()

    @property
    def arithmetic(self) -> Status:
        """`fails` if any step does, else `unknown` if any step is, else `holds`."""
        return worst(step.status for step in self.steps)


def worst(statuses: Iterable[Status]) -> Status:
    """The status of many together."""
    found = set(statuses)
    if "fails" in found:
        return "fails"
    return "unknown" if "unknown" in found or not found else "holds"
