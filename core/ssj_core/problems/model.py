"""What is wrong with an input: one `Problem` per mistake, collected, never printed here."""

from collections.abc import Iterable, Mapping
from typing import Final, Literal

import attrs
from attrs import frozen

from ssj_core.text import Lang

Severity = Literal["error", "warning", "note"]
EN: Final = "_en"
"""What a parameter `reason` is in English stands in `reason_en`; without one, both languages have the same."""


@frozen
class Entry:
    """What a code means: severity, message and remedy in both languages, as `str.format` templates.

    A template may use `{value}`, `{field}`, `{row}` and the parameters given to `problem`; in an English one
    `{reason}` is `reason_en` where that was given.
    """

    severity: Severity
    zh: str
    zh_remedy: str
    en: str
    en_remedy: str


@frozen
class Problem:
    """One mistake: where it is, what was found there, and (through its code) what to do about it.

    `row` is the 1-based row of a spreadsheet or line of a text file; `field` a column header or a
    TOML path such as `batch[2].start`; `value` the offending value as text. `also` are further rows it tells of.
    """

    code: str
    entry: Entry = attrs.field(repr=False, eq=False)
    file: str = ""
    row: int | None = None
    field: str = ""
    value: str = ""
    params: Mapping[str, str] = attrs.field(factory=dict)
    also: tuple[int, ...] = attrs.field(default=(), eq=False)

    @property
    def rows(self) -> tuple[int, ...]:
        """All rows that it tells of."""
        return (self.row, *self.also) if self.row is not None else self.also

    @property
    def severity(self) -> Severity:
        """`error` stops the work; `warning` and `note` are only shown."""
        return self.entry.severity

    def message(self, lang: Lang) -> str:
        """Say what is wrong."""
        return self._fill(self.entry.zh if lang == "zh" else self.entry.en, lang)

    def remedy(self, lang: Lang) -> str:
        """Say what to do."""
        return self._fill(self.entry.zh_remedy if lang == "zh" else self.entry.en_remedy, lang)

    def _fill(self, template: str, lang: Lang) -> str:
        filled = {"value": self.value, "field": self.field, "row": self.row, **self.params}
        if lang == "en":
            filled |= {name.removesuffix(EN): text for name, text in self.params.items() if name.endswith(EN)}
        return template.format(**filled)


def errors(problems: Iterable[Problem]) -> list[Problem]:
    """Return only those that stop the work."""
    return [p for p in problems if p.severity == "error"]


def ordered(problems: Iterable[Problem]) -> list[Problem]:
    """Sort by file, then row, then code, as a reader goes through a document."""
    return sorted(problems, key=lambda p: (p.file, p.row or 0, p.code, p.field, p.value))
