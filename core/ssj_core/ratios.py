"""Exact ratios and numbers: how they are written, and how ratios round. Never a float."""

import math
import re
from fractions import Fraction
from typing import Final

from ssj_core.rules.model import Rounding

_PERCENT: Final = re.compile(r"(0|[1-9][0-9]{0,3})(?:\.([0-9]{1,6}))?%")
_FRACTION: Final = re.compile(r"(0|[1-9][0-9]{0,8})/([1-9][0-9]{0,8})")

PATTERN: Final = r"^((0|[1-9][0-9]?)(\.[0-9]{1,6})?%|100(\.0{1,6})?%|(0|[1-9][0-9]{0,8})/[1-9][0-9]{0,8})$"
"""What a schema can say of a ratio: how it is written, and that a percentage ends at 100."""


def parse_ratio(text: str) -> Fraction:
    """Read `3%`, `2.5%` or `1/40`, from 0 to 100 %.

    Raises:
        ValueError: not written like that, or above 100 %.
    """
    if match := _PERCENT.fullmatch(text):
        decimals = match[2] or ""
        value = Fraction(int(match[1] + decimals), 100 * 10 ** len(decimals))
    elif match := _FRACTION.fullmatch(text):
        value = Fraction(int(match[1]), int(match[2]))
    else:
        raise ValueError(f"{text!r} is not a ratio such as 3% or 1/40")
    if value > 1:
        raise ValueError(f"{text!r} is more than 100%")
    return value


NUMBER: Final = r"^-?([0-9]{1,15}|[0-9]{1,3}(,[0-9]{3}){1,4})(\.[0-9]{1,6})?$"
"""How a number that is not whole is written in a table, in quotes: as a roster may have it, too."""
_NUMBER: Final = re.compile(NUMBER[1:-1])


def parse_number(text: str) -> Fraction:
    """Read `0.75` or `1,200.50`.

    Raises:
        ValueError: not written like that.
    """
    if not _NUMBER.fullmatch(text):
        raise ValueError(f"{text!r} is not a number such as 0.75")
    return Fraction(text.replace(",", ""))


def format_ratio(value: Fraction) -> str:
    """Write a ratio as people do: a percentage where it is a short decimal, else a fraction."""
    scaled = value * 10**8
    if scaled.denominator == 1:
        whole, rest = divmod(int(scaled), 10**6)
        return f"{whole}.{rest:06d}".rstrip("0").rstrip(".") + "%"
    return f"{value.numerator}/{value.denominator}"


def round_ratio(value: Fraction, rounding: Rounding) -> int:
    """Round a non-negative exact number up, down or half up."""
    if rounding == "up":
        return math.ceil(value)
    if rounding == "down":
        return math.floor(value)
    return math.floor(value + Fraction(1, 2))
