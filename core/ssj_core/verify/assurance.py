"""Verdict B: where the randomness came from, what that proves and what it does not (SPEC §11.2)."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from ssj_core.entropy import BUILT_IN
from ssj_core.entropy.model import Evidence, EvidenceStatus, Level
from ssj_core.text import Text
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
"""The levels of SPEC §11.2; this version reaches E0 and E2."""

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
_BEFORE: Final = Text(
    "承诺是否真的在种子产生之前公布，本记录自身不能证明，请对照当时公布的承诺",
    "that the commitment was public before the seed cannot be shown by this record: compare the published one",
)
_COLLUSION: Final = Text("全体见证人串通的可能不能排除", "all witnesses together could have colluded")


def judge(evidence: Sequence[Appointed]) -> tuple[Level, tuple[SourceLine, ...], tuple[Text, ...]]:
    """Level, table of sources and what remains unproved, from the evidence alone: nothing is taken on its word."""
    level: Level = "E0"
    rows = []
    for one, appointed in evidence:
        source = BUILT_IN.get(one.source)
        assessed = source.assess(one, appointed) if source else None
        sound = assessed is not None and not [p for p in assessed.problems if p.severity == "error"]
        if assessed is not None and sound:
            level = max(level, assessed.level)
        status: EvidenceStatus = assessed.status if assessed is not None else "claimed"
        rows.append(
            SourceLine(source=one.source, value=one.canonical, status=_STATUS[status], testimony=_testimony(one))
        )
    unproved = (_COLLUSION, _BEFORE) if level == "E2" else (_RETRIES, _BEFORE)
    return level, tuple(rows), unproved


def known(evidence: Evidence) -> bool:
    """Whether this verifier knows the source's grammar."""
    return evidence.source in BUILT_IN


def mistakes(evidence: Sequence[Appointed]) -> Iterator[Text]:
    """What breaks the grammar of a source."""
    for one, appointed in evidence:
        if source := BUILT_IN.get(one.source):
            for found in source.assess(one, appointed).problems:
                if found.severity == "error":
                    yield Text(found.message("zh"), found.message("en"))


def _testimony(evidence: Evidence) -> Text:
    who, where, when = "、".join(evidence.who), evidence.where, evidence.when
    if not who:
        return Text("无见证人", "no witness")
    return Text(f"{who}；{where}；{when}", f"{who}; {where}; {when}")
