"""Whom a draw comes to after its replacements: which files tell it, and how they are named (SPEC §13)."""

import re
from collections.abc import Iterable, Mapping
from typing import Final

from ssj_core.tables import DRAWN, DrawnRow, TeamRow, decode_table

FOLDER: Final = "replacements"
"""Folder inside that of the draw; each replacement has its own, named by its number."""
_ID: Final = re.compile(r"(.+)\+([1-9][0-9]{0,5})")
_PATH: Final = re.compile(rf"{FOLDER}/([1-9][0-9]{{0,5}})/[^/]+")


def replacement_id(draw: str, number: int) -> str:
    """`plan-batch-1+2`: the second replacement of a draw. A draw id holds no plus sign."""
    return f"{draw}+{number}"


def split_replacement(name: str) -> tuple[str, int] | None:
    """Draw and number of a replacement id; None for the id of a draw."""
    found = _ID.fullmatch(name)
    return (found[1], int(found[2])) if found else None


def path(number: int, file: str) -> str:
    """Name of a replacement's file among the files of its draw."""
    return f"{FOLDER}/{number}/{file}"


def numbers(files: Iterable[str]) -> list[int]:
    """Numbers of the replacements that have a file among those of a draw, ascending."""
    return sorted({int(found[1]) for name in files if (found := _PATH.fullmatch(name))})


def subjects_after(files: Mapping[str, bytes], last: int) -> frozenset[str]:
    """Ids of the subjects that are to be inspected after replacement `last`; 0 is the draw as it was.

    Raises:
        KeyError: the table is missing. TableError: it is not canonical.
    """
    if last:
        return frozenset(row.subject for row in decode_table(TeamRow, files[path(last, "teams.csv")]))
    return frozenset(row.id for row in decode_table(DrawnRow, files["drawn.csv"]) if row.outcome == DRAWN)
