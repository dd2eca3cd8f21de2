"""What a verification says: steps that hold, fail or cannot be told, and two verdicts kept apart."""

from collections.abc import Iterable
from typing import Final, Literal

from attrs import frozen

from ssj_core.causes import named_cause
from ssj_core.entropy.model import Level
from ssj_core.problems import Problem, problem
from ssj_core.text import Text

Status = Literal["holds", "fails", "unknown"]
MANY: Final = 10
"""Findings of one kind that are listed; the others are counted."""


@frozen(kw_only=True)
class Step:
    """One step: what was looked at, the answer, and what was found.

    Among the details an error is why the step fails, a warning why it cannot be told; a note is no mistake.
    """

    title: Text
    status: Status
    details: tuple[Problem, ...] = ()


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


def made(title: Text, found: Iterable[Problem] = ()) -> Step:
    """The step of what was found: it fails with an error, cannot be told with a warning, else holds."""
    details = tuple(found)
    severities = {p.severity for p in details}
    status: Status = "fails" if "error" in severities else "unknown" if "warning" in severities else "holds"
    return Step(title=title, status=status, details=details)


def too_much(error: Exception) -> Problem:
    """What stopped the verifier, in words; what nobody foresaw is quoted, for whoever mends it."""
    if isinstance(error, (MemoryError, RecursionError, OverflowError)):
        return problem("SSJ-V001", value=error)
    said = named_cause(error)
    return problem("SSJ-V001", value=Text(f"有程序没有料到的内容，{said.zh}", f"something unforeseen, {said.en}"))


def few(found: Iterable[Problem], limit: int = MANY) -> tuple[Problem, ...]:
    """The first of many, and how many more there are."""
    listed = tuple(found)
    if len(listed) <= limit + 1:
        return listed
    return (*listed[:limit], problem("SSJ-V012", file=listed[0].file, value=len(listed) - limit))


def worst(statuses: Iterable[Status]) -> Status:
    """The status of many together."""
    found = set(statuses)
    if "fails" in found:
        return "fails"
    return "unknown" if "unknown" in found or not found else "holds"
