"""Everything that is printed passes through here: language, problems, tables with Chinese columns, GBK consoles.

With `--json` nothing is printed: it all goes on a `Sheet`, which the command prints when it ends.
"""

import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from attrs import frozen
from wcwidth import wcswidth

from ssj_cli.console import echo
from ssj_cli.pulse import PULSE
from ssj_cli.sheet import Sheet
from ssj_cli.waiting import Waiting
from ssj_core.problems import Problem, ordered
from ssj_core.text import Lang, Text

_SEVERITY = {
    "error": Text("错误", "error"),
    "warning": Text("注意", "warning"),
    "note": Text("说明", "note"),
}


@frozen
class Voice(Waiting):
    """Speaks one language, aloud or (where there is a `sheet`) for a program to read."""

    lang: Lang
    sheet: Sheet | None = None

    def asks(self) -> bool:
        """Whether somebody is there to answer: at a terminal, and not a program that reads the answer."""
        return self.sheet is None and sys.stdin.isatty()

    @contextmanager
    def watched(self) -> Iterator[None]:
        """While a command runs, whoever sits at the terminal sees that it does."""
        if not (self.asks() and sys.stdout.isatty() and sys.stderr.isatty()):
            yield
            return
        with PULSE.beating(self.lang):
            yield

    def result(self, **values: Any) -> None:
        """What the command is about, for a program; a person reads it in the lines."""
        if self.sheet is not None:
            self.sheet.result.update(values)

    def add(self, name: str, **values: Any) -> None:
        """One more of several, for a program."""
        if self.sheet is not None:
            self.sheet.result.setdefault(name, []).append(values)

    def say(self, zh: str = "", en: str = "") -> None:
        """One line of the result, to standard output."""
        self._line(zh if self.lang == "zh" else en)

    def begin(self, question: Text) -> None:
        """A question, with the line left open for the answer; nothing where the question is empty."""
        if asked := question(self.lang):
            echo(asked + ("：" if self.lang == "zh" else ": "), nl=False)
        PULSE.ask()

    def text(self, text: Text, indent: int = 0) -> None:
        """One sentence of the core."""
        self._line(" " * indent + text(self.lang))

    def page(self, text: Text) -> None:
        """A text of several lines, each of them ours."""
        for line in text(self.lang).split("\n"):
            self._line(line)

    def problems(self, found: Iterable[Problem], total: bool = True) -> None:
        """All problems, each with place, code, message and remedy, to standard error; then, of errors, their number."""
        listed = ordered(found)
        if self.sheet is not None:
            self.sheet.problems += listed
            return
        for p in listed:
            severity, colon = _SEVERITY[p.severity](self.lang), "：" if self.lang == "zh" else ": "
            echo(f"{self._place(p)}{p.code} {severity}{colon}{p.message(self.lang)}", err=True)
            remedy = p.remedy(self.lang)
            for n, line in enumerate(remedy.split("\n") if remedy else ()):
                echo(f"    {'  ' if n else '→ '}{line}", err=True)
        errors = sum(p.severity == "error" for p in listed)
        if errors and total:
            self.error(f"共 {errors} 处错误。", f"{errors} error{'s' * (errors > 1)} in all.")

    def findings(self, found: Sequence[Problem], indent: int, said: set[str]) -> None:
        """What a verification found, as part of the result: code, place, message, remedy.

        A remedy that several share stands after the last of them; one that was `said` is not said again. Lines to be
        pasted stand on lines of their own, but not where the verifier speaks: there the words of others are in it.
        """
        remedies = [p.remedy(self.lang) if p.severity != "note" else "" for p in found]
        for n, (p, remedy) in enumerate(zip(found, remedies, strict=True)):
            self._line(f"{' ' * indent}{p.code} {self._place(p)}{p.message(self.lang)}")
            if remedy and remedy not in said | set(remedies[n + 1 :]):
                lines = [remedy] if p.code.startswith("SSJ-V") else remedy.split("\n")
                for first, line in enumerate(lines):
                    self._line(f"{' ' * indent}  {'  ' if first else '→ '}{line}")
                said.add(remedy)

    def error(self, zh: str, en: str) -> None:
        """One line to standard error."""
        self._line(zh if self.lang == "zh" else en, err=True)

    def table(self, header: Sequence[Text], rows: Iterable[Sequence[str]], indent: int = 2) -> None:
        """Columns aligned by the cells a terminal gives to each sign."""
        if self.sheet is not None:
            self.sheet.table(header, rows)
            return
        lines = [[h(self.lang) for h in header], *[list(r) for r in rows]]
        widths = [max(_width(line[n]) for line in lines) for n in range(len(header))]
        for line in lines:
            cells = (cell + " " * (widths[n] - _width(cell)) for n, cell in enumerate(line))
            echo((" " * indent + "  ".join(cells)).rstrip())

    def _line(self, line: str, err: bool = False) -> None:
        if self.sheet is None:
            echo(line, err=err)
        elif line.strip():
            self.sheet.lines.append(line.strip())

    def _place(self, p: Problem) -> str:
        if not p.file:
            return f"{p.field} " if p.field else ""
        row = ""
        if p.row is not None:
            row = f" 第 {p.row} 行" if self.lang == "zh" else f" line {p.row}"
        field = f" {p.field}" if p.field else ""
        return f"{p.file}{row}{field}：" if self.lang == "zh" else f"{p.file}{row}{field}: "


def typed(path: Path) -> str:
    """A path as it is typed on a command line: in quotes where it holds a blank."""
    text = str(path)
    return f'"{text}"' if any(c.isspace() for c in text) else text


def _width(text: str) -> int:
    return max(0, wcswidth(text))
