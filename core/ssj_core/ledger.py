"""SPEC §10: the ledger, one canonical JSON event a line, each carrying the digest of the line before."""

import json
from collections.abc import Mapping
from typing import Any, Final, Literal, get_args

from attrs import field, frozen

from ssj_core.canonical import digest
from ssj_core.commitment import NO_LEDGER
from ssj_core.standing import split_replacement

FILE: Final = "ledger.jsonl"

EventKind = Literal["commit", "entropy", "draw", "replace", "replaced", "void"]
KINDS: Final[tuple[EventKind, ...]] = ("commit", "entropy", "draw")
"""The events of a draw, in the only order they can come; a `void` may end it after any of them."""
REPLACEMENT: Final[tuple[EventKind, ...]] = ("replace", "entropy", "replaced")
"""The events of a replacement; without entropy where `sources` of the first is empty."""
VOID: Final = "void"
_KEYS: Final = {"data", "draw", "event", "number", "previous", "time"}


class LedgerError(ValueError):
    """The ledger does not hold; `line` is the first line that breaks it."""

    def __init__(self, line: int, reason: str) -> None:
        self.line, self.reason = line, reason
        super().__init__(f"line {line}: {reason}")


@frozen(kw_only=True)
class Event:
    """台账 entry. `time` is a remark of whoever ran the programme; nothing is computed from it."""

    number: int
    previous: str
    event: EventKind
    draw: str
    time: str
    data: Mapping[str, Any] = field(factory=dict)

    def encode(self) -> bytes:
        """The line, without its LF: keys sorted, no blanks, UTF-8, no floats."""
        plain = {
            "number": self.number,
            "previous": self.previous,
            "event": self.event,
            "draw": self.draw,
            "time": self.time,
            "data": dict(self.data),
        }
        return json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode()


@frozen(kw_only=True)
class Ledger:
    """A whole ledger. `torn` is what a killed process left after the last complete line: it never counted."""

    events: tuple[Event, ...] = ()
    head: str = NO_LEDGER
    torn: bytes = b""

    def find(self, kind: EventKind, draw: str) -> Event | None:
        """The event of this kind of this draw, if there is one."""
        return next((e for e in self.events if e.event == kind and e.draw == draw), None)

    def line_of(self, head: str) -> int | None:
        """After which line the ledger had this head, 0 being none yet; None if it never had."""
        heads = [*(e.previous for e in self.events), self.head]
        return heads.index(head) if head in heads else None

    def standing(self) -> list[str]:
        """Draws that are finished and not void, in their order."""
        return [e.draw for e in self.events if e.event == "draw" and not self.find("void", e.draw)]

    def replacements(self, draw: str) -> list[int]:
        """Numbers of the replacements of a draw that are finished and not void, in their order."""
        found = [split_replacement(e.draw) for e in self.events if e.event == "replaced"]
        return [n for base, n in filter(None, found) if base == draw and not self.find("void", f"{draw}+{n}")]

    def last_replacement(self, draw: str) -> int:
        """Number of the latest replacement of a draw that is finished and not void; 0 if there is none."""
        return max(self.replacements(draw), default=0)

    def next(self, kind: EventKind, draw: str, time: str, data: Mapping[str, Any]) -> Event:
        """The event to append; it follows the present head."""
        return Event(number=len(self.events) + 1, previous=self.head, event=kind, draw=draw, time=time, data=data)


def read(data: bytes) -> Ledger:
    """Read and check a ledger.

    Raises:
        LedgerError: a line is not canonical, is numbered wrongly, does not follow the one before, or comes in an order
        that no draw can have (commit, then entropy, then draw, once each; void last; a second draw of a batch only
        after the first was made void).
    """
    *complete, torn = data.split(b"\n")
    events: list[Event] = []
    head = NO_LEDGER
    seen: set[tuple[str, str]] = set()
    for number, line in enumerate(complete, start=1):
        event = _event(number, line)
        if event.number != number:
            raise LedgerError(number, f"its number is {event.number}")
        if event.previous != head:
            raise LedgerError(number, "it does not follow the line before")
        reason = _out_of_order(event, seen) or _replaced_out_of_order(event, events, seen)
        if reason := reason or _drawn_twice(event, events):
            raise LedgerError(number, reason)
        seen.add((event.event, event.draw))
        events.append(event)
        head = digest(line)
    return Ledger(events=tuple(events), head=head, torn=torn)


