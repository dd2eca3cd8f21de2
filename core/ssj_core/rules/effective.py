"""`rules.toml`: the rules of one draw as they were in force on its day, sealed with it (format `ssj-rules/1`).

Everything a verifier needs to know about rules stands here as data, so verifying runs no plugin code.
"""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from functools import lru_cache
from typing import Any, Final, Literal

import tomli_w
from attrs import Attribute, asdict, field, frozen

from ssj_core.canonical import digest
from ssj_core.entropy.model import Level
from ssj_core.ratios import format_ratio
from ssj_core.rules.model import Bound, LegalBasis, ParamValue, Rounding, Total
from ssj_core.rules.results import FollowUp, ResultCode
from ssj_core.rules.ruleset import Evenness, Mode, SecondStage, TeamFrom
from ssj_core.signing import Signer
from ssj_core.structuring import clean_texts, load_toml
from ssj_core.tables import OUTCOME_FILES, SEALED_FILES, SITE_DRAWS_FILE, SITES_FILE, TICKETS_FILE
from ssj_core.workdays import HolidayYear

DRAW_SPEC: Final = "SSJ-DRAW/1"
MATCH_SPEC: Final = "ssj-match/1"
_IF_ANY: Final = {"written": "if any"}
"""A key that is written only where it says something: rules that do not use it keep their bytes."""


@frozen(kw_only=True)
class SealedClass:
    """A class of the ratio rule with its ratio, as `rules.model.ClassRatio`, and its strata in filling order."""

    id: str
    ratio: Fraction
    bound: Bound
    rounding: Rounding
    at_least: int
    small_below: int
    small_take: int | Literal["all", "none"]
    strata: tuple[str, ...]


@frozen(kw_only=True)
class SealedRatio:
    """The ratio rule in force on the day, the stratifier it uses, and the classes that occur.

    `since`, `until`, `reviewed_until` are those of the interval; records of before had none.
    """

    rule: str
    title: str
    since: date | None = None
    until: date | None = None
    reviewed_until: date | None = None
    stratifier: str
    total: Total
    coverage_first: bool
    reserve: int
    basis: tuple[LegalBasis, ...]
    classes: tuple[SealedClass, ...]


@frozen(kw_only=True)
class SealedWeights:
    """权重: how many tickets a subject has, by class of a stratifier; the classes that occur. Days as of the ratio."""

    rule: str
    title: str
    since: date | None = None
    until: date | None = None
    reviewed_until: date | None = None
    stratifier: str
    classes: Mapping[str, int]
    basis: tuple[LegalBasis, ...]


@frozen(kw_only=True)
class SealedRule:
    """A stratifier, eligibility or recusal rule of the draw: what it does, in words, and where it comes from."""

    id: str
    title: str
    says: str = ""
    since: date | None = None
    until: date | None = None
    reviewed_until: date | None = None
    basis: tuple[LegalBasis, ...] = ()


@frozen(kw_only=True)
class SealedUse:
    """A rule that was asked, with every parameter, defaults of the rule too; their basis stands in the ruleset."""

    rule: str
    params: Mapping[str, ParamValue] = field(factory=dict)


@frozen(kw_only=True)
class SealedPlace:
    """Who may hold a place (SPEC §8.1): officers of a section, who have every qualification named."""

    role: Literal["主办", "协办"]
    sections: tuple[str, ...] = field(default=(), metadata=_IF_ANY)
    own_section: bool = field(default=False, metadata=_IF_ANY)
    other_than: tuple[str, ...] = field(default=(), metadata=_IF_ANY)
    needs: tuple[str, ...] = field(default=(), metadata=_IF_ANY)


@frozen(kw_only=True)
class SealedCompanion:
    """随行人员: an expert or helper who accompanies visits of these sectors and holds no place."""

    id: str
    kind: Literal["专家", "辅助人员"]
    sectors: tuple[str, ...] = ()


LimitPer = Literal["draw", "person", "week", "month", "year"]
"""What a limit of visits is for; that of a person stands in the roster of officers."""


