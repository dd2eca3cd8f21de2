"""Who may be inspected and who may inspect: the rows of the two rosters, as the rules see them."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Any, Final, Literal

from attrs import field, frozen

UnitKind = Literal["subject", "officer"]

NO_EXPIRY: Final = date(9999, 9, 9)
"""How rosters write "never": 9999-09-09, 长期, 无固定期限 all become this day."""

PERSON_KIND: Final = "人员"
PERSON_KINDS: Final = frozenset({"人员", "注册执业人员"})
"""Subjects of these kinds are persons: their names are masked when the roster is read."""


NOTHING: Final[Mapping[str, str]] = MappingProxyType({})


def unchangeable(given: Mapping[str, Any]) -> Mapping[str, Any]:
    """The same pairs in a mapping that nobody can change: no callback spoils what the next one is given."""
    return given if type(given) is MappingProxyType else MappingProxyType(dict(given))


GROUNDS: Final[Mapping[str, str]] = {
    "kin": "近亲属",
    "interest": "利害关系",
    "party": "当事人申请",
    "applied": "本人申请",
    "other": "其他关系",
}
"""回避的理由 and their words: kin, an interest, the inspected party asked, the officer asked, any other relation."""


@frozen(kw_only=True)
class Inspection:
    """An earlier inspection: ids of the subject and of the officers who went there, and its day.

    Of a draw its day is the last one of the batch and `source` the draw; of a list of the office `source` is the
    file and the row, which `row` has too.
    """

    subject: str
    day: date
    officers: tuple[str, ...]
    source: str
    row: int = 0


@frozen(kw_only=True)
class Subject:
    """检查对象: one row of the subject roster, cleaned.

    `id` is scheme and code (`uscc:`, `regno:` or `permit:`). `sectors` are the words of the roster
    (registry ids or titles). `drawn_this_year` counts earlier draws of the same plan, `inspections` are the earlier
    ones that are known, the latest first; the pipeline sets both. `recused` and `recused_for` as of an `Officer`.
    `extra` holds the columns that a rule of the batch asks for by name and no field has (`ColumnUse`), as text.
    """

    id: str
    name: str
    kind: str = ""
    sectors: tuple[str, ...] = ()
    section: str = ""
    area: str = ""
    address: str = ""
    risk_class: str = ""
    key: bool = False
    status: str = ""
    last_checked: date | None = None
    checks_this_year: int = 0
    parent: str = ""
    recused: tuple[str, ...] = ()
    recused_for: Mapping[str, str] = field(default=NOTHING, converter=unchangeable, hash=False)
    drawn_this_year: int = 0
    extra: Mapping[str, str] = field(default=NOTHING, converter=unchangeable, hash=False)
    inspections: tuple[Inspection, ...] = ()
    row: int = 0


@frozen(kw_only=True)
class Leave:
    """A stretch of absence, both days included."""

    first: date
    last: date


@frozen(kw_only=True)
class Officer:
    """执法检查人员: one row of the officer roster, cleaned.

    `id` is `officer:` and the number of the enforcement certificate. `fields` are the sectors the officer is
    qualified for, in the words of the roster; `recused` the ids of subjects the officer must not inspect,
    `recused_for` the ground (`GROUNDS`) of each for whom the roster says one.
    `unit` is the department (单位), where the roster names it: that of a section (股室), or all there is.
    `leads`: qualified to lead (主办资格); `qualifications` any others, in the words of the roster. `most` limits the
    visits of one draw, None does not. `accompanies` names an expert or helper, who is never counted as an officer.
    `extra` as of a `Subject`.
    """

    id: str
    name: str
    section: str = ""
    unit: str = ""
    certificate: str = ""
    valid_until: date = NO_EXPIRY
    fields: tuple[str, ...] = ()
    available: bool = True
    leave: tuple[Leave, ...] = ()
    recused: tuple[str, ...] = ()
    recused_for: Mapping[str, str] = field(default=NOTHING, converter=unchangeable, hash=False)
    leads: bool = False
    qualifications: tuple[str, ...] = ()
    most: int | None = None
    accompanies: Literal["", "专家", "辅助人员"] = ""
    extra: Mapping[str, str] = field(default=NOTHING, converter=unchangeable, hash=False)
    row: int = 0
