"""回避的理由: which of the grounds that the law knows the words of a roster mean."""

import re
from collections.abc import Mapping
from typing import Final

from ssj_core.model import GROUNDS
from ssj_core.roster.cells import folded
from ssj_core.roster.columns import Row

_NOTED: Final = re.compile(r"(.+)[(（]([^()（）]+)[)）]")
_WORDS: Final[Mapping[str, tuple[str, ...]]] = {
    "kin": (
        "亲属", "血亲", "姻亲", "配偶", "夫妻", "妻子", "丈夫", "父母", "父亲", "母亲", "子女", "儿子", "女儿",
        "兄弟", "姐妹", "兄妹", "姐弟", "岳父", "岳母", "公婆",
    ),
    "interest": ("利害", "利益", "持股", "股份", "股权", "股东", "入股", "投资", "债权", "债务"),
    "party": ("当事人申请", "对象申请", "企业申请", "单位申请", "相对人申请"),
    "applied": ("申请", "自请", "自行回避", "主动回避"),
    "other": ("其他", "其它", "任职"),
}  # fmt: skip
"""Words by ground; the first ground one of whose words is there is meant: an applicant may say why."""


def ground(words: str) -> str:
    """The ground that is meant; empty where none is recognised."""
    said = folded(words)
    return next((name for name, known in _WORDS.items() if any(one in said for one in known)), "")


def apart(word: str) -> tuple[str, str]:
    """甲公司（近亲属） → 甲公司, 近亲属; the note is empty where there is none."""
    noted = _NOTED.fullmatch(word)
    return (noted[1].strip(), noted[2]) if noted else (word, "")


def recused(row: Row) -> tuple[str, ...]:
    """Who is to be recused, in the words of the row; with the ground of its column 回避理由 behind each without one."""
    words = row.several("recused")
    why = row.text("recused_why")
    if not words or not why:
        return words
    said = ground(why)
    if not said:
        row.tell("SSJ-R082", "recused_why")
    return tuple(word if ground(apart(word)[1]) else f"{word}（{GROUNDS[said or 'other']}）" for word in words)
