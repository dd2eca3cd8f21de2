"""SPEC §11.5: the levels that need more than evidence: a time stamp of the commitment, and a ledger that has it."""

from collections.abc import Collection
from datetime import datetime
from typing import Final

from attrs import frozen

from ssj_core.entropy.grammar import moment
from ssj_core.entropy.model import Level
from ssj_core.text import Text

_BEFORE: Final = Text(
    "承诺是否真的在种子产生之前公布，本记录自身不能证明，请对照当时公布的承诺",
    "that the commitment was public before the seed cannot be shown by this record: compare the published one",
)
_OWN_SEED: Final = Text(
    "种子仍由抽取单位产生：时间戳只证明名录在那时已经固定，不能证明单位在那以前不知道种子；抽取时间是它自己写的",
    "the seed is the office's own: the stamp shows that the list was fixed by then, not that the office did not know "
    "its seed before; the time of the draw is its own word",
)
_AUTHORITY: Final = Text(
    "时间戳机构是否独立于抽取单位，本核验不能判断：请把封存的证书指纹（rules.toml 的 stamp）与该机构公布的对照",
    "whether the time-stamping authority is independent is not shown here: compare the sealed fingerprints "
    "(stamp in rules.toml) with those it publishes",
)
_LATE: Final = Text(
    "承诺的时间戳不早于种子，不能证明名录先固定",
    "the stamp of the commitment is not of before the seed and does not show that the list was fixed first",
)
_HEARD: Final = Text(
    "见证人报的数先于公开事件：主办方若已知道这些数，单凭主办方一方就可能挑选结果（多方先承诺后揭示的，没有这个问题）",
    "what the witnesses said came before the public event: those who run it, if they heard, could have chosen alone "
    "(not so with parties who commit and reveal)",
)
_NEED_STAMP: Final = Text(
    "级别还差承诺的时间戳", "a time stamp of the commitment that holds would raise the level, and is missing"
)
_NEED_LEDGER: Final = Text(
    "级别还差台账：E5 级要核验整个工作文件夹",
    "the ledger is missing: for level E5 verify the whole working folder",
)


@frozen(kw_only=True)
class Circumstances:
    """What is known beside the evidence.

    `stamped` is the latest moment that a time stamp of the commitment can mean (None: there is none that holds),
    `drawn_at` when the entropy came, as told; `in_ledger`: a ledger has this commitment; `stampable` is false for a
    replacement, of whose commitment there are no stamps.
    """

    stamped: datetime | None = None
    drawn_at: str = ""
    in_ledger: bool = False
    stampable: bool = True


@frozen(kw_only=True)
class Reached:
    """The level, and what it leaves `unproved`.

    `best` is the level that may be reached with what is `missing`, the code of the problem that says so; `late` the
    code of the problem with a stamp that is too late for a higher level.
    """

    level: Level
    best: Level
    unproved: tuple[Text, ...] = ()
    missing: str = ""
    late: str = ""


def reached(levels: Collection[Level], events: Collection[datetime | None], beside: Circumstances) -> Reached:
    """The level of sound evidence that counts with these `levels`, with what lies beside.

    `events` has for each public event that counts as E4 the moment before which it cannot have come.
    """
    level, stamped = max(levels), beside.stamped
    both = level == "E4" and not {"E2", "E3"}.isdisjoint(levels)
    if stamped is None and not beside.stampable:
        return Reached(level=level, best=level, unproved=(_BEFORE,))
    if stamped is None:
        best: Level = "E5" if both else "E1" if level == "E0" else level
        missing = "" if best == level else "SSJ-T022"
        told = (_NEED_STAMP, _BEFORE) if both else (_BEFORE,)
        return Reached(level=level, best=best, unproved=told, missing=missing)
    if level == "E0":
        drawn = moment(beside.drawn_at)
        if drawn is None or stamped >= drawn:
            return Reached(level=level, best=level, unproved=(_LATE, _BEFORE), late="SSJ-T021")
        return Reached(level="E1", best="E1", unproved=(_OWN_SEED, _AUTHORITY))
    if level != "E4":
        return Reached(level=level, best=level, unproved=(_attested(stamped), _AUTHORITY))
    if not any(event is not None and stamped < event for event in events):
        return Reached(level=level, best=level, unproved=(_LATE, _BEFORE), late="SSJ-T018")
    if not both:
        return Reached(level=level, best=level, unproved=(_AUTHORITY,))
    if not beside.in_ledger:
        return Reached(level=level, best="E5", unproved=(_NEED_LEDGER, _AUTHORITY), missing="SSJ-T023")
    return Reached(level="E5", best="E5", unproved=(_AUTHORITY, *(() if "E3" in levels else (_HEARD,))))


def _attested(stamped: datetime) -> Text:
    time = stamped.isoformat()
    return Text(
        f"时间戳证明承诺在 {time} 已经存在；种子在那以后才产生，靠的是见证人或各方的证言，证言的时间是抽取单位写的",
        f"the stamp shows that the commitment existed at {time}; that the seed came later rests on the testimony, "
        "whose time is the office's word",
    )
