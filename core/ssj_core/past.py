"""Who inspected whom before: the teams of the standing draws of a working folder, and the list of the office."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from ssj_core.ledger import Ledger
from ssj_core.model import Inspection
from ssj_core.problems import InputError, problem
from ssj_core.rules.effective import decode_rules
from ssj_core.sealed import RULES_FILE
from ssj_core.standing import path
from ssj_core.tables import TableError, TeamRow, decode_table
from ssj_core.workspace import DRAWS, Workspace

TEAMS: Final = "teams.csv"


def past_inspections(workspace: Workspace, ledger: Ledger, listed: Sequence[Inspection] = ()) -> tuple[Inspection, ...]:
    """Every visit of every finished draw that is not void, on the last day of its batch; before them those `listed`.

    One that the ledger has, too, is counted once, as the ledger has it: a visit to the same subject in a batch that was
    going on that day.

    Raises:
        InputError: a finished draw of the ledger cannot be read.
    """
    found: list[Inspection] = []
    visited: dict[str, list[tuple[date, date]]] = {}
    for event in ledger.events:
        if event.event != "draw" or ledger.find("void", event.draw):
            continue
        files = workspace.read_draw(event.draw)
        last = ledger.last_replacement(event.draw)
        name = path(last, TEAMS) if last else TEAMS
        try:
            rules = decode_rules(files[RULES_FILE], RULES_FILE)
            rows = decode_table(TeamRow, files[name])
        except (KeyError, TableError, InputError) as error:
            raise InputError(
                [problem("SSJ-L004", file=f"{DRAWS}/{event.draw}/{name}", value=event.draw, reason=error)]
            ) from None
        teams: dict[str, list[str]] = {}
        for row in rows:
            teams.setdefault(row.subject, []).append(row.officer)
        found += [Inspection(subject=s, day=rules.end, officers=tuple(o), source=event.draw) for s, o in teams.items()]
        for subject in teams:
            visited.setdefault(subject, []).append((rules.start, rules.end))
    own = [i for i in listed if not any(first <= i.day <= last for first, last in visited.get(i.subject, ()))]
    return (*own, *found)
