"""Bad ledgers: a line that breaks the chain, events out of order, a draw the ledger has otherwise; and coverage."""

from collections.abc import Callable, Iterator
from typing import Any, Final

from ssj_core import ledger as ledgers
from ssj_core.commitment import NO_LEDGER
from tests.vectors.spoiled.base import honest
from tests.vectors.spoiled.goods import two, year
from tests.vectors.spoiled.ledgers import Lines, again, of_draw, written
from tests.vectors.spoiled.vector import NAME, Vector, bad

LATER: Final = "2021-03-01T10:00:00+08:00"
Split = Callable[[list[bytes]], list[bytes]]


def vectors() -> Iterator[tuple[str, Vector]]:
    """Name and vector."""
    yield from _lines()
    yield from _order()
    yield from _otherwise()
    yield from _coverage()
    yield from _replacements()


def _lines() -> Iterator[tuple[str, Vector]]:
    made: dict[str, tuple[str, str, str, Split]] = {
        "row-changed": ("a line was changed", "10.2", "SSJ-L041", _in_line(0, b"T09:00:00", b"T09:00:01")),
        "row-removed": ("the second line was removed", "10.2", "SSJ-L038", lambda ls: [ls[0], *ls[2:]]),
        "first-row-removed": ("the first line was removed", "10.2", "SSJ-L038", lambda ls: ls[1:]),
        "rows-exchanged": ("two lines exchanged", "10.2", "SSJ-L039", lambda ls: [ls[0], ls[2], ls[1]]),
        "row-repeated": ("a line stands twice", "10.2", "SSJ-L040", lambda ls: [*ls[:2], *ls[1:]]),
        "number-changed": ("a line with another number", "10.2", "SSJ-L037", _in_line(2, b'"number":3', b'"number":4')),
        "not-json": ("a line that is no JSON", "10.1", "SSJ-L030", lambda ls: [*ls, b"-- 2021"]),
        "fraction": ("a year with a fraction", "10.1", "SSJ-L030", _in_line(2, b'"year":2021', b'"year":2021.0')),
        "another-object": ("an object that is no event", "10.1", "SSJ-L031", lambda ls: [*ls, b"{}"]),
        "number-as-text": ("a number as text", "10.1", "SSJ-L033", _in_line(0, b'"number":1', b'"number":"1"')),
        "blanks": ("blanks between the members", "10.1", "SSJ-L034", _in_line(0, b'"draw":', b'"draw": ')),
        "key-twice": (
            "a key stands twice", "10.1", "SSJ-L034", _in_line(0, b'"event"', b'"event":"commit","event"')
        ),
        "crlf": ("saved by an editor with CRLF", "10.1", "SSJ-L035", lambda ls: [line + b"\r" for line in ls]),
        "bom": ("saved by an editor with BOM", "10.1", "SSJ-L036", lambda ls: [b"\xef\xbb\xbf" + ls[0], *ls[1:]]),
    }  # fmt: skip
    for name, (about, musts, code, change) in made.items():
        old = written(of_draw(honest(), NAME)).splitlines()
        new = b"".join(line + b"\n" for line in change(old))
        assert old != new.splitlines() or name == "crlf"
        yield f"ledger-{name}", _ledger(about, musts, code, new)


def _in_line(place: int, old: bytes, new: bytes) -> Split:
    def change(lines: list[bytes]) -> list[bytes]:
        assert old in lines[place]
        return [line.replace(old, new, 1) if n == place else line for n, line in enumerate(lines)]

    return change


