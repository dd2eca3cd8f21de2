"""Lines for the plan that say what a header means, ready to be pasted; whether they are right the office decides."""

from collections.abc import Iterable
from typing import Final

from ssj_core.readers.brief import LONGEST
from ssj_core.roster.layout import Layout

_ESCAPES: Final = str.maketrans({"\\": "\\\\", '"': '\\"'})
_MOST: Final = 8


def pasted(layout: Layout, pairs: Iterable[tuple[str, str]]) -> str:
    """Return the table of the plan and a line for each header and its field; empty if there is none to name.

    A header too long to be shown whole is left out: its line would not fit.
    """
    lines = [f'"{title.translate(_ESCAPES)}" = "{field}"' for title, field in pairs if 0 < len(title) <= LONGEST]
    return "\n".join(["", f"[{layout.table}.columns]", *lines[:_MOST]]) if lines else ""


def derived(column: str, word: str) -> str:
    """Return the table of the plan that gives a sector to whoever's cell in a column holds some words."""
    named, of = (one.translate(_ESCAPES) for one in (word, column))
    table = ("[[rosters.subjects.derive]]", 'field = "sectors"', f'value = "{named}"', f'column = "{of}"')
    return "\n".join(["", *table, 'contains = ["…"]'])
