"""What ends a list: totals and notes. A row that has a number is none, unless what stands there cannot be one."""

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Final

from ssj_core.roster.cells import folded
from ssj_core.roster.columns import Row
from ssj_core.roster.creditcode import faults

_WORD: Final = r"(?:本页|全县|全部|总)?(?:合计|总计|小计|共计|累计|总数)"
_UNIT: Final = r"(?:家|户|个|人|名|项|条|件|行)(?:企业|单位|项目|对象|人员)?"
_TOTAL: Final = re.compile(rf"{_WORD}(?:[:：(（共\d].*)?|共\d+{_UNIT}[。.]?")
_NOTE: Final = re.compile(
    r"(?:注|备注|说明|填表说明|填报说明)\d*[:.、].*|(?:填表|填报|制表|审核|统计)(?:人|单位|日期|时间)?(?:[:(].*)?"
    r"|(?:负责人|单位负责人|联系人|联系电话|日期)[:].*"
)
_COUNT: Final = re.compile(rf"(?:{_WORD}|共|计)?[:]?\d{{1,6}}{_UNIT}|(?:共|计)\d{{1,6}}")
_DAY: Final = re.compile(r"\d{4}年\d{1,2}月(?:\d{1,2}日)?")
_FIGURE: Final = re.compile(r"\d{1,6}(?:\.0+)?")
_LIKE_A_CODE: Final = re.compile(r"[0-9A-Z]{7}")
_ITEM: Final = re.compile(r"[(（]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[)）.、．](?!\d).+")
_EMPTY: Final = re.compile(r"[(（—-]*以下(?:空白|无正文)[)）—-]*[。.]?")
_LEGEND: Final = re.compile(r"[★☆※▲△]+.*(?:表示|代表|标注|[:：,，。;；]).*")
_SIGNED: Final = re.compile(r".*(?:局|委|委员会|办公室|中心|大队|支队|总队|政府|厅|站)(?:[(（](?:盖章|公章|章)[)）])?")
_CREDIT: Final = ("uscc", "regno")


def ending(row: Row, filled: Sequence[int], codes: Mapping[int, str]) -> str:
    """Say whether a row is a `total` or a `note`, or only looks like one (`unclear`); empty if it is an entry.

    `codes` are the places of numbers and their fields. Nobody hides a firm behind the word 合计: a row that has
    anything in such a column that may be a number stays an error, unless it is an entry with a sound code and a name.
    """
    first = filled[0]
    words = folded(row.at(first))
    if len(filled) == 1 and first not in codes and _alone(words):
        return "note"
    kind = "total" if _TOTAL.fullmatch(words) else "note" if _NOTE.fullmatch(words) else ""
    inside = [place for place in filled[1:] if place in codes]
    if not kind or not inside:
        return kind
    name = next((place for field in ("name", "person") if (place := row.columns.places.get(field)) is not None), None)
    called = folded(row.at(name)) if name is not None and name in filled[1:] else ""
    named = bool(called) and not _says_nothing(called) and not _FIGURE.fullmatch(called)
    if not named and all(_no_code(folded(row.at(place)), codes[place]) for place in inside):
        return kind
    sound = any(codes[place] == "uscc" and not faults(folded(row.at(place))) for place in inside)
    return "" if named and sound else "unclear"


def continues(row: Row, filled: Sequence[int], codes: Collection[int]) -> bool:
    """Tell whether a row may be the next paragraph of a note: one cell, no number, a text such as 2. … or （二）…"""
    return len(filled) == 1 and filled[0] not in codes and _ITEM.fullmatch(folded(row.at(filled[0]))) is not None


def signs(row: Row, filled: Sequence[int], codes: Collection[int]) -> bool:
    """Tell whether a row may be the office that signs a list: one cell, no number, the name of an authority."""
    return len(filled) == 1 and filled[0] not in codes and _SIGNED.fullmatch(folded(row.at(filled[0]))) is not None


def dates(row: Row, filled: Sequence[int]) -> bool:
    """Tell whether a row is nothing but a day, as below the office that signs."""
    return len(filled) == 1 and _DAY.fullmatch(folded(row.at(filled[0]))) is not None


def _alone(words: str) -> bool:
    """Whether this is no name of anybody: 以下空白, what a star means, the day of a list."""
    return any(known.fullmatch(words) for known in (_EMPTY, _LEGEND, _DAY))


def _no_code(word: str, field: str) -> bool:
    """Whether a cell cannot be a number: a count with its unit or a note anywhere, a figure where codes are long."""
    if _says_nothing(word):
        return True
    return field in _CREDIT and (_FIGURE.fullmatch(word) is not None or not _LIKE_A_CODE.search(word))


def _says_nothing(word: str) -> bool:
    return any(known.fullmatch(word) for known in (_COUNT, _TOTAL, _NOTE, _DAY))