def _order() -> Iterator[tuple[str, Vector]]:
    commit, entropy, drawn = _events()
    second = ("commit", "p-b-2", LATER, {"commitment": "c" * 64, "policy": "t/b", "year": 2021})
    renamed = ("commit", "q-x-1", LATER, {"commitment": "c" * 64, "policy": "t/b", "year": 2021})
    value = commit[3]["commitment"]
    sealed_twice = ("commit", "q-x-1", LATER, {"commitment": value, "policy": "t/x", "year": 2021})
    void = ("void", NAME, LATER, {"reason": "漏列一户"})
    made: dict[str, tuple[str, str, str, Lines]] = {
        "entropy-before-commit": ("entropy before the commitment", "5.7 10.4", "SSJ-L045", [entropy, commit, drawn]),
        "draw-without-entropy": ("a draw without entropy", "10.4", "SSJ-L045", [commit, drawn]),
        "second-commit": ("a second commitment of a draw", "10.4", "SSJ-L042", [commit, commit, entropy, drawn]),
        "second-entropy": ("entropy taken twice", "10.4", "SSJ-L042", [commit, entropy, entropy, drawn]),
        "second-draw": ("a second draw of one sealing", "10.4", "SSJ-L043", [commit, entropy, drawn, drawn]),
        "draw-after-void": ("a draw after its void", "10.5", "SSJ-L044", [commit, entropy, void, drawn]),
        "redraw-without-void": (
            "a redraw of what is not void", "10.5", "SSJ-L046", [commit, entropy, drawn, second],
        ),
        "policy-twice": (
            "one policy twice in a year, under another name", "10.6", "SSJ-L047", [commit, entropy, drawn, renamed],
        ),
        "commitment-twice": (
            "two draws for one commitment", "10.7", "SSJ-V101", [commit, entropy, drawn, sealed_twice],
        ),
    }  # fmt: skip
    for name, (about, musts, code, lines) in made.items():
        yield f"ledger-{name}", _ledger(about, musts, code, written(lines))
    newer = written([*_events(), ("publish", NAME, LATER, {"address": "https://"})])
    yield "ledger-unknown-event", bad(
        "an event of a newer version: it cannot be told", "11.13", "ledger", "SSJ-L032", honest(), ledger=newer,
        of=ledgers.FILE, verdict="unknown",
    )  # fmt: skip
    changed = newer.replace(b'"year":2021}', b'"year":2022}', 1)
    assert changed != newer
    yield (
        "ledger-unknown-event-and-a-row-changed",
        _ledger("an event of a newer version, and a line that was changed", "10.2 11.13", "SSJ-L041", changed),
    )


def _otherwise() -> Iterator[tuple[str, Vector]]:
    """The draw holds by itself, the ledger by itself."""
    made: dict[str, tuple[str, str, int, dict[str, Any]]] = {
        "another-record": ("another digest of the record", "SSJ-V093", 2, {"record": "0" * 64}),
        "another-seed": ("another seed", "SSJ-V094", 2, {"seed": "0" * 64}),
        "another-sealing-time": ("sealed at another time", "SSJ-V095", 0, {"time": LATER}),
        "another-drawing-time": ("drawn at another time", "SSJ-V095", 1, {"time": LATER}),
        "another-commitment": ("another commitment", "SSJ-V096", 0, {"commitment": "0" * 64}),
        "another-root": ("another root of the subjects", "SSJ-V096", 0, {"subjects_root": "0" * 64}),
        "entropy-of-another": ("entropy of another commitment", "SSJ-V097", 1, {"commitment": "0" * 64}),
        "other-entropy": ("other entropy", "SSJ-V098", 1, {"evidence": []}),
        "another-year": ("drawn for another year", "SSJ-V099", 2, {"year": 2020}),
        "committed-for-another-year": ("sealed for another year", "SSJ-V099", 0, {"year": 2020}),
        "another-policy": ("sealed for another policy", "SSJ-V099", 0, {"policy": "t/x"}),
    }
    for name, (about, code, place, change) in made.items():
        lines = _events()
        kind, draw, time, told = lines[place]
        assert all(told.get(key) != value for key, value in change.items())
        time = change.pop("time", time)
        lines[place] = (kind, draw, time, {**told, **change})
        yield f"ledger-{name}", bad(f"the ledger has {about}", "11.4", "ledger", code, honest(), ledger=written(lines))
    others = ("commit", "a-b-1", LATER, {"commitment": "c" * 64, "policy": "t/a", "year": 2021})
    lines = [others, *_events()]
    yield "ledger-another-head", bad(
        "another line came before the commitment than it says", "10.4 11.4", "ledger", "SSJ-V096", honest(),
        ledger=written(lines),
    )  # fmt: skip
    commit, (kind, draw, time, told), drawn = _events()
    told = {**told, "previous": NO_LEDGER, "sealed_at": commit[2]}
    yield "ledger-another-head-said-to-be-right", bad(
        "another line came before, and the entropy has the head that the commitment says", "10.4 11.4", "ledger",
        "SSJ-V096", honest(), ledger=written([others, commit, (kind, draw, time, told), drawn]),
    )  # fmt: skip
    yield (
        "ledger-without-the-draw",
        bad("the ledger does not have this draw", "11.4", "ledger", "SSJ-V092", honest(), ledger=written([others])),
    )
    yield "ledger-draw-without-folder", bad(
        "another draw of the ledger is not there: it cannot be told", "11.1", "ledger", "SSJ-V091",
        honest(), ledger=written([*_events(), *_lost()]), of=ledgers.FILE,
        verdict="unknown",
    )  # fmt: skip


