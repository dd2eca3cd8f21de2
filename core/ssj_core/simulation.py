"""What a sealed draw would come to with many dummy seeds: how often everybody is drawn, sent, and with what load.

A simulation is no draw: its seeds are hashes of their numbers, everybody can foresee them, nothing of it is kept.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from fractions import Fraction

from attrs import define, field

from ssj_core.blocked import named
from ssj_core.matching import Infeasible, match
from ssj_core.rehearsal import drawn_with, dummy_seed
from ssj_core.sealed import Sealed
from ssj_core.teams import instance


@define
class Simulation:
    """Counts over `seeds` dummy draws.

    `drawn` and `pairs` count subjects and (subject, officer); `leads` the pairs in which the officer led. `loads` maps
    an officer to how many draws gave him so many visits.
    """

    seeds: int = 0
    drawn: Counter[str] = field(factory=Counter)
    pairs: Counter[tuple[str, str]] = field(factory=Counter)
    leads: Counter[tuple[str, str]] = field(factory=Counter)
    loads: dict[str, Counter[int]] = field(factory=dict)

    def chance(self, subject: str, officer: str) -> Fraction:
        """How often the officer went to the subject, of the draws in which it was drawn."""
        return Fraction(self.pairs[subject, officer], self.drawn[subject] or 1)

    def mean_load(self, officer: str) -> Fraction:
        """Visits of an officer in a draw, on average."""
        return Fraction(sum(n * times for n, times in self.loads[officer].items()), self.seeds or 1)


def simulate(sealed: Sealed, seeds: int) -> Iterator[Simulation]:
    """The counts after each further dummy draw, `seeds` times; it is the same object each time.

    Raises:
        RefusedError: a dummy draw cannot be staffed.
    """
    found = Simulation(loads={o.id: Counter() for o in sealed.officers})
    for number in range(1, seeds + 1):
        value = dummy_seed(sealed.rules.draw_id, number)
        drawn = drawn_with(sealed, value)
        try:
            matching = match(instance(sealed.rules.team, drawn, sealed.officers, sealed.recusals), value)
        except Infeasible as answer:
            raise named(answer, drawn, sealed.officers, sealed.recusals) from None
        found.seeds = number
        found.drawn.update(s.id for s in drawn)
        for visit, team in matching.teams.items():
            found.pairs.update((visit, officer) for officer in team)
            found.leads[visit, team[0]] += 1
        for officer in matching.officers:
            found.loads[officer.id][officer.places] += 1
        yield found


def rows(sealed: Sealed, found: Simulation) -> list[Mapping[str, object]]:
    """One row for each pair that came up, the most certain first: names, times drawn, times sent, times leading."""
    subject = {s.id: s.name for s in sealed.subjects}
    officer = {o.id: o.name for o in sealed.officers}
    pairs = sorted(found.pairs, key=lambda p: (-found.chance(*p), -found.drawn[p[0]], p))
    return [
        {
            "subject": s,
            "name": subject[s],
            "officer": o,
            "officer_name": officer[o],
            "drawn": found.drawn[s],
            "sent": found.pairs[s, o],
            "led": found.leads[s, o],
        }
        for s, o in pairs
    ]
