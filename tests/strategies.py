"""Small offices made of model values, by hand (`make_office`) or by Hypothesis (`cases`); no file, no plugin."""

import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from functools import cache
from types import MappingProxyType
from typing import Final, Literal

import tomli_w
from attrs import asdict, evolve, field, frozen
from hypothesis import strategies as st

from ssj_core.commitment import NO_LEDGER
from ssj_core.entropy.model import Evidence
from ssj_core.entropy.text import canonical
from ssj_core.model import Inspection, Officer, Subject
from ssj_core.office import Office
from ssj_core.pipeline import Outcome, draw, seal
from ssj_core.plan import Batch, EntropyUse, Plan, Rosters
from ssj_core.plugin.registry import KINDS, PluginInfo, Registry
from ssj_core.record import FILE, make_record
from ssj_core.roster.spec import RosterSpec
from ssj_core.rules.effective import RosterPin, SealedEntropy
from ssj_core.rules.model import (
    Bound,
    Checklist,
    ClassRatio,
    Context,
    EligibilityRule,
    InForce,
    Item,
    LegalBasis,
    RatioRule,
    Ratios,
    RecusalRule,
    Rounding,
    Stratifier,
    Total,
    WeightRule,
)
from ssj_core.rules.ruleset import BatchPolicy, Ruleset, RuleUse, SecondStage, Team, TeamFrom, YearlyShare
from ssj_core.rules.sectors import SectorNames
from ssj_core.sealed import Sealed

Stratify = Literal["all", "risk", "section"]

BASIS: Final = (LegalBasis(title="测试规定", articles=("1",), mark="choice"),)
SECTORS: Final = ("甲类", "乙类", "丙类")
SECTIONS: Final = ("东股", "西股")
START: Final = date(2021, 3, 1)
END: Final = date(2021, 4, 30)
SEALED_AT: Final = "2021-03-01T09:00:00+08:00"
DRAWN_AT: Final = "2021-03-01T09:05:00+08:00"
OS: Final = Evidence(source="os", raw="0f" * 32, canonical="0f" * 32)
FLAT: Final = ClassRatio(ratio=Fraction(1, 4), bound="exact", rounding="up")


def make_office(
    *,
    ratio: ClassRatio = FLAT,
    classes: Mapping[str, ClassRatio] | None = None,
    total: Total = "each",
    stratify: Stratify = "all",
    team_size: int = 2,
    team: TeamFrom = "any",
    lead_section: str = "",
    coverage_first: bool = False,
    reserve: int = 2,
    sectors: tuple[str, ...] = (),
    entropy: tuple[str, ...] = ("os",),
    title: str = "一次抽查",
    weights: Mapping[str, int] | None = None,
    weigh: Stratify = "risk",
    sites: int = 0,
) -> Office:
    """One batch of one bureau; every rule comes from the plugin `t`, which nobody has installed."""
    policy = BatchPolicy(
        id="b", title=title, sectors=sectors, months=(3, 4), mode="targeted", ratio="t.ratio",
        coverage_first=coverage_first, officers=team, lead_section=lead_section, reserve=reserve,
        weights="t.weights" if weights else "",
        second_stage=SecondStage(kinds=("项目",), count=sites, basis=BASIS) if sites else None,
    )  # fmt: skip
    ruleset = Ruleset(
        format="ssj-ruleset/1", id="t", title="规则", bureau="测试局", since=date(2021, 1, 1), until=date(2021, 12, 31),
        team=Team(size=team_size), yearly_share=YearlyShare(minimum=Fraction(1, 20)),
        eligibility=(RuleUse(rule="t.open"), RuleUse(rule="t.able")), recusal=(RuleUse(rule="t.declared"),),
        batch=(policy,),
    )  # fmt: skip
    plan = Plan(
        format="ssj-plan/1", id="p", title="计划", bureau="测试局", year=2021, ruleset="t",
        rosters=Rosters(subjects=RosterSpec(file="s.csv"), officers=RosterSpec(file="o.csv")),
        entropy=tuple(EntropyUse(source=e) for e in entropy),
        batch=(Batch(id="b", policy="b", start=START, end=END),),
    )  # fmt: skip
    registry = _registry(ruleset, _ratio_rule({**(classes or {}), "*": ratio}, total, stratify), weights, weigh)
    return Office(
        plan=plan,
        plan_bytes=plan_bytes(plan),
        plan_file="plan.toml",
        lines={(): 1},
        ruleset=ruleset,
        registry=registry,
        sectors=SectorNames.of(registry.checklists.values()),
    )


