"""Tables that were saved again or changed: the finding names the place, and what can be done."""

from typing import Final

import pytest
from attrs import evolve

from ssj_core.record import FILE
from ssj_core.verify import verify_draw
from tests.unit.finished import (
    BOM,
    NAME,
    Change,
    check_sentences,
    drawn,
    file,
    findings,
    finished,
    rows,
    sealed,
    text,
)
from tests.unit.spoiling import (
    ID,
    OFFICER,
    SUBJECT,
    Place,
    added_column,
    crlf,
    excel,
    moved_columns,
    quoted,
    reversed_rows,
    without_zeros,
)

FORMS: Final[dict[str, tuple[Change, list[str]]]] = {
    "BOM lost": (file("drawn.csv", lambda d: d[3:]), ["SSJ-V022", "SSJ-V031", "SSJ-V082"]),
    "CRLF": (file("drawn.csv", crlf), ["SSJ-V022", "SSJ-V032", "SSJ-V082"]),
    "CR": (file("teams.csv", lambda d: d.replace(b"\n", b"\r")), ["SSJ-V022", "SSJ-V032", "SSJ-V082"]),
    "needless quotes": (file("drawn.csv", quoted), ["SSJ-V022", "SSJ-V035", "SSJ-V082"]),
    "quotes lost around quotes": (
        text(SUBJECT, '"甲, ""乙"" 公司"', '甲, "乙" 公司'),
        ["SSJ-V022", "SSJ-V035", "SSJ-V041", "SSJ-V048"],
    ),
    "sorted otherwise": (rows("drawn.csv", reversed_rows), ["SSJ-V022", "SSJ-V036", "SSJ-V082"]),
    "teams sorted otherwise": (rows("teams.csv", reversed_rows), ["SSJ-V022", "SSJ-V036", "SSJ-V082"]),
    "a roster sorted otherwise": (rows(SUBJECT, reversed_rows), ["SSJ-V022", "SSJ-V036", "SSJ-V048"]),
    "a blank line": (file("drawn.csv", lambda d: d + b"\n"), ["SSJ-V022", "SSJ-V033", "SSJ-V082"]),
    "a line of commas": (file("drawn.csv", lambda d: d + b",,,,,\n"), ["SSJ-V022", "SSJ-V033", "SSJ-V082"]),
    "no last line end": (file("drawn.csv", lambda d: d[:-1]), ["SSJ-V022", "SSJ-V045", "SSJ-V082"]),
    "GB18030": (file(OFFICER, lambda d: d[3:].decode().encode("gb18030")), ["SSJ-V022", "SSJ-V030", "SSJ-V048"]),
    "UTF-16": (file(OFFICER, lambda d: d[3:].decode().encode("utf-16")), ["SSJ-V022", "SSJ-V030", "SSJ-V048"]),
    "semicolons": (
        file("drawn.csv", excel),
        ["SSJ-V022", "SSJ-V031", "SSJ-V032", "SSJ-V034", "SSJ-V082"],
    ),
    "tabs": (file("drawn.csv", lambda d: d.replace(b",", b"\t")), ["SSJ-V022", "SSJ-V034", "SSJ-V082"]),
    "a column added": (file("drawn.csv", added_column), ["SSJ-V022", "SSJ-V037", "SSJ-V082"]),
    "columns moved": (file("drawn.csv", moved_columns), ["SSJ-V022", "SSJ-V038", "SSJ-V082"]),
    "a plan with CRLF": (file("plan.toml", crlf), ["SSJ-V022", "SSJ-V032"]),
    "a plan with BOM": (file("plan.toml", lambda d: BOM + d), ["SSJ-V022", "SSJ-V046"]),
    "a plan in GB18030": (
        file("plan.toml", lambda d: d.decode().encode("gb18030")),
        ["SSJ-V022", "SSJ-V030", "SSJ-V010"],
    ),
    "a plan with blank lines": (file("plan.toml", lambda d: d + b"\n\n"), ["SSJ-V022", "SSJ-V033"]),
    "a plan without last line end": (file("plan.toml", lambda d: d[:-1]), ["SSJ-V022", "SSJ-V045"]),
    "a record with CRLF": (file(FILE, crlf), ["SSJ-V003", "SSJ-V032"]),
    "a record with BOM": (file(FILE, lambda d: BOM + d), ["SSJ-V003", "SSJ-V046"]),
    "a record in UTF-16": (file(FILE, lambda d: d.decode().encode("utf-16")), ["SSJ-V003", "SSJ-V030", "SSJ-V010"]),
}
"""Only the form was changed: it fails, and it is said that the content is what it was."""


