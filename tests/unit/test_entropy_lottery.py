"""Lotteries: the issue appointed at sealing, the grammar of each game, and what makes a draw level E4."""

from collections.abc import Mapping
from datetime import UTC, datetime

import pytest
from attrs import evolve

from ssj_core.entropy import BUILT_IN
from ssj_core.entropy.lottery import GAMES, event_time
from ssj_core.entropy.model import Evidence, Request
from ssj_core.problems import EntropyError, InputError, Problem

NOW = datetime.fromisoformat("2026-11-10T09:00:00+08:00")
NUMBERS = "03 07 09 15 18 22 27 30 34 38 41 45 49 52 56 60 63 68 74 79"
PLACES = {"source1": "https://www.cwl.gov.cn/ygkj/", "source2": "福建日报 2026-11-15 第 8 版"}
GOOD = {
    "kl8": f"2026318:{NUMBERS}",
    "ssq": "2026131:02 09 14 21 26 33+08",
    "dlt": "2026131:04 11 19 28 35+03 10",
    "fc3d": "2026318:0 7 3",
}
DAY = "2026-11-14"


def appointed(game: str, date: str = DAY) -> Mapping[str, str]:
    return BUILT_IN[game].appoint({"issue": GOOD[game][:7], **({"date": date} if date else {})}, NOW)


def drawn(game: str, raw: str, date: str = DAY, **given: str) -> Evidence:
    request = Request(
        draw_id="d", commitment="c", appointed=appointed(game, date), given={"raw": raw, **PLACES, **given}, now=NOW
    )
    return BUILT_IN[game].collect(request)


def refused(game: str, raw: str, **given: str) -> list[tuple[str, str]]:
    with pytest.raises(EntropyError) as caught:
        drawn(game, raw, **given)
    return told(caught.value.problems)


def not_appointed(source: str, now: datetime = NOW, **params: str) -> list[tuple[str, str]]:
    with pytest.raises(InputError) as caught:
        BUILT_IN[source].appoint(params, now)
    return told(caught.value.problems)


def told(problems: tuple[Problem, ...]) -> list[tuple[str, str]]:
    for found in problems:
        assert found.message("zh")
        assert found.remedy("en")
    return [(p.code, p.value) for p in problems]


# --- sealing


def test_the_issue_and_its_day_are_appointed() -> None:
    assert appointed("kl8") == {"game": "kl8", "issue": "2026318", "date": DAY}
    assert BUILT_IN["kl8"].appoint({"game": "快乐８", "issue": "２０２６３１８"}, NOW) == {
        "game": "kl8",
        "issue": "2026318",
    }
    assert BUILT_IN["fc3d"].appoint({"game": "福彩3d", "issue": "2027001"}, NOW)["issue"] == "2027001"


def test_the_five_digits_of_one_lottery_become_seven() -> None:
    assert BUILT_IN["dlt"].appoint({"issue": "26131"}, NOW)["issue"] == "2026131"
    assert not_appointed("kl8", issue="26318") == [("SSJ-E026", "26318")]


@pytest.mark.parametrize(
    "issue",
    ["", "26318", "20263180", "2026000", "2026367", "1926318", "2026-318", "latest", "２０２６", "²026318", "٢٠٢٦٣١٨"],
)
def test_a_malformed_issue_is_refused(issue: str) -> None:
    assert not_appointed("kl8", issue=issue) == [("SSJ-E026", issue)]


def test_an_unknown_game_is_refused_with_the_nearest_names() -> None:
    with pytest.raises(InputError) as caught:
        BUILT_IN["kl8"].appoint({"game": "快乐9", "issue": "2026318"}, NOW)
    (found,) = caught.value.problems
    assert found.code == "SSJ-E025"
    assert "是不是 快乐8" in found.message("zh")
    assert "kl8, ssq, dlt, fc3d" in found.remedy("en")
    assert not_appointed("kl8", game="双色球", issue="2026318") == [("SSJ-E025", "双色球")]


def test_the_day_must_be_after_that_of_the_sealing() -> None:
    for day in ("2026-11-10", "2026-11-09", "tomorrow", "", "2026-02-30"):
        assert ("SSJ-E027", day) in not_appointed("kl8", issue="2026300", date=day)
    late = datetime(2026, 11, 13, 16, 30, tzinfo=UTC)  # half past midnight of the 14th in Beijing
    assert ("SSJ-E027", DAY) in not_appointed("kl8", late, issue="2026318", date=DAY)
    assert BUILT_IN["kl8"].appoint({"issue": "2026318", "date": DAY}, datetime(2026, 11, 13, 23))["date"] == DAY  # noqa: DTZ001


