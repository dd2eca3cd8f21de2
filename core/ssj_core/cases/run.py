"""Run cases: what the rules say of each, by the same functions that decide a draw, and where that is not expected."""

from collections.abc import Iterable, Iterator
from typing import Any

from attrs import evolve, frozen

from ssj_core.cases.ask import (
    ask_batch,
    ask_checklist,
    ask_ratio,
    ask_results,
    ask_rule,
    ask_stratifier,
    ask_weights,
)
from ssj_core.cases.cells import wrong_cells
from ssj_core.cases.model import Case, CaseFile, expected
from ssj_core.plugin.dated import registry_on
from ssj_core.plugin.places import Place
from ssj_core.plugin.registry import Registry, listed, nearest
from ssj_core.pool import apply_rules
from ssj_core.problems import InputError, PluginError, Problem, problem
from ssj_core.rules.model import Context
from ssj_core.rules.ruleset import RuleUse
from ssj_core.structuring import dotted

Answer = dict[str, object]
"""What the rules say, by the names of `Expected`; what does not apply is not there."""

_KINDS = {
    "ratio": "ratio_rules",
    "weights": "weight_rules",
    "results": "result_tables",
    "stratifier": "stratifiers",
    "eligibility": "eligibility_rules",
    "recusal": "recusal_rules",
    "checklist": "checklists",
}
_ASK = {
    "checklist": ask_checklist,
    "ratio": ask_ratio,
    "weights": ask_weights,
    "results": ask_results,
    "stratifier": ask_stratifier,
    "eligibility": ask_rule,
    "recusal": ask_rule,
    "batch": ask_batch,
}


@frozen(kw_only=True)
class Difference:
    """One thing that came out otherwise; None where the rules say nothing of it.

    `outside`: because nothing is in force on the day.
    """

    name: str
    expected: object
    actual: object
    outside: bool = False


@frozen(kw_only=True)
class Verdict:
    """A case that was run, where it stands, and everything that came out otherwise."""

    case: Case
    file: str
    line: int
    differences: tuple[Difference, ...]


def run_cases(files: Iterable[CaseFile], registry: Registry) -> tuple[Verdict, ...]:
    """Run all cases.

    Raises:
        InputError: a case names what nobody registered, or gives a column what its rule cannot read; nothing was run
        then. PluginError: a callback failed.
    """
    files = tuple(files)
    every = [(case, f.file, line) for f in files for case, line in zip(f.cases, f.lines, strict=True)]
    wrong: list[Problem] = []
    for case, file, line in every:
        wrong += [p for p in check_case(case, registry, file, line) if p not in wrong]  # many cases ask one rule
    if not wrong:
        wrong = [p for one in files for p in _wrong_cells(one, registry)]
    if wrong:
        raise InputError(wrong)
    return tuple(
        Verdict(case=case, file=file, line=line, differences=_differences(case, registry, file, line))
        for case, file, line in every
    )


def _wrong_cells(file: CaseFile, registry: Registry) -> Iterator[Problem]:
    place = Place(file.file, file.text)
    for number, case in enumerate(file.cases):
        yield from wrong_cells(case, number, registry_on(registry, case.on), place)


def _differences(case: Case, registry: Registry, file: str, line: int) -> tuple[Difference, ...]:
    try:
        return tuple(run_case(case, registry))
    except PluginError as error:  # what the case says of its subject may be what the rule cannot read
        raise PluginError(evolve(p, file=p.file or file, row=p.row or line) for p in error.problems) from None


