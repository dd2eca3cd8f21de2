"""The same roster written otherwise gives the same root or is refused aloud, never silently another root."""

import unicodedata
from collections.abc import Callable
from io import BytesIO
from typing import Final

import pytest
from openpyxl import Workbook

from ssj_core.commitment import SubjectLine, roster_root
from ssj_core.problems import errors
from ssj_core.readers import ssj_roster_readers
from ssj_core.roster import RosterSpec, SubjectRoster, read_subjects
from ssj_core.roster.creditcode import check_character, organisation_character

READERS: Final = ssj_roster_readers()


def credit_code(number: int) -> str:
    """A sound code."""
    body = f"MA6Y{number:04}"
    first = f"91610528{body}{organisation_character(body)}"
    return first + check_character(first)


FIRMS: Final = tuple(credit_code(n) for n in range(1, 5))
PERMITS: Final = ("SG2021-0007", "陕建施[2021]1号", "ガス-1")
ROWS: Final = (
    ("统一社会信用代码", "施工许可证号", "企业名称", "监管类别", "信用风险等级"),
    *((code, "", f"示例{n}（陕西）公司", "建筑市场监督", "ABCD"[n]) for n, code in enumerate(FIRMS)),
    *(("", permit, f"工程{n}", "建筑市场监督", "B") for n, permit in enumerate(PERMITS)),
)
CSV: Final = "".join(",".join(row) + "\n" for row in ROWS)


def read(data: bytes) -> SubjectRoster:
    return read_subjects(data, RosterSpec(file="s.csv"), READERS)


def root(roster: SubjectRoster) -> str:
    return roster_root([SubjectLine(id=s.id, stratum=s.risk_class) for s in roster.rows])


ROOT: Final = root(read(CSV.encode()))


def changed(old: str, new: str) -> Callable[[], bytes]:
    def change() -> bytes:
        assert CSV.count(old) == 1, old
        return CSV.replace(old, new).encode()

    return change


def every(old: str, new: str) -> Callable[[], bytes]:
    return lambda: CSV.replace(old, new).encode()


def fully(text: str) -> str:
    """Full-width."""
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


def book(*cells: tuple[int, int, object, str]) -> bytes:
    """The roster in a spreadsheet, some cells otherwise: row, column, value, format."""
    made = Workbook()
    sheet = made.active
    assert sheet is not None
    for row in ROWS:
        sheet.append(row)
    for row_number, column, value, form in cells:
        cell = sheet.cell(row_number, column, value)
        cell.number_format = form
    out = BytesIO()
    made.save(out)
    return out.getvalue()


