"""The draw: visit after visit, place after place, the first officer drawn who leaves the rest completable (SPEC §8.4).

The result is defined by that sentence, not by a search: every correct answer to "can it still be completed?" gives the
same roster, as `plain` does by trying. Here one complete roster is kept at hand; an officer may have the place if
exchanges among the open places turn that roster into one where he does.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterator

from ssj_core.matching.board import Board, board
from ssj_core.matching.bottleneck import bottlenecks
from ssj_core.matching.counted import certificate
from ssj_core.matching.digest import SPEC, hex64, input_digest, key, lot, numbers
from ssj_core.matching.even import even_out, fill
from ssj_core.matching.infeasible import Infeasible
from ssj_core.matching.model import Evenness, Instance
from ssj_core.matching.ranges import Range, fair_ranges
from ssj_core.matching.refusals import Refusals, exchange
from ssj_core.matching.result import Matching, OfficerShare, PlaceDraw, Try, VisitDraw
from ssj_core.matching.roster import NONE, Balance, Roster
from ssj_core.matching.spared import spared

Take = Callable[[int, int], bool]
"""Given a place and the officer drawn for it: whether he may have it."""


@spared()
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
        found = bottlenecks(instance, start, unfilled)
        raise Infeasible(found, certificates=(certificate(instance, one) for one in found))
    ranges = fair_ranges(places, even_out(start), instance.widen)
    roster = Roster(places, start.holder, balance(places, ranges, instance.evenness))
    refusals = Refusals(roster)

    def take(place: int, officer: int) -> bool:
        moves = exchange(roster, refusals, place, officer)
        if moves is None:
            return False
        if moves:
            roster.apply(moves, settled=place)
        else:
            roster.close(place)
        return True

    return matching(k, digest, roster, ranges, tuple(course(instance, k, roster, take)))


def course(instance: Instance, k: str, roster: Roster, take: Take, only: str | None = None) -> Iterator[VisitDraw]:
    """Draw visit after visit. `take` is asked about everybody drawn, and closes the place when he may have it.

    With `only`, the other visits are not drawn: the places of those before it are closed as they are.
    """
    places, visits = roster.board, {visit.id: visit for visit in instance.visits}
    for ticket, visit, n in sorted((lot(k, visit), visit, n) for n, visit in enumerate(places.visits)):
        if only in (None, visit):
            seats = zip(places.places(n), visits[visit].places, strict=True)
            yield VisitDraw(visit, ticket, tuple(_draw(k, roster, place, seat.role, take) for place, seat in seats))
        elif only is not None:
            for place in places.places(n):
                roster.close(place)
        if only == visit:
            return


def matching(k: str, digest: str, roster: Roster, ranges: list[Range], visits: tuple[VisitDraw, ...]) -> Matching:
    """Put together what was drawn and everybody's share."""
    shares = (
        OfficerShare(
            id=roster.board.ids[officer],
            low=fair.low,
            high=fair.high,
            level=fair.level,
            places=roster.count[officer],
            load=roster.load(officer),
        )
        for officer, fair in enumerate(ranges)
    )
    return Matching(spec=SPEC, digest=digest, key=k, visits=visits, officers=tuple(shares))


def _draw(k: str, roster: Roster, place: int, role: str, take: Take) -> PlaceDraw:
    """Draw one place: whoever is drawn gets it unless the rest could then not be completed; then draw again.

    Officers who should avoid somebody of the team wait until nobody else is left.
    """
    places = roster.board
    visit = places.visit_of[place]
    place_no = place - places.first[visit] + 1
    pool, later = pools(roster, place)
    size, set_back = len(pool) + len(later), len(later)
    tries: list[Try] = []
    for number in numbers(k, places.visits[visit], place_no):
        if not pool:
            pool, later = later, []
        officer = pool.pop(int.from_bytes(number) % len(pool))
        taken = take(place, officer)
        tries.append(Try(number[:8].hex(), places.ids[officer], taken))
        if taken:
            break
    return PlaceDraw(place_no, role, size, tuple(tries), tries[-1].officer, set_back)


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
    apart = places.apart[visit].union(*(places.avoid[mate] for mate in team))
    if not apart:
        return pool, []
    return [o for o in pool if o not in apart], [o for o in pool if o in apart]


def balance(places: Board, ranges: list[Range], evenness: Evenness) -> Balance:
    """Return who may take one place more, and who one less for it.

    Range rule: one below the top of his range, if one above the bottom of his takes one less. Strict rule: a load may
    grow by one if another, greater by one, shrinks: the sum of squares stays.
    """
    node = len(places.members)
    cap, history = places.cap, places.history

    low, high = [fair.low for fair in ranges], [fair.high for fair in ranges]

    def inside(officer: int, count: int) -> tuple[int, int]:
        return (node if count < high[officer] else NONE, node if count > low[officer] else NONE)

    def even_loads(officer: int, count: int) -> tuple[int, int]:
        load = node + history[officer] + count
        return (load if count < cap[officer] else NONE, load - 1 if count else NONE)

    return even_loads if evenness == "strict" else inside