def check_case(case: Case, registry: Registry, file: str, line: int) -> Iterator[Problem]:
    """Ids of a case that nobody registered, with the nearest ones."""
    if case.kind == "batch":
        policies = {f"{r.id}/{b.id}" for r in registry.rulesets.values() for b in r.batch}
        if case.batch not in policies:
            yield problem(
                "SSJ-A006", file=file, row=line, field="batch", value=case.batch, known=listed(policies),
                **nearest(case.batch, policies),
            )  # fmt: skip
            return
        yield from _not_there(case, registry)
        return
    wanted = str(getattr(case, case.kind))
    if unknown := registry.problem_unless(_KINDS[case.kind], wanted, file=file, row=line, where=case.kind):
        yield unknown
    elif case.kind in ("ratio", "weights"):
        yield from _no_stratifier(_KINDS[case.kind], wanted, registry)
    elif case.kind == "checklist":
        yield from _unknown(case, "items", {i.id for i in registry.checklists[wanted].items}, file, line)
    elif case.kind == "results":
        table = registry.result_tables[wanted]
        yield from _unknown(case, "codes", {r.code for r in table.result}, file, line)
        yield from _unknown(case, "follow_ups", {f.code for f in table.follow_up}, file, line)
    elif case.kind == "eligibility":
        unit = registry.eligibility_rules[wanted].applies_to
        if getattr(case, unit) is None:
            yield problem("SSJ-A004", file=file, row=line, field="eligibility", value=unit, kind=wanted)
        yield from _check_params(case, registry_on(registry, case.on).eligibility_rules, file, line)
    elif case.kind == "recusal":
        yield from _check_params(case, registry_on(registry, case.on).recusal_rules, file, line)


def _not_there(case: Case, registry: Registry) -> Iterator[Problem]:
    """What the batch of a case selects and nobody registered: told where the ruleset names it."""
    name, _, batch = case.batch.partition("/")
    ruleset, place = registry.rulesets[name], registry.place("rulesets", name)
    number, policy = next((n, p) for n, p in enumerate(ruleset.batch) if p.id == batch)
    wanted: list[tuple[str, str, tuple[str | int, ...]]] = [
        ("ratio_rules", policy.ratio, ("batch", number, "ratio")),
        ("weight_rules", policy.weights, ("batch", number, "weights")),
        ("result_tables", ruleset.results.table if ruleset.results else "", ("results", "table")),
    ]
    wanted += [("checklists", s, ("batch", number, "sectors")) for s in policy.sectors]
    uses = [(use, ("batch", number, "eligibility", n, "rule")) for n, use in enumerate(policy.eligibility)]
    wanted += [("eligibility_rules", use.rule, path) for use, path in uses]
    wanted += [("eligibility_rules", u.rule, ("eligibility", n, "rule")) for n, u in enumerate(ruleset.eligibility)]
    wanted += [("recusal_rules", u.rule, ("recusal", n, "rule")) for n, u in enumerate(ruleset.recusal)]
    for attribute, one, path in wanted:
        found = registry.problem_unless(attribute, one, file=place.file, row=place.row(*path), where=dotted(path))
        if one and found:
            yield found
        elif one and attribute in ("ratio_rules", "weight_rules"):
            yield from _no_stratifier(attribute, one, registry)


def _no_stratifier(attribute: str, rule: str, registry: Registry) -> Iterator[Problem]:
    """A ratio or weight rule whose stratifier nobody registered: told where the rule names it."""
    place = registry.place(attribute, rule)
    wanted = getattr(registry, attribute)[rule].stratify
    row = place.row("stratify")
    if unknown := registry.problem_unless("stratifiers", wanted, file=place.file, row=row, where="stratify"):
        yield unknown


def _unknown(case: Case, field: str, known: set[str], file: str, line: int) -> Iterator[Problem]:
    """Parts of a table that a case names and the table does not have."""
    for name in getattr(case, field):
        if name not in known:
            yield problem(
                "SSJ-A005", file=file, row=line, field=field, value=name, id=getattr(case, case.kind),
                known=listed(known), **nearest(name, known),
            )  # fmt: skip


def _check_params(case: Case, known: Any, file: str, line: int) -> Iterator[Problem]:
    use = RuleUse(rule=getattr(case, case.kind), params=case.params)
    try:
        apply_rules([use], known, Context(year=case.on.year, start=case.on, end=case.on), file)
    except InputError as error:
        yield from (evolve(p, row=line) for p in error.problems)


def run_case(case: Case, registry: Registry) -> Iterator[Difference]:
    """Everything that comes out otherwise than the case expects."""
    answer: Answer = _ASK[case.kind](case, registry_on(registry, case.on))
    for name, value in expected(case).items():
        if answer.get(name) != value:
            outside = answer.get("in_force") is False
            yield Difference(name=name, expected=value, actual=answer.get(name), outside=outside)
