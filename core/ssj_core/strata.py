"""SPEC §4: subjects fall into strata, and exact ratios become whole quotas."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Final, Literal

from attrs import frozen

from ssj_core.ratios import round_ratio
from ssj_core.rules.model import ClassRatio, Total

COVERAGE: Final = ("未抽过", "已抽过")
"""With coverage first a class has two strata, filled in this order: not yet drawn this year, drawn before."""


@frozen(kw_only=True)
class DrawClass:
    """A class of the ratio rule as it takes part in one draw: its ratio and its strata in filling order."""

    id: str
    ratio: ClassRatio
    strata: tuple[str, ...]


@frozen(kw_only=True)
class Quota:
    """应抽数 of one stratum: how many it holds and how many of them are drawn."""

    stratum: str
    size: int
    quota: int


def stratum_id(class_id: str, *, coverage_first: bool, drawn_before: bool) -> str:
    """Name of the stratum of a subject of this class."""
    return f"{class_id}/{COVERAGE[drawn_before]}" if coverage_first else class_id


def strata_of(class_id: str, *, coverage_first: bool) -> tuple[str, ...]:
    """All strata of a class, in filling order."""
    return tuple(f"{class_id}/{part}" for part in COVERAGE) if coverage_first else (class_id,)


def quotas(classes: Sequence[DrawClass], sizes: Mapping[str, int], total: Total) -> tuple[Quota, ...]:
    """Whole quotas of all strata, in the order of `classes`.

    `sizes` gives the number of subjects by stratum (0 where absent). Integers and exact fractions only.
    """
    held = {c.id: sum(sizes.get(s, 0) for s in c.strata) for c in classes}
    taken = _shared(classes, held) if total == "shared" else {c.id: class_quota(held[c.id], c.ratio) for c in classes}
    made = []
    for c in classes:
        left = taken[c.id]
        for stratum in c.strata:
            size = sizes.get(stratum, 0)
            quota = min(left, size)
            left -= quota
            made.append(Quota(stratum=stratum, size=size, quota=quota))
    return tuple(made)


def class_quota(size: int, ratio: ClassRatio) -> int:
    """How many of a class of `size` are drawn: the small-class rule, else the rounded ratio and its minimum."""
    if size < ratio.small_below:
        wanted: int | Literal["all", "none"] = ratio.small_take
        return min(size, size if wanted == "all" else 0 if wanted == "none" else wanted)
    return min(size, max(ratio.at_least, round_ratio(ratio.ratio * size, ratio.rounding)))


def _shared(classes: Sequence[DrawClass], held: Mapping[str, int]) -> dict[str, int]:
    """Round the sum, not each class; what is left over goes to the largest remainders, ties by class id."""
    exact = {c.id: c.ratio.ratio * held[c.id] for c in classes}
    if not exact:
        return {}
    target = round_ratio(sum(exact.values(), Fraction(0)), classes[0].ratio.rounding)
    taken = {name: int(value) for name, value in exact.items()}
    order = sorted(exact, key=lambda name: (taken[name] - exact[name], name.encode()))
    for name in order[: target - sum(taken.values())]:
        taken[name] += 1
    return taken