@frozen(kw_only=True)
class SealedLimit:
    """次数上限: at most `most` visits in each of the `periods` that the batch touches, for one officer (SPEC §8.1).

    `bound` are the officers whose cap this limit makes, `over` those of them who are beyond it already.
    """

    per: LimitPer
    most: int = field(default=0, metadata=_IF_ANY)
    periods: int
    bound: tuple[str, ...] = field(default=(), metadata=_IF_ANY)
    over: tuple[str, ...] = field(default=(), metadata=_IF_ANY)


@frozen(kw_only=True)
class SealedTeam:
    """How teams are made.

    `places`, where there are any, stand for `officers` and `lead_section`. `qualified` names for each qualification
    the officers who have it, `avoid` for an officer the colleagues of greater ids whom he should avoid; `companions`
    hold no place; `limits` say why a cap in `officers.csv` is less than all visits. `counts_year` and
    `avoids_last_team` say what of earlier visits counts, so that nobody can leave it out unseen (§11.7).
    `departments` names for each department (单位) of a joint inspection its officers: papers have a block for each.
    """

    size: int
    officers: TeamFrom
    lead_section: str
    evenness: Evenness
    widen: int = field(default=0, metadata=_IF_ANY)
    places: tuple[SealedPlace, ...] = field(default=(), metadata=_IF_ANY)
    qualified: Mapping[str, tuple[str, ...]] = field(factory=dict, metadata=_IF_ANY)
    avoid: Mapping[str, tuple[str, ...]] = field(factory=dict, metadata=_IF_ANY)
    companions: tuple[SealedCompanion, ...] = field(default=(), metadata=_IF_ANY)
    limits: tuple[SealedLimit, ...] = field(default=(), metadata=_IF_ANY)
    counts_year: bool = field(default=False, metadata=_IF_ANY)
    avoids_last_team: bool = field(default=False, metadata=_IF_ANY)
    departments: Mapping[str, tuple[str, ...]] = field(factory=dict, metadata=_IF_ANY)


@frozen(kw_only=True)
class SealedItem:
    """An item of the checklists in force on the day."""

    id: str
    title: str
    since: date | None = None
    until: date | None = None
    content: str
    kinds: tuple[str, ...]
    methods: tuple[str, ...]
    note: str
    materials: tuple[str, ...] = ()
    basis: tuple[LegalBasis, ...]


@frozen(kw_only=True)
class SealedChecklist:
    """The items of one sector, and the items of its checklist that were not yet in force."""

    sector: str
    title: str
    reviewed_until: date | None = None
    items: tuple[SealedItem, ...]
    not_in_force: tuple[str, ...]


@frozen(kw_only=True)
class SealedResults:
    """What a visit may come to: deadline and share of publication, and the code table in force on the day.

    `table` is empty where the ruleset names none; `not_in_force` are codes of the table that did not hold that day.
    `calendar` are the holidays the deadlines are counted with, as known at the sealing: a table that is changed later
    moves none of them.
    """

    entry_working_days: int
    published: Fraction
    basis: tuple[LegalBasis, ...] = ()
    table: str = ""
    title: str = ""
    reviewed_until: date | None = None
    platform: str = ""
    item_results: tuple[str, ...] = ()
    codes: tuple[ResultCode, ...] = ()
    follow_ups: tuple[FollowUp, ...] = ()
    not_in_force: tuple[str, ...] = ()
    calendar: tuple[HolidayYear, ...] = field(default=(), metadata=_IF_ANY)


@frozen(kw_only=True)
class SealedEntropy:
    """An entropy source of the plan; `appointed` says which of its future events counts, where it has several."""

    source: str
    appointed: Mapping[str, str] = field(factory=dict)


ReplacementMode = Literal["R1", "R2", "R3"]
"""Who steps in for a subject (SPEC §13.4): the next ticket, one by a link of a hash chain, one by new entropy."""


@frozen(kw_only=True)
class SealedReplacement:
    """How a subject that cannot be inspected is replaced; of mode R2, the chain's last link and its rounds."""

    mode: ReplacementMode = "R1"
    anchor: str = ""
    rounds: int = 0


