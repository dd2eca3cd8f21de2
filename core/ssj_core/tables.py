"""SPEC §9: the CSV tables of a draw: one canonical form, so that their bytes can be hashed and Excel can open them."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Final, TypeVar

from attrs import fields, frozen

from ssj_core.canonical import check_line_value

R = TypeVar("R")

BOM: Final = "\ufeff"
SEPARATOR: Final = "；"
"""Between the parts of a cell that holds several values."""


class TableError(ValueError):
    """Bytes that are not a table in canonical form; the message says why."""


@frozen(kw_only=True)
class SubjectRow:
    """`subjects.csv`: one subject of the pool with its stratum."""

    id: str
    name: str
    kind: str
    stratum: str
    sectors: tuple[str, ...]
    section: str
    area: str
    address: str
    risk_class: str
    key: bool
    parent: str


@frozen(kw_only=True)
class OfficerRow:
    """`officers.csv`: one officer who may be matched; `cap` the most visits in this draw, `history` earlier load."""

    id: str
    name: str
    section: str
    certificate: str
    fields: tuple[str, ...]
    cap: int
    history: int


@frozen(kw_only=True)
class ExcludedRow:
    """`excluded.csv`: who stands in a roster but does not take part, by which rule, and why."""

    unit: str
    id: str
    name: str
    rule: str
    reason: str


@frozen(kw_only=True)
class RecusalRow:
    """`recusals.csv`: which officer must not inspect which subject, by which rule, and why."""

    subject: str
    officer: str
    rule: str
    reason: str


@frozen(kw_only=True)
class DrawnRow:
    """`drawn.csv`: the drawn and the reserve of each stratum in the order of their tickets."""

    stratum: str
    rank: int
    outcome: str
    id: str
    name: str
    ticket: str


@frozen(kw_only=True)
class TeamRow:
    """`teams.csv`: one place of one team."""

    subject: str
    name: str
    place: int
    role: str
    officer: str
    officer_name: str
    section: str


@frozen(kw_only=True)
class TicketsRow:
    """`tickets.csv`: how many tickets a subject of the pool has; only in a draw with weights."""

    id: str
    tickets: int


@frozen(kw_only=True)
class SiteRow:
    """`sites.csv`: one site (项目、小区) of a subject of the pool; only in a draw with two stages."""

    id: str
    name: str
    kind: str
    area: str
    address: str
    subject: str


@frozen(kw_only=True)
class SiteDrawRow:
    """`site_draws.csv`: the sites of a listed subject in the order of their tickets, drawn ones first."""

    subject: str
    rank: int
    outcome: str
    id: str
    name: str
    ticket: str


DRAWN: Final = "抽中"
RESERVE: Final = "递补"
SUBJECT: Final = "检查对象"
OFFICER: Final = "执法检查人员"
YES_NO: Final = ("否", "是")

HEADERS: Final[dict[type, tuple[str, ...]]] = {
    SubjectRow: (
        "编号", "名称", "类型", "分层", "监管类别", "分管股室", "辖区", "地址", "信用风险等级", "重点企业", "所属企业",
    ),
    OfficerRow: ("编号", "姓名", "股室", "执法证号", "执法领域", "本次上限", "已有次数"),
    ExcludedRow: ("类别", "编号", "名称", "规则", "原因"),
    RecusalRow: ("检查对象", "执法检查人员", "规则", "原因"),
    DrawnRow: ("分层", "序号", "结果", "编号", "名称", "签号"),
    TeamRow: ("检查对象", "名称", "席位", "分工", "执法检查人员", "姓名", "股室"),
    TicketsRow: ("编号", "签数"),
    SiteRow: ("编号", "名称", "类型", "辖区", "地址", "所属对象"),
    SiteDrawRow: ("检查对象", "序号", "结果", "编号", "名称", "签号"),
}  # fmt: skip
"""Header of each table, in the order of the columns."""

FILES: Final[dict[str, type]] = {
    "subjects.csv": SubjectRow,
    "officers.csv": OfficerRow,
    "excluded.csv": ExcludedRow,
    "recusals.csv": RecusalRow,
    "drawn.csv": DrawnRow,
    "teams.csv": TeamRow,
    "tickets.csv": TicketsRow,
    "sites.csv": SiteRow,
    "site_draws.csv": SiteDrawRow,
}
SEALED_FILES: Final = ("subjects.csv", "officers.csv", "excluded.csv", "recusals.csv")
"""Tables that exist before the seed."""
OUTCOME_FILES: Final = ("drawn.csv", "teams.csv")
"""Tables that the seed makes."""
TICKETS_FILE: Final = "tickets.csv"
SITES_FILE: Final = "sites.csv"
SITE_DRAWS_FILE: Final = "site_draws.csv"
OPTIONAL_FILES: Final = (TICKETS_FILE, SITES_FILE, SITE_DRAWS_FILE)
"""Tables that a draw has only if its rules ask for weights, or for a second stage."""


def encode_table(row_type: type[R], rows: Iterable[R]) -> bytes:
    """Rows as canonical CSV: BOM, header, LF, quotes only where needed.

    Raises:
        ValueError: a cell is not NFC or holds a control character.
    """
    columns = [a.name for a in fields(row_type)]  # type: ignore[arg-type]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEADERS[row_type])
    for row in rows:
        cells = [_cell(getattr(row, name)) for name in columns]
        check_line_value(",".join(cells))  # one look at the row: a comma never composes with what follows it
        writer.writerow(cells)
    return (BOM + out.getvalue()).encode()


def decode_table(row_type: type[R], data: bytes) -> tuple[R, ...]:
    """Rows of a canonical table.

    Raises:
        TableError: any byte differs from what `encode_table` would write for these rows.
    """
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        raise TableError(f"not UTF-8 at byte {error.start}") from None
    if not text.startswith(BOM):
        raise TableError("no byte order mark")
    try:
        records = list(csv.reader(io.StringIO(text[1:], newline=""), strict=True))
    except csv.Error as error:
        raise TableError(str(error)) from None
    if not records or tuple(records[0]) != HEADERS[row_type]:
        raise TableError("another header")
    rows = tuple(_row(row_type, number, record) for number, record in enumerate(records[1:], start=2))
    try:
        canonical = encode_table(row_type, rows) == data
    except ValueError as error:
        raise TableError(str(error)) from None
    if not canonical:
        raise TableError("not in canonical form")
    return rows


def _cell(value: str | int | bool | tuple[str, ...]) -> str:
    if isinstance(value, bool):
        return YES_NO[value]
    if isinstance(value, tuple):
        if any(SEPARATOR in part or not part for part in value):
            raise ValueError(f"{value!r} holds the separator {SEPARATOR} or an empty part")
        return SEPARATOR.join(value)
    return str(value)


def _row(row_type: type[R], number: int, record: Sequence[str]) -> R:
    attributes = fields(row_type)  # type: ignore[arg-type]
    if len(record) != len(attributes):
        raise TableError(f"row {number} has {len(record)} cells, not {len(attributes)}")
    made: dict[str, object] = {}
    for attribute, cell in zip(attributes, record, strict=True):
        try:
            made[attribute.name] = _parsed(attribute.type, cell)
        except ValueError:
            raise TableError(f"row {number}: {cell!r} cannot be a {attribute.name}") from None
    return row_type(**made)


def _parsed(kind: object, cell: str) -> object:
    if kind is int:
        return int(cell)
    if kind is bool:
        return bool(YES_NO.index(cell))
    if kind is str:
        return cell
    return tuple(cell.split(SEPARATOR)) if cell else ()
