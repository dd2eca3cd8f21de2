"""One replacement at a time: who steps in, which places are drawn again, what is refused."""

from collections import Counter
from datetime import UTC, datetime
from fractions import Fraction

import pytest
from attrs import evolve

from ssj_core.draw import ticket
from ssj_core.entropy import chain
from ssj_core.entropy.model import Evidence, Request
from ssj_core.problems import EntropyError, InputError, RefusedError
from ssj_core.replacement.asked import Asked
from ssj_core.replacement.decide import mode_of
from ssj_core.replacement.outcome import replace
from ssj_core.replacement.places import able, held_by, question
from ssj_core.rules.effective import ReplacementMode, SealedReplacement
from ssj_core.rules.model import ClassRatio
from ssj_core.seed import key
from tests.replacing import LINKS, Replacing
from tests.strategies import SECTIONS, Case, evolve_plan, make_office, make_officer, make_subject
from tests.vectors.spoiled.goods import led

NOW = datetime(2021, 3, 1, tzinfo=UTC)


def case(mode: ReplacementMode = "R1", **office: object) -> Case:
    """Twelve subjects of one class, a quarter drawn; six officers."""
    made = make_office(**office)  # type: ignore[arg-type]
    ways = SealedReplacement(mode="R2", anchor=LINKS[-1], rounds=2) if mode == "R2" else SealedReplacement(mode=mode)
    plain = Case(
        office=made,
        subjects=tuple(make_subject(n, section=SECTIONS[n % 2]) for n in range(12)),
        officers=tuple(make_officer(n, section=SECTIONS[n % 2]) for n in range(6)),
    )
    return evolve_plan(plain, replacement=ways)


def order(r: Replacing) -> list[str]:
    """All subjects in the order of the draw's tickets."""
    rules = r.sealed.rules
    by = key(r.seed, rules.draw_id, "subject", rules.scope)
    return sorted((s.id for s in r.sealed.subjects), key=lambda i: ticket(by, i))


def test_the_next_ticket_steps_in_and_inherits_the_team() -> None:
    r = Replacing(case())
    drawn = order(r)
    team = r.standing.team(drawn[0])
    first = r.ask(drawn[0], "deregistered")
    assert first.seed == ""
    assert first.successor is not None
    assert first.successor.id == drawn[3]
    assert [(p.role, p.officer) for p in r.standing.team(drawn[3])] == [(p.role, p.officer) for p in team]
    second = r.ask(drawn[3], "moved")  # whoever stepped in may drop out too
    assert second.successor is not None
    assert second.successor.id == drawn[4]
    assert r.standing.team(drawn[0]) == r.standing.team(drawn[3]) == ()


def test_the_order_of_the_teams_stays() -> None:
    r = Replacing(case())
    before = list(dict.fromkeys(p.subject for p in r.standing.rows))
    new = r.ask(before[1], "revoked").successor
    assert new is not None
    assert list(dict.fromkeys(p.subject for p in r.standing.rows)) == [before[0], new.id, before[2]]


def test_when_the_class_is_used_up_nobody_steps_in() -> None:
    r = Replacing(case(ratio=ClassRatio(ratio=Fraction(1), bound="min", rounding="up")))
    one = order(r)[0]
    event = r.decided(Asked(unit=one, reason="closed", document="照片", by="办公室"))
    assert (event.mode, event.entropy) == ("R3", ())
    done = r.carry_out(event)
    assert done.successor is None
    assert r.standing.team(one) == ()
    assert len({p.subject for p in r.standing.rows}) == 11


def test_with_coverage_first_the_next_stratum_follows_when_one_is_used_up() -> None:
    whole = case(coverage_first=True, ratio=ClassRatio(ratio=Fraction(1, 3), bound="min", rounding="up"))
    r = Replacing(evolve(whole, drawn_before={s.id: 1 for s in whole.subjects[4:]}))
    drawn = [s.id for s in whole.subjects[:4]]
    done = r.ask(drawn[2], "deregistered")
    assert done.successor is not None
    assert done.successor.id not in drawn
    assert done.stratum.endswith("已抽过")


