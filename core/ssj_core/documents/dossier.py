"""Read a draw back as the papers need it: facts of its record, its visits, its replacements, its ledger's head."""

from collections import Counter
from collections.abc import Collection, Mapping
from typing import Final

from attrs import evolve

from ssj_core.canonical import digest
from ssj_core.documents.model import Dossier, Entropy, Exchange, Stratum
from ssj_core.documents.visits import number_of, visits_after, why
from ssj_core.entropy import BUILT_IN
from ssj_core.entropy.model import Level
from ssj_core.explain.changes import Change, read_changes
from ssj_core.ledger import Ledger
from ssj_core.problems import InputError, problem
from ssj_core.record import FILE, Record, decode_record
from ssj_core.rules.departments import by_officer
from ssj_core.sealed import Sealed, unseal
from ssj_core.tables import (
    DRAWN,
    OFFICER,
    RESERVE,
    SITE_DRAWS_FILE,
    SUBJECT,
    DrawnRow,
    SiteDrawRow,
    SiteRow,
    TeamRow,
    decode_table,
)
from ssj_core.verify.assurance import LEVELS

LAST: Final = -1
"""For `after`: with every replacement that is not void."""


def read_dossier(
    files: Mapping[str, bytes],
    *,
    level: Level,
    ledger: Ledger | None = None,
    void: Collection[int] = (),
    after: int = LAST,
) -> Dossier:
    """The dossier of a finished draw after replacement `after`, with all its visits.

    `level` is what `verify` says the randomness is worth; `void` are numbers of replacements that the ledger says are
    void.

    Raises:
        KeyError: a file is missing. InputError, TableError: one cannot be used, or there is no replacement `after`.
    """
    record = decode_record(files[FILE])
    sealed = unseal(files, record.commitment.previous_head)
    changes = [c for c in read_changes(files, void) if not c.void]
    known = [0, *(number_of(c) for c in changes)]
    if after == LAST:
        after = known[-1]
    if after not in known:
        raise InputError([problem("SSJ-D002", value=after, known=", ".join(map(str, known)))])
    drawn = decode_table(TeamRow, files["teams.csv"])
    visits = visits_after(
        files,
        drawn,
        changes,
        {s.id: s for s in sealed.subjects},
        {o.id: o for o in sealed.officers},
        by_officer(sealed.rules.team),
        draw=record.draw_id,
        record=digest(files[FILE]),
        after=after,
    )
    visits = tuple(evolve(v, sites=_sites(files, sealed, v.subject.id)) for v in visits)
    excluded = Counter(e.unit for e in sealed.excluded)
    outcomes = Counter(row.outcome for row in decode_table(DrawnRow, files["drawn.csv"]))
    parts = record.commitment
    return Dossier(
        rules=sealed.rules,
        record_digest=digest(files[FILE]),
        commitment=parts.value,
        sm3=parts.sm3,
        subjects_root=parts.subjects_root,
        subjects_count=parts.subjects_count,
        officers_root=parts.officers_root,
        officers_count=parts.officers_count,
        plan_digest=parts.plan_digest,
        rules_digest=parts.rules_digest,
        previous_head=parts.previous_head,
        seed=record.seed,
        sealed_at=record.sealed_at,
        drawn_at=record.drawn_at,
        ledger_head=_head(ledger, record.draw_id),
        level=level,
        level_words=LEVELS[level],
        entropy=_entropy(record, sealed),
        strata=tuple(Stratum(stratum=s.stratum, size=s.size, quota=s.quota) for s in record.stratum),
        excluded=(excluded[SUBJECT], excluded[OFFICER]),
        drawn=outcomes[DRAWN],
        reserve=outcomes[RESERVE],
        after=after,
        exchanges=tuple(_exchange(c) for c in changes if number_of(c) <= after),
        visits=visits,
        all_visits=len(visits),
        teams_drawn=len({row.subject for row in drawn}),
        officers_drawn=len({row.officer for row in drawn}),
    )


def _sites(files: Mapping[str, bytes], sealed: Sealed, subject: str) -> tuple[SiteRow, ...]:
    """The sites drawn of a subject, in the order of their tickets; none in a draw of one stage."""
    if not sealed.rules.second_stage:
        return ()
    rows = {site.id: site for site in sealed.sites}
    drawn = decode_table(SiteDrawRow, files[SITE_DRAWS_FILE])
    return tuple(rows[d.id] for d in drawn if d.subject == subject and d.outcome == DRAWN)


def _head(ledger: Ledger | None, draw: str) -> str:
    """The head after the draw was entered: what the meeting reads aloud, whatever came after."""
    event = ledger.find("draw", draw) if ledger else None
    return digest(event.encode()) if event else ""


def _entropy(record: Record, sealed: Sealed) -> tuple[Entropy, ...]:
    appointed = {e.source: e.appointed for e in sealed.rules.entropy}
    return tuple(
        Entropy(
            source=part.source,
            title=BUILT_IN[part.source].title if part.source in BUILT_IN else part.source,
            canonical=part.canonical,
            who=part.who,
            where=part.where,
            when=part.when,
            appointed=appointed.get(part.source, {}),
        )
        for part in record.entropy
    )


def _exchange(change: Change) -> Exchange:
    event, chosen = change.event, change.record.successor
    names = {row.subject: row.name for row in change.after}
    if event.kind == "subject":
        outcome = f"由{names.get(chosen.id, chosen.id)}递补" if chosen else "无人可递补"
    else:
        put_in = dict.fromkeys(f"{row.officer_name}（{row.name}）" for row in change.put_in)
        outcome = "改派" + "、".join(put_in)
    return Exchange(
        id=event.id, who=f"{event.name}（{event.unit}）", reason=why(change), document=event.document, by=event.by,
        outcome=outcome,
    )  # fmt: skip
