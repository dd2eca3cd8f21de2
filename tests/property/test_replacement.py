"""Replacements of any draw: nothing else changes, nobody comes back, and the independent program agrees."""

from collections import Counter

from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from ssj_core.problems import InputError, RefusedError
from ssj_core.replacement.event import Event, released_places
from ssj_core.replacement.history import history
from ssj_core.replacement.outcome import release_for
from ssj_core.replacement.places import held_by, inherited, unfit
from ssj_core.replacement.reasons import OFFICER_REASONS, SUBJECT_REASONS
from ssj_core.replacement.release import possible, with_released
from ssj_core.replacement.successor import candidates
from ssj_core.rules.effective import SealedReplacement
from ssj_core.tables import RecusalRow, TeamRow, encode_table
from ssj_core.teams import instance
from tests.replacing import LINKS, Replacing
from tests.strategies import Case, cases, evolve_plan, small_case
from tests.verifiers.independent import SSJ

WAYS = st.sampled_from(
    [
        SealedReplacement(),
        SealedReplacement(mode="R2", anchor=LINKS[-1], rounds=2),
        SealedReplacement(mode="R3"),
    ]
)


@st.composite
def replacings(draw: st.DrawFn) -> Replacing:
    """A finished draw with up to four replacements."""
    ways = draw(WAYS)
    made = drawn(evolve_plan(draw(cases()), replacement=ways)) or drawn(evolve_plan(small_case(), replacement=ways))
    assert made is not None
    for n in range(draw(st.integers(1, 4))):
        if made.standing.rows:
            step(draw, made, str(n))
    return made


def drawn(case: Case) -> Replacing | None:
    """The draw; None if it is refused or comes to nothing."""
    try:
        made = Replacing(case)
    except (InputError, RefusedError):
        return None
    return made if made.standing.rows else None


def step(draw: st.DrawFn, made: Replacing, salt: str) -> None:
    """Replace a random subject or officer; what is refused changes nothing."""
    before = (made.standing, dict(made.files), made.ledger)
    try:
        if draw(st.booleans()):
            unit = draw(st.sampled_from(sorted({r.subject for r in made.standing.rows})))
            made.ask(unit, draw(st.sampled_from(sorted(SUBJECT_REASONS))), salt=salt)
        else:
            unit = draw(st.sampled_from(sorted({r.officer for r in made.standing.rows})))
            visits = made.standing.visits_of(unit)
            some = draw(st.lists(st.sampled_from(visits), unique=True))
            reason = draw(st.sampled_from(sorted(OFFICER_REASONS)))
            made.ask(unit, reason, tuple(some) or (visits[:1] if reason == "recusal" else ()), salt=salt)
    except RefusedError:
        assert (made.standing, made.files, made.ledger) == before


@settings(deadline=None, max_examples=60)
@given(replacings())
def test_nothing_else_changes(made: Replacing) -> None:
    whole = Replacing(made.case)
    rows = whole.standing.rows
    for event, done in made.done:
        after = done.standing.rows
        names = {r.subject: (done.successor.id if done.successor else None) for r in rows if r.subject == event.unit}
        expected = [r for r in rows if names.get(r.subject, r.subject)]
        assert [(names.get(r.subject) or r.subject, r.place, r.role) for r in expected] == [
            (r.subject, r.place, r.role) for r in after
        ]
        for old, new in zip(expected, after, strict=True):
            if event.unit not in (old.subject, old.officer):
                assert old == new
            if event.kind == "officer" and old.officer == event.unit:
                assert (new.officer == event.unit) is (old.subject not in event.visits)
        rows = after


@settings(deadline=None, max_examples=60)
@given(replacings())
def test_who_was_ever_taken_never_steps_in(made: Replacing) -> None:
    whole = Replacing(made.case)
    taken = {r.subject for r in whole.standing.rows}
    for event, done in made.done:
        if done.successor:
            assert done.successor.id not in taken
            taken.add(done.successor.id)
            own = {s.id: s.stratum for s in made.sealed.subjects}
            strata = next(c.strata for c in made.sealed.rules.ratio.classes if own[event.unit] in c.strata)
            assert own[done.successor.id] in strata
        assert event.unit not in {r.subject for r in done.standing.rows}


@settings(deadline=None, max_examples=60)
@given(replacings())
def test_free_places_are_given_by_the_matching(made: Replacing) -> None:
    """Every team at the end may stand together, and the matching of each step is that of its own small question."""
    by_id = {s.id: s for s in made.sealed.subjects}
    subjects = [by_id[i] for i in dict.fromkeys(r.subject for r in made.standing.rows)]
    whole = instance(made.sealed.rules.team, subjects, made.sealed.officers, made.sealed.recusals)
    places = {v.id: v.places for v in whole.visits}
    for row in made.standing.rows:
        assert row.officer in whole.classes[places[row.subject][row.place - 1].klass]
        assert row.officer not in whole.exclusions.get(row.subject, {})
        assert row.officer not in made.standing.withdrawn
        assert (row.subject, row.officer) not in made.standing.barred
    for subject in subjects:
        team = [r.officer for r in made.standing.team(subject.id)]
        assert len(set(team)) == len(team) == made.sealed.rules.team.size


@settings(deadline=None, max_examples=60)
@given(replacings())
def test_the_files_tell_who_stands(made: Replacing) -> None:
    assert history(made.files, range(1, len(made.done) + 1)) == made.standing


