"""A published roster as the witness: with it nobody has to look for rosters, only to see that it is one (SPEC §8.7)."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from ssj_core.matching.board import Board
from ssj_core.matching.even import even_out
from ssj_core.matching.lots import balance
from ssj_core.matching.model import Evenness
from ssj_core.matching.ranges import Range, fair_ranges
from ssj_core.matching.roster import Roster, squares
from ssj_core.text import Text

Teams = Mapping[str, Sequence[str]]
"""Visit → its officers, in the order of the places."""


class Difference(NamedTuple):
    """What does not agree. `visit` is empty where it concerns the whole; `place` is 0 where it concerns the visit."""

    visit: str
    place: int
    message: Text


class Wrong(Exception):  # noqa: N818 - an answer, not a mistake
    """The published roster is not the one that was to be drawn."""

    def __init__(self, difference: Difference) -> None:
        self.difference = difference
        super().__init__(difference.message.en)


def wrong(visit: str, place: int, zh: str, en: str) -> Wrong:
    """Return the finding as something to raise."""
    return Wrong(Difference(visit, place, Text(zh, en)))


def witnessed(board: Board, evenness: Evenness, widen: int, teams: Teams) -> tuple[Roster, list[Range]]:
    """Return the published roster with every place open, and the fair ranges that follow from it.

    The ranges are those of any most even roster: this one is made the most even first, which takes a few exchanges.

    Raises:
        Wrong: it is no complete roster within the rules, or not as even as they ask.
    """
    holder = _holders(board, teams)
    even = Roster(board, holder)
    ranges = fair_ranges(board, even_out(even), widen)
    roster = Roster(board, holder, balance(board, ranges, evenness))
    if evenness == "strict":
        if squares(board, holder) != squares(board, even.holder):
            raise wrong("", 0, "席位分得不是最均匀", "the loads are not the most even")
        return roster, ranges
    for officer, fair in enumerate(ranges):
        if not fair.low <= roster.count[officer] <= fair.high:
            said = f"{board.ids[officer]} {roster.count[officer]}"
            zh, en = f"{said} 席，超出 {fair.low} 至 {fair.high}", f"{said} places, not {fair.low} to {fair.high}"
            raise wrong("", 0, f"有人超出公平区间：{zh}", f"outside the fair range: {en}")
    return roster, ranges


def _holders(board: Board, teams: Teams) -> list[int]:
    """Return who holds each place: somebody of its class, not excluded, nobody twice in a visit or beyond his cap."""
    number = {officer: n for n, officer in enumerate(board.ids)}
    if odd := sorted(teams.keys() ^ set(board.visits)):
        raise wrong(odd[0], 0, f"检查对象不符：{odd[0]}", f"not the visits of the draw: {odd[0]}")
    holder: list[int] = []
    for n, visit in enumerate(board.visits):
        team, places = teams[visit], board.places(n)
        if len(team) != len(places) or len(set(team)) != len(team):
            raise wrong(visit, 0, f"{visit} 的席位不符", f"{visit}: not one officer for each place")
        for place, officer in zip(places, team, strict=True):
            if officer not in number or not board.may_hold(place, number[officer]):
                at = place - places.start + 1
                raise wrong(
                    visit, at, f"{officer} 不能占 {visit} 的第 {at} 席", f"{officer} may not hold place {at} of {visit}"
                )
            holder.append(number[officer])
    for one, count in Counter(holder).items():
        if count > board.cap[one]:
            raise wrong("", 0, f"{board.ids[one]} 超过上限", f"{board.ids[one]} has more places than his cap")
    return holder
