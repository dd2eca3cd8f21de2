"""Grammars of typed entropy: a canonical text is its own canonical text, and no text breaks the programme."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssj_core.canonical import check_line_value
from ssj_core.entropy import BUILT_IN
from ssj_core.entropy.dice import DICE6, DICE10, Die
from ssj_core.entropy.grammar import whole_bits
from ssj_core.entropy.lottery import GAMES, Game
from ssj_core.entropy.model import Evidence, Request
from ssj_core.entropy.reveal import canonical, make_commitment
from ssj_core.problems import EntropyError, InputError

NOW = datetime(2026, 3, 1, tzinfo=UTC)
TYPED = ("dice6", "dice10", "kl8", "ssq", "dlt", "fc3d", "reveal")
PARTIES = {p: make_commitment("d", p, "ab" * 32) for p in ("甲", "乙")}
JOINED = ";".join(f"{p}={c}" for p, c in PARTIES.items())
SPACES = st.sampled_from([" ", ",", "、", "，", "\u3000", "  ", " , "])


def wide(text: str) -> str:
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


def texts() -> st.SearchStrategy[str]:
    """Anything, and what nearly looks like a value."""
    near = st.text("0123456789０９：:+＋ ,、;；=＝-甲乙第期af²٣\n\x00\ud800", max_size=60)
    pieces = st.sampled_from(
        ["2026060:", "第2026060期", "01 02 03", "+", "甲=", "乙=-", "ab" * 32, ";", "0 7 3", "=", "張"]
    )
    return st.one_of(st.text(max_size=30), near, st.lists(pieces, max_size=8).map("".join))


@given(st.sampled_from([DICE6, DICE10]), st.data())
def test_throws_are_the_same_whatever_stands_between_them(die: Die, data: st.DataObject) -> None:
    faces = data.draw(st.lists(st.integers(die.low, die.high).map(str), min_size=1, max_size=40))
    gaps = data.draw(st.lists(st.one_of(st.just(""), SPACES), min_size=len(faces), max_size=len(faces)))
    typed = "".join(f + g for f, g in zip(faces, gaps, strict=True))
    made = die.canonical(data.draw(st.sampled_from([typed, wide(typed)])))
    assert made == "".join(faces)
    assert die.canonical(made) == made


@given(st.sampled_from(GAMES), st.data())
def test_results_are_the_same_in_any_order_but_where_the_order_counts(game: Game, data: st.DataObject) -> None:
    issue = data.draw(st.integers(1, 366).map(lambda n: f"2026{n:03}"))
    drums, shuffled = [], []
    for drum in game.drums:
        numbers = data.draw(
            st.lists(
                st.integers(drum.low, drum.high), min_size=drum.count, max_size=drum.count, unique=not drum.ordered
            )
        )
        drums.append(" ".join(map(str, numbers)))
        other = numbers if drum.ordered else data.draw(st.permutations(numbers))
        shuffled.append(data.draw(SPACES).join(f"{n:02}" for n in other))
    made = game.canonical(f"{issue}:{'+'.join(drums)}")
    assert game.canonical(wide(f"第{issue}期 {' + '.join(shuffled)}")) == made
    assert game.canonical(made) == made
    check_line_value(made)


@given(st.sampled_from(["ab" * 32, "AB" * 32, "-", ""]), st.booleans())
def test_reveals_are_the_same_in_any_order(secret: str, backwards: bool) -> None:
    parts = [f"甲={secret}", f"乙 ＝ {wide('ab' * 32)}"]
    made = canonical("；".join(reversed(parts) if backwards else parts), PARTIES)
    assert made == f"甲={'ab' * 32 if len(secret) == 64 else '-'};乙={'ab' * 32}"
    assert canonical(made, PARTIES) == made


@pytest.mark.parametrize("source", TYPED)
@given(raw=texts(), other=texts(), now=st.sampled_from([NOW, NOW.replace(tzinfo=None)]))
def test_no_text_raises_anything_but_a_problem(source: str, raw: str, other: str, now: datetime) -> None:
    """And what is taken can be told again: its value is one clean line, its own canonical text."""
    appointed = {"issue": "2026060", "label": "d", "parties": JOINED, "deadline": "2026-01-01"}
    request = Request(
        draw_id="d", commitment="c", appointed=appointed, given={"raw": raw, "rolls": other, "source1": other}, now=now
    )
    try:
        evidence = BUILT_IN[source].collect(request)
    except EntropyError:
        pass
    else:
        check_line_value(evidence.value)
        again = {"raw": evidence.canonical, "rolls": other}
        made = BUILT_IN[source].collect(Request(draw_id="d", commitment="c", appointed=appointed, given=again, now=now))
        assert made.canonical == evidence.canonical
    forged = Evidence(source=source, raw=raw, canonical=other, when=other, details={"date": raw, "rolls": other})
    for event in (appointed, {}, {"issue": raw, "game": other, "label": raw, "parties": other, "deadline": raw}):
        assessed = BUILT_IN[source].assess(forged, event)
        assert assessed.level == "E0"


@pytest.mark.parametrize("source", ["kl8", "dlt", "reveal"])
@given(params=st.dictionaries(st.sampled_from(["game", "issue", "date", "label", "parties", "deadline", "x"]), texts()))
def test_no_parameter_raises_anything_but_a_problem(source: str, params: dict[str, str]) -> None:
    try:
        appointed = BUILT_IN[source].appoint(params, NOW)
    except InputError:
        return
    assert set(appointed) <= {"game", "issue", "date", "label", "parties", "deadline"}


@given(st.integers(1, 10**60))
def test_whole_bits_are_a_logarithm_rounded_down(outcomes: int) -> None:
    assert 2 ** whole_bits(outcomes) <= outcomes < 2 ** (whole_bits(outcomes) + 1)
