"""The lists of one draw as it stands: drawn with their sites, teams, reserve, excluded, replacements."""

from collections.abc import Mapping, Sequence
from typing import Final

from ssj_core.documents.model import Dossier, Visit
from ssj_core.entropy.grammar import moment
from ssj_core.lists.model import NUMBER, Field, Listing
from ssj_core.pool import TITLES
from ssj_core.spreadsheet import Value
from ssj_core.tables import (
    RESERVE,
    SITE_DRAWS_FILE,
    SITES_FILE,
    TICKETS_FILE,
    DrawnRow,
    ExcludedRow,
    SiteDrawRow,
    SiteRow,
    SubjectRow,
    TicketsRow,
    decode_table,
)

_SHOWN: Final = 16
_CODE: Final = Field("id", "编号", 22)
_NAME: Final = Field("name", "名称", 36)
_DRAWN: Final = (
    NUMBER, _CODE, _NAME, Field("kind", "类型", 12), Field("stratum", "分层", 14), Field("sectors", "监管类别", 22),
    Field("section", "分管股室", 14), Field("area", "辖区", 12), Field("address", "地址", 34),
    Field("risk_class", "信用风险等级", 8, centred=True), Field("key", "重点", 6, centred=True),
    Field("ticket", "签号（前 16 位）", 19, shown=_SHOWN), Field("note", "备注", 22),
)  # fmt: skip
_TEAMS: Final = (
    NUMBER, _CODE, Field("name", "检查对象", 40), Field("role", "分工", 8, centred=True),
    Field("officer_name", "姓名", 12), Field("officer_section", "股室", 18), Field("certificate", "执法证号", 20),
    Field("address", "地址", 40),
)  # fmt: skip
_UNIT: Final = Field("officer_unit", "单位", 18)
"""The department, in a joint batch of several."""
_TASKS: Final = (
    NUMBER, Field("officer_name", "姓名", 12), Field("officer_section", "股室", 18),
    Field("certificate", "执法证号", 20), Field("visits", "户数", 6, centred=True), Field("subjects", "检查对象", 90),
)  # fmt: skip
_RESERVE: Final = (
    Field("stratum", "分层", 24), Field("rank", "递补次序", 10, centred=True), _CODE, _NAME,
    Field("ticket", "签号（前 16 位）", 19, shown=_SHOWN), Field("note", "备注", 24),
)  # fmt: skip
_EXCLUDED: Final = (NUMBER, Field("unit", "类别", 14), _CODE, _NAME)
_REASON: Final = Field("reason", "原因", 44)
_COUNT: Final = Field("tickets", "签数", 6, centred=True)
_SITES: Final = (
    NUMBER, _CODE, Field("name", "检查对象", 36), Field("site", "项目编号", 24), Field("site_name", "项目名称", 36),
    Field("outcome", "结果", 8, centred=True), Field("rank", "次序", 6, centred=True),
    Field("site_kind", "类型", 12), Field("site_address", "地址", 34),
    Field("ticket", "签号（前 16 位）", 19, shown=_SHOWN),
)  # fmt: skip
_EXCHANGES: Final = (
    Field("replacement", "替换编号", 30),
    Field("who", "退出的", 30), Field("reason", "事由", 34), Field("document", "凭据", 24),
    Field("by", "决定人", 12), Field("outcome", "结果", 34),
)  # fmt: skip


