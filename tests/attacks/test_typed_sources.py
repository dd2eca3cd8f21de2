"""Lost zeros, a seven on a die of six, a ball that fell twice: each source has its grammar and keeps what was said."""

from typing import Final

import pytest
from attrs import evolve

from ssj_core.entropy import dice, lottery
from ssj_core.entropy.model import Evidence
from ssj_core.problems import EntropyError
from ssj_core.seed import seed
from ssj_core.verify import verify_draw
from tests.attacks.forger import why
from tests.attacks.office import DRAW, LATER, LOTTERY, folder, sealing, text
from tests.replay.test_rfc3797 import picks

COMMITMENT: Final = "c0" * 32
ROLLED: Final = "08772473296991897540"
"""Colorado, November 2021: the first die showed a zero."""


def thrown(source: str, raw: str) -> Evidence:
    return Evidence(source=source, raw=raw, canonical=raw, who=("甲", "乙"), where="会议室", when=LATER)


def test_the_committee_of_2013_all_twelve_changed_with_a_lost_zero() -> None:
    """What was announced was `08285182`; what was hashed was `8285182`. The same slip with us is another seed."""
    rest = "60115701./2.3.18.26.32.33.42./"
    right, wrong = (picks(f"7.8.11.17.19.25.46./{n}./{rest}", 154, 12) for n in ("8285182", "08285182"))
    assert right == [138, 151, 89, 112, 117, 145, 118, 143, 144, 122, 95, 139]
    assert all(one != other for one, other in zip(right, wrong, strict=True))
    for source in ("text", "dice10"):
        assert seed(COMMITMENT, [f"{source}:08285182"]) != seed(COMMITMENT, [f"{source}:8285182"])


@pytest.mark.parametrize("source", ["text", "dice10"])
def test_a_lost_zero_in_the_record_fails(source: str) -> None:
    """The office typed the zero, the record lost it: what was said and what was hashed no longer agree."""
    sealed = sealing(source)
    whole = thrown(source, ROLLED)
    assert verify_draw(folder(sealed, whole), DRAW).arithmetic == "holds"
    lost = evolve(whole, canonical=ROLLED[1:])
    report = verify_draw(folder(sealed, lost), DRAW)
    assert (report.arithmetic, report.level) == ("fails", "E0")
    assert source in why(report)


@pytest.mark.parametrize(
    ("source", "raw"),
    [
        ("dice6", "1234561234567"),  # a seven
        ("dice6", "0123456123456"),  # a zero
        ("dice6", "1234561234561x"),
        ("dice10", "0123456789 1 0 11 ⑩"),
        ("dice10", "012345678٩"),  # a nine of another script
    ],
)
def test_a_face_no_die_has_is_refused(source: str, raw: str) -> None:
    die = {d.id: d for d in (dice.DICE6, dice.DICE10)}[source]
    with pytest.raises(EntropyError, match="SSJ-E020"):
        die.canonical(raw)
    report = verify_draw(folder(sealing(source), thrown(source, "".join(raw.split()))), DRAW)
    assert report.arithmetic == "fails"
    assert report.level == "E0"


@pytest.mark.parametrize(
    ("balls", "code"),
    [
        ("02 02 14 21 26 33 + 08", "SSJ-E033"),
        ("02 09 14 21 26 34 + 08", "SSJ-E032"),
        ("00 09 14 21 26 33 + 08", "SSJ-E032"),
        ("02 09 14 21 26 33 + 17", "SSJ-E032"),
        ("02 09 14 21 26 + 08", "SSJ-E031"),
        ("02 09 14 21 26 33 08", "SSJ-E029"),
    ],
)
def test_a_ball_twice_or_one_that_no_drum_holds_is_refused(balls: str, code: str) -> None:
    game = next(g for g in lottery.GAMES if g.id == "ssq")
    with pytest.raises(EntropyError, match=code):
        game.canonical(f"2021024: {balls}")
    typed = f"2021024:{balls.replace(' + ', '+')}"
    details = {"game": "双色球", "date": "2021-03-02", "source1": "a.example", "source2": "b.example"}
    said = Evidence(source="ssq", raw=typed, canonical=typed, when="2021-03-02T21:30:00+08:00", details=details)
    report = verify_draw(folder(sealing("ssq", appointed=[LOTTERY]), said), DRAW)
    assert (report.arithmetic, report.level) == ("fails", "E0")


def test_the_order_in_which_balls_fell_is_no_choice() -> None:
    """Six balls can be written in 720 ways: all are one value, so nobody may try them."""
    game = next(g for g in lottery.GAMES if g.id == "ssq")
    written = {
        game.canonical(f"2021024: {b} + 08") for b in ("02 09 14 21 26 33", "33 26 21 14 09 02", "9,2,14,33,26,21")
    }
    assert written == {"2021024:02 09 14 21 26 33+08"}


@pytest.mark.parametrize("typed", ["３１４１５９２６５３５８", " 314159265358", "314159265358\u3000"])
def test_the_way_it_is_typed_is_no_choice_either(typed: str) -> None:
    """Full-width digits and outer blanks: one seed; what was typed stays on record."""
    said = evolve(text("314159265358", "甲", "乙"), raw=typed)
    report = verify_draw(folder(sealing("text"), said), DRAW)
    assert (report.arithmetic, report.level) == ("holds", "E2")


def test_a_blank_within_or_a_capital_is_another_text_and_stands_in_the_record() -> None:
    values = {seed(COMMITMENT, [f"text:{t}"]) for t in ("abc 1234567", "abc  1234567", "Abc 1234567", "abc1234567")}
    assert len(values) == 4
