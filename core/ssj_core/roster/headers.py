"""Finds the header row and says which column holds what; nothing is mapped by likeness."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, Final

from attrs import frozen

from ssj_core.readers.brief import cut
from ssj_core.readers.model import Line
from ssj_core.roster.asked import own
from ssj_core.roster.cells import text
from ssj_core.roster.columns import Columns
from ssj_core.roster.findings import Findings, nearest
from ssj_core.roster.layout import INSPECTIONS, OFFICERS, SUBJECTS, Layout, Need
from ssj_core.roster.ours import is_head
from ssj_core.roster.privacy import mask
from ssj_core.roster.spec import RosterSpec
from ssj_core.roster.suggest import guessed, pasted
from ssj_core.roster.synonyms import IGNORE, MARKS, NOT_NEEDED, PERSONAL, header_key, is_personal
from ssj_core.roster.two_rows import joined, may_be_groups
from ssj_core.rules.model import ColumnUse
from ssj_core.text import quoted

SEARCHED: Final = 20


@frozen
class Head:
    """The header: the place of its (last) row in the lines, its titles, and its two rows as they are if it has two."""

    index: int
    line: Line
    rows: tuple[Line, ...] = ()


def looks_like_roster(lines: Sequence[Line]) -> bool:
    """Tell whether the first rows have the headers of a roster or of a list of earlier inspections."""
    rows = [{header_key(text(cell)) for cell in head.line.cells} for head in _heads(lines)]
    return any(
        all(any(layout.by_key.get(key) in need.fields for key in keys) for need in layout.needs)
        for keys in rows
        for layout in (SUBJECTS, OFFICERS, INSPECTIONS)
    )


def find_header(lines: Sequence[Line], layout: Layout, spec: RosterSpec) -> Head | None:
    """Return the header: of the first 20 rows the one with most distinct known headers, or two rows with still more."""
    mapped = {header_key(header) for header in spec.columns}
    best, most = None, 0
    for head in _heads(lines):
        keys = {header_key(text(cell)) for cell in head.line.cells if isinstance(cell, str)}
        fields = {layout.by_key.get(key) for key in keys} - {None}
        known = len(fields) + len(keys & mapped) + len(keys & PERSONAL)
        if known > most and len(keys - {"", MARKS}) > 1:  # one cell alone is a title
            best, most = head, known
    return best


def _heads(lines: Sequence[Line]) -> Iterator[Head]:
    """What the header may be: each of the first rows, then each of them with the one below."""
    first = lines[:SEARCHED]
    yield from (Head(index, line) for index, line in enumerate(first))
    for index, (upper, lower) in enumerate(pairwise(first)):
        if may_be_groups(upper):
            yield Head(index + 1, joined(upper, lower), (upper, lower))


def read_header(
    head: Head, layout: Layout, spec: RosterSpec, findings: Findings, wanted: Sequence[ColumnUse] = ()
) -> Columns:
    """Map the columns of the header row, telling what is missing, doubled, unknown or personal.

    A `wanted` column that is no field is one whose header is that name, or to which the plan maps a header.
    """
    line = head.line
    titles = tuple(text(cell) for cell in line.cells)
    keys = [header_key(title) for title in titles]
    names = own(wanted)
    chosen = _mapped(spec.columns, titles, layout, names, findings, line.number)
    extra = {header_key(name): name for name in names if name not in chosen.values()}
    places: dict[str, list[int]] = {}
    unknown: list[int] = []
    for place, key in enumerate(keys):
        field = chosen.get(key) or (None if is_personal(key) else layout.by_key.get(key) or extra.get(key))
        if key in chosen or (field and field not in chosen.values()):
            places.setdefault(field or IGNORE, []).append(place)
        elif key and not is_personal(key) and key not in NOT_NEEDED and not field:
            unknown.append(place)
    ignored = places.pop(IGNORE, [])
    for field, betters in layout.stands_in.items():
        if field not in chosen.values() and any(better in places for better in betters):
            places.pop(field, None)
    for field, others in layout.beside.items():
        if field in places and any(other in places for other in others):
            places[field] = places[field][:1]
    for doubled in places.values():
        if len(doubled) > 1:
            headers = "、".join(cut(titles[place]) for place in doubled)
            lines = pasted(layout, ((titles[place], IGNORE) for place in doubled[1:]))
            findings.add("SSJ-R003", row=line.number, field=titles[doubled[1]], headers=headers, lines=lines)
    for need in layout.needs:
        if not any(field in places for field in need.fields):
            tell_missing(need, titles, layout, findings, line.number)
    first = {field: found[0] for field, found in places.items()}
    if spec.sectors and "sectors" in first:
        title, given = titles[first["sectors"]], "、".join(spec.sectors)
        lines = pasted(layout, [(title, IGNORE)])
        findings.add("SSJ-R067", row=line.number, field=title, value=title, given=given, lines=lines)
    by_key = {key: place for place, key in reversed(list(enumerate(keys))) if key and not is_personal(key)}
    derived = {by_key[key] for rule in spec.derive if (key := header_key(rule.column)) in by_key}
    unknown = [place for place in unknown if place not in ignored and place not in derived]
    _left_out_notes(titles, keys, unknown, layout, findings, line.number)
    used = derived.union(first.values())
    return Columns(
        places=first,
        titles=titles,
        by_key=by_key,
        left_out=tuple(title for place, title in enumerate(titles) if title and place not in used),
        used=frozenset(used),
        readable=all(_once(need, places) for need in layout.needs),
        rows=tuple(tuple(text(cell) for cell in row.cells) for row in head.rows),
    )


def _once(need: Need, places: Mapping[str, Sequence[int]]) -> bool:
    """Whether a required column is there, and of none of its fields there are two."""
    found = [len(places[field]) for field in need.fields if field in places]
    return bool(found) and max(found) == 1


def likely_header(lines: Sequence[Line]) -> tuple[int, list[str]] | None:
    """The number of the first row of several texts, which may be the header, and those texts.

    It may be an entry, too: numbers of persons are blotted out.
    """
    for line in lines[:SEARCHED]:
        titles = [title for cell in line.cells if isinstance(cell, str) and not is_head(cell) and (title := text(cell))]
        if len(titles) > 1:
            return line.number, [*map(mask, titles)]
    return None


def tell_no_header(lines: Sequence[Line], layout: Layout, findings: Findings) -> None:
    """Tell that there is no header row; the first row of several texts may be it, with what its columns may mean."""
    required = "、".join(need.zh for need in layout.needs)
    searched = min(SEARCHED, len(lines))
    told: dict[str, Any] = {"likely": "", "likely_en": "", "lines": ""}
    if found := likely_header(lines):
        row, titles = found
        shown = "、".join(map(cut, titles))
        told = {
            "likely": f"；第 {row} 行像是表头，列名都不认识：{shown}",
            "likely_en": f"; row {row} looks like one, none of its headers is known: {quoted(shown)}",
            "lines": pasted(layout, guessed(titles, layout)),
        }
    findings.add("SSJ-R001", searched=searched, required=required, **told)


def _mapped(
    columns: Mapping[str, str],
    titles: Sequence[str],
    layout: Layout,
    wanted: Sequence[str],
    findings: Findings,
    row: int,
) -> dict[str, str]:
    """Check the plan's own mapping; return it by header key."""
    if not columns:
        return {}
    from difflib import get_close_matches

    keys = [header_key(title) for title in titles]
    fields = (*layout.fields, *wanted)
    chosen: dict[str, str] = {}
    for header, field in columns.items():
        key = header_key(header)
        if field not in fields and field != IGNORE:
            known = ", ".join((*fields, IGNORE))
            findings.add("SSJ-R007", field=header, value=field, known=known, **nearest(field, fields))
        elif key not in keys:
            near = [title for title in titles if header_key(title) in get_close_matches(cut(key), keys, 1, 0.5)]
            lines = pasted(layout, ((title, field) for title in near[:1]))
            findings.add("SSJ-R006", row=row, value=header, lines=lines, **nearest(key, keys))
        elif is_personal(key) and field != IGNORE:
            findings.add("SSJ-R008", row=row, field=header, value=header)
        else:
            chosen[key] = field
    return chosen


