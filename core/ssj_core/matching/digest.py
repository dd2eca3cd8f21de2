"""Every hash of a matching: the digest of what goes in, the key, the lots, the draw numbers (SPEC §8.1, §8.2)."""

import hashlib
import string
from collections.abc import Iterator
from itertools import count
from typing import Final

from ssj_core.matching.model import Instance

SPEC: Final = "ssj-match/1"
"""The identifier of these rules; it is the first line of every hashed text but the input."""

INPUT_TAG: Final = "ssj.match.input.1"
"""First line of the serialised input."""


def input_digest(instance: Instance) -> str:
    """Return the SHA-256 of the input in canonical form, as 64 lower-case hex digits (SPEC §8.1).

    The form is UTF-8 text. Each line ends with LF, the fields of a line are parted by one TAB (no id can contain
    either), numbers are decimal without sign or leading zeros, and "by id" is ascending by the bytes of the id:

        input     = "ssj.match.input.1" LF parameters *officer *class *visit *avoid
        parameters= "evenness" TAB ( "range" / "strict" ) LF
                    "widen" TAB number LF
        officer   = "officer" TAB id TAB cap TAB history LF             ; by id
        class     = "class" TAB name *( TAB officer-id ) LF             ; by name; its officers by id
        visit     = "visit" TAB id LF 1*place *exclusion                ; by id
        place     = "place" TAB role TAB class-name LF                  ; in declared order
        exclusion = "exclusion" TAB officer-id TAB reason-code LF       ; by officer id
        avoid     = "avoid" TAB officer-id TAB officer-id LF            ; the lesser id first; by both

    `printf 'ssj.match.input.1\nevenness\trange\nwiden\t0\n' | sha256sum` is the digest of an empty matching.
    """
    text = hashlib.sha256()
    for line in input_lines(instance):
        text.update((line + "\n").encode())
    return text.hexdigest()


def input_lines(instance: Instance) -> Iterator[str]:
    """Yield the lines that are hashed, without their LF."""
    return map("\t".join, _lines(instance))


def _lines(instance: Instance) -> Iterator[tuple[str, ...]]:
    # Sorting strings by code point is sorting their UTF-8 by bytes.
    yield (INPUT_TAG,)
    yield "evenness", instance.evenness
    yield "widen", str(instance.widen)
    for officer in sorted(instance.officers, key=lambda o: o.id):
        yield "officer", officer.id, str(officer.cap), str(officer.history)
    for name, members in sorted(instance.classes.items()):
        yield "class", name, *sorted(members)
    for visit in sorted(instance.visits, key=lambda v: v.id):
        yield "visit", visit.id
        for place in visit.places:
            yield "place", place.role, place.klass
        for officer_id, reason in sorted(instance.exclusions.get(visit.id, {}).items()):
            yield "exclusion", officer_id, reason
    for pair in instance.avoid:
        yield "avoid", *pair


def key(seed_hex: str, digest_hex: str) -> str:
    """Return K, on which everything random in a matching depends (SPEC §8.2)."""
    return _t("key", hex64(seed_hex, "seed"), hex64(digest_hex, "input digest"))


def lot(k: str, visit: str) -> str:
    """Return the lot of a visit: visits are served in ascending order of (lot, id) (SPEC §8.2)."""
    return _t("order", k, visit)


def number(k: str, visit: str, place: int, attempt: int) -> str:
    """Return the number drawn for a place at an attempt, both counted from 1; it is reduced modulo the pool."""
    return _t("draw", k, visit, str(place), str(attempt))


def numbers(k: str, visit: str, place: int) -> Iterator[bytes]:
    """Yield the numbers of all attempts at a place, from the first, each as 32 bytes, the highest first."""
    start = hashlib.sha256(f"{SPEC}\ndraw\n{k}\n{visit}\n{place}\n".encode())
    for attempt in count(1):
        text = start.copy()
        text.update(b"%d\n" % attempt)
        yield text.digest()


def hex64(text: str, what: str) -> str:
    """Return `text` if it is 64 lower-case hex digits; a missing or short seed is never replaced by a default."""
    if not isinstance(text, str) or len(text) != 64 or not set(text) <= set(string.digits + "abcdef"):
        raise ValueError(f"{what} must be 64 lower-case hex digits, not {text!r}")
    return text


def _t(*fields: str) -> str:
    """T of SPEC §8.2: the SHA-256 of the specification's name and the fields, each followed by LF."""
    return hashlib.sha256("".join(f + "\n" for f in (SPEC, *fields)).encode()).hexdigest()
