"""How a citation is written: 《建筑法》第十三条、第二十六条（2019-04-23 版）, and whether somebody read it there."""

import re
from typing import Final

from ssj_core.rules.model import LegalBasis, Mark
from ssj_core.text import Text

_DOCUMENT: Final = re.compile(r"(法|条例|规定|办法|细则|标准|规范|规则|决定|解释|方案|通知|意见)$")
_NO_DOCUMENT: Final = re.compile("做法$|[0-9]{4}年")
"""A practice, or what a place did in some year, has no title to be put into brackets."""
_ARTICLE: Final = re.compile(r"([1-9][0-9]{0,3})(.*)", re.DOTALL)
_DIGITS: Final = "零一二三四五六七八九"
_UNITS: Final = ("", "十", "百", "千")

STATUS: Final = {"verified": Text("已核", "verified"), "needs-check": Text("待核", "needs check")}
"""Whether a citation may be printed as it is, or must be checked first."""
OWN: Final = Text("自定", "own choice")
"""What stands for both where a rule rests on nobody's text: nothing was read, and there is nothing to check."""

MARKS: Final[dict[Mark, Text]] = {
    "V-law": Text("已对照法律文本", "read in the law"),
    "V-src": Text("见于公开材料，未对照原文", "seen in a public list"),
    "V-code": Text("见于其他系统，未对照原文", "seen in another system"),
    "weak": Text("仅见一次，来源不可靠", "seen once, poor source"),
    "GK": Text("未经核对", "from memory"),
    "seed": Text("见于本单位文件", "in the bureau's document"),
    "choice": Text("本规则的约定", "decided in the rule"),
}
"""What the marks of citations mean."""


def cite(basis: LegalBasis) -> Text:
    """One citation as official papers write it, in Chinese with the numbers of articles in Chinese numerals."""
    title = basis.title
    if basis.mark != "choice" and "《" not in title and _DOCUMENT.search(title) and not _NO_DOCUMENT.search(title):
        title = f"《{title}》"
    number = f"（{basis.document_no}）" if basis.document_no and basis.document_no not in title else ""
    version = f"（{basis.version} 版）" if basis.version else ""
    articles = "、".join(article(a) for a in basis.articles)
    en = f"{title}{number}" + (f" art. {', '.join(basis.articles)}" if basis.articles else "")
    return Text(f"{title}{number}{articles}{version}", en + (f" ({basis.version})" if basis.version else ""))


def status(basis: LegalBasis) -> Text:
    """`已核` or `待核`, or `自定` for what the rule decides itself."""
    return OWN if basis.mark == "choice" else STATUS[basis.status]


def article(text: str) -> str:
    """`13` becomes 第十三条, `45第三款` 第四十五条第三款; what is no number of an article stays as it is."""
    match = _ARTICLE.fullmatch(text)
    return f"第{numeral(int(match[1]))}条{match[2]}" if match else text


def numeral(number: int) -> str:
    """A number from 1 to 9999 as Chinese writes it: 10 十, 12 十二, 105 一百零五, 110 一百一十."""
    written, zero = "", False
    digits = [int(d) for d in str(number)]
    for place, digit in zip(reversed(range(len(digits))), digits, strict=True):
        if not digit:
            zero = True
            continue
        written += ("零" if zero else "") + _DIGITS[digit] + _UNITS[place]
        zero = False
    return written.removeprefix("一") if written.startswith("一十") else written