def lists_of(dossier: Dossier, files: Mapping[str, bytes]) -> dict[str, tuple[Listing, ...]]:
    """Return the lists by the name of their workbook; `files` are those of the draw.

    Raises:
        KeyError: a table is missing. TableError: one is not canonical.
    """
    drawn = decode_table(DrawnRow, files["drawn.csv"])
    excluded = decode_table(ExcludedRow, files["excluded.csv"])
    tickets = {row.id: row.ticket for row in drawn}
    weighted = bool(dossier.rules.weights)
    counts = {r.id: r.tickets for r in decode_table(TicketsRow, files[TICKETS_FILE])} if weighted else {}

    def listing(name: str, key: str, what: str, fields: Sequence[Field], rows: Sequence[Sequence[Value]]) -> Listing:
        title = f"{dossier.rules.title}　{what}"
        return Listing(name=name, key=key, title=title, about=_about(dossier), fields=fields, rows=rows)

    found = {
        "抽中名单": (
            listing("抽中名单", "drawn", "抽中的检查对象", *_counted(_DRAWN, _drawn(dossier, tickets), counts, 1)),
        ),
        "检查组名单": (
            listing("检查组名单", "teams", "检查组", *_joint(dossier, _TEAMS, _teams(dossier.visits))),
            listing("人员任务", "tasks", "执法人员任务", *_joint(dossier, _TASKS, _tasks(dossier.visits))),
        ),
        "递补名单": (
            listing(
                "递补名单",
                "reserve",
                "递补的检查对象",
                *_counted(_RESERVE, _reserve(drawn, dossier.visits), counts, 2),
            ),
        ),
        "未纳入名单": (
            listing(
                "未纳入名单", "excluded", "未纳入抽取的", (*_EXCLUDED, _rule(dossier), _REASON), _excluded(excluded)
            ),
        ),
    }
    if dossier.rules.second_stage:
        rows_of_sites = _sites(dossier.visits, files)
        found["抽中名单"] += (listing("抽中项目", "sites", "抽中对象的项目，按签号次序", _SITES, rows_of_sites),)
    if dossier.exchanges:
        rows = [(e.id, e.who, e.reason, e.document, e.by, e.outcome) for e in dossier.exchanges]
        found["替换情况"] = (listing("替换情况", "replacements", "替换情况", _EXCHANGES, rows),)
    return found


def _counted(
    fields: Sequence[Field], rows: Sequence[Sequence[Value]], counts: Mapping[str, int], code: int
) -> tuple[Sequence[Field], Sequence[Sequence[Value]]]:
    """In a draw with weights, with a column that says how many tickets each had; `code` is the place of the id."""
    if not counts:
        return fields, rows
    last = len(fields) - 1  # before the note
    counted = [(*row[:last], counts.get(str(row[code]), ""), *row[last:]) for row in rows]
    return (*fields[:last], _COUNT, *fields[last:]), counted


def _joint(
    dossier: Dossier, fields: Sequence[Field], rows: Sequence[tuple[str, tuple[Value, ...]]]
) -> tuple[Sequence[Field], Sequence[Sequence[Value]]]:
    """Rows, each with its officer's department: where there are several it has a column before the section."""
    place = next(n for n, field in enumerate(fields) if field.key == "officer_section")
    if not dossier.rules.team.departments:
        return fields, [row for _, row in rows]
    return (*fields[:place], _UNIT, *fields[place:]), [(*row[:place], unit, *row[place:]) for unit, row in rows]


def _sites(visits: Sequence[Visit], files: Mapping[str, bytes]) -> list[tuple[Value, ...]]:
    """The sites of every visit: those drawn, then those that would step in."""
    sites = {site.id: site for site in decode_table(SiteRow, files[SITES_FILE])}
    places = decode_table(SiteDrawRow, files[SITE_DRAWS_FILE])
    return [
        (
            visit.number, visit.subject.id, visit.subject.name, row.id.partition(":")[2], row.name, row.outcome,
            row.rank, sites[row.id].kind, sites[row.id].address, row.ticket,
        )
        for visit in visits
        for row in places
        if row.subject == visit.subject.id
    ]  # fmt: skip


