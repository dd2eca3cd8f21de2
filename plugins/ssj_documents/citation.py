"""Legal bases as a paper prints them: articles in Chinese numerals, and the mark of what nobody has checked yet."""

import re
from collections.abc import Iterable
from typing import Final

from ssj_core.rules.model import LegalBasis

_DIGITS: Final = "零一二三四五六七八九"
_ARTICLE: Final = re.compile(r"[1-9][0-9]{0,3}")
UNCHECKED: Final = "待核"


def numeral(number: int) -> str:
    """1 to 9999 in Chinese numerals, as laws number their articles: 10 is 十, 110 一百一十, 101 一百零一."""
    text, zero = "", False
    for unit, sign in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // unit % 10
        if digit:
            text += ("零" if zero and text else "") + _DIGITS[digit] + sign
            zero = False
        else:
            zero = True
    return text.removeprefix("一") if 10 <= number < 20 else text


def citation(basis: LegalBasis) -> str:
    """One basis in a line: 《建筑法》第十三条; of what was not read in the text itself, that it must be checked."""
    title = basis.title if "《" in basis.title else f"《{basis.title}》"
    number = f"（{basis.document_no}）" if basis.document_no and basis.document_no not in basis.title else ""
    articles = "、".join(f"第{numeral(int(a))}条" if _ARTICLE.fullmatch(a) else a for a in basis.articles)
    checked = "" if basis.status == "verified" else f"〔{UNCHECKED}〕"
    return f"{title}{number}{articles}{checked}"


def citations(bases: Iterable[LegalBasis]) -> str:
    """All bases of one thing."""
    return "；".join(citation(b) for b in bases)
