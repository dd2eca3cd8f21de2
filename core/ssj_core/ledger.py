"""SPEC §10: the ledger, one canonical JSON event a line, each carrying the digest of the line before."""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any, Final, Literal, get_args

from attrs import field, frozen

from ssj_core.canonical import digest
from ssj_core.commitment import NO_LEDGER
from ssj_core.problems import problem
from ssj_core.standing import replacement_id, split_replacement

FILE: Final = "ledger.jsonl"

EventKind = Literal["commit", "entropy", "draw", "replace", "replaced", "void"]
KINDS: Final[tuple[EventKind, ...]] = ("commit", "entropy", "draw")
"""The events of a draw, in the only order they can come; a `void` may end it after any of them."""
REPLACEMENT: Final[tuple[EventKind, ...]] = ("replace", "entropy", "replaced")
"""The events of a replacement; without entropy where `sources` of the first is empty."""
VOID: Final = "void"
_KEYS: Final = {"data", "draw", "event", "number", "previous", "time"}
_ZH: Final[Mapping[str, str]] = {
    "commit": "封存", "entropy": "熵源", "draw": "抽取", "replace": "替换登记", "replaced": "替换", "void": "作废",
}  # fmt: skip
_DRAW: Final = re.compile("(.+)-([1-9][0-9]{0,5})")
_BOM: Final = b"\xef\xbb\xbf"


