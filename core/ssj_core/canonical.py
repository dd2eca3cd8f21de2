"""SPEC §2: how values become bytes: `H`, `L`, and what a line may hold."""

import re
import unicodedata
from hashlib import sha256
from typing import Final

ID_SCHEMES: Final = ("uscc", "regno", "permit", "officer", "test")
"""What may stand before the colon of an id; `test` is for vectors only."""

_CONTROL: Final = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")  # Unicode categories Cc and Cs
_NOT_IN_IDS: Final = frozenset("#|")


def digest(data: bytes) -> str:
    """H of SPEC §2: lower-case hexadecimal SHA-256 of bytes."""
    return sha256(data).hexdigest()


def is_digest(text: str) -> bool:
    """Whether a text has the form of H (MUST-2.1)."""
    return re.fullmatch("[0-9a-f]{64}", text) is not None


def lines(*values: str) -> bytes:
    """L of SPEC §2: each value, in UTF-8, followed by one LF.

    Raises:
        ValueError: a value is not NFC or holds a control character (rejected, never escaped).
    """
    for value in values:
        check_line_value(value)
    return "".join(value + "\n" for value in values).encode()


def check_line_value(value: str) -> None:
    """Refuse what may not stand in a line: not a string, not NFC, or with a control character."""
    if type(value) is not str:
        raise ValueError(f"{value!r} is not text")
    if value.isascii():  # ASCII is always NFC; the quick way for the many
        if not value.isprintable():
            raise ValueError(f"{value!r} holds a control character")
        return
    if not unicodedata.is_normalized("NFC", value):
        raise ValueError(f"{value!r} is not in Unicode form NFC")
    if _CONTROL.search(value):
        raise ValueError(f"{value!r} holds a control character")


def check_id(value: str) -> None:
    """Refuse what is not an id of SPEC §2: known scheme, colon, a code without space, `#` or `|`.

    Raises:
        ValueError: saying which rule is broken.
    """
    check_line_value(value)
    scheme, colon, code = value.partition(":")
    if not colon or scheme not in ID_SCHEMES:
        raise ValueError(f"{value!r} does not begin with one of {', '.join(s + ':' for s in ID_SCHEMES)}")
    if not code:
        raise ValueError(f"{value!r} has no code after the colon")
    if any(ch in _NOT_IN_IDS or ch.isspace() or not ch.isprintable() for ch in code):
        raise ValueError(f"{value!r} holds a space, '#', '|' or an unprintable character")
