"""Which cells of a marked workbook are red: conditional formats worked out as a spreadsheet does, as far as ours go."""

import io
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any, Final

from openpyxl.utils import column_index_from_string

SOFFICE: Final = shutil.which("soffice")
RED, YELLOW, BLUE = "FFFFC7CE", "FFFFEB9C", "FFDDEBF7"
_FOUND: Final = r'ISNUMBER\(FIND\(CHAR\(10\)&"((?:[^"]|"")*)",CHAR\(10\)&\$([A-Z]+)1\)\)'
_FORMULA: Final = re.compile(rf'AND\(LEN\("ssj-core"\)>0,OR\({_FOUND}(?:,{_FOUND})*\)\)')


def ours(sheet: Any) -> list[tuple[str, Any]]:
    """Range and rule of each of our conditional formats."""
    return [(str(one.sqref), rule) for one in sheet.conditional_formatting for rule in one.rules if _is_ours(rule)]


def colours(sheet: Any) -> dict[str, str]:
    """The colour that each cell is seen in, of those that have one of ours."""
    found: dict[str, str] = {}
    for ranges, rule in sorted(ours(sheet), key=lambda one: one[1].priority):
        assert _FORMULA.fullmatch(rule.formula[0]), "a formula that no spreadsheet understands"
        looked_for = re.findall(_FOUND, rule.formula[0])
        needles = [words.replace('""', '"') for words, _ in looked_for]
        (letters,) = {letters for _, letters in looked_for}
        for part in ranges.split():
            for row in sheet[part if ":" in part else f"{part}:{part}"]:
                told = sheet.cell(row[0].row, column_index_from_string(letters)).value
                if any(f"\n{needle}" in f"\n{told or ''}" for needle in needles):
                    for cell in row:
                        found.setdefault(cell.coordinate, rule.dxf.fill.bgColor.rgb)
    return found


def cells(sheet: Any, colour: str = RED) -> list[str]:
    """The cells of one colour, row by row."""
    found = colours(sheet)
    return [c.coordinate for row in sheet.iter_rows() for c in row if found.get(c.coordinate) == colour]


def converted(data: bytes, folder: Path, to: str) -> bytes:
    """A workbook as LibreOffice opens and saves it."""
    assert SOFFICE is not None
    path, out = folder / "given.xlsx", folder / "out"
    path.write_bytes(data)
    command = [SOFFICE, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", to]
    subprocess.run([*command, "--outdir", str(out), str(path)], check=True, capture_output=True, timeout=300)
    return (out / f"given.{to}").read_bytes()


def drawn(page: bytes) -> list[list[str]]:
    """The background of each cell of the first table of a page that LibreOffice made, empty where it has none."""
    table = re.search(r"<table.*?</table>", page.decode(), re.DOTALL)
    assert table is not None
    rows = re.findall(r"<tr.*?</tr>", table[0], re.DOTALL)
    return [[_background(cell) for cell in re.findall(r"<td[^>]*>", row)] for row in rows]


def _background(cell: str) -> str:
    found = re.search(r'bgcolor="#(\w{6})"', cell)
    return f"FF{found[1]}" if found else ""


def stream(book: Any) -> bytes:
    """The bytes of a workbook."""
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _is_ours(rule: Any) -> bool:
    return bool(rule.formula) and '"ssj-core"' in rule.formula[0]
