"""Whether a published cut is plausible: the n-th smallest of N uniform tickets is Beta(n, N−n+1) (SPEC §7.2).

With weights (SPEC §7.3) best tickets are not uniform. Then it is the other way round: how many of the subjects lie at
or below the cut, each by itself with the chance 1 − (1 − cut)^tickets, compared with how many were drawn.

Exact fractions throughout; percentages are only for the eye.
"""

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from math import isqrt
from typing import Final

from attrs import frozen

from ssj_core.text import Text

TICKETS: Final = 1 << 256
"""How many tickets there can be."""
DEVIATIONS: Final = 5
"""A cut further from its mean than so many standard deviations is remarked on."""
SMALL: Final = 30
"""With fewer drawn the distribution is skewed and the test weak."""


@frozen(kw_only=True)
class Cut:
    """The place of a cut among all tickets, with mean and variance of where it would lie by chance."""

    place: Fraction
    mean: Fraction
    variance: Fraction

    @property
    def plausible(self) -> bool:
        """Whether it lies within `DEVIATIONS` standard deviations of the mean."""
        return (self.place - self.mean) ** 2 <= DEVIATIONS**2 * self.variance

    @property
    def tenths(self) -> int:
        """Its distance from the mean in tenths of a standard deviation, rounded down."""
        square, by = 100 * (self.place - self.mean) ** 2, self.variance
        return isqrt(square.numerator * by.denominator // (square.denominator * by.numerator))


def judge_cut(cut: str, quota: int, size: int) -> Cut:
    """Compare a cut (64 hex digits) with the `quota`-th smallest of `size` uniform tickets.

    Raises:
        ValueError: nobody was drawn, or more than there are.
    """
    if not 0 < quota <= size:
        raise ValueError(f"{quota} of {size} have no cut")
    return Cut(
        place=Fraction(int(cut, 16), TICKETS),
        mean=Fraction(quota, size + 1),
        variance=Fraction(quota * (size - quota + 1), (size + 1) ** 2 * (size + 2)),
    )


def judge_weighted(cut: str, quota: int, counts: Sequence[int]) -> Cut:
    """Compare the `quota` who lie at or below a cut with how many would by chance, of subjects with so many tickets.

    Raises:
        ValueError: nobody was drawn, or more than there are.
    """
    if not 0 < quota <= len(counts):
        raise ValueError(f"{quota} of {len(counts)} have no cut")
    above = 1 - Fraction(int(cut, 16) + 1, TICKETS)
    chances = [(1 - above**tickets, number) for tickets, number in Counter(counts).items()]
    return Cut(
        place=Fraction(quota),
        mean=sum((number * p for p, number in chances), Fraction()),
        variance=sum((number * p * (1 - p) for p, number in chances), Fraction()),
    )


def plausibility(cut: str, quota: int, size: int) -> tuple[Text, ...]:
    """The judgement in words, with what it cannot show."""
    found = judge_cut(cut, quota, size)
    place, mean, deviation = percent(found.place), percent(found.mean), percent(root(found.variance))
    where = Text(
        f"界线在全部可能签号的 {place} 处；{size} 个里抽 {quota} 个，凭运气平均应在 {mean} 处，标准差 {deviation}",
        f"the cut lies at {place} of all possible tickets; with {quota} of {size} drawn, chance puts it at {mean}"
        f" on average, standard deviation {deviation}",
    )
    return (where, *_judged(found, quota))


def weighted_plausibility(cut: str, quota: int, counts: Sequence[int]) -> tuple[Text, ...]:
    """The same for a draw with weights, of a stratum whose subjects have so many tickets."""
    found = judge_weighted(cut, quota, counts)
    place, mean, deviation = percent(position(cut)), _decimal(found.mean), _decimal(root(found.variance))
    where = Text(
        f"界线在全部可能签号的 {place} 处；{len(counts)} 个共 {sum(counts)} 张签，凭运气平均应有 {mean} 个不超过它，"
        f"标准差 {deviation} 个；抽中 {quota} 个",
        f"the cut lies at {place} of all possible tickets; of {len(counts)} with {sum(counts)} tickets chance puts"
        f" {mean} at or below it on average, standard deviation {deviation}; {quota} are drawn",
    )
    return (where, *_judged(found, quota))


def _judged(found: Cut, quota: int) -> tuple[Text, ...]:
    away = f"{found.tenths // 10}.{found.tenths % 10}"
    lines = [
        Text(
            f"相差 {away} 个标准差，在 {DEVIATIONS} 个以内：看起来正常",
            f"it is {away} standard deviations away, within {DEVIATIONS}: plausible",
        )
        if found.plausible
        else Text(
            f"相差 {away} 个标准差，超过 {DEVIATIONS} 个：很不寻常，值得请审计人员核对全部名录",
            f"it is {away} standard deviations away, over {DEVIATIONS}: very unusual, the roster should be audited",
        ),
        Text(
            "这只是合理性检验，不是证明：能证明的是持有全部名录、重新算出每个签号的核验（ssj-core verify）",
            "this tests plausibility and proves nothing: the proof is to recompute every ticket (ssj-core verify)",
        ),
    ]
    if quota < SMALL:
        lines.insert(
            1,
            Text(
                f"只抽 {quota} 个时这项检验很弱：少数几个签号被藏起来，它看不出来",
                f"with only {quota} drawn this test is weak: it would not notice a few hidden tickets",
            ),
        )
    return tuple(lines)


def position(ticket: str) -> Fraction:
    """Where a ticket lies among all possible tickets, from 0 to 1."""
    return Fraction(int(ticket, 16), TICKETS)


def root(value: Fraction) -> Fraction:
    """Square root, rounded down to ten decimals."""
    scale = 10**20
    return Fraction(isqrt(value.numerator * scale // value.denominator), 10**10)


def _decimal(value: Fraction) -> str:
    """A number with one decimal, rounded half up."""
    tenths = (20 * value.numerator + value.denominator) // (2 * value.denominator)
    return f"{tenths // 10}.{tenths % 10}"


def percent(value: Fraction) -> str:
    """A share as a percentage with four decimals, rounded half up."""
    units = (value.numerator * 2_000_000 + value.denominator) // (2 * value.denominator)
    return f"{units // 10_000}.{units % 10_000:04}%"
