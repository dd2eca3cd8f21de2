"""Two versions of a roster: who came, who went, and what changed, by number."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from attrs import frozen

from ssj_core.desk.checked import FAULTY, Checked
from ssj_core.desk.guess import TITLES
from ssj_core.model import NO_EXPIRY, Leave, Officer, Subject
from ssj_core.problems import InputError, Problem, problem
from ssj_core.roster.cells import name_key
from ssj_core.text import Text

_FIELDS: Final[Mapping[str, Text]] = {
    "risk_class": Text("信用风险等级", "risk class"),
    "key": Text("重点企业", "key enterprise"),
    "status": Text("登记状态", "status"),
    "name": Text("名称", "name"),
    "kind": Text("类型", "kind"),
    "sectors": Text("监管类别", "sectors"),
    "section": Text("股室", "section"),
    "unit": Text("单位", "department"),
    "area": Text("辖区", "area"),
    "address": Text("地址", "address"),
    "last_checked": Text("上次检查日期", "last checked"),
    "checks_this_year": Text("本年度检查次数", "checks this year"),
    "parent": Text("所属企业", "parent"),
    "valid_until": Text("有效期止", "valid until"),
    "fields": Text("执法领域", "fields"),
    "available": Text("是否可参加", "available"),
    "leave": Text("请假期间", "leave"),
    "leads": Text("主办资格", "may lead"),
    "qualifications": Text("资格", "qualifications"),
    "most": Text("本批次上限", "limit of visits"),
    "accompanies": Text("人员类别", "kind of person"),
    "recused": Text("回避", "recusals"),
}
_STATED_BY: Final = {
    "name": ("name", "person"),
    "available": ("available", "certificate_status", "staff_status"),
    "section": ("section", "unit"),
}

Unit = Subject | Officer


@frozen
class Change:
    """A field of a unit that differs, as it was and as it is."""

    unit: Unit
    field: Text
    old: str
    new: str


@frozen(kw_only=True)
class Difference:
    """What became of a roster. `renumbered` are pairs of one name under two numbers: among those who went and came.

    `before` and `after` count different ids: before - went + came = after.
    """

    old: Checked
    new: Checked
    before: int
    after: int
    came: tuple[Unit, ...]
    went: tuple[Unit, ...]
    changed: tuple[Change, ...]
    renumbered: tuple[tuple[Unit, Unit], ...]
    not_compared: tuple[Text, ...]
    problems: tuple[Problem, ...]

    @property
    def stayed(self) -> int:
        """How many are in both."""
        return self.after - len(self.came)


def compare(old: Checked, new: Checked) -> Difference:
    """Compare two versions; a column that only one of them has is not compared, and named.

    Raises:
        InputError: they are rosters of two kinds, or lists of inspections, which have no numbers of their own.
    """
    if old.kind != new.kind:
        one, other = TITLES[old.kind], TITLES[new.kind]
        told = problem("SSJ-N002", file=new.roster.file, old=one.zh, new=other.zh, old_en=one.en, new_en=other.en)
        raise InputError([told])
    if old.kind == "inspections":
        raise InputError([problem("SSJ-N006", file=new.roster.file)])
    before, after = _by_id(old), _by_id(new)
    came = tuple(unit for key, unit in after.items() if key not in before)
    went = tuple(unit for key, unit in before.items() if key not in after)
    names = {name_key(unit.name): unit for unit in went}
    both = [(before[key], unit) for key, unit in after.items() if key in before]
    compared = [name for name in _FIELDS if _has(old, name) and _has(new, name)]
    return Difference(
        old=old,
        new=new,
        before=len(before),
        after=len(after),
        came=came,
        went=went,
        changed=tuple(one for name in compared for one in _changes(name, both)),
        renumbered=tuple((names[key], unit) for unit in came if (key := name_key(unit.name)) in names),
        not_compared=tuple(word for name, word in _FIELDS.items() if _has(old, name) != _has(new, name)),
        problems=tuple(
            problem("SSJ-N003", file=one.roster.file, count=lost) for one in (old, new) if (lost := _uncompared(one))
        ),
    )


def _uncompared(checked: Checked) -> int:
    """How many rows with errors are without an id by which they could be compared."""
    known = {row.row for row in checked.roster.rows}
    return sum(fate == FAULTY and number not in known for number, fate in checked.fates.items())


def _by_id(checked: Checked) -> dict[str, Unit]:
    return {row.id: row for row in reversed(checked.roster.rows) if isinstance(row, Subject | Officer)}


def _has(checked: Checked, field: str) -> bool:
    """Whether the file says anything of a field."""
    read = set(checked.roster.columns.values())
    return bool(read.intersection(_STATED_BY.get(field, (field,)))) or (
        field in ("sectors", "kind", "section") and any(getattr(row, field, "") for row in checked.roster.rows)
    )


def _changes(field: str, both: Sequence[tuple[Unit, Unit]]) -> list[Change]:
    found = []
    for before, after in both:
        old, new = getattr(before, field), getattr(after, field)
        if isinstance(old, tuple) and set(old) == set(new):
            continue
        if field == "unit" and (before.section, after.section) == (old, new):
            continue  # one column for both, told as the section
        if old != new:
            found.append(Change(after, _FIELDS[field], _shown(old), _shown(new)))
    return found


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, tuple):
        return "；".join(map(_shown, value))
    if isinstance(value, Leave):
        return f"{value.first}至{value.last}"
    if isinstance(value, date):
        return "长期" if value == NO_EXPIRY else value.isoformat()
    return "" if value is None else str(value)
