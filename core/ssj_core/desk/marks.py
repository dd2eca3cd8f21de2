"""What is said of each row of a checked list, and of the list as a whole, and by which words its cells are coloured."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from attrs import define, field, frozen

from ssj_core.desk.checked import FAULTY, Looked
from ssj_core.problems import Problem, Severity
from ssj_core.readers.brief import cut
from ssj_core.readers.model import Cell, column_name
from ssj_core.roster.cells import text
from ssj_core.roster.ours import ELSEWHERE, WHOLE_LIST, WHOLE_ROW, sentence
from ssj_core.roster.privacy import mask
from ssj_core.spreadsheet import LONGEST, height_of, lines_of
from ssj_core.text import Lang, Text

ORDER: Final[tuple[Severity, ...]] = ("note", "warning", "error")
MARKS_WIDTH: Final = 70
_HEAD_LINES: Final = 8
_NO_HEADER: Final = "SSJ-R040"
"""It tells of a column without a header: that cell is what is wrong."""


@frozen
class Mark:
    """Of one row: the sentences of its last cell, how grave it is, and the places of the cells that are coloured."""

    sentences: tuple[str, ...]
    severity: Severity
    places: frozenset[int]


Tints = Mapping[int, Mapping[Severity, frozenset[str]]]
"""By place: the labels of sentences of each gravity that colour a cell of that column."""


@frozen
class Marks:
    """The marks by number of row; `head` is that in which the column 问题 begins, with what is wrong with the list."""

    head: int
    by_row: Mapping[int, Mark]
    tints: Tints


def marks(looked: Looked, lang: Lang, at: int | None) -> Marks:
    """The marks of all rows that have any; `at` is the place of the column of an earlier check."""
    return _Making(looked, lang, at).made()


@define
class _Making:
    looked: Looked
    lang: Lang
    at: int | None
    tints: dict[int, dict[Severity, set[str]]] = field(factory=lambda: defaultdict(lambda: defaultdict(set)))

    def made(self) -> Marks:
        looked, head = self.looked, self.looked.head_row
        lines = {line.number: line for line in looked.reading.lines[: len(looked.fates)]}
        titles = self._titles(lines[head].cells if head in lines else ())
        of_list, by_row = self._sorted(head, lines)
        found = {number: self._row(several, titles, lines[number].cells) for number, several in by_row.items()}
        for number, fate in looked.fates.items():
            if fate == FAULTY and number not in found:
                found[number] = Mark((ELSEWHERE(self.lang),), "error", frozenset())
        if of_list:
            found[head] = self._list(of_list, titles)
        tints = {
            place: {grade: frozenset(labels) for grade, labels in graded.items()}
            for place, graded in self.tints.items()
        }
        return Marks(head, dict(sorted(found.items())), tints)

    def _titles(self, cells: Sequence[Cell]) -> dict[str, int]:
        """Place by header, as problems name them."""
        named = reversed(list(enumerate(cells)))
        return {cut(mask(text(cell))): place for place, cell in named if place != self.at}

    def _sorted(self, head: int, lines: Iterable[int]) -> tuple[list[Problem], Mapping[int, list[Problem]]]:
        """Problems of the list as a whole but for notes, and those of rows, the gravest first."""
        of_list: list[Problem] = []
        by_row: dict[int, list[Problem]] = defaultdict(list)
        for one in self.looked.problems:
            rows = [row for row in one.rows if row in lines and row != head]
            for row in rows:
                by_row[row].append(one)
            if not rows and one.severity != "note":
                of_list.append(one)
        for several in (of_list, *by_row.values()):
            several.sort(key=lambda one: (-ORDER.index(one.severity), one.code))
        return of_list, by_row

    def _row(self, several: Sequence[Problem], titles: Mapping[str, int], cells: Sequence[Cell]) -> Mark:
        places: set[int] = set()
        told = []
        for one in several:
            label = one.field
            if not label and one.severity != "note":
                label = WHOLE_ROW(self.lang)
                places |= self._tint((place for place in range(len(cells)) if place != self.at), one, label)
            elif label in titles:
                places |= self._tint((titles[label],), one, label)
            told.append(sentence(one, label, self.lang))
        return Mark(tuple(told), several[0].severity, frozenset(places))

    def _list(self, several: Sequence[Problem], titles: Mapping[str, int]) -> Mark:
        places: set[int] = set()
        told = []
        for one in several:
            label = one.field or WHOLE_LIST(self.lang)
            if one.code == _NO_HEADER:
                place = int(one.params["column"]) - 1
                label = Text(f"{column_name(place)} 列", f"column {column_name(place)}")(self.lang)
                places |= self._tint((place,), one, label)
            elif label in titles:
                places |= self._tint((titles[label],), one, label)
            told.append(sentence(one, label, self.lang))
        return Mark(tuple(told), several[0].severity, frozenset(places))

    def _tint(self, places: Iterable[int], one: Problem, label: str) -> set[int]:
        found = set(places)
        for place in found:
            self.tints[place][one.severity].add(label)
        return found


def told_in(mark: Mark | None, kept: Sequence[str], title: str, lang: Lang) -> str:
    """The text of a cell of the column 问题: its title in the head, sentences as they fit, and all that is hers."""
    lines = [title] if title else []
    room = LONGEST - sum(len(one) + 1 for one in (title, ELSEWHERE(lang), *kept))
    for one in mark.sentences if mark else ():
        room -= len(one) + 1
        if room < 0:
            lines.append(ELSEWHERE(lang))
            break
        lines.append(one)
    return "\n".join([*lines, *kept])


def mark_height(told: str, *, head: bool) -> int:
    """The height of a row for its cell of that column: a head that stays in sight leaves room for the rows below it."""
    lines = lines_of(told, MARKS_WIDTH)
    return height_of(min(lines, _HEAD_LINES) if head else lines)
