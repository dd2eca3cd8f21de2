"""Tables have one form: what is written can be read back, and nothing but what was written can be read."""

import csv
import io
from collections.abc import Callable
from typing import Any

import pytest

from ssj_core.tables import (
    FILES,
    HEADERS,
    SEALED_FILES,
    DrawnRow,
    ExcludedRow,
    OfficerRow,
    RecusalRow,
    SiteDrawRow,
    SiteRow,
    SubjectRow,
    TableError,
    TeamRow,
    TicketsRow,
    decode_table,
    encode_table,
)

OFFICERS = (
    OfficerRow(id="officer:1", name="子", section="一股", certificate="C,1", fields=("a", "b"), cap=3, history=0),
    OfficerRow(id="officer:2", name='丑"', section="", certificate="", fields=(), cap=10, history=2),
)
DATA = (
    "\ufeff编号,姓名,股室,执法证号,执法领域,本次上限,已有次数\n"
    'officer:1,子,一股,"C,1",a；b,3,0\n'
    'officer:2,"丑""",,,,10,2\n'
).encode()

EXAMPLES: dict[type, Any] = {
    SubjectRow: SubjectRow(
        id="uscc:1", name="甲", kind="企业", stratum="x/未抽过", sectors=("a",), section="", area="", address="",
        risk_class="A", key=True, parent="",
    ),
    OfficerRow: OFFICERS[0],
    ExcludedRow: ExcludedRow(unit="检查对象", id="uscc:1", name="甲", rule="x.y", reason="因"),
    RecusalRow: RecusalRow(subject="uscc:1", officer="officer:1", rule="x.y", reason="因"),
    DrawnRow: DrawnRow(stratum="x", rank=1, outcome="抽中", id="uscc:1", name="甲", ticket="0" * 64),
    TeamRow: TeamRow(
        subject="uscc:1", name="甲", place=1, role="主办", officer="officer:1", officer_name="子", section=""
    ),
    TicketsRow: TicketsRow(id="uscc:1", tickets=3),
    SiteRow: SiteRow(id="permit:1", name="一期", kind="工程项目", area="", address="", subject="uscc:1"),
    SiteDrawRow: SiteDrawRow(
        subject="uscc:1", rank=1, outcome="抽中", id="permit:1", name="一期", ticket="0" * 64
    ),
}  # fmt: skip


def changed(old: str, new: str) -> bytes:
    text = DATA.decode()
    assert old in text
    return text.replace(old, new, 1).encode()


def test_the_form_to_the_byte() -> None:
    assert encode_table(OfficerRow, OFFICERS) == DATA
    assert decode_table(OfficerRow, DATA) == OFFICERS


@pytest.mark.parametrize("row_type", FILES.values(), ids=list(FILES))
def test_every_table_can_be_written_and_read(row_type: type) -> None:
    rows = (EXAMPLES[row_type],)
    data = encode_table(row_type, rows)
    assert decode_table(row_type, data) == rows
    assert decode_table(row_type, encode_table(row_type, ())) == ()
    assert next(csv.reader(io.StringIO(data.decode("utf-8-sig")))) == list(HEADERS[row_type])


def test_every_table_has_a_file_and_sealed_ones_come_first() -> None:
    assert set(FILES.values()) == set(HEADERS) == set(EXAMPLES)
    assert tuple(FILES)[: len(SEALED_FILES)] == SEALED_FILES
    assert len({HEADERS[t] for t in HEADERS}) == len(HEADERS)


