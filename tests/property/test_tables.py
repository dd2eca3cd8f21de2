"""Whatever rows there are: written and read back they are the same, and no other bytes give them."""

import unicodedata
from collections.abc import Mapping

import pytest
from attrs import fields
from hypothesis import assume, example, given
from hypothesis import strategies as st

from ssj_core.tables import FILES, OfficerRow, SubjectRow, TableError, decode_table, encode_table

NASTY = st.sampled_from(
    [",", '"', '""', " ", "，", "；", "'", "=1", "\ufeff", "\u2028", "\u200b", "是", "#", "\\", "\U00020000"]
)
CELL = st.lists(st.one_of(NASTY, st.characters(exclude_categories=("Cc", "Cs"))), max_size=6).map("".join)


TEXT = CELL.map(lambda t: unicodedata.normalize("NFC", t))
PART = TEXT.map(lambda t: t.replace("；", "")).filter(bool)
OF: Mapping[object, st.SearchStrategy[object]] = {
    str: TEXT,
    int: st.integers(min_value=0, max_value=10**6),
    bool: st.booleans(),
    tuple[str, ...]: st.lists(PART, max_size=3).map(tuple),
}


def rows_of(row_type: type) -> st.SearchStrategy[list[object]]:
    made = {a.name: OF[a.type] for a in fields(row_type)}
    return st.lists(st.builds(row_type, **made), max_size=3)


@pytest.mark.parametrize("row_type", FILES.values(), ids=list(FILES))
@given(data=st.data())
def test_round_trip(row_type: type, data: st.DataObject) -> None:
    rows = data.draw(rows_of(row_type))
    encoded = encode_table(row_type, rows)
    assert list(decode_table(row_type, encoded)) == rows
    assert encode_table(row_type, decode_table(row_type, encoded)) == encoded


@given(data=st.data())
def test_what_is_read_is_what_would_be_written(data: st.DataObject) -> None:
    """Change bytes at will: either the table is refused, or it is the canonical form of what was read."""
    encoded = encode_table(OfficerRow, data.draw(rows_of(OfficerRow)))
    at = data.draw(st.integers(0, len(encoded)))
    length = data.draw(st.integers(0, 3))
    piece = data.draw(st.one_of(st.binary(max_size=3), st.sampled_from([b"\r", b"\n", b'"', b",", b" ", b"0", b"1"])))
    other = encoded[:at] + piece + encoded[at + length :]
    try:
        read = decode_table(OfficerRow, other)
    except TableError:
        return
    assert encode_table(OfficerRow, read) == other


@given(st.binary(max_size=60))
@example(b"\xef\xbb\xbf")
@example(b'\xef\xbb\xbf"')
def test_anything_else_is_a_table_error(data: bytes) -> None:
    for row_type in FILES.values():
        with pytest.raises(TableError):
            decode_table(row_type, data)


@given(rows_of(SubjectRow), rows_of(SubjectRow))
def test_other_rows_are_other_bytes(one: list[object], other: list[object]) -> None:
    assume(one != other)
    assert encode_table(SubjectRow, one) != encode_table(SubjectRow, other)
