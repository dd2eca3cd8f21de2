"""Entropy sources `dice6` and `dice10`: witnesses' dice, typed in the order thrown; level E2 with who, where and when.

The canonical text is the digits alone: leading zeros stay, blanks and commas go. A ten-sided die shows 0 to 9 (its
10 is typed as 0). `rolls` in the details may say who threw what: `张三:3 5;李四:1 6`. `corrections` keep what was first
typed where it was changed or refused, one a line (SPEC §6.10): `3:5>2` is throw 3, typed as 5, now 2; `4:7 2>` is what
was typed from throw 4 on and not taken.
"""

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Final

from attrs import frozen

from ssj_core.entropy import retyped
from ssj_core.entropy.grammar import (
    DIGITS,
    SEPARATORS,
    attested,
    people,
    plain,
    whole_bits,
)
from ssj_core.entropy.model import Assessment, EntropySource, Evidence, Request
from ssj_core.entropy.text import REFUSED_BELOW, WARNED_BELOW
from ssj_core.problems import EntropyError, Problem, errors, problem
from ssj_core.text import Text

_TOLD: Final = 10
"""At most so many impossible faces are told at once: after that it is some other text."""


@frozen(kw_only=True)
class Die:
    """A kind of die: the source it is, its name for people, the first and the last digit it can show."""

    id: str
    title: str
    low: int
    high: int

    def canonical(self, raw: str) -> str:
        """The faces in the order thrown, nothing between them; raises like `faces`."""
        return self.faces(raw)

    def faces(self, text: str, first: int = 1) -> str:
        """The faces of some throws, the first of them being throw number `first`.

        Raises:
            EntropyError: what is no face of this die, with its position among the throws.
        """
        thrown = SEPARATORS.sub("", plain(text))
        wrong = ((n, c) for n, c in enumerate(thrown, first) if c not in DIGITS or not self.low <= int(c) <= self.high)
        found = [
            problem("SSJ-E020", value=face, position=n, die=self.id, low=self.low, high=self.high)
            for n, face in islice(wrong, _TOLD)
        ]
        if found:
            raise EntropyError(found)
        return thrown

    def bits(self, rolls: int) -> int:
        """What so many throws of a fair die hold, rounded down."""
        return whole_bits((self.high - self.low + 1) ** rolls)

    def rolls_for(self, bits: int) -> int:
        """The fewest throws that hold so many bits."""
        return next(n for n in range(1, bits + 1) if self.bits(n) >= bits)

    def collect(self, request: Request) -> Evidence:
        """Take the throws as typed and check them; who threw counts as a witness.

        Raises:
            EntropyError: nothing was given, an impossible face, too few throws, or `rolls` that say otherwise.
        """
        raw, rolls = request.given.get("raw", ""), request.given.get("rolls", "")
        kept = {name: request.given.get(name, "") for name in ("rolls", retyped.CORRECTIONS)}
        if not raw.strip():
            raise EntropyError(
                [problem("SSJ-E002", field=request.draw_id, value=Text(self.title, f"entropy.{self.id}"))]
            )
        evidence = Evidence(
            source=self.id,
            raw=raw,
            canonical=self.canonical(raw),
            who=people((*request.who, *(name for name, _ in _rolls(rolls)))),
            where=request.given.get("where", ""),
            when=request.given.get("when", ""),
            details={name: text for name, text in kept.items() if text.strip()},
        )
        if found := errors(self.assess(evidence, request.appointed).problems):
            raise EntropyError(found)
        return evidence

    def assess(self, evidence: Evidence, _appointed: Mapping[str, str]) -> Assessment:
        """E2 when two or more witnesses, the place and the time are on record; else E0."""
        witnessed = attested(evidence)
        try:
            thrown = self.canonical(evidence.raw)
            found = [*self._problems(evidence, thrown), *self._size(len(thrown))]
        except EntropyError as error:
            thrown, found = "", list(error.problems)
        sound = witnessed and not errors(found)
        if not witnessed:
            found.append(problem("SSJ-E006", value=evidence.canonical))
        return Assessment(
            level="E2" if sound else "E0",
            status="attested" if sound else "claimed",
            bits=self.bits(len(thrown)),
            problems=tuple(found),
        )

    def _problems(self, evidence: Evidence, thrown: str) -> Iterator[Problem]:
        if evidence.canonical != thrown:
            yield problem("SSJ-E001", value=evidence.canonical, source=self.id)
        rolls = evidence.details.get("rolls", "")
        if rolls.strip():
            told = "".join(self.canonical(faces) for _, faces in _rolls(rolls))
            if told != thrown:
                yield problem("SSJ-E022", value=told, typed=thrown)
        yield from retyped.corrections(evidence, thrown)

    def _size(self, rolls: int) -> Iterator[Problem]:
        size, least, advised = self.bits(rolls), self.rolls_for(REFUSED_BELOW), self.rolls_for(WARNED_BELOW)
        if size < REFUSED_BELOW:
            yield problem("SSJ-E023", value=rolls, bits=size, die=self.id, least=least, advised=advised)
        elif size < WARNED_BELOW:
            yield problem("SSJ-E024", value=rolls, bits=size, die=self.id, advised=advised)

    def source(self) -> EntropySource:
        """As the registry knows it."""
        return EntropySource(
            id=f"entropy.{self.id}",
            title=self.title,
            needs=("raw", "who", "where", "when"),
            collect=self.collect,
            assess=self.assess,
        )


def _rolls(text: str) -> list[tuple[str, str]]:
    """Who threw what, from `name:faces;name:faces`."""
    made = []
    for part in filter(str.strip, text.replace("；", ";").split(";")):
        name, colon, faces = part.replace("：", ":").partition(":")
        if not (name.strip() and colon):
            raise EntropyError([problem("SSJ-E021", value=part.strip())])
        made.append((name.strip(), faces))
    return made


DICE6: Final = Die(id="dice6", title="六面骰", low=1, high=6)
DICE10: Final = Die(id="dice10", title="十面骰", low=0, high=9)

SOURCES: Final[Mapping[str, EntropySource]] = {die.id: die.source() for die in (DICE6, DICE10)}
