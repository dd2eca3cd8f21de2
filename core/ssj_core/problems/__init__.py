"""Problems, their catalogue of stable codes, and the exceptions that carry them."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from ssj_core.causes import cause
from ssj_core.problems import (
    beacons,
    cases,
    desks,
    draws,
    entropies,
    explains,
    files,
    folders,
    holidays,
    inspections,
    kit,
    ledgers,
    loads,
    oddities,
    outputs,
    papers,
    plans,
    plugins,
    regions,
    replacements,
    rosters,
    signatures,
    stamps,
    tables,
    teams,
    verifications,
    witnessed,
    workspaces,
)
from ssj_core.problems.exceptions import EntropyError, InputError, PluginError, RefusedError, SsjError
from ssj_core.problems.model import EN, Entry, Problem, Severity, errors, ordered
from ssj_core.text import Text

CATALOGUE: Final[Mapping[str, Entry]] = MappingProxyType(
    {
        **files.ENTRIES,
        **plans.ENTRIES,
        **rosters.ENTRIES,
        **oddities.ENTRIES,
        **regions.ENTRIES,
        **inspections.ENTRIES,
        **plugins.ENTRIES,
        **tables.ENTRIES,
        **folders.ENTRIES,
        **kit.ENTRIES,
        **entropies.ENTRIES,
        **witnessed.ENTRIES,
        **beacons.ENTRIES,
        **draws.ENTRIES,
        **teams.ENTRIES,
        **workspaces.ENTRIES,
        **replacements.ENTRIES,
        **ledgers.ENTRIES,
        **loads.ENTRIES,
        **verifications.ENTRIES,
        **explains.ENTRIES,
        **signatures.ENTRIES,
        **stamps.ENTRIES,
        **holidays.ENTRIES,
        **cases.ENTRIES,
        **outputs.ENTRIES,
        **papers.ENTRIES,
        **desks.ENTRIES,
    }
)
"""Every code the programme can print, with its texts."""

__all__ = [
    "CATALOGUE",
    "EntropyError",
    "Entry",
    "InputError",
    "PluginError",
    "Problem",
    "RefusedError",
    "Severity",
    "SsjError",
    "errors",
    "ordered",
    "problem",
]


def problem(
    code: str, *, file: str = "", row: int | None = None, field: str = "", value: object = "", **params: object
) -> Problem:
    """Make a problem of the catalogue; an unknown code is a bug and raises `KeyError`.

    A value or parameter that is a `Text` is filled in in the language of the message, an exception by its `cause`.
    """
    told: dict[str, str] = {}
    for name, given in {"value": value, **params}.items():
        said = cause(given) if isinstance(given, BaseException) else given
        if isinstance(said, Text):
            told |= {name: said.zh, name + EN: said.en}
        else:
            told[name] = str(said)
    return Problem(
        code=code,
        entry=CATALOGUE[code],
        file=file,
        row=row,
        field=field,
        value=told.pop("value"),
        params=told,
    )
