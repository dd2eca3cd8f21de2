"""The whole flow, one call per step in the order of SPEC: read this first.

    rosters, plan, rules ──seal──▶ commitment ──(entropy, from outside)──▶ draw ──▶ drawn subjects and their teams

Everything here is pure: no file, clock, environment or randomness of its own. `ssj_cli` brings the inputs and writes
the results; `verify` walks the second half again from what was written.
"""

from collections.abc import Mapping, Sequence

from attrs import evolve, frozen

from ssj_core.batch_rules import checked_rules
from ssj_core.blocked import named
from ssj_core.composing import by_subject, officer_rows, sealed_team
from ssj_core.draw import Selection, select
from ssj_core.entropy.model import Evidence
from ssj_core.limits import caps_of, with_caps
from ssj_core.matching import Infeasible, Matching, Teams, redraw
from ssj_core.model import Inspection, Officer, Subject
from ssj_core.nobody_left import no_site
from ssj_core.office import Office
from ssj_core.plan import Batch
from ssj_core.pool import make_pool
from ssj_core.problems import InputError
from ssj_core.rules.effective import RosterPin, SealedEntropy, encode_rules, table_digests
from ssj_core.sealed import Sealed
from ssj_core.sealing import effective_rules, subject_rows, ticket_rows
from ssj_core.seed import key, seed
from ssj_core.sites import SITE_PURPOSE, set_apart, site_draws
from ssj_core.staffing import check_staffing
from ssj_core.strata import Quota
from ssj_core.tables import (
    DRAWN,
    RESERVE,
    SITE_DRAWS_FILE,
    DrawnRow,
    SiteDrawRow,
    SiteRow,
    SubjectRow,
    TeamRow,
    encode_table,
)
from ssj_core.teams import instance, team_rows

SUBJECT_PURPOSE = "subject"


def seal(
    office: Office,
    batch: Batch,
    subjects: Sequence[Subject],
    officers: Sequence[Officer],
    *,
    draw_id: str,
    rosters: Sequence[RosterPin],
    entropy: Sequence[SealedEntropy],
    drawn_before: Mapping[str, int],
    previous_head: str,
    past: Sequence[Inspection] = (),
    staffed: bool = True,
) -> Sealed:
    """SPEC §1 to §5: fix everything that decides the draw, before any entropy exists.

    `entropy` names the sources in their order, with the future event appointed for each; `drawn_before` counts how
    often each subject was drawn earlier in the plan's year; `past` are the earlier inspections that are known, the
    later ones last. A trial, which shows all this whether or not there are officers enough, is not `staffed`: it asks
    `staffing.check_staffing` itself.

    Raises:
        InputError: the rules do not fit the day, the roster or each other. RefusedError: some subject could never get
        its team. PluginError: a rule failed.
    """
    rules = checked_rules(office, batch)
    known = by_subject(past)
    dated = [evolve(s, drawn_this_year=drawn_before.get(s.id, 0), inspections=known.get(s.id, ())) for s in subjects]
    pool = make_pool(dated, officers, office.sectors, rules.policy.sectors, rules.eligibility, rules.recusal)
    sites: tuple[SiteRow, ...] = ()
    if rules.policy.second_stage:
        pool, sites = set_apart(pool, rules.policy.second_stage)
        if not sites:
            raise InputError([no_site(office, rules, pool, dated)])
    strata, sealed_subjects = subject_rows(office, rules, pool)
    weights, tickets = ticket_rows(rules, pool)
    draft = Sealed(
        plan=office.plan_bytes,
        rules=effective_rules(
            office,
            rules,
            strata,
            weights,
            draw_id=draw_id,
            rosters=rosters,
            entropy=entropy,
            team=sealed_team(office, rules, pool, officers, past),
        ),
        rules_data=b"",
        subjects=sealed_subjects,
        officers=(),
        excluded=pool.excluded,
        recusals=pool.recusals,
        tickets=tickets,
        sites=sites,
        previous_head=previous_head,
    )
    visits = sum(q.quota for q in draft.quotas)
    team = draft.rules.team
    caps = caps_of(team.limits, pool.officers, past, batch.start, batch.end, visits)
    limited = officer_rows(pool, caps, team=office.ruleset.team, past=past, year=office.plan.year)
    told = evolve(draft.rules, team=evolve(team, limits=with_caps(team.limits, caps)))
    sealed = evolve(draft, officers=limited, rules=told)
    if staffed:
        check_staffing(sealed)
    bound = evolve(sealed.rules, tables=table_digests(sealed.tables))
    return evolve(sealed, rules=bound, rules_data=encode_rules(bound))


