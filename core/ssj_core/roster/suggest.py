"""Lines for the plan that say what a header means, ready to be pasted; whether they are right the office decides."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from ssj_core.readers.brief import LONGEST, cut
from ssj_core.roster.layout import SUBJECTS, Layout
from ssj_core.roster.synonyms import IGNORE, NOT_NEEDED, header_key, is_personal

_ESCAPES: Final = str.maketrans({"\\": "\\\\", '"': '\\"'})
_MOST: Final = 8
_ALIKE: Final = 0.6


def pasted(layout: Layout, pairs: Iterable[tuple[str, str]]) -> str:
    """Return the table of the plan and a line for each header and its field; empty if there is none to name.

    A header too long to be shown whole is left out: its line would not fit.
    """
    lines = [f'"{title.translate(_ESCAPES)}" = "{field}"' for title, field in pairs if 0 < len(title) <= LONGEST]
    return "\n".join(["", f"[{layout.table}.columns]", *lines[:_MOST]]) if lines else ""


def guessed(titles: Sequence[str], layout: Layout, least: float = _ALIKE) -> Iterator[tuple[str, str]]:
    """Give headers nobody knows with the field each is most likely meant for, no field twice; others are left out."""
    from difflib import SequenceMatcher

    likely = []
    for place, title in enumerate(titles):
        key = header_key(cut(title))
        if is_personal(key) or key in NOT_NEEDED:
            continue
        ratio, field = max((SequenceMatcher(None, key, known).ratio(), name) for known, name in layout.by_key.items())
        likely.append((-ratio, place, title, field))
    taken: dict[int, tuple[str, str]] = {}
    for ratio, place, title, field in sorted(likely):
        if -ratio >= least and field not in {name for _, name in taken.values()}:
            taken[place] = (title, field)
    yield from (pair for _, pair in sorted(taken.items()))


def given(word: str, title: str = "") -> str:
    """Return the line of the plan that gives all subjects one sector, and that a column `title` is left unread."""
    line = f'\nsectors = ["{word.translate(_ESCAPES)}"]'
    return line + pasted(SUBJECTS, [(title, IGNORE)]) if title else line


def derived(column: str, word: str) -> str:
    """Return the table of the plan that gives a sector to whoever's cell in a column holds some words."""
    named, of = (one.translate(_ESCAPES) for one in (word, column))
    table = ("[[rosters.subjects.derive]]", 'field = "sectors"', f'value = "{named}"', f'column = "{of}"')
    return "\n".join(["", *table, 'contains = ["…"]'])