def plan_bytes(plan: Plan) -> bytes:
    """The plan as a file."""
    plain = asdict(plan, filter=lambda _, value: value is not None)
    return ("# 计划\n" + tomli_w.dumps(plain)).encode()


def make_subject(number: int, *, sectors: tuple[str, ...] = ("甲类",), section: str = "东股") -> Subject:
    """A subject that takes part in everything."""
    return Subject(id=f"test:S{number:03}", name=f"对象{number}", sectors=sectors, section=section, row=number + 2)


def make_officer(number: int, *, fields: tuple[str, ...] = SECTORS, section: str = "东股") -> Officer:
    """An officer who may inspect everything."""
    code = f"O{number:02}"
    return Officer(id=f"officer:{code}", name=f"人员{number}", section=section, certificate=code, fields=fields)


@frozen(kw_only=True)
class Case:
    """Everything a draw is made from."""

    office: Office
    subjects: tuple[Subject, ...]
    officers: tuple[Officer, ...]
    evidence: tuple[Evidence, ...] = (OS,)
    drawn_before: Mapping[str, int] = field(factory=dict)
    previous_head: str = NO_LEDGER
    past: tuple[Inspection, ...] = ()

    @property
    def batch(self) -> Batch:
        """The only batch."""
        return self.office.plan.batch[0]

    def seal(self) -> Sealed:
        """Seal it; raises what `pipeline.seal` raises."""
        return seal(
            self.office,
            self.batch,
            self.subjects,
            self.officers,
            draw_id="p-b-1",
            rosters=(
                RosterPin(
                    role="subjects", file="s.csv", sha256="a" * 64, encoding="UTF-8", sheet="", rows=len(self.subjects)
                ),
                RosterPin(
                    role="officers", file="o.csv", sha256="b" * 64, encoding="UTF-8", sheet="", rows=len(self.officers)
                ),
            ),
            entropy=tuple(SealedEntropy(source=e.source) for e in self.office.plan.entropy),
            drawn_before=self.drawn_before,
            previous_head=self.previous_head,
            past=self.past,
        )

    def files(self) -> dict[str, bytes]:
        """The files of the finished draw."""
        sealed = self.seal()
        return draw_files(sealed, self.evidence, draw(sealed, self.evidence))


def evolve_plan(case: Case, **changes: object) -> Case:
    """The case with another plan."""
    plan = evolve(case.office.plan, **changes)  # type: ignore[arg-type]
    return evolve(case, office=evolve(case.office, plan=plan, plan_bytes=plan_bytes(plan)))


def small_case() -> Case:
    """Twelve subjects and five officers, one recusal, one excluded, a reserve: something in every table."""
    subjects = [make_subject(n, sectors=(SECTORS[n % 3],), section=SECTIONS[n % 2]) for n in range(12)]
    subjects[1] = evolve(subjects[1], recused=("officer:O00",))
    subjects[2] = evolve(subjects[2], name='“引号”, "comma"', address="县城 1 号")
    subjects[3] = evolve(subjects[3], status="注销")
    officers = [make_officer(n, section=SECTIONS[n % 2]) for n in range(5)]
    return Case(office=make_office(), subjects=tuple(subjects), officers=tuple(officers))


def draw_files(sealed: Sealed, evidence: Sequence[Evidence], outcome: Outcome) -> dict[str, bytes]:
    """A draw folder as file name to bytes."""
    record = make_record(
        sealed, evidence, outcome, sealed_at=SEALED_AT, drawn_at=DRAWN_AT, software={"ssj-core": "0.1"}
    )
    return {FILE: record, **sealed.files, **outcome.tables()}


# ── Hypothesis ─────────────────────────────────────────────────────────


