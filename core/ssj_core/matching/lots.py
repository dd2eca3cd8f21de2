"""The draw: visit after visit, place after place, the first officer drawn who leaves the rest completable (SPEC §8.4).

The result is defined by that sentence, not by a search: every correct answer to "can it still be completed?" gives the
same roster, as `plain` does by trying. Here one complete roster is kept at hand; an officer may have the place if
exchanges among the open places turn that roster into one where he does.
"""

from bisect import bisect_left
from collections.abc import Callable

from ssj_core.matching.board import Board, board
from ssj_core.matching.bottleneck import bottlenecks
from ssj_core.matching.digest import SPEC, hex64, input_digest, key, lot, number
from ssj_core.matching.even import even_out, fill
from ssj_core.matching.infeasible import Infeasible
from ssj_core.matching.model import Evenness, Instance
from ssj_core.matching.ranges import Range, fair_ranges
from ssj_core.matching.refusals import Refusals, exchange
from ssj_core.matching.result import Matching, OfficerShare, PlaceDraw, Try, VisitDraw
from ssj_core.matching.roster import NONE, Balance, Roster


def match(instance: Instance, seed_hex: str, *, digest: str | None = None) -> Matching:
    """Match officers to visits (SPEC §8). Raises `Infeasible` if no complete roster exists: nothing is ever relaxed.

    `digest` stands for the input where the draw is bound to more than the instance, as when an officer is replaced;
    it defaults to `input_digest(instance)`.
    """
    digest = input_digest(instance) if digest is None else hex64(digest, "input digest")
    k = key(seed_hex, digest)
    places = board(instance)
    start, unfilled = fill(places)
    if unfilled:
        raise Infeasible(bottlenecks(instance, start, unfilled))
    ranges = fair_ranges(places, even_out(start), instance.widen)
    roster = Roster(places, start.holder, balance(places, ranges, instance.evenness))
    refusals = Refusals(roster)

    def drawn(place: int, officer: int) -> bool:
        moves = exchange(roster, refusals, place, officer)
        if moves is not None:
            roster.apply(moves)
            roster.close(place)
        return moves is not None

    order = sorted((lot(k, visit), visit, n) for n, visit in enumerate(places.visits))
    visits = {v.id: v for v in instance.visits}
    return Matching(
        spec=SPEC,
        digest=digest,
        key=k,
        visits=tuple(
            VisitDraw(
                visit,
                ticket,
                tuple(
                    _draw(k, roster, place, role.role, drawn)
                    for place, role in zip(places.places(n), visits[visit].places, strict=True)
                ),
            )
            for ticket, visit, n in order
        ),
        officers=tuple(_share(roster, officer, fair) for officer, fair in enumerate(ranges)),
    )


def _draw(k: str, roster: Roster, place: int, role: str, drawn: Callable[[int, int], bool]) -> PlaceDraw:
    """Draw one place: whoever is drawn gets it unless the rest could then not be completed; then draw again.

    Officers who should avoid somebody of the team wait until nobody else is left.
    """
    places = roster.board
    visit = places.visit_of[place]
    place_no = place - places.first[visit] + 1
    pool, later = pools(roster, place)
    size, set_back = len(pool) + len(later), len(later)
    tries: list[Try] = []
    while True:
        if not pool:
            pool, later = later, []
        hexadecimal = number(k, places.visits[visit], place_no, len(tries) + 1)
        officer = pool.pop(int(hexadecimal, 16) % len(pool))
        taken = drawn(place, officer)
        tries.append(Try(hexadecimal[:16], places.ids[officer], taken))
        if taken:
            return PlaceDraw(place_no, role, size, tuple(tries), places.ids[officer], set_back)


def pools(roster: Roster, place: int) -> tuple[list[int], list[int]]:
    """Return who may be drawn for the place, ascending, and who only after them: they should avoid one of the team."""
    places = roster.board
    visit = places.visit_of[place]
    team = roster.holder[places.first[visit] : place]
    pool = list(places.members[places.klass[place]])
    for officer in (*places.excluded[visit], *team):
        at = bisect_left(pool, officer)
        if at < len(pool) and pool[at] == officer:
            del pool[at]
    avoided = set[int]().union(*(places.avoid[mate] for mate in team))
    if not avoided:
        return pool, []
    return [o for o in pool if o not in avoided], [o for o in pool if o in avoided]


def balance(places: Board, ranges: list[Range], evenness: Evenness) -> Balance:
    """Return who may take one place more, and who one less for it.

    Range rule: one below the top of his range, if one above the bottom of his takes one less. Strict rule: a load may
    grow by one if another, greater by one, shrinks: the sum of squares stays.
    """
    node = len(places.members)
    cap, history = places.cap, places.history

    def inside(officer: int, count: int) -> tuple[int, int]:
        fair = ranges[officer]
        return (node if count < fair.high else NONE, node if count > fair.low else NONE)

    def even_loads(officer: int, count: int) -> tuple[int, int]:
        load = node + history[officer] + count
        return (load if count < cap[officer] else NONE, load - 1 if count else NONE)

    return even_loads if evenness == "strict" else inside


def _share(roster: Roster, officer: int, fair: Range) -> OfficerShare:
    return OfficerShare(
        id=roster.board.ids[officer],
        low=fair.low,
        high=fair.high,
        level=fair.level,
        places=roster.count[officer],
        load=roster.load(officer),
    )
