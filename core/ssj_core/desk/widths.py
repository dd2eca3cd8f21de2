"""One column of a sheet by itself: a workbook keeps width and hiding of a whole stretch of columns as one."""

from copy import copy
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from openpyxl.worksheet.dimensions import ColumnDimension
    from openpyxl.worksheet.worksheet import Worksheet


def own_column(sheet: "Worksheet", number: int) -> "ColumnDimension":
    """Width and hiding of a column, counted from 1; what was said of its neighbours stays as it is."""
    from openpyxl.utils import get_column_letter

    dimensions = sheet.column_dimensions
    shared = next((one for one in dimensions.values() if (one.min or 0) <= number <= (one.max or 0)), None)
    if shared is None or shared.min == shared.max:
        return dimensions[get_column_letter(number)]
    del dimensions[next(key for key, one in dimensions.items() if one is shared)]
    for first, last in ((shared.min, number - 1), (number, number), (number + 1, shared.max)):
        if first <= last:
            part = copy(shared)
            part.index, part.min, part.max = get_column_letter(first), first, last
            dimensions[part.index] = part
    return dimensions[get_column_letter(number)]
