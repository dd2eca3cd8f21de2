"""Finds telephone and identity numbers in the middle of text that would enter the record."""

import re
import unicodedata
from typing import Final

from ssj_core.roster.creditcode import LENGTH, faults
from ssj_core.roster.privacy import IDENTITY, MOBILE, is_identity_number

_FOUR_DIGITS: Final = re.compile(r"\d{4}")


def has_personal_number(text: str) -> bool:
    """Tell whether a mobile telephone or a valid identity number stands anywhere in a text."""
    if not _FOUR_DIGITS.search(text):  # quick, and true of nearly every cell
        return False
    folded = unicodedata.normalize("NFKC", text)
    codes: list[str] = IDENTITY.findall(folded)
    # A number may, once in a great while, be sound as a credit code and as an identity number.
    return MOBILE.search(folded) is not None or any(
        is_identity_number(one) and not _is_credit_code(one) for one in codes
    )


def _is_credit_code(code: str) -> bool:
    return len(code) == LENGTH and all(fault.problem == "SSJ-R023" for fault in faults(code))
