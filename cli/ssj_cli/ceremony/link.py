"""The keeper of a chain reveals the link of a round; it is checked at once against the anchor in the plan."""

from collections.abc import Mapping

from attrs import define

from ssj_cli.ceremony.asked import Table
from ssj_core.problems import EntropyError
from ssj_core.text import Text


@define
class Link:
    """Asks for one link of the chain (replacement mode R2)."""

    table: Table

    def ask(self) -> Mapping[str, str]:
        """The link of the round; another one is not taken."""
        voice, number = self.table.voice, self.table.appointed.get("round", "")
        voice.say(
            f"请保管人揭示递补链第 {number} 轮的一环：保管文件第 {number} 行的 64 位十六进制数。",
            f"Let the keeper reveal the link of round {number}: the 64 hex digits on line {number} of the file.",
        )
        while True:
            raw = self.table.clerk.ask(Text(f"第 {number} 轮的环", f"link of round {number}"))
            if not raw:
                continue
            try:
                self.table.asked.check({"raw": raw})
            except EntropyError as error:
                voice.problems(error.problems, total=False)
                continue
            voice.say("  √ 与计划里的 anchor 相符", "  √ it leads to the anchor in the plan")
            return {"raw": raw}

    def people(self) -> tuple[str, ...]:
        """Nobody is named yet."""
        return ()
