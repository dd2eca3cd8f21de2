"""Keeps identity and telephone numbers, and names of inspected persons, out of everything that is printed."""

import re
import unicodedata
from typing import Final

_BORN: Final = r"(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
IDENTITY: Final = re.compile(rf"(?<![0-9A-Za-z])[1-9]\d{{5}}{_BORN}\d{{3}}[0-9Xx](?![0-9A-Za-z])", re.ASCII)
MOBILE: Final = re.compile(r"(?<!\d)(?:(?:\+|00)?86[ -]?|0)?1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?!\d)", re.ASCII)
_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def mask(text: str) -> str:
    """Blot out what looks like an identity number or a mobile telephone; other text stays as it is."""
    if not any(ch.isdigit() for ch in text):
        return text
    folded = unicodedata.normalize("NFKC", text)
    masked = MOBILE.sub("*" * 11, IDENTITY.sub("*" * 18, folded))
    return text if masked == folded else masked


def is_identity_number(code: str) -> bool:
    """Tell whether a code is a valid identity number of a person (GB 11643)."""
    if not IDENTITY.fullmatch(code):
        return False
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, code, strict=False))
    return "10X98765432"[total % 11] == code[-1].upper()


def mask_name(name: str) -> str:
    """Keep the first character of a person's name: 王*."""
    return f"{name[:1]}*"