@settings(deadline=None, max_examples=60)
@given(replacings())
def test_the_independent_program_agrees(made: Replacing) -> None:
    report = SSJ.verify_replacements(made.files, made.name)
    assert [verdict for verdict, _, _ in report] == ["holds"] * (len(made.done) + bool(made.done)), report
    ledger = b"".join(e.encode() + b"\n" for e in made.ledger.events)
    listed, head = SSJ.read_ledger(ledger)
    assert head == made.ledger.head
    report = SSJ.verify_replacements(made.files, made.name, listed)
    assert SSJ.worst(report) == ("holds" if made.done else "unknown"), report


@settings(deadline=None, max_examples=80)
@given(cases(), st.data())
def test_both_programs_release_the_same_places(case: Case, data: st.DataObject) -> None:
    """With few visits allowed to each officer, whoever leaves often cannot be replaced without moving others."""
    made = drawn(case) or drawn(small_case())
    assert made is not None
    load = Counter(r.officer for r in made.standing.rows)
    caps = {o.id: load[o.id] + data.draw(st.sampled_from([0, 0, 0, 1])) for o in made.sealed.officers}
    sealed = evolve(made.sealed, officers=tuple(evolve(o, cap=caps[o.id]) for o in made.sealed.officers))
    unit = data.draw(st.sampled_from(sorted(load)))
    visits = data.draw(st.sampled_from([made.standing.visits_of(unit), made.standing.visits_of(unit)[:1]]))
    event = Event(
        format="ssj-replace/1", id="p-b-1+1", follows=0, kind="officer", unit=unit, name="", reason="leave",
        document="件", by="人", withdraws=visits == made.standing.visits_of(unit), visits=visits,
    )  # fmt: skip
    found = release_for(sealed, made.standing, event, made.seed)
    now = made.standing.noting(event)
    free = held_by(now, unit, visits)
    if found is not None:
        assert not possible(sealed, now, free)
        assert possible(sealed, now, with_released(free, found))
    tables = {name: SSJ.read_table(name, content) for name, content in sealed.tables.items()}
    rows = SSJ.read_table("teams.csv", encode_table(TeamRow, made.standing.rows))
    stood = {"rows": rows, "taken": set(), "out": dict(now.withdrawn), "left": dict(now.barred)}
    told = {"kind": "officer", "unit": unit, "visits": list(visits), "mode": None}
    rules = SSJ.check(SSJ.load("rules.toml", sealed.rules_data), "[rules.toml]", "rules.toml")
    if possible(sealed, now, free):
        assert found is None
    else:
        try:
            theirs = SSJ.to_release(told, None, rules, tables, stood)
        except ValueError:
            theirs = None
        assert theirs == (found and [f"{subject}#{number}" for subject, number in found])


@settings(deadline=None, max_examples=80)
@given(cases(), st.data())
def test_whoever_may_step_in_can_be_visited(case: Case, data: st.DataObject) -> None:
    """Few visits are allowed, some may not be made: with what both programs release every candidate has a roster."""
    made = drawn(case) or drawn(small_case())
    assert made is not None
    load = Counter(r.officer for r in made.standing.rows)
    caps = {o.id: load[o.id] + data.draw(st.sampled_from([0, 0, 1])) for o in made.sealed.officers}
    unit = data.draw(st.sampled_from(sorted({r.subject for r in made.standing.rows})))
    _, ids = candidates(made.sealed, made.standing, unit)
    team = [r.officer for r in made.standing.team(unit)]
    recusals = [
        RecusalRow(subject=one, officer=officer, rule="t.declared", reason="")
        for one in ids
        for officer in data.draw(st.lists(st.sampled_from(team), max_size=1))
    ]
    pairs = {(r.subject, r.officer): r for r in (*recusals, *made.sealed.recusals)}
    officers = tuple(evolve(o, cap=caps[o.id]) for o in made.sealed.officers)
    sealed = evolve(made.sealed, officers=officers, recusals=tuple(pairs[key] for key in sorted(pairs)))
    event = Event(
        format="ssj-replace/1", id="p-b-1+1", follows=0, kind="subject", unit=unit, name="", reason="closed",
        document="件", by="人", mode="R3",
    )  # fmt: skip
    found = release_for(sealed, made.standing, event, made.seed)
    event = evolve(event, released=tuple(f"{subject}#{number}" for subject, number in found or ()))
    stuck = []
    for into in ids:
        after = inherited(sealed, made.standing, unit, into)
        free = unfit(sealed, after, into)
        stuck += [] if possible(sealed, after, free) else [into]
        if found is not None:
            assert possible(sealed, after, with_released(free, released_places(event, into)))
    assert found is None or stuck
    tables = {name: SSJ.read_table(name, content) for name, content in sealed.tables.items()}
    rows = SSJ.read_table("teams.csv", encode_table(TeamRow, made.standing.rows))
    stood = {"rows": rows, "taken": set(made.standing.taken), "out": {}, "left": {}}
    rules = SSJ.check(SSJ.load("rules.toml", sealed.rules_data), "[rules.toml]", "rules.toml")
    told = {"kind": "subject", "unit": unit, "visits": [], "mode": "R3"}
    try:
        theirs = SSJ.to_release(told, None, rules, tables, stood)
    except ValueError:
        assert stuck
        assert found is None
    else:
        assert theirs == list(event.released)
        assert bool(theirs) == bool(stuck)
