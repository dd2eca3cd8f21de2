"""A spot check of one visit: its pools, numbers and reasons are enough to draw its team again by hand."""

import hashlib
import re
import subprocess
from datetime import date
from shutil import which

import pytest
from attrs import evolve
from hypothesis import assume, given, settings

from ssj_core.explain import Found, Story, explain, read_story
from ssj_core.explain.visit import explain_visit, pools, question_of
from ssj_core.model import Inspection
from ssj_core.pipeline import draw
from ssj_core.problems import InputError, RefusedError
from ssj_core.rules.ruleset import Team
from tests.strategies import Case, draw_files
from tests.team_rules import team_case, team_cases, with_team

ATTEMPT = re.compile(r"^  第 (\d+) 次：([0-9a-f]{16})… 除以 (\d+) 余 (\d+)，(.+?)，(派定|顺延：.+)$")


def story_of(case: Case) -> Story:
    sealed = case.seal()
    return read_story(draw_files(sealed, case.evidence, draw(sealed, case.evidence)))


def by_hand(story: Story, subject: str) -> list[str]:
    """The team, from the sentences alone: the pool by number, the hash, the remainder."""
    team: list[str] = []
    pool: list[str] = []
    later: list[str] = []
    place = 0
    for line in explain_visit(story, subject)[0].lines:
        if head := re.match(r"第 (\d+) 席（.+），候选 \d+ 人：(.+)$", line.zh):
            place, later = int(head[1]), []
            pool = [re.sub(r"^\d+ ", "", one) for one in head[2].split("、")]
        elif line.zh.startswith("随行，不计入检查人员：专家 人员90") or line.zh.startswith(
            "随行，不计入检查人员：辅助人员 人员90"
        ):
            pool = []
        elif line.zh.startswith("  尽量"):
            later = line.zh.partition("：")[2].split("、")
        else:
            said = ATTEMPT.match(line.zh)
            assert said, line.zh
            attempt, start, size, index, name, what = said.groups()
            if not pool:
                pool, later = later, []
            text = f"ssj-match/1\ndraw\n{story.outcome.matching.key}\n{subject}\n{place}\n{attempt}\n"
            value = hashlib.sha256(text.encode()).hexdigest()
            assert value.startswith(start)
            assert (int(value, 16) % len(pool), len(pool)) == (int(index), int(size))
            assert pool.pop(int(index)) == name
            if what == "派定":
                team.append(name)
    return team


@given(team_cases())
@settings(max_examples=40)
def test_a_team_can_be_drawn_again_by_hand(case: Case) -> None:
    try:
        story = story_of(case)
    except (InputError, RefusedError):
        assume(False)
        raise
    for visit in story.outcome.matching.visits:
        assert by_hand(story, visit.id) == [story.officers[o].name for o in visit.team]
        assert all(line.en for part in explain_visit(story, visit.id) for line in part.lines)


def test_who_is_set_back_is_told() -> None:
    case = with_team(team_case(), Team(avoid="last-team"))
    past = tuple(
        Inspection(subject="test:S001", day=date(2020, 5, 1), officers=("officer:O00", f"officer:O0{n}"), source="x")
        for n in range(1, 4)
    )
    story = story_of(evolve(case, past=past))
    seen = 0
    for visit in story.outcome.matching.visits:
        assert by_hand(story, visit.id) == [story.officers[o].name for o in visit.team]
        first, later = pools(question_of(story), visit, visit.places[1])
        lead = visit.team[0]
        apart = {"officer:O01", "officer:O02", "officer:O03"} if lead == "officer:O00" else set[str]()
        apart |= {"officer:O00"} if lead in ("officer:O01", "officer:O02", "officer:O03") else set()
        assert set(later) == apart
        assert sorted([*first, *later, lead]) == [f"officer:O0{n}" for n in range(6)]
        seen += bool(later)
    assert seen


def test_it_is_part_of_what_a_drawn_subject_is_told_and_of_no_other() -> None:
    story = story_of(team_case())
    drawn = {v.id for v in story.outcome.matching.visits}
    told = [part.heading.zh for part in explain(story, Found(min(drawn), "", officer=False))]
    assert "检查组是怎样抽出来的" in told
    assert explain_visit(story, min(set(story.subjects) - drawn)) == ()


@pytest.mark.skipif(not which("sha256sum"), reason="no sha256sum on this computer: the commands cannot be tried")
def test_the_commands_give_what_is_said() -> None:
    story = story_of(team_case())
    explained = explain_visit(story, story.outcome.matching.visits[0].id)
    first = next(filter(None, (ATTEMPT.match(line.zh) for line in explained[0].lines)))
    said = [
        subprocess.run(["sh", "-c", c], capture_output=True, text=True, check=True).stdout
        for c in explained[1].commands
    ]
    assert said[0].startswith(first[2])
    assert said[1].strip() == first[4]
