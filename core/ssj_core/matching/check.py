"""Compare a published matching with one computed anew (SPEC §8.6)."""

from typing import NamedTuple

from ssj_core.matching.infeasible import Infeasible
from ssj_core.matching.lots import match
from ssj_core.matching.model import Instance
from ssj_core.matching.result import Matching, PlaceDraw, VisitDraw
from ssj_core.text import Text


class Difference(NamedTuple):
    """What does not agree. `visit` is empty where it concerns the whole; `place` is 0 where it concerns the visit."""

    visit: str
    place: int
    message: Text


def check(instance: Instance, seed_hex: str, published: Matching, *, digest: str | None = None) -> list[Difference]:
    """Return every difference between `published` and the matching these inputs give; an empty list means it holds."""
    try:
        right = match(instance, seed_hex, digest=digest)
    except Infeasible as no:
        return [
            Difference("", 0, Text(f"按这些名单无法配齐：{p.message('zh')}", f"no roster exists: {p.message('en')}"))
            for p in no.problems
        ]
    found = [
        _differs("", 0, name_zh, name_en, getattr(published, field), getattr(right, field))
        for field, name_zh, name_en in (
            ("spec", "规则版本", "specification"),
            ("digest", "名单摘要", "input digest"),
            ("key", "抽取密钥", "key"),
            ("officers", "人员区间与席位数", "ranges and loads of the officers"),
        )
        if getattr(published, field) != getattr(right, field)
    ]
    order = [visit.id for visit in published.visits], [visit.id for visit in right.visits]
    if order[0] != order[1]:
        found.append(_differs("", 0, "检查对象及其次序", "visits and their order", *order))
    claimed = {visit.id: visit for visit in published.visits}
    for visit in right.visits:
        if visit.id in claimed:
            found.extend(_visit(claimed[visit.id], visit))
    return found


def _visit(claimed: VisitDraw, right: VisitDraw) -> list[Difference]:
    found: list[Difference] = []
    if claimed.lot != right.lot:
        found.append(_differs(right.id, 0, "签号", "lot", claimed.lot, right.lot))
    if len(claimed.places) != len(right.places):
        found.append(_differs(right.id, 0, "席位数", "number of places", len(claimed.places), len(right.places)))
    for one, other in zip(claimed.places, right.places, strict=False):
        found.extend(_place(right.id, one, other))
    return found


def _place(visit: str, claimed: PlaceDraw, right: PlaceDraw) -> list[Difference]:
    if claimed.officer != right.officer:
        return [_differs(visit, right.number, "人员", "officer", claimed.officer, right.officer)]
    if claimed != right:
        return [_differs(visit, right.number, "抽号经过", "course of the draw", claimed, right)]
    return []


def _differs(visit: str, place: int, zh: str, en: str, claimed: object, right: object) -> Difference:
    said = Text(f"{zh}不符：公布为 {claimed}，复算为 {right}", f"{en}: published {claimed}, recomputed {right}")
    return Difference(visit, place, said)
