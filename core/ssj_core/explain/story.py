"""What an explanation is told from: the sealed files, the draw repeated from them, and what was replaced in it."""

from collections.abc import Collection, Mapping
from functools import cached_property

from attrs import frozen

from ssj_core.explain.changes import Change, read_changes
from ssj_core.pipeline import SUBJECT_PURPOSE, Outcome, draw
from ssj_core.record import FILE, Record, StratumPart, decode_record, stratum_parts
from ssj_core.rules.departments import by_officer, with_department
from ssj_core.sealed import Sealed, unseal
from ssj_core.seed import key
from ssj_core.tables import OfficerRow, SubjectRow
from ssj_core.text import Text


@frozen
class Part:
    """A heading and the sentences below it. `commands` are lines to be typed, the same in every language."""

    heading: Text
    lines: tuple[Text, ...]
    commands: tuple[str, ...] = ()


@frozen(kw_only=True)
class Story:
    """A finished draw: its record, what was sealed, what commitment and entropy give, and its replacements."""

    record: Record
    sealed: Sealed
    outcome: Outcome
    changes: tuple[Change, ...] = ()

    @cached_property
    def key(self) -> str:
        """The key of the subjects (SPEC §6.3)."""
        rules = self.sealed.rules
        return key(self.outcome.seed, rules.draw_id, SUBJECT_PURPOSE, rules.scope)

    @cached_property
    def strata(self) -> Mapping[str, StratumPart]:
        """Size, quota and cut of each stratum, recomputed: what was published is the same where the draw holds."""
        return {part["stratum"]: StratumPart(**part) for part in stratum_parts(self.outcome)}

    @cached_property
    def subjects(self) -> Mapping[str, SubjectRow]:
        """Subjects of the pool by id."""
        return {s.id: s for s in self.sealed.subjects}

    @cached_property
    def officers(self) -> Mapping[str, OfficerRow]:
        """Officers who may be matched, by id."""
        return {o.id: o for o in self.sealed.officers}

    @cached_property
    def departments(self) -> Mapping[str, str]:
        """The department of each officer of a joint batch, by id."""
        return by_officer(self.sealed.rules.team)

    def whence(self, officer: str, section: str) -> str:
        """The section of an officer, in a joint batch with the department."""
        return with_department(self.departments.get(officer, ""), section)


def read_story(files: Mapping[str, bytes], void: Collection[int] = ()) -> Story:
    """Read a draw folder and repeat the draw; `void` are numbers of replacements that the ledger says are void.

    Raises:
        KeyError: a file is missing. InputError, TableError, ValueError: one cannot be used. RefusedError: no roster
        of officers exists.
    """
    record = decode_record(files[FILE])
    sealed = unseal(files, record.commitment.previous_head)
    outcome = draw(sealed, [e.evidence() for e in record.entropy])
    return Story(record=record, sealed=sealed, outcome=outcome, changes=read_changes(files, void))
