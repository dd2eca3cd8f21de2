"""A bureau ready to draw: its plan, its ruleset and the registry, and what is looked up among them."""

from attrs import field, frozen

from ssj_core.plan import Batch, EntropyUse, Plan
from ssj_core.plugin.registry import Registry
from ssj_core.rules.effective import SealedReplacement
from ssj_core.rules.ruleset import BatchPolicy, Ruleset
from ssj_core.rules.sectors import SectorNames
from ssj_core.tomlpos import Path
from ssj_core.workdays import Holidays


@frozen(kw_only=True)
class Office:
    """Plan, ruleset and registry. `plan_bytes` are the plan as published; `lines` where its keys stand.

    `certificates` are those of `[stamp]`, in DER; `holidays` the tables for the deadlines of its batches.
    """

    plan: Plan
    plan_bytes: bytes
    plan_file: str
    lines: dict[Path, int]
    ruleset: Ruleset
    registry: Registry
    sectors: SectorNames
    certificates: tuple[bytes, ...] = ()
    holidays: Holidays = field(factory=dict)


def entropy_of(plan: Plan, batch: Batch) -> tuple[EntropyUse, ...]:
    """The entropy sources of a batch: its own list, else the plan's."""
    return batch.entropy or plan.entropy


def replacement_of(plan: Plan, batch: Batch) -> SealedReplacement:
    """How the subjects of a batch are replaced: as the batch says, else as the plan does."""
    return batch.replacement or plan.replacement


def source_id(name: str) -> str:
    """Registry id of an entropy source of a plan: the built-in ones are written without their namespace."""
    return name if "." in name else f"entropy.{name}"


def policy_of(ruleset: Ruleset, batch: Batch) -> BatchPolicy:
    """The ruleset's batch that a plan's batch stands for."""
    return next(p for p in ruleset.batch if p.id == batch.policy)


def taken_sectors(office: Office) -> tuple[str, ...]:
    """Titles of the sectors that the plan's batches take, in their order; all that are known where one takes all."""
    policies = [policy_of(office.ruleset, batch) for batch in office.plan.batch]
    taken = dict.fromkeys(sector for policy in policies for sector in policy.sectors)
    if not all(policy.sectors for policy in policies):
        return office.sectors.titles
    return tuple(office.registry.checklists[sector].title for sector in taken)
