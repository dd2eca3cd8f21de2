"""Every table of a draw, opened and saved by a spreadsheet: refused loudly, by name, by both verifiers."""

import csv
import io
from collections.abc import Callable
from functools import cache
from typing import Final, Literal

import pytest

from ssj_core.verify import verify_draw
from tests.unit.finished import BOM, NAME, check_sentences, findings
from tests.vectors.spoiled.base import forged
from tests.vectors.spoiled.staged import staged, weighed
from tests.verifiers.independent import SSJ


def written(data: bytes, delimiter: str, quoting: Literal[0, 1]) -> bytes:
    """The same cells, as a spreadsheet set to other ways writes them."""
    rows = csv.reader(io.StringIO(data[3:].decode(), newline=""))
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, quoting=quoting, lineterminator="\n").writerows(rows)
    return BOM + out.getvalue().encode()


def turned(data: bytes) -> bytes:
    head, *rows = data.splitlines(keepends=True)
    return head + b"".join(rows[::-1])


EDITS: Final[dict[str, tuple[Callable[[bytes], bytes], str]]] = {
    "BOM lost": (lambda data: data.removeprefix(BOM), "SSJ-V031"),
    "CRLF": (lambda data: data.replace(b"\n", b"\r\n"), "SSJ-V032"),
    "semicolons": (lambda data: written(data, ";", csv.QUOTE_MINIMAL), "SSJ-V034"),
    "every cell in quotes": (lambda data: written(data, ",", csv.QUOTE_ALL), "SSJ-V035"),
    "turned round": (turned, "SSJ-V036"),
    "a line of commas below": (lambda data: data + b"," * data.partition(b"\n")[0].count(b",") + b"\n", "SSJ-V033"),
}


@cache
def draws() -> tuple[dict[str, bytes], ...]:
    """One with tickets, one with sites."""
    return forged(weighed()), forged(staged())


@pytest.mark.parametrize("edit", EDITS)
def test_every_table_however_a_spreadsheet_saves_it(edit: str) -> None:
    change, code = EDITS[edit]
    tables = set[str]()
    for files in draws():
        for name in [name for name in files if name.endswith(".csv")]:
            changed = {**files, name: change(files[name])}
            if changed == files:  # of one row or none
                continue
            tables.add(name)
            report = verify_draw(changed, NAME)
            found = findings(report)
            check_sentences(found)
            assert {("SSJ-V022", name), (code, name)} <= {(p.code, p.file) for p in found}, name
            assert report.arithmetic == SSJ.worst(SSJ.verify_draw(changed, NAME)) == "fails", name
    assert {"subjects.csv", "officers.csv", "drawn.csv", "teams.csv", "tickets.csv", "sites.csv"} <= tables
    assert {"excluded.csv", "recusals.csv", "site_draws.csv"} <= tables or edit == "turned round"
