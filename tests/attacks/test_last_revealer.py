"""Who reveals last and stays away chooses between seeds; every absence is on record and costs the level."""

from fractions import Fraction
from itertools import product
from typing import Final

import pytest
from attrs import evolve

from ssj_core.entropy.model import Evidence
from ssj_core.entropy.reveal import make_commitment
from ssj_core.verify import verify_draw
from ssj_core.verify.assurance import judge, shortfall
from tests.attacks.office import (
    CHANCE,
    DRAW,
    LATER,
    LOTTERY,
    SEALED_AT,
    balls,
    beyond,
    folder,
    lottery,
    number,
    sealing,
    spares,
    words,
)

PARTIES: Final = ("局", "企业代表", "纪检")
SECRETS: Final = {p: f"{number(p):064x}" for p in PARTIES}
NAMED: Final = {
    "label": DRAW,
    "parties": ";".join(f"{p}={make_commitment(DRAW, p, s)}" for p, s in SECRETS.items()),
    "deadline": LATER,
}


def revealed(present: tuple[bool, ...], when: str = "2021-03-02T12:00:00+08:00") -> Evidence:
    """What those who are present reveal."""
    shown = zip(PARTIES, present, strict=True)
    typed = ";".join(f"{p}={SECRETS[p] if here else '-'}" for p, here in shown)
    return Evidence(source="reveal", raw=typed, canonical=typed, when=when, details={"draw": DRAW})


@pytest.mark.parametrize("absent", [1, 2])
def test_a_thousand_who_may_stay_away_choose_among_two_seeds_or_four(absent: int) -> None:
    """With k colluding, the friends are spared with chance 1 − (1 − p)^(2^k), as theory says."""
    choices = 2**absent
    commitment = sealing("reveal", appointed=[NAMED]).commitment.value
    pleased = sum(
        any(spares(commitment, f"reveal:{number('others', grinder)}:{choice}") for choice in range(choices))
        for grinder in range(1000)
    )
    right = 1 - (1 - CHANCE) ** choices
    assert not beyond(pleased, 1000, right)
    assert beyond(pleased, 1000, CHANCE)  # more than an honest draw gives
    assert right > Fraction(3, 4)


@pytest.mark.parametrize("present", list(product([True, False], repeat=3)))
def test_every_absence_is_on_record_and_costs_the_level(present: tuple[bool, ...]) -> None:
    report = verify_draw(folder(sealing("reveal", appointed=[NAMED]), revealed(present)), DRAW)
    if not any(present):
        assert report.arithmetic == "fails"
        return
    assert report.arithmetic == "holds"
    assert report.level == ("E3" if all(present) else "E0")
    for party, here in zip(PARTIES, present, strict=True):
        assert (f"“{party}”没有揭示" in words([report])) is not here


def test_before_the_deadline_nobody_can_be_left_out() -> None:
    early = revealed((True, False, True), when="2021-03-02T09:59:59+08:00")
    assert verify_draw(folder(sealing("reveal", appointed=[NAMED]), early), DRAW).arithmetic == "fails"


def test_a_secret_of_another_is_no_reveal() -> None:
    swapped = revealed((True, True, True))
    first, second = SECRETS["局"], SECRETS["企业代表"]
    typed = swapped.raw.replace(first, "x").replace(second, first).replace("x", second)
    report = verify_draw(
        folder(sealing("reveal", appointed=[NAMED]), evolve(swapped, raw=typed, canonical=typed)), DRAW
    )
    assert (report.arithmetic, report.level) == ("fails", "E0")


def test_a_plan_that_requires_e3_refuses_the_draw_with_an_absence() -> None:
    verdict = judge([(revealed((True, True, False)), NAMED)], SEALED_AT)
    assert [p.code for p in shortfall(verdict, "E3")] == ["SSJ-E012"]
    assert not shortfall(judge([(revealed((True, True, True)), NAMED)], SEALED_AT), "E3")


def test_an_event_after_the_deadline_takes_the_choice_away_only_if_witnesses_say_when_they_stayed_away() -> None:
    """The absence must have been there before the balls fell; the office's word for it is not enough."""
    sealed = sealing("reveal", "ssq", appointed=[NAMED, LOTTERY])
    absent, fell = revealed((True, True, False)), lottery(balls(1))
    seen = evolve(absent, who=("甲", "乙"), where="会议室")
    late = evolve(seen, when="2021-03-02T22:00:00+08:00")
    levels = [verify_draw(folder(sealed, one, fell), DRAW).level for one in (absent, late, seen)]
    assert levels == ["E0", "E0", "E4"]
