"""The levels that need a time stamp and a ledger: reached with them, and what is said where they are missing."""

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, get_args

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from ssj_core.entropy import BEST, BUILT_IN
from ssj_core.entropy.model import Evidence, Level
from ssj_core.verify.assurance import LEVELS, Appointed, Verdict, for_replacement, judge, missing_beside, shortfall
from ssj_core.verify.beside import Circumstances
from tests.vectors.sections.worths import evidence_of

VECTORS = Path(__file__).parents[1] / "vectors"
WORTH = {
    c["name"]: c for c in json.loads((VECTORS / "entropy.json").read_text("utf-8"))["cases"] if c["kind"] == "worth"
}
SEALED_AT = WORTH["level-os"]["sealed_at"]
OS, WORDS, PARTIES, EVENT = ("level-os", "level-text", "level-reveal", "level-ssq")
FIRST = "level-best-of-several/0"
"""Witnesses who spoke before the event; `WORDS` are of its own minute, and so not before it."""
EARLY, BETWEEN, LATE = "2026-11-13T09:30:00+08:00", "2026-11-13T21:00:00+08:00", "2026-11-15T09:00:00+08:00"
"""After the sealing and before the event; a little later; after the event."""


def pieces(*names: str) -> list[Appointed]:
    """The evidence of some cases, or the one piece of a case that stands after a slash."""
    found: list[dict[str, Any]] = []
    for name in names:
        case, _, piece = name.partition("/")
        whole = WORTH[case]["evidence"]
        found += [whole[int(piece)]] if piece else whole
    return [(evidence_of(p), p.get("appointed", {})) for p in found]


def judged(*names: str, stamped: str = "", drawn_at: str = LATE, in_ledger: bool = True) -> Verdict:
    time = datetime.fromisoformat(stamped) if stamped else None
    return judge(pieces(*names), SEALED_AT, Circumstances(stamped=time, drawn_at=drawn_at, in_ledger=in_ledger))


@pytest.mark.parametrize(
    ("names", "without", "with_stamp", "with_both"),
    [
        ([OS], "E0", "E1", "E1"),
        ([WORDS], "E2", "E2", "E2"),
        ([PARTIES], "E3", "E3", "E3"),
        ([EVENT], "E4", "E4", "E4"),
        ([OS, EVENT], "E0", "E1", "E1"),
        ([OS, FIRST, EVENT], "E0", "E1", "E1"),
        ([EVENT, FIRST], "E4", "E4", "E5"),
        ([FIRST, EVENT], "E4", "E4", "E5"),
        ([FIRST, PARTIES, EVENT], "E4", "E4", "E5"),
        ([EVENT, WORDS], "E2", "E2", "E2"),
        ([FIRST, EVENT, WORDS], "E2", "E2", "E2"),
        ([PARTIES, EVENT, WORDS], "E2", "E2", "E2"),
        ([EVENT, PARTIES], "E4", "E4", "E5"),
        (["level-text-one-witness", EVENT], "E0", "E1", "E1"),
        (["level-text-before-the-sealing", EVENT], "E4", "E4", "E4"),
        (["level-text-before-the-sealing", EVENT, FIRST], "E4", "E4", "E5"),
        (["level-reveal-one-absent", EVENT], "E0", "E1", "E1"),
        (["level-one-absent-attested-before-the-event"], "E4", "E4", "E4"),
        ([WORDS, "level-ssq-one-place"], "E0", "E1", "E1"),
        ([WORDS, "level-ssq-another-issue"], "E2", "E2", "E2"),
        (["level-text-before-the-sealing"], "E0", "E1", "E1"),
    ],
)
def test_what_stamp_and_ledger_make_of_the_level(
    names: list[str], without: str, with_stamp: str, with_both: str
) -> None:
    assert judged(*names).level == without
    assert judged(*names, stamped=EARLY, in_ledger=False).level == with_stamp
    assert judged(*names, stamped=EARLY).level == with_both
    assert judged(*names, stamped=LATE, drawn_at=BETWEEN).level == without, "a stamp that came too late"


def test_the_stamp_must_be_earlier_than_the_event_itself() -> None:
    """Of a lottery the beginning of its day: the hour on record is what the office wrote down."""
    for piece, appointed in pieces(EVENT):
        assert (appointed["date"], piece.when) == ("2026-11-14", "2026-11-14T21:30:00+08:00")
    assert judged(EVENT, FIRST, stamped="2026-11-14T21:29:59+08:00").level == "E4"
    assert judged(EVENT, FIRST, stamped="2026-11-14T00:00:00+08:00").level == "E4"
    assert judged(EVENT, FIRST, stamped="2026-11-13T23:59:59+08:00").level == "E5"


def test_an_event_that_is_held_lower_does_not_carry_a_stamp() -> None:
    """Two events, witnesses between them: only the one after the witnesses counts, and the stamp must be before it."""
    (event, appointed), (words, none) = pieces(EVENT)[0], pieces(FIRST)[0]
    day = "2026-11-16"
    second = evolve(event, when=f"{day}T21:30:00+08:00", details={**event.details, "date": day})
    late = evolve(words, when="2026-11-15T12:00:00+08:00")
    three = [(event, appointed), (late, none), (second, {**appointed, "date": day})]
    for stamped, level in (("2026-11-15T23:00:00+08:00", "E5"), ("2026-11-16T00:00:00+08:00", "E4")):
        beside = Circumstances(stamped=datetime.fromisoformat(stamped), in_ledger=True)
        assert judge(three, SEALED_AT, beside).level == level


