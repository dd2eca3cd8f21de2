"""Ruleset: a bureau's policy as data, as `ruleset.toml` holds it (format `ssj-ruleset/1`)."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Literal

from attrs import field, frozen

from ssj_core.rules.model import LegalBasis, ParamValue

Mode = Literal["targeted", "untargeted"]
TeamFrom = Literal["any", "own-section", "joint"]
Evenness = Literal["range", "strict"]


@frozen(kw_only=True)
class Choice:
    """What the bureau's document leaves open, what was decided, and why.

    `decides` are parameters of rules that this decides, each as rule, dot, parameter: their basis is this choice.
    """

    question: str
    decision: str
    reason: str
    decides: tuple[str, ...] = ()


@frozen(kw_only=True)
class TeamPlace:
    """席位: who may hold one place of a team; the first place of a batch is the lead's.

    At most one of `sections` (one of these), `own_section` (that of the subject) and `other_than` (any but these).
    `lead`: only officers whom the roster says are qualified to lead. `field`: a sector the officer must be qualified
    for besides one of the subject's. `qualifications`: words of the roster's column 资格, all of them.
    """

    sections: tuple[str, ...] = ()
    own_section: bool = False
    other_than: tuple[str, ...] = ()
    lead: bool = False
    field: str = ""
    qualifications: tuple[str, ...] = ()


@frozen(kw_only=True)
class Team:
    """检查组: officers per visit, two or more, and how the work is shared.

    `evenness`, `widen`: SPEC §8.3. `lead`: `qualified` lets only officers lead whom the roster says are qualified.
    `history`: `year` counts the visits of the year's earlier draws as load. `most` visits of a draw at the most for
    anybody, `most_per_week`, `most_per_month` and `most_per_year` of each week, month or year that the batch touches,
    with earlier inspections; 0 means no limit. `avoid`: `last-team` avoids colleagues who were together at either's
    last inspection, where others can go.
    """

    size: int = 2
    evenness: Evenness = "range"
    widen: int = 0
    lead: Literal["any", "qualified"] = "any"
    history: Literal["none", "year"] = "none"
    most: int = 0
    most_per_week: int = 0
    most_per_month: int = 0
    most_per_year: int = 0
    avoid: Literal["none", "last-team"] = "none"
    basis: tuple[LegalBasis, ...] = ()


@frozen(kw_only=True)
class YearlyShare:
    """年度抽查占比: distinct subjects drawn in the year over the subjects of the roster, at least `minimum`."""

    minimum: Fraction
    basis: tuple[LegalBasis, ...] = ()


@frozen(kw_only=True)
class Results:
    """Deadlines and publication of results, and the id of the table of result codes (empty: none)."""

    entry_working_days: int
    published: Fraction
    table: str = ""
    basis: tuple[LegalBasis, ...] = ()


@frozen(kw_only=True)
class RuleUse:
    """A rule selected by id, with the parameters given to it; `basis` is where these come from, not the rule's own."""

    rule: str
    params: Mapping[str, ParamValue] = field(factory=dict)
    basis: tuple[LegalBasis, ...] = ()

    @property
    def given(self) -> tuple[str, ...]:
        """The parameters given, each as rule, dot, parameter."""
        return tuple(f"{self.rule}.{name}" for name in self.params)


@frozen(kw_only=True)
class SecondStage:
    """两阶段抽取: of each subject, `count` of its sites (项目、小区) are drawn.

    Sites are the subjects of the roster whose kind is one of `kinds`; 所属企业 says to whom each belongs. They take
    no part in the first stage.
    """

    kinds: tuple[str, ...]
    count: int = 1
    basis: tuple[LegalBasis, ...] = ()


@frozen(kw_only=True)
class BatchPolicy:
    """批次 as the ruleset orders it; the plan gives it days.

    `months` are its first and last month. `sectors` empty means the whole roster. `officers` says where a team
    comes from: `any` section, the subject's `own-section`, or `joint`: the lead from `lead_section`, the others
    from other sections. `place`, where given, says it place by place and stands for `officers`, `lead_section` and
    the size of the team. `reserve` is how many reserves are listed per stratum. `weights` is a
    weight rule, by which some subjects have more tickets than others; `second_stage` a draw among the sites of those
    drawn.
    """

    id: str
    title: str
    sectors: tuple[str, ...] = ()
    months: tuple[int, int]
    mode: Mode
    ratio: str
    joint: bool = False
    coverage_first: bool = False
    officers: TeamFrom = "any"
    lead_section: str = ""
    place: tuple[TeamPlace, ...] = ()
    reserve: int = 10
    weights: str = ""
    second_stage: SecondStage | None = None
    eligibility: tuple[RuleUse, ...] = ()
    basis: tuple[LegalBasis, ...] = ()


@frozen(kw_only=True)
class Ruleset:
    """规则集: the policy of one bureau; every value names the document it comes from."""

    format: Literal["ssj-ruleset/1"]
    id: str
    title: str
    bureau: str
    document_no: str = ""
    since: date
    until: date
    team: Team
    yearly_share: YearlyShare | None = None
    results: Results | None = None
    eligibility: tuple[RuleUse, ...] = ()
    recusal: tuple[RuleUse, ...] = ()
    batch: tuple[BatchPolicy, ...]
    choice: tuple[Choice, ...] = ()

    @property
    def uses(self) -> tuple[RuleUse, ...]:
        """Every use of a rule, for all batches and for single ones."""
        return (*self.eligibility, *self.recusal, *(use for batch in self.batch for use in batch.eligibility))
