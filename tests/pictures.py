"""Papers as pictures: pages of a PDF drawn with poppler, and where there is ink on them; no picture library needed."""

import re
import shutil
import subprocess
from pathlib import Path
from typing import Final, NamedTuple

DPI: Final = 60
_INK: Final = 160
_HEADER: Final = re.compile(rb"P5\s+(\d+)\s+(\d+)\s+255\s")

SOFFICE: Final = shutil.which("soffice")
POPPLER: Final = shutil.which("pdftoppm")


class Page(NamedTuple):
    """A page: how far its ink reaches (left, top, right, bottom, in millimetres), and the share that is inked."""

    left: float
    top: float
    right: float
    bottom: float
    inked: float


def pages(pdf: bytes, folder: Path) -> list[Page]:
    """Every page of a PDF."""
    path = folder / "pictured.pdf"
    path.write_bytes(pdf)
    drawn = folder / "pictured"
    shutil.rmtree(drawn, ignore_errors=True)
    drawn.mkdir()
    command = ["pdftoppm", "-gray", "-r", str(DPI), str(path), str(drawn / "page")]
    subprocess.run(command, check=True, capture_output=True)
    return [_page(one.read_bytes()) for one in sorted(drawn.glob("page-*.pgm"))]


def from_word(data: bytes, folder: Path) -> bytes:
    """A Word file as LibreOffice prints it."""
    assert SOFFICE is not None
    path = folder / "paper.docx"
    path.write_bytes(data)
    command = [SOFFICE, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", "pdf"]
    subprocess.run([*command, "--outdir", str(folder), str(path)], check=True, capture_output=True, timeout=300)
    return (folder / "paper.pdf").read_bytes()


def _page(pgm: bytes) -> Page:
    head = _HEADER.match(pgm)
    assert head is not None
    wide, high = int(head[1]), int(head[2])
    body = pgm[head.end() :]
    dark = bytes(1 if grey < _INK else 0 for grey in range(256))
    rows = [body[n * wide : (n + 1) * wide].translate(dark) for n in range(high)]
    inked = [n for n, row in enumerate(rows) if 1 in row]
    if not inked:
        return Page(0, 0, 0, 0, 0)
    left = min(rows[n].index(1) for n in inked)
    right = max(rows[n].rindex(1) for n in inked)
    mm = 25.4 / DPI
    share = sum(row.count(1) for row in rows) / (wide * high)
    return Page(left * mm, inked[0] * mm, (wide - right - 1) * mm, (high - inked[-1] - 1) * mm, share)
