"""Dummy seeds: what a sealed draw might come to. Nobody takes one for a draw: they are named after themselves."""

from ssj_core.canonical import digest, lines
from ssj_core.draw import select
from ssj_core.sealed import Sealed
from ssj_core.seed import key
from ssj_core.tables import SubjectRow


def dummy_seed(draw_id: str, number: int) -> str:
    """Dummy seed `number` of a draw, from 1: H(L("ssj.simulate.1", draw id, number)), the same for everybody."""
    return digest(lines("ssj.simulate.1", draw_id, str(number)))


def drawn_with(sealed: Sealed, seed_value: str) -> list[SubjectRow]:
    """The subjects that a seed would draw (SPEC §7)."""
    rules = sealed.rules
    ticket_key = key(seed_value, rules.draw_id, "subject", rules.scope)
    ids: dict[str, list[str]] = {}
    for subject in sealed.subjects:
        ids.setdefault(subject.stratum, []).append(subject.id)
    by_id = {s.id: s for s in sealed.subjects}
    found = []
    for q in sealed.quotas:
        taken = select(ticket_key, q.stratum, ids.get(q.stratum, []), q.quota, 0)
        found += [by_id[t.id] for t in taken.drawn]
    return found
