"""Which sheet of a workbook is the roster, and what is said of every sheet that was read."""

from collections.abc import Callable, Sequence
from typing import Final

from ssj_core.problems import Problem, problem
from ssj_core.readers.content import Content, without_effect
from ssj_core.readers.decode import private_use
from ssj_core.readers.model import Line, Merged, Reading, ReadOptions
from ssj_core.readers.unseen import Unseen, tell

HEADER_SEARCH: Final = 20


def choose(
    names: Sequence[str], visible: Sequence[str], options: ReadOptions, peek: Callable[[str], Sequence[Line]]
) -> str | Problem:
    """Return the sheet the plan names, the only visible one, or the only one that looks like a roster.

    `peek` gives the first rows of a sheet. The summary of an earlier check is none of them.
    """
    if options.sheet in names:
        return options.sheet
    from ssj_core.roster.ours import SUMMARY, is_summary

    called = (SUMMARY.zh, SUMMARY.en)
    ours = {name for name in names if name.startswith(called) and is_summary(peek(name))}
    if options.sheet:
        given = "、".join(name for name in names if name not in ours)
        return problem("SSJ-F010", file=options.file, value=options.sheet, sheets=given)
    visible = [name for name in visible if name not in ours]
    if not visible:
        return problem("SSJ-F021", file=options.file)
    if len(visible) == 1:
        return visible[0]
    from ssj_core.roster.headers import looks_like_roster

    likely = [name for name in visible if looks_like_roster(peek(name))]
    if len(likely) == 1:
        return likely[0]
    return problem("SSJ-F011", file=options.file, sheets="、".join(visible))


def finished(
    lines: tuple[Line, ...],
    merged: tuple[Merged, ...],
    sheet: str,
    unseen: Unseen,
    content: Content,
    options: ReadOptions,
) -> Reading:
    """Return the reading, with what is hidden counted and characters told that show on this computer only."""
    problems: list[Problem] = []
    if options.encoding:
        problems.append(without_effect("encoding", options.encoding, content, options))
    problems += tell(unseen, lines, options.file)
    for line in lines:
        text = "".join(cell for cell in line.cells if type(cell) is str)
        problems += private_use(text, options.file, line.number)
    return Reading(lines=lines, merged=merged, sheet=sheet, problems=tuple(problems))
