"""Whatever bytes come in, only problems come out; and the order of the rows does not matter."""

import csv
import io
from collections.abc import Sequence
from typing import Final

import xlsxwriter
from attrs import evolve
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ssj_core.readers import ssj_roster_readers
from ssj_core.readers.decode import decode
from ssj_core.readers.model import ReadOptions
from ssj_core.roster import RosterSpec, cross_check, read_officers, read_subjects
from ssj_core.roster.creditcode import LETTERS, check_character, faults, organisation_character

READERS: Final = ssj_roster_readers()
HEADER: Final = (
    "统一社会信用代码",
    "企业名称",
    "重点企业",
    "上次检查日期",
    "有效期",
    "请假期间",
    "执法证号",
    "姓名",
    "回避人员",
)


def as_csv(rows: Sequence[Sequence[str]], encoding: str = "utf-8") -> bytes:
    stream = io.StringIO()
    csv.writer(stream).writerows(rows)
    return stream.getvalue().encode(encoding)


def as_xlsx() -> bytes:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream)
    sheet = book.add_worksheet("名单")
    sheet.write_row(0, 0, HEADER)
    sheet.write_row(1, 0, ["91610528MA6Y2AAA23", "甲", "是", 44211, 44211, 44211, 27001, "赵甲", "赵甲"])
    book.close()
    return stream.getvalue()


GOOD: Final = (
    as_csv([HEADER, ("91610528MA6Y2AAA23", "甲", "是", "2021-01-15", "长期", "2021-01-15", "27001", "赵甲", "赵甲")]),
    as_xlsx(),
)


def swallow(data: bytes, spec: RosterSpec) -> None:
    subjects = read_subjects(data, spec, READERS)
    officers = read_officers(data, spec, READERS)
    for one in (*subjects.problems, *officers.problems, *cross_check(subjects, officers)):
        assert one.message("zh")
        assert one.remedy("en")


@given(st.binary(max_size=300), st.sampled_from(["", "readers.csv", "readers.xlsx"]))
@example(b"\xff\xfe\x00", "")
@example(b"PK\x03\x04xl/workbook.xml", "")
def test_any_bytes_give_problems_and_no_traceback(data: bytes, reader: str) -> None:
    """Random bytes never raise."""
    swallow(data, RosterSpec(file="x", reader=reader))


@given(st.sampled_from(GOOD), st.data())
@settings(max_examples=60)
def test_damaged_good_files_give_problems_and_no_traceback(good: bytes, data: st.DataObject) -> None:
    """A good file with some bytes changed, cut out or put in never raises."""
    damaged = bytearray(good)
    for _ in range(data.draw(st.integers(1, 4))):
        begin = data.draw(st.integers(0, len(damaged)))
        end = min(len(damaged), begin + data.draw(st.integers(0, 4)))
        damaged[begin:end] = data.draw(st.binary(max_size=4))
    swallow(bytes(damaged), RosterSpec(file="x"))


cells = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)


@given(st.lists(st.tuples(*[cells] * len(HEADER)), max_size=4))
def test_any_cells_give_problems_and_no_traceback(rows: list[tuple[str, ...]]) -> None:
    """Cells of any text under good headers never raise; what is read has sound ids and names."""
    data = as_csv([HEADER, *rows])
    swallow(data, RosterSpec(file="x"))
    for row in read_officers(data, RosterSpec(file="x"), READERS).rows:
        assert row.name
        assert row.id.startswith("officer:")


bodies = st.text(LETTERS, min_size=8, max_size=8)
heads = st.sampled_from([*"123456789ANY"])


@st.composite
def credit_codes(draw: st.DrawFn) -> str:
    region = f"{draw(st.integers(0, 999999)):06d}"
    body = draw(bodies)
    first: str = draw(heads) + draw(st.sampled_from(LETTERS)) + region + body + organisation_character(body)
    return first + check_character(first)


@given(credit_codes())
def test_made_credit_codes_are_sound(code: str) -> None:
    """Every code made by the standard passes."""
    assert faults(code) == ()


@given(credit_codes(), st.integers(0, 17), st.sampled_from("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
def test_one_changed_character_is_always_noticed(code: str, place: int, letter: str) -> None:
    """No single slip goes unnoticed, whatever the place."""
    wrong = code[:place] + letter + code[place + 1 :]
    errors = [fault for fault in faults(wrong) if fault.problem != "SSJ-R023"]
    assert bool(errors) == (wrong != code)


@given(st.permutations(range(6)))
def test_permuting_the_rows_permutes_the_subjects(order: list[int]) -> None:
    """The order of the file is the order of the result, and changes nothing else."""
    rows = [("统一社会信用代码", "企业名称"), *((f"91610528{'MA6Y2AA'}{n}", f"第{n}家") for n in range(6))]
    sound = [("施工许可证号", "项目名称"), *((code, name) for code, name in rows[1:])]
    plain = read_subjects(as_csv(sound), RosterSpec(file="x"), READERS).rows
    mixed = read_subjects(as_csv([sound[0], *(sound[1 + n] for n in order)]), RosterSpec(file="x"), READERS).rows
    assert [evolve(row, row=0) for row in mixed] == [evolve(plain[n], row=0) for n in order]


names = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=3, max_size=8)


@given(st.lists(names, min_size=1, max_size=5), st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "utf-16"]))
def test_text_survives_every_encoding(lines: list[str], encoding: str) -> None:
    """What was encoded is decoded again, with the encoding found."""
    content = "统一社会信用代码,企业名称\n" + "\n".join(lines)
    text, found, problems = decode(content.encode(encoding), ReadOptions(file="x"))
    assert (text, found, problems) == (content, encoding, ())
