"""Columns that rules ask of a roster by name: found under any of their headers, and told where there is none."""

from collections.abc import Collection, Mapping, Sequence

from ssj_core.roster.findings import Findings, nearest
from ssj_core.roster.layout import Layout
from ssj_core.roster.suggest import pasted
from ssj_core.roster.synonyms import header_key, is_personal
from ssj_core.rules.model import UNTOLD, ColumnUse


def own(wanted: Sequence[ColumnUse]) -> tuple[str, ...]:
    """The names of those that no field of the layout holds, each a column of its own."""
    return tuple(use.name for use in wanted if not use.fields)


def tell_unanswered(
    wanted: Sequence[ColumnUse],
    places: Mapping[str, int],
    derived: Collection[str],
    titles: Sequence[str],
    layout: Layout,
    findings: Findings,
    row: int,
) -> None:
    """Tell each column that is not there: a rule would find every cell of it empty.

    It is an error, or the warning of a rule that can do without. A field that the plan derives from another column is
    there. One column asked for in two spellings is told once, the error before the warning.
    """
    told: set[tuple[str, ...]] = set()
    free = {header_key(title): title for n, title in enumerate(titles) if title and n not in places.values()}
    keys = [key for key in free if not is_personal(key)]
    for use in sorted(wanted, key=_gravity):
        fields = use.fields or (use.name,)
        if fields in told or any(field in places or field in derived for field in fields):
            continue
        told.add(fields)
        close = _closest(use, keys, layout)
        lines = pasted(layout, [(free[close[0]] if close else "…", fields[0])])
        near = nearest(close[0] if close else "", close)
        if use.lacking is None:
            findings.add("SSJ-R060", row=row, field=use.name, value=use.name, lines=lines, **near)
        elif use.lacking != UNTOLD:
            means = {"means": use.lacking.zh, "means_en": use.lacking.en}
            findings.add("SSJ-R066", row=row, field=use.name, value=use.name, lines=lines, **means, **near)


def _gravity(use: ColumnUse) -> int:
    return 0 if use.lacking is None else 2 if use.lacking == UNTOLD else 1


def _closest(use: ColumnUse, keys: Sequence[str], layout: Layout) -> list[str]:
    """The headers it may be hidden behind, by the name the rule gives it and all that the field is known by."""
    from difflib import get_close_matches

    names = [header_key(use.name), *(key for key, field in layout.by_key.items() if field in use.fields)]
    return list(dict.fromkeys(key for name in names for key in get_close_matches(name, keys, 3, 0.5)))[:3]