def test_by_the_chain_the_event_has_no_say() -> None:
    """What the office writes into the event changes its commitment, and not who steps in."""
    one, other = Replacing(case("R2")), Replacing(case("R2"))
    out = order(one)[0]
    a = one.decided(Asked(unit=out, reason="moved", document="甲", by="乙"))
    b = other.decided(Asked(unit=out, reason="closed", document="丙", by="丁"))
    assert (a.mode, b.mode) == ("R2", "R2")
    assert one.carry_out(a).successor == other.carry_out(b).successor
    assert one.parent != other.parent


def test_when_the_chain_is_used_up_new_entropy_takes_its_place() -> None:
    r = Replacing(case("R2"))
    for _ in range(3):
        r.ask(r.standing.rows[0].subject, "moved")
    assert [(e.mode, e.round) for e, _ in r.done] == [("R2", 1), ("R2", 2), ("R3", 0)]


@pytest.mark.parametrize("mode", ["R1", "R2", "R3"])
@pytest.mark.parametrize("reason", ["deregistered", "closed", "other"])
def test_the_mode_that_counts(mode: ReplacementMode, reason: str) -> None:
    ways = SealedReplacement(mode=mode, rounds=2)
    assert mode_of(ways, reason, 1) == ("R3" if mode == "R1" and reason != "deregistered" else mode)
    assert mode_of(ways, reason, 2) == ("R3" if mode == "R2" or (mode == "R1" and reason != "deregistered") else mode)


def test_only_the_link_of_the_round_is_taken() -> None:
    def collected(raw: str, number: int = 2) -> Evidence:
        appointed = chain.appointed(LINKS[-1], number)
        return chain.collect(Request(draw_id="x", commitment="0", appointed=appointed, given={"raw": raw}, now=NOW))

    assert collected(f" {LINKS[1].upper()}\n").canonical == LINKS[1]
    for raw in (LINKS[0], LINKS[2], LINKS[3], LINKS[1][:-1], "", "甲"):
        with pytest.raises(EntropyError):
            collected(raw)
    for number in (0, 1, 3, 10**9):
        with pytest.raises(EntropyError):
            collected(LINKS[1], number)
    assert chain.assess(Evidence(source="chain", raw="", canonical=LINKS[1]), {"round": "٢"}).problems
    with pytest.raises(InputError, match="SSJ-C014"):
        chain.SOURCE.appoint({}, NOW)


def test_an_officer_leaves_one_team_or_all() -> None:
    r = Replacing(case())
    officer = max({p.officer for p in r.standing.rows}, key=lambda o: len(r.standing.visits_of(o)))
    visits = r.standing.visits_of(officer)
    r.ask(officer, "recusal", visits[:1])
    assert r.standing.visits_of(officer) == visits[1:]
    other = r.standing.rows[0].officer
    r.ask(other, "leave")
    assert r.standing.visits_of(other) == ()
    for n in range(4):  # neither comes back
        r.ask(r.standing.rows[n].subject, "closed", salt=str(n))
        assert r.standing.visits_of(other) == ()
        assert officer not in {p.officer for p in r.standing.team(visits[0])}


def test_what_an_officer_keeps_is_his_history_and_uses_up_his_cap() -> None:
    r = Replacing(case())
    officer = r.standing.rows[0].officer
    visits = r.standing.visits_of(officer)
    asked = question(r.sealed, r.standing, held_by(r.standing, officer, visits))
    for one in asked.officers:
        kept = sum(p.officer == one.id for p in r.standing.rows) if one.id != officer else 0
        assert (one.cap, one.history) == (3 - kept, kept)
    for visit in asked.visits:
        mates = {p.officer for p in r.standing.team(visit.id)} - {officer}
        assert {o for o, why in asked.exclusions[visit.id].items() if why == "core.team_mate"} == mates