def tell_missing(need: Need, titles: Sequence[str], layout: Layout, findings: Findings, row: int) -> None:
    """Tell that a required column is missing, with the headers it may be hidden behind."""
    from difflib import SequenceMatcher

    synonyms = [key for key, field in layout.by_key.items() if field in need.fields]

    def likeness(title: str) -> float:
        return max(SequenceMatcher(None, cut(header_key(title)), synonym).ratio() for synonym in synonyms)

    unknown = [title for title in titles if title and _may_mean(header_key(title), layout)]
    near = [title for title in sorted(unknown, key=likeness, reverse=True) if likeness(title) >= 0.5][:3]
    hint = f"；表头里最接近的是：{'、'.join(map(cut, near))}" if near else ""
    hint_en = f"; the nearest headers are: {', '.join(quoted(cut(one)) for one in near)}" if near else ""
    lines = pasted(layout, [(near[0] if near else "…", need.fields[0])])
    findings.add("SSJ-R002", row=row, field=need.zh, missing=need.zh, lines=lines, nearest=hint, nearest_en=hint_en)


def _may_mean(key: str, layout: Layout) -> bool:
    """Whether a header may be another word for a field: it has none of its own, and is no 序号 and no person."""
    return key not in layout.by_key and key not in NOT_NEEDED and not is_personal(key)


def _left_out_notes(
    titles: Sequence[str], keys: Sequence[str], unknown: Sequence[int], layout: Layout, findings: Findings, row: int
) -> None:
    personal = [title for title, key in zip(titles, keys, strict=True) if is_personal(key)]
    if personal:
        findings.add("SSJ-R005", row=row, headers="、".join(map(cut, personal)))
    if unknown:
        from difflib import get_close_matches

        elsewhere = {"sectors"}  # whoever lacks them is told so, with all ways to give them (SSJ-R059)
        told: list[str] = []
        pairs: list[tuple[str, str]] = []
        for place in unknown:
            title = cut(titles[place])
            near = get_close_matches(cut(keys[place]), layout.by_key, 1, 0.7)
            told.append(f"{title}（≈ {near[0]}？）" if near else title)
            pairs += [(titles[place], field) for one in near if (field := layout.by_key[one]) not in elsewhere]
        findings.add("SSJ-R004", row=row, headers="、".join(told), lines=pasted(layout, pairs))
