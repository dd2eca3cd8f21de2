"""What can be wrong with the team rules of a ruleset."""

from collections.abc import Iterator
from typing import Final

from ssj_core.problems import Problem, problem
from ssj_core.rules.ruleset import BatchPolicy, Ruleset, TeamPlace

LARGEST: Final = 50
"""A team has no more places than that (SPEC §9.5)."""
_MARKS: Final = frozenset("、［］")
_NOT: Final = "以外"


def check_teams(ruleset: Ruleset, file: str) -> Iterator[Problem]:
    """Everything that is wrong, each with its place in the file."""
    team = ruleset.team
    if not 2 <= team.size <= LARGEST:
        yield problem("SSJ-S011", file=file, field="team.size", value=team.size)
    for name in ("widen", "most", "most_per_week", "most_per_month", "most_per_year"):
        if (value := getattr(team, name)) < 0:
            yield problem("SSJ-S006", file=file, field=f"team.{name}", value=value)
    if team.evenness == "strict" and team.widen:
        yield problem("SSJ-S063", file=file, field="team.widen", value=team.widen)
    for n, batch in enumerate(ruleset.batch, start=1):
        if batch.place:
            yield from _check_places(batch, f"batch[{n}]", file)


def _check_places(batch: BatchPolicy, where: str, file: str) -> Iterator[Problem]:
    if not 2 <= len(batch.place) <= LARGEST:
        yield problem("SSJ-S011", file=file, field=f"{where}.place", value=len(batch.place))
    if batch.officers != "any" or batch.lead_section:
        yield problem("SSJ-S062", file=file, field=f"{where}.place", value=batch.id)
    for n, place in enumerate(batch.place, start=1):
        yield from _check_place(place, f"{where}.place[{n}]", file)


def _check_place(place: TeamPlace, where: str, file: str) -> Iterator[Problem]:
    given = [name for name in ("sections", "own_section", "other_than") if getattr(place, name)]
    if len(given) > 1:
        yield problem("SSJ-S060", file=file, field=where, value="、".join(given))
    for name in ("sections", "other_than", "qualifications"):
        for word in getattr(place, name):
            odd = not word.strip() or _MARKS & set(word) or (name != "qualifications" and word.endswith(_NOT))
            if odd:
                yield problem("SSJ-S061", file=file, field=f"{where}.{name}", value=repr(word))