def split_draw(draw: str) -> tuple[str, int]:
    """Batch (plan and batch id) and number of a draw id: `plan-batch-2` is the second draw of its batch."""
    batch, _, number = draw.rpartition("-")
    return (batch, int(number)) if batch and number.isascii() and number.isdigit() else (draw, 1)


def _out_of_order(event: Event, seen: set[tuple[str, str]]) -> str:
    if (event.event, event.draw) in seen:
        return f"a second {event.event} of {event.draw}"
    if (VOID, event.draw) in seen:
        return f"{event.event} of {event.draw}, which is void"
    kinds = REPLACEMENT if split_replacement(event.draw) else KINDS
    if event.event not in (*kinds, VOID):
        return f"{event.event} of {event.draw}"
    for kind in kinds[:1] if event.event == VOID else kinds[: kinds.index(event.event)]:
        if kind == "entropy" and kinds is REPLACEMENT:
            continue  # whether a replacement needs entropy, its first event says
        if (kind, event.draw) not in seen:
            return f"{event.event} of {event.draw} without its {kind}"
    batch, number = split_draw(event.draw)
    if event.event == "commit" and number > 1 and (VOID, f"{batch}-{number - 1}") not in seen:
        return f"{event.draw} although {batch}-{number - 1} is not void"
    return ""


def _replaced_out_of_order(event: Event, before: list[Event], seen: set[tuple[str, str]]) -> str:
    """A replacement is of a finished draw that is not void, once the one before it is finished or void (SPEC §13)."""
    found = split_replacement(event.draw)
    if found is None:
        return ""
    draw, number = found
    if event.event == VOID:
        later = ("replace", f"{draw}+{number + 1}") in seen
        return f"void of {event.draw}, on which {draw}+{number + 1} was built" if later else ""
    if ("draw", draw) not in seen or (VOID, draw) in seen:
        return f"{event.event} of {event.draw}, but {draw} is not drawn or is void"
    earlier = f"{draw}+{number - 1}"
    if number > 1 and not {("replaced", earlier), (VOID, earlier)} & seen:
        return f"{event.event} of {event.draw} although {earlier} is not finished"
    if event.event == "replaced":
        first = next(e for e in before if (e.event, e.draw) == ("replace", event.draw))
        if bool(first.data.get("sources")) != (("entropy", event.draw) in seen):
            return f"replaced of {event.draw} without the entropy it needs, or with entropy it does not"
    return ""


def _drawn_twice(event: Event, before: list[Event]) -> str:
    """One batch of a ruleset is drawn once a year, whatever its id: another commitment needs a void (SPEC §10.3)."""
    policy, year = event.data.get("policy"), event.data.get("year")
    if event.event != "commit" or policy is None:
        return ""
    void = {e.draw for e in before if e.event == VOID}
    for other in before:
        same = other.event == "commit" and (other.data.get("policy"), other.data.get("year")) == (policy, year)
        if same and other.draw not in void:
            return f"{event.draw} although {other.draw}, of the same batch and year, is not void"
    return ""


def _no_float(text: str) -> None:
    raise ValueError(f"{text} is no whole number")


def _event(number: int, line: bytes) -> Event:
    try:
        raw = json.loads(line, parse_float=_no_float, parse_constant=_no_float)
    except (ValueError, RecursionError):
        raise LedgerError(number, "it is not JSON") from None
    if not isinstance(raw, dict) or set(raw) != _KEYS or raw["event"] not in get_args(EventKind):
        raise LedgerError(number, "it is not an event")
    texts = (raw["previous"], raw["draw"], raw["time"])
    if type(raw["number"]) is not int or not isinstance(raw["data"], dict) or any(type(t) is not str for t in texts):
        raise LedgerError(number, "a value is of the wrong type")
    event = Event(**raw)
    try:
        same = event.encode() == line
    except (ValueError, RecursionError):
        same = False
    if not same:
        raise LedgerError(number, "it is not in canonical form")
    return event
