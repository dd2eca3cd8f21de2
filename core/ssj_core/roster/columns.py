"""Which column holds what: the outcome of reading a header row."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, TypeVar

from attrs import frozen

from ssj_core.roster.cells import is_blank, optional, several, text
from ssj_core.roster.findings import CellError, Findings
from ssj_core.roster.personal import has_personal_number
from ssj_core.roster.privacy import mask

if TYPE_CHECKING:
    from collections.abc import Callable

    from ssj_core.readers.model import Cell, Line

T = TypeVar("T")


@frozen(kw_only=True)
class Columns:
    """The columns of a roster: `places` by field, `titles` by place; `by_key` finds any column that may be read.

    `used` are the places read, as a field or by `derive`. Not `readable`: a column that no row can do without is
    missing or there twice, and every row would be wrong. `rows` are the two rows of a header that has two.
    """

    places: Mapping[str, int]
    titles: tuple[str, ...]
    by_key: Mapping[str, int]
    left_out: tuple[str, ...]
    used: frozenset[int]
    readable: bool = True
    rows: tuple[tuple[str, ...], ...] = ()

    def title(self, field: str) -> str:
        """Return the header of a field as the office wrote it."""
        place = self.places.get(field)
        return field if place is None else self.titles[place]

    @property
    def read(self) -> dict[str, str]:
        """Header to field, for the record."""
        return {self.titles[place]: field for field, place in self.places.items()}


@frozen
class Row:
    """One row of the roster, asked by field."""

    line: "Line"
    columns: Columns
    findings: Findings

    @property
    def number(self) -> int:
        """The row as the office counts."""
        return self.line.number

    def cell(self, field: str) -> "Cell":
        """Return the raw cell; None if there is no such column or nothing in it."""
        place = self.columns.places.get(field)
        return None if place is None else self.at(place)

    def at(self, place: int) -> "Cell":
        """Return the raw cell of a column; None if it is blank."""
        cells = self.line.cells
        cell = cells[place] if place < len(cells) else None
        return None if is_blank(cell) else cell

    def text(self, field: str) -> str:
        """Return a cell as text for the record, empty where the office wrote — or 无."""
        return self.public(field, optional(self.cell(field)))

    def several(self, field: str) -> tuple[str, ...]:
        """Return the values of a list for the record."""
        return tuple(self.public(field, value) for value in several(self.cell(field)))

    def public(self, field: str, value: str) -> str:
        """Return text for the record; a telephone or identity number in it is told and blotted out."""
        if not has_personal_number(value):
            return value
        self.tell("SSJ-R047", field, value=value)
        return mask(value)

    def parse(self, field: str, parser: "Callable[[Cell], T]", default: T) -> T:
        """Return what `parser` reads, `default` if the cell is blank or not understood (then it is told)."""
        cell = self.cell(field)
        if cell is None:
            return default
        try:
            return parser(cell)
        except CellError as error:
            self.tell(error.code, field, **error.params)
            return default

    def tell(self, code: str, field: str, **params: object) -> None:
        """Note a problem of this row's cell."""
        value = params.pop("value", None)
        shown = text(self.cell(field)) if value is None else value
        self.findings.add(code, row=self.number, field=self.columns.title(field), value=shown, **params)
