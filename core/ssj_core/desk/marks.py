"""What is said of each row of a checked list, and which of its cells are coloured, in any workbook it is written in."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from attrs import frozen

from ssj_core.desk.checked import FAULTY, Checked
from ssj_core.desk.ours import ELSEWHERE, GRADES
from ssj_core.problems import Problem, Severity
from ssj_core.readers.brief import cut
from ssj_core.readers.model import Cell
from ssj_core.roster.cells import text
from ssj_core.roster.privacy import mask
from ssj_core.text import Lang

_ORDER: Final[tuple[Severity, ...]] = ("note", "warning", "error")


@frozen
class Mark:
    """Of one row: the text of its last cell, how grave it is, and the gravest problem of each cell, by place."""

    told: str
    severity: Severity
    grades: Mapping[int, Severity]


def marks(checked: Checked, lang: Lang) -> Mapping[int, Mark]:
    """The marks of all rows that have any, by number."""
    header = checked.roster.header_row
    lines = {line.number: line for line in checked.reading.lines[: len(checked.fates)]}
    titles = _titles(lines[header].cells if header in lines else ())
    found = _by_row(checked.problems)
    marked: dict[int, Mark] = {}
    for number, line in lines.items():
        width = len(line.cells) if checked.marks_place is None else min(len(line.cells), checked.marks_place)
        if several := found.get(number):
            told = "\n".join(_sentence(one, lang) for one in several)
            marked[number] = Mark(told, several[0].severity, _grades(several, titles, width))
        elif checked.fates.get(number) == FAULTY:
            marked[number] = Mark(ELSEWHERE(lang), "error", {})
    return marked


def shows(checked: Checked) -> bool:
    """Whether any cell or row can be marked: what is wrong with the file as a whole has no place in it."""
    header = checked.roster.header_row
    return any(mark.grades or number > header for number, mark in marks(checked, "zh").items())


def _titles(cells: Sequence[Cell]) -> dict[str, int]:
    """Place by header, as problems name them."""
    return {cut(mask(text(cell))): place for place, cell in reversed(list(enumerate(cells)))}


def _by_row(problems: Iterable[Problem]) -> dict[int, list[Problem]]:
    found: dict[int, list[Problem]] = defaultdict(list)
    for one in problems:
        for row in one.rows:
            found[row].append(one)
    for several in found.values():
        several.sort(key=lambda one: (-_ORDER.index(one.severity), one.code))
    return found


def _grades(found: Sequence[Problem], titles: Mapping[str, int], cells: int) -> dict[int, Severity]:
    """Place to the gravest problem there; one that names no column is about the whole row."""
    graded: dict[int, Severity] = {}
    for one in reversed(found):
        whole = range(cells) if not one.field and one.severity != "note" else ()
        places = [titles[one.field]] if one.field in titles else whole
        graded.update(dict.fromkeys(places, one.severity))
    return graded


def _sentence(one: Problem, lang: Lang) -> str:
    field = f"{one.field}：" if one.field else ""
    remedy = one.remedy(lang).replace("\n", "  ")
    return f"【{GRADES[one.severity](lang)}】{field}{one.message(lang)}（{one.code}）→ {remedy}"
