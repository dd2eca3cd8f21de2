"""A thousand offices drop those who were drawn, to reach a rival or spare a friend; what it takes, what is seen."""

from fractions import Fraction
from itertools import count
from typing import Final

import pytest
from attrs import evolve

from ssj_core.matching import match
from ssj_core.replacement.asked import Asked
from ssj_core.replacement.places import held_by, question
from ssj_core.replacement.reasons import SUBJECT_REASONS
from ssj_core.tables import TeamRow, decode_table, encode_table
from ssj_core.verify import verify_draw, verify_folder
from ssj_core.verify.assurance import Appointed, judge, shortfall
from ssj_core.verify.replaced import replacement_reports
from tests.attacks.dropping import BY_CHAIN, LEFT, by_lot, case_of, drawn, foreseen, new_seed, revealed_seed
from tests.attacks.forger import digested
from tests.attacks.office import DRAW, FRIENDS, IDS, SIZE, beyond, words
from tests.replacing import Replacing
from tests.verifiers.independent import SSJ

OFFICES: Final = 1000
RIVAL: Final = IDS[100]
JUDGED: Final = [code for code, reason in SUBJECT_REASONS.items() if not reason.objective]
RETRIES: Final = "the office could have tried seeds until one pleased it"


def published(r: Replacing) -> str:
    """All that `verify` says of the working folder."""
    ledger = b"".join(event.encode() + b"\n" for event in r.ledger.events)
    return words(verify_folder({DRAW: r.files}, ledger))


def ask(r: Replacing, unit: str, reason: str, number_of_document: int = 1) -> str:
    """Ask as an office does; gives who steps in."""
    asked = Asked(unit=unit, reason=reason, document=f"证明 {number_of_document} 号", by="办公室")
    replaced = r.carry_out(r.decided(asked))
    assert replaced.successor is not None
    return replaced.successor.id


# --- R1: the next is known to everybody


def test_by_an_objective_claim_the_next_steps_in_and_by_a_judged_reason_anybody() -> None:
    """Whoever stands next is reached by a claim that a register contradicts; what the office may judge is a lottery."""
    hits = 0
    for one in range(OFFICES):
        draw = drawn(one)
        hits += by_lot(new_seed(one, 0), draw.rest) == draw.rest[0]
    assert not beyond(hits, OFFICES, Fraction(1, LEFT))
    assert hits < 20
    for one in range(3):
        draw, r = drawn(one), Replacing(case_of(one))
        assert ask(r, draw.drawn[0], "deregistered") == draw.rest[0]
        for reason in JUDGED:
            event = Replacing(case_of(one)).decided(Asked(unit=draw.drawn[0], reason=reason, document="件", by="人"))
            assert (event.mode, [e.source for e in event.entropy]) == ("R3", ["os"])


def test_a_rival_chosen_before_the_draw_costs_as_many_claims_as_his_place_has() -> None:
    """On average ninety-seven, where six were drawn: it cannot be done, and long before it is seen."""
    places = [draw.rest.index(RIVAL) + 1 for draw in map(drawn, range(OFFICES)) if RIVAL in draw.rest]
    assert not beyond(OFFICES - len(places), OFFICES, Fraction(SIZE - LEFT, SIZE))
    mean, variance = Fraction(LEFT + 1, 2), Fraction(LEFT**2 - 1, 12) / len(places)
    assert (Fraction(sum(places), len(places)) - mean) ** 2 < 16 * variance
    assert not beyond(sum(place <= 2 for place in places), len(places), Fraction(2, LEFT))


def test_every_claim_is_named_with_its_evidence_and_the_drop_rate_is_printed() -> None:
    r = Replacing(case_of(1))
    for n in range(3):
        unit = r.standing.rows[0].subject
        ask(r, unit, "moved", n)
    told = published(r)
    for event, _ in r.done:
        assert f"out: {event.unit} {event.name}: moved away; evidence: {event.document}; decided by 办公室" in told
    assert "drop rate 50.00%: 3 of 6 drawn were replaced, 0 of them for reasons the office judges" in told
    assert "that the reason is true: look at the evidence: 证明 2 号" in told


