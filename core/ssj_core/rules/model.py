"""Rules as dated data: legal basis, checklists, ratio rules, and the callbacks that only code can say."""

from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction
from typing import Final, Generic, Literal, TypeVar, cast

from attrs import field, frozen

from ssj_core.model import Officer, Subject, UnitKind, unchangeable
from ssj_core.text import Text

T = TypeVar("T")
ColumnKind = Literal["text", "number", "date", "yes-no"]
Mark = Literal["V-law", "V-src", "V-code", "weak", "GK", "seed", "choice"]
Bound = Literal["min", "max", "exact"]
Rounding = Literal["up", "down", "half-up"]
Total = Literal["each", "shared"]

MOST_TICKETS: Final = 64
"""Nobody has more tickets than these (SPEC §7.3)."""
ANY_CLASS: Final = "*"
"""The class of a ratio rule that stands for every class not named."""


@frozen(kw_only=True)
class LegalBasis:
    """Where a value comes from.

    `mark` says how the citation was found: `V-law` read in the law text of `version`, `V-src` seen in a public
    list, `V-code` read in another system, `weak` seen once in a poor source, `GK` from memory, `seed` in the
    bureau's own document, `choice` decided in the ruleset because no document says it.
    """

    title: str
    articles: tuple[str, ...] = ()
    document_no: str = ""
    version: date | None = None
    mark: Mark
    note: str = ""

    @property
    def status(self) -> Literal["verified", "needs-check"]:
        """`verified` only where the text itself was read; the documents print the other one."""
        return "verified" if self.mark in ("V-law", "seed", "choice") else "needs-check"


def _kept(value: T) -> T:
    """A value as it stays: pairs in a mapping that nobody can change."""
    return cast("T", unchangeable(value)) if isinstance(value, Mapping) else value


@frozen(kw_only=True)
class InForce(Generic[T]):
    """One interval of a timeline: `value` holds from `since` to `until`, both days included.

    `reviewed_until` is the last day up to which somebody has looked whether it still holds.
    """

    since: date
    until: date | None = None
    reviewed_until: date
    value: T = field(converter=_kept)
    basis: tuple[LegalBasis, ...]


@frozen(kw_only=True)
class Item:
    """抽查事项: one thing to inspect, as a checklist holds it.

    `kinds` are the kinds of subject it applies to (施工企业, 项目, …), `methods` 书面检查, 实地核查 or 网络监测,
    `materials` (应备材料) what the inspected unit has to have ready.
    """

    id: str
    title: str
    content: str
    kinds: tuple[str, ...]
    methods: tuple[str, ...]
    basis: tuple[LegalBasis, ...]
    note: str = ""
    materials: tuple[str, ...] = ()
    since: date
    until: date | None = None


@frozen(kw_only=True)
class Checklist:
    """抽查事项清单 of one sector; its id is the sector's id.

    `basis` is that of the whole list (who may inspect, what holds for every visit); each item has its own.
    """

    id: str
    title: str
    aliases: tuple[str, ...] = ()
    reviewed_until: date
    basis: tuple[LegalBasis, ...] = ()
    items: tuple[Item, ...]


@frozen(kw_only=True)
class ClassRatio:
    """How many of one class are drawn.

    `ratio` is exact. `bound` says what the source says: at least (`min`, rounds up), at most (`max`, rounds down)
    or just that (`exact`, half up); `rounding` may not break the bound. `at_least` is the smallest number drawn,
    never more than the class holds. A class of fewer than `small_below` subjects is drawn by `small_take`
    instead: that many, `all` or `none`.
    """

    ratio: Fraction
    bound: Bound
    rounding: Rounding
    at_least: int = 0
    small_below: int = 0
    small_take: int | Literal["all", "none"] = "all"


@frozen(kw_only=True)
class Ratios:
    """The ratios of one interval: classes, and whether rounding is done in each class or shared over all."""

    classes: Mapping[str, ClassRatio] = field(converter=unchangeable)
    total: Total = "each"


@frozen(kw_only=True)
class RatioRule:
    """抽查比例: a stratifier and, dated, the ratio of each of its classes."""

    id: str
    title: str
    stratify: str
    in_force: tuple[InForce[Ratios], ...]


@frozen(kw_only=True)
class WeightRule:
    """权重: a stratifier and, dated, the number of tickets of each of its classes (`*`: every class not named)."""

    id: str
    title: str
    stratify: str
    in_force: tuple[InForce[Mapping[str, int]], ...]


