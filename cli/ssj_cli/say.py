"""Everything that is printed passes through here: language, problems, tables with Chinese columns, GBK consoles."""

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TextIO
from unicodedata import category

import click
from attrs import frozen
from wcwidth import wcswidth

from ssj_core.problems import Problem, ordered
from ssj_core.text import Lang, Text

_SEVERITY = {
    "error": Text("错误", "error"),
    "warning": Text("注意", "warning"),
    "note": Text("说明", "note"),
}


@frozen
class Voice:
    """Speaks one language."""

    lang: Lang

    def say(self, zh: str = "", en: str = "") -> None:
        """One line of the result, to standard output."""
        _echo(zh if self.lang == "zh" else en)

    def begin(self, question: Text) -> None:
        """A question, with the line left open for the answer; nothing where the question is empty."""
        if asked := question(self.lang):
            _echo(asked + ("：" if self.lang == "zh" else ": "), nl=False)

    def text(self, text: Text, indent: int = 0) -> None:
        """One sentence of the core."""
        _echo(" " * indent + text(self.lang))

    def page(self, text: Text) -> None:
        """A text of several lines, each of them ours."""
        for line in text(self.lang).split("\n"):
            _echo(line)

    def problems(self, found: Iterable[Problem], total: bool = True) -> None:
        """All problems, each with place, code, message and remedy, to standard error; then, of errors, their number."""
        listed = ordered(found)
        for p in listed:
            severity, colon = _SEVERITY[p.severity](self.lang), "：" if self.lang == "zh" else ": "
            _echo(f"{self._place(p)}{p.code} {severity}{colon}{p.message(self.lang)}", err=True)
            remedy = p.remedy(self.lang)
            if remedy:
                _echo(f"    → {remedy}", err=True)
        errors = sum(p.severity == "error" for p in listed)
        if errors and total:
            self.error(f"共 {errors} 处错误。", f"{errors} error{'s' * (errors > 1)} in all.")

    def findings(self, found: Sequence[Problem], indent: int, said: set[str]) -> None:
        """What a verification found, as part of the result: code, place, message, remedy.

        A remedy that several share stands after the last of them; one that was `said` is not said again.
        """
        remedies = [p.remedy(self.lang) if p.severity != "note" else "" for p in found]
        for n, (p, remedy) in enumerate(zip(found, remedies, strict=True)):
            _echo(f"{' ' * indent}{p.code} {self._place(p)}{p.message(self.lang)}")
            if remedy and remedy not in said | set(remedies[n + 1 :]):
                _echo(f"{' ' * indent}  → {remedy}")
                said.add(remedy)

    def error(self, zh: str, en: str) -> None:
        """One line to standard error."""
        _echo(zh if self.lang == "zh" else en, err=True)

    def table(self, header: Sequence[Text], rows: Iterable[Sequence[str]], indent: int = 2) -> None:
        """Columns aligned by the cells a terminal gives to each sign."""
        lines = [[h(self.lang) for h in header], *[list(r) for r in rows]]
        widths = [max(_width(line[n]) for line in lines) for n in range(len(header))]
        for line in lines:
            cells = (cell + " " * (widths[n] - _width(cell)) for n, cell in enumerate(line))
            _echo((" " * indent + "  ".join(cells)).rstrip())

    def _place(self, p: Problem) -> str:
        if not p.file:
            return f"{p.field} " if p.field else ""
        row = ""
        if p.row is not None:
            row = f" 第 {p.row} 行" if self.lang == "zh" else f" line {p.row}"
        field = f" {p.field}" if p.field else ""
        return f"{p.file}{row}{field}：" if self.lang == "zh" else f"{p.file}{row}{field}: "


def _echo(line: str = "", err: bool = False, nl: bool = True) -> None:
    """Print one line and nothing but one line: what a file holds cannot move the cursor or write lines of its own."""
    click.echo("".join(c if c.isprintable() or category(c) == "Zs" else _escaped(c) for c in line), err=err, nl=nl)


def _escaped(sign: str) -> str:
    return sign.encode("unicode_escape").decode()


def typed(path: Path) -> str:
    """A path as it is typed on a command line: in quotes where it holds a blank."""
    text = str(path)
    return f'"{text}"' if any(c.isspace() for c in text) else text


def _width(text: str) -> int:
    return max(0, wcswidth(text))


def survive_old_consoles() -> None:
    """A GBK console or pipe must not die on a rare character: print its code instead."""
    for stream in (sys.stdout, sys.stderr):
        _reconfigure(stream)


def _reconfigure(stream: TextIO) -> None:
    encoding = (getattr(stream, "encoding", "") or "").lower().replace("-", "")
    if encoding != "utf8" and hasattr(stream, "reconfigure"):
        stream.reconfigure(errors="backslashreplace")
