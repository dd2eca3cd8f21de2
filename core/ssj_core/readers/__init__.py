"""The built-in roster readers, as a plugin; each reader's own module is imported when it is asked for."""

from collections.abc import Sequence

from ssj_core.plugin.markers import hookimpl
from ssj_core.readers.model import RosterReader

__all__ = ["ssj_roster_readers"]


@hookimpl
def ssj_roster_readers() -> Sequence[RosterReader]:
    """CSV, .xlsx, .xls and .et, .ods, and the pages and XML that pass for .xls."""
    from ssj_core.readers import delimited, oldbook, opendocument, spreadsheetml, webpage, workbook

    return (
        delimited.READER,
        workbook.READER,
        oldbook.READER,
        opendocument.READER,
        webpage.READER,
        spreadsheetml.READER,
    )
