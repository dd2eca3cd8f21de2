"""Lines for the plan that say what a header means, ready to be pasted; whether they are right the office decides."""

from collections.abc import Iterable
from typing import Final

from ssj_core.readers.brief import LONGEST
from ssj_core.roster.layout import SUBJECTS, Layout
from ssj_core.roster.synonyms import IGNORE

_ESCAPES: Final = str.maketrans({"\\": "\\\\", '"': '\\"'})
_MOST: Final = 8


def pasted(layout: Layout, pairs: Iterable[tuple[str, str]]) -> str:
    """Return the table of the plan and a line for each header and its field; empty if there is none to name.

    A header too long to be shown whole is left out: its line would not fit.
    """
    lines = [f'"{title.translate(_ESCAPES)}" = "{field}"' for title, field in pairs if 0 < len(title) <= LONGEST]
    return "\n".join(["", f"[{layout.table}.columns]", *lines[:_MOST]]) if lines else ""


def given(word: str, title: str = "") -> str:
    """Return the line of the plan that gives all subjects one sector, and that a column `title` is left unread."""
    line = f'\nsectors = ["{word.translate(_ESCAPES)}"]'
    return line + pasted(SUBJECTS, [(title, IGNORE)]) if title else line


def derived(column: str, word: str) -> str:
    """Return the table of the plan that gives a sector to whoever's cell in a column holds some words."""
    named, of = (one.translate(_ESCAPES) for one in (word, column))
    table = ("[[rosters.subjects.derive]]", 'field = "sectors"', f'value = "{named}"', f'column = "{of}"')
    return "\n".join(["", *table, 'contains = ["…"]'])
