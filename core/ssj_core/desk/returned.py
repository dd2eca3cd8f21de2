"""How a faulty list goes back to the office: marked in its own workbook where that can be, else made anew, and why."""

import io
import re
import zipfile
from collections import Counter
from collections.abc import Sequence
from typing import Final

from attrs import frozen

from ssj_core.desk.checked import Looked
from ssj_core.desk.inplace import InPlace, in_place
from ssj_core.desk.marked import copied, marked
from ssj_core.problems import Problem, errors, problem
from ssj_core.readers.content import XLSX, sniff
from ssj_core.readers.model import Cell, Line, ReadOptions
from ssj_core.readers.workbook import read
from ssj_core.text import Lang, Text

LARGEST_MB: Final = 16
"""Sheets that unpack to more are written anew: to keep a workbook takes two thirds of a second for each MB."""

_OF_SHEETS: Final = frozenset({"SSJ-F010", "SSJ-F011", "SSJ-F021", "SSJ-F028"})
"""What is wrong with the sheets of a workbook that was opened: no such sheet, which one, all hidden, empty."""
_KINDS: Final = (
    ("xl/vbaproject.bin", Text("宏", "macros")),
    ("xl/charts/chart", Text("图表", "charts")),
    ("xl/media/", Text("图片", "pictures")),
    ("xl/pivottables/", Text("数据透视表", "pivot tables")),
    ("xl/slicers/", Text("切片器", "slicers")),
    ("xl/ctrlprops/", Text("控件", "controls")),
    ("xl/activex/", Text("控件", "controls")),
    ("xl/threadedcomments/", Text("批注的回复", "threads of comments")),
    ("xl/embeddings/", Text("嵌入的文件", "embedded files")),
)
_DRAWN: Final = re.compile(rb"<(?:[\w.-]+:)?(?:sp|cxnSp|grpSp)[\s>]")
_SHAPES: Final = Text("文本框和图形", "text boxes and shapes")
_EXTENDED: Final = re.compile(rb"<(?:[\w.-]+:)?(?:sparklineGroup|x14:cfRule|x14:dataValidation)[\s>]")
_EXTENSIONS: Final = Text("迷你图、新式的条件格式和下拉列表", "sparklines, newer conditional formats and drop-downs")
_TOLD: Final = 10


@frozen
class Returned:
    """The workbook, and what is to be said of it; `own` where it is the office's own, `same` where nothing changed.

    `column`: it has a column 问题; else no sheet could be read, and all stands in the summary.
    """

    data: bytes
    own: bool
    notes: tuple[Problem, ...]
    same: bool = False
    column: bool = True


def returned(looked: Looked, lang: Lang) -> Returned | None:
    """Return the marked workbook; None where there is nothing to correct, or nothing to mark it in.

    Whatever is an error or a warning, of a cell, a row, the header or the list as a whole, is marked; only a file
    that could not be opened as a table has no rows and no sheet for it.

    Raises:
        InputError: as `marked`.
    """
    if all(one.severity == "note" for one in looked.problems):
        return None
    if not looked.head_row:
        return _without_rows(looked, lang)
    return _marked(looked, lang)


def _without_rows(looked: Looked, lang: Lang) -> Returned | None:
    """Of a workbook whose sheets can be seen, though none of them read: itself, and a summary that says why."""
    if not all(one.code in _OF_SHEETS for one in errors(looked.problems)):
        return None
    content = sniff(looked.data)
    if looked.pages:
        told = problem("SSJ-N014", file=looked.roster.file, found=content.name.zh, found_en=content.name.en)
        return Returned(copied(looked, lang), False, (told,), column=False)
    if content is not XLSX or _unpacked(looked.data) > LARGEST_MB << 20:
        return None
    try:
        made = in_place(looked, lang)
    except Exception:  # the library is not there, or does not understand the workbook: the screen has said it all
        return None
    return Returned(made.data, True, tuple(_notes(looked, made)), made.same, column=False)


def _marked(looked: Looked, lang: Lang) -> Returned:
    file, content = looked.roster.file, sniff(looked.data)
    if content is not XLSX:
        told = problem("SSJ-N008", file=file, found=content.name.zh, found_en=content.name.en)
        return Returned(marked(looked, lang), False, (told,))
    size = _unpacked(looked.data)
    if size > LARGEST_MB << 20:
        told = problem("SSJ-N009", file=file, size=size >> 20, limit=LARGEST_MB)
        return Returned(marked(looked, lang), False, (told,))
    try:
        made = in_place(looked, lang)
    except ImportError:
        told = problem("SSJ-N010", file=file, reason="openpyxl")
    except Exception as error:  # the library has many ways of not understanding a workbook
        told = problem("SSJ-N010", file=file, reason=type(error).__name__)
    else:
        if _same_rows(looked, made):
            return Returned(made.data, True, tuple(_notes(looked, made)), made.same)
        told = problem("SSJ-N010", file=file, reason="≠")
    return Returned(marked(looked, lang), False, (told,))


def _same_rows(looked: Looked, made: InPlace) -> bool:
    """Whether it reads as the list does: of what the library has not understood it may have kept something else."""
    before = looked.reading
    after = read(made.data, ReadOptions(file=looked.roster.file, sheet=before.sheet))
    found, known = _filled(after.lines, made.place), _filled(before.lines, made.place)
    return found == known


def _filled(lines: Sequence[Line], marks: int | None) -> dict[tuple[int, int], Cell]:
    """The cells that hold anything, by row and place, but for the column of marks."""
    return {
        (line.number, place): cell
        for line in lines
        for place, cell in enumerate(line.cells)
        if cell is not None and cell != "" and place != marks
    }


def _notes(looked: Looked, made: InPlace) -> list[Problem]:
    file, found = looked.roster.file, []
    lost = [word for word, count in _parts(looked.data).items() if _parts(made.data)[word] < count]
    if lost:
        zh, en = "、".join(word.zh for word in lost), ", ".join(word.en for word in lost)
        found.append(problem("SSJ-N007", file=file, value=zh, lost_en=en))
    if made.rows:
        rows = "、".join(map(str, made.rows[:_TOLD])) + ("……" if len(made.rows) > _TOLD else "")
        found.append(problem("SSJ-N011", file=file, value=f"第 {rows} 行", shown_en=f"rows {rows}"))
    if made.columns:
        columns = "、".join(made.columns[:_TOLD])
        found.append(problem("SSJ-N011", file=file, value=f"{columns} 列", shown_en=f"columns {columns}"))
    if made.formulas:
        found.append(problem("SSJ-N012", file=file, value=made.formulas))
    return found


def _unpacked(data: bytes) -> int:
    """What the sheets and their texts take unpacked."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {info.filename.lower(): info.file_size for info in archive.infolist()}
    return sum(size for name, size in parts.items() if name.startswith(("xl/worksheets/", "xl/sharedstrings")))


def _parts(data: bytes) -> Counter[Text]:
    """How much a workbook has of what a library may leave behind."""
    found: Counter[Text] = Counter()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for info in archive.infolist():
            name = info.filename.lower()
            found.update(word for part, word in _KINDS if name.startswith(part) and not name.endswith(".rels"))
            if name.startswith("xl/drawings/") and name.endswith(".xml"):
                found[_SHAPES] += len(_DRAWN.findall(archive.read(info)))
            if name.startswith("xl/worksheets/") and name.endswith(".xml"):
                found[_EXTENSIONS] += len(_EXTENDED.findall(archive.read(info)))
    return found