def _lost() -> Lines:
    value = "c" * 64
    return [
        ("commit", "p-c-1", LATER, {"commitment": value, "policy": "t/c", "year": 2021}),
        ("entropy", "p-c-1", LATER, {"commitment": value, "evidence": []}),
        ("draw", "p-c-1", LATER, {"record": value, "seed": value, "year": 2021}),
    ]


def _coverage() -> Iterator[tuple[str, Vector]]:
    for name, about, before in (
        ("nobody", "those drawn before are said not to be", lambda drawn, stands: frozenset()),  # noqa: ARG005
        ("replaced", "who was replaced counts as drawn, who stepped in does not", lambda drawn, stands: drawn),  # noqa: ARG005
        ("all-who-ever-were", "who was replaced counts, too", lambda drawn, stands: drawn | stands),
    ):
        draws, ledger, last = year(before)
        first = draws.pop(NAME)
        yield (
            f"coverage-{name}",
            bad(f"coverage first: {about}", "11.8", "ledger", "SSJ-V105", first, draws=draws, ledger=ledger, of=last),
        )
    draws, ledger, last = year()
    yield "coverage-without-the-first-draw", bad(
        "coverage first, and the earlier draw is not there: it cannot be told", "11.1 11.8", "ledger", "SSJ-V091",
        draws[last], folder=last, ledger=ledger, of=ledgers.FILE, verdict="unknown",
    )  # fmt: skip


def _replacements() -> Iterator[tuple[str, Vector]]:
    r = two()
    whole = again(r.ledger)
    at = {(kind, draw): n for n, (kind, draw, _, _) in enumerate(whole)}
    void = ("void", f"{NAME}+1", LATER, {"reason": "误"})
    made: dict[str, tuple[str, str, str, Lines]] = {
        "before-the-draw": (
            "a replacement in a draw that is not drawn", "13.11", "SSJ-L051", [*whole[:2], *whole[3:]],
        ),
        "out-of-turn": (
            "the next one while the one before waits", "13.11", "SSJ-L052",
            [line for n, line in enumerate(whole) if n != at["replaced", f"{NAME}+1"]],
        ),
        "without-entropy": (
            "finished without the entropy it needs", "13.3 13.11", "SSJ-L053",
            [line for n, line in enumerate(whole) if n != at["entropy", f"{NAME}+2"]],
        ),
        "entropy-before-the-event": (
            "entropy before the event is registered", "13.3", "SSJ-L045",
            _exchanged(whole, at["replace", f"{NAME}+2"]),
        ),
        "finished-twice": (
            "finished twice: another may have suited better", "13.11", "SSJ-L042",
            [*whole, whole[-1]],
        ),
        "void-under-a-later-one": (
            "void when another was built on it", "13.12", "SSJ-L050", [*whole, void],
        ),
        "of-a-void-draw": (
            "a replacement in a draw that is void", "13.11", "SSJ-L051",
            [*whole[:3], ("void", NAME, LATER, {"reason": "误"}), *whole[3:]],
        ),
        "of-another-kind": (
            "a replacement that is `drawn`", "13.11", "SSJ-L049",
            [*whole, ("draw", f"{NAME}+3", LATER, {"record": NO_LEDGER})],
        ),
    }  # fmt: skip
    for name, (about, musts, code, lines) in made.items():
        yield (
            f"ledger-replacement-{name}",
            bad(about, musts, "ledger", code, r.files, ledger=written(lines), of=ledgers.FILE),
        )


def _exchanged(lines: Lines, place: int) -> Lines:
    return [*lines[:place], lines[place + 1], lines[place], *lines[place + 2 :]]


def _ledger(about: str, musts: str, code: str, ledger: bytes) -> Vector:
    return bad(about, musts, "ledger", code, honest(), ledger=ledger, of=ledgers.FILE)


def _events() -> Lines:
    return of_draw(honest(), NAME)
