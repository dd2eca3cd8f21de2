"""What readers of marked-up text (web pages, XML) have in common: decoding before, choosing a sheet after."""

from collections.abc import Callable, Sequence
from typing import Final

from attrs import evolve

from ssj_core.problems import problem
from ssj_core.readers.choice import HEADER_SEARCH, choose, finished
from ssj_core.readers.content import Content
from ssj_core.readers.decode import NUL, decode
from ssj_core.readers.grid import Grid
from ssj_core.readers.model import Reading, ReadOptions
from ssj_core.text import Text

_SPAN: Final = Text("合并单元格超出了表格", "merged cells that reach out of the table")


def text_of(data: bytes, options: ReadOptions, parse: Callable[[str, ReadOptions], Reading]) -> Reading:
    """Decode strictly, as text is, then parse; what the page itself says of its encoding is often wrong."""
    text, encoding, problems = decode(data, options)
    if text is None:
        return Reading(lines=(), encoding=encoding, problems=problems)
    if "\0" in text:
        row = text[: text.index("\0")].count("\n") + 1
        told = problem("SSJ-F006", file=options.file, row=row, reason=NUL)
        return Reading(lines=(), encoding=encoding, problems=(told,))
    reading = parse(text, evolve(options, encoding=""))
    return evolve(reading, encoding=encoding)


def from_grids(grids: Sequence[Grid], options: ReadOptions, content: Content) -> Reading:
    """Return the grid that the plan names, the only visible one, or the only one that looks like a roster."""
    by_name = {grid.name: grid for grid in grids}
    visible = [grid.name for grid in grids if grid.visible]
    chosen = choose(list(by_name), visible, options, lambda name: by_name[name].lines(HEADER_SEARCH))
    if not isinstance(chosen, str):
        return Reading(lines=(), sheets=tuple(by_name), problems=(chosen,))
    grid = by_name[chosen]
    merged = grid.ranges()
    if merged is None:
        return Reading(lines=(), problems=(problem("SSJ-F006", file=options.file, reason=_SPAN),))
    return evolve(finished(grid.lines(), merged, chosen, grid.unseen, content, options), sheets=tuple(by_name))
