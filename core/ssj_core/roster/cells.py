"""Single cells: text without invisible characters, yes or no, counts, lists, risk classes."""

import re
import unicodedata
from datetime import date, datetime, time
from typing import Final

from ssj_core.readers.model import Cell
from ssj_core.roster.findings import CellError

EXACT: Final = 2**53
"""From here on a spreadsheet's number has lost digits."""

_CONTROL: Final = "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u200b-\u200d\u2060-\u2064\ufeff"
_TURNING: Final = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
WITHOUT_WIDTH: Final = re.compile(f"[{_CONTROL}]")
INVISIBLE: Final = re.compile(f"[{_CONTROL}{_TURNING}]")
_DIRECTION: Final = re.compile(f"[{_TURNING}]")
_SPACES: Final = re.compile("[\t\n\x0b\x0c\r \x85\xa0\u2028\u2029]+")
_AS_TEXT: Final = re.compile(r'="([^"]*)"')
_NUMBER: Final = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,6})?")
_GROUPED: Final = re.compile(r"-?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]{1,6})?")
_SEPARATORS: Final = re.compile(r"[,，、;；|｜\n\r]+")
_BRACKETS: Final = str.maketrans("[]{}【】〔〕〈〉《》「」", "()()()()()()()")
_NOTHING: Final = frozenset(("-", "--", "—", "——", "/", "\\", "无", "暂无", "空", "N/A", "NA", "NULL", "NONE"))
_YES: Final = frozenset(
    [
        "是",
        "有",
        "√",
        "✓",
        "✔",
        "☑",
        "1",
        "Y",
        "YES",
        "T",
        "TRUE",
        "对",
        "可",
        "可以",
        "能",
        "参加",
        "重点",
        "重点企业",
        "重点监管",
    ]
)
_NO: Final = frozenset(
    [
        "否",
        "无",
        "×",
        "✗",
        "✘",
        "✕",
        "☐",
        "X",
        "0",
        "N",
        "NO",
        "F",
        "FALSE",
        "不",
        "不是",
        "没有",
        "不可",
        "不可以",
        "不能",
        "不参加",
        "非重点",
        "一般",
        "-",
        "—",
        "/",
    ]
)
_RISK_LETTER: Final = re.compile(r"(?<![A-Z])[ABCD](?![A-Z])", re.ASCII)
_RISK_WORDS: Final = (("较高", "C"), ("一般", "B"), ("中高", "C"), ("中低", "B"), ("高", "D"), ("低", "A"))


def text(cell: Cell) -> str:
    """Return a cell as text in NFC: no invisible characters, no line breaks, no space at either end."""
    if not isinstance(cell, str):
        return _plain(cell)
    if not cell.isprintable():  # quick, and true of nearly every cell
        cell = _SPACES.sub(" ", INVISIBLE.sub("", cell))
    cell = cell.strip()
    return cell if cell.isascii() else unicodedata.normalize("NFC", cell)


def given_name(cell: Cell) -> str:
    """Return a name as given: `text`, but with the signs that turn the direction of writing, for they can be seen."""
    if not isinstance(cell, str) or not _DIRECTION.search(cell):
        return text(cell)
    whole = _SPACES.sub(" ", WITHOUT_WIDTH.sub("", cell)).strip()
    return unicodedata.normalize("NFC", whole) if text(cell) else ""


def turning(name: str) -> tuple[str, ...]:
    """The signs of a name that turn the direction of writing, as U+202E; each once."""
    return tuple(dict.fromkeys(f"U+{ord(sign):04X}" for sign in _DIRECTION.findall(name)))


def is_blank(cell: Cell) -> bool:
    """Tell whether a cell holds nothing that can be seen."""
    if isinstance(cell, str):
        return not cell or (not cell[0].isalnum() and not text(cell))
    return cell is None


def _plain(cell: Cell) -> str:
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < EXACT else repr(cell)
    if isinstance(cell, datetime):
        return (cell.date() if cell.time() == time() else cell).isoformat()
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, date):
        return cell.isoformat()
    return "" if cell is None else str(cell)


def folded(cell: Cell) -> str:
    """Return a code, number or date as text: NFKC, upper case, no space, without a spreadsheet's ="…" or '."""
    value = unicodedata.normalize("NFKC", text(cell))
    whole = _AS_TEXT.fullmatch(value)
    return unicodedata.normalize("NFC", "".join((whole[1] if whole else value.removeprefix("'")).split()).upper())


def optional(cell: Cell) -> str:
    """Return text, empty where the office wrote that there is nothing (—, 无)."""
    value = text(cell)
    return "" if value.upper() in _NOTHING else value


def name_key(name: str) -> str:
    """Compare names by this, never by themselves: NFKC, lower case, no spaces, one kind of brackets, no direction."""
    seen = name if name.isprintable() else INVISIBLE.sub("", name)
    return "".join(unicodedata.normalize("NFKC", seen).translate(_BRACKETS).split()).casefold()


def yes_no(cell: Cell) -> bool:
    """Read 是/否 in its many spellings."""
    word = folded(cell)
    if word in _YES or word in _NO:
        return word in _YES
    raise CellError("SSJ-R029")


def count(cell: Cell) -> int:
    """Read a number of times: 2, 2次."""
    word = folded(cell).removesuffix("次")
    if word in _NOTHING:
        return 0
    if word.isascii() and word.isdigit() and len(word) <= 4:
        return int(word)
    raise CellError("SSJ-R032")


def decimal(cell: Cell) -> str:
    """Read a number: 12, 1,200.50; as decimal digits, empty where the office wrote that there is nothing."""
    word = folded(cell)
    if word in _NOTHING:
        return ""
    plain = word.replace(",", "") if _GROUPED.fullmatch(word) else word
    if not _NUMBER.fullmatch(plain):
        raise CellError("SSJ-R061")
    return plain


def several(cell: Cell) -> tuple[str, ...]:
    """Split a list at commas, 、, semicolons, | and line breaks; each value once."""
    parts = _SEPARATORS.split(cell) if isinstance(cell, str) else [_plain(cell)]
    return tuple(dict.fromkeys(value for part in parts if (value := optional(part))))


def risk_class(cell: Cell) -> str:
    """Read A, B, C or D in spellings such as A级, Ａ, 低风险(A), or 低, 一般, 较高, 高 alone."""
    word = folded(cell)
    if word in _NOTHING:
        return ""
    letters = set(_RISK_LETTER.findall(word))
    if letters:
        if len(letters) == 1:
            return str(letters.pop())
        raise CellError("SSJ-R033")
    for part, letter in _RISK_WORDS:
        if word in (part, f"{part}风险", f"风险{part}", f"信用风险{part}", f"{part}风险等级"):
            return letter
    raise CellError("SSJ-R033")
