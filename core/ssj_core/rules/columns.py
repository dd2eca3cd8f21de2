"""Columns of a roster as rules name them: in the office's words; the known ones are fields, any other is `extra`."""

from datetime import date
from fractions import Fraction
from typing import Final

from attrs import frozen

from ssj_core.model import Officer, Subject, UnitKind
from ssj_core.roster.synonyms import (
    OFFICER_FIELDS,
    OFFICER_HEADERS,
    SUBJECT_FIELDS,
    SUBJECT_HEADERS,
    header_key,
    is_personal,
)
from ssj_core.rules.model import ColumnKind, ColumnUse

DRAWN_THIS_YEAR: Final = "本年度抽到次数"
"""A column no roster has: how often the subject was drawn earlier in the plan's year."""

_SUBJECT: Final[dict[str, tuple[str, ColumnKind]]] = {
    **dict.fromkeys(("uscc", "regno", "permit", "project", "certificate", "id"), ("id", "text")),
    **dict.fromkeys(("name", "person"), ("name", "text")),
    **{name: (name, "text") for name in ("kind", "sectors", "section", "area", "address", "risk_class")},
    **{name: (name, "text") for name in ("status", "parent", "recused")},
    "key": ("key", "yes-no"),
    "last_checked": ("last_checked", "date"),
    "checks_this_year": ("checks_this_year", "number"),
}
_OFFICER: Final[dict[str, tuple[str, ColumnKind]]] = {
    **dict.fromkeys(("certificate", "staff"), ("id", "text")),
    **{
        name: (name, "text")
        for name in ("name", "section", "unit", "fields", "recused", "qualifications", "accompanies")
    },
    "valid_until": ("valid_until", "date"),
    "most": ("most", "number"),
    **{name: (name, "yes-no") for name in ("available", "leads")},
}

_FILLED_BY: Final[dict[tuple[UnitKind, str], tuple[str, ...]]] = {
    ("subject", "kind"): ("person",),  # a list of persons needs no column that says so
    ("subject", "recused_for"): ("recused", "recused_why"),
    ("officer", "section"): ("unit",),  # where a roster has no 股室, its 单位 is the section
    ("officer", "available"): ("certificate_status", "staff_status"),
    ("officer", "certificate"): ("certificate",),
    ("officer", "leave"): ("leave",),
    ("officer", "recused_for"): ("recused", "recused_why"),
}
"""Fields that fill an attribute, though a table cannot name them as its column."""

Value = tuple[str, ...] | Fraction | date | bool | None
"""What a cell holds: texts (several where the cell lists several), a number, a day, yes or no; None: nothing."""


class PersonalColumnError(ValueError):
    """A column of personal data, which no rule may read."""


class UnknownColumnError(ValueError):
    """A column of the officer roster that the programme judges by itself (请假期间); `known` are the others."""

    known: Final = tuple(h for h, field in OFFICER_FIELDS.items() if field in _OFFICER)


@frozen
class Column:
    """A column found: the attribute that holds it, empty for an extra one, and its kind; None: as the rule reads it.

    `fields` are the fields of the roster that fill the attribute.
    """

    name: str
    attribute: str
    kind: ColumnKind | None
    fields: tuple[str, ...] = ()

    def use(self, kind: ColumnKind) -> ColumnUse | None:
        """What a rule that reads it asks of the roster; None for what no roster has."""
        if self.attribute and not self.fields:
            return None
        return ColumnUse(name=self.name, kind=kind, fields=self.fields)


def find(unit: UnitKind, name: str) -> Column:
    """The column a rule means by `name`, in any of the spellings the rosters may have.

    Raises:
        PersonalColumnError, UnknownColumnError: it cannot be used.
    """
    key = header_key(name)
    if unit == "subject" and key == header_key(DRAWN_THIS_YEAR):
        return Column(name, "drawn_this_year", "number")
    field = (SUBJECT_FIELDS if unit == "subject" else OFFICER_FIELDS).get(key, "")
    held = _SUBJECT if unit == "subject" else _OFFICER
    if known := held.get(field):
        attribute, kind = known
        same = tuple(one for one, (other, _) in held.items() if other == attribute and one != field)
        return Column(name, attribute, kind, (field, *same, *_FILLED_BY.get((unit, attribute), ())))
    if is_personal(key) or not key:
        raise PersonalColumnError(name)
    if field:
        raise UnknownColumnError(name)
    return Column(name, "", None)


def roster_fields(unit: UnitKind) -> frozenset[str]:
    """The fields that a roster may have."""
    return frozenset((SUBJECT_FIELDS if unit == "subject" else OFFICER_FIELDS).values())


def filled_by(unit: UnitKind, attribute: str) -> tuple[str, ...]:
    """The fields of the roster that fill an attribute of a subject or an officer; none: it comes from elsewhere."""
    held = _SUBJECT if unit == "subject" else _OFFICER
    own = (field for field, (other, _) in held.items() if other == attribute)
    return (*own, *_FILLED_BY.get((unit, attribute), ()))


def suggested(unit: UnitKind, attribute: str) -> ColumnUse:
    """What a rule that reads an attribute declares, under the first of the names the rosters give the column."""
    held, headers = (_SUBJECT, SUBJECT_HEADERS) if unit == "subject" else (_OFFICER, OFFICER_HEADERS)
    filling = filled_by(unit, attribute)
    name = headers[filling[0]].split()[0]
    return ColumnUse(name=name, kind=held.get(filling[0], ("", "text"))[1], fields=filling)


def value(unit: Subject | Officer, column: Column, kind: ColumnKind) -> Value:
    """What a unit has in a column, read as `kind`."""
    if column.attribute:
        cell = getattr(unit, column.attribute)
        if column.attribute == "id":
            return (cell.partition(":")[2],)
        if isinstance(cell, tuple):
            return cell or None
        if isinstance(cell, str):
            return (cell,) if cell else None
        return Fraction(cell) if type(cell) is int else cell
    cell = unit.extra.get(column.name, "")
    if not cell:
        return None
    if kind == "number":
        return Fraction(cell)
    if kind == "yes-no":
        return cell == "是"
    return date.fromisoformat(cell) if kind == "date" else (cell,)


def told(cell: Value) -> str:
    """A value as people write it, not too long; 未填 where there is none."""
    if cell is None:
        return "未填"
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, Fraction):
        return decimal(cell)
    text = "、".join(cell)
    return text if len(text) <= 40 else text[:39] + "…"


def decimal(number: Fraction) -> str:
    """A number of at most six decimals as decimal digits, without needless noughts."""
    whole, rest = divmod(abs(number.numerator) * 10**6 // number.denominator, 10**6)
    digits = f"{whole}.{rest:06d}".rstrip("0").rstrip(".")
    return f"-{digits}" if number < 0 else digits
