"""Entropy source `text`: what witnesses say aloud and somebody types; with who, where and when it is level E2."""

import unicodedata
from collections.abc import Iterator, Mapping
from typing import Final

from ssj_core.entropy import retyped
from ssj_core.entropy.grammar import attested as well_attested
from ssj_core.entropy.model import Assessment, EntropySource, Evidence, Request
from ssj_core.problems import EntropyError, Problem, problem

REFUSED_BELOW: Final = 20
WARNED_BELOW: Final = 64
"""Bits: below the first a draw is refused, below the second it is drawn with a warning."""


def collect(request: Request) -> Evidence:
    """Take the text given, keep it verbatim, and check it.

    Raises:
        EntropyError: nothing was given, it holds control characters, or it is too short.
    """
    raw = request.given.get("raw", "")
    if not raw.strip():
        raise EntropyError([problem("SSJ-E002", field=request.draw_id, value="text")])
    evidence = Evidence(
        source="text",
        raw=raw,
        canonical=canonical(raw),
        who=request.who,
        where=request.given.get("where", ""),
        when=request.given.get("when", ""),
        details=retyped.kept(request.given),
    )
    if found := [p for p in assess(evidence).problems if p.severity == "error"]:
        raise EntropyError(found)
    return evidence


def assess(evidence: Evidence, _appointed: Mapping[str, str] | None = None) -> Assessment:
    """E2 when two or more witnesses, the place and the time are on record; else E0."""
    size = bits(evidence.canonical)
    attested = well_attested(evidence)
    return Assessment(
        level="E2" if attested else "E0",
        status="attested" if attested else "claimed",
        bits=size,
        problems=tuple(_problems(evidence, size, attested)),
    )


def canonical(raw: str) -> str:
    """Form that enters the seed: NFC, full-width letters, digits and signs made plain, outer blanks removed."""
    plain = "".join(chr(ord(c) - 0xFEE0) if "！" <= c <= "～" else " " if c == "\u3000" else c for c in raw)
    return unicodedata.normalize("NFC", plain).strip()


def bits(text: str) -> int:
    """At most how many bits a text of this length and kind of signs can hold; one sign repeated holds none."""
    text = text[:200]  # more is more than enough
    if len(set(text)) < 2:
        return 0
    alphabet = 0
    for size, fits in (
        (10, str.isdigit),
        (26, str.islower),
        (26, str.isupper),
        (33, lambda c: c.isascii() and not c.isalnum()),
        (1000, lambda c: not c.isascii()),
    ):
        alphabet += size if any(fits(c) for c in text) else 0
    return int((alphabet ** len(text)).bit_length()) - 1


def _problems(evidence: Evidence, size: int, attested: bool) -> Iterator[Problem]:
    if any(unicodedata.category(c) in ("Cc", "Cs") for c in evidence.canonical):
        yield problem("SSJ-E003", value=repr(evidence.raw))
    if evidence.canonical != canonical(evidence.raw):
        yield problem("SSJ-E001", value=evidence.canonical, source="text")
    if size < REFUSED_BELOW:
        yield problem("SSJ-E004", value=evidence.canonical, bits=size)
    elif size < WARNED_BELOW:
        yield problem("SSJ-E005", value=evidence.canonical, bits=size)
    if not attested:
        yield problem("SSJ-E006", value=evidence.canonical)
    yield from retyped.told(evidence)


SOURCE: Final = EntropySource(
    id="entropy.text", title="见证人输入", needs=("raw", "who", "where", "when"), collect=collect, assess=assess
)
