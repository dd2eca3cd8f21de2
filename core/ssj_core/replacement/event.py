"""`event.toml`: who drops out and why, fixed before anybody knows who steps in (format `ssj-replace/1`, SPEC §13.2)."""

from typing import Any, Final, Literal

import tomli_w
from attrs import asdict, frozen

from ssj_core.canonical import digest, lines
from ssj_core.rules.effective import ReplacementMode, SealedEntropy
from ssj_core.structuring import clean_texts, load_toml

FILE: Final = "event.toml"
Kind = Literal["subject", "officer"]


@frozen(kw_only=True)
class Event:
    """替换事项. `id` is that of the replacement, `follows` the number of the one it builds on (0: the draw itself).

    `unit` drops out; `document` is the evidence, `by` who decided. Of an officer: `visits` are those he leaves,
    `withdraws` says that he can make none from now on. Of a subject: `mode`, and in mode R2 the `round` of the chain.
    `released` are other places that must be drawn again, as `<subject>#<place>`: the fewest that make it possible;
    where who steps in is drawn by lot, those of the team taken over have `unit` for the subject.
    `entropy` is empty where nothing is left to chance: the next ticket steps in and inherits the whole team.
    """

    format: Literal["ssj-replace/1"]
    id: str
    follows: int
    kind: Kind
    unit: str
    name: str
    reason: str
    document: str
    by: str
    withdraws: bool = False
    visits: tuple[str, ...] = ()
    released: tuple[str, ...] = ()
    mode: ReplacementMode | None = None
    round: int = 0
    entropy: tuple[SealedEntropy, ...] = ()


def encode_event(event: Event) -> bytes:
    """The bytes that are sealed.

    Raises:
        InputError: a text holds a line break or another control character.
    """
    clean_texts(event, FILE)
    return tomli_w.dumps(asdict(event, filter=lambda _, v: v is not None, value_serializer=_value)).encode()


def decode_event(data: bytes, file: str = FILE) -> Event:
    """Read `event.toml`; raises `InputError` when it is not one."""
    event = load_toml(data, Event, file)
    clean_texts(event, file)
    return event


def released_places(event: Event, into: str | None = None) -> tuple[tuple[str, int], ...]:
    """The released places as subject and number, once `into` has stepped in; what is not of that form is left out."""
    parts = [text.rpartition("#") for text in event.released]
    found = [(subject, int(number)) for subject, _, number in parts if number.isascii() and number.isdigit()]
    if into is None or not by_lot(event):
        return tuple(found)
    return tuple((into if subject == event.unit else subject, number) for subject, number in found)


def by_lot(event: Event) -> bool:
    """Whether nobody knows who steps in when the event is registered (modes R2 and R3)."""
    return event.mode not in (None, "R1")


def event_commitment(event_id: str, parent: str, event: bytes, previous_head: str) -> str:
    """The commitment of a replacement: its id, the digest of what it builds on, its event, the ledger's head."""
    return digest(lines("ssj.replace.1", event_id, parent, digest(event), previous_head))


def _value(_: object, __: object, value: Any) -> Any:
    return dict(value) if hasattr(value, "keys") else value