ONE: Final = FIRMS[0]
FIRST: Final = PERMITS[0]
MUTATIONS: Final[dict[str, tuple[Callable[[], bytes], str]]] = {
    # what: the bytes, and "same" or the problem with which they are refused
    "byte-order-mark": (lambda: b"\xef\xbb\xbf" + CSV.encode(), "same"),
    "utf-16": (lambda: CSV.encode("utf-16"), "same"),
    "gb18030": (lambda: CSV.encode("gb18030"), "same"),
    "carriage-returns": (every("\n", "\r\n"), "same"),
    "old-mac-line-ends": (every("\n", "\r"), "same"),
    "no-last-line-end": (lambda: CSV.rstrip("\n").encode(), "same"),
    "blank-lines": (every("\n", "\n\n"), "same"),
    "other-order": (lambda: ("".join([CSV.splitlines(True)[0], *CSV.splitlines(True)[:0:-1]])).encode(), "same"),
    "other-columns-order": (
        lambda: "".join(",".join(row[::-1]) + "\n" for row in ROWS).encode(), "same",
    ),
    "semicolons": (every(",", ";"), "same"),
    "tabs": (every(",", "\t"), "same"),
    "quotes-around-all": (
        lambda: "".join(",".join(f'"{c}"' for c in row) + "\n" for row in ROWS).encode(), "same",
    ),
    "decomposed": (lambda: unicodedata.normalize("NFD", CSV).encode(), "same"),
    "full-width-code": (changed(ONE, fully(ONE)), "same"),
    "full-width-permit": (changed(FIRST, fully(FIRST)), "same"),
    "lower-case": (changed(ONE, ONE.lower()), "same"),
    "lower-case-permit": (changed(FIRST, FIRST.lower()), "same"),
    "trailing-blanks": (changed(ONE, ONE + "   "), "same"),
    "leading-blanks": (changed(ONE, "  " + ONE), "same"),
    "blanks-within": (changed(ONE, f"{ONE[:8]} {ONE[8:]}"), "same"),
    "no-break-space": (changed(ONE, ONE + "\u00a0"), "same"),
    "wide-space": (changed(ONE, "\u3000" + ONE), "same"),
    "zero-width-space": (changed(ONE, f"{ONE[:5]}\u200b{ONE[5:]}"), "same"),
    "zero-width-joiner-permit": (changed(FIRST, f"{FIRST[:5]}\u200d{FIRST[5:]}"), "same"),
    "right-to-left-mark": (changed(FIRST, f"\u200f{FIRST}"), "same"),
    "soft-hyphen": (changed(ONE, f"{ONE[:5]}\xad{ONE[5:]}"), "same"),
    "apostrophe": (changed(ONE, "'" + ONE), "same"),
    "as-a-formula": (changed(ONE, f'"=""{ONE}"""'), "same"),
    "tab-within": (changed(ONE, f'"{ONE}\t"'), "same"),
    "line-end-within": (changed(ONE, f'"{ONE}\n"'), "same"),
    "risk-class-in-words": (changed(",D\n", ",D级\n"), "same"),
    "spreadsheet": (book, "same"),
    "latin-letter-for-a-digit": (changed(ONE, ONE.replace("0", "O", 1)), "SSJ-R020"),
    "cyrillic-letter": (changed(ONE, ONE.replace("M", "М", 1)), "SSJ-R020"),
    "cyrillic-letter-permit": (changed(FIRST, FIRST.replace("S", "Ѕ", 1)), "SSJ-R049"),
    "greek-letter-permit": (changed(FIRST, FIRST.replace("G", "\u0393", 1)), "SSJ-R049"),
    "dash-of-another-kind-permit": (changed(FIRST, FIRST.replace("-", "–")), "SSJ-R050"),
    "two-digits-changed-places": (changed(ONE, ONE[:2] + ONE[3] + ONE[2] + ONE[4:]), "SSJ-R022"),
    "leading-digit-lost": (changed(ONE, ONE[1:]), "SSJ-R019"),
    "leading-zero-won": (changed(ONE, "0" + ONE), "SSJ-R019"),
    "scientific": (changed(ONE, "9.16105E+17"), "SSJ-R018"),
    "a-number-in-a-spreadsheet": (lambda: book((2, 1, 916105280000000000, "0")), "SSJ-R018"),
    "a-row-twice": (lambda: (CSV + CSV.splitlines(True)[1]).encode(), "SSJ-R015"),
    "a-row-twice-in-another-form": (
        lambda: (CSV + CSV.splitlines(True)[1].replace(ONE, fully(ONE).lower())).encode(), "SSJ-R015",
    ),
    "a-bad-byte": (lambda: CSV.encode().replace("示例0".encode(), b"\xff\xff\xff"), "SSJ-F013"),
    "a-null": (changed(ONE, ONE[:6] + "\x00" + ONE[6:]), "SSJ-F017"),
    "a-line-cut-short": (lambda: CSV.encode()[: CSV.encode().index("工程0".encode())], "SSJ-R014"),
}  # fmt: skip
WARNED: Final = ("SSJ-R050",)
"""Told, but not refused: a number may truly have such a dash."""


def test_there_are_more_than_twenty_and_the_roster_is_read() -> None:
    assert len(MUTATIONS) >= 20
    assert [s.id for s in read(CSV.encode()).rows][:2] == [f"uscc:{FIRMS[0]}", f"uscc:{FIRMS[1]}"]
    assert not read(CSV.encode()).problems
    other = CSV.replace(",A\n", ",B\n").encode()
    assert root(read(other)) != ROOT


@pytest.mark.parametrize("what", MUTATIONS)
def test_the_same_root_or_a_loud_refusal(what: str) -> None:
    make, outcome = MUTATIONS[what]
    data = make()
    assert data != CSV.encode()
    roster = read(data)
    told = [p.code for p in roster.problems]
    assert root(roster) == ROOT if outcome == "same" else outcome in told, told
    assert bool(errors(roster.problems)) is (outcome not in ("same", *WARNED))
