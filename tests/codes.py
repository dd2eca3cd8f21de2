"""Write `cli/CODES.md`, the list of all codes, from the catalogue: `python -m tests.codes`."""

import re
from pathlib import Path
from typing import Final

from ssj_core.problems import CATALOGUE, Entry

TARGET: Final = Path(__file__).parents[1] / "cli" / "CODES.md"
FAMILIES: Final = {
    "F": ("文件", "files"),
    "P": ("计划与 TOML 文件", "plans and TOML files"),
    "R": ("名录", "rosters"),
    "S": ("规则集与规则", "rulesets and rules"),
    "G": ("插件", "plugins"),
    "E": ("熵源", "entropy"),
    "M": ("检查组匹配", "matching"),
    "L": ("台账与工作文件夹", "ledger and working folder"),
    "C": ("替换", "replacements"),
    "K": ("钥匙与签名", "keys and signatures"),
    "T": ("时间戳", "time stamps"),
    "D": ("文书", "papers"),
    "V": ("核验", "verification"),
    "A": ("案例与重放", "cases and replays"),
    "X": ("说明与证明", "explanations and proofs"),
    "N": ("核对、整理、比较名录", "rosters checked, cleaned and compared"),
    "O": ("写出的文件", "files written"),
    "H": ("放假调休", "holidays"),
}
_SEVERITY: Final = {"error": "错误 error", "warning": "注意 warning", "note": "说明 note"}
_HEAD: Final = """\
# 代码一览 · Codes

程序给出的每一处问题都有一个固定的代码；代码的含义不会改变，不再使用的代码不会另作他用。花括号里的词由程序换成实际的内容。
核验（`ssj-core verify`）里，**错误**是“不成立”，**注意**是“无法判断”（不等于作弊），**说明**不是问题。

Every problem has a stable code: its meaning does not change, and a code given up is not used again. Words in braces
stand for what was found. In a verification an **error** is a "no", a **warning** a "could not tell", which is no sign
of fraud, and a **note** is no problem.

This file is written from the catalogue by `python -m tests.codes`; a test says when it is out of date.
"""


def page() -> str:
    """The whole list, by family and number."""
    parts = [_HEAD]
    for letter, (zh, en) in FAMILIES.items():
        rows = [_row(code, CATALOGUE[code]) for code in sorted(CATALOGUE) if code.startswith(f"SSJ-{letter}")]
        head = "| 代码 code | | 问题 problem | 怎么办 remedy |\n|---|---|---|---|\n"
        parts.append(f"## SSJ-{letter}… {zh} · {en}\n\n{head}{''.join(rows)}")
    return "\n".join(parts)


def _row(code: str, entry: Entry) -> str:
    cells = (f"{_shown(entry.zh)}<br>{_shown(entry.en)}", f"{_shown(entry.zh_remedy)}<br>{_shown(entry.en_remedy)}")
    return f"| {code} | {_SEVERITY[entry.severity]} | {' | '.join(cells)} |\n"


def _shown(template: str) -> str:
    """As Markdown: braces doubled for `str.format` single again, signs of a table or of emphasis escaped."""
    return re.sub(r"([|*<>\[\]`])", r"\\\1", template.replace("{{", "{").replace("}}", "}"))


if __name__ == "__main__":
    TARGET.write_text(page(), encoding="utf-8", newline="")
