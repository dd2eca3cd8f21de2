"""A source to be asked for, and how an answer to it becomes evidence."""

from collections.abc import Mapping
from typing import Protocol

from attrs import field, frozen

from ssj_cli import clock
from ssj_cli.ceremony.clerk import Clerk
from ssj_cli.ceremony.pending import Pending
from ssj_cli.say import Voice
from ssj_core.entropy.model import Assessment, EntropySource, Evidence, Request
from ssj_core.foreign import call
from ssj_core.problems import EntropyError, InputError, problem
from ssj_core.rules.effective import SealedEntropy
from ssj_core.structuring import clean_texts
from ssj_core.text import Text
from ssj_core.verify.assurance import judge, to_come


@frozen(kw_only=True)
class Asked:
    """One source that was sealed, for the draw that waits for it."""

    pending: Pending
    use: SealedEntropy
    source: EntropySource

    @property
    def title(self) -> Text:
        """Its name; a source has no English one but its id."""
        return Text(f"{self.source.title}（{self.use.source}）", self.use.source)

    @property
    def name(self) -> Text:
        """The same without the id in Chinese."""
        return Text(self.source.title, self.use.source)

    @property
    def testified(self) -> bool:
        """Whether it lives from witnesses, who are asked for their names."""
        return "who" in self.source.needs

    def collect(self, given: Mapping[str, str], who: tuple[str, ...] = ()) -> Evidence:
        """Give the source what was answered; raises `EntropyError`."""
        request = Request(
            draw_id=self.pending.draw_id,
            commitment=self.pending.commitment,
            appointed=self.use.appointed,
            given=given,
            who=who,
            now=clock.today(),
        )
        made: Evidence = call(self.source.id, self.source.collect, request)
        return made

    def assess(self, evidence: Evidence) -> Assessment:
        """What the evidence is worth."""
        made: Assessment = call(self.source.id, self.source.assess, evidence, self.use.appointed)
        return made

    def check(self, given: Mapping[str, str], who: tuple[str, ...] = ()) -> Evidence:
        """The same, and whatever else would be refused when the draw is finished; raises `EntropyError`."""
        made = self.collect(given, who)
        try:
            clean_texts([made.source, made.canonical, made.who, made.where, made.when], self.pending.draw_id)
        except InputError as error:
            raise EntropyError(error.problems) from None
        if judge([(made, self.use.appointed)], self.pending.sealed_at).early:
            raise EntropyError([problem("SSJ-E016", field=self.pending.draw_id, value=self.pending.sealed_at)])
        if later := to_come(made, now := clock.now()):
            raise EntropyError([problem("SSJ-E017", field=self.pending.draw_id, value=later, now=now)])
        return made


@frozen(kw_only=True)
class Testimony:
    """Who was there, where and when."""

    who: tuple[str, ...] = ()
    where: str = ""
    when: str = ""

    def answers(self) -> dict[str, str]:
        """As a source is given it, but for the names."""
        return {"where": self.where, "when": self.when}


@frozen
class Table:
    """What every question needs: the source and the clerk."""

    asked: Asked
    clerk: Clerk
    voice: Voice = field(init=False)

    @voice.default
    def _voice(self) -> Voice:
        return self.clerk.voice

    @property
    def appointed(self) -> Mapping[str, str]:
        """The future event that was sealed."""
        return self.asked.use.appointed


class Question(Protocol):
    """One kind of question. It keeps what was answered: asked again, it goes on from there and forgets nothing."""

    def ask(self) -> Mapping[str, str]:
        """Ask until the source takes the answer."""
        ...

    def people(self) -> tuple[str, ...]:
        """Who is known to be in the room from the answer."""
        ...
