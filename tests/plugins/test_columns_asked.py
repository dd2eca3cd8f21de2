"""Columns that rules in Python ask of rosters: refused without them, or told what it means where a rule does without.

Each ends with everything verified, or with nothing written.
"""

import re
from pathlib import Path

import pytest

from ssj_core.tables import ExcludedRow, RecusalRow
from tests.cli.bureau import OFFICER_HEADERS, SUBJECT_HEADERS, Bureau, officer_row, plan_text, subject_row
from tests.cli.bureau import table as roster

from .fakes import Site
from .test_hooks_at_work import BATCH, install, rows


@pytest.fixture
def bureau(tmp_path: Path) -> Bureau:
    made = Bureau(tmp_path / "bureau").furnish()
    made.write(plan=plan_text(batches=BATCH).replace("fuping_zjj_2021", "county"))
    return made


@pytest.mark.parametrize(
    ("columns", "lacking"),
    [
        ("columns=(ColumnUse(name='辖区', fields=('area',)), ColumnUse(name='等级', fields=('parent',)))", "等级"),
        ("columns=(ColumnUse(name='木材量', kind='number'),)", "木材量"),
        ("officer_columns=(ColumnUse(name='家住', fields=('qualifications',)),)", "家住"),
        ("officer_columns=(ColumnUse(name='从业年数', kind='number'),)", "从业年数"),
    ],
    ids=["field of subjects", "own of subjects", "field of officers", "own of officers"],
)
def test_a_roster_without_the_columns_of_a_recusal_rule_is_refused(
    site: Site, bureau: Bureau, columns: str, lacking: str
) -> None:
    """Else nobody would have to recuse himself, and nobody would know."""
    code = (
        "@hookimpl\ndef ssj_recusal_rules():\n"
        f"    return [RecusalRule(id='county.apart', check=lambda o, s, c: None, {columns}, **GIVEN)]\n"
    )
    install(site, code, asks='[[recusal]]\nrule = "county.apart"\n')
    table = "officers" if "officer" in columns else "subjects"
    bureau.run(code=3, err=[f"(?s)SSJ-R060.*{lacking}.*rosters.{table}"], absent=["draws", "ledger.jsonl"])


def test_a_recusal_rule_sees_the_columns_it_asks_for_on_both_sides(site: Site, bureau: Bureau) -> None:
    code = (
        "def apart(o, s, c):\n    return '同村' if o.extra['家住'] and o.extra['家住'] == s.extra['村'] else None\n"
        "@hookimpl\ndef ssj_recusal_rules():\n    return [RecusalRule(id='county.apart', check=apart,\n"
        "        columns=(ColumnUse(name='村'),), officer_columns=(ColumnUse(name='家住'),), **GIVEN)]\n"
    )
    install(site, code, asks='[[recusal]]\nrule = "county.apart"\n')
    villages = ["东庄", "西庄", ""]
    lines = [[*row, villages[n % 3]] for n, row in enumerate(map(subject_row, range(40)))]
    officers = [[*row, villages[n % 3]] for n, row in enumerate(map(officer_row, range(12)))]
    bureau.write(
        subjects=roster([*SUBJECT_HEADERS, "村"], lines), officers=roster([*OFFICER_HEADERS, "家住"], officers)
    )
    bureau.run()
    homes = {f"permit:{row[0]}": row[-1] for row in lines} | {f"officer:{row[2]}": row[-1] for row in officers}
    kept = {(one.subject, one.officer) for one in rows(bureau, RecusalRow)}
    assert kept
    assert all(homes[subject] == homes[officer] for subject, officer in kept)
    bureau.check()


@pytest.mark.parametrize(
    ("lacking", "told"),
    [("Text('谁也不排除', 'nobody is left out')", "SSJ-R066.*木材量.*谁也不排除"), ("UNTOLD", "")],
)
def test_a_rule_that_can_do_without_a_column_goes_on_and_says_what_it_means(
    site: Site, bureau: Bureau, lacking: str, told: str
) -> None:
    code = (
        "from ssj_core.text import Text\n"
        "def big(s, c):\n    return '大户' if int(s.extra['木材量'] or 0) > 1 else None\n"
        "@hookimpl\ndef ssj_eligibility_rules():\n"
        "    return [EligibilityRule(id='county.big', applies_to='subject', check=big, columns=(ColumnUse(\n"
        f"        name='木材量', kind='number', lacking={lacking}),), **GIVEN)]\n"
    )
    install(site, code, asks='[[eligibility]]\nrule = "county.big"\n')
    said = bureau.run().output
    assert re.search(told, said) if told else "SSJ-R066" not in said
    assert not [one for one in rows(bureau, ExcludedRow) if one.rule == "county.big"]
    bureau.check()


def test_a_shipped_rule_that_a_roster_makes_idle_says_so_at_check_dry_run_and_run(tmp_path: Path) -> None:
    """Closed firms must not come in without a word; with the column nothing is said, of other columns neither."""
    bureau = Bureau(tmp_path).furnish()
    bureau.write(plan=plan_text(batches=BATCH))
    checked = ("rosters", "check", "--plan", bureau.plan)
    assert "SSJ-R066" not in bureau.play(*checked).output
    known = [n for n, one in enumerate(SUBJECT_HEADERS) if one != "登记状态"]
    lines = [[subject_row(number)[n] for n in known] for number in range(40)]
    bureau.write(subjects=roster([SUBJECT_HEADERS[n] for n in known], lines))
    for args in (checked, ("run", bureau.plan, "--dry-run"), ("run", bureau.plan)):
        said = bureau.play(*args).output
        assert re.search("SSJ-R066.*登记状态.*照样会被抽到", said)
        assert said.count("SSJ-R066") == 1
    assert not [one for one in rows(bureau, ExcludedRow) if one.rule == "ratio_rules.open"]
    bureau.check()


def test_no_roster_must_have_the_columns_that_shipped_rules_can_do_without(tmp_path: Path) -> None:
    """Leave, recusals, who takes part, checks of this year: a roster without them is drawn from without a word."""
    bureau = Bureau(tmp_path).furnish()
    bureau.write(plan=plan_text(batches=BATCH))
    left_out = {"回避人员", "是否可参加", "请假期间", "回避对象"}
    for table, headers, row, count in (
        ("subjects", SUBJECT_HEADERS, subject_row, 40), ("officers", OFFICER_HEADERS, officer_row, 12)
    ):  # fmt: skip
        known = [n for n, one in enumerate(headers) if one not in left_out]
        lines = [[row(number)[n] for n in known] for number in range(count)]
        bureau.write(**{table: roster([headers[n] for n in known], lines)})
    assert "SSJ-R06" not in bureau.run().output
    bureau.check()
