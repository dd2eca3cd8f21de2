"""The words of a checked list, and by them whether a column 问题 is one of ours or the office's own."""

from collections.abc import Iterable, Mapping
from typing import Final

from ssj_core.problems import Severity
from ssj_core.readers.model import Cell
from ssj_core.roster.cells import is_blank, text
from ssj_core.roster.synonyms import MARKS, header_key
from ssj_core.text import Text

GRADES: Final[Mapping[Severity, Text]] = {
    "error": Text("错误", "error"),
    "warning": Text("注意", "warning"),
    "note": Text("说明", "note"),
}
SUMMARY: Final = Text("核对情况", "Summary")
ELSEWHERE: Final = Text(f"见“{SUMMARY.zh}”表里写的问题", f"see the sheet {SUMMARY.en}")

_BEGINNINGS: Final = (
    *(f"【{word}】" for grade in GRADES.values() for word in (grade.zh, grade.en)),
    ELSEWHERE.zh,
    ELSEWHERE.en,
)


def ours(cells: Iterable[Cell]) -> bool:
    """Tell whether all that is filled in below a header 问题 was written by an earlier check; so is nothing at all."""
    return all(is_blank(cell) or _ours(text(cell)) for cell in cells)


def _ours(told: str) -> bool:
    return told.startswith(_BEGINNINGS) or header_key(told) == MARKS  # the header comes again on every page
