"""SPEC §13.3 to §13.5: carry out a replacement, from what stood before, the event and, where it needs one, a seed."""

from collections.abc import Iterable

from attrs import evolve, frozen

from ssj_core.canonical import digest, lines
from ssj_core.draw import Ticket
from ssj_core.entropy import chain
from ssj_core.matching import Infeasible, Matching, match, redraw
from ssj_core.problems import RefusedError
from ssj_core.replacement.event import Event, by_lot, released_places
from ssj_core.replacement.places import Free, filled, held_by, inherited, question, unfit
from ssj_core.replacement.release import Released, needed, proposal, with_released
from ssj_core.replacement.standing import Standing
from ssj_core.replacement.successor import candidates, successor
from ssj_core.sealed import Sealed
from ssj_core.seed import key, seed
from ssj_core.tables import TeamRow

SUBJECT_PURPOSE = "subject"
RESERVE_PURPOSE = "reserve"
_ANY_SEED = "0" * 64  # whether a roster exists does not depend on the seed


@frozen(kw_only=True)
class Replaced:
    """What a replacement came to. `seed` is empty, `matching` None where nothing had to be drawn by lot."""

    seed: str
    stratum: str
    successor: Ticket | None
    matching: Matching | None
    standing: Standing


def replacement_seed(event: Event, commitment: str, entropy: list[str], draw_seed: str) -> str:
    """The seed: of mode R2 from the revealed link, else from commitment and entropy; empty where none is needed."""
    if not event.entropy:
        return ""
    if event.mode == "R2":
        # The event does not enter: the keeper of the chain could try out its words.
        return digest(lines("ssj.reserve.1", draw_seed, str(event.round), entropy[0].removeprefix(f"{chain.NAME}:")))
    return seed(commitment, entropy)


def replace(
    sealed: Sealed,
    before: Standing,
    event: Event,
    seed_value: str,
    draw_seed: str,
    published: Iterable[TeamRow] | None = None,
) -> Replaced:
    """Carry out `event`; `seed_value` is that of the replacement, `draw_seed` that of the draw.

    `published` are the teams said to have come of it; if they are right, no roster is looked for (SPEC §8.7).

    Raises:
        RefusedError: no complete roster exists for the free places. ValueError: a seed is needed and not there.
    """
    standing = before.noting(event)
    stratum, chosen = "", None
    if event.kind == "officer":
        free = held_by(standing, event.unit, event.visits)
    else:
        stratum, chosen = _stepping_in(sealed, standing, event, seed_value, draw_seed)
        standing, free = _succeeded(sealed, standing, event.unit, chosen.id if chosen else None)
    free = with_released(free, released_places(event, chosen.id if chosen else None))
    matching = None
    if free:
        if not seed_value:
            raise ValueError("places are to be drawn by lot, and there is no seed")
        matching = redraw(question(sealed, standing, free), seed_value, _at(free, published))
        standing = evolve(standing, rows=filled(sealed, standing, free, matching))
    return Replaced(seed=seed_value, stratum=stratum, successor=chosen, matching=matching, standing=standing)


def _at(free: Free, published: Iterable[TeamRow] | None) -> dict[str, list[str]] | None:
    """The officers published for the free places."""
    if published is None:
        return None
    teams: dict[str, list[str]] = {visit: [] for visit in free}
    for row in published:
        if row.place in free.get(row.subject, ()):
            teams[row.subject].append(row.officer)
    return teams


def needs_lot(sealed: Sealed, before: Standing, event: Event, draw_seed: str) -> bool:
    """Whether anything is left to chance: who steps in, or who fills a place.

    Raises:
        RefusedError: a team could not be completed, whatever the lot says: with the words of the matching, and with
        the fewest places whose release would help.
    """
    standing = before.noting(event)
    if event.kind == "officer":
        free = held_by(standing, event.unit, event.visits)
        _check(sealed, standing, with_released(free, released_places(event)))
        return True
    _, ids = candidates(sealed, standing, event.unit)
    if not ids:
        return False
    if event.mode == "R1":
        _, chosen = _stepping_in(sealed, standing, event, "", draw_seed)
        ids = (chosen.id,) if chosen else ()
    free_places = [(i, *_succeeded(sealed, standing, event.unit, i)) for i in _unlike(sealed, ids)]
    for into, after, free in free_places:
        _check(sealed, after, with_released(free, released_places(event, into)))
    return by_lot(event) or any(free for _, _, free in free_places)


def _stepping_in(
    sealed: Sealed, standing: Standing, event: Event, seed_value: str, draw_seed: str
) -> tuple[str, Ticket | None]:
    stratum, ids = candidates(sealed, standing, event.unit)
    rules, counts = sealed.rules, sealed.ticket_counts
    if event.mode == "R1":
        return stratum, successor(key(draw_seed, rules.draw_id, SUBJECT_PURPOSE, rules.scope), ids, counts)
    if ids and not seed_value:
        raise ValueError("who steps in is drawn by lot, and there is no seed")
    made = key(seed_value, event.id, RESERVE_PURPOSE, rules.scope) if ids else ""
    return stratum, successor(made, ids, counts) if ids else None


def _succeeded(sealed: Sealed, standing: Standing, out: str, into: str | None) -> tuple[Standing, Free]:
    if into is None:
        return evolve(standing, rows=tuple(r for r in standing.rows if r.subject != out)), {}
    after = inherited(sealed, standing, out, into)
    return after, unfit(sealed, after, into)


def _unlike(sealed: Sealed, ids: tuple[str, ...]) -> list[str]:
    """One of each kind of subject that differs to the officers."""
    wanted = set(ids)
    against: dict[str, list[tuple[str, str]]] = {}
    for row in sealed.recusals:
        against.setdefault(row.subject, []).append((row.officer, row.rule))
    kinds = {(s.sectors, s.section, tuple(against.get(s.id, ()))): s.id for s in sealed.subjects if s.id in wanted}
    return list(kinds.values())


def release_for(sealed: Sealed, before: Standing, event: Event, draw_seed: str) -> Released | None:
    """The places to release so that `event` becomes possible; None where nothing helps or nothing is needed.

    Where the successor is drawn by lot nobody knows yet whose team must be completed: they are the fewest for each who
    may step in, together, so that every one of them can be staffed. A place of the team taken over has the name of the
    subject that goes.
    """
    standing = before.noting(event)
    if event.kind == "officer":
        return proposal(sealed, standing, held_by(standing, event.unit, event.visits))
    if by_lot(event):
        return _for_whoever(sealed, standing, event.unit)
    _, chosen = _stepping_in(sealed, standing, event, "", draw_seed)
    return proposal(sealed, *_succeeded(sealed, standing, event.unit, chosen.id if chosen else None))


def _for_whoever(sealed: Sealed, standing: Standing, out: str) -> Released | None:
    places: set[tuple[str, int]] = set()
    for into in _unlike(sealed, candidates(sealed, standing, out)[1]):
        found = needed(sealed, *_succeeded(sealed, standing, out, into), {into: out})
        if found is None:
            return None
        places.update(found)
    return tuple(sorted(places)) or None


def _check(sealed: Sealed, standing: Standing, free: Free) -> None:
    if not free:
        return
    try:
        match(question(sealed, standing, free), _ANY_SEED)
    except Infeasible as answer:
        raise RefusedError(answer.problems, answer.certificates) from None
