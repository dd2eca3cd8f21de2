"""What a check wrote into a list: the head of its column, its sentences, its sheet; all else is the office's."""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from string import Formatter
from typing import Final

from attrs import evolve

from ssj_core.problems import CATALOGUE, Entry, Problem, Severity
from ssj_core.readers.model import Cell, Line
from ssj_core.roster.cells import is_blank, text
from ssj_core.roster.synonyms import MARKS, header_key
from ssj_core.text import Lang, Text

GRADES: Final[Mapping[Severity, Text]] = {
    "error": Text("错误", "error"),
    "warning": Text("注意", "warning"),
    "note": Text("说明", "note"),
}
SUMMARY: Final = Text("核对情况", "Summary")
FILE: Final = Text("文件", "file")
ELSEWHERE: Final = Text(f"见“{SUMMARY.zh}”表里写的问题", f"see the sheet {SUMMARY.en}")
WHOLE_ROW: Final = Text("整行", "whole row")
WHOLE_LIST: Final = Text("整份名录", "whole list")
_WRITTEN: Final = Text(f"（写法见“{SUMMARY.zh}”）", f" (the lines are in the sheet {SUMMARY.en})")
_KEPT: Final = Text("原写：", "kept: ")
_END: Final = "。"
"""Ends a sentence in either language: what stands behind it is not ours."""
_BEGIN: Final = tuple(f"【{word}】" for grade in GRADES.values() for word in (grade.zh, grade.en))
_GRADE: Final = "|".join(word for grade in GRADES.values() for word in (grade.zh, grade.en))
_SENTENCE: Final = re.compile(
    rf"【(?:{_GRADE})】(?P<said>.+?)（(?P<code>SSJ-[A-Z]\d{{3}})）→ (?P<remedy>.+){_END}", re.DOTALL
)
_LABEL: Final = f"(?:(?:[^：【】]|【(?!{_GRADE})[^：【】]*】)*：+)?"
"""The header that a sentence is about, which may have words in brackets, too."""


def sentence(one: Problem, label: str, lang: Lang) -> str:
    """What is said of a problem in one line of a cell; lines for the plan are left to the summary."""
    said = " ".join(one.message(lang).split("\n"))
    remedy, lines, _ = one.remedy(lang).partition("\n")
    remedy = remedy.rstrip("：: ") + _WRITTEN(lang) if lines else remedy.rstrip("。.")
    return f"{begin(one.severity, label, lang)}{said}（{one.code}）→ {remedy}{_END}"


def begin(grade: Severity, label: str, lang: Lang) -> str:
    """How a sentence begins, by which the cells that it is about are found again."""
    return f"【{GRADES[grade](lang)}】{label}：" if label else f"【{GRADES[grade](lang)}】"


def is_head(cell: Cell) -> bool:
    """Whether a cell is the head of a column 问题; what is wrong with the header may stand in it, on further lines."""
    return isinstance(cell, str) and header_key(text(cell.partition("\n")[0])) == MARKS


def plain_head(line: Line) -> Line:
    """A row without what an earlier check wrote into the head of its column."""
    if not any(type(cell) is str and "\n" in cell and is_head(cell) for cell in line.cells):
        return line
    return evolve(line, cells=tuple(MARKS if is_head(cell) else cell for cell in line.cells))


def title_in(told: str) -> str:
    """The title of that column as its head has it: 问题, or what somebody made of it; empty in any other cell."""
    return told.partition("\n")[0] if is_head(told) else ""


def hers(told: str, lang: Lang) -> list[str]:
    """The lines of a cell in that column that no check wrote, or that somebody changed since: none of them is lost."""
    lines = [line for line in _lines(told) if line.strip() not in ("", MARKS) and not _ours(line)]
    return [_KEPT(lang) + line if line.startswith(_BEGIN) else line for line in lines]


def column_of(heads: Sequence[Line], lines: Sequence[Line]) -> int | None:
    """The place of the column with the marks of an earlier check: the last headed 问题 that has one, or nothing else.

    `heads` are the rows that its head may stand in, `lines` all rows.
    """
    places = {place for line in heads for place, cell in enumerate(line.cells) if is_head(cell)}
    return next((place for place in sorted(places, reverse=True) if _marked(lines, place)), None)


def is_summary(lines: Sequence[Line]) -> bool:
    """Whether a sheet is the summary of a check, by its first rows."""
    begins = [text(line.cells[0]) if line.cells else "" for line in lines[:2]]
    return begins in ([SUMMARY.zh, FILE.zh], [SUMMARY.en, FILE.en])


def _marked(lines: Sequence[Line], place: int) -> bool:
    cells = (line.cells[place] for line in lines if place < len(line.cells))
    filled = [cell for cell in cells if not is_blank(cell)]
    return all(map(_is_bare_head, filled)) or any(
        one.startswith(_BEGIN) or _ours(one) for cell in filled if isinstance(cell, str) for one in _lines(cell)
    )


def _lines(told: str) -> list[str]:
    """The lines of a cell, whichever program saved it."""
    return told.replace("\r\n", "\n").split("\n")


def _is_bare_head(cell: Cell) -> bool:
    return is_head(cell) and "\n" not in str(cell).strip()


def _ours(line: str) -> bool:
    """Whether a check wrote the line as it is: one of its sentences from beginning to end, and nothing behind it."""
    if line in (ELSEWHERE.zh, ELSEWHERE.en):
        return True
    found = _SENTENCE.fullmatch(line)
    if found is None or found["code"] not in CATALOGUE:
        return False
    return any(
        said.fullmatch(found["said"]) and remedy.fullmatch(found["remedy"]) for said, remedy in _patterns(found["code"])
    )


@cache
def _patterns(code: str) -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    """Message and remedy of a code in each language, with anything where a value is filled in."""
    entry: Entry = CATALOGUE[code]
    pairs = ((entry.zh, entry.zh_remedy, _WRITTEN.zh), (entry.en, entry.en_remedy, _WRITTEN.en))
    return tuple(
        (re.compile(_LABEL + _pattern(said, ".*"), re.DOTALL), re.compile(f"{_remedy(remedy)}(?:{re.escape(lines)})?"))
        for said, remedy, lines in pairs
    )


def _remedy(template: str) -> str:
    """A remedy as a sentence has it: up to the lines for the plan, without the signs that led to them."""
    return _pattern(template.partition("\n")[0].rstrip("。."), "[^。]*")


def _pattern(template: str, filled_in: str) -> str:
    parts = Formatter().parse(template)
    return "".join(_loose(fixed) + ("" if name is None else filled_in) for fixed, name, _, _ in parts)


def _loose(fixed: str) -> str:
    """The words as they are, but for a colon that may have been left out where lines for the plan came after it."""
    return re.sub("[：:] ?$", lambda found: f"(?:{re.escape(found[0])})?", re.escape(fixed).replace("\\ ", " "))