@frozen(kw_only=True)
class RosterPin:
    """A roster file as it was read: its bytes' SHA-256, how they were decoded, how many rows it has."""

    role: Literal["subjects", "officers", "inspections"]
    file: str
    sha256: str
    encoding: str
    sheet: str
    rows: int


@frozen(kw_only=True)
class PluginPin:
    """A plugin whose values take part: version and digest, for `replay`."""

    id: str
    distribution: str
    version: str
    digest: str


@frozen(kw_only=True)
class EffectiveRules:
    """The content of `rules.toml`. `stamp` are the SHA-256 of the certificates whose time stamps count.

    `ruleset_since` and `ruleset_until` are the ruleset's days; records of before did not say them.
    """

    format: Literal["ssj-rules/1"]
    spec: Literal["SSJ-DRAW/1"]
    match_spec: Literal["ssj-match/1"]
    draw_id: str
    bureau: str
    plan: str
    document_no: str
    ruleset: str
    ruleset_since: date | None = None
    ruleset_until: date | None = None
    batch: str
    policy: str
    title: str
    year: int
    start: date
    end: date
    mode: Mode
    joint: bool
    scope: str
    sectors: tuple[str, ...]
    entropy: tuple[SealedEntropy, ...]
    assurance: Level | None = None
    signers: tuple[Signer, ...] = ()
    stamp: tuple[str, ...] = ()
    yearly_share: Fraction | None = None
    ratio: SealedRatio
    team: SealedTeam
    weights: SealedWeights | None = None
    second_stage: SecondStage | None = None
    replacement: SealedReplacement = field(factory=SealedReplacement)
    eligibility: tuple[SealedUse, ...] = ()
    recusal: tuple[SealedUse, ...] = ()
    stated: tuple[SealedRule, ...] = ()
    checklists: tuple[SealedChecklist, ...] = ()
    results: SealedResults | None = None
    rosters: tuple[RosterPin, ...] = ()
    plugins: tuple[PluginPin, ...] = ()
    tables: Mapping[str, str] = field(factory=dict)


def sealed_files(rules: EffectiveRules) -> tuple[str, ...]:
    """The tables that are sealed with these rules (SPEC §9.1)."""
    weights = (TICKETS_FILE,) if rules.weights else ()
    return (*SEALED_FILES, *weights, *((SITES_FILE,) if rules.second_stage else ()))


def outcome_files(rules: EffectiveRules) -> tuple[str, ...]:
    """The tables of the outcome under these rules."""
    return (*OUTCOME_FILES, *((SITE_DRAWS_FILE,) if rules.second_stage else ()))


def encode_rules(rules: EffectiveRules) -> bytes:
    """The bytes that are sealed; `rules_digest` is their SHA-256.

    Raises:
        InputError: a text of the rules (a title, a content) holds a line break or another control character.
    """
    clean_texts(rules, "rules.toml")
    return tomli_w.dumps(_plain(rules)).encode()


@lru_cache(maxsize=32)  # one draw's rules are asked for by every step of its verification
def decode_rules(data: bytes, file: str) -> EffectiveRules:
    """Read `rules.toml`; raises `InputError` when it is not one."""
    rules = load_toml(data, EffectiveRules, file)
    clean_texts(rules, file)
    return rules


def table_digests(tables: Mapping[str, bytes]) -> dict[str, str]:
    """File name to SHA-256, by name."""
    return {name: digest(tables[name]) for name in sorted(tables)}


def _plain(rules: EffectiveRules) -> dict[str, Any]:
    return asdict(rules, value_serializer=_value, filter=_written)


def _written(attribute: "Attribute[Any]", value: object) -> bool:
    return value is not None and (bool(value) or attribute.metadata.get("written") != "if any")


def _value(_: object, __: object, value: Any) -> Any:
    if isinstance(value, Fraction):
        return format_ratio(value)
    if isinstance(value, Mapping):
        return dict(value)
    return value