@cache
def clean_text(max_size: int = 6) -> st.SearchStrategy[str]:
    """Text that may stand in a record: any characters in NFC but control characters and surrogates."""
    anything = st.characters(exclude_categories=("Cc", "Cs"))
    awkward = st.sampled_from(
        [",", '"', "'", "；", "#", "|", "=", "\u2028", "\ufeff", "\u00a0", "𠮷", "é", "{", "%", "\\"]
    )
    return st.text(st.one_of(anything, awkward), max_size=max_size).map(lambda t: unicodedata.normalize("NFC", t))


NAMES: Final = (
    "", "示例公司", "甲,乙", '"引号"', "“引号”", "a；b", "#注释", "a|b", "= 1", "行\u2028分隔", "\ufeff头",
    "\u00a0", "𠮷野", "é", "{value}", "%s", "\\n", "-1", "示*083", "Ω" * 40,
)  # fmt: skip


@cache
def names() -> st.SearchStrategy[str]:
    """Awkward names; quicker to make than `clean_text`."""
    return st.sampled_from(NAMES)


@cache
def ratios() -> st.SearchStrategy[Fraction]:
    """From 0 to 100 %."""
    return st.integers(1, 40).flatmap(lambda d: st.integers(0, d).map(lambda n: Fraction(n, d)))


_ROUNDINGS: Final[Mapping[Bound, tuple[Rounding, ...]]] = {
    "min": ("up",),
    "max": ("down",),
    "exact": ("up", "down", "half-up"),
}
_TAKES: Final[tuple[int | Literal["all", "none"], ...]] = ("all", "none", 1)


# Strategies are made once: to make one, and to find out what it is, takes longer than to draw from it.
_ROUNDED: Final = {bound: st.sampled_from(roundings) for bound, roundings in _ROUNDINGS.items()}
_BOUNDS: Final[st.SearchStrategy[Bound]] = st.sampled_from(("min", "max", "exact"))
_SMALL_TAKE: Final = st.sampled_from(_TAKES)
_UP_TO_2: Final = st.integers(0, 2)
_UP_TO_3: Final = st.integers(0, 3)
_UP_TO_4: Final = st.integers(0, 4)
_YES_OR_NO: Final = st.booleans()


@st.composite
def _class_ratios(draw: st.DrawFn) -> ClassRatio:
    bound = draw(_BOUNDS)
    free = bound != "max"
    return ClassRatio(
        rounding=draw(_ROUNDED[bound]),
        ratio=draw(ratios()),
        bound=bound,
        at_least=draw(_UP_TO_2) if free else 0,
        small_below=draw(_UP_TO_4),
        small_take=draw(_SMALL_TAKE) if free else "none",
    )


@cache
def class_ratios() -> st.SearchStrategy[ClassRatio]:
    """A ratio that keeps to its bound."""
    return _class_ratios()


def _with_classes(plain: st.SearchStrategy[ClassRatio]) -> st.SearchStrategy[tuple[ClassRatio, dict[str, ClassRatio]]]:
    return st.tuples(plain, st.dictionaries(st.sampled_from(("A", "B", *SECTIONS)), plain, max_size=2))


def _shared(rounding: Rounding) -> st.SearchStrategy[ClassRatio]:
    return ratios().map(lambda r: ClassRatio(ratio=r, bound="exact", rounding=rounding))


_EACH: Final = _with_classes(class_ratios())
_SHARED: Final = {rounding: _with_classes(_shared(rounding)) for rounding in _ROUNDINGS["exact"]}
_TOTALS: Final[st.SearchStrategy[Total]] = st.sampled_from(("each", "shared"))
_TEAMS: Final[st.SearchStrategy[TeamFrom]] = st.sampled_from(("any", "own-section", "joint"))
_STRATIFY: Final[st.SearchStrategy[Stratify]] = st.sampled_from(("all", "risk", "section"))
_TEAM_SIZES: Final = st.integers(2, 3)
_OFFICE_SECTORS: Final[st.SearchStrategy[tuple[str, ...]]] = st.sampled_from(((), ("s0",), ("s0", "s1")))
_SOURCES: Final = st.lists(st.sampled_from(("os", "text")), min_size=1, max_size=2, unique=True)
_WEIGHTS: Final = st.none() | st.dictionaries(st.sampled_from(("A", "B", "C", *SECTIONS)), st.integers(1, 9))
_SITES: Final = st.sampled_from((0, 0, 0, 0, 0, 0, 1, 2))


