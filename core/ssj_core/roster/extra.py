"""Cells of columns that rules ask for by name and no field holds, as text in one form."""

from collections.abc import Mapping, Sequence

from ssj_core.readers.model import Cell
from ssj_core.roster.cells import decimal, yes_no
from ssj_core.roster.columns import Row
from ssj_core.roster.days import day
from ssj_core.rules.model import ColumnUse


def extra(row: Row, wanted: Sequence[ColumnUse]) -> Mapping[str, str]:
    """The cells wanted that no field holds, by name of column: days as 2021-01-31, numbers as digits, 是 or 否."""
    return {use.name: _cell(row, use) for use in wanted if not use.fields}


def _cell(row: Row, use: ColumnUse) -> str:
    if use.kind == "date":
        found = row.parse(use.name, day, None)
        return "" if found is None else found.isoformat()
    if use.kind == "number":
        return row.parse(use.name, decimal, "")
    if use.kind == "yes-no":
        return row.parse(use.name, _yes_no, "")
    return row.text(use.name)


def _yes_no(cell: Cell) -> str:
    return "是" if yes_no(cell) else "否"
