"""A roster as read: its rows, and everything the record keeps about how it was read."""

from collections.abc import Mapping
from datetime import date

from attrs import field, frozen

from ssj_core.model import Officer, Subject
from ssj_core.problems import Problem


@frozen(kw_only=True)
class Reception:
    """How a roster file was read: `columns` maps header to field, `left_out` are the headers not read.

    `skipped` are the rows that are no entries, by number: `blank`, `total`, `note` or `header`.
    """

    file: str
    sha256: str
    reader: str = ""
    encoding: str = ""
    sheet: str = ""
    header_row: int = 0
    columns: Mapping[str, str] = field(factory=dict)
    left_out: tuple[str, ...] = ()
    skipped: Mapping[int, str] = field(factory=dict)
    problems: tuple[Problem, ...] = ()

    def title(self, field: str) -> str:
        """The header of a field as the office wrote it; empty where no column has it."""
        return next((title for title, read in self.columns.items() if read == field), "")


@frozen(kw_only=True)
class SubjectRoster(Reception):
    """检查对象名录库; rows with an error that leaves them without id or name are not among `rows`."""

    rows: tuple[Subject, ...] = ()


@frozen(kw_only=True)
class ListedInspection:
    """An earlier inspection as the office wrote it: number and name of the subject, who went there, and the day."""

    code: str
    name: str
    officers: tuple[str, ...]
    day: date
    row: int


@frozen(kw_only=True)
class InspectionList(Reception):
    """往次检查名单; rows without a day or a subject are not among `rows`."""

    rows: tuple[ListedInspection, ...] = ()


@frozen(kw_only=True)
class OfficerRoster(Reception):
    """执法检查人员名录库; rows with an error that leaves them without id or name are not among `rows`."""

    rows: tuple[Officer, ...] = ()
