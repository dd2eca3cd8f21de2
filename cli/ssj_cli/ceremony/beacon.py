"""A public beacon: where the appointed round or pulse is published, and what could be checked of what was pasted."""

from collections.abc import Callable, Mapping

from attrs import define

from ssj_cli import clock
from ssj_cli.ceremony.asked import Table
from ssj_cli.ceremony.event import event
from ssj_core.entropy.grammar import beijing, moment
from ssj_core.entropy.model import Evidence
from ssj_core.entropy.told import beijing_time
from ssj_core.problems import EntropyError, errors
from ssj_core.text import Text

_CERTIFICATE = "SSJ-E078"
"""Without the certificate the signature of a NIST pulse cannot be checked."""


@define
class Beacon:
    """Asks for the JSON of the one event that counts, and for a certificate where the source needs it."""

    table: Table
    address: Callable[[Mapping[str, str]], str]

    def ask(self) -> Mapping[str, str]:
        """The JSON, checked at once."""
        self._explain()
        question = Text(
            "粘贴网页上的全部内容，再按一次回车；或输入文件的路径",
            "paste all it shows, then an empty line; or type the path of a file",
        )
        while True:
            given: Mapping[str, str] = {"raw": self.table.clerk.document(question)}
            evidence = self._checked(given) if given["raw"] else None
            if evidence is not None:
                break
        if self._lacks_certificate(evidence):
            given, evidence = self._certified(given, evidence)
        self._verified(evidence)
        return given

    def people(self) -> tuple[str, ...]:
        """Nobody has to be there."""
        return ()

    def _explain(self) -> None:
        voice, told = self.table.voice, event(self.table.asked.use)
        where = self.address(self.table.appointed)
        voice.say(f"封存时约定：{told.zh}。只有这一个算数。", f"Sealed: {told.en}. No other one counts.")
        voice.say(f"公布在：{where}", f"Published at: {where}")
        time = moment(self.table.appointed.get("time", ""))
        if time is not None and time > beijing(clock.today()):
            when = beijing_time(time.isoformat())
            voice.say(
                f"  还没有公布，要等到{when.zh}。可以在这里等，也可以按 Ctrl-C 结束，到时再次运行。",
                f"  It is not out before {when.en}. Wait here, or press Ctrl-C and run again then.",
            )

    def _checked(self, given: Mapping[str, str]) -> Evidence | None:
        self.table.voice.say("  正在核验……", "  checking...")
        try:
            return self.table.asked.check(given)
        except EntropyError as error:
            self.table.voice.problems(error.problems, total=False)
            return None

    def _lacks_certificate(self, evidence: Evidence) -> bool:
        assessed = self.table.asked.assess(evidence)
        return any(p.code == _CERTIFICATE for p in assessed.problems)

    def _certified(self, given: Mapping[str, str], evidence: Evidence) -> tuple[Mapping[str, str], Evidence]:
        """With the certificate, if the clerk has it."""
        assessed = self.table.asked.assess(evidence)
        self.table.voice.problems(p for p in assessed.problems if p.code == _CERTIFICATE)
        question = Text(
            "粘贴证书（PEM）或输入文件的路径；没有就按回车",
            "paste the certificate (PEM) or type its path; Enter for none",
        )
        while certificate := self.table.clerk.document(question):
            both = {**given, "certificate": certificate}
            checked = self._checked(both)
            if checked is not None:
                return both, checked
        return given, evidence

    def _verified(self, evidence: Evidence) -> None:
        voice, assessed = self.table.voice, self.table.asked.assess(evidence)
        voice.say(
            "  √ 是封存时约定的那一个；随机数与其余内容相符",
            "  √ it is the one that was sealed; its value follows from the rest",
        )
        if assessed.status == "machine-checked":
            voice.say(
                "  √ 签名成立：用本程序内置的公钥核验",
                "  √ the signature holds: checked with a key that is pinned here",
            )
        elif not errors(assessed.problems):
            voice.say("  × 签名没有核验，只能算 E0 级：", "  × the signature was not checked, this is level E0:")
            voice.problems(assessed.problems)
