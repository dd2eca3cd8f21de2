"""检查对象名录库: rows of a file to subjects."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from attrs import asdict, evolve

from ssj_core.model import NO_EXPIRY, PERSON_KIND, Subject
from ssj_core.readers.model import Cell, Reading, RosterReader
from ssj_core.roster import numberless
from ssj_core.roster.bodies import tell_bodies
from ssj_core.roster.cells import count, folded, given_name, risk_class, text, turning, yes_no
from ssj_core.roster.columns import Row
from ssj_core.roster.days import NEVER_CHECKED, day
from ssj_core.roster.derive import Deriver, deriver
from ssj_core.roster.duplicates import check_subjects
from ssj_core.roster.extra import extra
from ssj_core.roster.findings import CellError
from ssj_core.roster.grounds import recused
from ssj_core.roster.ids import subject_id
from ssj_core.roster.layout import SUBJECTS
from ssj_core.roster.model import SubjectRoster
from ssj_core.roster.persons import is_person
from ssj_core.roster.privacy import mask_name
from ssj_core.roster.regions import tell_regions
from ssj_core.roster.spec import RosterSpec
from ssj_core.roster.table import open_table
from ssj_core.roster.ticking import Tick, quiet, ticking
from ssj_core.roster.unnamed import cut_short, gather, unnamed
from ssj_core.rules.model import ColumnUse


def read_subjects(
    data: bytes,
    spec: RosterSpec,
    readers: Sequence[RosterReader],
    wanted: Sequence[ColumnUse] = (),
    reading: Reading | None = None,
    tick: Tick = quiet,
) -> SubjectRoster:
    """Read the subject roster; problems are collected, nothing is raised for bad input.

    `wanted` are the columns that rules ask for by name. `reading`, where given, is what `table.read_file`
    returned for the same file. `tick` is told how far it is.
    """
    table = open_table(data, spec, readers, SUBJECTS, wanted, reading)
    findings, columns = table.findings, table.columns
    rows: list[Subject] = []
    if columns is not None:
        derive = deriver(spec.derive, columns, findings)
        last = table.last if table.reception.encoding else 0
        found = [subject for row in ticking(table.rows, tick) if (subject := _subject(row, derive, wanted, last))]
        rows = [evolve(subject, sectors=spec.sectors) for subject in found] if spec.sectors else found
        id_field = next((field for field in SUBJECTS.ids if field in columns.places), "")
        name_field = "name" if "name" in columns.places else "person"
        check_subjects(rows, findings, columns.title(id_field), columns.title(name_field))
        numberless.gather(findings, columns, SUBJECTS, len(table.rows), table.reception.header_row)
        gather(findings, columns, len(table.rows), table.reception.header_row)
        tell_bodies(rows, findings, columns.title(id_field))
        tell_regions(rows, spec.regions, findings, columns.title(id_field))
        masked = sum(is_person(subject.kind) for subject in rows)
        if masked:
            findings.add("SSJ-R037", count=masked)
    known = asdict(table.reception, recurse=False)
    return SubjectRoster(**{**known, "rows": tuple(rows), "problems": tuple(findings.problems)})


def _subject(row: Row, derive: Deriver, wanted: Sequence[ColumnUse], last: int) -> Subject | None:
    """The subject of a row; `last` is the number of the last row of a text, 0 in a workbook."""
    subject = Subject(
        id="",
        name="",
        kind=row.text("kind"),
        sectors=row.several("sectors"),
        section=row.text("section"),
        area=row.text("area"),
        address=row.text("address"),
        risk_class=_risk_class(row),
        key=row.parse("key", yes_no, False),
        status=row.text("status"),
        last_checked=_last_checked(row),
        checks_this_year=row.parse("checks_this_year", count, 0),
        parent=row.text("parent"),
        recused=recused(row),
        extra=extra(row, wanted),
        row=row.number,
    )
    subject = derive(row, subject)
    # 姓名 is a person's: such a row is masked even where the roster says no kind.
    kind = subject.kind or (PERSON_KIND if row.cell("name") is None and row.cell("person") is not None else "")
    person = is_person(kind)
    code = subject_id(row, person)
    name = _name(row, person)
    if not name and (not code or cut_short(row, row.number == last)):
        row.tell("SSJ-R014", "name" if "name" in row.columns.places else "person", value="")
    elif not name:
        row.tell("SSJ-R053", "name" if "name" in row.columns.places else "person", value=code.partition(":")[2])
        name = unnamed(code)
    return evolve(subject, id=code, kind=kind, name=name) if code and name else None


def _name(row: Row, person: bool) -> str:
    """The name as given, a person's masked; empty if there is none."""
    field = "name" if row.cell("name") is not None else "person"
    plain = text(row.cell(field))
    if person:
        return mask_name(plain) if plain else ""
    public = row.public(field, plain)
    given = given_name(row.cell(field))
    if public != plain or given == plain:
        return public
    row.tell("SSJ-R057", field, signs="、".join(turning(given)))
    return given


def _last_checked(row: Row) -> date | None:
    found = row.parse("last_checked", partial(day, otherwise=NEVER_CHECKED), None)
    if found == NO_EXPIRY:  # as a day to come it would keep the subject out of a draw that spares the lately inspected
        row.tell("SSJ-R056", "last_checked")
        return None
    return found


def _risk_class(row: Row) -> str:
    def lenient(cell: Cell) -> str:
        try:
            return risk_class(cell)
        except CellError as error:
            row.tell(error.code, "risk_class")
            return row.public("risk_class", folded(cell))

    return row.parse("risk_class", lenient, "")
