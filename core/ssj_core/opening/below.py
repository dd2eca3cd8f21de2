"""Lines to be pasted into a plan that has their table already: without its header, and with where they go."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from attrs import evolve

from ssj_core.office import Office
from ssj_core.problems import Problem
from ssj_core.problems.model import EN
from ssj_core.structuring import decode_toml
from ssj_core.text import Text

_HEADER: Final = re.compile(r"^\[(rosters\.\w+\.columns)\]\n((?:\".*\" = \".*\"(?:\n|$))+)", re.MULTILINE)


def below(found: Iterable[Problem], office: Office) -> Iterator[Problem]:
    """The problems, the lines in their remedies fitted to the plan: TOML refuses a table that is written twice."""
    for one in found:
        params = dict(one.params)
        for name, text in one.params.items():
            if not name.endswith(EN) and _HEADER.search(text):
                zh, en = _fitted(text, office), _fitted(params.get(name + EN, text), office)
                params |= {name: zh.zh, name + EN: en.en}
        yield one if params == one.params else evolve(one, params=params)


def _fitted(text: str, office: Office) -> Text:
    return Text(
        _HEADER.sub(lambda found: _place(found, office).zh, text),
        _HEADER.sub(lambda found: _place(found, office).en, text),
    )


def _place(found: re.Match[str], office: Office) -> Text:
    """The lines as they stand, where the plan has no such table; else as the plan writes its own, and where."""
    table, lines = found[1], found[2]
    path = tuple(table.split("."))
    row = office.lines.get(path)
    if row is None:
        keys = [line for key, line in office.lines.items() if key[: len(path)] == path]
        return _beside(max(keys), lines, office.plan_file) if keys else Text(found[0], found[0])
    written = decode_toml(office.plan_bytes, office.plan_file).split("\n")[row - 1].strip()
    if written.startswith("["):
        return Text(
            f"（接在 {office.plan_file} 第 {row} 行 [{table}] 的下面，表头不要再写一遍）\n{lines}",
            f"(below [{table}], line {row} of {office.plan_file}, which is not written again)\n{lines}",
        )
    pairs = ", ".join(lines.rstrip("\n").split("\n"))
    return Text(
        f"（加进 {office.plan_file} 第 {row} 行 columns 的花括号里，用逗号隔开）\n{pairs}",
        f"(within the braces of columns, line {row} of {office.plan_file}, after a comma)\n{pairs}",
    )


def _beside(row: int, lines: str, file: str) -> Text:
    """Below the last of those that are written as `columns."…" = "…"`, and like them."""
    dotted = "\n".join(f"columns.{line}" for line in lines.rstrip("\n").split("\n"))
    return Text(f"（接在 {file} 第 {row} 行的下面）\n{dotted}", f"(below line {row} of {file})\n{dotted}")
