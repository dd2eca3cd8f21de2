"""From what an office asks to the event that is sealed: mode, and whether anything is left to chance (SPEC §13)."""

from collections.abc import Callable

from attrs import evolve

from ssj_core.entropy import chain
from ssj_core.problems import RefusedError, problem
from ssj_core.replacement.asked import Asked, checked
from ssj_core.replacement.event import Event
from ssj_core.replacement.outcome import needs_lot, release_for
from ssj_core.replacement.reasons import SUBJECT_REASONS
from ssj_core.replacement.standing import Standing
from ssj_core.rules.effective import ReplacementMode, SealedEntropy, SealedReplacement
from ssj_core.sealed import Sealed
from ssj_core.text import quoted


def decide(
    asked: Asked,
    sealed: Sealed,
    standing: Standing,
    *,
    name: str,
    follows: int,
    draw_seed: str,
    rounds: int,
    appoint: Callable[[], tuple[SealedEntropy, ...]],
) -> Event:
    """The event of replacement `name`, built on number `follows`.

    `rounds` links of the chain are revealed already; `appoint` names the events of the plan's sources, if asked.

    Raises:
        InputError: what is asked cannot be. RefusedError: a team could not be completed.
    """
    found = checked(asked, name.rpartition("+")[0], standing)
    event = Event(
        format="ssj-replace/1",
        id=name,
        follows=follows,
        kind=found.kind,
        unit=found.unit,
        name=found.name,
        reason=asked.reason,
        document=asked.document.strip(),
        by=asked.by.strip(),
        withdraws=found.kind == "officer" and not asked.visits,
        visits=found.visits,
    )
    ways = sealed.rules.replacement
    if found.kind == "subject":
        mode = mode_of(ways, asked.reason, rounds)
        event = evolve(event, mode=mode, round=rounds + 1 if mode == "R2" else 0)
    lot, event = _completed(asked, sealed, standing, event, draw_seed)
    if not lot:
        return event
    if event.mode == "R2":
        link = SealedEntropy(source=chain.NAME, appointed=chain.appointed(ways.anchor, event.round))
        return evolve(event, entropy=(link,))
    return evolve(event, entropy=appoint())


def _completed(asked: Asked, sealed: Sealed, standing: Standing, event: Event, draw_seed: str) -> tuple[bool, Event]:
    """Whether anything is left to chance; with other places released where that is needed and asked for."""
    try:
        return needs_lot(sealed, standing, event, draw_seed), event
    except RefusedError as refused:
        places = release_for(sealed, standing, event, draw_seed)
        if places is None:
            raise
        names = tuple(f"{subject}#{number}" for subject, number in places)
        if not asked.release:
            proposed = problem("SSJ-C020", value="、".join(names), value_en=", ".join(map(quoted, names)))
            raise RefusedError([*refused.problems, proposed], refused.certificates) from None
        return True, evolve(event, released=names)


def mode_of(ways: SealedReplacement, reason: str, rounds: int) -> ReplacementMode:
    """The mode that counts: what the office judges by itself must not decide who steps in (MUST-13.7)."""
    judged = ways.mode == "R1" and not SUBJECT_REASONS[reason].objective
    used_up = ways.mode == "R2" and rounds >= ways.rounds
    return "R3" if judged or used_up else ways.mode
