"""A thousand offices try until it pleases them, on every path; what they can then publish is no proof."""

from fractions import Fraction
from itertools import count
from math import comb
from typing import Final

import pytest
from attrs import evolve

from ssj_core.entropy.model import Level
from ssj_core.verify import Report, verify_draw
from ssj_core.verify.assurance import LEVELS, judge, shortfall
from tests.attacks.office import (
    CHANCE,
    DRAW,
    FRIENDS,
    LOTTERY,
    QUOTA,
    SEALED_AT,
    SIZE,
    balls,
    beyond,
    folder,
    lottery,
    outcome_spares,
    publish,
    sealing,
    spares,
    text,
    words,
)
from tests.attacks.paths import PATHS, SEALED_WITH_KNOWN_ENTROPY, balls_of, known
from tests.verifiers.independent import SSJ

GRINDERS: Final = 1000


def tries(path: str, grinder: int) -> int:
    """How often this office tries until it is pleased."""
    return next(turn for turn in count() if PATHS[path].spared(grinder, turn)) + 1


def test_theory_two_tries_at_three_percent_a_thousand_at_thirty() -> None:
    """1.8 of a large roster; of 200 subjects 1.9, which is what all of the offices below should need."""
    large = [1 / (1 - share) ** len(FRIENDS) for share in (Fraction(3, 100), Fraction(30, 100))]
    assert len(FRIENDS) == 20
    assert Fraction(183, 100) < large[0] < Fraction(185, 100)
    assert 1250 < large[1] < 1260
    assert Fraction(189, 100) < 1 / CHANCE < Fraction(191, 100)
    assert Fraction(comb(SIZE - QUOTA, len(FRIENDS)), comb(SIZE, len(FRIENDS))) == CHANCE


@pytest.mark.parametrize("path", PATHS)
def test_a_thousand_offices_succeed_in_the_two_tries_of_theory(path: str) -> None:
    """The arithmetic stops none of them: that is why there is a verdict B."""
    needed = [tries(path, grinder) for grinder in range(GRINDERS)]
    mean, variance = Fraction(sum(needed), GRINDERS), (1 - CHANCE) / CHANCE**2 / GRINDERS
    assert (mean - 1 / CHANCE) ** 2 < 16 * variance  # four standard deviations; the numbers are fixed
    assert not beyond(needed.count(1), GRINDERS, CHANCE)
    assert max(needed) < 30


@pytest.mark.parametrize("path", [p for p in PATHS if p != "void-and-again"])
def test_what_was_counted_is_what_the_whole_pipeline_gives(path: str) -> None:
    found = set()
    for grinder in range(4):
        for turn in range(2):
            walked = PATHS[path]
            sealed, evidence = walked.sealed(grinder, turn), walked.evidence(grinder, turn)
            assert sealed.commitment == walked.commitment(grinder, turn)
            assert outcome_spares(sealed, *evidence) is walked.spared(grinder, turn)
            found.add(walked.spared(grinder, turn))
    assert found == {True, False}


def published(path: str, grinder: int) -> tuple[Report, ...]:
    """What `verify` says of what this office publishes, once it is pleased."""
    walked, turn = PATHS[path], tries(path, grinder) - 1
    sealed, evidence = walked.sealed(grinder, turn), walked.evidence(grinder, turn)
    assert outcome_spares(sealed, *evidence) or path == "void-and-again"  # whose tries were counted with other heads
    return publish(sealed, *evidence, before=walked.ledger(grinder, turn)).reports()


def second(path: str) -> int:
    """An office that is pleased at its second try."""
    return next(g for g in count() if tries(path, g) == 2)


RETRIES: Final = "the office could have tried seeds until one pleased it"
SEEN: Final[dict[str, tuple[Level, str]]] = {
    "system": ("E0", RETRIES),
    "typed": ("E0", RETRIES),
    "invented-witnesses": ("E2", "all witnesses together could have colluded"),
    "invented-balls": ("E4", "compare lottery numbers with two archives"),
    "invented-parties": ("E3", "all parties together could have colluded"),
    "own-number-after-the-event": ("E0", RETRIES),
    "own-number-listed-first": ("E0", RETRIES),
    "witnesses-after-the-event": ("E2", "the level is that of the source that could be chosen"),
    **dict.fromkeys(SEALED_WITH_KNOWN_ENTROPY, ("E0", "the witnesses spoke before the sealing")),
    "void-and-again": ("E0", "名录有误"),
}
"""For each path: verdict B of what is published, and the words that tell the reader what is left to ask."""


def test_every_path_is_judged() -> None:
    assert set(SEEN) == set(PATHS)


@pytest.mark.parametrize("path", PATHS)
def test_what_they_publish_is_arithmetic_and_no_more(path: str) -> None:
    """Verdict A holds, nothing was changed; verdict B is below what it would have to fake, or says what to ask."""
    level, said = SEEN[path]
    reports = published(path, second(path))
    renamed = ["draw_id" in words(reports), reports[-1].arithmetic == "fails"]
    assert renamed == [path == "the-draw-id"] * 2  # the plan names its batches, and is read
    # what was made void and not published is missed; what is published stands in the ledger
    assert [r.arithmetic for r in reports[:-1]] == ["unknown" if path == "void-and-again" else "holds"]
    assert reports[-1].level == level
    assert said in words(reports)


