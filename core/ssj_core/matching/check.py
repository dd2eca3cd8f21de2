"""Is a published matching the one that these inputs and this seed give? (SPEC §8.7)

The published roster shows by itself that every place could be filled. What remains is to draw the numbers again and to
see, for each officer passed over, that no exchanges lead from him to the holder of the place: nothing is searched for.
"""

from ssj_core.matching.board import board
from ssj_core.matching.digest import hex64, input_digest, key
from ssj_core.matching.lots import Take, course, match, matching
from ssj_core.matching.model import Instance
from ssj_core.matching.refusals import Refusals, exchange
from ssj_core.matching.result import Matching, PlaceDraw, VisitDraw
from ssj_core.matching.roster import Roster
from ssj_core.matching.spared import spared
from ssj_core.matching.witness import Difference, Teams, Wrong, witnessed, wrong
from ssj_core.text import Text


@spared()
def confirm(instance: Instance, seed_hex: str, teams: Teams, *, digest: str | None = None) -> Matching:
    """Return the matching with these teams, ranges, numbers and all, if it is the one of this seed.

    Raises:
        Wrong: it is not; the first finding says why.
    """
    digest = input_digest(instance) if digest is None else hex64(digest, "input digest")
    k = key(seed_hex, digest)
    roster, ranges = witnessed(board(instance), instance.evenness, instance.widen, teams)
    return matching(k, digest, roster, ranges, tuple(course(instance, k, roster, confirming(roster))))


def redraw(instance: Instance, seed_hex: str, published: Teams | None) -> Matching:
    """Return the matching of this seed: the published teams if they are right, which takes no search, else drawn anew.

    Raises:
        Infeasible: the published teams are wrong, and no complete roster exists.
    """
    if published is not None:
        try:
            return confirm(instance, seed_hex, published)
        except Wrong:
            pass  # what is right must be drawn, so that every difference can be told
    return match(instance, seed_hex)


def spot_check(instance: Instance, seed_hex: str, teams: Teams, visit: str, *, digest: str | None = None) -> VisitDraw:
    """Return how one visit was drawn, if its officers are those of this seed, given all that was drawn before it.

    Raises:
        Wrong: they are not. KeyError: there is no such visit.
    """
    digest = input_digest(instance) if digest is None else hex64(digest, "input digest")
    k = key(seed_hex, digest)
    roster, _ = witnessed(board(instance), instance.evenness, instance.widen, teams)
    for drawn in course(instance, k, roster, confirming(roster), only=visit):
        return drawn
    raise KeyError(visit)


def confirming(roster: Roster) -> Take:
    """Return the question "may he have the place?" for a roster that is published: only its holder may."""
    refusals, board = Refusals(roster), roster.board

    def take(place: int, officer: int) -> bool:
        holder = roster.holder[place]
        if officer == holder:
            roster.close(place)
            return True
        if exchange(roster, refusals, place, officer) is not None:
            visit, at = board.visits[board.visit_of[place]], place - board.mates(place).start + 1
            drawn, published = board.ids[officer], board.ids[holder]
            raise wrong(
                visit,
                at,
                f"{visit} 第 {at} 席抽到 {drawn}，可以派，公布的却是 {published}",
                f"place {at} of {visit}: {drawn} was drawn and could have it, published is {published}",
            )
        return False

    return take


def check(instance: Instance, seed_hex: str, published: Matching, *, digest: str | None = None) -> list[Difference]:
    """Return every difference between `published` and the matching these inputs give; an empty list means it holds."""
    try:
        right = confirm(instance, seed_hex, published.teams, digest=digest)
    except Wrong as no:
        return [no.difference]
    found = [
        _differs("", 0, name_zh, name_en, getattr(published, field), getattr(right, field))
        for field, name_zh, name_en in (
            ("spec", "规则版本", "specification"),
            ("digest", "名单摘要", "input digest"),
            ("key", "抽取密钥", "key"),
            ("officers", "人员区间与席位数", "ranges and loads of the officers"),
        )
        if getattr(published, field) != getattr(right, field)
    ]
    order = [visit.id for visit in published.visits], [visit.id for visit in right.visits]
    if order[0] != order[1]:
        return [*found, _differs("", 0, "检查对象及其次序", "visits and their order", *order)]
    for claimed, visit in zip(published.visits, right.visits, strict=True):
        if claimed.lot != visit.lot:
            found.append(_differs(visit.id, 0, "签号", "lot", claimed.lot, visit.lot))
        pairs = zip(claimed.places, visit.places, strict=True)  # the teams are as long
        found.extend(_place(visit.id, one, other) for one, other in pairs if one != other)
    return found


def _place(visit: str, claimed: PlaceDraw, right: PlaceDraw) -> Difference:
    return _differs(visit, right.number, "抽号经过", "course of the draw", claimed, right)


def _differs(visit: str, place: int, zh: str, en: str, claimed: object, right: object) -> Difference:
    said = Text(f"{zh}不符：公布为 {claimed}，复算为 {right}", f"{en}: published {claimed}, recomputed {right}")
    return Difference(visit, place, said)