@st.composite
def _offices(draw: st.DrawFn) -> Office:
    total = draw(_TOTALS)
    ratio, classes = draw(_SHARED[draw(_ROUNDED["exact"])] if total == "shared" else _EACH)
    team = draw(_TEAMS)
    return make_office(
        ratio=ratio,
        classes=classes,
        total=total,
        stratify=draw(_STRATIFY),
        team_size=draw(_TEAM_SIZES),
        team=team,
        lead_section=SECTIONS[0] if team == "joint" else "",
        coverage_first=draw(_YES_OR_NO),
        reserve=draw(_UP_TO_3),
        sectors=draw(_OFFICE_SECTORS),
        entropy=tuple(draw(_SOURCES)),
        title=draw(clean_text()),
        weights=draw(_WEIGHTS),
        weigh=draw(_STRATIFY),
        sites=draw(_SITES),
    )


@cache
def offices() -> st.SearchStrategy[Office]:
    """Any ratio rule, team rule, entropy and reserve."""
    return _offices()


_KINDS: Final = st.sampled_from(("", "企业", "企业", "项目"))
_SUBJECT_SECTORS: Final[st.SearchStrategy[tuple[str, ...]]] = st.sampled_from(
    (SECTORS[:1], SECTORS[:1], SECTORS[:2], SECTORS[1:], ("无人知晓",), ())
)
_SECTION: Final = st.sampled_from(SECTIONS)
_RISK: Final = st.sampled_from(("A", "B", "C"))
_STATUS: Final = st.sampled_from(("", "", "", "", "注销"))


@st.composite
def subjects(draw: st.DrawFn, ids: Sequence[str], officers: Sequence[str]) -> tuple[Subject, ...]:
    """One subject for each id."""
    parents, recused = (
        st.sampled_from(ids),
        st.lists(st.sampled_from(officers), max_size=1) if officers else st.just([]),
    )
    return tuple(
        Subject(
            id=one,
            name=draw(names()),
            kind=draw(_KINDS),
            parent=draw(parents).partition(":")[2],
            sectors=draw(_SUBJECT_SECTORS),
            section=draw(_SECTION),
            address=draw(names()),
            risk_class=draw(_RISK),
            key=draw(_YES_OR_NO),
            status=draw(_STATUS),
            recused=tuple(draw(recused)),
        )
        for one in ids
    )


_CODES: Final = st.lists(
    st.text("ABC0123甲é𠮷-/", min_size=1, max_size=4).map(lambda t: unicodedata.normalize("NFC", t)),
    min_size=1,
    max_size=12,
    unique=True,
)
_OFFICERS: Final = st.integers(2, 8)
_FIELDS: Final = st.sampled_from((SECTORS, SECTORS, SECTORS, SECTORS[:2]))
_AVAILABLE: Final = st.sampled_from((True, True, True, False))
_HEADS: Final = st.sampled_from((NO_LEDGER, "c0ffee" * 10 + "1234"))


@st.composite
def _cases(draw: st.DrawFn) -> Case:
    ids = [f"test:{c}" for c in draw(_CODES)]
    numbers = [f"officer:{n}" for n in range(draw(_OFFICERS))]
    officers = tuple(
        Officer(
            id=number,
            name=draw(names()),
            section=draw(_SECTION),
            certificate=number.partition(":")[2],
            fields=draw(_FIELDS),
            available=draw(_AVAILABLE),
        )
        for number in numbers
    )
    office = draw(offices())
    return Case(
        office=office,
        subjects=draw(subjects(ids, numbers)),
        officers=officers,
        evidence=tuple(draw(evidences(e.source)) for e in office.plan.entropy),
        drawn_before=draw(st.dictionaries(st.sampled_from(ids), _UP_TO_2, max_size=4)),
        previous_head=draw(_HEADS),
    )


@cache
def cases() -> st.SearchStrategy[Case]:
    """Everything a small draw is made from; often it can be drawn, sometimes nobody is left to inspect."""
    return _cases()


