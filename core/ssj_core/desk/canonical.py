"""The clean roster: one header for each field, one way to write each value; read again it gives the same rows."""

import csv
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Final, TypeVar

from attrs import frozen

from ssj_core.desk.checked import Roster
from ssj_core.desk.guess import LAYOUTS, TITLES, Kind
from ssj_core.model import NO_EXPIRY, Leave, Officer, Subject
from ssj_core.roster import InspectionList, SubjectRoster
from ssj_core.roster.layout import INSPECTIONS, OFFICERS, SUBJECTS
from ssj_core.roster.model import ListedInspection
from ssj_core.roster.persons import is_person
from ssj_core.roster.synonyms import header_key
from ssj_core.roster.unnamed import unnamed
from ssj_core.spreadsheet import Book, Value, put, width_of

T = TypeVar("T", Subject, Officer, ListedInspection)

_SEPARATOR: Final = "；"
_MEASURED: Final = 200


@frozen
class Table:
    """Headers and rows; a column that the roster did not have and that nothing was derived for is left out."""

    kind: Kind
    headers: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]


def canonical(roster: Roster, without: Iterable[int] = ()) -> Table:
    """Return the clean table of a roster, without the rows of these numbers."""
    left_out = frozenset(without)
    if isinstance(roster, SubjectRoster):
        kept = [row for row in roster.rows if row.row not in left_out]
        return _table(roster, "subjects", {**_SUBJECTS, **_extra(kept)}, kept)
    if isinstance(roster, InspectionList):
        return _table(roster, "inspections", _INSPECTIONS, [row for row in roster.rows if row.row not in left_out])
    able = [row for row in roster.rows if row.row not in left_out]
    return _table(roster, "officers", {**_OFFICERS, **_extra(able)}, able)


def as_csv(table: Table) -> bytes:
    """UTF-8 with BOM and CRLF, as spreadsheets and old systems take it."""
    out = io.StringIO()
    csv.writer(out).writerows([table.headers, *([_plain(value) for value in row] for row in table.rows)])
    return out.getvalue().encode("utf-8-sig")


def as_xlsx(table: Table) -> bytes:
    """Every column as text, so that a code typed into it keeps its digits; raises `InputError` without xlsxwriter."""
    book = Book(large=len(table.rows) * len(table.headers) > 200_000)
    sheet = book.add(TITLES[table.kind].zh)
    head = book.format(bold=True, bg_color="#D9E2F3", border=1)
    text, dated = book.format(num_format="@"), book.format(num_format="yyyy-mm-dd")
    for place, title in enumerate(table.headers):
        width = width_of([title, *(row[place] for row in table.rows[:_MEASURED])])
        sheet.set_column(place, place, width, text)
        sheet.write_string(0, place, title, head)
    for number, row in enumerate(table.rows, 1):
        for place, value in enumerate(row):
            if value != "":
                put(sheet, number, place, value, text, dated)
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    if table.rows:
        sheet.autofilter(0, 0, len(table.rows), len(table.headers) - 1)
    return book.close()


def _code(scheme: str, of_person: bool | None = None) -> Callable[[Subject], str]:
    def code(subject: Subject) -> str:
        own, _, value = subject.id.partition(":")
        fits = own == scheme and of_person in (None, is_person(subject.kind))
        return value if fits else ""

    return code


_SUBJECTS: Final[Mapping[str, Callable[[Subject], Value]]] = {
    "统一社会信用代码": _code("uscc"),
    "注册号": _code("regno"),
    "施工许可证号": _code("permit", of_person=False),
    "证书编号": _code("permit", of_person=True),
    "名称": lambda s: "" if s.name == unnamed(s.id) else s.name,
    "主体类型": lambda s: s.kind,
    "监管类别": lambda s: _SEPARATOR.join(s.sectors),
    "分管股室": lambda s: s.section,
    "所属乡镇": lambda s: s.area,
    "住所": lambda s: s.address,
    "信用风险等级": lambda s: s.risk_class,
    "重点企业": lambda s: "是" if s.key else "否",
    "登记状态": lambda s: s.status,
    "上次检查日期": lambda s: _day(s.last_checked),
    "本年度检查次数": lambda s: str(s.checks_this_year or ""),
    "所属企业": lambda s: s.parent,
    "回避人员": lambda s: _SEPARATOR.join(s.recused),
}
_OFFICERS: Final[Mapping[str, Callable[[Officer], Value]]] = {
    "姓名": lambda o: o.name,
    "股室": lambda o: o.section,
    "单位": lambda o: o.unit,
    "执法证号": lambda o: o.certificate,
    "工号": lambda o: "" if o.certificate else o.id.partition(":")[2],
    "有效期止": lambda o: _day(o.valid_until) if o.certificate else "",
    "执法领域": lambda o: _SEPARATOR.join(o.fields),
    "是否可参加": lambda o: "是" if o.available else "否",
    "请假期间": lambda o: _SEPARATOR.join(map(_leave, o.leave)),
    "主办资格": lambda o: "是" if o.leads else "否",
    "资格": lambda o: _SEPARATOR.join(o.qualifications),
    "本批次上限": lambda o: "" if o.most is None else str(o.most),
    "人员类别": lambda o: o.accompanies,
    "回避对象": lambda o: _SEPARATOR.join(o.recused),
}
_INSPECTIONS: Final[Mapping[str, Callable[[ListedInspection], Value]]] = {
    "编号": lambda i: i.code,
    "名称": lambda i: i.name,
    "检查日期": lambda i: i.day,
    "检查人员": lambda i: _SEPARATOR.join(i.officers),
}
_NUMBERS: Final = frozenset({*SUBJECTS.ids, *OFFICERS.ids, *INSPECTIONS.ids})
_ALWAYS: Final = frozenset({"名称", "姓名", "监管类别", "执法领域", "执法证号", "有效期止", "检查日期", "检查人员"})


def _table(roster: Roster, kind: Kind, columns: Mapping[str, Callable[[T], Value]], units: Sequence[T]) -> Table:
    by_key, stated = LAYOUTS[kind].by_key, set(roster.columns.values())
    made = {title: [value(unit) for unit in units] for title, value in columns.items()}
    kept = {
        title: values
        for title, values in made.items()
        if title in _ALWAYS
        or by_key.get(header_key(title)) in stated - _NUMBERS
        or any(v not in ("", "否") for v in values)
    }
    return Table(kind, tuple(kept), tuple(zip(*kept.values(), strict=True)))


def _extra(rows: Sequence[Subject] | Sequence[Officer]) -> dict[str, Callable[[Subject | Officer], Value]]:
    """The columns that rules ask for by name: every row has them all."""

    def of(name: str) -> Callable[[Subject | Officer], Value]:
        return lambda row: row.extra.get(name, "")

    return {name: of(name) for row in rows[:1] for name in row.extra}


def _day(day: date | None) -> Value:
    return "" if day is None else "长期" if day == NO_EXPIRY else day


def _leave(leave: Leave) -> str:
    return f"{leave.first.isoformat()}至{leave.last.isoformat()}"


def _plain(value: Value) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)
