"""Every finding about one draw has its own code, says where it is, and what can be done."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ssj_core.verify import forms, single, verify_draw
from tests.unit.finished import (
    BOM,
    LANGS,
    NAME,
    check_sentences,
    file,
    findings,
    finished,
    rehashed,
    rows,
)
from tests.unit.spoiling import OFFICER, crlf
from tests.unit.test_verify_codes_records import RECORDS
from tests.unit.test_verify_codes_tables import FORMS, TABLES


def test_many_findings_are_counted() -> None:
    found = findings(verify_draw(rows("drawn.csv", lambda lines: lines[1:])(dict(finished())), NAME))
    many = [p for p in found if p.code == "SSJ-V012"]
    assert [(p.severity, p.file) for p in many] == [("note", "drawn.csv")]
    assert int(many[0].value) > 1
    assert [p.value for p in found if p.code == "SSJ-V081"] == [str(len(finished()["drawn.csv"].splitlines()) - 2)]
    check_sentences(found)


def test_what_the_reader_of_forms_does_not_see_is_refused_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(single, "read", lambda *_: forms.Reading(problems=()))
    found = findings(verify_draw(rehashed(file(OFFICER, crlf))(dict(finished())), NAME))
    assert ("SSJ-V047", OFFICER) in [(p.code, p.file) for p in found]
    check_sentences(found)


@pytest.mark.parametrize(
    ("error", "zh", "en"),
    [
        (MemoryError(), "（内存不够）", "(out of memory)"),
        (RecursionError("maximum recursion depth exceeded"), "（一层套一层，套得太深）", "(too deeply nested)"),
        (OverflowError("cannot convert"), "（数字太大）", "(a number is too large)"),
        (KeyError("s0"), "（有程序没有料到的内容，原文：KeyError: 's0'）", "(something unforeseen, KeyError: 's0')"),
    ],
)
def test_what_is_too_much_for_the_verifier_cannot_be_told(
    monkeypatch: pytest.MonkeyPatch, error: Exception, zh: str, en: str
) -> None:
    def full(*_: object) -> bool:
        raise error

    monkeypatch.setattr(single, "closing_holds", full)
    report = verify_draw(finished(), NAME)
    assert (report.arithmetic, [p.code for p in findings(report)]) == ("unknown", ["SSJ-V001"])
    (found,) = findings(report)
    assert zh in found.message("zh")
    assert en in found.message("en")
    check_sentences([found])


def test_errors_fail_warnings_cannot_tell_and_notes_hold() -> None:
    """The severity of a code of the verifier is the answer it gives."""
    changes = [c for c, _ in FORMS.values()] + [c for c, _, _ in TABLES.values()] + [c for c, *_ in RECORDS.values()]
    for change in changes:
        for step in verify_draw(change(dict(finished())), NAME).steps:
            severities = {p.severity for p in step.details}
            answer = "fails" if "error" in severities else "unknown" if "warning" in severities else "holds"
            assert step.status == answer


@given(st.sampled_from(sorted(finished())), st.data())
@settings(max_examples=150)
def test_whatever_is_done_to_a_file_every_step_that_does_not_hold_says_why(name: str, data: st.DataObject) -> None:
    """And nothing is too much for those who look for what was done."""
    old = finished()[name]
    place, length = data.draw(st.integers(0, len(old))), data.draw(st.integers(0, 40))
    put_in = data.draw(
        st.one_of(st.binary(max_size=12), st.sampled_from([b"\r\n", b'"', b",", b";", b"\n\n", b"0", BOM]))
    )
    changed = old[:place] + put_in + old[place + length :]
    how = data.draw(st.sampled_from([lambda f: f, rehashed(lambda f: f)] if name.endswith(".csv") else [lambda f: f]))
    report = verify_draw(how({**finished(), name: changed}), NAME)
    assert all(step.details for step in report.steps if step.status != "holds")
    assert "SSJ-V001" not in [p.code for p in findings(report)]
    for p in findings(report):
        for lang in LANGS:
            assert p.message(lang)
