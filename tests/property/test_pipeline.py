"""What holds of every draw of every small office, from the rosters to the verdict."""

from collections.abc import Iterable
from random import Random
from typing import TypeVar

import pytest
from attrs import evolve
from hypothesis import assume, event, example, given
from hypothesis import strategies as st

from ssj_core.model import Officer, Subject
from ssj_core.pipeline import Outcome, draw
from ssj_core.problems import InputError, RefusedError
from ssj_core.record import FILE, closing_holds, decode_record
from ssj_core.sealed import Sealed, unseal
from ssj_core.tables import DRAWN, RESERVE, DrawnRow, decode_table
from ssj_core.text import Lang
from ssj_core.verify import verify_draw
from tests.strategies import DRAWN_AT, SEALED_AT, SECTIONS, SECTORS, Case, cases, draw_files, small_case

T = TypeVar("T")
LANGS: tuple[Lang, ...] = ("zh", "en")
IDS = {title: f"s{n}" for n, title in enumerate(SECTORS)}


def sealed(case: Case) -> Sealed:
    """Seal, or give up this example: whether a refusal was right is the matter of its own test."""
    try:
        return case.seal()
    except (InputError, RefusedError):
        assume(False)
        raise


def drawn(case: Case) -> tuple[Sealed, Outcome, dict[str, bytes]]:
    fixed = sealed(case)
    outcome = draw(fixed, case.evidence)
    return fixed, outcome, draw_files(fixed, case.evidence, outcome)


@given(cases())
@example(small_case())
def test_every_draw_holds(case: Case) -> None:
    """One draw, looked at from all sides: to make an example takes longer than to look at it."""
    fixed, outcome, files = drawn(case)
    every_draw_verifies(files)
    everybody_is_in_the_pool_or_excluded_with_a_reason(case, fixed)
    the_drawn_are_of_the_pool_as_many_as_the_quota_in_the_order_of_their_tickets(fixed, outcome, files)
    every_drawn_subject_gets_a_full_team_of_different_officers_none_recused_all_of_its_field(fixed, outcome)
    what_was_sealed_is_read_back_as_it_was(case, fixed)
    the_record_is_read_back_as_it_was(case, fixed, outcome, files)


def every_draw_verifies(files: dict[str, bytes]) -> None:
    report = verify_draw(files, "p-b-1")
    assert [s.title.en for s in report.steps if s.status != "holds"] == []
    assert report.arithmetic == "holds"
    assert len(report.steps) == 10


def everybody_is_in_the_pool_or_excluded_with_a_reason(case: Case, fixed: Sealed) -> None:
    for roster, inside, unit in (
        (case.subjects, [*(s.id for s in fixed.subjects), *(s.id for s in fixed.sites)], "检查对象"),
        (case.officers, [o.id for o in fixed.officers], "执法检查人员"),
    ):
        out = [e for e in fixed.excluded if e.unit == unit]
        assert sorted([*inside, *(e.id for e in out)]) == sorted(r.id for r in roster)
        assert all(e.rule and e.reason for e in out)


def the_drawn_are_of_the_pool_as_many_as_the_quota_in_the_order_of_their_tickets(
    fixed: Sealed, outcome: Outcome, files: dict[str, bytes]
) -> None:
    strata = {s.id: s.stratum for s in fixed.subjects}
    rows = decode_table(DrawnRow, files["drawn.csv"])
    assert len({r.id for r in rows}) == len(rows)
    assert all(strata[r.id] == r.stratum for r in rows)
    for quota in outcome.quotas:
        mine = [r for r in rows if r.stratum == quota.stratum]
        assert [r.rank for r in mine] == list(range(1, len(mine) + 1))
        assert [(r.ticket, r.id) for r in mine] == sorted((r.ticket, r.id) for r in mine)
        assert [r.outcome for r in mine] == [DRAWN] * quota.quota + [RESERVE] * (len(mine) - quota.quota)
        if quota.quota:
            reserve = fixed.rules.ratio.reserve
            assert len(mine) == min(quota.size, quota.quota + reserve)


def every_drawn_subject_gets_a_full_team_of_different_officers_none_recused_all_of_its_field(
    fixed: Sealed, outcome: Outcome
) -> None:
    subjects, officers = {s.id: s for s in fixed.subjects}, {o.id: o for o in fixed.officers}
    recused = {(r.subject, r.officer) for r in fixed.recusals}
    assert {t.subject for t in outcome.teams} == {r.id for r in outcome.drawn if r.outcome == DRAWN}
    for subject in {t.subject for t in outcome.teams}:
        team = [t.officer for t in outcome.teams if t.subject == subject]
        assert len(set(team)) == len(team) == fixed.rules.team.size
        for officer in team:
            assert (subject, officer) not in recused
            assert set(officers[officer].fields) & set(subjects[subject].sectors)
        if fixed.rules.team.officers == "own-section":
            assert {officers[o].section for o in team} == {subjects[subject].section}
        if fixed.rules.team.officers == "joint":
            lead, *others = (officers[o].section for o in team)
            assert lead == fixed.rules.team.lead_section
            assert lead not in others


