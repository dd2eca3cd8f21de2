"""The id of a row: the first code the roster gives, checked; `uscc:`, `regno:`, `permit:` or `officer:`."""

import unicodedata
from typing import Final

from ssj_core.canonical import check_id
from ssj_core.roster.cells import folded, optional
from ssj_core.roster.columns import Row
from ssj_core.roster.creditcode import Fault, faults, looks_like_credit_code, registration_faults
from ssj_core.roster.layout import OFFICERS, SUBJECTS
from ssj_core.roster.privacy import is_identity_number

_CREDIT: Final = ("uscc", "regno")
_OWN: Final = ("uscc", "regno", "permit", "project")


def subject_id(row: Row, person: bool) -> str:
    """Return the id of a subject, empty (and told) if it has none that may be used."""
    has_own = any(field in row.columns.places for field in _OWN)
    for field in SUBJECTS.ids:
        # 证书编号 in a roster of firms is a qualification; it identifies persons only.
        if field == "certificate" and has_own and not person:
            continue
        code = _code(row, field)
        if code:
            return _subject_id(row, field, code)
    row.tell("SSJ-R013", next(field for field in SUBJECTS.ids if field in row.columns.places), value="")
    return ""


def officer_id(row: Row) -> str:
    """Return the id of an officer, empty (and told) if it has none that may be used."""
    for field in OFFICERS.ids:
        code = _code(row, field)
        if code:
            return _usable(row, field, "officer", code)
    row.tell("SSJ-R013", next(field for field in OFFICERS.ids if field in row.columns.places), value="")
    return ""


def _code(row: Row, field: str) -> str:
    cell = row.cell(field)
    return "" if cell is None or not optional(cell) else folded(cell)


def _subject_id(row: Row, field: str, code: str) -> str:
    digits = code.isascii() and code.isdigit()
    if len(code) == 15 and digits and field in (*_CREDIT, "id"):
        return _told(row, field, "regno", code, registration_faults(code))
    if field in _CREDIT or (field == "id" and looks_like_credit_code(code)):
        if is_identity_number(code) and faults(code):
            row.tell("SSJ-R026", field, value="")
            return ""
        return _told(row, field, "uscc", code, faults(code))
    return _usable(row, field, "permit", code)


def _told(row: Row, field: str, scheme: str, code: str, found: tuple[Fault, ...]) -> str:
    for fault in found:
        row.tell(fault.problem, field, value=code, **fault.params)
    fatal = any(fault.problem not in ("SSJ-R023", "SSJ-R024") for fault in found)
    return "" if fatal else f"{scheme}:{code}"


def _usable(row: Row, field: str, scheme: str, code: str) -> str:
    if is_identity_number(code):
        row.tell("SSJ-R026", field, value="")
        return ""
    try:
        check_id(f"{scheme}:{code}")
    except ValueError:
        row.tell("SSJ-R025", field, value=code)
        return ""
    if any(_looks_latin(letter) for letter in code):
        row.tell("SSJ-R049", field, value=code)
        return ""
    if any(unicodedata.category(sign) == "Pd" or sign == "\u2212" for sign in code.replace("-", "")):
        row.tell("SSJ-R050", field, value=code)
    return f"{scheme}:{code}"


def _looks_latin(letter: str) -> bool:
    """Whether it may pass for a Latin letter or a digit and is none: a Cyrillic or Greek letter, a foreign digit."""
    return not letter.isascii() and unicodedata.category(letter) in ("Lu", "Ll", "Lt", "Nd")
