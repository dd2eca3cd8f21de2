"""Dice thrown by witnesses: verbatim digits, impossible faces, whole bits, and who saw it."""

from collections.abc import Sequence
from datetime import UTC, datetime

import pytest
from attrs import evolve

from ssj_core.entropy import BUILT_IN
from ssj_core.entropy.dice import DICE6, DICE10, Die
from ssj_core.entropy.model import Evidence, Request
from ssj_core.problems import EntropyError

NOW = datetime(2026, 3, 1, tzinfo=UTC)
PLACE = {"where": "局会议室", "when": "2026-03-01T09:30+08:00"}
PUBLIC = ("08772473296991897540", "63454660390103169462", "23546992048967376252", "09175059342981586505")


def thrown(die: Die, raw: str, who: Sequence[str] = ("张三", "李四"), **given: str) -> Evidence:
    request = Request(draw_id="d", commitment="c", given={"raw": raw, **PLACE, **given}, who=tuple(who), now=NOW)
    return BUILT_IN[die.id].collect(request)


def refused(die: Die, raw: str, **given: str) -> list[tuple[str, str]]:
    with pytest.raises(EntropyError) as caught:
        thrown(die, raw, **given)
    return [(p.code, p.value) for p in caught.value.problems]


def codes(evidence: Evidence) -> list[str]:
    return [p.code for p in BUILT_IN[evidence.source].assess(evidence, {}).problems]


@pytest.mark.parametrize("raw", PUBLIC)
def test_twenty_ten_sided_dice_are_enough_and_need_no_warning(raw: str) -> None:
    evidence = thrown(DICE10, raw)
    assessed = BUILT_IN["dice10"].assess(evidence, {})
    assert evidence.value == f"dice10:{raw}"
    assert (assessed.level, assessed.status, assessed.bits, assessed.problems) == ("E2", "attested", 66, ())


def test_a_leading_zero_is_part_of_the_value() -> None:
    """NomCom 2013 announced 08285182 and hashed 8285182: all twelve results were others."""
    assert thrown(DICE10, "08285182").value == "dice10:08285182"
    assert thrown(DICE10, "08285182").value != thrown(DICE10, "8285182").value


def test_what_was_typed_is_kept_and_the_value_is_the_digits_alone() -> None:
    raw = " ０８７７２，4 7 3、2969\t1897540\n"
    evidence = thrown(DICE10, raw)
    assert (evidence.raw, evidence.canonical) == (raw, "0877247329691897540")


def test_impossible_faces_are_refused_each_with_its_position() -> None:
    assert refused(DICE6, "1 7 3 0 5 5 5 5") == [("SSJ-E020", "0"), ("SSJ-E020", "7")]
    with pytest.raises(EntropyError) as caught:
        DICE6.canonical("1 2 3 7")
    (found,) = caught.value.problems
    assert found.message("zh") == "第 4 次掷出的“7”不是 dice6 的点数（1 至 6）"
    assert found.message("en") == "throw 4: “7” is no face of dice6 (1 to 6)"


@pytest.mark.parametrize("face", ["a", "-", ".", "²", "٣", "五", "①", "\x00", "\ud800", "𝟗"])
def test_only_plain_digits_are_faces(face: str) -> None:
    for die in (DICE6, DICE10):
        assert refused(die, f"1234512345{face}") == [("SSJ-E020", face)]


def test_a_wrong_text_is_told_in_ten_problems() -> None:
    assert len(refused(DICE10, "掷" * 5000)) == 10


@pytest.mark.parametrize(("die", "least", "advised"), [(DICE6, 8, 25), (DICE10, 7, 20)], ids=lambda v: str(v)[:3])
def test_too_few_throws_are_refused_and_few_are_warned_about(die: Die, least: int, advised: int) -> None:
    face = str(die.high)
    assert refused(die, face * (least - 1)) == [("SSJ-E023", str(least - 1))]
    assert codes(thrown(die, face * least)) == ["SSJ-E024"]
    assert codes(thrown(die, face * (advised - 1))) == ["SSJ-E024"]
    assert codes(thrown(die, face * advised)) == []


