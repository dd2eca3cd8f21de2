"""The draw: visit after visit, place after place, the first officer drawn who leaves the rest completable (SPEC §8.4).

The result is defined by that sentence, not by a search: every correct answer to "can it still be completed?" gives the
same roster. Here one complete roster is kept at hand; an officer may have the place if exchanges among the open places
turn that roster into one where he does.
"""

from collections.abc import Iterable

from ssj_core.matching.board import Board, board
from ssj_core.matching.bottleneck import bottlenecks
from ssj_core.matching.digest import SPEC, hex64, input_digest, key, lot, number
from ssj_core.matching.flow import Relief, Roster, Walk, most_even
from ssj_core.matching.infeasible import Infeasible
from ssj_core.matching.model import Instance
from ssj_core.matching.ranges import Range, fair_ranges
from ssj_core.matching.result import Matching, OfficerShare, PlaceDraw, Try, VisitDraw


def match(instance: Instance, seed_hex: str, *, digest: str | None = None) -> Matching:
    """Match officers to visits (SPEC §8). Raises `Infeasible` if no complete roster exists: nothing is ever relaxed.

    `digest` stands for the input where the draw is bound to more than the instance, as when an officer is replaced;
    it defaults to `input_digest(instance)`.
    """
    digest = input_digest(instance) if digest is None else hex64(digest, "input digest")
    k = key(seed_hex, digest)
    places = board(instance)
    roster, unfilled = most_even(places)
    if unfilled:
        raise Infeasible(bottlenecks(instance, roster, unfilled))
    ranges = fair_ranges(roster, instance.widen)
    relief = _even_loads(roster) if instance.evenness == "strict" else _inside(roster, ranges)
    order = sorted((lot(k, visit), visit) for visit in places.visits)
    return Matching(
        spec=SPEC,
        digest=digest,
        key=k,
        visits=tuple(
            VisitDraw(visit, ticket, tuple(_draw(k, roster, relief, place) for place in places.visits[visit]))
            for ticket, visit in order
        ),
        officers=tuple(_share(places, roster, officer, fair) for officer, fair in enumerate(ranges)),
    )


def _draw(k: str, roster: Roster, relief: Relief, place: int) -> PlaceDraw:
    """Draw one place: whoever is drawn gets it unless the rest could then not be completed; then draw again.

    Officers who should avoid somebody of the team wait until nobody else is left.
    """
    places = roster.board
    visit, place_no = places.label[place]
    team = {roster.holder[mate] for mate in places.team[place] if mate < place}
    everybody = places.eligible[place] - team
    set_back = {officer for officer in everybody if places.avoid[officer] & team}
    pool, later = sorted(everybody - set_back), sorted(set_back)
    tries: list[Try] = []
    while True:
        if not pool:
            pool, later = later, []
        drawn = number(k, visit, place_no, len(tries) + 1)
        officer = pool.pop(int(drawn, 16) % len(pool))
        taken = _hand_over(roster, relief, place, officer)
        tries.append(Try(drawn[:16], places.ids[officer], taken))
        if taken:
            roster.fix(place)
            who = places.ids[officer]
            return PlaceDraw(place_no, places.role[place], len(everybody), tuple(tries), who, len(set_back))


def _hand_over(roster: Roster, relief: Relief, place: int, officer: int) -> bool:
    """Give the place to the officer if a complete roster remains; else change nothing and say no."""
    holder = roster.holder[place]
    if officer == holder:
        return True
    walk = Walk(roster, relief)
    other = [mate for mate in roster.board.team[place] if roster.holder[mate] == officer]
    start = walk.place(other[0]) if other else officer  # he moves over, or takes one place more
    ends = {holder, walk.place(place)}
    end = next((node for node in walk.nodes(start) if node in ends), None)
    if end is None:
        return False
    roster.apply([*walk.moves(end), (place, officer)])
    return True


def _inside(roster: Roster, ranges: list[Range]) -> Relief:
    """Range rule: one below the top of his range may take one more if one above the bottom of his takes one less."""
    count = roster.count

    def relief(officer: int, unseen: set[int]) -> Iterable[int]:
        if count[officer] >= ranges[officer].high:
            return ()
        return [other for other in unseen if count[other] > ranges[other].low]

    return relief


def _even_loads(roster: Roster) -> Relief:
    """Strict rule: a load may grow by one if another, greater by one, shrinks: the sum of squares stays."""
    cap, count = roster.board.cap, roster.count

    def relief(officer: int, unseen: set[int]) -> Iterable[int]:
        if count[officer] >= cap[officer]:
            return ()
        above = roster.load(officer) + 1
        return [other for other in unseen if roster.load(other) == above]

    return relief


def _share(places: Board, roster: Roster, officer: int, fair: Range) -> OfficerShare:
    return OfficerShare(
        id=places.ids[officer],
        low=fair.low,
        high=fair.high,
        level=fair.level,
        places=roster.count[officer],
        load=roster.load(officer),
    )
