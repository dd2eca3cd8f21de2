"""Whether everything that the plan and its ruleset name by id is there."""

from collections.abc import Mapping

from ssj_core.office import source_id
from ssj_core.plan import EntropyUse, Plan
from ssj_core.plugin.loader import Source, unknown
from ssj_core.plugin.places import Place
from ssj_core.plugin.registry import Registry
from ssj_core.problems import Problem
from ssj_core.rules.ruleset import Ruleset
from ssj_core.structuring import dotted
from ssj_core.tomlpos import Path as TomlPath
from ssj_core.tomlpos import line_of


def check_uses(
    plan: Plan,
    ruleset: Ruleset,
    registry: Registry,
    available: Mapping[str, Source],
    lines: dict[TomlPath, int],
    file: str,
) -> list[Problem]:
    """Every id that names nothing, with the place where it is written."""
    found: list[Problem | None] = []
    table, the_plan = registry.place("rulesets", ruleset.id), Place(file)

    def need(attribute: str, wanted: str, *path: str | int, place: Place = table, row: int | None = None) -> None:
        at = row or place.row(*path)
        found.append(unknown(registry, available, attribute, wanted, file=place.file, row=at, where=dotted(path)))

    lists: list[tuple[TomlPath, tuple[EntropyUse, ...]]] = [(("entropy",), plan.entropy)]
    lists += [(("batch", n, "entropy"), batch.entropy) for n, batch in enumerate(plan.batch)]
    for path, uses in lists:
        for n, entropy in enumerate(uses):
            where = (*path, n, "source")
            need("entropy_sources", source_id(entropy.source), *where, place=the_plan, row=line_of(lines, where))
    for n, accepted in enumerate(plan.accept_unreviewed):
        dated = ("checklists", "result_tables", "weight_rules", "eligibility_rules", "recusal_rules", "stratifiers")
        if not any(accepted in getattr(registry, kind) for kind in dated):
            row = line_of(lines, ("accept_unreviewed",))
            need("ratio_rules", accepted, "accept_unreviewed", n, place=the_plan, row=row)
    for n, policy in enumerate(ruleset.batch):
        need("ratio_rules", policy.ratio, "batch", n, "ratio")
        if policy.weights:
            need("weight_rules", policy.weights, "batch", n, "weights")
        for m, sector in enumerate(policy.sectors):
            need("checklists", sector, "batch", n, "sectors", m)
        for m, place in enumerate(policy.place):
            if place.field:
                need("checklists", place.field, "batch", n, "place", m, "field")
        for m, use in enumerate(policy.eligibility):
            need("eligibility_rules", use.rule, "batch", n, "eligibility", m, "rule")
    for m, use in enumerate(ruleset.eligibility):
        need("eligibility_rules", use.rule, "eligibility", m, "rule")
    for m, use in enumerate(ruleset.recusal):
        need("recusal_rules", use.rule, "recusal", m, "rule")
    if ruleset.results and ruleset.results.table:
        need("result_tables", ruleset.results.table, "results", "table")
    for rule in registry.ratio_rules.values():
        if rule.id in {p.ratio for p in ruleset.batch}:
            need("stratifiers", rule.stratify, "stratify", place=registry.place("ratio_rules", rule.id))
    for weights in registry.weight_rules.values():
        if weights.id in {p.weights for p in ruleset.batch}:
            need("stratifiers", weights.stratify, "stratify", place=registry.place("weight_rules", weights.id))
    for name, spec in plan.rosters.named.items():
        if spec.reader:
            row = line_of(lines, ("rosters", name, "reader"))
            need("roster_readers", spec.reader, "rosters", name, "reader", place=the_plan, row=row)
    return [p for p in found if p is not None]
