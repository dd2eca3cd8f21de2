"""SPEC §7.4: two stages: sites (项目、小区) are set apart, and drawn after their subjects by the same seed."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final

from attrs import evolve

from ssj_core.draw import Selection, select
from ssj_core.model import Subject
from ssj_core.pool import NO_SUBJECT, Pool
from ssj_core.roster.cells import name_key
from ssj_core.rules.ruleset import SecondStage
from ssj_core.tables import DRAWN, RESERVE, SUBJECT, DrawnRow, ExcludedRow, RecusalRow, SiteDrawRow, SiteRow

SITE_PURPOSE: Final = "site"


def set_apart(pool: Pool, stage: SecondStage) -> tuple[Pool, tuple[SiteRow, ...]]:
    """The pool without its sites, and the sites of those who stay in it.

    A site whose subject does not take part is excluded; an officer who must not go to a site must not go to its
    subject, for which of its sites is drawn is not known beforehand.

    It may be that nobody in the pool has a site.
    """
    kinds = {name_key(kind) for kind in stage.kinds}
    inside = tuple(s for s in pool.subjects if name_key(s.kind) not in kinds)
    owner = _owners(inside)
    excluded = list(pool.excluded)
    sites: list[SiteRow] = []
    for site in (s for s in pool.subjects if name_key(s.kind) in kinds):
        subject = owner.get(name_key(site.parent), "")
        if subject:
            sites.append(
                SiteRow(
                    id=site.id, name=site.name, kind=site.kind, area=site.area, address=site.address, subject=subject
                )
            )  # fmt: skip
        else:
            why = f"所属企业“{site.parent}”不在本批次的抽取范围，或有重名" if site.parent else "名录没有填所属企业"
            excluded.append(ExcludedRow(unit=SUBJECT, id=site.id, name=site.name, rule=NO_SUBJECT, reason=why))
    split = evolve(
        pool,
        subjects=inside,
        excluded=tuple(sorted(excluded, key=lambda e: (e.unit, e.id.encode()))),
        recusals=_of_subjects(pool.recusals, {s.id for s in inside}, {s.id: s for s in sites}),
    )
    return split, tuple(sorted(sites, key=lambda s: s.id.encode()))


def site_draws(
    key: str, listed: Iterable[DrawnRow], sites: Sequence[SiteRow], count: int, reserve: int
) -> tuple[SiteDrawRow, ...]:
    """`site_draws.csv`: for each subject of `drawn.csv`, drawn or reserve, `count` of its sites and the next ones."""
    of: dict[str, list[SiteRow]] = {}
    for site in sites:
        of.setdefault(site.subject, []).append(site)
    return tuple(row for one in listed for row in rows_of(key, one.id, of.get(one.id, ()), count, reserve))


def rows_of(key: str, subject: str, sites: Sequence[SiteRow], count: int, reserve: int) -> list[SiteDrawRow]:
    """The rows of one subject; none where it has no site."""
    by_id: Mapping[str, SiteRow] = {site.id: site for site in sites}
    chosen: Selection = select(key, subject, list(by_id), min(count, len(by_id)), reserve)
    return [
        SiteDrawRow(
            subject=subject,
            rank=rank,
            outcome=DRAWN if rank <= len(chosen.drawn) else RESERVE,
            id=ticket.id,
            name=by_id[ticket.id].name,
            ticket=ticket.value,
        )
        for rank, ticket in enumerate((*chosen.drawn, *chosen.reserve), start=1)
    ]


def _owners(subjects: Iterable[Subject]) -> dict[str, str]:
    """Subject by its name and by its code; what two of them share names none."""
    found: dict[str, str] = {}
    for subject in subjects:
        for word in {name_key(subject.name), name_key(subject.id.partition(":")[2]), name_key(subject.id)}:
            found[word] = "" if word in found else subject.id
    return found


def _of_subjects(
    recusals: Iterable[RecusalRow], inside: Collection[str], sites: Mapping[str, SiteRow]
) -> tuple[RecusalRow, ...]:
    made: dict[tuple[bytes, bytes, str], RecusalRow] = {}
    for row in recusals:
        if site := sites.get(row.subject):
            row = evolve(row, subject=site.subject, reason=f"{row.reason}（{site.name}）")
        elif row.subject not in inside:  # a site that was excluded with its subject
            continue
        made.setdefault((row.subject.encode(), row.officer.encode(), row.rule), row)
    return tuple(made[key] for key in sorted(made))
