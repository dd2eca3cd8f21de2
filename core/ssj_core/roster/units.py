"""The department (单位) of each officer, where a roster names it beside the section (股室), which alone is recorded."""

from collections.abc import Mapping, Sequence

from ssj_core.readers.model import RosterReader
from ssj_core.roster.cells import optional
from ssj_core.roster.layout import OFFICERS
from ssj_core.roster.officers import read_officers
from ssj_core.roster.spec import RosterSpec
from ssj_core.roster.synonyms import header_key
from ssj_core.roster.table import open_table, read_file


def read_units(data: bytes, spec: RosterSpec, readers: Sequence[RosterReader]) -> Mapping[str, str]:
    """The department by the officer's id; empty where no roster can be read, or it has no column for it."""
    reading = read_file(data, spec, readers)
    ids = {officer.row: officer.id for officer in read_officers(data, spec, readers, (), reading).rows}
    table = open_table(data, spec, readers, OFFICERS, (), reading)
    titles = table.columns.titles if table.columns else ()
    mapped = {header_key(header) for header, field in spec.columns.items() if field == "unit"}
    keys = [header_key(title) for title in titles]
    place = next((n for n, key in enumerate(keys) if key in mapped or OFFICERS.by_key.get(key) == "unit"), None)
    if place is None:
        return {}
    return {code: unit for row in table.rows if (code := ids.get(row.number)) and (unit := optional(row.at(place)))}
