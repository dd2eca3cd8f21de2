"""A draw is refused exactly when some subject that may be drawn could not get its team."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from itertools import permutations
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from ssj_core.commitment import NO_LEDGER
from ssj_core.matching import match
from ssj_core.problems import RefusedError
from ssj_core.rules.effective import EffectiveRules, SealedClass, SealedEntropy, SealedRatio, SealedTeam
from ssj_core.rules.ruleset import TeamFrom
from ssj_core.sealed import Sealed
from ssj_core.staffing import check_staffing
from ssj_core.tables import OfficerRow, RecusalRow, SubjectRow
from ssj_core.teams import instance


def subject(n: int, section: str = "甲", sectors: tuple[str, ...] = ("a",), stratum: str = "x") -> SubjectRow:
    return SubjectRow(
        id=f"test:s{n}", name=f"第{n}家", kind="", stratum=stratum, sectors=sectors, section=section, area="",
        address="", risk_class="", key=False, parent="",
    )  # fmt: skip


def officer(n: int, section: str = "甲", fields: tuple[str, ...] = ("a",), cap: int = 99) -> OfficerRow:
    return OfficerRow(
        id=f"test:o{n}", name=f"第{n}人", section=section, certificate="", fields=fields, cap=cap, history=0
    )


def recusal(s: int, o: int) -> RecusalRow:
    return RecusalRow(subject=f"test:s{s}", officer=f"test:o{o}", rule="x.r", reason="因")


def klass(name: str, ratio: str, *strata: str) -> SealedClass:
    return SealedClass(
        id=name, ratio=Fraction(ratio), bound="exact", rounding="up", at_least=0, small_below=0, small_take="all",
        strata=strata or (name,),
    )  # fmt: skip


def sealed(
    subjects: Sequence[SubjectRow],
    officers: Sequence[OfficerRow],
    recusals: Sequence[RecusalRow] = (),
    *,
    team: TeamFrom = "any",
    size: int = 2,
    classes: Sequence[SealedClass] = (klass("x", "1/2"),),
) -> Sealed:
    ratio = SealedRatio(
        rule="x.r", title="t", stratifier="x.s", total="each", coverage_first=False, reserve=1, basis=(),
        classes=tuple(classes),
    )  # fmt: skip
    rules = EffectiveRules(
        format="ssj-rules/1", spec="SSJ-DRAW/1", match_spec="ssj-match/1", draw_id="p/b", bureau="b", plan="t",
        document_no="", ruleset="x", batch="b", policy="p", title="t", year=2021, start=date(2021, 1, 1),
        end=date(2021, 2, 1), mode="targeted", joint=False, scope="all", sectors=(),
        entropy=(SealedEntropy(source="os"),), ratio=ratio,
        team=SealedTeam(size=size, officers=team, lead_section="甲", evenness="range"),
    )  # fmt: skip
    return Sealed(
        plan=b"", rules=rules, rules_data=b"", subjects=tuple(subjects), officers=tuple(officers), excluded=(),
        recusals=tuple(recusals), previous_head=NO_LEDGER,
    )  # fmt: skip


def refused(of: Sealed) -> RefusedError:
    with pytest.raises(RefusedError) as caught:
        check_staffing(of)
    for found in caught.value.problems:
        assert found.message("zh")
        assert found.message("en")
        assert found.remedy("zh")
        assert found.remedy("en")
    return caught.value


# --- by hand


def test_enough_officers() -> None:
    check_staffing(sealed([subject(1), subject(2)], [officer(1), officer(2)]))


def test_one_officer_is_not_a_team() -> None:
    assert refused(sealed([subject(1)], [officer(1)])).problems


def test_no_officer_at_all() -> None:
    assert refused(sealed([subject(1)], []))


def test_who_is_not_qualified_does_not_count() -> None:
    assert refused(sealed([subject(1)], [officer(1), officer(2, fields=("b",))]))
    check_staffing(sealed([subject(1)], [officer(1), officer(2, fields=("b", "a"))]))


def test_who_is_recused_does_not_count_for_that_subject() -> None:
    officers = [officer(1), officer(2), officer(3)]
    check_staffing(sealed([subject(1), subject(2)], officers, [recusal(1, 1), recusal(2, 3)]))
    found = refused(sealed([subject(1), subject(2)], officers, [recusal(1, 1), recusal(2, 2), recusal(2, 3)]))
    assert "test:s2" in str(found)
    assert "test:s1" not in str(found)


def test_a_subject_drawn_by_nobody_may_lack_officers() -> None:
    """Strata with quota 0 are without effect: there nobody is drawn."""
    subjects = [subject(1), subject(2, "乙", stratum="y")]
    officers = [officer(1), officer(2)]
    drawable = [klass("x", "1/2"), klass("y", "1/2")]
    spared = [klass("x", "1/2"), klass("y", "0")]
    check_staffing(sealed(subjects, officers, team="own-section", classes=spared))
    assert refused(sealed(subjects, officers, team="own-section", classes=drawable))


def test_with_coverage_first_the_second_stratum_counts_only_when_it_is_reached() -> None:
    subjects = [subject(1, stratum="x/1"), subject(2, stratum="x/1"), subject(3, "乙", stratum="x/2")]
    officers = [officer(1), officer(2)]
    half, all_of_them = klass("x", "1/2", "x/1", "x/2"), klass("x", "1", "x/1", "x/2")
    check_staffing(sealed(subjects, officers, team="own-section", classes=[half]))
    assert refused(sealed(subjects, officers, team="own-section", classes=[all_of_them]))


def test_every_kind_of_trouble_is_told_at_once_and_the_same_one_once() -> None:
    subjects = [subject(1, "乙"), subject(2, "乙"), subject(3, "丙"), subject(4, "甲")]
    found = str(refused(sealed(subjects, [officer(1), officer(2)], team="own-section")))
    assert [f"test:s{n}" in found for n in (1, 2, 3, 4)] == [True, False, True, False]
    assert "SSJ-M003" in found
    assert "1 more subjects are in the same position as test:s1" in found


@pytest.mark.parametrize("size", [2, 3, 4])
def test_joint_teams_need_a_lead_and_the_others_from_outside(size: int) -> None:
    outside = [officer(n, "乙") for n in range(2, size + 1)]
    check_staffing(sealed([subject(1)], [officer(1), *outside], team="joint", size=size))
    assert refused(sealed([subject(1)], outside, team="joint", size=size))
    assert refused(sealed([subject(1)], [officer(0), officer(1), *outside[1:]], team="joint", size=size))


# --- against all possibilities


def can_be_staffed(of: Sealed, one: SubjectRow) -> bool:
    """Said again from the regulation: some choice of distinct officers fills every place."""
    team = of.rules.team
    against = {r.officer for r in of.recusals if r.subject == one.id}
    able = [o for o in of.officers if o.id not in against and set(o.fields) & set(one.sectors)]
    for chosen in permutations(able, team.size):
        if team.officers == "own-section" and any(o.section != one.section for o in chosen):
            continue
        if team.officers == "joint" and (chosen[0].section != "甲" or any(o.section == "甲" for o in chosen[1:])):
            continue
        return True
    return False


SECTIONS = st.sampled_from(["甲", "乙"])
FIELDS = st.sampled_from([("a",), ("b",), ("a", "b")])


@st.composite
def tiny(draw: st.DrawFn) -> Sealed:
    subjects = [
        subject(n, draw(SECTIONS), draw(FIELDS), draw(st.sampled_from(["x", "y"])))
        for n in range(draw(st.integers(1, 4)))
    ]
    officers = [officer(n, draw(SECTIONS), draw(FIELDS)) for n in range(draw(st.integers(0, 5)))]
    pairs = st.tuples(st.integers(0, len(subjects) - 1), st.integers(0, max(len(officers) - 1, 0)))
    made = draw(st.sets(pairs, max_size=4)) if officers else set()
    ratios: Any = st.sampled_from(["0", "1/3", "1"])
    return sealed(
        subjects,
        officers,
        [recusal(s, o) for s, o in sorted(made)],
        team=draw(st.sampled_from(["any", "own-section", "joint"])),
        size=draw(st.integers(2, 3)),
        classes=[klass("x", draw(ratios)), klass("y", draw(ratios))],
    )


@given(tiny())
def test_refused_exactly_when_somebody_drawable_cannot_be_staffed(of: Sealed) -> None:
    quota = {q.stratum: q.quota for q in of.quotas}
    blocked = [s.id for s in of.subjects if quota[s.stratum] and not can_be_staffed(of, s)]
    if blocked:
        assert refused(of).problems
    else:
        check_staffing(of)
        # and then every drawn set has its teams: here the largest, everybody who may be drawn, with the cap as sealed
        drawn = [s for s in of.subjects if quota[s.stratum]]
        officers = [evolve(o, cap=len(drawn)) for o in of.officers]
        matching = match(instance(of.rules.team, drawn, officers, of.recusals), "0" * 64)
        assert {v.id for v in matching.visits} == {s.id for s in drawn}


@given(tiny(), st.randoms(use_true_random=False))
def test_the_order_of_the_rows_does_not_matter(of: Sealed, rng: Any) -> None:
    shuffled = evolve(
        of,
        subjects=tuple(rng.sample(of.subjects, len(of.subjects))),
        officers=tuple(rng.sample(of.officers, len(of.officers))),
        recusals=tuple(rng.sample(of.recusals, len(of.recusals))),
    )

    def answer(one: Sealed) -> bool:
        try:
            check_staffing(one)
        except RefusedError:
            return False
        return True

    assert answer(of) == answer(shuffled)
