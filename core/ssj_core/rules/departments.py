"""Of which department (单位) an officer of a joint batch is, as it was sealed with the team's rules."""

from collections.abc import Mapping

from ssj_core.rules.effective import SealedTeam


def by_officer(team: SealedTeam) -> Mapping[str, str]:
    """The department of each officer's id; empty where the batch has only one."""
    return {officer: name for name, ids in team.departments.items() for officer in ids}


def with_department(name: str, section: str) -> str:
    """A section with its department before it, as one says it; said once where both are called the same."""
    return section if name == section else name + section
