"""Visits of a draw by number and version, followed through its replacements."""

from collections.abc import Mapping, Sequence

from attrs import evolve

from ssj_core.canonical import digest
from ssj_core.documents.model import Member, Visit
from ssj_core.explain.changes import Change
from ssj_core.replacement.reasons import OFFICER_REASONS, SUBJECT_REASONS
from ssj_core.replacement.record import FILE
from ssj_core.standing import path, split_replacement
from ssj_core.tables import OfficerRow, SubjectRow, TeamRow

Team = tuple[tuple[int, str, str], ...]
"""Place, role and officer of each member: two equal ones need one form only."""


def visits_after(
    files: Mapping[str, bytes],
    drawn: Sequence[TeamRow],
    changes: Sequence[Change],
    subjects: Mapping[str, SubjectRow],
    officers: Mapping[str, OfficerRow],
    departments: Mapping[str, str],
    *,
    draw: str,
    record: str,
    after: int,
) -> tuple[Visit, ...]:
    """The visits that stood after replacement `after`, by number; `changes` are those that are not void.

    `departments` has that of each officer, by id; `record` is the digest of the draw's record. What
    came later is told in `ended_by`.

    Raises:
        KeyError: a team names a subject or officer that was not sealed.
    """
    standing: dict[str, Visit] = {}
    wanted: dict[str, Visit] = {}
    numbers: dict[str, int] = {}
    versions: dict[str, int] = {}
    steps = [(draw, 0, record, "", tuple(drawn))]
    for change in changes:
        number = number_of(change)
        steps.append((change.event.id, number, digest(files[path(number, FILE)]), why(change), change.after))
    for made_by, number, made, reason, rows in steps:
        before, standing = standing, {}
        for subject, members in _teams(rows).items():
            old = before.get(subject)
            if old and _same(old, members):
                standing[subject] = old
                continue
            numbers.setdefault(subject, len(numbers) + 1)
            versions[subject] = versions.get(subject, 0) + 1
            standing[subject] = Visit(
                number=numbers[subject],
                version=versions[subject],
                subject=subjects[subject],
                team=tuple(_member(row, officers[row.officer], departments) for row in members),
                made_by=made_by,
                digest=made,
                reason=reason,
            )
        wanted = standing if number <= after else {s: _ended(v, standing.get(s), made_by) for s, v in wanted.items()}
    return tuple(sorted(wanted.values(), key=lambda v: v.number))


def number_of(change: Change) -> int:
    """The number of a replacement."""
    found = split_replacement(change.event.id)
    return found[1] if found else 0


def why(change: Change) -> str:
    """In Chinese, who dropped out and why."""
    event = change.event
    reasons = {**SUBJECT_REASONS, **OFFICER_REASONS}
    words = reasons[event.reason].text.zh if event.reason in reasons else event.reason
    return f"{event.name}退出（{words}；{event.document}）"


def _teams(rows: Sequence[TeamRow]) -> dict[str, list[TeamRow]]:
    found: dict[str, list[TeamRow]] = {}
    for row in rows:
        found.setdefault(row.subject, []).append(row)
    return found


def _same(visit: Visit, rows: Sequence[TeamRow]) -> bool:
    return [(m.role, m.id) for m in visit.team] == [(r.role, r.officer) for r in rows]


def _member(row: TeamRow, officer: OfficerRow, units: Mapping[str, str]) -> Member:
    return Member(
        role=row.role,
        id=row.officer,
        name=row.officer_name,
        section=row.section,
        certificate=officer.certificate,
        fields=officer.fields,
        unit=units.get(row.officer, ""),
    )


def _ended(visit: Visit, now: Visit | None, by: str) -> Visit:
    if visit.ended_by or now is visit or (now and now.version == visit.version):
        return visit
    return evolve(visit, ended_by=by, dropped=now is None)
