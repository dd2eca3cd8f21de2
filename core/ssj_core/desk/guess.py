"""Which list a file is, from its headers alone; where that is not plain it is asked, never assumed."""

from collections.abc import Mapping, Sequence
from typing import Final, Literal

from ssj_core.readers.model import Line
from ssj_core.roster.cells import text
from ssj_core.roster.headers import SEARCHED
from ssj_core.roster.layout import INSPECTIONS, OFFICERS, SUBJECTS, Layout
from ssj_core.roster.synonyms import header_key
from ssj_core.text import Text

Kind = Literal["subjects", "officers", "inspections"]

LAYOUTS: Final[Mapping[Kind, Layout]] = {"subjects": SUBJECTS, "officers": OFFICERS, "inspections": INSPECTIONS}
TITLES: Final[Mapping[Kind, Text]] = {
    "subjects": Text("检查对象名录", "subject roster"),
    "officers": Text("执法检查人员名录", "officer roster"),
    "inspections": Text("往次检查名单", "list of earlier inspections"),
}

_UNKNOWN: Final = Text("看不出是哪一种名录", "not known which list")


def title_of(kind: Kind | None) -> Text:
    """What a list is called."""
    return TITLES[kind] if kind else _UNKNOWN


def guess(lines: Sequence[Line], mapped: Mapping[Kind, Mapping[str, str]]) -> Kind | None:
    """Return the list that more of the headers fit, first of all those it cannot do without; None if they are even.

    `mapped` are the headers a plan knows, by roster.
    """
    scores = {kind: _score(lines, layout, mapped.get(kind, {})) for kind, layout in LAYOUTS.items()}
    best = max(scores.values())
    kinds = [kind for kind, score in scores.items() if score == best]
    if len(kinds) > 1 and "inspections" in kinds:  # it shares the columns of its subjects
        kinds.remove("inspections")
    return kinds[0] if len(kinds) == 1 else None


def _score(lines: Sequence[Line], layout: Layout, columns: Mapping[str, str]) -> tuple[int, int]:
    """Of the best row: how many of the needed columns it has, and how many at all."""
    by_key = {**layout.by_key, **{header_key(header): name for header, name in columns.items()}}
    best = (0, 0)
    for line in lines[:SEARCHED]:
        found = {by_key.get(header_key(text(cell))) for cell in line.cells if isinstance(cell, str)} - {None}
        needed = sum(any(name in found for name in need.fields) for need in layout.needs)
        best = max(best, (needed, len(found)))
    return best
