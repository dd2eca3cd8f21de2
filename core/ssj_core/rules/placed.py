"""Mistakes found in a table after it was read, told with the lines they stand in."""

from collections.abc import Iterable

from attrs import evolve

from ssj_core.problems import InputError, Problem
from ssj_core.structuring import undotted
from ssj_core.tomlpos import line_of, positions


def refuse(found: Iterable[Problem], data: bytes) -> None:
    """Raise `InputError` if anything was found; the fields of the problems are paths of the table."""
    if problems := list(found):
        lines = positions(data.decode("utf-8-sig"))
        raise InputError([evolve(p, row=line_of(lines, undotted(p.field))) for p in problems])
