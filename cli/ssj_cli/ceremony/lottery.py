"""Numbers of a state lottery: of the issue that was sealed, looked up in two places, confirmed in canonical form."""

from collections.abc import Mapping

from attrs import define, field

from ssj_cli import clock
from ssj_cli.ceremony.asked import Table
from ssj_cli.ceremony.event import event
from ssj_cli.ceremony.testimony import ask_time
from ssj_core.entropy.grammar import beijing, plain
from ssj_core.entropy.lottery import Balls, Game, independent
from ssj_core.entropy.retyped import RETYPED
from ssj_core.problems import EntropyError
from ssj_core.text import Text


@define
class Lottery:
    """Asks drum by drum, then where and when; numbers that were not confirmed stay with the evidence."""

    table: Table
    game: Game
    taken: str = ""
    dropped: list[str] = field(factory=list)
    places: tuple[str, str] = ("", "")
    when: str = ""

    def ask(self) -> Mapping[str, str]:
        """Numbers, places, time."""
        self._explain()
        if self.taken:
            self.dropped.append(self.taken)
        self.taken = self._confirmed()
        self._places()
        while True:
            question = Text("开奖时间（不知道就按回车）", "time of the draw (Enter if unknown)")
            self.when = ask_time(self.table.clerk, question, self.when)
            given = {"raw": self.taken, "source1": self.places[0], "source2": self.places[1], "when": self.when}
            if self.dropped:
                given[RETYPED] = "\n".join(self.dropped)
            try:
                self.table.asked.check(given)
            except EntropyError as error:
                self.table.voice.problems(error.problems, total=False)
                self.when = ""
                continue
            return given

    def people(self) -> tuple[str, ...]:
        """Nobody has to be there."""
        return ()

    def _explain(self) -> None:
        voice, day = self.table.voice, self.table.appointed.get("date", "")
        told = event(self.table.asked.use)
        voice.say(
            f"封存时约定：{self.game.title}{told.zh}。只有这一期算数。",
            f"Sealed: {self.game.id}, {told.en}. No other issue counts.",
        )
        if day and beijing(clock.today()).date().isoformat() < day:
            voice.say(
                f"  {day} 还没有到。没有开奖就按 Ctrl-C 结束，开奖以后再次运行。",
                f"  {day} is still to come. If it is not drawn yet press Ctrl-C and run again afterwards.",
            )

    def _confirmed(self) -> str:
        while True:
            drums = [self._drum(n, drum) for n, drum in enumerate(self.game.drums)]
            raw = f"{self.table.appointed.get('issue', '')}: {' + '.join(drums)}"
            written = self.game.canonical(raw)
            self.table.voice.say(f"  写成规范的样子：{written}", f"  in canonical form: {written}")
            if self.table.clerk.agrees(
                Text("请两个人对照公告念一遍。完全一致吗", "compare with the announcement: the same")
            ):
                return raw
            self.dropped.append(raw)
            self.table.voice.say(
                "  请重新输入；刚才输入的会留在记录里。",
                "  Please type them again; what was typed stays in the record.",
            )

    def _drum(self, number: int, drum: Balls) -> str:
        """The numbers of one drum as typed, once there is nothing wrong with them."""
        which = Text("号码", "numbers")
        if len(self.game.drums) > 1:
            which = (Text("第一组号码", "first drum"), Text("第二组号码", "second drum"))[number]
        question = Text(
            f"{which.zh}（{drum.count} 个，{drum.low} 至 {drum.high}，用空格分开）",
            f"{which.en} ({drum.count} of {drum.low} to {drum.high}, with blanks between)",
        )
        while True:
            typed = self.table.clerk.ask(question)
            _, wrong = drum.read(plain(typed), self.game.title, self.game.example.partition(": ")[2])
            if not wrong:
                return typed
            self.table.voice.problems(wrong, total=False)

    def _places(self) -> None:
        clerk, voice = self.table.clerk, self.table.voice
        while True:
            first = clerk.ask(
                Text("第一处查到的地方（网站或报纸）", "first place where it was looked up"), self.places[0]
            )
            second = clerk.ask(Text("第二处（另一家网站或报纸）", "second place, another one"), self.places[1])
            self.places = (first, second)
            if independent(first, second):
                return
            if clerk.agrees(
                Text(
                    "两处要都写，而且是不同的网站或报纸，否则只能算 E0 级。就这样写吗",
                    "two different places are needed, else this is level E0. Leave it so",
                )
            ):
                return
            voice.say("  请重新写两处。", "  Please name them again.")
