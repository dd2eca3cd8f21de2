"""执法检查人员名录库: rows of a file to officers."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, Literal

from attrs import asdict

from ssj_core.model import NO_EXPIRY, Leave, Officer
from ssj_core.readers.model import Cell, Reading, RosterReader
from ssj_core.roster.cells import count, folded, optional, text, yes_no
from ssj_core.roster.columns import Row
from ssj_core.roster.days import expiry, leave
from ssj_core.roster.duplicates import check_officers
from ssj_core.roster.extra import extra
from ssj_core.roster.findings import CellError, Findings
from ssj_core.roster.grounds import recused
from ssj_core.roster.ids import officer_id
from ssj_core.roster.layout import OFFICERS
from ssj_core.roster.model import OfficerRoster
from ssj_core.roster.numberless import gather
from ssj_core.roster.spec import RosterSpec
from ssj_core.roster.table import open_table
from ssj_core.roster.ticking import Tick, quiet, ticking
from ssj_core.rules.model import ColumnUse

_IN_SERVICE: Final = frozenset(["有效", "正常", "在用", "使用中", "已发证", "在岗", "在职", "在编", "是", "√", "1"])
_OUT_OF_SERVICE: Final = frozenset(
    [
        "无效",
        "失效",
        "过期",
        "已过期",
        "注销",
        "已注销",
        "吊销",
        "撤销",
        "收回",
        "暂扣",
        "挂失",
        "作废",
        "停用",
        "离岗",
        "离职",
        "退休",
        "已退休",
        "调离",
        "调出",
        "借调",
        "停职",
        "辞职",
        "病休",
        "产假",
        "请假",
        "否",
        "×",
        "0",
    ]
)
_NO_LIMIT: Final = frozenset(["不限", "无", "-", "—", "/", "无上限"])
_KINDS: Final[Mapping[Literal["", "专家", "辅助人员"], frozenset[str]]] = {
    "": frozenset(
        ["执法人员", "执法检查人员", "检查人员", "行政执法人员", "执法员", "检查员", "正式", "在编", "公务员", "参公"]
    ),
    "专家": frozenset(["专家", "技术专家", "行业专家", "外聘专家", "评审专家"]),
    "辅助人员": frozenset(["辅助人员", "执法辅助人员", "行政执法辅助人员", "协助人员", "技术人员", "聘用人员", "辅助"]),
}


def read_officers(
    data: bytes,
    spec: RosterSpec,
    readers: Sequence[RosterReader],
    wanted: Sequence[ColumnUse] = (),
    reading: Reading | None = None,
    tick: Tick = quiet,
) -> OfficerRoster:
    """Read the officer roster; problems are collected, nothing is raised for bad input.

    `wanted`, `reading` and `tick` as of `read_subjects`.
    """
    table = open_table(data, spec, readers, OFFICERS, wanted, reading)
    findings, columns = table.findings, table.columns
    rows: list[Officer] = []
    if columns is not None:
        rows = [officer for row in ticking(table.rows, tick) if (officer := _officer(row, wanted))]
        id_field = next((field for field in OFFICERS.ids if field in columns.places), "")
        check_officers(rows, findings, columns.title(id_field), columns.title("name"))
        _same_staff(table.rows, findings, {row.row: row.id for row in rows}, columns.title("staff"))
        gather(findings, columns, OFFICERS, len(table.rows), table.reception.header_row)
    known = asdict(table.reception, recurse=False)
    return OfficerRoster(**{**known, "rows": tuple(rows), "problems": tuple(findings.problems)})


def _officer(row: Row, wanted: Sequence[ColumnUse]) -> Officer | None:
    available = row.parse("available", yes_no, True)
    certified = row.parse("certificate_status", _in_service, True)
    present = row.parse("staff_status", _in_service, True)
    valid_until = row.parse("valid_until", expiry, NO_EXPIRY)
    stretches: tuple[Leave, ...] = row.parse("leave", leave, ())
    accompanies: Literal["", "专家", "辅助人员"] = row.parse("accompanies", _accompanies, "")
    name = text(row.cell("name"))
    if not name:
        # An error as of subjects: nobody could recuse himself from, or be recused as, an officer without a name.
        row.tell("SSJ-R014", "name", value="")
    code = officer_id(row)
    if not code or not name:
        return None
    has_certificate = bool(optional(row.cell("certificate")))
    if accompanies:
        pass  # who never counts as an officer needs no certificate
    elif not has_certificate:
        row.tell("SSJ-R038", "certificate", value=name)
    elif "valid_until" in row.columns.places and row.cell("valid_until") is None:
        row.tell("SSJ-R044", "valid_until", value=name)
    fields = row.several("fields")
    if not fields and "fields" in row.columns.places:
        row.tell("SSJ-R045", "fields", value=name)
    unit = row.text("unit")
    return Officer(
        id=code,
        name=row.public("name", name),
        section=row.text("section") or unit,
        unit=unit,
        certificate=code.partition(":")[2] if has_certificate else "",
        valid_until=valid_until,
        fields=fields,
        available=available and certified and present,
        leave=stretches,
        recused=recused(row),
        leads=row.parse("leads", yes_no, False),
        qualifications=row.several("qualifications"),
        most=row.parse("most", _most, None),
        accompanies=accompanies,
        extra=extra(row, wanted),
        row=row.number,
    )


def _same_staff(rows: Iterable[Row], findings: Findings, ids: Mapping[int, str], title: str) -> None:
    """One staff number under two certificates is one person twice."""
    first: dict[str, int] = {}
    for row in rows:
        number = folded(row.cell("staff")) if optional(row.cell("staff")) else ""
        other = first.setdefault(number, row.number) if number else row.number
        if ids.get(other, "") != ids.get(row.number, "") and other in ids and row.number in ids:
            findings.add("SSJ-R083", row=row.number, field=title, value=number, other=other)


def _most(cell: Cell) -> int | None:
    return None if folded(cell) in _NO_LIMIT else count(cell)


def _accompanies(cell: Cell) -> Literal["", "专家", "辅助人员"]:
    word = folded(cell)
    for kind, words in _KINDS.items():
        if word in words:
            return kind
    raise CellError("SSJ-R080")


def _in_service(cell: Cell) -> bool:
    word = folded(cell)
    if word in _IN_SERVICE or word in _OUT_OF_SERVICE:
        return word in _IN_SERVICE
    raise CellError("SSJ-R041")
