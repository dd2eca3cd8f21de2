"""Signs that cannot be seen and are left out on reading: how many cells hold any, in one note for a file."""

from collections.abc import Sequence
from typing import Final

from ssj_core.roster.cells import INVISIBLE, WITHOUT_WIDTH
from ssj_core.roster.columns import Columns, Row
from ssj_core.roster.findings import Findings
from ssj_core.roster.layout import SUBJECTS, Layout

_TOLD: Final = 10
_NAMES: Final = ("name", "person")


def tell_invisible(rows: Sequence[Row], columns: Columns, layout: Layout, findings: Findings) -> None:
    """Tell of the cells that are read; signs that turn a subject's name are kept, and told by its row."""
    names = {columns.places.get(field) for field in _NAMES} if layout is SUBJECTS else set()
    read = [(place, WITHOUT_WIDTH if place in names else INVISIBLE) for place in sorted(columns.used)]
    signs: dict[str, None] = {}
    held: dict[int, int] = {}
    for row in rows:
        cells = row.line.cells
        for place, pattern in read:
            cell = cells[place] if place < len(cells) else None
            if isinstance(cell, str) and not cell.isprintable() and (found := pattern.findall(cell)):
                signs |= dict.fromkeys(f"U+{ord(sign):04X}" for sign in found)
                held[row.number] = held.get(row.number, 0) + 1
    if held:
        told = "、".join(map(str, [*held][:_TOLD])) + ("……" if len(held) > _TOLD else "")
        findings.add("SSJ-R068", count=sum(held.values()), signs="、".join(signs), rows=told)
