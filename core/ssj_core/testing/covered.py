"""Checks of cases: each comes out as it says, and nothing that was registered is without one."""

from collections.abc import Iterator
from fractions import Fraction

from ssj_core.cases import run_cases, uncovered
from ssj_core.problems import Problem, SsjError, problem
from ssj_core.ratios import format_ratio
from ssj_core.testing.examined import Examined


def cases(plugin: Examined) -> Iterator[Problem]:
    """Every case can be read and comes out as it says."""
    files, registry, wrong = plugin.cases
    yield from wrong
    if registry is None or plugin.fatal:  # which is told of its processes
        return
    try:
        verdicts = run_cases(files, registry)
    except SsjError as error:
        yield from error.problems
        return
    for verdict in verdicts:
        for difference in verdict.differences:
            yield problem(
                "SSJ-G114", file=verdict.file, row=verdict.line, field=difference.name, value=verdict.case.says,
                expected=_said(difference.expected), actual=_said(difference.actual),
            )  # fmt: skip


def _said(value: object) -> str:
    if isinstance(value, Fraction):
        return format_ratio(value)
    if isinstance(value, bool):
        return str(value).lower()  # as the file of cases has it
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    return "—" if value in (None, "") else str(value)


def everything(plugin: Examined) -> Iterator[Problem]:
    """Every interval of an item or ratio, every batch, both answers of every rule are touched by a case."""
    files, registry, _ = plugin.cases
    if registry is not None:
        for one in uncovered(registry, plugin.id, files):
            yield problem(
                "SSJ-A007", value=one.id, what=one.what.zh, what_en=one.what.en, when=one.when.zh, when_en=one.when.en
            )