def test_who_keeps_his_place_counts_for_those_who_avoid_him() -> None:
    """All but one of those who could go avoid the colleague who stays: they are set back behind that one."""
    r = Replacing(case())
    visit = r.standing.rows[0].subject
    leaving, stays = (p.officer for p in r.standing.team(visit))
    others = sorted(o.id for o in r.sealed.officers if o.id not in (leaving, stays))
    avoid = {one: tuple(o for o in others[1:] if o > one) for one in (stays,)} | {
        o: (stays,) for o in others[1:] if o < stays
    }
    team = evolve(r.sealed.rules.team, avoid={one: ids for one, ids in avoid.items() if ids})
    r.sealed = evolve(r.sealed, rules=evolve(r.sealed.rules, team=team))
    done = r.ask(leaving, "recusal", (visit,))
    assert done.matching is not None
    ((place,),) = (v.places for v in done.matching.visits)
    assert (place.pool, place.set_back) == (len(others), len(others) - 1)
    assert place.tries[0].officer == others[0]


def test_a_team_nobody_can_complete_is_refused_beforehand() -> None:
    small = case()
    r = Replacing(evolve(small, officers=small.officers[:2]))
    with pytest.raises(RefusedError):
        r.ask("officer:O00", "leave")
    assert r.done == []


def test_the_fewest_other_places_are_released_where_nothing_else_helps() -> None:
    """Caps bind: the only one left who could go has all the visits he may have."""
    plain = case(ratio=ClassRatio(ratio=Fraction(1, 6), bound="exact", rounding="up"))
    r = Replacing(evolve(plain, officers=plain.officers[:4]))
    assert len({p.subject for p in r.standing.rows}) == 2
    one, other = dict.fromkeys(p.subject for p in r.standing.rows)
    tight = evolve(r.sealed, officers=tuple(evolve(o, cap=1) for o in r.sealed.officers))
    teams = (("officer:O00", "officer:O01"), ("officer:O02", "officer:O03"))
    rows = tuple(evolve(p, officer=teams[p.subject == other][p.place - 1]) for p in r.standing.rows)
    r.sealed, r.standing = tight, evolve(r.standing, rows=rows)
    with pytest.raises(RefusedError, match="SSJ-M"):
        r.ask("officer:O00", "recusal", (one,))
    barred = evolve(r.standing, barred={(one, "officer:O04"): "replace.recusal"})
    spare = evolve(tight.officers[0], id="officer:O04", name="人员4")
    r.sealed, r.standing = evolve(tight, officers=(*tight.officers, spare)), barred
    with pytest.raises(RefusedError, match="SSJ-C020") as refused:
        r.ask("officer:O00", "recusal", (one,))
    (proposed,) = (p for p in refused.value.problems if p.code == "SSJ-C020")
    assert f"{other}#1" in proposed.message("zh")
    done = r.ask("officer:O00", "recusal", (one,), release=True)
    event = r.done[-1][0]
    assert event.released == (f"{other}#1",)
    assert done.standing.team(one)[1].officer == "officer:O01"
    assert done.standing.team(other)[1].officer == "officer:O03"
    assert done.standing.team(one)[0].officer == "officer:O02"
    assert done.standing.team(other)[0].officer in ("officer:O00", "officer:O04")


def by_lot(mode: ReplacementMode) -> Replacing:
    """Of two who may step in for test:0010 each needs other places; in mode R1 a reason is judged, so it is R3."""
    made = led()
    ways = SealedReplacement(mode="R2", anchor=LINKS[-1], rounds=2) if mode == "R2" else SealedReplacement()
    made.sealed = evolve(made.sealed, rules=evolve(made.sealed.rules, replacement=ways))
    return made