def test_the_one_who_needs_two_tries_leaves_a_void_for_each_try_too_many() -> None:
    grinder = next(g for g in range(99) if tries("void-and-again", g) == 4)
    told = words(published("void-and-again", grinder))
    assert told.count("名录有误") == 2 * 3  # in both languages
    assert [f"p-b-{n} " in told for n in (1, 2, 3, 5)] == [True, True, True, False]


@pytest.mark.parametrize("level", ["E0", "E2", "E3", "E4"])
def test_the_level_a_plan_requires_shuts_out_all_paths_below_it(level: Level) -> None:
    """What the program refuses to draw (SSJ-E012), and the verifier fails."""
    for path, (reached, _) in SEEN.items():
        walked = PATHS[path]
        evidence = walked.evidence(3, 0)
        sealed = walked.sealed(3, 0)
        pairs = [(e, s.appointed) for e, s in zip(evidence, sealed.rules.entropy, strict=True)]
        codes = [p.code for p in shortfall(judge(pairs, SEALED_AT), level)]
        assert codes == (["SSJ-E012"] if reached < level else [])


# --- with the clock put back: only what was published can tell


@pytest.mark.parametrize("path", SEALED_WITH_KNOWN_ENTROPY)
def test_with_the_clock_put_back_only_the_published_commitment_tells(path: str) -> None:
    """The office writes into the record that it sealed before the witnesses spoke. Nothing in its files contradicts."""
    walked, first = PATHS[path], second(path)
    announced = walked.sealed(first, 0).commitment.value
    files = folder(walked.sealed(first, 1), *known(), sealed_at="2021-01-31T09:00:00+08:00")
    name = walked.sealed(first, 1).rules.draw_id
    alone = verify_draw(files, name)
    assert alone.level == "E2"
    assert "compare the published one" in words([alone])
    compared = verify_draw(files, name, announced)
    assert compared.arithmetic == "fails"
    assert [s.title.en for s in compared.steps if s.status == "fails" and "published" in s.title.en]


# --- what the paths do not give: an event that is still to come


def test_before_the_event_all_that_can_be_varied_is_varied_blindly() -> None:
    """Sealed before the appointed event: whatever the office chose, its friends are spared as often as by chance."""
    sealed = sealing("ssq", appointed=[LOTTERY])
    spared = sum(
        spares(evolve(sealed.commitment, plan_digest=f"{grinder:064x}").value, balls_of(grinder).value)
        for grinder in range(GRINDERS)
    )
    assert not beyond(spared, GRINDERS, CHANCE)


def test_the_wait_for_a_lucky_event_is_a_wait_for_an_event_nobody_appointed() -> None:
    """The appointed issue does not please. Issues that do come soon, and every one of them is refused."""
    sealed = sealing("ssq", appointed=[LOTTERY])
    waited = []
    for grinder in range(GRINDERS):
        issues = (f"{2021024 + later}:{balls('issue', grinder, later)}" for later in count())
        waited.append(next(n for n, typed in enumerate(issues) if spares(sealed.commitment.value, f"ssq:{typed}")))
    assert not beyond(waited.count(0), GRINDERS, CHANCE)
    grinder = next(g for g, later in enumerate(waited) if later == 2)
    lucky = lottery(balls("issue", grinder, 2), issue="2021026")
    report = verify_draw(folder(sealed, lucky), DRAW)
    assert report.arithmetic == "fails"
    assert report.level == "E0"
    assert "2021024 was sealed, not 2021026" in words([report])


def test_an_event_that_lies_before_the_sealing_is_worth_nothing() -> None:
    past = {**LOTTERY, "date": "2021-02-28", "issue": "2021023"}
    seen = evolve(lottery(balls(1), "2021023"), when="2021-02-28T21:30:00+08:00")
    seen = evolve(seen, details={**seen.details, "date": "2021-02-28"})
    report = verify_draw(folder(sealing("ssq", appointed=[past]), seen), DRAW)
    assert report.level == "E0"
    assert "the public event lay before the sealing" in words([report])


def test_witnesses_are_counted_as_people_however_their_names_are_spelt() -> None:
    """One friend under many names is one friend, and one is none."""
    for who in (
        ["王某"],
        ["王某", "王 某"],
        ["王某", "王某 "],
        ["王\u200b某", "王某"],
        ["ＷＡＮＧ", "WANG"],
        ["王某", " "],
    ):
        assert judge([(text("31415926535897932384", *who), {})], SEALED_AT).level == "E0", who
        assert both_verify(*who) == ("fails", "fails"), who
    for who in (["王某", "李某"], ["王某、李某"], ["王某，李某", "王某"]):
        assert judge([(text("31415926535897932384", *who), {})], SEALED_AT).level == "E2"
        assert both_verify(*who) == ("holds", "holds"), who


def both_verify(*who: str) -> tuple[str, str]:
    """A draw that must reach E2, verified by the program and by the one file, which must count alike."""
    files = folder(sealing("text", assurance="E2"), text("31415926535897932384", *who))
    return verify_draw(files, DRAW).arithmetic, SSJ.worst(SSJ.verify_draw(files, DRAW))


def test_the_words_for_each_level_do_not_promise_more() -> None:
    assert "not shown" in LEVELS["E0"].en
    assert "no machine can" in LEVELS["E2"].en
