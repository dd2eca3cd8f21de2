"""What all loaded plugins registered, frozen and typed; the rest of the core sees this, never pluggy."""

from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from typing import Any, Final

from attrs import frozen

from ssj_core.documents.model import Renderer
from ssj_core.entropy.model import EntropySource
from ssj_core.plugin.places import NOWHERE, Place
from ssj_core.problems import Problem, problem
from ssj_core.readers.model import RosterReader
from ssj_core.rules.model import Checklist, EligibilityRule, RatioRule, RecusalRule, Stratifier, WeightRule
from ssj_core.rules.results import ResultTable
from ssj_core.rules.ruleset import Ruleset
from ssj_core.text import Text, quoted


@frozen(kw_only=True)
class PluginInfo:
    """Which plugin, from which distribution (or folder, by its name) and version, with which bytes."""

    id: str
    title: str
    distribution: str
    version: str
    digest: str


@frozen(kw_only=True)
class Kind:
    """A kind of value: its place in the registry, its type, its name for people, and who may register it.

    `hook` is the hook by which code does, `key` the key of the manifest under which tables do; empty where it cannot.
    """

    attribute: str
    type: type
    title: Text
    hook: str = ""
    key: str = ""


KINDS: Final = (
    Kind(attribute="checklists", type=Checklist, title=Text("抽查事项清单", "checklist"), key="checklists"),
    Kind(attribute="ratio_rules", type=RatioRule, title=Text("比例规则", "ratio rule"), key="ratios"),
    Kind(
        attribute="stratifiers",
        type=Stratifier,
        title=Text("分层方式", "stratifier"),
        hook="ssj_stratifiers",
        key="strata",
    ),
    Kind(attribute="weight_rules", type=WeightRule, title=Text("权重规则", "weight rule"), key="weights"),
    Kind(
        attribute="eligibility_rules",
        type=EligibilityRule,
        title=Text("排除规则", "eligibility rule"),
        hook="ssj_eligibility_rules",
        key="filters",
    ),
    Kind(attribute="recusal_rules", type=RecusalRule, title=Text("回避规则", "recusal rule"), hook="ssj_recusal_rules"),
    Kind(
        attribute="entropy_sources",
        type=EntropySource,
        title=Text("熵源", "entropy source"),
        hook="ssj_entropy_sources",
    ),
    Kind(
        attribute="roster_readers",
        type=RosterReader,
        title=Text("名录格式", "roster reader"),
        hook="ssj_roster_readers",
    ),
    Kind(attribute="result_tables", type=ResultTable, title=Text("检查结果代码表", "result table"), key="results"),
    Kind(attribute="rulesets", type=Ruleset, title=Text("规则集", "ruleset"), key="rulesets"),
    Kind(attribute="renderers", type=Renderer, title=Text("文书", "renderer"), hook="ssj_renderers"),
)
"""Every kind of value a plugin may register."""
HOOKED: Final = tuple(kind for kind in KINDS if kind.hook)
"""The kinds that code may register; dated data (checklists, ratios, tickets, results, rulesets) is tables alone."""


@frozen(kw_only=True)
class Registry:
    """Values by id, the plugin each came from (`owners`: kind and id to plugin id), and where it stands (`places`)."""

    plugins: Mapping[str, PluginInfo]
    owners: Mapping[tuple[str, str], str]
    places: Mapping[tuple[str, str], Place]
    checklists: Mapping[str, Checklist]
    ratio_rules: Mapping[str, RatioRule]
    stratifiers: Mapping[str, Stratifier]
    weight_rules: Mapping[str, WeightRule]
    eligibility_rules: Mapping[str, EligibilityRule]
    recusal_rules: Mapping[str, RecusalRule]
    entropy_sources: Mapping[str, EntropySource]
    roster_readers: Mapping[str, RosterReader]
    result_tables: Mapping[str, ResultTable]
    rulesets: Mapping[str, Ruleset]
    renderers: Mapping[str, Renderer]

    def problem_unless(self, attribute: str, wanted: str, *, file: str, row: int | None, where: str) -> Problem | None:
        """A problem naming the nearest ids when `wanted` is not registered."""
        known = getattr(self, attribute)
        if wanted in known:
            return None
        kind = next(k for k in KINDS if k.attribute == attribute)
        return problem(
            "SSJ-G009", file=file, row=row, field=where, value=wanted,
            what=kind.title.zh, what_en=kind.title.en, known=listed(known),
            **(meant(self.called(attribute, wanted)) or nearest(wanted, known)),
        )  # fmt: skip

    def called(self, attribute: str, title: str) -> list[str]:
        """Ids of values with that title, or, of a checklist, with that other word for its sector."""
        values = getattr(self, attribute).values()
        return sorted(v.id for v in values if title in (getattr(v, "title", ""), *getattr(v, "aliases", ())))

    def place(self, attribute: str, wanted: str) -> Place:
        """Where a value stands; nowhere, if nobody registered it."""
        return self.places.get((attribute, wanted), NOWHERE)

    def owner(self, attribute: str, wanted: str) -> PluginInfo:
        """The plugin that registered a value."""
        return self.plugins[self.owners[attribute, wanted]]


def listed(known: Iterable[str]) -> str:
    """Ids in order, for a message."""
    return ", ".join(sorted(known))


def nearest(wanted: str, known: Iterable[str], alike: float = 0.6) -> dict[str, Any]:
    """The message parts `near` and `near_en`: what was meant, or nothing; `alike` is the least it has in common."""
    return meant(get_close_matches(wanted, sorted(known), n=2, cutoff=alike)) or {"near": "", "near_en": ""}


def meant(ids: Sequence[str]) -> dict[str, Any]:
    """The same parts for ids that are likely what was meant; none for none."""
    zh, en = " / ".join(ids), " / ".join(map(quoted, ids))
    return {"near": f"。是不是 {zh}？", "near_en": f"; did you mean {en}?"} if ids else {}
