"""Lines on a screen: nothing that a file holds moves the cursor, and an old console survives a rare character."""

import sys
from typing import TextIO
from unicodedata import category

import click

from ssj_cli.pulse import PULSE


def echo(line: str = "", err: bool = False, nl: bool = True) -> None:
    """Print one line and nothing but one line: what a file holds cannot move the cursor or write lines of its own."""
    with PULSE.aside():
        click.echo(visible(line), err=err, nl=nl)


def visible(line: str) -> str:
    """A text with the codes of those of its signs that nobody would see."""
    return "".join(c if c.isprintable() or category(c) == "Zs" else _escaped(c) for c in line)


def _escaped(sign: str) -> str:
    return sign.encode("unicode_escape").decode()


def survive_old_consoles() -> None:
    """A GBK console or pipe must not die on a rare character: print its code instead."""
    for stream in (sys.stdout, sys.stderr):
        _reconfigure(stream)


def _reconfigure(stream: TextIO) -> None:
    encoding = (getattr(stream, "encoding", "") or "").lower().replace("-", "")
    if encoding != "utf8" and hasattr(stream, "reconfigure"):
        stream.reconfigure(errors="backslashreplace")
