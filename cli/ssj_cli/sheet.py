"""What a command says with `--json`: one JSON document on standard output instead of lines for people.

    {"format": "ssj-output/1", "command": "verify", "lang": "zh", "exit_code": 0,
     "problems": [{"code", "severity", "file", "row", "field", "value", "message", "remedy"}],
     "result": {…}, "tables": [{"columns": [{"name", "title"}], "rows": [[…]]}], "lines": ["…"]}

`result` is what the command is about, by its own names; `tables` and `lines` are what a person would have read. A
program reads `exit_code`, `problems` and `result`. Within one format keys may come, none goes or changes its meaning.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from enum import Enum
from fractions import Fraction
from pathlib import Path
from typing import Any, Final

import attrs
from attrs import define, field

from ssj_core.problems import Problem
from ssj_core.text import Lang, Text

FORMAT: Final = "ssj-output/1"


@define
class Sheet:
    """Collects what a command says until it ends."""

    lang: Lang
    problems: list[Problem] = field(factory=list)
    result: dict[str, Any] = field(factory=dict)
    tables: list[dict[str, Any]] = field(factory=list)
    lines: list[str] = field(factory=list)

    def table(self, header: Sequence[Text], rows: Iterable[Sequence[str]]) -> None:
        """Add a table; its columns are named in English and titled as a person reads them."""
        columns = [{"name": h.en, "title": h(self.lang)} for h in header]
        self.tables.append({"columns": columns, "rows": [list(row) for row in rows]})

    def document(self, command: str, exit_code: int) -> str:
        """The whole as JSON text, its keys in a fixed order."""
        return json.dumps(
            {
                "format": FORMAT,
                "command": command,
                "lang": self.lang,
                "exit_code": exit_code,
                "problems": [plain(p, self.lang) for p in self.problems],
                "result": plain(self.result, self.lang),
                "tables": self.tables,
                "lines": self.lines,
            },
            ensure_ascii=False,
            indent=1,
        )


def plain(value: Any, lang: Lang) -> Any:
    """A value as JSON has it: sentences in `lang`, days as ISO 8601, exact numbers as text, objects by their fields."""
    if value is None or (isinstance(value, bool | int | str) and not isinstance(value, Enum)):
        return value
    if isinstance(value, Text):
        return value(lang)
    if isinstance(value, Problem):
        return {
            "code": value.code,
            "severity": value.severity,
            "file": value.file,
            "row": value.row,
            "field": value.field,
            "value": value.value,
            "message": value.message(lang),
            "remedy": value.remedy(lang),
        }
    if isinstance(value, Mapping):
        return {str(k): plain(v, lang) for k, v in value.items()}
    if attrs.has(type(value)):
        return {a.name: plain(getattr(value, a.name), lang) for a in attrs.fields(type(value))}
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Fraction | Path):
        return str(value)
    if isinstance(value, Enum):
        return plain(value.value, lang)
    if isinstance(value, bytes):
        raise TypeError("bytes have no place in a document: give them as text")
    return [plain(v, lang) for v in value]
