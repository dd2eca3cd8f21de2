"""Verdict B: where the randomness came from, what that proves and what it does not (SPEC §11.2)."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

from attrs import evolve, frozen

from ssj_core.entropy import BUILT_IN, lottery, nist
from ssj_core.entropy.grammar import attested, moment
from ssj_core.entropy.lottery import event_time
from ssj_core.entropy.model import Evidence, EvidenceStatus, Level
from ssj_core.entropy.text import REFUSED_BELOW
from ssj_core.problems import Problem, errors, problem
from ssj_core.text import Text
from ssj_core.verify.beside import Circumstances, Reached, reached
from ssj_core.verify.report import SourceLine

Appointed = tuple[Evidence, Mapping[str, str]]
"""Evidence with the future event that was sealed for its source."""

LEVELS: Final[Mapping[Level, Text]] = {
    "E0": Text(
        "只证明了计算无误，没有证明公平：种子由抽取单位自己产生",
        "arithmetic only; fairness is not shown: the seed comes from the office itself",
    ),
    "E1": Text(
        "名录先公布后抽取，但种子仍由抽取单位自己产生", "the list was fixed first; the seed is the office's own"
    ),
    "E2": Text(
        "种子由在场见证人在封存之后给出；事后只能问见证人，机器无法复核",
        "the seed was given by witnesses after the sealing; only they can attest it, no machine can",
    ),
    "E3": Text("种子由多方先承诺后揭示", "the seed was committed and revealed by several parties"),
    "E4": Text("种子来自事先约定的公开事件", "the seed comes from a public event named beforehand"),
    "E5": Text("公开事件加见证人，承诺时间有第三方证明", "a public event and witnesses, with the time attested"),
}
"""The levels of SPEC §11.2. E1 and E5 need a time stamp of the commitment (§11.5)."""

_STATUS: Final[Mapping[EvidenceStatus, Text]] = {
    "machine-checked": Text("机器已核验", "machine-checked"),
    "attested": Text("有人作证", "attested"),
    "claimed": Text("仅抽取单位自称", "claimed by the office"),
    "missing": Text("缺失", "missing"),
}

_RETRIES: Final = Text(
    "抽取单位有可能反复试种子，直到结果合意才公布",
    "the office could have tried seeds until one pleased it",
)
_COLLUSION: Final = Text("全体见证人串通的可能不能排除", "all witnesses together could have colluded")
_PARTIES: Final = Text("各方全部串通的可能不能排除", "all parties together could have colluded")
_OPERATORS: Final = Text(
    "公开事件的主办方串通的可能不能排除；开奖号码请对照两处公开的档案",
    "those who run the public event could have colluded; compare lottery numbers with two archives",
)
_EARLY: Final = Text(
    "约定的公开事件在封存之前就已发生，不能算数",
    "the public event lay before the sealing and does not count",
)
_EARLY_WORDS: Final = Text(
    "见证人报数的时间早于封存，不能算数：种子可能在名录封存以前就已知道",
    "the witnesses spoke before the sealing: the seed may have been known before the list was fixed",
)
_TO_COME: Final = Text(
    "证据写的时间晚于记录写的抽取时间（十分钟以上）：两个时间至少有一个不是真的",
    "the evidence is of a time more than ten minutes after that of the draw: one of the two is not true",
)
_NO_SEALING: Final = Text(
    "记录里的封存时间读不懂，不知道证据是不是封存以后的，不能算数",
    "the time of the sealing cannot be read: whether the evidence came after it is not known, and it does not count",
)
_PICKED: Final = Text(
    "其他熵源的值已知以后，还有熵源可以由人另选（本机随机数；没有见证人作证、时间在先的数字），所以只按能另选的那个算级",
    "with the value of another source known, one could still be chosen (the machine's own number, or one that no"
    " witnesses attest to be of before): the level is that of the source that could be chosen",
)
_THEIR_WORD: Final = Text(
    "见证人报的数先于其他熵源的值，只有见证人能证明",
    "that what the witnesses said came before the value of the other source is on their word",
)
_RULES: Final = Text(
    "名录是否真实完整、比例和排除规则是否符合文件，本核验不能判断，请对照计划、规则集和名录来源",
    "whether the rosters are true and the ratios and exclusions are those of the documents is not shown here",
)
_EVERYBODY: Final = Text(
    "公开事件的主办方、见证人、时间戳机构和抽取单位全部串通的可能不能排除；开奖号码请对照两处公开的档案",
    "those who run the event, the witnesses, the authority and the office could all have colluded; "
    "compare lottery numbers with two archives",
)
_UNPROVED: Final[Mapping[Level, tuple[Text, ...]]] = {
    "E0": (_RETRIES,),
    "E1": (_RETRIES,),
    "E2": (_COLLUSION,),
    "E3": (_PARTIES,),
    "E4": (_OPERATORS,),
    "E5": (_EVERYBODY,),
}
_UNCHECKED: Final = frozenset({"SSJ-E063", "SSJ-E064", "SSJ-E074", "SSJ-E078"})
"""Warnings that say: this could not be checked here, so the step is neither right nor wrong."""


_BEACONS: Final = frozenset({"drand", "nist"})
_ALONE: Final = Circumstances()
_AHEAD: Final = timedelta(minutes=10)
"""How much later than the clock of this computer the clock of the room may be."""


@frozen(kw_only=True)
class Verdict:
    """Verdict B: level, table of sources, what remains unproved, and the `bits` of all sound sources together.

    `unchecked` is what this machine or version could not check; `early`: something lay before the sealing; `reached`
    and `stamped` are what time stamp and ledger make of the level.
    """

    level: Level
    reached: Reached
    stamped: datetime | None
    sources: tuple[SourceLine, ...]
    unproved: tuple[Text, ...]
    bits: int
    unchecked: tuple[Problem, ...] = ()
    early: bool = False


@frozen
class _Sound:
    """What counts of one sound source when it is put together with others."""

    level: Level
    time: datetime | None
    picked: bool
    attested: bool
    not_before: datetime | None = None

    def among(self, others: Sequence["_Sound"]) -> Level:
        """Its level, but no more than that of any other source whose value could be chosen with this one known."""
        chosen = [o.level for o in others if o is not self and o.picked and not o.before(self)]
        return min([self.level, *chosen])

    def before(self, other: "_Sound") -> bool:
        """Whether witnesses attest that its value was there before that of the other."""
        return self.attested and self.time is not None and other.time is not None and self.time < other.time


def judge(evidence: Sequence[Appointed], sealed_at: str, beside: Circumstances = _ALONE) -> Verdict:
    """Judge evidence by itself: nothing is taken on its word (SPEC §11.2).

    What lay before `sealed_at` (the time of the commitment, as told) is worth no more than the office's own number;
    so is all of it if `sealed_at` cannot be read.
    """
    sound: list[_Sound] = []
    rows: list[SourceLine] = []
    unproved: list[Text] = []
    unchecked: list[Problem] = []
    total, sealed = 0, moment(sealed_at)
    for one, appointed in evidence:
        source = BUILT_IN.get(one.source)
        assessed = source.assess(one, appointed) if source else None
        status: EvidenceStatus = assessed.status if assessed is not None else "claimed"
        if assessed is not None and not errors(assessed.problems):
            total += assessed.bits
            early = assessed.level != "E0" and (sealed is None or _early(one, appointed, sealed))
            if early and sealed is None:
                unproved.append(_NO_SEALING)
            elif early:
                unproved.append(_EARLY if assessed.level == "E4" else _EARLY_WORDS)
            unproved += [_TO_COME] if to_come(one, beside.drawn_at) else []
            sound.append(
                _Sound(
                    level="E0" if early else assessed.level,
                    time=_happened(one, appointed),
                    picked=assessed.picked,
                    attested=attested(one),
                    not_before=_not_before(one, appointed),
                )
            )
            for found in assessed.problems:
                if found.code in _UNCHECKED:
                    unchecked.append(found)
                else:
                    unproved.append(Text(found.message("zh"), found.message("en")))
        if source is None:
            sound.append(_Sound("E0", None, True, False))
        rows.append(
            SourceLine(source=one.source, value=one.canonical, status=_STATUS[status], testimony=_testimony(one))
        )
    held = [(one.among(sound), one) for one in sound]
    levels: set[Level] = {"E0", *(counts for counts, _ in held)}
    events = [one.not_before for counts, one in held if counts == "E4"]  # one that is held lower fixes nothing
    whole, fixed = reached(levels, events, beside), max(levels)
    picked = [_PICKED] if any(one.level > fixed for one in sound) else []
    picked += [_THEIR_WORD] if any(one.picked and one.level < fixed for one in sound) else []
    return Verdict(
        level=whole.level,
        reached=whole,
        stamped=beside.stamped,
        sources=tuple(rows),
        unproved=(*unproved, *picked, *_UNPROVED[whole.level], *whole.unproved, _RULES),
        bits=total,
        unchecked=tuple(unchecked),
        early=_EARLY in unproved or _EARLY_WORDS in unproved,
    )


def of_draw(evidence: Evidence, name: str) -> Evidence:
    """The evidence as that of the draw or replacement whose record holds it, whatever its details say (SPEC §6.7)."""
    return evolve(evidence, details={**evidence.details, "draw": name}) if evidence.source == "reveal" else evidence


def shortfall(verdict: Verdict, required: Level | None) -> tuple[Problem, ...]:
    """Why a draw with this entropy is refused: too little of it in all, or a level below what the plan requires."""
    found = []
    if verdict.bits < REFUSED_BELOW:
        found.append(problem("SSJ-E010", value=verdict.bits, least=REFUSED_BELOW))
    if required is not None and verdict.level < required:
        late = verdict.reached.late
        if late and verdict.stamped is not None and required in ("E1", "E5"):
            found.append(problem(late, value=verdict.stamped.isoformat(), required=required))
        else:
            found.append(problem("SSJ-E012", value=verdict.level, required=required))
    return tuple(found)


def _happened(evidence: Evidence, appointed: Mapping[str, str]) -> datetime | None:
    """When a sound value came, as far as it is told: a pulse tells it itself, others `when` or an appointed time."""
    if evidence.source == "nist":
        return nist.read(evidence.raw).time
    return _named(evidence, appointed, "time")


def to_come(evidence: Evidence, now: str) -> str:
    """The time of its testimony, where that is more than ten minutes after `now`: nobody can have seen it (SPEC §6.4).

    Of a lottery with an appointed day, the beginning of that day. Empty where nothing is to come.
    """
    clock = moment(now)
    day = event_time(evidence) if evidence.source in lottery.SOURCES else None
    told = ((evidence.when, moment(evidence.when)), (day.isoformat() if day else "", day))
    return next((said for said, time in told if clock and time and time > clock + _AHEAD), "")


def _named(evidence: Evidence, appointed: Mapping[str, str], *names: str) -> datetime | None:
    """The time that §6.4 takes for a source: only of beacons the appointed one, only of lotteries that of the day.

    Whatever else was sealed beside another source, to make it look late, says nothing.
    """
    if evidence.source in _BEACONS:
        return moment(next((appointed[name] for name in names if appointed.get(name)), ""))
    return event_time(evidence) if evidence.source in lottery.SOURCES else moment(evidence.when)


def _not_before(evidence: Evidence, appointed: Mapping[str, str]) -> datetime | None:
    """The moment before which a public event cannot have come: a stamp must not trust what the office wrote down.

    Of a lottery that is the beginning of its appointed day.
    """
    if evidence.source == "nist":
        return nist.read(evidence.raw).time
    return moment(appointed.get("time") or appointed.get("date", ""))


def missing_beside(verdict: Verdict, required: Level | None) -> tuple[Problem, ...]:
    """What is missing beside the draw where the required level may be reached with it: then it cannot be told."""
    missing = verdict.reached.missing
    if not missing or required is None or not verdict.level < required <= verdict.reached.best:
        return ()
    return (problem(missing, field="assurance", value=required),)


def for_replacement(required: Level | None) -> Level | None:
    """The level that the entropy of a replacement must have: a replacement has no stamp, so what the plan requires
    without the part that only a stamp gives (SPEC §13.5).
    """
    without: dict[Level, Level] = {"E1": "E0", "E5": "E4"}
    return without.get(required, required) if required is not None else None


def _early(evidence: Evidence, appointed: Mapping[str, str], sealed: datetime) -> bool:
    happened = _named(evidence, appointed, "time", "after")
    return happened is not None and happened < sealed


def known(evidence: Evidence) -> bool:
    """Whether this verifier knows the source's grammar."""
    return evidence.source in BUILT_IN


def mistakes(evidence: Sequence[Appointed]) -> Iterator[Problem]:
    """What breaks the grammar of a source."""
    for one, appointed in evidence:
        if source := BUILT_IN.get(one.source):
            yield from errors(source.assess(one, appointed).problems)


def _testimony(evidence: Evidence) -> Text:
    who, where, when = "、".join(evidence.who), evidence.where, evidence.when
    if not who:
        return Text("无见证人", "no witness")
    return Text(f"{who}；{where}；{when}", f"{who}; {where}; {when}")
