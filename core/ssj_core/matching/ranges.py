"""What is fair: each officer's range, the same whoever computes it and however (SPEC §8.3)."""

from attrs import frozen

from ssj_core.matching.flow import Roster, Walk


@frozen
class Range:
    """An officer takes at least `low` and at most `high` places; `level` is the load of his group (None: no group)."""

    low: int
    high: int
    level: int | None


def fair_ranges(roster: Roster, widen: int) -> list[Range]:
    """Return the range of every officer, from any most even roster.

    From the largest load down: a group is all officers of that load and everybody to whom their places could go.
    In a group everybody ends at its level or one below, as far as history and cap allow.
    """
    levels: list[int | None] = [None] * len(roster.count)
    walk = Walk(roster)
    holding = [officer for officer, count in enumerate(roster.count) if count]
    for level in sorted({roster.load(officer) for officer in holding}, reverse=True):
        top = [officer for officer in holding if levels[officer] is None and roster.load(officer) == level]
        for node in walk.nodes(*top):
            if node < walk.first_place:
                levels[node] = level
    return [_range(roster, officer, level, widen) for officer, level in enumerate(levels)]


def _range(roster: Roster, officer: int, level: int | None, widen: int) -> Range:
    cap, history = roster.board.cap[officer], roster.board.history[officer]
    low = high = 0
    if level is not None:
        low = min(max(level - 1 - history, 0), cap)
        high = min(max(level - history, 0), cap)
    return Range(low=max(0, low - widen), high=min(cap, high + widen), level=level)
