"""Hypothesis strategies for whatever a plugin meets: subjects, officers, contexts, ratios, checklists, plans.

Needs the extra `testing`. Everything they make could have come out of a roster or a table: texts without line breaks,
ids with their scheme, days of the calendar.
"""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any, Final

from hypothesis import strategies as st

from ssj_core.canonical import check_line_value
from ssj_core.model import NO_EXPIRY, Inspection, Leave, Officer, Subject
from ssj_core.plan import Batch, EntropyUse, Plan, Rosters
from ssj_core.roster.spec import RosterSpec
from ssj_core.rules.model import (
    Bound,
    Checklist,
    ClassRatio,
    ColumnKind,
    ColumnUse,
    Context,
    InForce,
    Item,
    LegalBasis,
    ParamValue,
    RatioRule,
    Ratios,
    Rounding,
)

FIRST: Final = date(2015, 1, 1)
LAST: Final = date(2035, 12, 31)
_CODE: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CAPITALS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_ROUNDINGS: Final[Mapping[Bound, tuple[Rounding, ...]]] = {
    "min": ("up",), "max": ("down",), "exact": ("up", "down", "half-up")
}  # fmt: skip
_SIGNS: Final = "甲乙丙丁一二股科注销吊停业ABCDabz0199 ·-_.,;:/()（）、，；ＡＢ１㈱ﾀ𠮷ᠠéßΩЖⅣ%'#=\"\\"
_GRADES: Final = ("", "A", "B", "C", "D", "a", "Ａ", "A类", "B级", "未评级", "高", "中高", "中", "中低", "低")
_STATUSES: Final = ("", "存续", "在业", "注销", "吊销", "吊销，未注销", "迁出", "停业", "歇业", "清算")


def texts(*, min_size: int = 0, max_size: int = 12) -> st.SearchStrategy[str]:
    """Text that may stand in a cell: Chinese, letters, digits, other widths and scripts; NFC, no control characters."""
    return st.text(_SIGNS, max_size=max_size, min_size=min_size).filter(_fits)


def days(first: date = FIRST, last: date = LAST) -> st.SearchStrategy[date]:
    """Days of twenty years."""
    return st.dates(first, last)


def subject_ids() -> st.SearchStrategy[str]:
    """`uscc:`, `regno:` or `permit:` and a code."""
    codes = st.integers(0, len(_CODE) ** 18 - 1).map(lambda n: f"uscc:{_written(n, _CODE, 18)}")
    numbers = st.integers(0, 10**13 - 1).map(lambda n: f"regno:{n:013}")
    permits = st.integers(0, 26**2 * 10**8 - 1).map(
        lambda n: f"permit:{_written(n // 10**8, _CAPITALS, 2)}-{n // 10**4 % 10**4:04}-{n % 10**4}"
    )
    return codes | numbers | permits


def officer_ids() -> st.SearchStrategy[str]:
    """`officer:` and the number of a certificate."""
    return st.integers(0, 26**2 * 10**6 - 1).map(
        lambda n: f"officer:{_written(n // 10**6, _CAPITALS, 2)}{n % 10**6:03}"
    )


