"""统一社会信用代码 (GB 32100-2015) and the 15-digit 注册号 before it: what is wrong with one, and the likely slip."""

import re
from collections.abc import Mapping
from typing import Final

from attrs import field, frozen

from ssj_core.roster.cells import folded

LETTERS: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"
LENGTH: Final = 18

_VALUE: Final = {letter: value for value, letter in enumerate(LETTERS)}
_WEIGHTS: Final = tuple(pow(3, place, 31) for place in range(17))
_HEADS: Final = frozenset("123456789ANY")
_ORGANISATION_WEIGHTS: Final = (3, 7, 9, 10, 5, 8, 4, 2)
_SLIPS: Final = str.maketrans("OISZ", "0152")
_SHAPE: Final = re.compile(r"[1-9ANY][0-9A-Z][0-9]{6}[0-9A-Z]{10}", re.ASCII)


@frozen
class Fault:
    """Something wrong with a code: the problem's code and the parameters of its message."""

    problem: str
    params: Mapping[str, str] = field(factory=dict)


def normalise(code: str) -> str:
    """NFKC, upper case, no spaces and no invisible characters."""
    return folded(code)


def looks_like_credit_code(code: str) -> bool:
    """Tell whether a normalised code has the shape of a credit code, right or wrong."""
    return _SHAPE.fullmatch(code) is not None


def check_character(first: str) -> str:
    """Return the eighteenth character for the first seventeen."""
    total = sum(weight * _VALUE[letter] for weight, letter in zip(_WEIGHTS, first, strict=True))
    return LETTERS[-total % 31]


def faults(code: str) -> tuple[Fault, ...]:
    """Say what is wrong with a normalised 18-character code, the gravest first; empty if it is sound."""
    if len(code) != LENGTH:
        return (Fault("SSJ-R019", {"length": str(len(code))}),)
    strange = [place for place, letter in enumerate(code, 1) if letter not in _VALUE]
    if strange:
        return (Fault("SSJ-R020", {"places": ", ".join(map(str, strange)), **_hint(code)}),)
    if code[0] not in _HEADS:
        return (Fault("SSJ-R021", {"part": "第 1 位（登记部门）", "part_en": "first character (authority)"}),)
    if not code[2:8].isdigit():
        return (Fault("SSJ-R021", {"part": "第 3—8 位（行政区划）", "part_en": "places 3 to 8 (region)"}),)
    if check_character(code[:17]) != code[17]:
        return (Fault("SSJ-R022"),)
    if organisation_character(code[8:16]) != code[16]:
        return (Fault("SSJ-R023"),)
    return ()


def registration_faults(number: str) -> tuple[Fault, ...]:
    """Check a 15-digit 注册号 (ISO 7064 MOD 11,10)."""
    remainder = 10
    for digit in number[:14]:
        remainder = ((remainder + int(digit)) % 10 or 10) * 2 % 11
    return () if (remainder + int(number[14])) % 10 == 1 else (Fault("SSJ-R024"),)


def organisation_character(body: str) -> str:
    """Return the ninth character of an organisation code (GB 11714): letters count from A = 10."""
    total = sum(weight * int(letter, 36) for weight, letter in zip(_ORGANISATION_WEIGHTS, body, strict=True))
    return "0X987654321"[total % 11]


def _hint(code: str) -> dict[str, str]:
    """Name the code with O, I, S, Z read as 0, 1, 5, 2, if that one is sound."""
    other = code.translate(_SLIPS)
    if other == code or any(fault.problem != "SSJ-R023" for fault in faults(other)):
        return {"hint": "", "hint_en": ""}
    return {"hint": f"；是不是 {other}？（校验通过）", "hint_en": f"; did you mean {other}? (its check holds)"}
