"""Sets a paper as PDF with typst: the same bytes for the same facts and fonts, and none without a Chinese font."""

import json
from importlib.resources import files
from typing import Any, Final

from ssj_core.problems import InputError, problem
from ssj_documents.code import svg
from ssj_documents.extras import needing

FONTS: Final = (
    "FangSong_GB2312", "仿宋_GB2312", "FangSong", "仿宋", "STFangsong", "FZFangSong-Z02", "SimSun", "宋体", "NSimSun",
    "STSong", "Songti SC", "Noto Serif CJK SC", "Noto Serif SC", "Source Han Serif SC", "Source Han Serif CN",
    "AR PL UMing CN", "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "WenQuanYi Zen Hei",
    "WenQuanYi Micro Hei", "Microsoft YaHei", "SimHei", "PingFang SC", "Heiti SC",
)  # fmt: skip
"""Families with the characters of mainland Chinese, the best for a paper first."""


def typeset(paper: str, title: str, facts: dict[str, Any]) -> bytes:
    """The PDF of a paper: `form`, `notice`, `tasks` or `protocol`.

    Raises:
        InputError: typst is not installed, there is no Chinese font, or it could not be set.
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
            "fonts": json.dumps(found, ensure_ascii=False),
            "facts": json.dumps(drawn, ensure_ascii=False),
        }
        layout = (files("ssj_documents") / "layout.typ").read_bytes()
        try:
            made = typst.Compiler(input=layout).compile(format="pdf", sys_inputs=given, timestamp=0)
        except typst.TypstError as error:
            raise InputError([problem("SSJ-D021", reason=str(error).splitlines()[0])]) from None
    if not isinstance(made, bytes):
        raise InputError([problem("SSJ-D021", reason=type(made).__name__)])
    return made


def chinese_fonts() -> list[str]:
    """Those of `FONTS` that this machine has; typst prints empty boxes without a word where there is none."""
    import typst

    installed = {family.casefold() for family in typst.Fonts().families()}
    return [font for font in FONTS if font.casefold() in installed]