class LedgerError(ValueError):
    """The ledger does not hold; `line` is the first line that breaks it, `problem` (of `code`) says how.

    `newer`: nothing breaks it, but from this line on only a newer version can tell.
    """

    def __init__(self, line: int, code: str, value: object = "", *, newer: bool = False, **params: Any) -> None:
        self.line, self.code, self.newer = line, code, newer
        self.problem = problem(code, file=FILE, row=line, value=value, **params)
        super().__init__(f"line {line}: {self.problem.message('en')}")


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
        after the first was made void); or a commit does not say of which batch and year; or all lines are one chain,
        but one has an event of a newer version, of whose order nothing is known (SPEC §11.6).
    """
    *complete, torn = data.split(b"\n")
    events: list[Event] = []
    head = NO_LEDGER
    seen: set[tuple[str, str]] = set()
    newer: LedgerError | None = None
    for number, line in enumerate(complete, start=1):
        event = _event(number, line)
        if event.number != number:
            raise _misnumbered(event, number, head, complete)
        if event.previous != head:
            raise LedgerError(number, "SSJ-L041" if events else "SSJ-L048", before=number - 1)
        if newer is None and event.event not in get_args(EventKind):
            newer = LedgerError(number, "SSJ-L032", str(event.event)[:60], newer=True)
        if newer is None and (broken := _broken_order(event, events, seen)):
            raise broken
        seen.add((event.event, event.draw))
        events.append(event)
        head = digest(line)
    if newer is not None:
        raise newer
    return Ledger(events=tuple(events), head=head, torn=torn)


def split_draw(draw: str) -> tuple[str, int]:
    """Batch (plan and batch id) and number of a draw id: `plan-batch-2` is the second draw of its batch.

    What has no number, or one written in another way (`01`), is its own batch.
    """
    found = _DRAW.fullmatch(draw)
    return (found[1], int(found[2])) if found else (draw, 1)


def _misnumbered(event: Event, due: int, head: str, lines: Sequence[bytes]) -> LedgerError:
    """How a line came to have another number than its place."""
    if event.previous == head:  # it follows the line before, so it stands where it was written
        return LedgerError(due, "SSJ-L037", event.number, due=due)
    if event.number < due:
        return LedgerError(due, "SSJ-L040", event.number)
    if any(f'"number":{due},'.encode() in line for line in lines[due:]):
        return LedgerError(due, "SSJ-L039", event.number, due=due)
    return LedgerError(due, "SSJ-L038", event.number, due=due, gone=event.number - due)


def _broken_order(event: Event, before: list[Event], seen: set[tuple[str, str]]) -> LedgerError | None:
    broken = _out_of_order(event, seen) or _replaced_out_of_order(event, before, seen)
    return broken or _commit_wrong(event) or _drawn_twice(event, before)


def _out_of_order(event: Event, seen: set[tuple[str, str]]) -> LedgerError | None:
    line, kind, draw = event.number, event.event, event.draw
    name = _ZH[kind]
    if (kind, draw) in seen:
        code = "SSJ-L043" if kind == "draw" else "SSJ-L042"
        return LedgerError(line, code, draw, name=name, name_en=kind)
    if (VOID, draw) in seen:
        return LedgerError(line, "SSJ-L044", draw, name=name, name_en=kind)
    kinds = REPLACEMENT if split_replacement(draw) else KINDS
    if kind not in (*kinds, VOID):
        return LedgerError(line, "SSJ-L049", draw, name=name, name_en=kind)
    for other in kinds[:1] if kind == VOID else kinds[: kinds.index(kind)]:
        if other == "entropy" and kinds is REPLACEMENT:
            continue  # whether a replacement needs entropy, its first event says
        if (other, draw) not in seen:
            return LedgerError(line, "SSJ-L045", draw, name=name, name_en=kind, before=_ZH[other], before_en=other)
    batch, number = split_draw(draw)
    if kind == "commit" and number > 1 and (VOID, f"{batch}-{number - 1}") not in seen:
        return LedgerError(line, "SSJ-L046", draw, other=f"{batch}-{number - 1}")
    return None


def _replaced_out_of_order(event: Event, before: list[Event], seen: set[tuple[str, str]]) -> LedgerError | None:
    """A replacement is of a finished draw that is not void, once the one before it is finished or void (SPEC §13)."""
    found = split_replacement(event.draw)
    if found is None:
        return None
    draw, number = found
    later, earlier = replacement_id(draw, number + 1), replacement_id(draw, number - 1)
    if event.event == VOID:
        return LedgerError(event.number, "SSJ-L050", event.draw, other=later) if ("replace", later) in seen else None
    if ("draw", draw) not in seen or (VOID, draw) in seen:
        return LedgerError(event.number, "SSJ-L051", event.draw, other=draw)
    if number > 1 and not {("replaced", earlier), (VOID, earlier)} & seen:
        return LedgerError(event.number, "SSJ-L052", event.draw, other=earlier)
    if event.event == "entropy" and ("replaced", event.draw) in seen:
        return LedgerError(event.number, "SSJ-L053", event.draw)
    if event.event == "replaced":
        first = next(e for e in before if (e.event, e.draw) == ("replace", event.draw))
        if bool(first.data.get("sources")) != (("entropy", event.draw) in seen):
            return LedgerError(event.number, "SSJ-L053", event.draw)
    return None


def _commit_wrong(event: Event) -> LedgerError | None:
    """A number written in another way, or no policy, and a second draw would not be seen to be one (SPEC §10.3)."""
    if event.event != "commit":
        return None
    if not _DRAW.fullmatch(event.draw):
        return LedgerError(event.number, "SSJ-L054", event.draw)
    policy, year = event.data.get("policy"), event.data.get("year")
    if not isinstance(policy, str) or not policy or type(year) is not int:
        return LedgerError(event.number, "SSJ-L055", event.draw)
    return None


def _drawn_twice(event: Event, before: list[Event]) -> LedgerError | None:
    """One batch of a ruleset is drawn once a year, whatever its id: another commitment needs a void (SPEC §10.3)."""
    if event.event != "commit":
        return None
    policy, year = event.data["policy"], event.data["year"]
    void = {e.draw for e in before if e.event == VOID}
    for other in before:
        same = other.event == "commit" and (other.data.get("policy"), other.data.get("year")) == (policy, year)
        if same and other.draw not in void:
            return LedgerError(event.number, "SSJ-L047", event.draw, other=other.draw)
    return None


def _no_float(text: str) -> None:
    raise ValueError(f"{text} is no whole number")


def _event(number: int, line: bytes) -> Event:
    if line.startswith(_BOM):
        raise LedgerError(number, "SSJ-L036")
    try:
        raw = json.loads(line, parse_float=_no_float, parse_constant=_no_float)
    except (ValueError, RecursionError):
        raise LedgerError(number, "SSJ-L030") from None
    if not isinstance(raw, dict) or set(raw) != _KEYS:
        odd = ", ".join(sorted(_KEYS.symmetric_difference(raw)))[:60] if isinstance(raw, dict) else "—"
        raise LedgerError(number, "SSJ-L031", odd)
    wanted = {"number": int, "data": dict, "previous": str, "draw": str, "event": str, "time": str}
    for name, kind in wanted.items():
        if type(raw[name]) is not kind:
            raise LedgerError(number, "SSJ-L033", name)
    event = Event(**raw)
    try:
        same = event.encode() == line
    except (ValueError, RecursionError):
        same = False
    if not same:
        raise LedgerError(number, "SSJ-L035" if line.endswith(b"\r") else "SSJ-L034")
    return event