@pytest.mark.parametrize("name", FORMS)
def test_a_file_that_was_only_saved_again_keeps_its_content_and_fails(name: str) -> None:
    change, codes = FORMS[name]
    changed = change(dict(finished()))
    (touched,) = [n for n in changed if changed[n] != finished()[n]]
    report = verify_draw(changed, NAME)
    assert report.arithmetic == "fails"
    assert [p.code for p in findings(report) if p.file == touched] == codes
    check_sentences(findings(report))
    assert "内容未变" in findings(report)[0].message("zh")
    assert "unchanged" in findings(report)[0].message("en")


def test_only_the_rows_moved_and_how_to_move_them_back() -> None:
    for name, zh, en in (
        (SUBJECT, "按编号", "the id"),
        ("drawn.csv", "按分层、序号", "stratum and rank"),
        ("teams.csv", "按抽中名单的次序、席位", "the order of the drawn list, then the place"),
    ):
        found = findings(verify_draw(rows(name, reversed_rows)(dict(finished())), NAME))
        moved = next(p for p in found if p.code == "SSJ-V036")
        assert (moved.file, f"{zh}排回去即可" in moved.message("zh")) == (name, True)
        assert f"sorting them by {en} brings them back" in moved.message("en")


TABLES: Final[dict[str, tuple[Change, list[str], Place]]] = {
    "a number rewritten": (
        text(SUBJECT, "test:0008", "9.135E+17"), ["SSJ-V021", "SSJ-V039", "SSJ-V063"],
        (SUBJECT, 2, ID),
    ),
    "a certificate rewritten": (
        text(OFFICER, ",0002,", ",1.30624E+17,"), ["SSJ-V021", "SSJ-V039", "SSJ-V051"], (OFFICER, 2, "执法证号"),
    ),
    "an id without its zeros": (
        text("drawn.csv", "test:00", "test:"), ["SSJ-V021", "SSJ-V040", "SSJ-V079"], ("drawn.csv", 2, ID),
    ),
    "certificates without their zeros": (
        file(OFFICER, without_zeros), ["SSJ-V021", "SSJ-V040", "SSJ-V051"],
        (OFFICER, 2, "执法证号"),
    ),
    "a column renamed": (
        text("drawn.csv", "结果", "结论"), ["SSJ-V021", "SSJ-V038", "SSJ-V048"], ("drawn.csv", 1, ""),
    ),
    "a cell too many": (
        text("drawn.csv", "抽中,", "抽中,,"), ["SSJ-V021", "SSJ-V041", "SSJ-V081", "SSJ-V079", "SSJ-V012"],
        ("drawn.csv", 2, ""),
    ),
    "an open quote": (
        text("drawn.csv", "抽中,", '"抽中,'), ["SSJ-V021", "SSJ-V042", "SSJ-V048"], ("drawn.csv", 6, ""),
    ),
    "a word for a number": (
        text(OFFICER, ",3,0", ",三,0"), ["SSJ-V021", "SSJ-V043", "SSJ-V048"], (OFFICER, 2, "本次上限"),
    ),
    "TRUE for a truth": (
        text(SUBJECT, ",否,", ",FALSE,"), ["SSJ-V021", "SSJ-V043", "SSJ-V048"], (SUBJECT, 2, "重点企业"),
    ),
    "values parted twice": (
        text(OFFICER, "；", "；；"), ["SSJ-V021", "SSJ-V043", "SSJ-V048"], (OFFICER, 2, "执法领域"),
    ),
    "a control character": (
        text(SUBJECT, "对象0", "对象\x1b0"), ["SSJ-V021", "SSJ-V044", "SSJ-V048"], (SUBJECT, 2, "名称"),
    ),
    "empty": (file(SUBJECT, lambda _: b""), ["SSJ-V021", "SSJ-V013", "SSJ-V048"], (SUBJECT, None, "")),
    "no text": (file(SUBJECT, lambda _: b"\xff\x00\x81"), ["SSJ-V021", "SSJ-V030", "SSJ-V048"], (SUBJECT, None, "")),
    "a drawn one made reserve": (
        text("drawn.csv", "抽中", "递补"), ["SSJ-V021", "SSJ-V079"], ("drawn.csv", 2, "结果"),
    ),
    "an officer in a team": (
        text("teams.csv", "officer:000", "officer:900"), ["SSJ-V021", "SSJ-V080"], ("teams.csv", 2, "执法检查人员"),
    ),
}  # fmt: skip
"""The content was changed; the first finding after the verdict on the file names the place."""


