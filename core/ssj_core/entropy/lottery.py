"""Entropy sources `kl8`, `ssq`, `dlt`, `fc3d`: a state lottery's draw, appointed by its issue number at sealing.

Typed as `2026318: 03 07 …` (`第2026318期 …` too), special balls after a `+`. The canonical text is the issue, a colon
and the numbers with two digits, ascending whatever the order of the announcement; 3D keeps its order and single
digits. Anyone can compare it with an archive: it is level E4 when the draw came later than the sealing and two
independent places are named (`source1`, `source2`) where the numbers were looked up; else E0, the office's word.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from math import comb, prod
from typing import Final

from attrs import field, frozen

from ssj_core.entropy import retyped
from ssj_core.entropy.grammar import (
    BEIJING,
    SEPARATORS,
    beijing,
    moment,
    nearest,
    plain,
    whole_bits,
    written,
)
from ssj_core.entropy.model import Assessment, EntropySource, Evidence, Request
from ssj_core.entropy.text import REFUSED_BELOW, WARNED_BELOW
from ssj_core.problems import EntropyError, InputError, Problem, errors, problem
from ssj_core.text import Text

_TYPED: Final = re.compile(r"第?\s*([0-9]+)\s*(?:期[\s:]*|:)(.*)", re.DOTALL)
_ISSUE: Final = re.compile(r"(20[0-9]{2})([0-9]{3})")
_NUMBER: Final = re.compile(r"[0-9]{1,2}")
_PARAMS: Final = ("game", "issue", "date")
_DAY: Final = len("2026-11-14")


@frozen(kw_only=True)
class Balls:
    """One drum: how many balls are taken of which numbers; `ordered` if each digit has a drum of its own."""

    count: int
    low: int
    high: int
    ordered: bool = False

    def outcomes(self) -> int:
        """How many results there are, all equally likely."""
        size = self.high - self.low + 1
        return int(size**self.count) if self.ordered else comb(size, self.count)

    def read(self, text: str, title: str, example: str) -> tuple[list[str], list[Problem]]:
        """The balls of one drum in canonical form, and what is wrong with them."""
        words = [w for w in SEPARATORS.split(text) if w]
        if self.ordered and len(words) == 1:
            words = list(words[0])
        if odd := [w for w in words if not _NUMBER.fullmatch(w)]:
            return [], [problem("SSJ-E029", value=odd[0], title=title, example=example)]
        numbers = [int(w) for w in words]
        found = [
            problem("SSJ-E032", value=n, title=title, low=self.low, high=self.high)
            for n in dict.fromkeys(numbers)
            if not self.low <= n <= self.high
        ]
        if not self.ordered:
            found += [problem("SSJ-E033", value=n, title=title) for n, times in Counter(numbers).items() if times > 1]
        if len(numbers) != self.count:
            found.append(problem("SSJ-E031", value=len(numbers), title=title, wanted=self.count))
        return ([str(n) for n in numbers] if self.ordered else [f"{n:02}" for n in sorted(numbers)]), found


@frozen(kw_only=True)
class Game:
    """A lottery: the source it is, its names, its drums; `short_issue` if its issues are announced as yyNNN."""

    id: str
    title: str
    aliases: tuple[str, ...] = ()
    drums: tuple[Balls, ...]
    example: str
    short_issue: bool = False
    bits: int = field(init=False)

    @bits.default
    def _bits(self) -> int:
        return whole_bits(prod(drum.outcomes() for drum in self.drums))

    def canonical(self, raw: str) -> str:
        """Issue, colon, numbers.

        Raises:
            EntropyError: it is not of this form, or no result of this game.
        """
        typed = _TYPED.fullmatch(plain(raw).strip())
        groups = typed[2].split("+") if typed else []
        if not typed or len(groups) != len(self.drums):
            raise EntropyError([problem("SSJ-E029", value=raw.strip(), title=self.title, example=self.example)])
        issue, found = self.issue(typed[1])
        made = []
        for drum, group in zip(self.drums, groups, strict=True):
            numbers, wrong = drum.read(group, self.title, self.example)
            made.append(" ".join(numbers))
            found += wrong
        if found:
            raise EntropyError(found)
        return f"{issue}:{'+'.join(made)}"

    def issue(self, text: str) -> tuple[str, list[Problem]]:
        """The issue number as yyyyNNN; no game has more than one draw a day."""
        number = plain(text).strip()
        if self.short_issue and len(number) == 5:
            number = f"20{number}"
        match = _ISSUE.fullmatch(number)
        good = match is not None and 1 <= int(match[2]) <= 366
        return number, [] if good else [problem("SSJ-E026", value=text, title=self.title)]

    def appoint(self, params: Mapping[str, str], now: datetime) -> Mapping[str, str]:
        """The issue that will count, and the day it is drawn, where the plan says so: later than the sealing's day.

        Raises:
            InputError: another game, no issue or a malformed one, a day that is not to come or cannot be the issue's.
        """
        found = [problem("SSJ-E008", value=name) for name in params if name not in _PARAMS]
        found += self._other_game(params.get("game", self.id))
        issue, wrong = self.issue(params.get("issue", ""))
        found += wrong
        today, day = beijing(now).date(), None
        appointed = {"game": self.id, "issue": issue}
        if "date" in params:
            day = _day(params["date"])
            appointed["date"] = day.isoformat() if day else ""
            if day is None or day <= today:
                found.append(problem("SSJ-E027", value=params["date"], today=today))
        if not wrong:
            found += _misfit(issue, day, today)
        if found:
            raise InputError(found)
        return appointed

    def collect(self, request: Request) -> Evidence:
        """Take the announced numbers as typed, with where they were looked up (`source1`, `source2`).

        Raises:
            EntropyError: nothing was given, no result of this game, or of another issue than the appointed one.
        """
        raw, given = request.given.get("raw", ""), request.given
        if not raw.strip():
            raise EntropyError(
                [problem("SSJ-E002", field=request.draw_id, value=Text(self.title, f"entropy.{self.id}"))]
            )
        kept = {name: given.get(name, "").strip() for name in ("source1", "source2", "sealed_at")}
        kept = {"game": self.title, "date": request.appointed.get("date", ""), **kept}
        evidence = Evidence(
            source=self.id,
            raw=raw,
            canonical=self.canonical(raw),
            who=request.who,
            where=given.get("where", ""),
            when=given.get("when", ""),
            details={name: value for name, value in kept.items() if value} | retyped.kept(given),
        )
        if found := errors(self.assess(evidence, request.appointed).problems):
            raise EntropyError(found)
        return evidence

    def assess(self, evidence: Evidence, appointed: Mapping[str, str]) -> Assessment:
        """E4 for the appointed issue, drawn after the sealing, looked up in two places; else E0."""
        wrong = list(self._mistakes(evidence, appointed))
        looked_up = independent(*(evidence.details.get(name, "") for name in ("source1", "source2")))
        later = _later(evidence)
        remarks = []
        if not looked_up:
            remarks.append(problem("SSJ-E034", value=evidence.canonical, title=self.title))
        if not later or not appointed.get("date"):
            remarks.append(problem("SSJ-E035", value=appointed.get("issue", ""), title=self.title))
        if self.bits < REFUSED_BELOW:
            remarks.append(problem("SSJ-E036", value=self.bits, title=self.title))
        elif self.bits < WARNED_BELOW:
            remarks.append(problem("SSJ-E037", value=self.bits, title=self.title))
        enough = looked_up and later and not wrong and self.bits >= REFUSED_BELOW and bool(appointed.get("date"))
        return Assessment(
            level="E4" if enough else "E0",
            status="attested" if looked_up and not wrong else "claimed",
            bits=0 if wrong else self.bits,
            problems=(*wrong, *remarks, *retyped.told(evidence)),
            picked=not looked_up or bool(wrong),
        )

    def _mistakes(self, evidence: Evidence, appointed: Mapping[str, str]) -> Iterator[Problem]:
        yield from self._other_game(appointed.get("game", self.id))
        try:
            written = self.canonical(evidence.raw)
        except EntropyError as error:
            yield from error.problems
            return
        if written != evidence.canonical or evidence.details.get("date", "") != appointed.get("date", ""):
            yield problem("SSJ-E001", value=evidence.canonical, source=self.id)
        issue = written.partition(":")[0]
        if issue != appointed.get("issue", ""):
            yield problem("SSJ-E030", value=issue, title=self.title, wanted=appointed.get("issue", "") or "–")
        if evidence.when.strip() and moment(evidence.when) is None:
            yield problem("SSJ-E038", value=evidence.when)

    def _other_game(self, name: str) -> list[Problem]:
        word = plain(name).strip()
        if word.lower() in (self.id, self.title.lower(), *(a.lower() for a in self.aliases)):
            return []
        names = [n for g in GAMES for n in (g.id, g.title, *g.aliases)]
        known = ", ".join(f"{g.id} {g.title}" for g in GAMES)
        ids = ", ".join(g.id for g in GAMES)
        return [
            problem(
                "SSJ-E025", value=name, source=self.id, title=self.title, known=known, ids=ids,
                **nearest(word, () if word in names else names),
            )
        ]  # fmt: skip

    def source(self) -> EntropySource:
        """As the registry knows it."""
        return EntropySource(
            id=f"entropy.{self.id}",
            title=self.title,
            needs=("raw", "where", "when"),
            collect=self.collect,
            assess=self.assess,
            appoint=self.appoint,
        )


def event_time(evidence: Evidence) -> datetime | None:
    """When the numbers were drawn, as far as the evidence says: compare it with the sealing.

    With an appointed day: the time on record (`when`) if it is of that day, else the first moment of it (a later
    `when` is when somebody wrote the numbers down). Without one: `when`. None if neither is there.
    """
    told, day = moment(evidence.when), _day(evidence.details.get("date", ""))
    if day is None or (told is not None and told.date() == day):
        return told
    return datetime(day.year, day.month, day.day, tzinfo=BEIJING)


def _later(evidence: Evidence) -> bool:
    """Whether the draw has a known time, and not one before the sealing where the evidence tells that (`sealed_at`)."""
    drawn, told = event_time(evidence), evidence.details.get("sealed_at", "")
    if drawn is None or not told:
        return drawn is not None
    sealed = moment(told)
    return sealed is not None and drawn > sealed


def independent(first: str, second: str) -> bool:
    """Whether two different places are named; two pages of one site are one place."""
    places = {_site(plain(place).strip().lower()) for place in (first, second)}
    return len(places) == 2 and "" not in places


def _site(place: str) -> str:
    return re.sub(r"^(?:[a-z]+://)?(?:www\.)?", "", place).split("/")[0].strip() if "." in place else place


def _misfit(issue: str, day: date | None, today: date) -> list[Problem]:
    """Issues are counted from 1 in every year, with one draw a day at most: issue N is not drawn before day N."""
    year, number = int(issue[:4]), int(issue[4:])
    if day is None:
        good = today.year <= year <= today.year + 1
    else:
        good = year == day.year and number <= day.timetuple().tm_yday
    return [] if good else [problem("SSJ-E028", value=issue, day=day or today)]


def _day(text: str) -> date | None:
    told = written(text)
    return told.date() if told and len(plain(text).strip()) == _DAY else None


GAMES: Final = (
    Game(
        id="kl8",
        title="快乐8",
        aliases=("福彩快乐8",),
        drums=(Balls(count=20, low=1, high=80),),
        example="2026318: 03 07 09 15 18 22 27 30 34 38 41 45 49 52 56 60 63 68 74 79",
    ),
    Game(
        id="ssq",
        title="双色球",
        aliases=("福彩双色球",),
        drums=(Balls(count=6, low=1, high=33), Balls(count=1, low=1, high=16)),
        example="2026131: 02 09 14 21 26 33 + 08",
    ),
    Game(
        id="dlt",
        title="大乐透",
        aliases=("超级大乐透", "体彩大乐透"),
        drums=(Balls(count=5, low=1, high=35), Balls(count=2, low=1, high=12)),
        example="2026131: 04 11 19 28 35 + 03 10",
        short_issue=True,
    ),
    Game(
        id="fc3d",
        title="3D",
        aliases=("福彩3D",),
        drums=(Balls(count=3, low=0, high=9, ordered=True),),
        example="2026318: 0 7 3",
    ),
)
"""The lotteries, 61, 24, 24 and 9 bits."""

SOURCES: Final[Mapping[str, EntropySource]] = {game.id: game.source() for game in GAMES}
