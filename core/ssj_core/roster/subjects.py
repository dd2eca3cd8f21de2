"""检查对象名录库: rows of a file to subjects."""

from collections.abc import Sequence

from attrs import asdict, evolve

from ssj_core.model import PERSON_KIND, Subject
from ssj_core.readers.model import Cell, Reading, RosterReader
from ssj_core.roster.bodies import tell_bodies
from ssj_core.roster.cells import count, folded, risk_class, text, yes_no
from ssj_core.roster.columns import Row
from ssj_core.roster.days import day
from ssj_core.roster.derive import Deriver, deriver
from ssj_core.roster.duplicates import check_subjects
from ssj_core.roster.extra import extra
from ssj_core.roster.findings import CellError
from ssj_core.roster.grounds import recused
from ssj_core.roster.ids import subject_id
from ssj_core.roster.layout import SUBJECTS
from ssj_core.roster.model import SubjectRoster
from ssj_core.roster.numberless import gather
from ssj_core.roster.persons import is_person
from ssj_core.roster.privacy import mask_name
from ssj_core.roster.regions import tell_regions
from ssj_core.roster.spec import RosterSpec
from ssj_core.roster.table import open_table
from ssj_core.rules.model import ColumnUse


def read_subjects(
    data: bytes,
    spec: RosterSpec,
    readers: Sequence[RosterReader],
    wanted: Sequence[ColumnUse] = (),
    reading: Reading | None = None,
) -> SubjectRoster:
    """Read the subject roster; problems are collected, nothing is raised for bad input.

    `wanted` are the columns that rules ask for by name. `reading`, where given, is what `table.read_file`
    returned for the same file.
    """
    table = open_table(data, spec, readers, SUBJECTS, wanted, reading)
    findings, columns = table.findings, table.columns
    rows: list[Subject] = []
    if columns is not None:
        derive = deriver(spec.derive, columns, findings)
        rows = [subject for row in table.rows if (subject := _subject(row, derive, wanted))]
        id_field = next((field for field in SUBJECTS.ids if field in columns.places), "")
        name_field = "name" if "name" in columns.places else "person"
        check_subjects(rows, findings, columns.title(id_field), columns.title(name_field))
        gather(findings, columns, SUBJECTS, len(table.rows), table.reception.header_row)
        tell_bodies(rows, findings, columns.title(id_field))
        tell_regions(rows, spec.regions, findings, columns.title(id_field))
        masked = sum(is_person(subject.kind) for subject in rows)
        if masked:
            findings.add("SSJ-R037", count=masked)
    known = asdict(table.reception, recurse=False)
    return SubjectRoster(**{**known, "rows": tuple(rows), "problems": tuple(findings.problems)})


def _subject(row: Row, derive: Deriver, wanted: Sequence[ColumnUse]) -> Subject | None:
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
        last_checked=row.parse("last_checked", day, None),
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
    name = text(row.cell("name")) or text(row.cell("person"))
    if not name:
        # An error, not a note: the drawn are announced and served by name, and of a file cut short within a line
        # a smaller pool would be drawn without a word.
        row.tell("SSJ-R014", "name" if "name" in row.columns.places else "person", value="")
    name = mask_name(name) if person else row.public("name" if row.cell("name") is not None else "person", name)
    code = subject_id(row, person)
    if not code or not name:
        return None
    return evolve(subject, id=code, kind=kind, name=name)


def _risk_class(row: Row) -> str:
    def lenient(cell: Cell) -> str:
        try:
            return risk_class(cell)
        except CellError as error:
            row.tell(error.code, "risk_class")
            return row.public("risk_class", folded(cell))

    return row.parse("risk_class", lenient, "")
