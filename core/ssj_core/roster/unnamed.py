"""A subject whose name the roster does not give: it goes by its number, and nobody leaves the draw by having none."""

from typing import Final

from ssj_core.readers.brief import cut
from ssj_core.roster.columns import Columns, Row
from ssj_core.roster.findings import Findings
from ssj_core.roster.layout import SUBJECTS, Need
from ssj_core.roster.suggest import pasted
from ssj_core.roster.synonyms import NOT_NEEDED, header_key, is_personal

_CODE: Final = "SSJ-R053"
_FEW: Final = 5
_TOLD: Final = 10
_SAYS: Final = "（名录未写名称）"


def unnamed(ident: str) -> str:
    """What stands for the name of a subject with this id, wherever a name is printed."""
    return f"{ident.partition(':')[2]}{_SAYS}"


def cut_short(row: Row, last: bool) -> bool:
    """Whether a text may end in the middle of this row, so that a smaller pool would be drawn without a word.

    `last` says that it is the last row of a text; one that is whole has its separators behind the empty name.
    """
    place = row.columns.places.get("name", row.columns.places.get("person", 0))
    return last and len(row.line.cells) <= place + 1


def gather(findings: Findings, columns: Columns, total: int, header_row: int) -> None:
    """Replace the notes of more than half the rows by one error of the header: then the column is another."""
    rows = [one.row or 0 for one in findings.problems if one.code == _CODE]
    if len(rows) < _FEW or 2 * len(rows) <= total:
        return
    findings.problems = [one for one in findings.problems if one.code != _CODE]
    need: Need = next(need for need in SUBJECTS.needs if "name" in need.fields)
    unread = [t for t in columns.left_out if not is_personal(header_key(t)) and header_key(t) not in NOT_NEEDED]
    field = "name" if "name" in columns.places else "person"
    findings.add(
        "SSJ-R054",
        row=header_row,
        field=cut(columns.title(field)),
        count=len(rows),
        total=total,
        rows="、".join(map(str, rows[:_TOLD])) + ("……" if len(rows) > _TOLD else ""),
        lines=pasted(SUBJECTS, [(unread[0] if unread else "…", need.fields[0])]),
    )
