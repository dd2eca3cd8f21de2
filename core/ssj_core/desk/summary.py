"""The sheet 核对情况 of a checked list: counts that add up, every kind of problem, and what each column was read as."""

from collections.abc import Iterator, Sequence
from pathlib import PurePath
from typing import TYPE_CHECKING, Final

from ssj_core.desk.checked import Counts, Looked
from ssj_core.desk.guess import title_of
from ssj_core.problems import Problem
from ssj_core.roster.ours import FILE, GRADES, SUMMARY, WHOLE_LIST, is_head
from ssj_core.roster.rows import SKIPPED
from ssj_core.roster.synonyms import (
    INSPECTION_HEADERS,
    NOT_NEEDED,
    OFFICER_HEADERS,
    SUBJECT_HEADERS,
    header_key,
    is_personal,
)
from ssj_core.spreadsheet import Book, Value, height_of, legal, lines_of, put
from ssj_core.text import Lang, Text

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

_HEADERS: Final = {"subjects": SUBJECT_HEADERS, "officers": OFFICER_HEADERS, "inspections": INSPECTION_HEADERS}
WIDTHS: Final = (22, 12, 10, 24, 64, 64)
IN_ALL: Final = Text("合计", "in all")
_TOLD_ROWS: Final = 12

Row = Sequence[Value]


def add_summary(book: Book, checked: Looked, lang: Lang) -> "Worksheet":
    """Add the sheet to a workbook."""
    sheet = book.add(SUMMARY(lang))
    for place, width in enumerate(WIDTHS):
        sheet.set_column(place, place, width)
    plain = book.format(text_wrap=True)
    forms = {
        "title": book.format(bold=True, font_size=14),
        "head": book.format(bold=True, bg_color="#D9E2F3"),
        "fact": book.format(align="left"),
    }
    dated = book.format(num_format="yyyy-mm-dd")
    for number, (style, row) in enumerate(summary_rows(checked, lang)):
        for place, value in enumerate(row):
            put(sheet, number, place, legal(value) if isinstance(value, str) else value, forms.get(style, plain), dated)
        if style == "plain":
            tallest = (lines_of(v, WIDTHS[n]) for n, v in enumerate(row) if isinstance(v, str))
            sheet.set_row(number, height_of(max(tallest, default=1)))
    return sheet


def counted(counts: Counts) -> tuple[tuple[Text, int], ...]:
    """The counts with their words; they add up to `counts.total`."""
    named = [
        (Text("表头和它上面的行", "header and rows above it"), counts.above),
        (Text("可用", "usable"), counts.usable),
        (Text("有错", "with errors"), counts.faulty),
        (Text("没有核对（表头有错）", "not checked, the header has errors"), counts.unread),
        *((Text(*SKIPPED[why]), count) for why, count in counts.skipped.items()),
    ]
    return tuple((word, count) for word, count in named if count)


def summary_rows(checked: Looked, lang: Lang) -> Iterator[tuple[str, Row]]:
    """The rows of the sheet, each with its style: `title`, `head`, `fact` or `plain`."""
    zh = lang == "zh"
    roster, counts = checked.roster, checked.counts
    yield "title", [SUMMARY(lang)]
    yield "fact", [FILE(lang), PurePath(roster.file).name]
    yield "fact", ["名录" if zh else "roster", title_of(checked.kind)(lang)]
    yield (
        "fact",
        ["读取方式" if zh else "reader", " ".join(filter(None, (roster.reader, roster.encoding, roster.sheet)))],
    )
    yield "fact", ["表头在第几行" if zh else "row of the header", roster.header_row or "—"]
    yield "plain", []
    yield "head", ["行" if zh else "rows", "行数" if zh else "number"]
    for word, count in counted(counts):
        yield "plain", [word(lang), count]
    yield "plain", ["合计（文件的全部行）" if zh else "all rows of the file", counts.total]
    yield "plain", ["可用的行中有提醒的" if zh else "of the usable, with warnings", counts.warned]
    yield (
        "plain",
        ["不在某一行的错误（整份文件或表头）" if zh else "errors of the whole file or its header", counts.whole],
    )
    yield "plain", []
    yield (
        "head",
        (
            ["级别", "代码", "处数", "行", "问题（几行的，第一处）", "怎么办"]
            if zh
            else ["grade", "code", "number", "rows", "problem (of several rows the first)", "remedy"]
        ),
    )
    for found in _kinds(checked.problems, checked.head_row):
        first = found[0]
        numbers = sorted({row for one in found for row in one.rows})
        rows = "、".join(map(str, numbers[:_TOLD_ROWS])) + ("……" if len(numbers) > _TOLD_ROWS else "")
        rows = rows or WHOLE_LIST(lang)
        yield (
            "plain",
            [GRADES[first.severity](lang), first.code, len(found), rows, _said(first, lang), first.remedy(lang)],
        )
    yield "plain", [IN_ALL(lang), None, len(checked.problems)]
    yield "plain", []
    yield "head", ["表头", "读作"] if zh else ["header", "read as"]
    for title, field in roster.columns.items():
        yield "fact", [title, _read_as(checked, field)(lang)]
    for title in _left_out(checked):
        yield "fact", [title, _why(title)(lang)]


def _left_out(looked: Looked) -> list[str]:
    """The headers that were not read, but for that of an earlier check."""
    titles = list(looked.roster.left_out)
    if looked.marks_place is not None and (named := [n for n, title in enumerate(titles) if is_head(title)]):
        del titles[named[-1]]
    return titles


def _read_as(looked: Looked, field: str) -> Text:
    """A field, in Chinese with its usual header; what only a rule asks for has its own name."""
    headers = _HEADERS[looked.kind].get(field, "") if looked.kind else ""
    if not headers:
        return Text(f"{field}（规则要用的列）", f"{field} (asked for by a rule)")
    return Text(f"{headers.split()[0]}（{field}）", field)


def _kinds(problems: Sequence[Problem], head: int) -> list[list[Problem]]:
    """Problems of the list as a whole and its header one by one, then those of rows by code; the gravest first."""
    order = list(GRADES)
    found: dict[tuple[int, int, str], list[Problem]] = {}
    for number, one in enumerate(sorted(problems, key=lambda p: (p.row or 0, p.code))):
        of_list = (one.row or 0) <= head and one.severity != "note"
        place = number if of_list else len(problems)
        found.setdefault((order.index(one.severity), place, one.code), []).append(one)
    return [several for _, several in sorted(found.items())]


def _said(one: Problem, lang: Lang) -> str:
    return f"{one.field}：{one.message(lang)}" if one.field else one.message(lang)


def _why(title: str) -> Text:
    key = header_key(title)
    if is_personal(key):
        return Text("没有读：个人信息", "not read: personal data")
    return Text("没有读", "not read") if key in NOT_NEEDED else Text("没有读：不认识", "not read: not known")