@pytest.mark.parametrize("name", TABLES)
def test_a_changed_table_fails_and_the_place_is_named(name: str) -> None:
    change, codes, place = TABLES[name]
    report = verify_draw(change(dict(finished())), NAME)
    found = [p for p in findings(report) if p.file == place[0]]
    assert report.arithmetic == "fails"
    assert list(dict.fromkeys(p.code for p in found)) == codes
    assert place in [(p.file, p.row, p.field) for p in found[1:]]
    assert "内容有改动" in found[0].message("zh")
    assert "the content was changed" in found[0].message("en")
    check_sentences(findings(report))


def test_what_a_lost_zero_should_be_is_said() -> None:
    for change, value, right in (
        (text("drawn.csv", "test:00", "test:"), "test:", "test:00"),
        (file(OFFICER, without_zeros), "2", "0002"),
    ):
        found = findings(verify_draw(change(dict(finished())), NAME))
        lost = next(p for p in found if p.code == "SSJ-V040")
        assert lost.value.startswith(value)
        assert lost.params["right"].startswith(right)
        assert lost.params["right"] in lost.message("en")


def test_a_lost_zero_is_known_from_another_place_whatever_else_was_changed() -> None:
    """The digest tells nothing then; the officer's own id does."""
    changed = text(OFFICER, "人员4", "人员九")(file(OFFICER, without_zeros)(dict(finished())))
    lost = [p for p in findings(verify_draw(changed, NAME)) if p.code == "SSJ-V040"]
    assert [(p.row, p.value, p.params["right"]) for p in lost] == [(2, "2", "0002"), (3, "3", "0003"), (5, "5", "0005")]


def test_zeros_that_stand_nowhere_else_are_found_by_the_digest() -> None:
    """A column of permits of one length, where the draw's own ids do not help."""
    subjects = tuple(evolve(s, parent=f"permit:{n:05}") for n, s in enumerate(sealed().subjects, start=7))
    honest = drawn(subjects=subjects)
    assert verify_draw(honest, NAME).arithmetic == "holds"
    changed = file(SUBJECT, lambda d: d.replace(b"permit:0000", b"permit:").replace(b"permit:000", b"permit:"))(honest)
    lost = [p for p in findings(verify_draw(changed, NAME)) if p.code == "SSJ-V040"]
    assert [(p.row, p.field, p.value, p.params["right"]) for p in lost[:2]] == [
        (2, "所属企业", "permit:7", "permit:00007"),
        (3, "所属企业", "permit:8", "permit:00008"),
    ]