VARIANTS: dict[str, Callable[[], bytes]] = {
    "crlf": lambda: DATA.replace(b"\n", b"\r\n"),
    "cr": lambda: DATA.replace(b"\n", b"\r"),
    "one crlf": lambda: changed("3,0\n", "3,0\r\n"),
    "no BOM": lambda: DATA[3:],
    "two BOMs": lambda: DATA[:3] + DATA,
    "gb18030": lambda: DATA.decode("utf-8-sig").encode("gb18030"),
    "utf-16": lambda: DATA.decode("utf-8-sig").encode("utf-16"),
    "empty": lambda: b"",
    "only BOM": lambda: DATA[:3],
    "no last LF": lambda: DATA[:-1],
    "blank line at the end": lambda: DATA + b"\n",
    "blank line inside": lambda: changed("3,0\n", "3,0\n\n"),
    "blank line first": lambda: changed("\ufeff", "\ufeff\n"),
    "quotes where none are needed": lambda: changed("一股", '"一股"'),
    "quoted header": lambda: changed("编号", '"编号"'),
    "quotes left out": lambda: changed('"丑"""', '丑"'),
    "quote never closed": lambda: DATA + b'"x',
    "text after a quote": lambda: changed('"C,1"', '"C,1"x'),
    "another header": lambda: changed("姓名", "名称"),
    "header of another table": lambda: encode_table(SubjectRow, ()),
    "column missing": lambda: changed(",3,0\n", ",3\n"),
    "column too many": lambda: changed(",3,0\n", ",3,0,\n"),
    "semicolons": lambda: DATA.replace(b",", b";"),
    "trailing space": lambda: changed("3,0\n", "3,0 \n"),
    "space before a number": lambda: changed(",3,0\n", ", 3,0\n"),
    "leading zero": lambda: changed(",3,0\n", ",03,0\n"),
    "plus sign": lambda: changed(",3,0\n", ",+3,0\n"),
    "minus zero": lambda: changed(",3,0\n", ",3,-0\n"),
    "underscore": lambda: changed(",10,2", ",1_0,2"),
    "full-width digit": lambda: changed(",3,0\n", ",３,0\n"),
    "decimal": lambda: changed(",3,0\n", ",3.0,0\n"),
    "no number": lambda: changed(",3,0\n", ",x,0\n"),
    "empty number": lambda: changed(",3,0\n", ",,0\n"),
    "huge number": lambda: changed(",3,0\n", f",{'9' * 5000},0\n"),
    "not NFC": lambda: changed("子", "e\u0301"),
    "line break in a cell": lambda: changed("子", '"子\n丑"'),
    "tab": lambda: changed("子", "子\t"),
    "NUL": lambda: changed("子", "\x00"),
    "C1 control": lambda: changed("子", "\x85"),
    "surrogate": lambda: DATA.replace("子".encode(), b"\xed\xa0\x80"),
    "cut inside a character": lambda: DATA.replace("子".encode(), "子".encode()[:2]),
    "empty part": lambda: changed("a；b", "a；；b"),
    "separator at the end": lambda: changed("a；b", "a；b；"),
    "sep= line of Excel": lambda: changed("\ufeff", "\ufeffsep=,\n"),
}


@pytest.mark.parametrize("variant", VARIANTS)
def test_any_other_form_is_refused(variant: str) -> None:
    data = VARIANTS[variant]()
    assert data != DATA
    with pytest.raises(TableError) as caught:
        decode_table(OfficerRow, data)
    assert str(caught.value)


def test_order_is_content_and_not_form() -> None:
    """Other orders of rows, and rows twice, can be read: they are other tables with other digests, said elsewhere."""
    head, one, other = DATA.splitlines(keepends=True)
    assert decode_table(OfficerRow, head + other + one) == OFFICERS[::-1]
    assert decode_table(OfficerRow, head + one + one) == (OFFICERS[0], OFFICERS[0])


@pytest.mark.parametrize("word", ["", "true", "1", "Y", "是 ", "不是"])
def test_yes_and_no_are_two_words(word: str) -> None:
    data = encode_table(SubjectRow, [EXAMPLES[SubjectRow]]).decode()
    assert ",是," in data
    assert not decode_table(SubjectRow, data.replace(",是,", ",否,").encode())[0].key
    with pytest.raises(TableError, match="key"):
        decode_table(SubjectRow, data.replace(",是,", f",{word},").encode())


@pytest.mark.parametrize(
    "name", ["a\nb", "a\rb", "\t", "\x00", "\x1f", "\x7f", "\x85", "甲\n", "e\u0301", "\u212b", "\ud800"], ids=ascii
)
@pytest.mark.parametrize("place", ["name", "fields"])
def test_what_cannot_be_hashed_is_not_written(name: str, place: str) -> None:
    more: dict[str, Any] = {"name": "子", "fields": ()} | {place: name if place == "name" else (name,)}
    row = OfficerRow(id="officer:1", section="", certificate="", cap=0, history=0, **more)
    with pytest.raises(ValueError, match=r"control character|NFC"):
        encode_table(OfficerRow, [row])


@pytest.mark.parametrize("parts", [("a；b",), ("a", "；"), ("",), ("a", "")])
def test_parts_that_could_not_be_told_apart_are_not_written(parts: tuple[str, ...]) -> None:
    row = OfficerRow(id="officer:1", name="子", section="", certificate="", fields=parts, cap=0, history=0)
    with pytest.raises(ValueError, match="separator"):
        encode_table(OfficerRow, [row])


def test_a_row_number_is_the_line_in_the_file() -> None:
    with pytest.raises(TableError, match="row 3 "):
        decode_table(OfficerRow, DATA.replace(b",10,2", b",10"))
    with pytest.raises(TableError, match=r"row 2: 'x' cannot be a cap"):
        decode_table(OfficerRow, changed(",3,0\n", ",x,0\n"))
