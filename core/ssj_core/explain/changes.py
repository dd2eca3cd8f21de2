"""What replacements changed in a draw, read back from its files for an explanation (SPEC §13)."""

from collections.abc import Collection, Mapping

from attrs import frozen

from ssj_core import standing as names
from ssj_core.replacement.event import FILE as EVENT
from ssj_core.replacement.event import Event, decode_event
from ssj_core.replacement.record import FILE, TEAMS, ReplacementRecord, decode_replacement
from ssj_core.tables import TeamRow, decode_table


@frozen(kw_only=True)
class Change:
    """One replacement: its event and record, the teams before and after it, and whether it was made void."""

    event: Event
    record: ReplacementRecord
    before: tuple[TeamRow, ...]
    after: tuple[TeamRow, ...]
    void: bool

    @property
    def put_in(self) -> tuple[TeamRow, ...]:
        """Places that somebody else got: not those a successor took over with the team."""
        held = {(self.was(row.subject), row.place): row.officer for row in self.before}
        return tuple(row for row in self.after if held.get((row.subject, row.place)) != row.officer)

    def lost(self, officer: str) -> tuple[TeamRow, ...]:
        """Places of before whose team, if it is still there, the officer is not in any more."""
        now = {(row.subject, row.officer) for row in self.after}
        mine = (row for row in self.before if row.officer == officer)
        return tuple(row for row in mine if (self.was(row.subject), officer) not in now)

    def was(self, subject: str) -> str:
        """Under whose id a team of before stands afterwards, if it does."""
        return self.record.successor.id if self.record.successor and subject == self.event.unit else subject

    def left(self, row: TeamRow) -> TeamRow | None:
        """The row of before whose place this is."""
        return next((b for b in self.before if (self.was(b.subject), b.place) == (row.subject, row.place)), None)


def read_changes(files: Mapping[str, bytes], void: Collection[int] = ()) -> tuple[Change, ...]:
    """The replacements in the folder of a draw, in their order; `void` are numbers that the ledger says are void.

    Raises:
        KeyError: a file is missing. InputError, TableError: one cannot be used.
    """
    teams = {0: decode_table(TeamRow, files[TEAMS])}
    found = []
    for number in names.numbers(files):
        event = decode_event(files[names.path(number, EVENT)], names.path(number, EVENT))
        record = decode_replacement(files[names.path(number, FILE)], names.path(number, FILE))
        teams[number] = decode_table(TeamRow, files[names.path(number, TEAMS)])
        before = teams[event.follows]
        found.append(Change(event=event, record=record, before=before, after=teams[number], void=number in void))
    return tuple(found)
