"""Sets a paper as PDF with typst: the same bytes for the same facts and fonts, and none that would show empty boxes."""

import json
from datetime import date
from importlib.resources import files
from typing import Any, Final

from ssj_core.causes import quoted
from ssj_core.problems import InputError, problem
from ssj_documents.code import svg
from ssj_documents.extras import needing
from ssj_documents.missing import missing_signs, no_font_has

FONTS: Final = (
    "FangSong_GB2312", "仿宋_GB2312", "FangSong", "仿宋", "STFangsong", "FZFangSong-Z02", "SimSun", "宋体", "NSimSun",
    "STSong", "Songti SC", "Noto Serif CJK SC", "Noto Serif SC", "Source Han Serif SC", "Source Han Serif CN",
    "AR PL UMing CN", "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "WenQuanYi Zen Hei",
    "WenQuanYi Micro Hei", "Microsoft YaHei", "SimHei", "PingFang SC", "Heiti SC",
)  # fmt: skip
"""Families with the characters of mainland Chinese, the best for a paper first."""


_STANDARD: Final = "a-2b"
"""PDF/A, for archives; it allows no sign that no font has, which plain PDF shows as an empty box without a word."""


def typeset(paper: str, title: str, facts: dict[str, Any], day: date) -> bytes:
    """The PDF of a paper (`form`, `notice`, `tasks` or `protocol`), dated with the `day` of its draw.

    Raises:
        InputError: typst is not installed, no font is there for Chinese or for one of its signs, or it could not be
            set.
    """
    with needing("pdf"):
        import typst

        found = chinese_fonts()
        if not found:
            raise InputError([problem("SSJ-D020")])
        drawn = {**facts, "各表": [{**form, "二维码": svg(form["二维码"])} for form in facts["各表"]]}
        given = {
            "paper": paper,
            "title": title,
            "day": day.isoformat(),
            "fonts": json.dumps(found, ensure_ascii=False),
            "facts": json.dumps(drawn, ensure_ascii=False),
        }
        layout = (files("ssj_documents") / "layout.typ").read_bytes()
        try:
            made = typst.Compiler(input=layout).compile(
                format="pdf", sys_inputs=given, timestamp=0, pdf_standards=_STANDARD
            )
        except typst.TypstError as error:
            if signs := missing_signs(str(getattr(error, "diagnostic", error))):
                raise InputError([no_font_has(signs, facts, whole=paper == "protocol")]) from None
            raise InputError([problem("SSJ-D021", reason=quoted(str(error).splitlines()[0]))]) from None
    if not isinstance(made, bytes):
        raise InputError([problem("SSJ-D021", reason=type(made).__name__)])
    return made


def chinese_fonts() -> list[str]:
    """Those of `FONTS` that this machine has; typst prints empty boxes without a word where there is none."""
    import typst

    installed = {family.casefold() for family in typst.Fonts().families()}
    return [font for font in FONTS if font.casefold() in installed]
