"""Bad loads, limits and colleagues of before: what the second draw of a year sealed does not follow from the first."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import cache
from typing import Any, Final

from attrs import evolve, frozen

from ssj_core.composing import together_last
from ssj_core.limits import caps_from, with_caps
from ssj_core.model import Inspection
from ssj_core.rules.effective import RosterPin, SealedLimit
from ssj_core.rules.effective import SealedTeam as Team
from ssj_core.sealed import Sealed
from ssj_core.tables import OfficerRow, TeamRow, decode_table
from tests.replacing import Replacing
from tests.vectors.spoiled.base import OS, case, forged, sealed
from tests.vectors.spoiled.ledgers import again, of_draw, written
from tests.vectors.spoiled.vector import NAME, Files, Vector, bad, good

LATER: Final = "p-c-1"
SATURDAY, SUNDAY = date(2021, 5, 1), date(2021, 5, 2)
"""The second batch. The first ended the day before: in the same week, not in the same month."""
PERSON: Final = SealedLimit(per="person", periods=1)
LIMITS: Final = (SealedLimit(per="week", most=5, periods=1), SealedLimit(per="month", most=4, periods=1))
LIST: Final = RosterPin(role="inspections", file="past.csv", sha256="c" * 64, encoding="UTF-8", sheet="", rows=9)
Officers = tuple[OfficerRow, ...]
Change = Callable[["Counted"], "Counted"]


@frozen
class Counted:
    """What follows from the first draw, or what somebody says follows."""

    officers: Officers
    team: Team

    def of(self, place: int, **values: Any) -> "Counted":
        """Another history or cap of one officer."""
        old = self.officers[place]
        assert all(getattr(old, key) != value for key, value in values.items())
        new = evolve(old, **values)
        return evolve(self, officers=(*self.officers[:place], new, *self.officers[place + 1 :]))


def vectors() -> Iterator[tuple[str, Vector]]:
    """Name and vector."""
    about = (
        "the second draw counts loads, the limits of a week and a month, and colleagues of before, from the teams as a"
        " replacement left them; one officer's own limit is less"
    )
    yield "good-loads", _good(about, lambda right: _own(right, less=1))
    about = "the office's own list counts, too: a load is more, a cap less, a pair is not there"
    yield "good-loads-listed", _good(about, lambda right: _alone(_less(_more(right))), LIST)
    made: dict[str, tuple[str, str, Change]] = {
        "history-more": ("a load is more than the visits of the year", "SSJ-V107", _more),
        "history-less": ("a load is less than the visits of the year", "SSJ-V107", _fewer),
        "before-the-replacement": ("loads as the first draw left them, before its replacement", "SSJ-V107", _at_first),
        "cap-more": ("who has less left of the week may go as often as all others", "SSJ-V108", _freer),
        "cap-less": ("a cap is less than what is left of the week, and nobody says why", "SSJ-V108", _less),
        "cap-of-a-person-more": (
            "a person's own limit is said to bind, and gives more than what is left of the week", "SSJ-V108",
            lambda right: _own(right, less=-1),
        ),
        "colleagues-missing": ("two who shared a team are not there", "SSJ-V109", _alone),
        "left-out": ("visits of the year are to count, and every load is 0", "SSJ-V107", _uncounted),
        "colleagues-left-out": ("colleagues of last time are to be avoided, nobody is named", "SSJ-V109", _strangers),
    }  # fmt: skip
    for name, (about, code, change) in made.items():
        yield f"loads-{name}", _bad(about, code, change)
    yield "loads-listed-history-less", _bad("a list counts, too, and yet a load is less", "SSJ-V107", _fewer, LIST)
    yield "loads-listed-cap-more", _bad("a list counts, too, and yet a cap is more", "SSJ-V108", _freer, LIST)


def _good(about: str, change: Change, *pins: RosterPin) -> Vector:
    later, ledger = _second(change, pins)
    return good(about, "11.14", later, "E0", folder=LATER, draws={NAME: _first().files}, ledger=ledger)


def _bad(about: str, code: str, change: Change, *pins: RosterPin) -> Vector:
    later, ledger = _second(change, pins)
    first = {NAME: _first().files}
    return bad(about, "11.14", "ledger", code, later, folder=LATER, draws=first, ledger=ledger)


@cache
def _first() -> Replacing:
    """The first draw; an officer left one of his teams, so that not all went equally often."""
    r = Replacing(case("os"))
    row = r.standing.rows[0]
    r.ask(row.officer, "recusal", (row.subject,))
    return r


def _teams(rows: Sequence[TeamRow]) -> list[Inspection]:
    teams: dict[str, list[str]] = {}
    for row in rows:
        teams.setdefault(row.subject, []).append(row.officer)
    end = sealed("os").rules.end
    return [Inspection(subject=s, day=end, officers=tuple(o), source=NAME) for s, o in teams.items()]


@cache
def _right() -> Counted:
    past, start = _teams(_first().standing.rows), sealed("os")
    visits = len({row.subject for row in _first().standing.rows})
    caps = caps_from(LIMITS, {o.id: None for o in start.officers}, past, SATURDAY, SUNDAY, visits)
    load = Counter(o for one in past for o in one.officers)
    officers = tuple(evolve(o, history=load[o.id], cap=caps[o.id].visits) for o in start.officers)
    assert len(set(load.values())) > 1
    assert len({o.cap for o in officers}) > 1
    avoid = together_last(past, {o.id for o in officers})
    return Counted(officers, evolve(start.rules.team, limits=with_caps(LIMITS, caps), avoid=avoid))


def _second(change: Change, pins: Sequence[RosterPin]) -> tuple[Files, bytes]:
    """Files of the second draw, and the ledger of both."""
    before = again(_first().ledger)
    start = _sealed(change(_right()), pins)
    later = forged(evolve(start, previous_head=_first().ledger.head), [OS])
    return later, written([*before, *of_draw(later, LATER, "t/c")])


def _sealed(said: Counted, pins: Sequence[RosterPin]) -> Sealed:
    start = sealed("os")
    plan = start.plan.decode()
    for old, new in (
        ('id = "b", policy = "b"', 'id = "c", policy = "c"'),
        (f"start = {start.rules.start}", f"start = {SATURDAY}"),
        (f"end = {start.rules.end}", f"end = {SUNDAY}"),
    ):
        assert old in plan, (old, plan)
        plan = plan.replace(old, new, 1)
    plan += "".join(f'\n[rosters.{pin.role}]\nfile = "{pin.file}"\n' for pin in pins)
    rules = evolve(
        start.rules,
        draw_id=LATER,
        batch="c",
        policy="c",
        start=SATURDAY,
        end=SUNDAY,
        team=said.team,
        rosters=(*start.rules.rosters, *pins),
    )
    return evolve(start, plan=plan.encode(), rules=rules, officers=said.officers)


def _more(right: Counted) -> Counted:
    return right.of(0, history=right.officers[0].history + 1)


def _fewer(right: Counted) -> Counted:
    return right.of(0, history=right.officers[0].history - 1)


def _uncounted(right: Counted) -> Counted:
    officers = tuple(evolve(o, history=0) for o in right.officers)
    return Counted(officers, evolve(right.team, counts_year=True))


def _strangers(right: Counted) -> Counted:
    return evolve(right, team=evolve(right.team, avoids_last_team=True, avoid={}))


def _at_first(right: Counted) -> Counted:
    """The teams of the draw itself."""
    load = Counter(row.officer for row in decode_table(TeamRow, _first().files["teams.csv"]))
    officers = tuple(evolve(o, history=load[o.id]) for o in right.officers)
    assert officers != right.officers
    return evolve(right, officers=officers)


def _freer(right: Counted) -> Counted:
    """No limit binds anybody."""
    most = max(o.cap for o in right.officers)
    team = evolve(right.team, limits=tuple(evolve(one, bound=()) for one in right.team.limits))
    return Counted(tuple(evolve(o, cap=most) for o in right.officers), team)


def _less(right: Counted) -> Counted:
    place = _bound(right)
    return right.of(place, cap=right.officers[place].cap - 1)


def _own(right: Counted, less: int) -> Counted:
    """One whom the week bound is bound by his own limit, which is so much less."""
    place = _bound(right)
    one = right.officers[place]
    others = (evolve(limit, bound=tuple(o for o in limit.bound if o != one.id)) for limit in right.team.limits)
    changed = right.of(place, cap=one.cap - less)
    return evolve(changed, team=evolve(right.team, limits=(evolve(PERSON, bound=(one.id,)), *others)))


def _bound(right: Counted) -> int:
    """Whom the limit of the week leaves the least."""
    place = min(range(len(right.officers)), key=lambda n: right.officers[n].cap)
    assert right.officers[place].id in right.team.limits[0].bound
    return place


def _alone(right: Counted) -> Counted:
    avoid = dict(list(right.team.avoid.items())[1:])
    assert avoid
    return evolve(right, team=evolve(right.team, avoid=avoid))
