"""When most rows lack a number it is the column that is missing: one problem instead of hundreds."""

from typing import Final

from ssj_core.readers.brief import cut
from ssj_core.roster.columns import Columns
from ssj_core.roster.findings import Findings
from ssj_core.roster.layout import Layout
from ssj_core.roster.synonyms import NOT_NEEDED, header_key, is_personal
from ssj_core.text import quoted

_CODE: Final = "SSJ-R013"
_FEW: Final = 5
_TOLD: Final = 10


def gather(findings: Findings, columns: Columns, layout: Layout, total: int, header_row: int) -> None:
    """Replace the problems of more than half the rows by one of the header."""
    rows = [one.row or 0 for one in findings.problems if one.code == _CODE]
    if len(rows) < _FEW or 2 * len(rows) <= total:
        return
    findings.problems = [one for one in findings.problems if one.code != _CODE]
    need = layout.numbers
    there = columns.places.get(need.fields[0])
    title = "" if there is None else cut(columns.titles[there])
    unread = [cut(t) for t in columns.left_out if not is_personal(header_key(t)) and header_key(t) not in NOT_NEEDED]
    findings.add(
        "SSJ-R048",
        row=header_row,
        field=need.zh,
        count=len(rows),
        total=total,
        rows="、".join(map(str, rows[:_TOLD])) + ("……" if len(rows) > _TOLD else ""),
        headers="、".join(cut(columns.title(field)) for field in layout.ids if field in columns.places),
        unread=f"；没有读的列：{'、'.join(unread)}" if unread else "",
        unread_en=f"; columns not read: {', '.join(map(quoted, unread))}" if unread else "",
        likely=f"补填“{title}”（大多空着）" if title else f"多半缺了“{need.zh}”一列，或它的表头没有认出来：补上",
        likely_en=f"fill in “{title}”, mostly empty" if title else f"add the {need.en}, probably the missing column",
        target=need.fields[0],
    )