_RANDOM: Final = st.binary(min_size=32, max_size=32)
_WHO: Final = st.lists(names(), max_size=3)


@st.composite
def _evidences(draw: st.DrawFn, source: str) -> Evidence:
    if source == "os":
        value = draw(_RANDOM).hex()
        return Evidence(source="os", raw=value, canonical=value)
    raw = draw(clean_text(12)) + "掷得 31415926"
    return Evidence(
        source="text",
        raw=raw,
        canonical=canonical(raw),
        who=tuple(draw(_WHO)),
        where=draw(names()),
        when=DRAWN_AT,
    )


@cache
def evidences(source: str) -> st.SearchStrategy[Evidence]:
    """Good evidence of a source."""
    return _evidences(source)


# ── the plugin `t` ─────────────────────────────────────────────────────


def _registry(
    ruleset: Ruleset, ratio: RatioRule, weights: Mapping[str, int] | None = None, weigh: Stratify = "risk"
) -> Registry:
    values: dict[str, Mapping[str, object]] = {
        "checklists": {f"s{n}": _checklist(f"s{n}", title) for n, title in enumerate(SECTORS)},
        "ratio_rules": {ratio.id: ratio},
        "stratifiers": {s.id: s for s in _STRATIFIERS},
        "weight_rules": {"t.weights": _weight_rule({**weights, "*": 1}, weigh)} if weights else {},
        "eligibility_rules": {e.id: e for e in _ELIGIBILITY},
        "recusal_rules": {_DECLARED.id: _DECLARED},
        "entropy_sources": {},
        "roster_readers": {},
        "result_tables": {},
        "renderers": {},
        "rulesets": {ruleset.id: ruleset},
    }
    info = PluginInfo(id="t", title="测试", distribution="t", version="1", digest="d" * 64)
    return Registry(
        plugins=MappingProxyType({"t": info}),
        owners={(k.attribute, i): "t" for k in KINDS for i in values[k.attribute]},
        places={},
        **values,  # type: ignore[arg-type]
    )


def _ratio_rule(classes: Mapping[str, ClassRatio], total: Total, stratify: Stratify) -> RatioRule:
    value = Ratios(classes=classes, total=total)
    interval = InForce(since=date(2021, 1, 1), reviewed_until=date(2021, 12, 31), value=value, basis=BASIS)
    return RatioRule(id="t.ratio", title="比例", stratify=f"t.{stratify}", in_force=(interval,))


def _weight_rule(classes: Mapping[str, int], weigh: Stratify) -> WeightRule:
    interval = InForce(since=date(2021, 1, 1), reviewed_until=date(2021, 12, 31), value=classes, basis=BASIS)
    return WeightRule(id="t.weights", title="签数", stratify=f"t.{weigh}", in_force=(interval,))


def _checklist(sector: str, title: str) -> Checklist:
    item = Item(
        id=f"{sector}-1", title="一项", content="看一看", kinds=("企业",), methods=("实地核查",), basis=BASIS,
        since=date(2021, 1, 1),
    )  # fmt: skip
    return Checklist(id=sector, title=title, reviewed_until=date(2021, 12, 31), items=(item,))


def _closed(subject: Subject, _: Context) -> str | None:
    return "已注销" if subject.status else None


def _unable(officer: Officer, _: Context) -> str | None:
    return None if officer.available else "不参加"


def _declared(officer: Officer, subject: Subject, _: Context) -> str | None:
    return "登记回避" if officer.id in subject.recused or subject.id in officer.recused else None


_STRATIFIERS: Final = (
    Stratifier(id="t.all", title="不分", key=lambda s, c: "全部"),  # noqa: ARG005
    Stratifier(id="t.risk", title="按风险", key=lambda s, c: s.risk_class),  # noqa: ARG005
    Stratifier(id="t.section", title="按股室", key=lambda s, c: s.section),  # noqa: ARG005
)
_ELIGIBILITY: Final = (
    EligibilityRule(id="t.open", title="在营", applies_to="subject", check=_closed),
    EligibilityRule(id="t.able", title="可参加", applies_to="officer", check=_unable),
)
_DECLARED: Final = RecusalRule(id="t.declared", title="回避", check=_declared)