@frozen(kw_only=True)
class Outcome:
    """What a draw came to."""

    seed: str
    quotas: tuple[Quota, ...]
    selections: tuple[Selection, ...]
    drawn: tuple[DrawnRow, ...]
    matching: Matching
    teams: tuple[TeamRow, ...]
    site_draws: tuple[SiteDrawRow, ...] | None = None

    def tables(self) -> dict[str, bytes]:
        """The tables of the outcome by file name; that of the sites where there is a second stage."""
        made = {"drawn.csv": encode_table(DrawnRow, self.drawn), "teams.csv": encode_table(TeamRow, self.teams)}
        if self.site_draws is not None:
            made[SITE_DRAWS_FILE] = encode_table(SiteDrawRow, self.site_draws)
        return made


def draw(sealed: Sealed, evidence: Sequence[Evidence], published: Teams | None = None) -> Outcome:
    """SPEC §6 to §8: commitment and entropy make the seed, the seed draws subjects and their officers.

    `published` are the teams said to have come of it. If they are right they are only confirmed, no roster is looked
    for (SPEC §8.7); if they are not, the right ones are drawn, so that each difference can be told.

    Raises:
        RefusedError: no complete roster of officers exists (nothing is relaxed).
    """
    rules = sealed.rules
    value = seed(sealed.commitment.value, [e.value for e in evidence])
    quotas = sealed.quotas
    selections = select_all(sealed, quotas, key(value, rules.draw_id, SUBJECT_PURPOSE, rules.scope))
    by_id = {s.id: s for s in sealed.subjects}
    chosen = [by_id[t.id] for s in selections for t in s.drawn]
    question = instance(rules.team, chosen, sealed.officers, sealed.recusals)
    try:
        matching = redraw(question, value, published)
    except Infeasible as answer:
        raise named(answer, chosen, sealed.officers, sealed.recusals) from None
    drawn, stage = drawn_rows(selections, by_id), rules.second_stage
    site_key = key(value, rules.draw_id, SITE_PURPOSE, rules.scope)
    return Outcome(
        seed=value,
        quotas=quotas,
        selections=selections,
        drawn=drawn,
        matching=matching,
        teams=team_rows(matching, chosen, sealed.officers),
        site_draws=site_draws(site_key, drawn, sealed.sites, stage.count, rules.ratio.reserve) if stage else None,
    )


def select_all(sealed: Sealed, quotas: Sequence[Quota], ticket_key: str) -> tuple[Selection, ...]:
    """SPEC §7 for every stratum, in the order of the quotas."""
    ids: dict[str, list[str]] = {q.stratum: [] for q in quotas}
    for subject in sealed.subjects:
        ids[subject.stratum].append(subject.id)
    reserve, counts = sealed.rules.ratio.reserve, sealed.ticket_counts
    return tuple(select(ticket_key, q.stratum, ids[q.stratum], q.quota, reserve, counts) for q in quotas)


def drawn_rows(selections: Sequence[Selection], subjects: Mapping[str, SubjectRow]) -> tuple[DrawnRow, ...]:
    """`drawn.csv`: stratum by stratum, the drawn then the reserve, ranked from 1."""
    return tuple(
        DrawnRow(
            stratum=s.stratum,
            rank=rank,
            outcome=DRAWN if rank <= len(s.drawn) else RESERVE,
            id=t.id,
            name=subjects[t.id].name,
            ticket=t.value,
        )
        for s in selections
        for rank, t in enumerate((*s.drawn, *s.reserve), start=1)
    )
