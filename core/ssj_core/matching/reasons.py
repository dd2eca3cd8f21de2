"""Why an officer who was drawn was passed over: with the proof, which anybody can check by counting (SPEC §8.7).

`full`: with this place, these officers would have more places to fill than they may take, and nobody else can fill
them. `least`: these officers must still come to their fair minimum, and without this place too few of those left can
come to them. `even`, under strict evenness only: with him on this place the sum of the squared loads would be larger.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Literal

from attrs import frozen

from ssj_core.matching.board import board
from ssj_core.matching.check import confirming
from ssj_core.matching.digest import hex64, input_digest, key
from ssj_core.matching.lots import course
from ssj_core.matching.model import Instance
from ssj_core.matching.ranges import Range
from ssj_core.matching.roster import Roster
from ssj_core.matching.walk import Walk
from ssj_core.matching.witness import Teams, witnessed

Kind = Literal["full", "least", "even"]


@frozen
class Seat:
    """A place: its visit and its number there, from 1."""

    visit: str
    number: int


@frozen
class Share:
    """An officer of the proof: how many places he may still take (`full`), must still get (`least`), has (`even`)."""

    officer: str
    places: int


@frozen
class Reason:
    """Why `officer`, drawn for `seat` at attempt `attempt` (from 1), was passed over.

    `seats` are the other places of the proof, all of them still to be drawn. `full`: nobody but `shares` can fill them,
    who may take no more places than these. `least`: of all places left only these and `seat` can come to `shares`, who
    must get them all; `others` is how many of `shares` could instead move to another place of a visit they are on.
    `even`: nobody but `shares` can fill them, and each of these is as loaded as can be.
    """

    seat: Seat
    attempt: int
    officer: str
    kind: Kind
    seats: tuple[Seat, ...]
    shares: tuple[Share, ...]
    others: int = 0

    @property
    def needed(self) -> int:
        """`full`: the places they would have to fill, `seat` included; `least`: the places they must still get."""
        return sum(share.places for share in self.shares) if self.kind == "least" else len(self.seats) + 1

    @property
    def there(self) -> int:
        """`full`: the places they may take; `least`: those that can still come to them without `seat`. Too few."""
        if self.kind == "least":
            return len(self.seats) + self.others
        return sum(share.places for share in self.shares)


def reasons(
    instance: Instance,
    seed_hex: str,
    teams: Teams,
    *,
    digest: str | None = None,
    visit: str | None = None,
    officer: str | None = None,
) -> Iterator[Reason]:
    """Yield the reason of every draw that was passed over, in the order of the draw; of one visit or officer if asked.

    Raises:
        Wrong: the teams are not those of this seed.
    """
    digest = input_digest(instance) if digest is None else hex64(digest, "input digest")
    roster, ranges = witnessed(board(instance), instance.evenness, instance.widen, teams)
    strict = instance.evenness == "strict"
    confirmed, found, attempts = confirming(roster), list[Reason](), Counter[int]()

    def take(place: int, drawn: int) -> bool:
        attempts[place] += 1
        taken = confirmed(place, drawn)
        if not taken and officer in (None, roster.board.ids[drawn]):
            found.append(_reason(roster, ranges, strict, place, drawn, attempts[place]))
        return taken

    for _ in course(instance, key(seed_hex, digest), roster, take, only=visit):
        yield from found
        found.clear()


def _reason(roster: Roster, ranges: list[Range], strict: bool, place: int, officer: int, attempt: int) -> Reason:
    walk, balanced = Walk(roster), False
    other = roster.place_on_visit(place, officer)
    for node in walk.nodes(officer if other is None else walk.place(other)):
        balanced |= node < 0
    kind: Kind = "full" if not balanced else "even" if strict else "least"
    shares: list[tuple[int, int]]
    seats, others = sorted(walk.places()), 0
    if kind == "full":
        high = roster.board.cap if strict else tuple(fair.high for fair in ranges)
        shares = _most(roster, high, seats, place, officer)
    elif kind == "even":
        shares = [(one, held) for one in sorted(walk.officers()) if (held := _open(roster, one))]
    else:
        seats, shares, others = _least(roster, ranges, walk, place)
    return Reason(
        seat=_seat(roster, place),
        attempt=attempt,
        officer=roster.board.ids[officer],
        kind=kind,
        seats=tuple(_seat(roster, one) for one in seats),
        shares=tuple(Share(roster.board.ids[one], number) for one, number in shares),
        others=others,
    )


def _most(roster: Roster, high: Sequence[int], seats: list[int], place: int, officer: int) -> list[tuple[int, int]]:
    """Whoever may take `place` (only `officer`) or some of the seats, and how many at most: one of a visit."""
    board = roster.board
    visits: dict[int, set[int]] = {officer: {board.visit_of[place]}}
    for seat in seats:
        visit = board.visit_of[seat]
        barred = {roster.holder[mate] for mate in board.mates(seat) if not roster.is_open(mate)}
        if visit == board.visit_of[place]:
            barred.add(officer)
        for one in board.member_set[board.klass[seat]].difference(board.excluded[visit], barred):
            visits.setdefault(one, set()).add(visit)
    rooms = ((one, min(high[one] - _fixed(roster, one), len(where))) for one, where in sorted(visits.items()))
    return [(one, room) for one, room in rooms if room or one == officer]


def _open(roster: Roster, officer: int) -> int:
    """How many places of the officer are still to be drawn."""
    return sum(len(places) for places in roster.held[officer].values())


def _fixed(roster: Roster, officer: int) -> int:
    """How many places of the officer are drawn."""
    return roster.count[officer] - _open(roster, officer)


def _least(roster: Roster, ranges: list[Range], walk: Walk, place: int) -> tuple[list[int], list[tuple[int, int]], int]:
    """The seats left for the holder of the place and his like, what each of them must still get, and moves besides."""
    board, reached, seen = roster.board, walk.places(), set(walk.officers())
    outside = [one for one, held in enumerate(roster.held) if held and one not in seen]
    free = {seat for one in outside for seat in roster.open_places(one)}.difference(reached)
    seats, needy, queue = {place}, {roster.holder[place]}, [roster.holder[place]]
    by_class: dict[int, list[int]] = {}
    for seat in free:
        by_class.setdefault(board.klass[seat], []).append(seat)
    for one in queue:  # only those with whom he shares places, and so on
        mine = {
            seat for klass in board.classes_of[one] for seat in by_class.get(klass, ()) if board.may_hold(seat, one)
        }
        new = {roster.holder[seat] for seat in mine} - needy
        seats |= mine
        needy |= new
        queue += sorted(new)
    others = sum(1 for one in needy for seat in roster.open_places(one) if seat in reached)
    shares = [(one, ranges[one].low - _fixed(roster, one)) for one in sorted(needy)]
    return sorted(seats - {place}), shares, others


def _seat(roster: Roster, place: int) -> Seat:
    board = roster.board
    visit = board.visit_of[place]
    return Seat(board.visits[visit], place - board.first[visit] + 1)
