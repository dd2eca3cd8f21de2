"""The two rosters (两库) and the list of earlier inspections: bytes in, cleaned rows and every problem out."""

from ssj_core.roster.inspections import read_inspections, resolve_inspections
from ssj_core.roster.model import InspectionList, OfficerRoster, SubjectRoster
from ssj_core.roster.officers import read_officers
from ssj_core.roster.recusals import cross_check, resolve_recusals
from ssj_core.roster.spec import Derive, RosterSpec
from ssj_core.roster.subjects import read_subjects

__all__ = [
    "Derive",
    "InspectionList",
    "OfficerRoster",
    "RosterSpec",
    "SubjectRoster",
    "cross_check",
    "read_inspections",
    "read_officers",
    "read_subjects",
    "resolve_inspections",
    "resolve_recusals",
]