@given(cases(), st.randoms(use_true_random=False))
@example(small_case(), Random(1))  # noqa: S311
def test_the_order_of_the_rosters_changes_no_byte(case: Case, random: Random) -> None:
    def mixed(values: Iterable[T]) -> tuple[T, ...]:
        every = list(values)
        random.shuffle(every)
        return tuple(every)

    other = evolve(case, subjects=mixed(case.subjects), officers=mixed(case.officers))
    assert drawn(other)[2] == drawn(case)[2]


def what_was_sealed_is_read_back_as_it_was(case: Case, fixed: Sealed) -> None:
    assert unseal(fixed.files, case.previous_head) == fixed


def the_record_is_read_back_as_it_was(case: Case, fixed: Sealed, outcome: Outcome, files: dict[str, bytes]) -> None:
    record = decode_record(files[FILE])
    assert closing_holds(files[FILE])
    assert tuple(e.evidence() for e in record.entropy) == case.evidence
    assert (record.seed, record.sealed_at, record.drawn_at) == (outcome.seed, SEALED_AT, DRAWN_AT)
    assert (record.bureau, record.title) == (fixed.rules.bureau, fixed.rules.title)
    assert record.commitment.value == fixed.commitment.value
    assert [(s.stratum, s.size, s.quota) for s in record.stratum] == [
        (q.stratum, q.size, q.quota) for q in outcome.quotas
    ]


@given(cases())
@example(small_case())
def test_other_entropy_changes_the_seed_and_nothing_that_was_sealed(case: Case) -> None:
    fixed, outcome, files = drawn(case)
    last = case.evidence[-1]
    flipped = last.canonical.translate(str.maketrans("0123456789", "1032547698"))
    assume(flipped != last.canonical)
    again = draw(fixed, [*case.evidence[:-1], evolve(last, raw=flipped, canonical=flipped)])
    assert again.seed != outcome.seed
    assert again.quotas == outcome.quotas
    assert all(again.tables()[name] != files[name] for name in ("drawn.csv",) if outcome.drawn)


@given(cases())
def test_a_draw_is_refused_only_if_somebody_could_never_get_a_team(case: Case) -> None:
    """Whoever may be drawn is staffed by brute force: the refusal, and the consent, must agree with that."""
    policy = case.office.ruleset.batch[0]
    assume(policy.second_stage is None)  # whose sites are set apart, and may be none
    inside = [s for s in case.subjects if not s.status and resolved(s.sectors, policy.sectors)]
    fixed, refusal = None, None
    try:
        fixed = case.seal()
    except (InputError, RefusedError) as error:
        refusal = error
    if isinstance(refusal, InputError):
        event("nobody to draw from")
        assert [p.code for p in refusal.problems] == ["SSJ-S023"]
        assert not inside
        return
    if refusal is not None:
        assert {p.code for p in refusal.problems} & {"SSJ-M001", "SSJ-M002"}
        assert all(p.message(lang) and p.remedy(lang) for p in refusal.problems for lang in LANGS)
    assert inside
    if fixed is None:
        event("refused")
        assert any(not staffed(case, s) for s in inside)
        return
    event("drawn")
    strata = {s.id: s.stratum for s in fixed.subjects}
    drawable = {q.stratum for q in fixed.quotas if q.quota}
    assert all(staffed(case, s) for s in inside if strata[s.id] in drawable)
    assert draw(fixed, case.evidence)


def resolved(words: Iterable[str], wanted: tuple[str, ...]) -> set[str]:
    return {IDS[w] for w in words if w in IDS and (not wanted or IDS[w] in wanted)}


def staffed(case: Case, subject: Subject) -> bool:
    ruleset = case.office.ruleset
    policy, size = ruleset.batch[0], ruleset.team.size
    sectors = resolved(subject.sectors, policy.sectors)
    able: list[Officer] = [
        o
        for o in case.officers
        if o.available and resolved(o.fields, policy.sectors) & sectors and o.id not in subject.recused
    ]
    if policy.officers == "own-section":
        return sum(o.section == subject.section for o in able) >= size
    if policy.officers == "joint":
        leads = sum(o.section == SECTIONS[0] for o in able)
        return leads >= 1 and len(able) - leads >= size - 1
    return len(able) >= size


def test_the_small_case_has_something_in_every_table() -> None:
    files = small_case().files()
    assert all(data.count(b"\n") > 1 for name, data in files.items() if name.endswith(".csv"))


@pytest.mark.parametrize("number", range(3))
def test_one_person_less_in_a_team_is_never_accepted(number: int) -> None:
    case = small_case()
    lonely = evolve(case, officers=case.officers[number : number + 1])
    with pytest.raises(RefusedError):
        lonely.seal()
