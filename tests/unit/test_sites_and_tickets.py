"""Weights and second stages: what is set apart, what no honest sealing can hold, who steps in."""

import pytest
from attrs import evolve

from ssj_core.draw import best
from ssj_core.model import Subject
from ssj_core.pipeline import SUBJECT_PURPOSE, draw
from ssj_core.pool import NO_SUBJECT, Pool
from ssj_core.problems import InputError
from ssj_core.replacement.successor import successor
from ssj_core.rules.ruleset import SecondStage
from ssj_core.sealed import Sealed, SealedError, check_sealed, unseal
from ssj_core.seed import key
from ssj_core.sites import set_apart
from ssj_core.tables import RecusalRow
from ssj_core.verify import verify_draw
from tests.strategies import OS, make_office, small_case
from tests.vectors.spoiled.staged import staged, weighed
from tests.verifiers.independent import SSJ

STAGE = SecondStage(kinds=("工程 项目",))


def pool(*subjects: Subject, recusals: tuple[RecusalRow, ...] = ()) -> Pool:
    return Pool(subjects=subjects, officers=(), excluded=(), recusals=recusals)


def firm(name: str, code: str) -> Subject:
    return Subject(id=f"test:{code}", name=name, kind="企业")


def site(code: str, parent: str) -> Subject:
    return Subject(id=f"test:{code}", name=f"项目{code}", kind="工程项目", parent=parent)


def test_sites_are_known_by_name_code_or_id_of_their_subject() -> None:
    start = pool(
        firm("甲（集团）公司", "1"), firm("乙", "2"), site("p1", "甲(集团) 公司"), site("p2", "2"), site("p3", "test:2")
    )
    split, sites = set_apart(start, STAGE)
    assert [s.id for s in split.subjects] == ["test:1", "test:2"]
    assert {s.id: s.subject for s in sites} == {"test:p1": "test:1", "test:p2": "test:2", "test:p3": "test:2"}
    assert split.excluded == ()


def test_a_site_whose_subject_is_not_known_or_not_only_one_is_excluded_with_the_reason() -> None:
    start = pool(firm("甲", "1"), firm("甲", "2"), site("p1", "甲"), site("p2", ""), site("p3", "丙"), site("p4", "1"))
    split, sites = set_apart(start, STAGE)
    assert [s.id for s in sites] == ["test:p4"]
    assert {e.id: e.rule for e in split.excluded} == dict.fromkeys(["test:p1", "test:p2", "test:p3"], NO_SUBJECT)
    assert len({e.reason for e in split.excluded}) == 3


def test_who_must_not_go_to_a_site_must_not_go_to_its_firm() -> None:
    recusals = tuple(
        RecusalRow(subject=f"test:{s}", officer="officer:1", rule="r.x", reason="登记") for s in ("1", "p1", "p2", "p9")
    )
    start = pool(
        firm("甲", "1"), firm("乙", "2"), site("p1", "甲"), site("p2", "乙"), site("p9", "丙"), recusals=recusals
    )
    split, _ = set_apart(start, STAGE)
    assert [(r.subject, r.reason) for r in split.recusals] == [("test:1", "登记"), ("test:2", "登记（项目p2）")]


def test_without_any_site_none_is_set_apart() -> None:
    split, sites = set_apart(pool(firm("甲", "1"), site("p1", "丙")), STAGE)
    assert sites == ()
    assert [e.rule for e in split.excluded] == [NO_SUBJECT]


def wrong(sealed: Sealed) -> list[str]:
    with pytest.raises(SealedError) as caught:
        check_sealed(sealed)
    return [p.code for p in caught.value.problems]


def test_what_no_honest_sealing_can_hold() -> None:
    whole, first, *rest = weighed(), *weighed().tickets
    assert wrong(evolve(whole, tickets=tuple(rest))) == ["SSJ-V067"]
    assert wrong(evolve(whole, tickets=(evolve(first, tickets=2), *rest))) == ["SSJ-V068"]
    staged_, site_ = staged(), staged().sites[0]
    assert wrong(evolve(staged_, sites=(evolve(site_, subject="test:no"), *staged_.sites[1:]))) == ["SSJ-V069"]
    assert wrong(evolve(staged_, sites=staged_.sites[::-1])) == ["SSJ-V036"]


def test_the_tickets_of_another_stratifier_must_be_those_of_some_class() -> None:
    case = small_case()
    subjects = tuple(evolve(s, risk_class="AB"[n % 2]) for n, s in enumerate(case.subjects))
    whole = evolve(case, office=make_office(weights={"A": 3, "B": 5}), subjects=subjects).seal()
    first, *rest = whole.tickets
    check_sealed(evolve(whole, tickets=(evolve(first, tickets=5 if first.tickets == 3 else 3), *rest)))
    assert wrong(evolve(whole, tickets=(evolve(first, tickets=4), *rest))) == ["SSJ-V068"]


@pytest.mark.parametrize("number", [0, 65, -1, True])
def test_numbers_that_only_code_could_register_are_refused_before_the_sealing(number: int) -> None:
    case = small_case()
    with pytest.raises(InputError) as caught:
        evolve(case, office=make_office(weights={"东股": number}, weigh="section")).seal()
    assert [p.code for p in caught.value.problems] == ["SSJ-S044"]


def test_a_missing_table_cannot_be_told() -> None:
    """Neither verifier calls it fraud (SPEC MUST-9.1, 11.1)."""
    case = small_case()
    weighed_case = evolve(case, office=make_office(weights={"东股": 3}, weigh="section"))
    files = weighed_case.files()
    del files["tickets.csv"]
    assert verify_draw(files, "p-b-1").arithmetic == SSJ.worst(SSJ.verify_draw(files, "p-b-1")) == "unknown"


def test_the_sealed_files_can_be_read_back() -> None:
    for whole in (weighed(), staged()):
        again = unseal(whole.files, whole.previous_head)
        assert (again.tickets, again.sites) == (whole.tickets, whole.sites)
        assert again.commitment.subjects_root == whole.commitment.subjects_root


def test_who_steps_in_goes_by_the_best_of_several_tickets() -> None:
    whole = weighed()
    outcome = draw(whole, [OS])
    made = key(outcome.seed, whole.rules.draw_id, SUBJECT_PURPOSE, whole.rules.scope)
    counts = whole.ticket_counts
    ids = [s.id for s in whole.subjects]
    chosen = successor(made, ids, counts)
    assert chosen == min(best(made, i, counts[i]) for i in ids)
