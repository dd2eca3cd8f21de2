"""A draw with weights: how many tickets a subject has, and what that says about its chance (SPEC §7.3)."""

from fractions import Fraction

from ssj_core.draw import ticket
from ssj_core.explain.plausible import percent
from ssj_core.explain.story import Story
from ssj_core.tables import SubjectRow
from ssj_core.text import Text, named


def winner(key: str, subject_id: str, tickets: int) -> str:
    """What was hashed after the key for the best ticket: the id, or the id with the number of the ticket."""
    names = (subject_id, *(f"{subject_id}#{n}" for n in range(2, tickets + 1)))
    return min(names, key=lambda name: ticket(key, name))


def chances(story: Story, subject: SubjectRow) -> tuple[Text, ...]:
    """The tickets of a subject; none in a draw without weights.

    The chance to be the first of its stratum is exact: its tickets over all of them. Each next one is drawn in the same
    way from who is left, so the chance to be drawn at all grows with the tickets, but less than in proportion.
    """
    weights, counts = story.sealed.rules.weights, story.sealed.ticket_counts
    if weights is None:
        return ()
    own = counts[subject.id]
    total = sum(counts[s.id] for s in story.sealed.subjects if s.stratum == subject.stratum)
    name = winner(story.key, subject.id, own)
    share, by = percent(Fraction(own, total)), named(weights.rule, weights.title)
    return (
        Text(
            f"按{by.zh}有 {own} 张签，以最小的一张为准：是“{name}”这一张",
            f"it has {own} tickets by {by.en}; the smallest counts: that of {name}",
        ),
        Text(
            f"这一层共有 {total} 张签：它排第一的机会是 {own}/{total}（{share}）；以后每一个都在余下的签里同样产生，"
            "所以抽到的机会随签数增加，但不到同样的倍数",
            f"the stratum has {total} tickets: its chance to be first is {own}/{total} ({share}); each next one comes"
            " in the same way from those left, so the chance to be drawn grows with the tickets,"
            " but less than in proportion",
        ),
    )