def test_a_friend_who_was_drawn_is_out_when_he_is_dropped_and_everybody_reads_it() -> None:
    """The lot decides who comes, not who goes: that is for the reader of the evidence, and for the rate."""
    one = next(n for n in count() if FRIENDS.intersection(drawn(n).drawn))
    (friend, *_) = FRIENDS.intersection(drawn(one).drawn)
    r = Replacing(case_of(one))
    ask(r, friend, "closed")
    told = published(r)
    assert f"out: {friend} " in told
    assert "16.66%: 1 of 6 drawn were replaced, 1 of them for reasons the office judges" in told


# --- R3: new entropy


def tries(one: int, friends: frozenset[str]) -> int:
    """How often this office takes a number of its own until one of these steps in."""
    rest = drawn(one).rest
    return next(turn for turn in count() if by_lot(new_seed(one, turn), rest) in friends) + 1


def test_with_a_number_of_its_own_an_office_tries_as_often_as_theory_says() -> None:
    """Ten tries for one of twenty firms: R3 is worth what its entropy is worth, and verdict B says so."""
    chances = [Fraction(len(FRIENDS.difference(drawn(one).drawn)), LEFT) for one in range(OFFICES)]
    needed = [tries(one, FRIENDS) for one in range(OFFICES)]
    mean, variance = sum(1 / p for p in chances), sum((1 - p) / p**2 for p in chances)
    assert Fraction(9) < mean / OFFICES < Fraction(11)
    assert (sum(needed) - mean) ** 2 < 16 * variance
    first = sum(n == 1 for n in needed)
    assert not beyond(first, OFFICES, Fraction(sum(chances)) / OFFICES)


def test_what_was_counted_is_what_the_whole_gives() -> None:
    for one in range(4):
        for turn in range(2):
            r = Replacing(case_of(one))
            draw = drawn(one)
            assert {row.subject for row in r.standing.rows} == set(draw.drawn)
            assert r.seed == draw.seed
            replaced = r.ask(draw.drawn[0], "closed", salt=str(turn))
            assert replaced.successor
            assert replaced.successor.id == by_lot(replaced.seed, draw.rest)


def test_the_level_shuts_such_numbers_out_and_without_one_the_reader_is_told() -> None:
    r = Replacing(case_of(1))
    ask(r, r.standing.rows[0].subject, "closed")
    (report,) = replacement_reports(r.files, DRAW, r.ledger)
    assert (report.arithmetic, report.level) == ("holds", "E0")
    assert RETRIES in words([report])
    pairs: list[Appointed] = [(r.case.evidence[0], {})]
    assert [p.code for p in shortfall(judge(pairs, ""), "E2")] == ["SSJ-E012"]


def test_registering_and_voiding_until_pleased_leaves_every_try_with_its_reason() -> None:
    """The level is required, so a try must be registered first: each stands in the ledger, and in the report."""
    one = next(n for n in count() if tries(n, FRIENDS) == 4)
    r = Replacing(case_of(one))
    standing, parent, unit = r.standing, r.parent, r.standing.rows[0].subject
    for turn in range(99):
        stepped_in = ask(r, unit, "closed", turn)
        if stepped_in in FRIENDS:
            break
        r.note("void", f"{DRAW}+{turn + 1}", "2021-03-01T12:00:00+08:00", {"reason": f"登记有误 {turn}"})
        r.standing, r.parent, r.follows = standing, parent, 0
    voids = len(r.done) - 1
    assert voids > 0
    told = published(r)
    assert [f"登记有误 {n}" in told for n in range(voids + 1)] == [True] * voids + [False]
    assert all(f"{DRAW}+{n + 1} is void" in told for n in range(voids))
    assert len(replacement_reports(r.files, DRAW, r.ledger)) == voids + 1
    gone = {name: data for name, data in r.files.items() if not name.startswith("replacements/1/")}
    ledger = b"".join(event.encode() + b"\n" for event in r.ledger.events)
    hidden = verify_folder({DRAW: gone}, ledger)
    assert "unknown" in {report.arithmetic for report in hidden}, "what was made void cannot be hidden either"


# --- R2: a chain somebody else keeps


