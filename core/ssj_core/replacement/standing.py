"""Who stands now: the teams after all replacements so far, and who can no longer be chosen (SPEC §13.3)."""

from collections.abc import Iterable, Mapping

from attrs import evolve, field, frozen

from ssj_core.replacement.event import Event
from ssj_core.tables import TeamRow


@frozen(kw_only=True)
class Standing:
    """`rows` are the present teams in order, `taken` every subject that was ever drawn or stepped in.

    `withdrawn` maps officers who make no more visits to the reason, `barred` a (subject, officer) that is ruled out.
    """

    rows: tuple[TeamRow, ...]
    taken: frozenset[str]
    withdrawn: Mapping[str, str] = field(factory=dict)
    barred: Mapping[tuple[str, str], str] = field(factory=dict)

    @classmethod
    def drawn(cls, rows: Iterable[TeamRow]) -> "Standing":
        """As the draw left it."""
        kept = tuple(rows)
        return cls(rows=kept, taken=frozenset(r.subject for r in kept))

    def visits_of(self, officer: str) -> tuple[str, ...]:
        """Subjects whose team the officer is in, in the order of the teams."""
        return tuple(dict.fromkeys(r.subject for r in self.rows if r.officer == officer))

    def team(self, subject: str) -> tuple[TeamRow, ...]:
        """The places of one subject; empty if it is not to be inspected."""
        return tuple(r for r in self.rows if r.subject == subject)

    def noting(self, event: Event) -> "Standing":
        """The same, with the officer of the event ruled out from now on."""
        if event.kind != "officer":
            return self
        withdrawn = {**self.withdrawn, event.unit: code(event)} if event.withdraws else self.withdrawn
        barred = {**self.barred, **{(visit, event.unit): code(event) for visit in event.visits}}
        return evolve(self, withdrawn=withdrawn, barred=barred)


def code(event: Event) -> str:
    """Reason code of the event as an exclusion of the matching."""
    return f"replace.{event.reason}"