@pytest.mark.parametrize(("die", "faces"), [(DICE6, 6), (DICE10, 10)], ids=["dice6", "dice10"])
def test_bits_are_rounded_down_exactly(die: Die, faces: int) -> None:
    for rolls in range(400):
        size = die.bits(rolls)
        assert 2**size <= faces**rolls < 2 ** (size + 1)
    assert DICE6.bits(50) == 129


def test_nothing_is_no_throw() -> None:
    for raw in ("", "  ", "\u3000"):
        assert refused(DICE6, raw) == [("SSJ-E002", "六面骰")]
    assert [code for code, _ in refused(DICE6, "、，")] == ["SSJ-E023"]


def test_without_two_witnesses_place_and_time_the_level_is_e0() -> None:
    good = thrown(DICE10, PUBLIC[0])
    for lacking in (
        evolve(good, who=()),
        evolve(good, who=("张三",)),
        evolve(good, who=("张三", "张三 ")),
        evolve(good, who=("张三", " ")),
        evolve(good, where=" "),
        evolve(good, when=""),
    ):
        assessed = BUILT_IN["dice10"].assess(lacking, {})
        assert (assessed.level, assessed.status) == ("E0", "claimed")
        assert [p.code for p in assessed.problems] == ["SSJ-E006"]


def test_who_threw_what_is_kept_and_counts_as_seen() -> None:
    evidence = thrown(DICE6, "3 5 1 6 2 2 4 4 1", who=(), rolls="张三：3 5 1；李四:6 2 2;张三:441")
    assert evidence.who == ("张三", "李四")
    assert evidence.details == {"rolls": "张三：3 5 1；李四:6 2 2;张三:441"}
    assert BUILT_IN["dice6"].assess(evidence, {}).level == "E2"
    assert thrown(DICE6, "351622441", who=("王五", "李四"), rolls="李四:351622441").who == ("王五", "李四")


def test_who_threw_what_must_agree_with_what_was_typed() -> None:
    assert refused(DICE6, "351622441", rolls="张三:3 5 1;李四:6 2 2 4 1 4") == [("SSJ-E022", "351622414")]
    assert refused(DICE6, "351622441", rolls="张三:3 5 1 6 2 2 4 4 1 1") == [("SSJ-E022", "3516224411")]
    assert refused(DICE6, "351622441", rolls="张三 3 5 1") == [("SSJ-E021", "张三 3 5 1")]
    assert refused(DICE6, "351622441", rolls=":351622441") == [("SSJ-E021", ":351622441")]
    assert refused(DICE6, "351622441", rolls="张三:7") == [("SSJ-E020", "7")]
    changed = evolve(thrown(DICE6, "351622441", rolls="张三:351622441"), details={"rolls": "张三:151622441"})
    assert BUILT_IN["dice6"].assess(changed, {}).level == "E0"


def test_some_throws_are_checked_in_their_place_among_all() -> None:
    assert DICE6.faces(" ３ 5，1") == "351"
    assert DICE6.faces("", 9) == ""
    with pytest.raises(EntropyError) as caught:
        DICE6.faces("1 2 7", 12)
    assert [p.message("en") for p in caught.value.problems] == ["throw 14: “7” is no face of dice6 (1 to 6)"]


def test_a_changed_value_is_noticed() -> None:
    good = thrown(DICE10, PUBLIC[0])
    for changed in (
        evolve(good, canonical=PUBLIC[0][1:]),
        evolve(good, raw=PUBLIC[0][1:]),
        evolve(good, canonical=f"{PUBLIC[0][:10]} {PUBLIC[0][10:]}"),
    ):
        assert codes(changed) == ["SSJ-E001"] + (["SSJ-E024"] if changed.raw != good.raw else [])
        assert BUILT_IN["dice10"].assess(changed, {}).level == "E0"
    assert codes(evolve(good, raw="x")) == ["SSJ-E020"]
