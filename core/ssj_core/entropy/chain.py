"""Entropy source `chain`: the next link of a hash chain whose last link is in the plan (SPEC §13.4, mode R2).

It serves replacements only. Nobody can change a link any more, but whoever keeps the chain knows all of them.
"""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Final

from ssj_core.canonical import digest, lines
from ssj_core.entropy.model import Assessment, EntropySource, Evidence, Request
from ssj_core.problems import EntropyError, InputError, Problem, problem
from ssj_core.text import Text

NAME: Final = "chain"
MOST_ROUNDS: Final = 1000
LINK: Final = re.compile("[0-9a-f]{64}")


def next_link(link: str) -> str:
    r"""The link that follows: `printf 'ssj.chain.1\n%s\n' LINK | sha256sum`."""
    return digest(lines("ssj.chain.1", link))


def links(secret: str, rounds: int) -> list[str]:
    """All links from the secret, which round `rounds` reveals, to the anchor, which stands in the plan."""
    found = [secret]
    for _ in range(rounds):
        found.append(next_link(found[-1]))
    return found


def appointed(anchor: str, round_number: int) -> dict[str, str]:
    """What is sealed of a round."""
    return {"anchor": anchor, "round": str(round_number)}


def collect(request: Request) -> Evidence:
    """Take the link that was revealed.

    Raises:
        EntropyError: nothing was given, or it is not the link of this round.
    """
    raw = request.given.get("raw", "")
    if not raw.strip():
        raise EntropyError([problem("SSJ-E002", field=request.draw_id, value=Text(SOURCE.title, SOURCE.id))])
    evidence = Evidence(
        source=NAME,
        raw=raw,
        canonical=raw.strip().lower(),
        who=request.who,
        where=request.given.get("where", ""),
        when=request.given.get("when", ""),
    )
    if found := assess(evidence, request.appointed).problems:
        raise EntropyError(found)
    return evidence


def assess(evidence: Evidence, sealed: Mapping[str, str]) -> Assessment:
    """Followed by as many links as the round has, it reaches the anchor; worth E0, for its keeper knows it."""
    return Assessment(
        level="E0", status="machine-checked", bits=256, problems=tuple(_problems(evidence.canonical, sealed))
    )


def _problems(link: str, sealed: Mapping[str, str]) -> list[Problem]:
    number = sealed.get("round", "")
    anchor = link
    if LINK.fullmatch(link) and number.isascii() and number.isdigit() and len(number) < 5:
        for _ in range(min(int(number), MOST_ROUNDS)):
            anchor = next_link(anchor)
        if anchor == sealed.get("anchor") and int(number) > 0:
            return []
    return [problem("SSJ-C013", value=link[:80], round=number or "-")]


def _never(_params: Mapping[str, str], _now: datetime) -> Mapping[str, str]:
    raise InputError([problem("SSJ-C014", value=NAME)])


SOURCE: Final = EntropySource(
    id="entropy.chain", title="递补链", needs=("raw",), collect=collect, assess=assess, appoint=_never
)
