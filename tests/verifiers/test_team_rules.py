"""Both verifiers rebuild the question of the matching from what was sealed, whatever a ruleset says of teams."""

from typing import Any

import pytest
from attrs import evolve
from hypothesis import assume, given, settings

from ssj_core.matching import input_digest
from ssj_core.pipeline import draw
from ssj_core.problems import InputError, RefusedError
from ssj_core.rules.effective import SealedTeam
from ssj_core.teams import instance
from ssj_core.verify import verify_draw
from tests.sealed_folder import rebound
from tests.strategies import Case, draw_files
from tests.team_rules import team_case, team_cases
from tests.unit.test_sealed_team import GOOD, SPOILED
from tests.verifiers.independent import SSJ

NAME = "p-b-1"


@given(team_cases())
@settings(max_examples=120)
def test_they_agree_on_every_team_rule(case: Case) -> None:
    try:
        sealed = case.seal()
        files = draw_files(sealed, case.evidence, draw(sealed, case.evidence))
    except (InputError, RefusedError):
        assume(False)
        raise
    tables = {name: SSJ.read_table(name, data) for name, data in sealed.tables.items()}
    question = instance(sealed.rules.team, sealed.subjects, sealed.officers, sealed.recusals)
    rules = SSJ.check(SSJ.load("rules.toml", sealed.rules_data), "[rules.toml]", "rules.toml")
    theirs = SSJ.match_input(rules["team"], tables["subjects.csv"], tables)
    assert SSJ.match_digest(theirs) == input_digest(question)
    assert verify_draw(files, NAME).arithmetic == "holds"
    assert [r for r in SSJ.verify_draw(files, NAME) if r[0] != "holds"] == []


def forged(team: SealedTeam) -> dict[str, bytes]:
    case = team_case()
    sealed = case.seal()
    sealed = rebound(evolve(sealed, rules=evolve(sealed.rules, team=team)))
    try:
        return draw_files(sealed, case.evidence, draw(sealed, case.evidence))
    except (ValueError, KeyError, RefusedError):  # then with the teams of an honest draw
        honest = case.seal()
        return {**draw_files(honest, case.evidence, draw(honest, case.evidence)), "rules.toml": sealed.rules_data}


@pytest.mark.parametrize("name", ["nothing", *SPOILED])
def test_they_agree_on_team_rules_nobody_can_seal(name: str) -> None:
    spoil: Any = SPOILED[name][1] if name in SPOILED else lambda team: team
    files = forged(spoil(GOOD))
    due = "holds" if name == "nothing" else "fails"
    assert verify_draw(files, NAME).arithmetic == due
    report = SSJ.verify_draw(files, NAME)
    assert SSJ.worst(report) == due, report
    if due == "fails":
        assert report[2][0] == "fails", "told where the sealed rules are read"