def test_issue_and_day_must_be_able_to_go_together() -> None:
    assert not_appointed("kl8", issue="2026319", date=DAY) == [("SSJ-E028", "2026319")]  # the 318th day
    assert not_appointed("kl8", issue="2027318", date=DAY) == [("SSJ-E028", "2027318")]
    assert not_appointed("kl8", issue="2025318") == [("SSJ-E028", "2025318")]
    assert not_appointed("kl8", issue="2028001") == [("SSJ-E028", "2028001")]


def test_every_mistake_is_told_at_once() -> None:
    found = not_appointed("ssq", game="六合彩", issue="1", date="x", round="7")
    assert {code for code, _ in found} == {"SSJ-E008", "SSJ-E025", "SSJ-E026", "SSJ-E027"}


# --- the result


@pytest.mark.parametrize("game", GOOD)
def test_a_result_of_the_appointed_issue_is_taken(game: str) -> None:
    evidence = drawn(game, GOOD[game])
    assert evidence.value == f"{game}:{GOOD[game]}"
    assessed = BUILT_IN[game].assess(evidence, appointed(game))
    assert assessed.status == "attested"
    assert not [p for p in assessed.problems if p.severity == "error"]


def test_numbers_are_sorted_and_written_with_two_digits_whatever_was_typed() -> None:
    """Drums apart: the special balls stay behind the plus."""
    shuffled = "79、3，７ 9 15 18 22 27 30 34 38 41 45 49 52 56 60 63 74 68"
    evidence = drawn("kl8", f"第 2026318 期：{shuffled}")
    assert (evidence.raw[-5:], evidence.canonical) == ("74 68", GOOD["kl8"])
    assert drawn("dlt", "26131期 35 4 11 28 19 ＋ 10 3").canonical == GOOD["dlt"]
    assert drawn("ssq", "2026131: 33,26,21,14,9,2+8").canonical == GOOD["ssq"]


def test_the_digits_of_3d_keep_their_order_and_may_repeat() -> None:
    assert drawn("fc3d", "2026318:073").canonical == "2026318:0 7 3"
    assert drawn("fc3d", "2026318: 7 0 7").canonical == "2026318:7 0 7"


def test_another_issue_is_refused() -> None:
    assert refused("kl8", f"2026317:{NUMBERS}") == [("SSJ-E030", "2026317")]
    assert refused("kl8", f"202631:{NUMBERS}") == [("SSJ-E026", "202631")]


def test_a_wrong_count_is_refused() -> None:
    assert refused("kl8", GOOD["kl8"][:-3]) == [("SSJ-E031", "19")]
    assert refused("kl8", GOOD["kl8"] + " 80") == [("SSJ-E031", "21")]
    assert refused("ssq", "2026131:02 09 14 21 26+08 09") == [("SSJ-E031", "2"), ("SSJ-E031", "5")]
    assert refused("ssq", "2026131:02 09 14 21 26 33+") == [("SSJ-E031", "0")]
    assert refused("fc3d", "2026318:0733") == [("SSJ-E031", "4")]


def test_a_number_that_no_ball_has_is_refused() -> None:
    assert refused("kl8", GOOD["kl8"].replace("79", "81")) == [("SSJ-E032", "81")]
    assert refused("kl8", GOOD["kl8"].replace("03", "00")) == [("SSJ-E032", "0")]
    assert refused("ssq", GOOD["ssq"].replace("+08", "+17")) == [("SSJ-E032", "17")]
    assert refused("dlt", GOOD["dlt"].replace("35", "36")) == [("SSJ-E032", "36")]
    assert refused("fc3d", "2026318:10 7 3") == [("SSJ-E032", "10")]


def test_a_repeated_ball_is_refused() -> None:
    assert refused("kl8", GOOD["kl8"].replace("79", "03")) == [("SSJ-E033", "3")]
    assert refused("dlt", GOOD["dlt"].replace("+03 10", "+10 10")) == [("SSJ-E033", "10")]
    assert drawn("ssq", "2026131:02 09 14 21 26 33+09").canonical.endswith("33+09")  # another drum, another ball


@pytest.mark.parametrize(
    ("game", "raw"),
    [
        ("kl8", NUMBERS), ("kl8", "x"), ("kl8", f"2026318 {NUMBERS}"), ("kl8", f"2026318:{NUMBERS.replace(' ', '')}"),
        ("kl8", f"2026318:{NUMBERS}+01"), ("ssq", "2026131:02 09 14 21 26 33 08"), ("ssq", "2026131:1+2+3"),
        ("kl8", f"2026318:{NUMBERS.replace('79', '³')}"), ("fc3d", "2026318:-7 3"), ("kl8", "2026318:" + "٣ " * 20),
    ],
)  # fmt: skip
def test_what_is_no_result_is_refused_with_an_example(game: str, raw: str) -> None:
    assert [code for code, _ in refused(game, raw)] == ["SSJ-E029"]


