"""The questions of the ceremony without a terminal: whatever is typed, what is taken is sound and nothing is lost."""

from collections.abc import Callable
from datetime import datetime

import click
import pytest
from attrs import field, frozen
from hypothesis import given, settings
from hypothesis import strategies as st

from ssj_cli import clock
from ssj_cli.ceremony.asked import Asked, Table
from ssj_cli.ceremony.clerk import Clerk
from ssj_cli.ceremony.dice import Dice
from ssj_cli.ceremony.event import event
from ssj_cli.ceremony.pending import Pending
from ssj_cli.ceremony.room import Room, question_for
from ssj_cli.ceremony.testimony import ask_time, names_in
from ssj_cli.ceremony.words import Words
from ssj_cli.say import Voice
from ssj_core.entropy import BUILT_IN
from ssj_core.entropy.dice import DICE6
from ssj_core.entropy.model import EntropySource
from ssj_core.problems import errors
from ssj_core.rules.effective import SealedEntropy
from ssj_core.text import Text


@frozen
class Scripted(Clerk):
    """A clerk who types these lines and then breaks off."""

    lines: list[str] = field(factory=list, kw_only=True)

    def _line(self, _question: Text, _read: Callable[[], str]) -> str:
        if not self.lines:
            raise click.Abort
        return self.lines.pop(0)


def table(name: str, lines: list[str], source: EntropySource | None = None) -> Table:
    pending = Pending(draw_id="d", batch="b", commitment="0" * 64, entropy=(SealedEntropy(source=name),))
    asked = Asked(pending=pending, use=pending.entropy[0], source=source or BUILT_IN[name])
    return Table(asked, Scripted(Voice("zh"), lines=lines))


LINE = st.one_of(
    st.text("123456 ，、", min_size=1, max_size=12),
    st.text("0123456789= x:>;", min_size=1, max_size=8),
    st.tuples(st.integers(0, 40), st.integers(0, 9)).map(lambda f: f"{f[0]}={f[1]}"),
).filter(str.strip)


@settings(max_examples=300, deadline=None)
@given(st.lists(LINE, max_size=12), st.booleans())
def test_whatever_is_typed_the_throws_are_sound_and_every_change_is_on_record(typed: list[str], turns: bool) -> None:
    enough = ["1234561234561234561234561"]
    ends = [""] if turns else ["", ""]
    lines = ["张三、李四", "2" if turns else "1", *typed, *enough, *ends, *enough, *ends, *[""] * 4]
    dice = Dice(table("dice6", lines), DICE6)
    said = dice.ask()
    evidence = dice.table.asked.check(said, ("王五",))
    assert not errors(BUILT_IN["dice6"].assess(evidence, {}).problems)
    assert evidence.canonical == "".join(face for _, face in dice.thrown)
    assert evidence.who[0] == "王五"
    kept = said.get("corrections", "").split("\n") if dice.changes else []
    assert kept == dice.changes
    for line in typed:
        plainly = line.replace("，", " ").replace("、", " ").split()
        possible = all(set(part) <= set("123456") for part in plainly)
        fixes = "=" in line
        assert possible or fixes or any(line.strip() in one for one in kept), f"{line!r} was lost"


@pytest.mark.parametrize("kind", [click.Abort, KeyboardInterrupt])
def test_broken_off_between_two_questions_is_told_as_well(
    kind: type[BaseException], capsys: pytest.CaptureFixture[str]
) -> None:
    @frozen
    class Struck(Clerk):
        def _line(self, _question: Text, _read: Callable[[], str]) -> str:
            raise kind

    asked = table("text", []).asked
    with pytest.raises(click.Abort):
        Room(Struck(Voice("zh")), [asked], {}).hold()
    assert "已经报过的数记进会议记录" in capsys.readouterr().err


def test_a_source_of_another_plugin_is_asked_in_one_line() -> None:
    text = BUILT_IN["text"]
    other = EntropySource(id="county.coin", title="抛硬币", needs=("raw",), collect=text.collect, assess=text.assess)
    lines = table("county.coin", ["正正", "正反正反正反正反"], other)
    question = question_for(lines.asked, lines.clerk)
    assert isinstance(question, Words)
    assert question.ask() == {"raw": "正反正反正反正反", "retyped": "正正"}


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("9:30", "2027-11-12T09:30:00+08:00"),
        ("21：30：05", "2027-11-12T21:30:05+08:00"),
        ("2027-11-12T09:30", "2027-11-12T09:30:00+08:00"),
        ("2027年1月2日 9:30", "2027-01-02T09:30:00+08:00"),
        ("2027/1/2 09:30", "2027-01-02T09:30:00+08:00"),
        ("2027-11-12T01:30+00:00", "2027-11-12T09:30:00+08:00"),
        ("", "now"),
    ],
)
def test_times_are_read_as_people_write_them(monkeypatch: pytest.MonkeyPatch, typed: str, told: str) -> None:
    monkeypatch.setattr(clock, "today", lambda: datetime.fromisoformat("2027-11-12T00:10:00+00:00"))
    wrong = ["上午", "2027-11-12", "24:00", "2027-02-30 09:30", "0000-01-01 09:30", "9:7", "12"]
    clerk = Scripted(Voice("zh"), lines=[*wrong, typed])
    assert ask_time(clerk, Text("时间", "time"), "now") == told


def test_names_are_parted_by_all_that_people_use() -> None:
    assert names_in(" 纪检 王某、李某,赵某，钱某；孙某;李某 、 ") == ("纪检 王某", "李某", "赵某", "钱某", "孙某")


def test_an_event_is_told_in_both_languages() -> None:
    for source, appointed, zh in (
        (
            "drand",
            {"network": "quicknet", "round": "7", "time": "2027-11-12T00:10:00Z"},
            "北京时间 2027-11-12 08:10:00",
        ),
        ("nist", {"chain": "2", "pulse": "9", "after": "2027-11-12T00:10:00Z"}, "9 号脉冲"),
        ("nist", {"chain": "2", "time": "2027-11-12T00:10:00Z"}, "北京时间 2027-11-12 08:10:00 的脉冲"),
        ("ssq", {"game": "ssq", "issue": "2027131"}, "第 2027131 期"),
        ("county.coin", {"day": "x"}, "day x"),
        ("text", {}, ""),
    ):
        told = event(SealedEntropy(source=source, appointed=appointed))
        assert told.zh.endswith(zh)
        assert told.en.isascii()
        assert bool(told.en) is bool(zh)
