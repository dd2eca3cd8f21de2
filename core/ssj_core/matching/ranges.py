"""What is fair: each officer's range, the same whoever computes it and however (SPEC §8.3)."""

from attrs import frozen

from ssj_core.matching.board import Board
from ssj_core.matching.even import Levels


@frozen
class Range:
    """An officer takes at least `low` and at most `high` places; `level` is the load of his group (None: no group)."""

    low: int
    high: int
    level: int | None


def fair_ranges(board: Board, levels: Levels, widen: int) -> list[Range]:
    """Return the range of every officer: he ends at the level of his group or one below, as history and cap allow."""
    return [_range(board, officer, level, widen) for officer, level in enumerate(levels)]


def _range(board: Board, officer: int, level: int | None, widen: int) -> Range:
    cap, history = board.cap[officer], board.history[officer]
    low = high = 0
    if level is not None:
        low = min(max(level - 1 - history, 0), cap)
        high = min(max(level - history, 0), cap)
    return Range(low=max(0, low - widen), high=min(cap, high + widen), level=level)
