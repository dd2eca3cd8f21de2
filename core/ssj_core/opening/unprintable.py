"""What of a roster cannot stand in a sealed table."""

from typing import Final

from ssj_core.canonical import check_line_value
from ssj_core.model import Officer
from ssj_core.problems import Problem, problem
from ssj_core.roster import (
    InspectionList,
    OfficerRoster,
    SubjectRoster,
)

_SEALED_SUBJECT: Final = ("id", "name", "kind", "section", "area", "address", "risk_class", "parent")
_SEALED_OFFICER: Final = ("id", "name", "section", "unit", "certificate")


def unprintable(*rosters: SubjectRoster | OfficerRoster | InspectionList) -> list[Problem]:
    """What of rosters cannot stand in a sealed table: a reader of another department may let anything pass."""
    found = []
    for roster in rosters:
        for unit in () if isinstance(roster, InspectionList) else roster.rows:
            for name in _SEALED_OFFICER if isinstance(unit, Officer) else _SEALED_SUBJECT:
                try:
                    check_line_value(getattr(unit, name))
                except ValueError as error:
                    value = repr(getattr(unit, name))
                    found.append(
                        problem("SSJ-P029", file=roster.file, row=unit.row, field=name, value=value, reason=error)
                    )
    return found
