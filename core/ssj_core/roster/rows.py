"""Which rows below the header are entries: totals, notes, repeated headers and blank rows are not."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from ssj_core.readers.model import Line
from ssj_core.roster.cells import EXACT, folded
from ssj_core.roster.columns import Columns, Row
from ssj_core.roster.findings import Findings
from ssj_core.roster.layout import Layout
from ssj_core.roster.synonyms import NOT_NEEDED, header_key

_TOTAL: Final = re.compile(r"(?:合计|总计|小计|共计|累计|总数)(?:[:：(（共\d].*)?")
_NOTE: Final = re.compile(
    r"(?:注|备注|说明|填表说明|填报说明)\d*[:.、].*|(?:填表|填报|制表|审核|统计)(?:人|单位|日期|时间)?(?:[:(].*)?"
    r"|(?:负责人|单位负责人|联系人|联系电话|日期)[:].*"
)
_SCIENTIFIC: Final = re.compile(r"\d(?:\.\d+)?E\+?\d{2}", re.ASCII)
_KEPT_DIGITS: Final = 10**15  # a spreadsheet keeps fifteen digits of what is typed
_SKIPPED: Final = {
    "blank": ("空行", "blank"),
    "total": ("合计行", "totals"),
    "note": ("说明行", "notes"),
    "header": ("重复的表头", "repeated headers"),
}


def entries(lines: Sequence[Line], columns: Columns, layout: Layout, findings: Findings) -> Iterator[Row]:
    """Give the rows that are entries; tell which were skipped, which have more cells than headers, lost digits."""
    skipped = Counter[str]()
    nameless = Counter[int]()
    figures = Counter[str]()
    width = len(columns.titles)
    serial = {place for place, title in enumerate(columns.titles) if header_key(title) in NOT_NEEDED}
    for line in _without_end(lines):
        row = Row(line, columns, findings)
        filled = [place for place in range(len(line.cells)) if row.at(place) is not None]
        why = _skip(row, filled, serial, layout)
        if why:
            skipped[why] += 1
            continue
        beyond = [place for place in filled if place >= width]
        if beyond:
            findings.add("SSJ-R012", row=line.number, count=len(beyond))
            continue
        nameless.update(place for place in filled if not columns.titles[place])
        if _keeps_digits(row, layout, figures):
            yield row
    for place, count in sorted(nameless.items()):
        findings.add("SSJ-R040", column=place + 1, count=count)
    for field, count in figures.items():
        findings.add("SSJ-R039", field=columns.title(field), count=count)
    if skipped:
        told = {kind: count for kind in _SKIPPED if (count := skipped[kind])}
        zh = "、".join(f"{_SKIPPED[kind][0]} {count} 行" for kind, count in told.items())
        en = ", ".join(f"{count} {_SKIPPED[kind][1]}" for kind, count in told.items())
        findings.add("SSJ-R011", skipped=zh, skipped_en=en)


def _without_end(lines: Sequence[Line]) -> Sequence[Line]:
    """Drop blank rows at the very end: every file has some, they are not worth a note."""
    last = len(lines)
    while last and not any(str(cell).strip() for cell in lines[last - 1].cells if cell is not None):
        last -= 1
    return lines[:last]


def _skip(row: Row, filled: Sequence[int], serial: set[int], layout: Layout) -> str:
    if all(place in serial for place in filled) and not _words(row, filled):
        return "blank"
    first = filled[0]
    others = [field for field in layout.ids if (place := row.columns.places.get(field)) is not None and place != first]
    if all(row.cell(field) is None for field in others):
        words = folded(row.at(first))
        if _TOTAL.fullmatch(words):
            return "total"
        if _NOTE.fullmatch(words):
            return "note"
    title = row.columns.titles[first] if first < len(row.columns.titles) else ""
    if title and row.at(first) == title:
        keys = [header_key(one) for one in row.columns.titles]
        if all(place < len(keys) and header_key(folded(row.at(place))) == keys[place] for place in filled):
            return "header"
    return ""


def _words(row: Row, filled: Sequence[int]) -> bool:
    """Tell whether a column such as 序号 holds more than a number: the note at the end often begins there."""
    return any(not folded(row.at(place)).replace(".", "").isdigit() for place in filled)


def _keeps_digits(row: Row, layout: Layout, figures: Counter[str]) -> bool:
    """Refuse figures whose last digits are gone; count codes that are figures but still whole."""
    whole = True
    for field in row.columns.places:
        cell = row.cell(field)
        is_code = field in layout.ids
        if isinstance(cell, str):
            lost = is_code and _SCIENTIFIC.fullmatch(folded(cell)) is not None
        elif isinstance(cell, bool) or not isinstance(cell, int | float):
            continue
        else:
            lost = not abs(cell) < (_KEPT_DIGITS if is_code else EXACT)
            figures[field] += is_code and not lost
        if lost:
            row.tell("SSJ-R018", field)
            whole = False
    return whole
