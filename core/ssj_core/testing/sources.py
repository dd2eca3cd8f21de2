"""Check of entropy sources: bad input ends in a coded error, judging is pure and offline, its worth is stated."""

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, Final, get_args

from ssj_core.canonical import check_line_value
from ssj_core.entropy.model import Assessment, EntropySource, Evidence, EvidenceStatus, Level, Request
from ssj_core.problems import Problem, SsjError, problem
from ssj_core.testing.examined import Examined
from ssj_core.testing.told import others, touched, unfit
from ssj_core.testing.watch import watched
from ssj_core.watching import run

NOW: Final = datetime(2024, 2, 29, 9, 30, tzinfo=UTC)
GIVEN: Final = (
    "",
    " ",
    "\x00",
    "垃圾",
    "１２３",
    "-1",
    "9" * 5000,
    "3 5 1 6 2 4 " * 12,
    "0123456789" * 8,
    "今天的第一个数 " * 9,
)
"""What people might type: nothing, signs that no source takes, and what some source will take."""


_ZONES: Final = {"time zone: datetime.astimezone"}


class _RefusedError(Exception):
    """A function of a source did what it must not; `found` says it."""

    def __init__(self, found: Problem) -> None:
        self.found = found
        super().__init__(found.code)


def sources(plugin: Examined) -> Iterator[Problem]:
    """Each source by itself; the first thing it does wrong is told."""
    for source in plugin.registry.entropy_sources.values():
        try:
            _examine(source)
        except _RefusedError as error:
            yield error.found


def _examine(source: EntropySource) -> None:
    appointed = _same(source, source.appoint, {}, NOW) or {}
    _same(source, source.appoint, {"no such parameter": "x"}, NOW)
    _judge(source, Evidence(source=_name(source), raw="", canonical=""), appointed, nothing=True)
    for raw in GIVEN:
        evidence = Evidence(source=_name(source), raw=raw, canonical=raw.strip(), details={"rolls": raw})
        _judge(source, evidence, appointed)
        if "raw" in source.needs:  # the others ask a network or the system, which is not ours to do here
            given = {"raw": raw, "where": "会议室", "when": "2024-02-29T09:20:00+08:00"}
            request = Request(
                draw_id="kit-1", commitment="0" * 64, appointed=appointed, given=given, who=("甲某", "乙某"), now=NOW
            )
            taken = _same(source, source.collect, request)
            if taken is not None:
                _take(source, taken)
                _judge(source, taken, appointed)


def _take(source: EntropySource, evidence: object) -> None:
    if not isinstance(evidence, Evidence):
        raise _wrong(source, f"collect: {evidence!r:.60}")
    if evidence.source != _name(source):
        raise _wrong(source, f"Evidence.source = {evidence.source!r:.40}")
    try:
        check_line_value(evidence.canonical)
    except ValueError as error:
        raise _wrong(source, f"canonical: {error}") from None


def _judge(source: EntropySource, evidence: Evidence, appointed: Mapping[str, str], *, nothing: bool = False) -> None:
    """Judged twice the same, with a level, a status and whole bits; what says nothing is worth nothing."""
    made = _same(source, source.assess, evidence, appointed, may_refuse=False)
    if not isinstance(made, Assessment):
        raise _wrong(source, f"assess: {made!r:.60}")
    if made.level not in get_args(Level) or made.status not in get_args(EvidenceStatus):
        raise _wrong(source, f"level {made.level!r:.20}, status {made.status!r:.20}")
    if type(made.bits) is not int or made.bits < 0:
        raise _wrong(source, f"bits = {made.bits!r:.20}")
    if nothing and made.level != "E0":
        raise _wrong(source, f"'' → {made.level}")


def _same(source: EntropySource, function: Callable[..., Any], *given: Any, may_refuse: bool = True) -> Any:
    """What a function answers, asked twice and watched; None where it refuses with a code, as it may."""
    made = []
    for _ in range(2):
        before, seen = repr(given), set[str]()
        try:
            with watched(seen):
                made.append(run(source.id, function, *given, whole=True))
        except SsjError as error:
            if not may_refuse:
                raise _told("SSJ-G101", source, f"{given!r:.100}: {error}") from None
            made.append(None)
        except Exception as error:  # what it does wrong is what is asked here
            raise _told("SSJ-G101", source, f"{given!r:.100}: {type(error).__name__}: {error}") from None
        if repr(given) != before:
            raise _told("SSJ-G103", source, f"{before:.100}")
        seen -= _ZONES  # of a time that has a zone, it is harmless
        if seen:
            raise _RefusedError(problem("SSJ-G104", value=source.id, what=touched(", ".join(sorted(seen)))))
    if made[0] != made[1]:
        raise _told("SSJ-G105", source, f"{made[0]!r:.60} / {made[1]!r:.60}")
    return made[0]


def _name(source: EntropySource) -> str:
    """How a plan and a record write it: those of the core without their namespace."""
    return source.id.removeprefix("entropy.")


def _told(code: str, source: EntropySource, what: str) -> _RefusedError:
    return _RefusedError(problem(code, value=source.id, what=what, more=others(0)))


def _wrong(source: EntropySource, what: str) -> _RefusedError:
    return _RefusedError(problem("SSJ-G116", value=source.id, what=unfit(what)))
