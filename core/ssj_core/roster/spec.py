"""What a plan says about a roster file."""

from collections.abc import Mapping
from typing import Literal

from attrs import field, frozen

DerivedField = Literal["sectors", "kind", "section"]


@frozen(kw_only=True)
class Derive:
    """Fill a field from another column: where `column` contains one of `contains` (and none of `without`).

    For `sectors` every rule that fits adds its value; for the others the first that fits wins. A cell the
    roster itself fills is never overwritten.
    """

    field: DerivedField
    value: str
    column: str
    contains: tuple[str, ...]
    without: tuple[str, ...] = ()


@frozen(kw_only=True)
class RosterSpec:
    """A roster of the plan: file, how to read it, and what its own headers mean.

    `columns` maps a header of the file to a field name, for headers the synonym table does not know. `regions` are
    beginnings (2, 4 or 6 digits) of region codes that are the office's own: firms registered elsewhere are told.
    `sectors` are those of every subject of a file that has no column of sectors; a file that has one is refused.
    """

    file: str
    reader: str = ""
    sheet: str = ""
    encoding: str = ""
    columns: Mapping[str, str] = field(factory=dict)
    derive: tuple[Derive, ...] = ()
    regions: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