@pytest.mark.parametrize("mode", ["R2", "R3"])
def test_whoever_steps_in_by_lot_can_be_visited(mode: ReplacementMode) -> None:
    """What each who may step in needs is released, in the team taken over by the id of who goes; all else stays."""
    needs = {"test:0008": {("test:0009", 2), ("test:0010", 2)}, "test:0016": {("test:0009", 1)}}
    start = by_lot(mode)
    asked = Asked(unit="test:0010", reason="closed", document="件", by="人")
    with pytest.raises(RefusedError, match="SSJ-M") as refused:
        start.decided(asked)
    (proposed,) = (p for p in refused.value.problems if p.code == "SSJ-C020")
    assert "test:0009#1、test:0009#2、test:0010#2" in proposed.message("zh")
    event = start.decided(evolve(asked, release=True))
    assert (event.mode, event.released) == (mode, ("test:0009#1", "test:0009#2", "test:0010#2"))
    assert set(event.released) == {f"{subject}#{n}" for own in needs.values() for subject, n in own}
    seen = set()
    for number in range(12):  # the seed decides who steps in
        done = replace(start.sealed, start.standing, event, f"{number:064x}", start.seed)
        assert done.successor is not None
        into = done.successor.id
        seen.add(into)
        may_change = {("test:0009", 1), ("test:0009", 2), (into, 1), (into, 2)}
        for old, new in zip(start.standing.rows, done.standing.rows, strict=True):
            assert new.subject == (into if old.subject == "test:0010" else old.subject)
            assert new.officer in able(start.sealed, done.standing, new.subject, new.place)
            assert new.officer == old.officer or (new.subject, new.place) in may_change
        load = Counter(row.officer for row in done.standing.rows)
        assert all(load[o.id] <= o.cap for o in start.sealed.officers)
        assert len({(row.subject, row.officer) for row in done.standing.rows}) == len(done.standing.rows)
    assert seen == set(needs)


def test_where_nothing_helps_one_who_may_step_in_nothing_is_proposed() -> None:
    r = led("officer:0002", s0="2 5", s8="2 5")
    asked = Asked(unit="test:0014", reason="closed", document="件", by="人", release=True)
    with pytest.raises(RefusedError, match="SSJ-M") as refused:
        r.decided(asked)
    assert "SSJ-C020" not in {p.code for p in refused.value.problems}


def test_of_the_next_of_the_reserve_a_place_has_his_own_name() -> None:
    """Everybody knows who steps in: his visit is named as records of before have it."""
    r = led("officer:0005", s2="3 4")
    r.sealed = evolve(r.sealed, subjects=tuple(s for s in r.sealed.subjects if s.id != "test:0008"))
    event = r.decided(Asked(unit="test:0016", reason="moved", document="件", by="人", release=True))
    assert (event.mode, event.released) == ("R1", ("test:0010#2",))
    done = r.carry_out(event)
    assert done.standing.team("test:0010")


def test_a_successor_none_of_whose_team_could_go_is_seen_beforehand() -> None:
    """Whoever may step in by lot must get a team, even if it is one in twelve."""
    whole = case("R3", team_size=2)
    recused = tuple(f"officer:O{n:02}" for n in range(6))
    seen = 0
    for n in range(12):
        subjects = tuple(evolve(s, recused=recused[:4]) if i == n else s for i, s in enumerate(whole.subjects))
        r = Replacing(evolve(whole, subjects=subjects))
        if r.standing.team(subjects[n].id):
            continue
        r.ask("officer:O04", "leave") if r.standing.visits_of("officer:O04") else None
        if "officer:O04" in r.standing.withdrawn:
            seen += 1
            with pytest.raises(RefusedError):
                r.ask(r.standing.rows[0].subject, "closed")
    assert seen


def test_without_a_seed_nothing_is_drawn_by_lot() -> None:
    r = Replacing(case("R3"))
    event = r.decided(Asked(unit=r.standing.rows[0].subject, reason="moved", document="件", by="人"))
    with pytest.raises(ValueError, match="no seed"):
        replace(r.sealed, r.standing, event, "", r.seed)
    officer = r.decided(Asked(unit=r.standing.rows[0].officer, reason="leave", document="件", by="人"))
    with pytest.raises(ValueError, match="no seed"):
        replace(r.sealed, r.standing, officer, "", r.seed)
