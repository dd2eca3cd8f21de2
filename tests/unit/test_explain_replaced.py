"""Explanations of what was replaced: who dropped out, who stepped in and by which ticket, which officers changed."""

import re
import shutil
import subprocess
from collections.abc import Callable
from typing import Final

import pytest

from ssj_core.explain import Story, explain, find, read_story
from ssj_core.explain.changes import Change
from ssj_core.rules.effective import SealedReplacement
from ssj_core.standing import path
from ssj_core.text import Lang
from tests.replacing import LINKS, Replacing
from tests.unit.test_verify_replaced import all_kinds, case

LANGS: Final[tuple[Lang, ...]] = ("zh", "en")
SHELL: Final = shutil.which("sh") and shutil.which("sha256sum")


def told(story: Story, who: str, lang: Lang = "en") -> str:
    parts = explain(story, find(story.sealed, who))
    return "\n".join(line for p in parts for line in (p.heading(lang), *(t(lang) for t in p.lines), *p.commands))


def by_chain() -> Replacing:
    r = Replacing(case(SealedReplacement(mode="R2", anchor=LINKS[-1], rounds=2)))
    for _ in range(3):
        r.ask(r.standing.rows[0].subject, "closed")
    return r


def changed(change: Change) -> set[str]:
    """Everybody who has another place, and every subject another team."""
    places = {(r.subject, r.place, r.officer) for r in change.before} ^ {
        (r.subject, r.place, r.officer) for r in change.after
    }
    return {subject for subject, _, _ in places} | {officer for _, _, officer in places}


@pytest.mark.parametrize("lang", LANGS)
def test_who_was_replaced_is_told_when_why_by_whom_and_who_stepped_in(lang: Lang) -> None:
    r = all_kinds()
    story = read_story(r.files)
    for event, replaced in r.done[:2]:
        said = told(story, event.unit, lang)
        assert replaced.successor is not None
        assert {"zh": "后来被替换", "en": "it was replaced later"}[lang] in said
        for word in (event.id, event.reason, "材料一份", "办公室", "2021-03-01 09:00:00", replaced.successor.id):
            assert word in said


def test_when_nobody_was_left_to_step_in_that_is_told() -> None:
    r = Replacing(case())
    members = len(r.sealed.subjects)
    while len(r.standing.taken) < members:
        r.ask(r.standing.rows[0].subject, "moved")
    out = r.standing.rows[0]
    r.ask(out.subject, "moved")
    assert "nobody of its class was left to step in" in told(read_story(r.files), out.subject)
    assert "no longer in these teams" in told(read_story(r.files), out.officer)


@pytest.mark.parametrize("made", [all_kinds, by_chain])
def test_who_stepped_in_is_told_for_whom_and_by_which_ticket(made: Callable[[], Replacing]) -> None:
    r = made()
    story = read_story(r.files)
    for event, replaced in r.done:
        if replaced.successor is None:
            continue
        said = told(story, replaced.successor.id)
        assert f"it stepped in later ({event.id})" in said
        assert f"in the place of {event.name} ({event.unit})" in said
        assert f"mode {event.mode}: " in said
        assert f"ticket {replaced.successor.value}, the smallest" in said
        names = [row.officer_name for row in replaced.standing.team(replaced.successor.id)]
        assert all(name in said for name in names)


@pytest.mark.skipif(not SHELL, reason="needs sh and sha256sum")
@pytest.mark.parametrize("made", [all_kinds, by_chain])
def test_the_commands_give_seed_key_and_ticket(made: Callable[[], Replacing]) -> None:
    r = made()
    story, by_lot = read_story(r.files), 0
    for event, replaced in r.done:
        if replaced.successor is None:
            continue
        (part,) = [
            p
            for p in explain(story, find(story.sealed, replaced.successor.id))
            if f"in later ({event.id})" in p.heading.en
        ]
        given = [
            subprocess.run(["sh", "-c", c], capture_output=True, text=True, check=True).stdout.split()[0]
            for c in part.commands
        ]
        if event.mode == "R1":
            assert not given  # the commands of the draw's own ticket stand above
            assert f"{replaced.successor.value}" in told(story, replaced.successor.id).partition("stepped in")[0]
            continue
        assert (given[0], given[2]) == (replaced.seed, replaced.successor.value)
        assert f" {given[1]} " in part.commands[2]
        by_lot += 1
    assert by_lot


def test_officers_are_told_what_they_left_and_where_they_were_put_in() -> None:
    r = all_kinds()
    story = read_story(r.files)
    for (event, replaced), change in zip(r.done[2:], story.changes[2:], strict=True):
        said = told(story, event.unit)
        assert f"replaced later in {len(event.visits)} visits ({event.id})" in said
        assert ("not to be sent any more" in said) is event.withdraws or event.unit == r.done[3][0].unit
        assert change.put_in
        for row in change.put_in:
            assert f"put in later ({event.id})" in told(story, row.officer)
            assert f"its team was changed ({event.id})" in told(story, row.subject)
            assert f"{row.officer_name} ({row.section}) instead of {event.name}" in told(story, row.subject)
            assert f"seed {replaced.seed}" in told(story, row.officer)
        assert {row.subject for row in change.put_in} == set(event.visits)


def test_nobody_else_is_told_of_it() -> None:
    r = all_kinds()
    story = read_story(r.files)
    for change in story.changes:
        concerned = changed(change) | {change.event.unit}
        for one in (*(s.id for s in story.sealed.subjects), *(o.id for o in story.sealed.officers)):
            if one not in concerned:
                assert f"({change.event.id})" not in told(story, one), one


def test_a_void_replacement_is_said_to_be_void() -> None:
    r = all_kinds()
    story = read_story(r.files, {4})
    assert "that replacement is void" in told(story, r.done[3][0].unit)
    assert "这次替换已作废" in told(story, r.done[3][0].unit, "zh")
    assert "void" not in told(story, r.done[0][0].unit)


def test_english_holds_no_chinese_but_names_and_what_the_office_wrote() -> None:
    r = all_kinds()
    story = read_story(r.files)
    for event, replaced in r.done:
        for who in (event.unit, *([replaced.successor.id] if replaced.successor else ())):
            said = re.sub("对象[0-9]+|人员[0-9]+|材料一份|办公室|[东西]股|一次抽查|全部|测试局", "", told(story, who))
            assert not re.search("[\u3400-\u9fff，。：；（）]", said.partition("later")[2]), said


def test_a_missing_file_of_a_replacement_is_no_story() -> None:
    r = all_kinds()
    del r.files[path(2, "event.toml")]
    with pytest.raises(KeyError):
        read_story(r.files)
