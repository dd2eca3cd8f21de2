"""Whether the batches of a plan find anybody in its rosters: what a draw would say of each is said at the desk."""

from collections.abc import Iterable, Iterator

from ssj_core.office import Office, policy_of
from ssj_core.problems import Problem, problem
from ssj_core.roster import InspectionList, SubjectRoster
from ssj_core.roster.model import OfficerRoster
from ssj_core.rules.ruleset import BatchPolicy


def tell_batches(
    office: Office, rosters: Iterable[SubjectRoster | OfficerRoster | InspectionList]
) -> Iterator[Problem]:
    """Warn of batches whose sectors no subject has, and of those for which fewer officers than a team have a field.

    Not of a roster of subjects in which no word is known: that is told already.
    """
    policies = [(batch.id, policy_of(office.ruleset, batch)) for batch in office.plan.batch]
    known = "、".join(office.sectors.titles)
    for roster in rosters:
        fields = [set(office.sectors.resolve(words)) for words in _words(roster)]
        for name, policy in policies if any(fields) or isinstance(roster, OfficerRoster) else ():
            sectors = _titles(office, policy)
            count = sum(bool(own.intersection(policy.sectors) if policy.sectors else own) for own in fields)
            size = len(policy.place) or office.ruleset.team.size
            if isinstance(roster, SubjectRoster) and not count:
                yield problem("SSJ-S050", file=roster.file, value=name, sectors=sectors)
            if isinstance(roster, OfficerRoster) and count < size:
                yield problem(
                    "SSJ-S051", file=roster.file, value=name, sectors=sectors, count=count, size=size, known=known
                )


def _words(roster: SubjectRoster | OfficerRoster | InspectionList) -> list[tuple[str, ...]]:
    """The sectors of each subject, or the fields of each officer."""
    if isinstance(roster, SubjectRoster):
        return [subject.sectors for subject in roster.rows]
    return [] if isinstance(roster, InspectionList) else [officer.fields for officer in roster.rows]


def _titles(office: Office, policy: BatchPolicy) -> str:
    titles = [office.registry.checklists[one].title for one in policy.sectors]
    return "、".join(titles or office.sectors.titles)
