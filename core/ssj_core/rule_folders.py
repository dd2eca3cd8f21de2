"""The folders of rules that a plan names: found with all other plugins, and told at their line of the plan."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from attrs import evolve

from ssj_core.plan import Plan
from ssj_core.plugin.loader import Source, discover
from ssj_core.problems import Problem, SsjError, problem
from ssj_core.tomlpos import Path as TomlPath
from ssj_core.tomlpos import line_of


def holding_the_plan(plan: Plan, lines: dict[TomlPath, int], path: Path) -> Iterable[Problem]:
    """A folder of rules is hashed as a whole; with the plan and its draws in it, each draw would change its rules."""
    for folder in plan.rule_folders:
        if path.parent.resolve().is_relative_to((path.parent / folder).resolve()):
            row = line_of(lines, ("rule_folders",))
            yield problem("SSJ-G021", file=path.name, row=row, field="rule_folders", value=folder)


def discovered(plan: Plan, lines: dict[TomlPath, int], path: Path) -> Mapping[str, Source]:
    """Every plugin; a folder that is none, or has no manifest, is told where the plan names it.

    Raises:
        PluginError, InputError: as `discover`.
    """
    numbers = {(path.parent / folder).as_posix(): n for n, folder in enumerate(plan.rule_folders)}
    try:
        return discover(map(Path, numbers))
    except SsjError as error:
        raise type(error)(_at_its_line(p, numbers, lines, path.name) for p in error.problems) from None


def _at_its_line(found: Problem, numbers: Mapping[str, int], lines: dict[TomlPath, int], file: str) -> Problem:
    number = numbers.get(found.params.get("plugin", ""))
    if found.code != "SSJ-G022" or number is None:
        return found
    row = line_of(lines, ("rule_folders", number))
    return evolve(found, file=file, row=row, field=f"rule_folders[{number + 1}]")
