"""The kit on columns: what a callback reads and its rule does not declare is named, with what to write."""

import pytest
from attrs import asdict

from ssj_core.testing.checks import run_check
from ssj_core.testing.reads import watched_unit
from ssj_core.testing.specimens import OFFICERS, SUBJECTS

from .fakes import Site
from .kit import BY_ID, HEAD, examined, said

RECUSAL = "RecusalRule(id='county.x', title='t', check=check, basis=BASIS, {columns})"
SUBJECT = "EligibilityRule(id='county.x', title='t', applies_to='subject', check=check, basis=BASIS, {columns})"
OFFICER = "EligibilityRule(id='county.x', title='t', applies_to='officer', check=check, basis=BASIS, {columns})"
STATUS = "ColumnUse(name='登记状态', fields=('status',))"
AREA = "ColumnUse(name='面积', kind='number', lacking=UNTOLD)"
SECTION = "ColumnUse(name='股室', fields=('unit',))"


@pytest.mark.usefixtures("one_process")
@pytest.mark.parametrize(
    ("rule", "body", "columns", "told"),
    [
        (SUBJECT, "u.status", "", 'subject.status: ColumnUse(name="登记状态", fields=("status",))'),
        (SUBJECT, "u.status", f"columns=({STATUS},)", ""),
        (SUBJECT, "u.last_checked", "", 'ColumnUse(name="上次检查日期", kind="date", fields=("last_checked",))'),
        (SUBJECT, "u.extra.get('面积')", "", 'subject.extra: ColumnUse(name="面积")'),
        (SUBJECT, "'面积' in u.extra", f"columns=({STATUS},)", 'ColumnUse(name="面积")'),
        (SUBJECT, "u.extra.get('面积')", f"columns=({AREA},)", ""),
        (SUBJECT, "(u.id, u.name, u.sectors, u.drawn_this_year, u.inspections)", "", ""),
        (SUBJECT, "attrs.evolve(u, name='甲').name", "", ""),
        (SUBJECT, "attrs.evolve(u, name='甲').status", "", "subject.status"),
        (OFFICER, "u.leave", "", 'officer.leave: ColumnUse(name="请假期间", fields=("leave",))'),
        (OFFICER, "u.section", f"columns=({SECTION},)", ""),
        (RECUSAL, "(o.section, u.status)", f"columns=({STATUS},)", "officer.section"),
        (RECUSAL, "(o.section, u.status)", f"officer_columns=({SECTION},)", "subject.status"),
        (RECUSAL, "(o.section, u.status)", f"columns=({SECTION},), officer_columns=({STATUS},)", "officer.section"),
        (RECUSAL, "(o.section, u.status)", f"columns=({STATUS},), officer_columns=({SECTION},)", ""),
    ],
)
def test_a_column_that_is_read_and_not_declared_is_named(
    site: Site, rule: str, body: str, columns: str, told: str
) -> None:
    takes, hook = ("o, u, c", "recusal") if rule is RECUSAL else ("u, c", "eligibility")
    code = (
        f"import attrs\ndef check({takes}):\n    {body}\n"
        f"@hookimpl\ndef ssj_{hook}_rules():\n    return [{rule.format(columns=columns)}]\n"
    )
    site.add("county", code=HEAD + code)
    found = [p for p in run_check(BY_ID["columns"], examined("county")).problems if p.code == "SSJ-G117"]
    assert bool(found) == bool(told)
    assert told in "".join(map(said, found))


@pytest.mark.usefixtures("one_process")
def test_what_is_read_in_one_case_of_many_is_noticed_too(site: Site) -> None:
    code = (
        "def key(s, c):\n    return s.area if s.checks_this_year > 1 else '一'\n@hookimpl\ndef ssj_stratifiers():\n"
        "    return [Stratifier(id='county.x', title='t', key=key, basis=BASIS, columns=(\n"
        "        ColumnUse(name='本年度检查次数', fields=('checks_this_year',)),))]\n"
    )
    site.add("county", code=HEAD + code)
    (found,) = run_check(BY_ID["columns"], examined("county")).problems
    assert found.params["what"] == "subject.area"


@pytest.mark.usefixtures("one_process")
def test_what_no_specimen_shows_is_noticed_on_invented_units(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """And what the specimens showed already is not told twice."""
    monkeypatch.setattr("ssj_core.testing.anything._EXAMPLES", 100)
    code = (
        "def key(s, c):\n    return (s.section or '一') + (s.area if s.drawn_this_year > 7 else '')\n"
        "@hookimpl\ndef ssj_stratifiers():\n"
        "    return [Stratifier(id='county.x', title='t', key=key, basis=BASIS)]\n"
    )
    site.add("county", code=HEAD + code)
    plugin = examined("county")
    (seen,) = run_check(BY_ID["columns"], plugin).problems
    (invented,) = (p for p in run_check(BY_ID["anything"], plugin).problems if p.code == "SSJ-G117")
    assert (seen.params["what"], invented.params["what"]) == ("subject.section", "subject.area")
    assert 'ColumnUse(name="所属乡镇", fields=("area",))' in said(invented)


@pytest.mark.usefixtures("one_process")
@pytest.mark.parametrize(
    ("rule", "columns", "wrong"),
    [
        (SUBJECT, "columns=(ColumnUse(name='登记状态', fields=('statis',)),)", "statis"),
        (SUBJECT, "columns=(ColumnUse(name='有效期', fields=('valid_until',)),)", "valid_until"),
        (OFFICER, "columns=(ColumnUse(name='有效期', fields=('valid_until',)),)", ""),
        (RECUSAL, "officer_columns=(ColumnUse(name='股室', fields=('unit', 'sektion')),)", "sektion"),
        (SUBJECT, f"columns=({STATUS}, {AREA})", ""),
    ],
)
def test_a_field_that_no_roster_has_is_named(site: Site, rule: str, columns: str, wrong: str) -> None:
    takes, hook = ("o, u, c", "recusal") if rule is RECUSAL else ("u, c", "eligibility")
    code = (
        f"def check({takes}):\n    return None\n"
        f"@hookimpl\ndef ssj_{hook}_rules():\n    return [{rule.format(columns=columns)}]\n"
    )
    site.add("county", code=HEAD + code)
    found = run_check(BY_ID["columns"], examined("county")).problems
    assert [(p.code, p.params["name"]) for p in found] == ([("SSJ-G118", wrong)] if wrong else [])
    if wrong == "statis":
        assert "did you mean status" in said(found[0])


def test_a_watched_unit_is_the_unit_in_all_but_that() -> None:
    for unit in (*SUBJECTS, *OFFICERS):
        watched = watched_unit(unit)
        assert isinstance(watched, type(unit))
        assert asdict(watched) == asdict(unit)