def test_a_replacement_has_no_stamp_and_none_is_missed() -> None:
    alone = judge(pieces(EVENT, FIRST), SEALED_AT, Circumstances(stampable=False))
    assert (alone.level, alone.reached.best, alone.reached.missing) == ("E4", "E4", "")
    assert "would raise" not in told(alone)
    assert [for_replacement(level) for level in (None, *get_args(Level))] == [None, "E0", "E0", "E2", "E3", "E4", "E4"]


@pytest.mark.parametrize(("drawn_at", "level"), [(EARLY, "E0"), (BETWEEN, "E1"), ("", "E0"), ("昨天", "E0")])
def test_with_the_offices_own_seed_the_stamp_must_be_earlier_than_the_draw(drawn_at: str, level: str) -> None:
    assert judged(OS, stamped=EARLY, drawn_at=drawn_at).level == level


@given(st.lists(st.sampled_from([OS, WORDS, FIRST, PARTIES, EVENT]), max_size=4), st.sampled_from(["", EARLY, LATE]))
def test_a_stamp_never_lowers_a_level_and_the_ledger_neither(names: list[str], stamped: str) -> None:
    ranks = list(get_args(Level))
    alone = judged(*names, in_ledger=False)
    for other in (judged(*names, stamped=stamped, in_ledger=False), judged(*names, stamped=stamped)):
        assert ranks.index(other.level) >= ranks.index(alone.level)
        assert other.level <= other.reached.best
        assert other.bits == alone.bits
    assert judged(*names, stamped=EARLY).level <= alone.reached.best, "what is missing was said"


def told(verdict: Verdict) -> str:
    return "\n".join(t.en for t in verdict.unproved)


def test_what_remains_unproved_is_said() -> None:
    assert "compare the published one" in told(judged(EVENT, FIRST))
    assert "time stamp of the commitment that holds would raise" in told(judged(EVENT, FIRST))
    assert "verify the whole working folder" in told(judged(EVENT, FIRST, stamped=EARLY, in_ledger=False))
    assert "not of before the seed" in told(judged(EVENT, FIRST, stamped=LATE))
    highest = told(judged(EVENT, FIRST, stamped=EARLY))
    assert "could all have colluded" in highest
    assert "if they heard" in highest
    assert "if they heard" not in told(judged(EVENT, PARTIES, stamped=EARLY)), "nobody can hear what is not revealed"
    assert "compare the published one" not in highest
    for names in ([OS], [WORDS], [EVENT], [EVENT, FIRST]):
        assert "whether the time-stamping authority is independent" in told(judged(*names, stamped=EARLY))
        assert "independent" not in told(judged(*names))
    assert "the time of the draw is its own word" in told(judged(OS, stamped=EARLY))
    assert "tried seeds" in told(judged(OS, stamped=EARLY))
    assert "rests on the testimony" in told(judged(WORDS, stamped=EARLY))


def codes(verdict: Verdict, required: Level) -> list[str]:
    return [p.code for p in shortfall(verdict, required)]


def test_what_is_missing_cannot_be_told_and_what_is_too_little_is_refused() -> None:
    for verdict, required in ((judged(OS), "E1"), (judged(EVENT, FIRST), "E5")):
        (found,) = missing_beside(verdict, required)  # type: ignore[arg-type]
        assert (found.code, found.value) == ("SSJ-T022", required)
    (found,) = missing_beside(judged(EVENT, FIRST, stamped=EARLY, in_ledger=False), "E5")
    assert (found.code, found.value) == ("SSJ-T023", "E5")
    for verdict, required in (
        (judged(OS), "E2"), (judged(WORDS), "E5"), (judged(EVENT), "E5"), (judged(EVENT, FIRST), "E4"),
        (judged(EVENT, FIRST, stamped=EARLY), "E5"), (judged(EVENT, FIRST, stamped=LATE), "E5"),
        (judged(EVENT, stamped=EARLY, in_ledger=False), "E5"), (judged(EVENT, WORDS), "E5"),
    ):  # fmt: skip
        assert not missing_beside(verdict, required)  # type: ignore[arg-type]
    assert codes(judged(EVENT, FIRST, stamped=LATE), "E5") == ["SSJ-T018"]
    assert codes(judged(OS, stamped=LATE, drawn_at=BETWEEN), "E1") == ["SSJ-T021"]
    assert codes(judged(EVENT, stamped=EARLY), "E5") == ["SSJ-E012"]
    assert codes(judged(EVENT, WORDS, stamped=EARLY), "E5") == ["SSJ-E012"]
    assert codes(judged(OS, stamped=EARLY), "E2") == ["SSJ-E012"]
    assert codes(judged(EVENT, FIRST, stamped=EARLY), "E5") == []


def test_every_level_has_its_sentence() -> None:
    assert list(LEVELS) == list(get_args(Level))


def test_no_source_is_said_to_reach_more_than_it_does() -> None:
    """`BEST` decides which plans are refused before anything is sealed."""
    assert set(BEST) == set(BUILT_IN)
    for case in WORTH.values():
        for piece in case["evidence"]:
            one: tuple[Evidence, Any] = evidence_of(piece), piece.get("appointed", {})
            assert judge([one], SEALED_AT).level <= BEST[piece["source"]]


def test_testimony_of_a_time_after_the_draw_is_told() -> None:
    """Ten minutes are for clocks that differ; the level is another question."""
    when = datetime.fromisoformat(WORTH[WORDS]["evidence"][0]["when"])
    for minutes, told in ((-9, False), (-11, True)):
        drawn = (when + timedelta(minutes=minutes)).isoformat()
        found = judge(pieces(WORDS), SEALED_AT, Circumstances(drawn_at=drawn))
        assert any("十分钟以上" in one.zh for one in found.unproved) is told
        assert found.level == "E2"
