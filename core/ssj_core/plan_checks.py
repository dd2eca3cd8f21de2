"""Everything that can be wrong between the keys of a plan, and between the plan and its ruleset."""

from collections import Counter
from collections.abc import Iterator

from ssj_core.entropy.chain import LINK, MOST_ROUNDS
from ssj_core.office import replacement_of, source_id
from ssj_core.plan import Batch, EntropyUse, Plan
from ssj_core.plugin.registry import listed, nearest
from ssj_core.problems import Problem, problem
from ssj_core.rules.effective import SealedReplacement
from ssj_core.rules.ruleset import BatchPolicy, Ruleset
from ssj_core.structuring import dotted
from ssj_core.tomlpos import Path, line_of


def check_plan(plan: Plan, ruleset: Ruleset, lines: dict[Path, int], file: str) -> Iterator[Problem]:
    """Everything that can be wrong between a plan's keys, and between the plan and its ruleset."""
    first: dict[str, int] = {}
    used: dict[str, int] = {}
    policies = {p.id: p for p in ruleset.batch}
    if not ruleset.since.year <= plan.year <= ruleset.until.year:
        yield problem(
            "SSJ-P028", file=file, row=line_of(lines, ("year",)), field="year", value=plan.year,
            ruleset=ruleset.id, since=ruleset.since, until=ruleset.until,
        )  # fmt: skip
    yield from _check_sources(plan, lines, file)
    yield from _check_replacements(plan, lines, file)
    for n, batch in enumerate(plan.batch):
        row, where = line_of(lines, ("batch", n, "id")), f"batch[{n + 1}]"
        if batch.id in first:
            yield problem("SSJ-P020", file=file, row=row, field=f"{where}.id", value=batch.id, other=first[batch.id])
        first.setdefault(batch.id, row)
        row = line_of(lines, ("batch", n, "policy"))
        if batch.policy in used:
            yield problem(
                "SSJ-P030", file=file, row=row, field=f"{where}.policy", value=batch.policy, other=used[batch.policy]
            )
        used.setdefault(batch.policy, row)
        policy = policies.get(batch.policy)
        if policy is None:
            yield problem(
                "SSJ-P025", file=file, row=row, field=f"{where}.policy", value=batch.policy,
                known=listed(policies), **nearest(batch.policy, policies),
            )  # fmt: skip
        yield from _check_days(plan, batch, policy, lines, n, file)


def _check_sources(plan: Plan, lines: dict[Path, int], file: str) -> Iterator[Problem]:
    """No list names a source twice: evidence goes by the name of its source."""
    lists: list[tuple[Path, tuple[EntropyUse, ...]]] = [(("entropy",), plan.entropy)]
    lists += [(("batch", n, "entropy"), batch.entropy) for n, batch in enumerate(plan.batch)]
    for path, uses in lists:
        first: dict[str, int] = {}
        for n, use in enumerate(uses):
            where: Path = (*path, n, "source")
            row = line_of(lines, where)
            if source_id(use.source) in first:
                other = first[source_id(use.source)]
                yield problem("SSJ-P031", file=file, row=row, field=dotted(where), value=use.source, other=other)
            first.setdefault(source_id(use.source), row)


def _check_replacements(plan: Plan, lines: dict[Path, int], file: str) -> Iterator[Problem]:
    """Mode R2 needs its chain, the others have none, and no two batches share one (SPEC §13.4)."""
    places: list[tuple[Path, SealedReplacement]] = [(("replacement",), plan.replacement)]
    places += [(("batch", n, "replacement"), b.replacement) for n, b in enumerate(plan.batch) if b.replacement]
    for path, ways in places:
        chained = bool(LINK.fullmatch(ways.anchor)) and 0 < ways.rounds <= MOST_ROUNDS
        if not chained if ways.mode == "R2" else ways.anchor or ways.rounds:
            yield problem("SSJ-C009", file=file, row=line_of(lines, path), field=dotted(path), value=ways.mode)
    anchors = Counter(replacement_of(plan, b).anchor for b in plan.batch)
    for anchor, count in anchors.items():
        if anchor and count > 1:
            yield problem(
                "SSJ-C010", file=file, row=line_of(lines, ("replacement",)), field="replacement", value=anchor
            )


def _check_days(
    plan: Plan, batch: Batch, policy: BatchPolicy | None, lines: dict[Path, int], n: int, file: str
) -> Iterator[Problem]:
    if batch.end < batch.start:
        row = line_of(lines, ("batch", n, "end"))
        yield problem(
            "SSJ-P021", file=file, row=row, field=f"batch[{n + 1}].end", value=batch.end,
            batch=batch.id, start=batch.start,
        )  # fmt: skip
    for name, day in (("start", batch.start), ("end", batch.end)):
        where, row = f"batch[{n + 1}].{name}", line_of(lines, ("batch", n, name))
        if day.year != plan.year:
            yield problem("SSJ-P022", file=file, row=row, field=where, value=day, batch=batch.id, year=plan.year)
        elif policy is not None and not policy.months[0] <= day.month <= policy.months[1]:
            months = f"{policy.months[0]}–{policy.months[1]}"
            yield problem("SSJ-P023", file=file, row=row, field=where, value=day, batch=batch.id, months=months)