def test_nothing_is_no_result() -> None:
    assert refused("kl8", " ") == [("SSJ-E002", "快乐8")]


# --- what it is worth


def test_the_bits_of_the_games() -> None:
    assert {g.id: g.bits for g in GAMES} == {"kl8": 61, "ssq": 24, "dlt": 24, "fc3d": 9}


@pytest.mark.parametrize(("game", "level", "code"), [
    ("kl8", "E4", "SSJ-E037"), ("ssq", "E4", "SSJ-E037"), ("dlt", "E4", "SSJ-E037"), ("fc3d", "E0", "SSJ-E036"),
])  # fmt: skip
def test_a_later_event_looked_up_twice_is_e4_unless_it_is_too_small(game: str, level: str, code: str) -> None:
    assessed = BUILT_IN[game].assess(drawn(game, GOOD[game]), appointed(game))
    assert (assessed.level, [p.code for p in assessed.problems]) == (level, [code])


@pytest.mark.parametrize(
    "places",
    [
        {"source1": "", "source2": ""},
        {"source2": " "},
        {"source1": "Fujian Daily", "source2": "fujian daily "},
        {"source1": "https://www.cwl.gov.cn/a", "source2": "http://cwl.gov.cn/b"},
    ],
)
def test_without_two_independent_places_the_numbers_are_only_claimed(places: dict[str, str]) -> None:
    assessed = BUILT_IN["kl8"].assess(drawn("kl8", GOOD["kl8"], **places), appointed("kl8"))
    assert (assessed.level, assessed.status, assessed.bits) == ("E0", "claimed", 61)
    assert [p.code for p in assessed.problems] == ["SSJ-E034", "SSJ-E037"]


def test_a_draw_before_the_sealing_does_not_count() -> None:
    for sealed, level in (("2026-11-13T09:00+08:00", "E4"), ("2026-11-14T21:31:00", "E0"), ("2026-11-15", "E0")):
        evidence = drawn("kl8", GOOD["kl8"], when="2026-11-14T21:30+08:00", sealed_at=sealed)
        assessed = BUILT_IN["kl8"].assess(evidence, appointed("kl8"))
        assert (assessed.level, "SSJ-E035" in [p.code for p in assessed.problems]) == (level, level == "E0")


def test_a_draw_of_unknown_time_does_not_count() -> None:
    without = appointed("kl8", "")
    for when, level in (("", "E0"), ("2026-11-14T21:30", "E0")):
        evidence = drawn("kl8", GOOD["kl8"], date="", when=when)
        assert BUILT_IN["kl8"].assess(evidence, without).level == level


def test_the_time_of_the_event() -> None:
    """With an appointed day, a later time is when it was written down: the day's first moment counts."""
    for date, when, time in (
        (DAY, "2026-11-14T21:30", "2026-11-14T21:30:00+08:00"),
        (DAY, "2026-11-14T13:30Z", "2026-11-14T21:30:00+08:00"),
        (DAY, "2026-11-15T09:00", "2026-11-14T00:00:00+08:00"),
        (DAY, "", "2026-11-14T00:00:00+08:00"),
        ("", "2026-11-14T21:30", "2026-11-14T21:30:00+08:00"),
    ):
        found = event_time(drawn("kl8", GOOD["kl8"], date=date, when=when))
        assert found is not None
        assert found.isoformat() == time
    assert event_time(drawn("kl8", GOOD["kl8"], date="")) is None
    assert refused("kl8", GOOD["kl8"], when="昨晚") == [("SSJ-E038", "昨晚")]
    assert refused("kl8", GOOD["kl8"], when="0001-01-01T00:00+23:00") == [("SSJ-E038", "0001-01-01T00:00+23:00")]


def test_a_changed_record_is_noticed() -> None:
    good, sealed = drawn("kl8", GOOD["kl8"]), appointed("kl8")
    for evidence, event, code in (
        (evolve(good, canonical=GOOD["kl8"].replace("79", "80")), sealed, "SSJ-E001"),
        (evolve(good, raw=GOOD["kl8"].replace("79", "80")), sealed, "SSJ-E001"),
        (evolve(good, raw="x"), sealed, "SSJ-E029"),
        (evolve(good, details={**good.details, "date": "2026-12-01"}), sealed, "SSJ-E001"),
        (good, {**sealed, "issue": "2026319"}, "SSJ-E030"),
        (good, {**sealed, "game": "ssq"}, "SSJ-E025"),
        (good, {}, "SSJ-E030"),
    ):
        assessed = BUILT_IN["kl8"].assess(evidence, event)
        assert code in [p.code for p in assessed.problems]
        assert (assessed.level, assessed.bits) == ("E0", 0)
