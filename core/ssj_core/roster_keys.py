"""What a plan says of its rosters that cannot be meant: keys of another roster, a sector said twice or unknown."""

from collections.abc import Iterator

from ssj_core.plan import Plan
from ssj_core.problems import Problem, problem
from ssj_core.rules.sectors import SectorNames
from ssj_core.tomlpos import Path, line_of


def check_rosters(plan: Plan, lines: dict[Path, int], file: str) -> Iterator[Problem]:
    """Only subjects have fields that are filled by the plan, and regions; their sectors are filled in one way."""
    for name, spec in plan.rosters.named.items():
        for key in ("derive", "regions", "sectors") if name != "subjects" else ():
            if getattr(spec, key):
                row = line_of(lines, ("rosters", name, key))
                yield problem("SSJ-P032", file=file, row=row, field=f"rosters.{name}.{key}", value=key)
    subjects = plan.rosters.subjects
    if subjects.sectors and any(rule.field == "sectors" for rule in subjects.derive):
        row = line_of(lines, ("rosters", "subjects", "sectors"))
        yield problem("SSJ-P034", file=file, row=row, field="rosters.subjects.sectors", value="sectors")


def check_sectors(plan: Plan, names: SectorNames, lines: dict[Path, int], file: str) -> Iterator[Problem]:
    """Every sector that the plan gives to all subjects is one that its rules know."""
    row = line_of(lines, ("rosters", "subjects", "sectors"))
    for word in names.unknown(plan.rosters.subjects.sectors):
        known = "、".join(names.titles)
        yield problem("SSJ-P035", file=file, row=row, field="rosters.subjects.sectors", value=word, known=known)
