"""Entropy sources: what is taken, what is refused, and what it is worth."""

from datetime import UTC, datetime

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from ssj_core.entropy import BUILT_IN, operating_system, ssj_entropy_sources, text
from ssj_core.entropy.model import Evidence, Request
from ssj_core.problems import EntropyError, InputError
from ssj_core.verify import assurance

DIGITS = "31415926535897932384"
NOW = datetime(2021, 1, 18, 9, tzinfo=UTC)


def request(raw: str = DIGITS, **given: str) -> Request:
    who = tuple(w for w in given.pop("who", "王某,李某").split(",") if w)
    answers = {"raw": raw, "where": "会议室", "when": "2026-03-01T09:00:00+08:00", **given}
    return Request(draw_id="d-1", commitment="0" * 64, given=answers, who=who, now=NOW)


def codes(evidence: Evidence) -> set[str]:
    return {p.code for p in BUILT_IN[evidence.source].assess(evidence, {}).problems}


def test_the_operating_system_gives_256_bits_and_level_e0() -> None:
    one, two = (operating_system.collect(request()) for _ in range(2))
    assert one.canonical != two.canonical
    assert len(bytes.fromhex(one.canonical)) == 32
    assessed = operating_system.assess(one)
    assert (assessed.level, assessed.bits, assessed.problems) == ("E0", 256, ())


@pytest.mark.parametrize("raw", ["", "0" * 63, "0" * 65, "G" * 64, "AB" * 32])
def test_what_the_operating_system_never_gave_is_a_mistake(raw: str) -> None:
    assert codes(Evidence(source="os", raw=raw, canonical=raw)) == {"SSJ-E001"}


def test_a_value_that_differs_from_what_was_given_is_a_mistake() -> None:
    for good in (operating_system.collect(request()), text.collect(request())):
        assert "SSJ-E001" in codes(evolve(good, canonical=good.canonical[::-1] + "1"))


def test_two_witnesses_a_place_and_a_time_make_level_e2() -> None:
    evidence = text.collect(request())
    assert text.assess(evidence).level == "E2"
    assert text.assess(evidence).status == "attested"
    assert codes(evidence) == set()


@pytest.mark.parametrize("lacking", [{"who": "王某"}, {"who": ""}, {"where": ""}, {"when": ""}, {"when": "上午"}])
def test_without_one_of_them_it_is_level_e0_with_a_warning(lacking: dict[str, str]) -> None:
    evidence = text.collect(request(**lacking))
    assert text.assess(evidence).level == "E0"
    assert codes(evidence) == {"SSJ-E006"}


@pytest.mark.parametrize("who", ["王某,王某", "王某,"])
def test_a_witness_counted_twice_is_one_witness(who: str) -> None:
    evidence = evolve(text.collect(request()), who=tuple(who.split(",")))
    assert text.assess(evidence).level == "E0"


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("", "SSJ-E002"), ("   \u3000", "SSJ-E002"), ("1\n2" * 20, "SSJ-E003"), ("1\t2" * 20, "SSJ-E003"),
        ("\x07" + DIGITS, "SSJ-E003"), ("123456", "SSJ-E004"), ("a" * 99, "SSJ-E004"), ("１２３４５６", "SSJ-E004"),
    ],
)  # fmt: skip
def test_nothing_too_little_or_a_line_too_many_is_refused(raw: str, code: str) -> None:
    with pytest.raises(EntropyError) as caught:
        text.collect(request(raw))
    assert code in [p.code for p in caught.value.problems]


def test_little_is_taken_with_a_warning() -> None:
    evidence = text.collect(request("3141592653"))
    assert codes(evidence) == {"SSJ-E005"}


@pytest.mark.parametrize(
    ("raw", "plain"),
    [
        ("３１４，１５９", "314,159"), (" 314 159 ", "314 159"), ("\u3000甲３\u3000", "甲3"), ("e\u0301", "é"),
        ("“红桃”Ａ", "“红桃”A"), ("！～", "!~"),
    ],
)  # fmt: skip
def test_full_width_and_plain_digits_are_one_text(raw: str, plain: str) -> None:
    assert text.canonical(raw) == plain


@given(st.text())
def test_what_is_plain_stays_plain(raw: str) -> None:
    once = text.canonical(raw)
    assert text.canonical(once) == once


@given(st.text("0123456789", min_size=1, max_size=40))
def test_digits_are_never_credited_with_more_than_they_hold(digits: str) -> None:
    assert 2 ** text.bits(digits) <= 10 ** len(digits)


def test_what_was_typed_is_kept_as_it_was_typed() -> None:
    evidence = text.collect(request(" ３１４１５９２６５３５８９７９３２３８４ "))
    assert evidence.raw == " ３１４１５９２６５３５８９７９３２３８４ "
    assert evidence.value == f"text:{DIGITS}"
    assert (evidence.who, evidence.where, evidence.when) == (("王某", "李某"), "会议室", "2026-03-01T09:00:00+08:00")


@pytest.mark.parametrize("name", ["os", "text"])
def test_a_source_without_a_future_event_takes_no_parameter(name: str) -> None:
    assert BUILT_IN[name].appoint({}, NOW) == {}
    with pytest.raises(InputError) as caught:
        BUILT_IN[name].appoint({"game": "ssq", "issue": "1"}, NOW)
    assert [p.code for p in caught.value.problems] == ["SSJ-E008", "SSJ-E008"]


def test_the_sources_are_registered_under_their_names() -> None:
    assert [s.id for s in ssj_entropy_sources()] == [f"entropy.{name}" for name in BUILT_IN]


def test_the_level_is_the_best_of_the_sound_sources_but_for_what_could_be_chosen_afterwards() -> None:
    system, witnesses = operating_system.collect(request()), text.collect(request())
    spoilt = evolve(witnesses, canonical="1" + witnesses.canonical)
    foreign = evolve(witnesses, source="foreign.x")
    for evidence, level in (
        ([system], "E0"), ([witnesses], "E2"), ([system, witnesses], "E0"), ([witnesses, spoilt], "E2"), ([], "E0"),
        ([foreign], "E0"), ([foreign, witnesses], "E0"),
    ):  # fmt: skip
        verdict = assurance.judge([(e, {}) for e in evidence], "2026-03-01T08:00:00+08:00")
        assert verdict.level == level
        assert len(verdict.sources) == len(evidence)
        assert verdict.unproved
        assert assurance.LEVELS[verdict.level].zh
