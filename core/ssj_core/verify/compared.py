"""Compare what the record and the tables of the outcome say with what was computed again."""

from collections.abc import Iterator, Mapping
from itertools import zip_longest
from typing import Any, Final

from ssj_core.pipeline import Outcome
from ssj_core.problems import Problem, problem
from ssj_core.record import FILE, Record, matching_part
from ssj_core.structuring import dotted, shown
from ssj_core.tables import FILES, HEADERS
from ssj_core.tomlpos import Path
from ssj_core.verify.forms import read
from ssj_core.verify.report import few

_DIGEST: Final = 64


def differing(code: str, given: Any, found: Any, path: Path = ()) -> Iterator[Problem]:
    """Every value of the record, below `path`, that is another than computed."""
    if isinstance(given, Mapping) and isinstance(found, Mapping):
        for key in dict.fromkeys((*given, *found)):
            yield from differing(code, given.get(key), found.get(key), (*path, key))
    elif isinstance(given, list | tuple) and isinstance(found, list | tuple):
        for n, (one, other) in enumerate(zip_longest(given, found)):
            yield from differing(code, one, other, (*path, n))
    elif given != found:
        yield problem(code, file=FILE, field=dotted(path), value=told(given), found=told(found))


def seed_differs(record: Record, outcome: Outcome) -> tuple[Problem, ...]:
    """That the seed is another one; whether only its line was altered shows in what was made with it."""
    if record.seed == outcome.seed:
        return ()
    code = "SSJ-V075" if matching_part(outcome)["key"] == record.matching.key else "SSJ-V076"
    if len(record.seed) < len(outcome.seed) and record.seed.zfill(len(outcome.seed)) == outcome.seed:
        code = "SSJ-V074"
    return (problem(code, file=FILE, field="seed", value=told(record.seed), found=outcome.seed),)


def table_differs(file: str, data: bytes, right: bytes, recorded: bool, listed: int) -> tuple[Problem, ...]:
    """In which rows a table of the outcome is another than computed; the first `listed` cells are named.

    Of a table that is not the `recorded` one step 2 told what became of its form.
    """
    if data == right:
        return ()
    reading, due = read(file, data), read(file, right).rows or ()
    form = reading.problems if recorded else ()
    if reading.rows is None:
        return form or (problem("SSJ-V048", file=file),)
    if sorted(cells for _, cells in reading.rows) == sorted(cells for _, cells in due):
        return (problem("SSJ-V082", file=file), *form)
    code, names = "SSJ-V080" if file == "teams.csv" else "SSJ-V079", HEADERS[FILES[file]]
    wrong = [
        problem(code, file=file, row=row, field=name, value=shown(cell), found=shown(other))
        for (row, cells), (_, others) in zip(reading.rows, due, strict=False)
        for name, cell, other in zip(names, cells, others, strict=True)
        if cell != other
    ]
    if len(reading.rows) != len(due):
        wrong.insert(0, problem("SSJ-V081", file=file, value=len(reading.rows), found=len(due)))
    return (*form, *few(wrong, listed))


def told(value: object) -> str:
    """A value in a sentence: a digest whole, other things not too long."""
    text = str(value)
    return "—" if value in (None, "") else text if len(text) <= _DIGEST else shown(text)
