"""§10: ledgers and the first line that is wrong."""

import json
from typing import Any

from ssj_core import ledger
from ssj_core.canonical import digest
from ssj_core.commitment import NO_LEDGER
from tests.vectors.sections.shared import Case, agree


def ledger_lines(*names: str) -> list[str]:
    """Lines of a ledger with these draws, one finished after the other."""
    held = ledger.Ledger()
    made: list[str] = []
    for name in names:
        data: Case
        for kind, data in (
            ("commit", {"commitment": digest(name.encode()), "policy": f"x.r/{name}", "year": 2026}),
            ("entropy", {"commitment": digest(name.encode()), "evidence": [{"source": "text", "canonical": "福 平"}]}),
            ("draw", {"record": digest(b"record"), "seed": digest(b"seed"), "year": 2026}),
        ):
            event = held.next(kind, f"{name}-1", f"2026-03-0{len(made) % 9 + 1}T09:00:00+08:00", data)  # type: ignore[arg-type]
            made.append(event.encode().decode())
            held = ledger.read("".join(line + "\n" for line in made).encode())
    return made


def ledgers() -> list[Case]:
    """Ledgers that hold and ledgers that do not."""
    good = ledger_lines("a", "b")
    other = ledger_lines("a", "c")
    cases: list[tuple[str, str, list[str], int]] = [
        ("empty", "", [], 0),
        ("two-draws", "", good, 0),
        ("sealed-only", "a batch is sealed and waits for its entropy", good[:4], 0),
        ("a-line-changed", "the next line does not follow", [good[0].replace("2026", "2027"), *good[1:]], 2),
        ("a-line-missing", "", [good[0], *good[2:]], 2),
        ("lines-exchanged", "", [good[0], good[2], good[1]], 2),
        ("another-ledgers-line", "", [*good[:4], other[4]], 5),
        ("first-line-with-a-head", "the first line follows 64 zeros", [good[1]], 1),
        ("not-json", "", [good[0][:-1]], 1),
        ("blank-after-colon", "", [good[0].replace('"draw":', '"draw": ')], 1),
        ("keys-not-sorted", "", [_moved(good[0])], 1),
        ("escaped-letter", "\\u0061 is an a", [good[0].replace('"a-1"', '"\\u0061-1"')], 1),
        ("key-twice", "", [good[0].replace('"draw":"a-1"', '"draw":"a-1","draw":"a-1"')], 1),
        ("unknown-key", "", [good[0][:-1] + ',"zz":1}'], 1),
        ("unknown-event", "of a newer version: cannot be told", [good[0].replace('"commit"', '"shuffle"')], 1),
        ("number-as-text", "", [good[0].replace('"number":1', '"number":"1"')], 1),
        ("wrong-number", "", [good[0].replace('"number":1', '"number":2')], 1),
        ("carriage-return", "", [good[0] + "\r"], 1),
        ("byte-order-mark", "", ["\ufeff" + good[0]], 1),
        ("entropy-without-commit", "", [_first("entropy")], 1),
        ("draw-without-entropy", "", _chain("commit", "draw"), 2),
        ("second-commit", "one commitment for one draw", _chain("commit", "commit"), 2),
        ("second-entropy", "", _chain("commit", "entropy", "entropy"), 3),
        ("second-draw", "", _chain("commit", "entropy", "draw", "draw"), 4),
        ("a-fraction", "no floats", [good[0].replace('"data":{', '"data":{"a":1.5,')], 1),
        ("void-and-redraw", "", _chain("p-1 commit", "p-1 entropy", "p-1 draw", "p-1 void", "p-2 commit"), 0),
        ("void-of-a-sealed-draw", "", _chain("p-1 commit", "p-1 void", "p-2 commit", "p-2 void", "p-3 commit"), 0),
        ("void-without-commit", "", _chain("p-1 void"), 1),
        ("second-void", "", _chain("p-1 commit", "p-1 void", "p-1 void"), 3),
        ("draw-after-void", "", _chain("p-1 commit", "p-1 entropy", "p-1 void", "p-1 draw"), 4),
        ("redraw-without-void", "", _chain("p-1 commit", "p-1 entropy", "p-1 draw", "p-2 commit"), 4),
        ("redraw-without-void-of-another-policy", "", _policies("a 2026 p-b-1", "b 2026 p-b-2"), 2),
    ]
    cases += [
        ("policy-twice", "the same batch and year under another id", _policies("a 2026", "a 2026"), 2),
        ("policy-of-another-year", "", _policies("a 2026", "a 2027"), 0),
        ("another-policy", "", _policies("a 2026", "b 2026"), 0),
        ("policy-again-after-void", "", _policies("a 2026", "void", "a 2026"), 0),
        ("no-policy", "", [_commit(year=2026)], 1),
        ("no-year", "", [_commit(policy="x.r/b")], 1),
        ("a-policy-as-a-number", "", [_commit(policy=5, year=2026)], 1),
        ("an-empty-policy", "", [_commit(policy="", year=2026)], 1),
        ("a-year-as-text", "", [_commit(policy="x.r/b", year="2026")], 1),
        ("a-year-that-is-true", "", [_commit(policy="x.r/b", year=True)], 1),
        ("draw-without-a-number", "", _chain("p-b commit"), 1),
        ("draw-of-no-plan", "", _chain("-1 commit"), 1),
        ("draw-number-nought", "", _chain("p-b-0 commit"), 1),
        ("draw-number-with-a-nought", "a second p-b-1 that would escape §10.3", _chain("p-b-01 commit"), 1),
        ("draw-number-of-another-script", "", _chain("p-b-１ commit"), 1),
        ("draw-number-too-long", "", _chain("p-b-1000000 commit"), 1),
    ]
    done = "p-1 commit", "p-1 entropy", "p-1 draw"
    again = [kind.replace("p-1", "p-2") for kind in done]
    first = "p-1+1 replace", "p-1+1 entropy", "p-1+1 replaced"
    cases += [
        ("replacements", "one by lot, one without", _chain(*done, *first, "p-1+2 replace -", "p-1+2 replaced"), 0),
        ("replacement-void-and-again", "", _chain(*done, *first, "p-1+1 void", "p-1+2 replace"), 0),
        ("replacement-of-a-redraw", "", _chain(*done, "p-1 void", *again, "p-2+1 replace"), 0),
        ("replacement-before-the-draw", "", _chain("p-1 commit", "p-1 entropy", "p-1+1 replace"), 3),
        ("replacement-of-a-void-draw", "", _chain(*done, "p-1 void", "p-1+1 replace"), 5),
        ("replacement-out-of-turn", "the first is not finished", _chain(*done, "p-1+1 replace", "p-1+2 replace"), 5),
        ("replacement-skipped", "", _chain(*done, "p-1+2 replace"), 4),
        ("replacement-number-with-a-nought", "", _chain(*done, *first, "p-1+02 replace"), 7),
        ("replacement-twice", "", _chain(*done, "p-1+1 replace", "p-1+1 replace"), 5),
        ("replacement-entropy-first", "", _chain(*done, "p-1+1 entropy"), 4),
        ("replaced-without-entropy", "", _chain(*done, "p-1+1 replace", "p-1+1 replaced"), 5),
        ("replaced-with-needless-entropy", "", _chain(*done, "p-1+1 replace -", "p-1+1 entropy", "p-1+1 replaced"), 6),
        ("replaced-then-entropy", "", _chain(*done, "p-1+1 replace -", "p-1+1 replaced", "p-1+1 entropy"), 6),
        ("replaced-unregistered", "", _chain(*done, "p-1+1 replaced"), 4),
        ("replaced-in-a-void-draw", "", _chain(*done, "p-1+1 replace -", "p-1 void", "p-1+1 replaced"), 6),
        ("void-under-a-later-replacement", "", _chain(*done, *first, "p-1+2 replace", "p-1+1 void"), 8),
        ("draw-events-of-a-replacement", "", _chain("p-1+1 commit"), 1),
        ("replacement-events-of-a-draw", "", _chain(*done, "p-1 replace"), 4),
    ]  # fmt: skip
    made: list[Case] = []
    for name, comment, content, bad in cases:
        data = "".join(line + "\n" for line in content).encode()
        head, found = "", 0
        try:
            head = ledger.read(data).head
        except ledger.LedgerError as error:
            found = error.line
        agree(name, found, bad)
        outcome: Case = {"refused_at": bad} if bad else {"head": head}
        made.append({"name": name, "comment": comment, "lines": content, **outcome})
    return made


