"""The clerk at the keyboard: one question, one line; Ctrl-C or Ctrl-D ends it all and nothing is written."""

import getpass
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final
from unicodedata import category

import click
from attrs import frozen

from ssj_cli.say import Voice
from ssj_core.text import Text

_YES: Final = frozenset({"是", "是的", "对", "好", "y", "yes"})
_NO: Final = frozenset({"否", "不", "不是", "n", "no"})
_LONGEST_LINE: Final = 4095
"""Bytes: a terminal of Linux drops what is typed or pasted beyond this in one line."""


@frozen
class Clerk:
    """Asks whoever sits at the terminal, in the language of `voice`, until the answer can be used.

    Every question raises `click.Abort` at Ctrl-C, Ctrl-D and the end of the input.
    """

    voice: Voice

    def ask(self, question: Text, default: str = "") -> str:
        """One line without outer blanks; the default, shown in brackets, where only Enter is pressed."""
        if default:
            question = Text(f"{question.zh}［{default}］", f"{question.en} [{default}]")
        return self._line(question, input).strip() or default

    def hidden(self, question: Text) -> str:
        """One line that is not shown while it is typed."""
        with _silence():
            return self._line(question, _read_hidden).strip()

    def agrees(self, question: Text) -> bool:
        """Yes or no, spelt out: Enter alone is neither."""
        while True:
            word = self.ask(Text(f"{question.zh}（是/否）", f"{question.en} (yes/no)")).lower()
            if word in _YES | _NO:
                return word in _YES
            self.voice.say("  请输入“是”或“否”。", "  Please type yes or no.")

    def choose(self, question: Text, choices: Mapping[int, Text]) -> int:
        """The number of one of the choices, which are shown with theirs."""
        for number, choice in choices.items():
            self.voice.say(f"  {number}  {choice.zh}", f"  {number}  {choice.en}")
        listed = [str(number) for number in choices]
        while True:
            word = self.ask(question)
            if word in listed:
                return int(word)
            self.voice.say(
                f"  请输入前面的序号：{'、'.join(listed)}。", f"  Please type the number in front: {', '.join(listed)}."
            )

    def document(self, question: Text) -> str:
        """A text of several lines, pasted and ended by an empty line, or the path of a file; empty for Enter alone."""
        while True:
            first = self._line(question, input)
            if not first.strip():
                return ""
            if not first.lstrip().startswith(("{", "-----")):
                if text := self._file(first.strip().strip("\"'")):
                    return text
                continue
            lines = [first]
            while (line := self._line(Text("", ""), input)).strip():
                lines.append(line)
            if all(len(line.encode()) < _LONGEST_LINE for line in lines):
                return "\n".join(lines)
            self.voice.say(
                "  有一行太长，终端没有全部收下。请存成文件，再输入文件的路径。",
                "  One line was too long for the terminal. Save the text as a file and type the path of that file.",
            )

    def _file(self, typed: str) -> str:
        path = Path(typed).expanduser().absolute()
        try:
            if text := path.read_bytes().decode("utf-8-sig"):
                return text
        except (OSError, ValueError):  # a decoding error is a ValueError, too
            pass
        self.voice.say(
            f"  {path} 打不开，或者不是 UTF-8 文本。请粘贴内容，或重新输入路径。",
            f"  {path} cannot be opened or is no UTF-8 text. Paste what it holds, or type the path again.",
        )
        return ""

    def _line(self, question: Text, read: Callable[[], str]) -> str:
        while True:
            self.voice.begin(question)
            try:
                typed = read().replace("\t", " ")
            except (EOFError, KeyboardInterrupt):
                click.echo()
                raise click.Abort from None
            except UnicodeDecodeError:
                typed = "\0"
            if all(c.isprintable() or category(c) == "Zs" for c in typed):
                return typed
            self.voice.say(
                "  这一行里有读不懂的字符，没有采用，请重新输入。",
                "  This line holds signs that cannot be read. It was not taken: please type it again.",
            )


if sys.platform == "win32":

    @contextmanager
    def _silence() -> Iterator[None]:
        """Nothing to do: what reads a line here shows nothing."""
        yield

    def _read_hidden() -> str:
        return getpass.getpass("")

else:
    import termios

    @contextmanager
    def _silence() -> Iterator[None]:
        """No echo. Unlike `getpass` it throws nothing away that was typed or pasted a moment too early."""
        keyboard = sys.stdin.fileno()
        before = termios.tcgetattr(keyboard)
        silent = termios.tcgetattr(keyboard)
        silent[3] &= ~termios.ECHO
        termios.tcsetattr(keyboard, termios.TCSADRAIN, silent)
        try:
            yield
        finally:
            termios.tcsetattr(keyboard, termios.TCSADRAIN, before)

    def _read_hidden() -> str:
        typed = input()
        click.echo()  # the end of the line was not shown either
        return typed
