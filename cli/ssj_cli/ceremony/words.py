"""What witnesses say aloud, typed in one line; also the question for a source of another department's plugin."""

from collections.abc import Mapping

from attrs import define, field

from ssj_cli.ceremony.asked import Table
from ssj_core.entropy.retyped import RETYPED
from ssj_core.problems import EntropyError
from ssj_core.text import Text


@define
class Words:
    """Asks for the words until the source takes them; what was typed before stays with the evidence."""

    table: Table
    taken: str = ""
    dropped: list[str] = field(factory=list)

    def ask(self) -> Mapping[str, str]:
        """One line, checked at once."""
        voice = self.table.voice
        if self.taken:
            self.dropped.append(self.taken)
        else:
            voice.say(
                "请见证人逐位报数（或报文字），按所报的次序连着输入一行；合起来 20 个数字以上为好。",
                "Let each witness say some digits or words; type them in that order in one line, 20 digits or more.",
            )
        while True:
            raw = self.table.clerk.ask(Text("见证人报出的数字或文字", "what the witnesses say"))
            if not raw:
                continue
            given = {"raw": raw, **({RETYPED: "\n".join(self.dropped)} if self.dropped else {})}
            try:
                evidence = self.table.asked.check(given)
            except EntropyError as error:
                voice.problems(error.problems, total=False)
                self.dropped.append(raw)
                voice.say(
                    "  没有采用；刚才输入的会留在记录里。请重新报。",
                    "  Not taken; what was typed stays in the record. Please say it anew.",
                )
                continue
            self.taken = raw
            bits = self.table.asked.assess(evidence).bits
            voice.say(
                f"  √ 记下：{evidence.canonical}（最多 {bits} 位）",
                f"  √ taken: {evidence.canonical} ({bits} bits at most)",
            )
            return given

    def people(self) -> tuple[str, ...]:
        """Nobody is named yet."""
        return ()