def _moved(line: str) -> str:
    content = json.loads(line)
    return json.dumps(dict(reversed(content.items())), separators=(",", ":"), ensure_ascii=False)


def _commit(**data: Any) -> str:
    """A first line with these data."""
    return ledger.Ledger().next("commit", "a-1", "", data).encode().decode()


def _first(kind: Any) -> str:
    return ledger.Ledger().next(kind, "a-1", "", {}).encode().decode()


def _chain(*kinds: Any) -> list[str]:
    """Draw and event of each line; a `replace` needs entropy unless it ends in ` -`."""
    made: list[str] = []
    head = NO_LEDGER
    for number, kind in enumerate(kinds, start=1):
        draw, _, name = kind.removesuffix(" -").rpartition(" ")
        data: Case = {"sources": [] if kind.endswith(" -") else ["os"]} if name == "replace" else {}
        data |= {"policy": "x.r/b", "year": 2026} if name == "commit" else {}
        event = ledger.Event(number=number, previous=head, event=name, draw=draw or "a-1", time="", data=data)
        made.append(event.encode().decode())
        head = digest(event.encode())
    return made


def _policies(*kinds: str) -> list[str]:
    """Commits of a policy and year, each of a plan of its own or of a draw named; `void` makes the one before void."""
    made: list[str] = []
    head = NO_LEDGER
    for number, kind in enumerate(kinds, start=1):
        policy, year, named, *_ = [*kind.split(), "", ""]
        data = {"policy": f"x.r/{policy}", "year": int(year)} if year else {"reason": "x"}
        draw = named or f"p{number if year else number - 1}-b-1"
        event = ledger.Event(
            number=number, previous=head, event="commit" if year else "void", draw=draw, time="", data=data
        )
        made.append(event.encode().decode())
        head = digest(event.encode())
    return made
