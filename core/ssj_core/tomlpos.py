"""Find the line of a key in a TOML text, because `tomllib` forgets where it read a value."""

import re
from collections.abc import Sequence
from typing import Final

Path = tuple[str | int, ...]

_TABLE: Final = re.compile(r"^\s*(\[\[?)\s*([^\[\]]+?)\s*\]\]?\s*(?:#.*)?$")
_KEY: Final = re.compile(
    r"""^\s*((?:[A-Za-z0-9_-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[A-Za-z0-9_-]+|"[^"]*"|'[^']*'))*)\s*="""
)
_STRING: Final = re.compile(r'"(?:[^"\\]|\\.)*"|\'[^\']*\'')
_LONG: Final = ('"""', "'''")
_PART: Final = re.compile(r"""[A-Za-z0-9_-]+|"[^"]*"|'[^']*'""")


def positions(text: str) -> dict[Path, int]:
    """Map every table and key to its 1-based line. Array elements of `[[…]]` carry their index.

    Inside inline tables and multi-line values nothing is found: ask `line_of`, which falls back to the parent.
    """
    found: dict[Path, int] = {(): 1}
    counts: dict[Path, int] = {}
    table: Path = ()
    quotes, depth = "", 0  # the multi-line string, or the brackets, that are still open
    for number, line in enumerate(text.split("\n"), start=1):  # not splitlines(): that also breaks at U+0085
        if quotes:
            quotes = "" if quotes in line else quotes
        elif depth:
            depth = max(0, depth + _brackets(line))
        elif match := _TABLE.match(line):
            names = _parts(match[2]) or [match[2]]
            table = (*_resolve(names[:-1], counts), names[-1])
            if match[1] == "[[":
                counts[table] = counts.get(table, -1) + 1
                found.setdefault(table, number)
                table = (*table, counts[table])
            elif table in counts:
                table = (*table, counts[table])
            found.setdefault(table, number)
        elif match := _KEY.match(line):
            found.setdefault((*table, *_parts(match[1])), number)
            value = line[match.end() :].strip()
            quotes = next((q for q in _LONG if value.startswith(q) and q not in value[3:]), "")
            depth = 0 if value.startswith(_LONG) else max(0, _brackets(value))
    return found


def line_of(found: dict[Path, int], path: Sequence[str | int]) -> int:
    """Line of `path`, or of the nearest parent that has one."""
    key = tuple(path)
    while key not in found:
        key = key[:-1]
    return found[key]


def _parts(dotted: str) -> list[str]:
    return [part.strip("\"'") for part in _PART.findall(dotted)]


def _resolve(names: list[str], counts: dict[Path, int]) -> Path:
    path: Path = ()
    for name in names:
        path = (*path, name)
        if path in counts:
            path = (*path, counts[path])
    return path


def _brackets(line: str) -> int:
    bare = _STRING.sub("", line).partition("#")[0]
    return bare.count("[") + bare.count("{") - bare.count("]") - bare.count("}")
