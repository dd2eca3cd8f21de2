"""UTF-16 without its mark: told only where one reading is a text and the other is none."""

import unicodedata
from typing import Final

_KINDS: Final = ("utf-16-le", "utf-16-be")
_LOOKED_AT: Final = 4096
_ALLOWED: Final = frozenset("\t\n\r")
_ENDS: Final = frozenset("\n\r")
_MARKS: Final = frozenset(",;\t<")
_ONE_IN: Final = 50
"""So many signs at the most to each that is ASCII: plain text with a stray NUL would be Chinese throughout."""
_NO_TEXT: Final = frozenset({"Cc", "Cn", "Co", "Cs"})


def utf_16(data: bytes) -> str:
    """`utf-16-le` or `utf-16-be`, empty if it is not plainly one of them.

    A line end of one is no character at all in the other, so that never both are texts.
    """
    if len(data) % 2 or b"\0" not in data[:_LOOKED_AT]:
        return ""
    found = [kind for kind in _KINDS if _is_text(data[:_LOOKED_AT], kind)]
    return found[0] if len(found) == 1 else ""


def _is_text(head: bytes, kind: str) -> bool:
    try:
        text = head.decode(kind)
    except UnicodeDecodeError as error:  # the head may end within a pair of surrogates
        if error.start < len(head) - 2:
            return False
        text = head[: error.start].decode(kind)
    found = set(text)
    if not found & _ENDS or not found & _MARKS or sum(map(str.isascii, text)) * _ONE_IN < len(text):
        return False
    return not any(sign not in _ALLOWED and unicodedata.category(sign) in _NO_TEXT for sign in text)