def _written(number: int, digits: str, places: int) -> str:
    """A number in these digits: one number is drawn much quicker than many signs."""
    return "".join(digits[number // len(digits) ** n % len(digits)] for n in reversed(range(places)))


def subjects(columns: Iterable[ColumnUse] = ()) -> st.SearchStrategy[Subject]:
    """检查对象, as the rules see them, with the columns that a rule asks for by name."""
    return st.builds(
        Subject,
        id=subject_ids(),
        name=texts(min_size=1),
        kind=st.sampled_from(("", "施工企业", "工程项目", "个体工商户", "人员")) | texts(),
        sectors=st.lists(texts(min_size=1), max_size=3, unique=True).map(tuple),
        section=texts(),
        area=texts(),
        address=texts(max_size=30),
        risk_class=st.sampled_from(_GRADES) | texts(max_size=4),
        key=st.booleans(),
        status=st.sampled_from(_STATUSES) | texts(),
        last_checked=st.none() | days(),
        checks_this_year=st.integers(0, 12),
        parent=st.just("") | subject_ids(),
        recused=st.lists(officer_ids(), max_size=2, unique=True).map(tuple),
        drawn_this_year=st.integers(0, 12),
        inspections=st.lists(inspections(), max_size=2).map(tuple),
        extra=st.fixed_dictionaries({column.name: cells(column.kind) for column in columns if not column.fields}),
        row=st.integers(2, 100_000),
    )


def inspections() -> st.SearchStrategy[Inspection]:
    """An earlier inspection."""
    officers = st.lists(officer_ids(), min_size=1, max_size=2, unique=True).map(tuple)
    return st.builds(Inspection, subject=subject_ids(), day=days(), officers=officers, source=texts(min_size=1))


def cells(kind: ColumnKind) -> st.SearchStrategy[str]:
    """A cell of such a column; any may be empty."""
    made: dict[ColumnKind, st.SearchStrategy[str]] = {
        "text": texts(),
        "number": st.decimals(-(10**9), 10**9, places=2).map(str) | st.integers(-(10**9), 10**9).map(str),
        "date": days().map(date.isoformat),
        "yes-no": st.sampled_from(("是", "否")),
    }
    return st.just("") | made[kind]


@st.composite
def leaves(draw: st.DrawFn) -> Leave:
    """A stretch of absence."""
    first = draw(days())
    return Leave(first=first, last=draw(days(first) | st.just(NO_EXPIRY)))


def officers(columns: Iterable[ColumnUse] = ()) -> st.SearchStrategy[Officer]:
    """执法检查人员, as the rules see them, with the columns that a rule asks for by name."""
    return st.builds(
        Officer,
        id=officer_ids(),
        name=texts(min_size=1),
        section=texts(),
        unit=texts(),
        certificate=st.just("") | texts(min_size=1),
        valid_until=days() | st.just(NO_EXPIRY),
        fields=st.lists(texts(min_size=1), max_size=3, unique=True).map(tuple),
        available=st.booleans(),
        leave=st.lists(leaves(), max_size=3).map(tuple),
        recused=st.lists(subject_ids(), max_size=2, unique=True).map(tuple),
        leads=st.booleans(),
        qualifications=st.lists(texts(min_size=1), max_size=2, unique=True).map(tuple),
        most=st.none() | st.integers(0, 50),
        extra=st.fixed_dictionaries({column.name: cells(column.kind) for column in columns if not column.fields}),
        row=st.integers(2, 100_000),
    )


@st.composite
def contexts(draw: st.DrawFn, given: Mapping[str, ParamValue] | None = None) -> Context:
    """A batch of up to a year; `given` are parameters with their defaults, of which only the types are kept."""
    start = draw(days())
    return Context(
        year=start.year,
        start=start,
        end=start + timedelta(draw(st.integers(0, 365))),
        sectors=tuple(draw(st.lists(texts(min_size=1), max_size=3, unique=True))),
        params=draw(params(given or {})),
    )


def params(defaults: Mapping[str, ParamValue]) -> st.SearchStrategy[dict[str, ParamValue]]:
    """Parameters of a rule: each of the type of its default."""
    return st.fixed_dictionaries({name: _like(value) for name, value in defaults.items()})


def bases() -> st.SearchStrategy[LegalBasis]:
    """A legal basis."""
    marks: Any = st.sampled_from(("V-law", "V-src", "V-code", "weak", "GK", "seed", "choice"))
    articles = st.lists(texts(min_size=1), max_size=3).map(tuple)
    return st.builds(LegalBasis, title=texts(min_size=1), articles=articles, version=st.none() | days(), mark=marks)


@st.composite
def class_ratios(draw: st.DrawFn) -> ClassRatio:
    """The ratio of a class, rounded as its bound allows."""
    bound: Bound = draw(st.sampled_from(("min", "max", "exact")))
    rounding = draw(st.sampled_from(_ROUNDINGS[bound]))
    return ClassRatio(ratio=draw(st.fractions(0, 1, max_denominator=1000)), bound=bound, rounding=rounding)


@st.composite
def ratio_rules(draw: st.DrawFn, *, rule_id: str = "county.ratio", stratify: str = "ratio_rules.all") -> RatioRule:
    """A rule with a timeline in order; the last interval may be open."""
    starts = sorted(draw(st.lists(days(), min_size=1, max_size=4, unique=True)))
    ends = [*(after - timedelta(1) for after in starts[1:]), draw(st.none() | days(starts[-1]))]
    classes = st.dictionaries(texts(min_size=1) | st.just("*"), class_ratios(), min_size=1, max_size=4)
    return RatioRule(
        id=rule_id,
        title=draw(texts(min_size=1)),
        stratify=stratify,
        in_force=tuple(
            InForce(
                since=since,
                until=until,
                reviewed_until=draw(days(since)),
                value=Ratios(classes=draw(classes)),
                basis=tuple(draw(st.lists(bases(), min_size=1, max_size=2))),
            )
            for since, until in zip(starts, ends, strict=True)
        ),
    )


@st.composite
def checklists(draw: st.DrawFn, *, sector: str = "county") -> Checklist:
    """A checklist whose items have ids of their own."""
    names = draw(st.lists(st.from_regex(r"[A-Z]{2}-[0-9]{2}", fullmatch=True), min_size=1, max_size=4, unique=True))
    items = tuple(
        Item(
            id=name,
            title=draw(texts(min_size=1)),
            content=draw(texts(min_size=1)),
            kinds=tuple(draw(st.lists(texts(min_size=1), min_size=1, max_size=2, unique=True))),
            methods=("书面检查",),
            basis=tuple(draw(st.lists(bases(), min_size=1, max_size=2))),
            since=draw(days()),
        )
        for name in names
    )
    return Checklist(id=sector, title=draw(texts(min_size=1)), reviewed_until=draw(days()), items=items)


@st.composite
def plans(draw: st.DrawFn, *, ruleset: str = "county", policies: tuple[str, ...] = ("b1",)) -> Plan:
    """A plan with a batch for some of the ruleset's batches, within one year."""
    year = draw(st.integers(FIRST.year, LAST.year))
    chosen = draw(st.lists(st.sampled_from(policies), min_size=1, unique=True))
    batches = []
    for policy in chosen:
        start = draw(days(date(year, 1, 1), date(year, 12, 31)))
        batches.append(Batch(id=policy, policy=policy, start=start, end=draw(days(start, date(year, 12, 31)))))
    return Plan(
        format="ssj-plan/1",
        id=draw(st.from_regex(r"[a-z][a-z0-9-]{0,10}", fullmatch=True)),
        title=draw(texts(min_size=1)),
        bureau=draw(texts(min_size=1)),
        year=year,
        ruleset=ruleset,
        rosters=Rosters(subjects=RosterSpec(file="subjects.csv"), officers=RosterSpec(file="officers.csv")),
        entropy=(EntropyUse(source="os"),),
        batch=tuple(batches),
    )


def _like(value: ParamValue) -> st.SearchStrategy[ParamValue]:
    if isinstance(value, bool):
        return st.booleans()
    return st.integers(0, 400) if isinstance(value, int) else texts()


def _fits(text: str) -> bool:
    try:
        check_line_value(text)
    except ValueError:
        return False
    return True
