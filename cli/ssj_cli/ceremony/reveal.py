"""Parties reveal their secrets one after the other; each is checked against its commitment at once."""

from collections.abc import Mapping

from attrs import define

from ssj_cli import clock
from ssj_cli.ceremony.asked import Table
from ssj_cli.ceremony.event import event
from ssj_core.entropy.reveal import ABSENT, check_one, parties_of
from ssj_core.problems import EntropyError
from ssj_core.text import Text


@define
class Reveal:
    """Asks every party that was sealed, in its order."""

    table: Table

    def ask(self) -> Mapping[str, str]:
        """All secrets, `-` for an absent party after the deadline."""
        voice, told = self.table.voice, event(self.table.asked.use)
        voice.say(f"封存时约定的各方：{told.zh}。", f"Parties sealed: {told.en}.")
        voice.say(
            "每一方当众输入自己的 64 位秘密数；缺席的一方在截止以后写 -，但有人缺席就只能算 E0 级。",
            "Each party types its secret of 64 digits; after the deadline a - stands for an absent one: level E0.",
        )
        hide = self.table.clerk.agrees(
            Text(
                "输入时不显示吗（后揭示的一方便看不到前面的）",
                "hide what is typed (so that the later parties do not see it)",
            )
        )
        while True:
            given = {"raw": ";".join(f"{p}={self._secret(p, hide)}" for p in parties_of(self.table.appointed))}
            try:
                self.table.asked.check(given)
            except EntropyError as error:
                voice.problems(error.problems, total=False)
                continue
            return given

    def people(self) -> tuple[str, ...]:
        """The parties stand in the value itself."""
        return ()

    def _secret(self, party: str, hide: bool) -> str:
        question = Text(f"{party} 的秘密数", f"secret of {party}")
        while True:
            typed = self.table.clerk.hidden(question) if hide else self.table.clerk.ask(question)
            if not typed:
                continue
            wrong = check_one(party, typed, self.table.appointed, clock.today())
            if not wrong:
                break
            self.table.voice.problems(wrong, total=False)
        if typed in (ABSENT, "－"):
            self.table.voice.say(f"  〇 {party} 缺席", f"  - {party} is absent")
            return ABSENT
        self.table.voice.say(f"  √ 与 {party} 封存前交来的承诺相符", f"  √ this is what {party} had committed to")
        return typed