def test_by_a_chain_neither_words_nor_choice_of_the_event_change_who_steps_in() -> None:
    """A thousand ways to say it, six to choose from: one successor. As often a friend as chance has it."""
    friends = 0
    for one in range(OFFICES):
        draw = drawn(one)
        friends += by_lot(revealed_seed(one, draw), draw.rest) in FRIENDS
    expected = sum(Fraction(len(FRIENDS.difference(drawn(one).drawn)), LEFT) for one in range(OFFICES))
    assert not beyond(friends, OFFICES, Fraction(expected) / OFFICES)
    found = set()
    for one in range(3):
        stepped_in = set()
        for said, reason, place in ((1, "closed", 0), (2, "closed", 0), (3, "other", 0), (4, "moved", 4)):
            r = Replacing(case_of(one, BY_CHAIN))
            stepped_in.add(ask(r, r.standing.rows[place].subject, reason, said))
        assert len(stepped_in) == 1
        found |= stepped_in
    assert len(found) > 1


def test_the_keeper_of_the_chain_knows_and_the_reader_is_told_so() -> None:
    r = Replacing(case_of(1, BY_CHAIN))
    before = foreseen(r.seed, drawn(1).rest)
    assert ask(r, r.standing.rows[0].subject, "closed") == before
    told = words(replacement_reports(r.files, DRAW, r.ledger))
    assert "the keeper of the chain knew who would step in" in told


# --- officers


def test_an_officer_who_feigns_illness_sends_nobody_he_could_name() -> None:
    """Of those who have the fewest visits, all alike: as many as theory says, among a thousand illnesses."""
    for one in range(99):
        r = Replacing(case_of(one))
        visit, officer = r.standing.rows[0].subject, r.standing.rows[0].officer
        event = r.decided(Asked(unit=officer, reason="recusal", document="件", by="人", visits=(visit,)))
        standing = r.standing.noting(event)
        whole = question(r.sealed, standing, held_by(standing, officer, (visit,)))
        team = {row.officer for row in standing.team(visit)}
        loads = {o.id: o.history for o in whole.officers if o.id not in team and o.cap}
        least = sorted(i for i, load in loads.items() if load == min(loads.values()))
        if len(least) > 1:
            break
    assert [e.source for e in event.entropy] == ["os"]
    chosen = [match(whole, new_seed(n, 0)).teams[visit][0] for n in range(OFFICES)]
    assert set(chosen) == set(least)
    assert not any(beyond(chosen.count(friend), OFFICES, Fraction(1, len(least))) for friend in least)


# --- without any event


def test_teams_that_were_simply_edited_fail_whatever_was_digested_again() -> None:
    r = Replacing(case_of(1))
    rows = list(decode_table(TeamRow, r.files["teams.csv"]))
    mates = {row.officer for row in rows if row.subject == rows[0].subject}
    friend = next(o for o in r.sealed.officers if o.id not in mates)
    other = evolve(rows[0], officer=friend.id, officer_name=friend.name, section=friend.section)
    another = next(s for s in r.sealed.subjects if s.id == drawn(1).rest[0])
    for edited in (
        [other, *rows[1:]],
        [evolve(row, subject=another.id, name=another.name) if row.subject == rows[0].subject else row for row in rows],
        rows[2:],
    ):
        files = digested({**r.files, "teams.csv": encode_table(TeamRow, edited)})
        report = verify_draw(files, DRAW)
        assert [s.title.en.split()[0] for s in report.steps if s.status == "fails"] == ["9"]
        assert SSJ.worst(SSJ.verify_draw(files, DRAW)) == "fails"


@pytest.mark.parametrize("registered", [True, False])
def test_a_replacement_that_the_ledger_has_not_or_the_folder_fails_or_cannot_be_told(registered: bool) -> None:
    r = Replacing(case_of(1))
    lines = [event.encode() for event in r.ledger.events]
    ask(r, r.standing.rows[0].subject, "closed")
    all_lines = [event.encode() for event in r.ledger.events]
    ledger = b"".join(line + b"\n" for line in (all_lines if registered else lines))
    files = {n: d for n, d in r.files.items() if not n.startswith("replacements/")} if registered else r.files
    found = verify_folder({DRAW: files}, ledger)
    assert [report.arithmetic for report in found if report.draw_id == f"{DRAW}+1"] == [
        "unknown" if registered else "fails"
    ]
