"""The two rosters (两库): bytes in, cleaned rows and every problem out."""

from ssj_core.roster.model import OfficerRoster, SubjectRoster
from ssj_core.roster.officers import read_officers
from ssj_core.roster.recusals import cross_check, resolve_recusals
from ssj_core.roster.spec import Derive, RosterSpec
from ssj_core.roster.subjects import read_subjects

__all__ = [
    "Derive",
    "OfficerRoster",
    "RosterSpec",
    "SubjectRoster",
    "cross_check",
    "read_officers",
    "read_subjects",
    "resolve_recusals",
]
