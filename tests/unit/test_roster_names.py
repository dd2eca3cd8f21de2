"""Names of subjects: none at all, or with signs that turn the direction of writing."""

import io
from typing import Final

import openpyxl

from ssj_core.desk.canonical import as_csv, canonical
from ssj_core.readers import ssj_roster_readers
from ssj_core.roster import RosterSpec, SubjectRoster, cross_check, read_officers, read_subjects

READERS: Final = ssj_roster_readers()
A: Final = "91610528MA6Y2AAA23"
B: Final = "91610528MA6Y2BBBXL"
C: Final = "91610528MA6Y2CCC7E"
HEAD: Final = "统一社会信用代码,企业名称,监管类别\n"


def read(text: str) -> SubjectRoster:
    return read_subjects(text.encode(), RosterSpec(file="s.csv"), READERS)


def told(roster: SubjectRoster) -> list[tuple[str, str, int | None]]:
    return [(p.code, p.severity, p.row) for p in roster.problems]


def test_a_subject_without_a_name_stays_in_the_draw_under_its_number() -> None:
    roster = read(f"{HEAD}{A},,安全\n{B},乙公司,安全\n")
    assert [row.name for row in roster.rows] == [f"{A}（名录未写名称）", "乙公司"]
    assert told(roster) == [("SSJ-R053", "note", 2)]
    assert A in roster.problems[0].message("zh")


def test_without_name_and_number_it_is_an_error() -> None:
    roster = read(f"{HEAD}{A},甲公司,安全\n,,安全\n")
    assert told(roster) == [("SSJ-R013", "error", 3), ("SSJ-R014", "error", 3)]


def test_of_a_text_cut_off_before_the_last_name_nobody_is_drawn() -> None:
    whole = f"{HEAD}{A},甲公司,安全\n{B},乙公司,安全\n"
    for cut in (f"{B},", B):
        roster = read(whole[: whole.index("乙")].removesuffix(f"{B},") + cut)
        assert ("SSJ-R014", "error", 3) in told(roster)
        assert [row.id for row in roster.rows] == [f"uscc:{A}"]
    assert told(read(f"{HEAD}{A},甲公司,安全\n{B},,\n")) == [("SSJ-R053", "note", 3)]


def test_a_workbook_is_not_cut_off_within_a_row() -> None:
    book, stream = openpyxl.Workbook(), io.BytesIO()
    for row in (["统一社会信用代码", "企业名称"], [A, "甲公司"], [B, None]):
        book.active.append(row)
    book.save(stream)
    roster = read_subjects(stream.getvalue(), RosterSpec(file="s.xlsx"), READERS)
    assert told(roster) == [("SSJ-R053", "note", 3)]


def test_a_person_without_a_name_goes_by_the_certificate() -> None:
    roster = read("证书编号,姓名,主体类型\n陕2000001,,人员\n陕2000002,赵甲,人员\n")
    assert [row.name for row in roster.rows] == ["陕2000001（名录未写名称）", "赵*"]


def test_the_clean_roster_leaves_the_name_out_and_is_read_again_as_the_same() -> None:
    roster = read(f"{HEAD}{A},,安全\n{B},乙公司,安全\n")
    again = read_subjects(as_csv(canonical(roster)), RosterSpec(file="s.csv"), READERS)
    assert [row.name for row in again.rows] == [row.name for row in roster.rows]
    assert [p.code for p in again.problems] == ["SSJ-R053"]


def test_signs_of_direction_are_told_and_kept_but_do_not_make_another_name() -> None:
    roster = read(f"{HEAD}{A},甲\u202e司公\u202c,安全\n{B},\u2067乙公司\u2069,安全\n{C},甲司公,安全\n")
    assert [row.name for row in roster.rows] == ["甲\u202e司公\u202c", "\u2067乙公司\u2069", "甲司公"]
    assert told(roster) == [("SSJ-R057", "note", 2), ("SSJ-R057", "note", 3), ("SSJ-R016", "error", 4)]
    assert "U+202E、U+202C" in roster.problems[0].message("zh")


def test_a_recusal_finds_a_name_with_such_signs() -> None:
    subjects = read(f"{HEAD}{A},甲\u202e司公\u202c,安全\n")
    people = "姓名,执法证号,有效期止,执法领域,回避对象\n赵甲,27001,长期,安全,甲司公\n"
    officers = read_officers(people.encode(), RosterSpec(file="o.csv"), READERS)
    assert not cross_check(subjects, officers)


def test_zero_width_signs_and_signs_of_direction_elsewhere_are_dropped() -> None:
    roster = read(f"统一社会信用代码,企业名称,住所\n\u2066{A}\u2069,甲\u200b公司\ufeff,东\u202e街\n")
    (row,) = roster.rows
    assert (row.id, row.name, row.address) == (f"uscc:{A}", "甲公司", "东街")


def test_signs_left_out_are_counted_in_one_note_of_the_file() -> None:
    rows = [f"{A},甲\u200b公司\ufeff,安\u2060全,备\u200b考", f"{B},乙公司,安全,", f"{C},丙\u202e公司,安\u202e全,"]
    roster = read(HEAD.replace("\n", ",从未听说\n") + "\n".join(rows) + "\n")
    (told,) = [p for p in roster.problems if p.code == "SSJ-R068"]
    assert (told.severity, told.row, told.params["count"], told.params["rows"]) == ("note", None, "3", "2、4")
    assert told.params["signs"] == "U+200B、U+FEFF、U+2060、U+202E"
    assert [row.sectors for row in roster.rows] == [("安全",)] * 3
    assert "SSJ-R068" not in {p.code for p in read(f"{HEAD}{A},丙\u202e公司,安 全\t\n").problems}


def test_no_direction_is_kept_in_the_name_of_an_officer_so_it_is_counted() -> None:
    people = "姓名,执法证号,有效期止,执法领域\n赵\u202e甲,27001,长期,安全\n"
    roster = read_officers(people.encode(), RosterSpec(file="o.csv"), READERS)
    assert [row.name for row in roster.rows] == ["赵甲"]
    assert [p.params["count"] for p in roster.problems if p.code == "SSJ-R068"] == ["1"]


def test_a_telephone_in_a_name_is_found_whatever_turns_it() -> None:
    roster = read(f"{HEAD}{A},甲公司1390\u202e0001111,安全\n")
    assert [p.code for p in roster.problems] == ["SSJ-R047"]
    assert "139" not in roster.rows[0].name


def test_a_name_of_signs_of_direction_alone_is_none() -> None:
    assert told(read(f"{HEAD}{A},\u202e\u200f,安全\n")) == [("SSJ-R053", "note", 2)]
