"""Tables whose long cells are folded to the width of the terminal, by the cells that each sign takes."""

import re
import shutil
from collections.abc import Sequence
from typing import Final

from wcwidth import wcswidth, wcwidth

from ssj_cli.say import Voice
from ssj_core.text import Text

_GAP: Final = 2
_NARROW, _WIDE, _PIPED = 72, 120, 100
_UNIT: Final = re.compile(r"[（《“【]*(?:[!-~]*?[a-z0-9][._/](?=[a-z])|[!-~]+ ?|.)[，。；、）》”】：]*", re.DOTALL)
"""What is not torn apart: a part of an id; a sign with brackets that open before and points that close after it."""


def grid(voice: Voice, header: Sequence[Text], rows: Sequence[Sequence[str]], shares: Sequence[int]) -> None:
    """Print a table; column n gets what it needs, and of what is left over `shares[n]` parts."""
    if voice.sheet is not None:
        voice.sheet.table(header, rows)
        return
    lines = [[h(voice.lang) for h in header], *(list(row) for row in rows)]
    widths = _widths(lines, shares, min(_WIDE, max(_NARROW, shutil.get_terminal_size((_PIPED, 24)).columns)))
    for line in lines:
        folded = [fold(cell, width) for cell, width in zip(line, widths, strict=True)]
        for n in range(max(len(cell) for cell in folded)):
            parts = [cell[n] if n < len(cell) else "" for cell in folded]
            text = (" " * _GAP).join(p + " " * (w - _cells(p)) for p, w in zip(parts, widths, strict=True)).rstrip()
            voice.text(Text(text, text))


def fold(text: str, width: int) -> list[str]:
    """The lines of a cell, none wider than `width` unless one sign is."""
    made: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for unit in (piece for whole in _UNIT.findall(paragraph) for piece in _pieces(whole, width)):
            if line and _cells((line + unit).rstrip()) > width:
                made.append(line.rstrip())
                line = ""
            line += unit
        made.append(line.rstrip())
    return made


def _pieces(unit: str, width: int) -> list[str]:
    """A unit that is wider than a line, in parts."""
    if _cells(unit.rstrip()) <= width:
        return [unit]
    made = [""]
    for sign in unit:
        if made[-1] and _cells(made[-1] + sign) > width:
            made.append("")
        made[-1] += sign
    return made


def _widths(lines: Sequence[Sequence[str]], shares: Sequence[int], total: int) -> list[int]:
    needed = [max(max(_cells(part) for part in line[n].split("\n")) for line in lines) for n in range(len(shares))]
    widths = [w if not share else 0 for w, share in zip(needed, shares, strict=True)]
    left = total - sum(widths) - _GAP * (len(shares) - 1)
    sharing = [n for n, share in enumerate(shares) if share]
    while sharing:  # whoever needs less than the share gives the rest to the others
        parts = sum(shares[n] for n in sharing)
        small = [n for n in sharing if needed[n] * parts <= left * shares[n]]
        for n in small or sharing:
            widths[n] = needed[n] if small else max(8, left * shares[n] // parts)
        left -= sum(widths[n] for n in small)
        sharing = [n for n in sharing if n not in small] if small else []
    return widths


def _cells(text: str) -> int:
    width = wcswidth(text)
    return width if width >= 0 else sum(max(0, wcwidth(sign)) for sign in text)
