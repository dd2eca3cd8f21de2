"""年度抽查占比: distinct subjects drawn in a year over the subjects of the roster."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from fractions import Fraction

from attrs import frozen

from ssj_core.problems import InputError
from ssj_core.ratios import format_ratio
from ssj_core.rules.effective import EffectiveRules, decode_rules
from ssj_core.sealed import RULES_FILE
from ssj_core.standing import subjects_after
from ssj_core.tables import TableError
from ssj_core.text import Text


@frozen(kw_only=True)
class Share:
    """One year: `drawn` different subjects of `listed` in the roster; `minimum` is what the ruleset asks for."""

    year: int
    drawn: int
    listed: int
    minimum: Fraction | None

    @property
    def reached(self) -> bool:
        """Whether the minimum is reached; true where none is asked."""
        return self.minimum is None or Fraction(self.drawn, self.listed or 1) >= self.minimum

    def text(self) -> Text:
        """The share as a sentence; the percentage is rounded down to two decimals, so it never says too much."""
        hundredths = self.drawn * 10_000 // (self.listed or 1)
        percent = f"{hundredths // 100}.{hundredths % 100:02d}%"
        zh = f"{self.year} 年度抽查占比 {percent}（抽中 {self.drawn} 个不同对象，名录 {self.listed} 个）"
        en = f"share of {self.year}: {percent} ({self.drawn} different subjects of {self.listed} in the roster)"
        if self.minimum is None:
            return Text(zh, en)
        least = format_ratio(self.minimum)
        if self.reached:
            return Text(f"{zh}，已达到不低于 {least} 的要求", f"{en}; the minimum of {least} is reached")
        return Text(f"{zh}，尚未达到不低于 {least} 的要求", f"{en}; the minimum of {least} is not reached yet")


def yearly_shares(draws: Iterable[tuple[Mapping[str, bytes], int]]) -> tuple[Share, ...]:
    """Shares by year from the files of draws, each with the number of its latest replacement that stands (0: none).

    A draw that cannot be read is left out (`verify` says so itself). The roster is that of the year's latest batch.
    """
    years: dict[int, list[tuple[EffectiveRules, frozenset[str]]]] = {}
    for files, last in draws:
        with suppress(KeyError, InputError, TableError):
            rules = decode_rules(files[RULES_FILE], RULES_FILE)
            subjects = subjects_after(files, last)
            years.setdefault(rules.year, []).append((rules, subjects))
    shares = []
    for year, found in sorted(years.items()):
        latest = max((rules for rules, _ in found), key=lambda r: r.start)
        shares.append(
            Share(
                year=year,
                drawn=len(frozenset().union(*(subjects for _, subjects in found))),
                listed=next((pin.rows for pin in latest.rosters if pin.role == "subjects"), 0),
                minimum=latest.yearly_share,
            )
        )
    return tuple(shares)
