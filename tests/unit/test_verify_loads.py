"""Loads, limits and colleagues of last time that do not follow from the earlier draws of the ledger are noticed."""

from collections import Counter
from typing import Any

from attrs import evolve

from ssj_core import ledger as ledgers
from ssj_core.composing import together_last
from ssj_core.limits import caps_from, with_caps
from ssj_core.model import Inspection
from ssj_core.rules.effective import RosterPin, SealedLimit
from ssj_core.tables import OfficerRow, TeamRow, decode_table
from ssj_core.verify import Report, verify_folder
from tests.unit.finished import NAME, check_sentences, drawn, findings, finished, sealed
from tests.unit.test_verify_folder_codes import events, verdict, written
from tests.verifiers.independent import SSJ

SECOND = "p-c-1"


def second(
    change: Any = lambda officers, team: (officers, team), *, pins: tuple[RosterPin, ...] = ()
) -> tuple[Any, bytes]:
    """Two draws and their ledger: the second counts loads of the year, at most four, and colleagues of before."""
    first = dict(finished())
    ledger = events(first)
    rows = decode_table(TeamRow, first["teams.csv"])
    end = sealed().rules.end
    teams = {s: tuple(r.officer for r in rows if r.subject == s) for s in dict.fromkeys(r.subject for r in rows)}
    past = [Inspection(subject=s, day=end, officers=team, source=NAME) for s, team in teams.items()]
    load = Counter(r.officer for r in rows)
    limits = (SealedLimit(per="year", most=4, periods=1),)
    start, visits = sealed().rules.start, len(teams)
    caps = caps_from(limits, {o.id: None for o in sealed().officers}, past, start, end, visits)
    officers = tuple(evolve(o, history=load[o.id], cap=caps[o.id].visits) for o in sealed().officers)
    avoid = together_last(past, {o.id for o in officers})
    assert avoid
    assert set(load.values()) > {max(load.values())}
    team = evolve(
        sealed().rules.team, limits=with_caps(limits, caps), avoid=avoid, counts_year=True, avoids_last_team=True
    )
    officers, team = change(officers, team)
    rules = evolve(
        sealed().rules, draw_id=SECOND, batch="c", policy="c", team=team, rosters=(*sealed().rules.rosters, *pins)
    )
    plan = sealed().plan.replace(b'id = "b", policy = "b"', b'id = "c", policy = "c"')
    plan += b"".join(f'\n[rosters.inspections]\nfile = "{pin.file}"\n'.encode() for pin in pins)
    head = ledgers.read(written(*ledger)).head
    files = drawn(rules=rules, officers=officers, plan=plan, previous_head=head)
    later = events(files, SECOND)
    later[0][3]["policy"] = "t/c"
    return {NAME: first, SECOND: files}, written(*ledger, *later)


def verified(draws: dict[str, dict[str, bytes]], ledger: bytes) -> tuple[Report, ...]:
    """What the core says of the folder; the independent program must come to the same verdict."""
    reports = verify_folder(draws, ledger)
    listed, _ = SSJ.read_ledger(ledger)
    theirs = SSJ.verify_draw(draws[SECOND], SECOND, listed, draws)
    assert SSJ.worst(theirs) == reports[-1].arithmetic, theirs
    return reports


def told(reports: tuple[Report, ...]) -> list[tuple[str, str, str]]:
    found = findings(*reports)
    check_sentences(found)
    return [(p.code, p.file, p.field) for p in found]


def more(officers: tuple[OfficerRow, ...], team: Any) -> Any:
    return (evolve(officers[0], history=officers[0].history + 1), *officers[1:]), team


def less(officers: tuple[OfficerRow, ...], team: Any) -> Any:
    n = next(n for n, o in enumerate(officers) if o.history)
    return (*officers[:n], evolve(officers[n], history=0), *officers[n + 1 :]), team


def freer(officers: tuple[OfficerRow, ...], team: Any) -> Any:
    """The limit binds nobody: whoever has less left of the year may go as often as all others."""
    limits = tuple(evolve(one, bound=()) for one in team.limits)
    return tuple(evolve(o, cap=max(o.cap for o in officers)) for o in officers), evolve(team, limits=limits)


def alone(officers: tuple[OfficerRow, ...], team: Any) -> Any:
    return officers, evolve(team, avoid=dict(list(team.avoid.items())[1:]))


def nothing(officers: tuple[OfficerRow, ...], team: Any) -> Any:
    """No loads and no colleagues, as if the ruleset asked for neither."""
    return tuple(evolve(o, history=0) for o in officers), evolve(team, avoid={})


def unasked(officers: tuple[OfficerRow, ...], team: Any) -> Any:
    """The same, and that they count is not sealed either."""
    officers, team = nothing(officers, team)
    return officers, evolve(team, counts_year=False, avoids_last_team=False)


def test_what_counts_is_sealed_and_cannot_be_left_out() -> None:
    reports = verified(*second(nothing))
    assert {c for c, _, _ in told(reports)} == {"SSJ-V107", "SSJ-V109"}
    assert verdict(reports) == "fails"
    assert verdict(verified(*second(unasked))) == "holds"


def test_what_follows_from_the_ledger_holds() -> None:
    draws, ledger = second()
    reports = verified(draws, ledger)
    assert verdict(reports) == "holds", told(reports)
    titles = [step.title.en for step in reports[-1].steps]
    assert sum("colleagues of last time" in title for title in titles) == 1
    assert not any("colleagues of last time" in step.title.en for step in reports[1].steps)  # it sealed nothing of it


def test_what_does_not_follow_is_named() -> None:
    for change, code, file, field in (
        (more, "SSJ-V107", "officers.csv", "已有次数"),
        (less, "SSJ-V107", "officers.csv", "已有次数"),
        (freer, "SSJ-V108", "officers.csv", "本次上限"),
        (alone, "SSJ-V109", "rules.toml", "team.avoid"),
    ):
        reports = verified(*second(change))
        found = told(reports)
        assert [(c, f) for c, f, _ in found] == [(code, file)], change
        assert found[0][2].startswith(field)
        assert verdict(reports) == "fails"


def test_without_the_earlier_draw_it_cannot_be_told() -> None:
    draws, ledger = second()
    reports = verified({SECOND: draws[SECOND]}, ledger)
    assert [c for c, _, _ in told(reports)] == ["SSJ-V091", "SSJ-V120"]
    assert verdict(reports) == "unknown"


def test_what_a_list_of_the_office_adds_is_told_and_never_less() -> None:
    pin = evolve(sealed().rules.rosters[0], role="inspections", file="past.csv")
    reports = verified(*second(more, pins=(pin,)))
    assert [c for c, _, _ in told(reports)] == ["SSJ-V116"]
    assert verdict(reports) == "holds"
    for change, code in ((less, "SSJ-V107"), (freer, "SSJ-V108")):
        assert [c for c, _, _ in told(verified(*second(change, pins=(pin,))))] == [code, "SSJ-V116"]
    assert [c for c, _, _ in told(verified(*second(alone, pins=(pin,))))] == ["SSJ-V116"]
