"""The plan, its plugins and its ruleset, read and checked against each other, with everything wrong at once."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from ssj_core.calendars import holidays
from ssj_core.infiles import file_data
from ssj_core.office import Office
from ssj_core.opening.names import check_names
from ssj_core.opening.plugins import needed_by, stratifying
from ssj_core.opening.uses import check_uses
from ssj_core.plan import Plan
from ssj_core.plan_checks import check_plan
from ssj_core.plugin.declarative import read_manifest, unnamed
from ssj_core.plugin.loader import Source, load, namespace
from ssj_core.plugin.offered import rulesets_of
from ssj_core.plugin.registry import Registry, listed, nearest
from ssj_core.problems import InputError, PluginError, Problem, errors, problem
from ssj_core.roster_keys import check_rosters, check_sectors
from ssj_core.rule_folders import discovered, holding_the_plan
from ssj_core.rules.ruleset import Ruleset
from ssj_core.rules.sectors import SectorNames
from ssj_core.structuring import decode_toml, parse_toml, structure
from ssj_core.third_parties import check_assurance, check_signers, read_certificates
from ssj_core.toml_files import read_toml
from ssj_core.tomlpos import Path as TomlPath
from ssj_core.tomlpos import line_of, positions
from ssj_core.workdays import Holidays, years_needed


def open_office(path: Path) -> tuple[Office, tuple[Problem, ...]]:
    """Read `plan.toml`, load the plugins it needs, and check them against each other.

    Returns the office and the warnings.

    Raises:
        InputError: the plan or a rule table has mistakes. PluginError: a plugin cannot be used.
    """
    data = read_toml(path, path.name)
    text = decode_toml(data, path.name)
    plan = structure(parse_toml(text, path.name), Plan, path.name, text)
    lines = positions(text)
    checks = (check_names, check_rosters, check_assurance, check_signers)
    _raise([found for check in checks for found in check(plan, lines, path.name)])
    certificates = _certificates(plan, lines, path)
    if holding := list(holding_the_plan(plan, lines, path)):
        raise PluginError(holding)
    available = discovered(plan, lines, path)
    first = load({namespace(plan.ruleset)}, available) if namespace(plan.ruleset) in available else None
    if first is None or plan.ruleset not in first.rulesets:
        raise InputError([_no_ruleset(plan, lines, path.name, available)])
    ruleset = first.rulesets[plan.ruleset]
    registry = load(needed_by(plan, ruleset, available), available, first)
    registry = load(stratifying(ruleset, registry, available), available, registry)
    uses = check_uses(plan, ruleset, registry, available, lines, path.name)
    sectors = SectorNames.of(registry.checklists.values())
    found = [*uses, *check_plan(plan, ruleset, lines, path.name), *check_sectors(plan, sectors, lines, path.name)]
    found += _without_effect(registry, available)
    if errors(found):
        raise InputError(found)
    office = Office(
        plan=plan,
        plan_bytes=data,
        plan_file=path.name,
        lines=lines,
        ruleset=ruleset,
        registry=registry,
        sectors=sectors,
        certificates=certificates,
        holidays=_holidays(plan, ruleset, path.parent),
    )
    return office, tuple(found)


def _no_ruleset(plan: Plan, lines: dict[TomlPath, int], file: str, available: Mapping[str, Source]) -> Problem:
    known = rulesets_of(available.values())
    return problem(
        "SSJ-G009", file=file, row=line_of(lines, ("ruleset",)), field="ruleset", value=plan.ruleset,
        what="规则集", what_en="ruleset", known=listed(known), **nearest(plan.ruleset, known),
    )  # fmt: skip


def _certificates(plan: Plan, lines: dict[TomlPath, int], path: Path) -> tuple[bytes, ...]:
    if plan.stamp is None:
        return ()
    given = {file: file_data(path.parent, file) for file in plan.stamp.certificates}
    _raise(d for d in given.values() if isinstance(d, Problem))
    found = {file: data for file, data in given.items() if isinstance(data, bytes)}
    return read_certificates(found, lines, path.name)


def _holidays(plan: Plan, ruleset: Ruleset, folder: Path) -> Holidays:
    """What the deadlines of the batches are counted with; nothing where the ruleset sets none."""
    if ruleset.results is None:
        return {}
    count = ruleset.results.entry_working_days
    return holidays(folder, {year for batch in plan.batch for year in years_needed(batch.start, batch.end, count)})


def _without_effect(registry: Registry, available: Mapping[str, Source]) -> Iterable[Problem]:
    """Tables in the folders of rules in use that no manifest names."""
    for name in registry.plugins:
        folder = available[name].folder
        if folder is not None:
            yield from unnamed(folder, read_manifest(folder, name, available[name].shown))


def _raise(found: Iterable[Problem]) -> None:
    if problems := list(found):
        raise InputError(problems)