ParamValue = int | bool | str
CellValue = int | bool | str | date
"""What a cell may be compared with; a text of digits is a number in a column of numbers."""
Number = int | Fraction
"""A whole number, or in TOML a decimal in quotes."""
"""A value to which a condition compares a cell of the roster."""


@frozen(kw_only=True)
class Days:
    """The days on which a rule holds, both ends included, and up to which somebody has looked whether it does.

    Without `reviewed_until` there is nothing to look up: a convention that rests on no text of others. `gap` says why
    the rule held nothing between the interval before and this one.
    """

    since: date
    until: date | None = None
    reviewed_until: date | None = None
    gap: str = ""


UNTOLD: Final = Text("", "")
"""That a roster has no such column means nothing anybody must be told."""


@frozen(kw_only=True)
class ColumnUse:
    """A column of the roster that a rule reads; `kind` says how its cells are read.

    `fields` are the fields of the roster that hold it (`risk_class`; any of several will do). Where there are none, it
    is a column of its own: in `extra` of a subject or officer a date is `2021-01-31`, a number decimal digits, yes and
    no are `是` and `否`, an empty cell an empty text.

    A roster without it is refused (SSJ-R060). A rule that can do without says in `lacking` what it means that the
    roster has none: every cell is empty then, and that sentence is a warning (SSJ-R066), unless it is `UNTOLD`.
    """

    name: str
    kind: ColumnKind = "text"
    fields: tuple[str, ...] = ()
    lacking: Text | None = None


@frozen(kw_only=True)
class Context:
    """What a callback may know beside the unit itself: the batch, never the seed or other units.

    `sectors` is empty for a batch over the whole roster; `rules` are the ids of all rules of the same kind that the
    ruleset asks, so that a general one can leave to a particular one what is its own.
    """

    year: int
    start: date
    end: date
    sectors: tuple[str, ...] = ()
    params: Mapping[str, ParamValue] = field(factory=dict, converter=unchangeable)
    rules: tuple[str, ...] = ()


@frozen(kw_only=True)
class Stratifier:
    """分层: gives each subject its class.

    `columns` are the columns it reads, all but number and name, which every roster has; `says` what it does in a
    sentence for the record, `days` when it holds (None: always). A rule that changed has in `in_force` what it was in
    each of its intervals, in their order, each with days of its own; beside it the rule itself says what the last does.
    """

    id: str
    title: str
    key: Callable[[Subject, Context], str]
    columns: tuple[ColumnUse, ...] = ()
    says: str = ""
    days: Days | None = None
    basis: tuple[LegalBasis, ...] = ()
    in_force: tuple["Stratifier", ...] = ()


@frozen(kw_only=True)
class EligibilityRule:
    """Leaves a subject or an officer out of a batch.

    `check` returns why (a short Chinese phrase for the list of the excluded) or None. `params` are the
    parameters it takes from the ruleset, with their defaults. The others as of a `Stratifier`.
    """

    id: str
    title: str
    applies_to: UnitKind
    check: Callable[[Subject, Context], str | None] | Callable[[Officer, Context], str | None]
    params: Mapping[str, ParamValue] = field(factory=dict, converter=unchangeable)
    basis: tuple[LegalBasis, ...] = ()
    columns: tuple[ColumnUse, ...] = ()
    says: str = ""
    days: Days | None = None
    in_force: tuple["EligibilityRule", ...] = ()


@frozen(kw_only=True)
class RecusalRule:
    """回避: says why this officer must not inspect this subject, or None.

    `columns` are those of the roster of subjects, `officer_columns` those of the roster of officers; the others as of a
    `Stratifier`.
    """

    id: str
    title: str
    check: Callable[[Officer, Subject, Context], str | None]
    params: Mapping[str, ParamValue] = field(factory=dict, converter=unchangeable)
    basis: tuple[LegalBasis, ...] = ()
    columns: tuple[ColumnUse, ...] = ()
    officer_columns: tuple[ColumnUse, ...] = ()
    says: str = ""
    days: Days | None = None
    in_force: tuple["RecusalRule", ...] = ()


DatedRule = Stratifier | EligibilityRule | RecusalRule
"""Rules that hold from a day to a day as a whole; ratios, weights and checklists have days within."""