def _about(dossier: Dossier) -> tuple[str, ...]:
    rules = dossier.rules
    after = f"　第 {dossier.after} 次替换以后" if dossier.after else ""
    when = f"批次 {rules.start} 至 {rules.end}　抽取时间 {_moment(dossier.drawn_at)}　保证等级 {dossier.level}"
    digests = {"承诺": dossier.commitment, "种子": dossier.seed, "记录摘要": dossier.record_digest}
    shown = "　".join(f"{word} {value[:_SHOWN]}…" for word, value in digests.items())
    return (
        "　".join(filter(None, (rules.bureau, rules.document_no))),
        f"抽取编号 {rules.draw_id}{after}　{when}",
        f"{shown}　由公开的文件人人可以复核：ssj-core verify",
        *((f"抽取后台账头 {dossier.ledger_head}",) if dossier.ledger_head else ()),  # whole, for `ledger verify --head`
    )


def _moment(text: str) -> str:
    """A time of the record as clocks in China show it; as it stands where it is none."""
    told = moment(text)
    return f"{told:%Y-%m-%d %H:%M}（北京时间）" if told else text


def _drawn(dossier: Dossier, tickets: Mapping[str, str]) -> list[tuple[Value, ...]]:
    titles = {one.sector: one.title for one in dossier.rules.checklists}
    return [
        (
            visit.number,
            visit.subject.id,
            visit.subject.name,
            visit.subject.kind,
            visit.subject.stratum,
            "；".join(titles.get(sector, sector) for sector in visit.subject.sectors),
            visit.subject.section,
            visit.subject.area,
            visit.subject.address,
            visit.subject.risk_class,
            "是" if visit.subject.key else "",
            tickets.get(visit.subject.id, ""),
            visit.reason,
        )
        for visit in dossier.visits
    ]


def _teams(visits: Sequence[Visit]) -> list[tuple[str, tuple[Value, ...]]]:
    return [
        (
            one.unit,
            (
                visit.number,
                visit.subject.id,
                visit.subject.name,
                one.role,
                one.name,
                one.section,
                one.certificate,
                visit.subject.address,
            ),
        )
        for visit in visits
        for one in visit.team
    ]


def _tasks(visits: Sequence[Visit]) -> list[tuple[str, tuple[Value, ...]]]:
    found: dict[str, list[str]] = {}
    officers = {one.id: one for visit in visits for one in visit.team}
    for visit in visits:
        for one in visit.team:
            found.setdefault(one.id, []).append(_named(visit.subject))
    ordered = sorted(found, key=lambda key: (officers[key].unit, officers[key].section, key))
    return [
        (one.unit, (number, one.name, one.section, one.certificate, len(found[one.id]), "、".join(found[one.id])))
        for number, one in enumerate((officers[key] for key in ordered), 1)
    ]


def _named(subject: SubjectRow) -> str:
    """The name; where it is masked, as that of a person, nobody would know which one without the number."""
    return f"{subject.name}（{subject.id.partition(':')[2]}）" if subject.name.endswith("*") else subject.name


def _reserve(drawn: Sequence[DrawnRow], visits: Sequence[Visit]) -> list[tuple[Value, ...]]:
    standing = {visit.subject.id for visit in visits}
    ranks: dict[str, int] = {}
    rows: list[tuple[Value, ...]] = []
    for row in drawn:
        if row.outcome == RESERVE:
            ranks[row.stratum] = rank = ranks.get(row.stratum, 0) + 1
            note = "已递补" if row.id in standing else ""
            rows.append((row.stratum, rank, row.id, row.name, row.ticket, note))
    return rows


def _rule(dossier: Dossier) -> Field:
    """The rule somebody was left out by: its title on paper, its id for programs."""
    words = {name: title.zh for name, title in TITLES.items()}
    return Field("rule", "依据的规则", 34, words=words | {rule.id: rule.title for rule in dossier.rules.stated})


def _excluded(excluded: Sequence[ExcludedRow]) -> list[tuple[Value, ...]]:
    return [(number, row.unit, row.id, row.name, row.rule, row.reason) for number, row in enumerate(excluded, 1)]
