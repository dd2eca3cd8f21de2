"""The ceremony in a meeting room: source after source, a summary, one last word; nothing is written before that."""

from collections.abc import Mapping, Sequence

import click
from attrs import define, field

from ssj_cli.ceremony.asked import Asked, Question, Table, Testimony
from ssj_cli.ceremony.beacon import Beacon
from ssj_cli.ceremony.clerk import Clerk
from ssj_cli.ceremony.dice import DICE, Dice
from ssj_cli.ceremony.link import Link
from ssj_cli.ceremony.lottery import Lottery
from ssj_cli.ceremony.opening import read_aloud, show_opening
from ssj_cli.ceremony.reveal import Reveal
from ssj_cli.ceremony.summary import Entry, show_summary
from ssj_cli.ceremony.testimony import ask_testimony
from ssj_cli.ceremony.words import Words
from ssj_core.entropy import chain, drand, nist
from ssj_core.entropy.lottery import GAMES
from ssj_core.entropy.model import Evidence
from ssj_core.problems import EntropyError
from ssj_core.text import Text


def question_for(asked: Asked, clerk: Clerk) -> Question:
    """The question of a source; a source of another department's plugin is asked in one line."""
    table, name = Table(asked, clerk), asked.use.source
    if name in DICE:
        return Dice(table, DICE[name])
    for game in GAMES:
        if game.id == name:
            return Lottery(table, game)
    if name == "reveal":
        return Reveal(table)
    if name == chain.NAME:
        return Link(table)
    if name in ("drand", "nist"):
        return Beacon(table, drand.address if name == "drand" else nist.address)
    return Words(table)


@define
class Room:
    """One ceremony: the sources in their order, what was brought along, and what is answered here."""

    clerk: Clerk
    sources: Sequence[Asked]
    brought: Mapping[int, Evidence]
    questions: dict[int, Question] = field(factory=dict)
    answers: dict[int, Mapping[str, str]] = field(factory=dict)
    testimony: dict[int, Testimony] = field(factory=dict)
    taken: dict[int, Evidence] = field(factory=dict)

    def hold(self) -> tuple[Evidence, ...]:
        """Lead through all of it.

        Raises:
            click.Abort: it was broken off, and nothing is written.
        """
        try:
            return self._hold()
        except (click.Abort, KeyboardInterrupt):  # Ctrl-C may strike between two questions, too
            self._broken_off()
            raise click.Abort from None

    def _hold(self) -> tuple[Evidence, ...]:
        pending = self.sources[0].pending
        show_opening(self.clerk, pending, self.sources)
        read_aloud(self.clerk, pending.commitment)
        for n, asked in enumerate(self.sources):
            self._head(n)
            if n not in self.brought:
                self._ask(n)
            elif asked.source.needs:
                self._say("已由文件或命令行给出，不再询问。", "Given by a file or on the command line; not asked for.")
            elif asked.use.source == "os":
                self._say(
                    "不用回答：由这台电脑的操作系统产生。外人无法复核，什么也不能证明；确认之前不显示。",
                    "Nothing to answer: it comes from the operating system of this computer and proves nothing; "
                    "it is not shown before the end.",
                )
            else:
                self._say("不用回答，由程序取得。", "Nothing to answer: the programme takes it by itself.")
        while not self._confirmed():
            self._go_back()
        return tuple(self._evidence(n) for n in range(len(self.sources)))

    def _ask(self, n: int, testimony_only: bool = False) -> None:
        asked = self.sources[n]
        if n not in self.questions:
            self.questions[n] = question_for(asked, self.clerk)
        if not testimony_only:
            self.answers[n] = self.questions[n].ask()
        while True:
            told = self._testify(n) if asked.testified else None
            given = {**self.answers[n], **(told.answers() if told else {})}
            try:
                self.taken[n] = asked.check(given, told.who if told else ())
            except EntropyError as error:
                self.clerk.voice.problems(error.problems, total=False)
                if asked.testified:
                    continue
                self.answers[n] = self.questions[n].ask()
                continue
            return

    def _testify(self, n: int) -> Testimony:
        last = next(reversed(self.testimony.values()), Testimony())
        self.testimony[n] = ask_testimony(self.clerk, self.testimony.get(n, last), self.questions[n].people())
        return self.testimony[n]

    def _confirmed(self) -> bool:
        lacking = show_summary(
            self.clerk.voice,
            [
                Entry(asked=asked, evidence=self._evidence(n), hidden=not asked.source.needs)
                for n, asked in enumerate(self.sources)
            ],
        )
        if lacking:
            self.clerk.voice.problems(lacking, total=False)
            self._say("这样不能抽取。", "With this nothing can be drawn.")
            return False
        return self.clerk.agrees(
            Text(
                "写入以后不能再改，接着就抽取。全部正确吗",
                "once written it cannot be changed, and the draw follows. Is all of it right",
            )
        )

    def _go_back(self) -> None:
        """Ask one source again; what was typed before stays on record, and everybody is told so."""
        self._say(
            "还没有写入。可以重新输入一个来源；先前输入的数会留在记录里，核验时人人看得到。",
            "Nothing is written yet. One source can be asked for again; what was typed before stays in the record, "
            "for everybody to see.",
        )
        here = {n + 1: asked.title for n, asked in enumerate(self.sources) if n not in self.brought}
        which = next(iter(here)) - 1
        if len(here) > 1:
            which = self.clerk.choose(Text("哪一个来源", "which source"), here) - 1
        only = False
        if self.sources[which].testified:
            parts = {
                1: Text("报出的数", "the words or numbers"),
                2: Text("见证人、地点、时间", "witnesses, place and time"),
            }
            only = self.clerk.choose(Text("改什么", "what is wrong"), parts) == 2
        self._head(which)
        self._ask(which, only)

    def _evidence(self, n: int) -> Evidence:
        return self.brought[n] if n in self.brought else self.taken[n]

    def _head(self, n: int) -> None:
        title, count = self.sources[n].title, len(self.sources)
        self.clerk.voice.say()
        self._say(f"── 来源 {n + 1}/{count}  {title.zh} ──", f"-- source {n + 1} of {count}: {title.en} --")

    def _say(self, zh: str, en: str) -> None:
        self.clerk.voice.say(zh, en)

    def _broken_off(self) -> None:
        name = self.sources[0].pending.draw_id
        self.clerk.voice.error(
            f"{name} 仍然封存，报过的数一个也没有写入，下次要从头再来。请把这次中断和已经报过的数记进会议记录。",
            f"{name} stays sealed; nothing that was said is written, and the next time all is asked again. Put this "
            "interruption and what was said into the minutes.",
        )
