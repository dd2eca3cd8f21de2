"""The front door: picks the reader by what the file is, not by what it is called."""

from collections.abc import Sequence
from pathlib import PurePath
from typing import Final

from attrs import evolve

from ssj_core.foreign import call, failed
from ssj_core.problems import Problem, errors, problem
from ssj_core.readers.content import BINARY, CUT, ENCRYPTED, GENERAL, RECOGNISED, TEXT, sniff
from ssj_core.readers.model import Reading, ReadOptions, RosterReader
from ssj_core.text import Text

LARGEST_MB: Final = 300
_BROKEN_OFF: Final = Text("到一半就断了，没有下载或复制完", "it breaks off: not all of it was downloaded or copied")


def read_table(data: bytes, options: ReadOptions, readers: Sequence[RosterReader], reader: str = "") -> Reading:
    """Read a roster file with the reader the plan names, or the one that reads such content.

    Raises:
        PluginError: the reader of another department failed.
    """
    if not data:
        return _failed(problem("SSJ-F003", file=options.file))
    if len(data) > LARGEST_MB << 20:
        return _failed(problem("SSJ-F025", file=options.file, size=len(data) >> 20, limit=LARGEST_MB))
    chosen = _named(reader, options, readers) if reader else _fitting(data, options, readers)
    if isinstance(chosen, Problem):
        return _failed(chosen)
    made = call(chosen.id, chosen.read, data, options)
    if not isinstance(made, Reading):
        raise failed(chosen.id, type(made).__name__)
    reading = evolve(made, reader=chosen.id)
    if errors(reading.problems) or any(line.cells for line in reading.lines):
        return reading
    told = problem("SSJ-F028", file=options.file, sheet=f"“{reading.sheet}”" if reading.sheet else "")
    return evolve(reading, problems=(*reading.problems, told))


def _named(reader: str, options: ReadOptions, readers: Sequence[RosterReader]) -> RosterReader | Problem:
    for one in readers:
        if one.id == reader:
            return one
    from difflib import get_close_matches

    known = sorted(one.id for one in readers)
    near = get_close_matches(reader, known, 1)
    return problem(
        "SSJ-F016",
        file=options.file,
        value=reader,
        known=", ".join(known),
        nearest=f"；是不是 {near[0]}？" if near else "",
        nearest_en=f"; did you mean {near[0]}?" if near else "",
    )


def _fitting(data: bytes, options: ReadOptions, readers: Sequence[RosterReader]) -> RosterReader | Problem:
    content = sniff(data)
    if content is ENCRYPTED:
        return problem("SSJ-F005", file=options.file)
    if content is CUT:
        return problem("SSJ-F006", file=options.file, reason=_BROKEN_OFF)
    if content is BINARY and options.encoding:
        content = TEXT
    fitting = [one for one in readers if content.suffix in one.suffixes]
    suffix = PurePath(options.file).suffix.lower()
    if content in GENERAL and suffix not in RECOGNISED:  # a format of another department, known by its name only
        fitting = [one for one in readers if suffix in one.suffixes] or fitting
    name = content.name
    if not fitting:
        return problem("SSJ-F017", file=options.file, found=name.zh, found_en=name.en)
    if len(fitting) > 1:
        ids = ", ".join(sorted(one.id for one in fitting))
        return problem("SSJ-F018", file=options.file, found=name.zh, found_en=name.en, readers=ids)
    return fitting[0]


def _failed(found: Problem) -> Reading:
    return Reading(lines=(), problems=(found,))
