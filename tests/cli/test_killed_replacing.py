"""A replacement killed anywhere is not registered, or registered and only that one can be finished, or finished."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

import pytest

import ssj_cli.replace
from ssj_core import ledger as ledgers
from ssj_core.canonical import digest
from ssj_core.ledger import Event
from ssj_core.opening import open_office
from ssj_core.replacement.event import FILE as EVENT
from ssj_core.replacing import finish_replacement
from ssj_core.seed import seed
from ssj_core.tables import TeamRow, decode_table
from ssj_core.workspace import evidence_from
from tests.cli.bureau import Bureau
from tests.cli.killing import die_at, kill_process, put_back, read, tear, while_held

DRAW: Final = "t-2021-batch-1-1"
NAME: Final = f"{DRAW}+1"
WHY: Final = ("--document", "登记查询单 3 号", "--by", "办公室")
KINDS: Final[Mapping[str, list[str]]] = {
    "deregistered": ["replace", "replaced"],
    "closed": ["replace", "entropy", "replaced"],
    "leave": ["replace", "entropy", "replaced"],
}
"""A subject by the next ticket, a subject by new entropy, an officer: the lines that each adds to the ledger."""
FULL: Final = {"new", "registered", "entropy", "finished"}


@pytest.fixture
def drawn(bureau: Bureau, monkeypatch: pytest.MonkeyPatch) -> Bureau:
    """With a batch drawn; the plan is read once, to save time."""
    bureau.furnish(officers=24).run("--batch", "batch-1")
    office, warnings = open_office(Path(bureau.plan))
    monkeypatch.setattr(ssj_cli.replace, "open_office", lambda _: (office, warnings))
    return bureau


def rows(bureau: Bureau) -> tuple[TeamRow, ...]:
    return decode_table(TeamRow, (bureau.folder / "draws" / DRAW / "teams.csv").read_bytes())


def asked(bureau: Bureau, reason: str) -> tuple[str, ...]:
    """The command that asks for it."""
    first = rows(bureau)[0]
    unit = first.officer if reason == "leave" else first.subject
    return ("replace", bureau.plan, DRAW, unit, "--reason", reason, *WHY)


def kill(bureau: Bureau, reason: str, number: int, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    ledger = bureau.folder / ledgers.FILE
    return die_at(number, ledger, lambda: bureau.play(*asked(bureau, reason)), monkeypatch)


@pytest.mark.parametrize("reason", KINDS)
def test_killed_at_any_step(drawn: Bureau, reason: str, monkeypatch: pytest.MonkeyPatch) -> None:
    before = drawn.snapshot()
    count = len(kill(drawn, reason, 10_000, monkeypatch))
    assert count > 12
    reached = set()
    for number in range(1, count + 1):
        put_back(drawn.folder, before)
        kill(drawn, reason, number, monkeypatch)
        reached.add(survived(drawn, reason))
    assert reached == (FULL if "entropy" in KINDS[reason] else FULL - {"entropy"})


@pytest.mark.parametrize("reason", KINDS)
def test_killed_in_the_middle_of_a_line_of_the_ledger_the_line_never_counted(
    drawn: Bureau, reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = drawn.snapshot()
    count = len(kill(drawn, reason, 10_000, monkeypatch))
    torn = 0
    for number in range(1, count + 1):
        put_back(drawn.folder, before)
        if kill(drawn, reason, number, monkeypatch)[-1] != "ledger":
            continue
        held = read(drawn.folder / ledgers.FILE).events
        tear(drawn.folder / ledgers.FILE, whole_but_its_end=bool(torn % 2))
        torn += 1
        assert read(drawn.folder / ledgers.FILE).events == held[:-1]
        survived(drawn, reason, torn=True)
    assert torn == len(KINDS[reason])


def mine(events: tuple[Event, ...]) -> dict[str, Event]:
    return {str(e.event): e for e in events if e.draw == NAME}


def survived(bureau: Bureau, reason: str, *, torn: bool = False) -> str:
    """What the ledger says after the kill binds whoever comes next; returns how far the killed one had come."""
    path, folder = bureau.folder / ledgers.FILE, bureau.folder / "draws" / DRAW / "replacements" / "1"
    before = read(path)
    had = mine(before.events)
    assert "replaced" not in had or folder.exists(), "the ledger never says more than the disk"
    record = (folder / "replacement.toml").read_bytes() if folder.exists() else None
    another = ("replace", bureau.plan, DRAW, rows(bureau)[1].officer, "--reason", "transferred", *WHY)
    if "replaced" in had:
        bureau.play("replace", bureau.plan, DRAW, code=2, err=["没有登记了还没完成的替换"])
    elif "replace" in had:
        bureau.play(*another, code=3, err=["SSJ-C005", r"\+1"])
        bureau.play(*asked(bureau, reason), code=3, err=["SSJ-C005"])
        bureau.play("replace", bureau.plan, DRAW, out=["接着完成"])
    else:
        bureau.play("replace", bureau.plan, DRAW, code=2, err=["没有登记了还没完成的替换"])
        assert read(path).events == before.events
        bureau.play(*asked(bureau, reason))
    after = read(path)
    assert not after.torn
    assert after.events[: len(before.events)] == before.events
    assert [e.event for e in after.events if e.draw == NAME] == KINDS[reason]
    now = mine(after.events)
    if "entropy" in now:
        values = [e.value for e in evidence_from(now["entropy"].data["evidence"])]
        assert now["replaced"].data["seed"] == seed(str(now["replace"].data["commitment"]), values)
    if record is not None and not torn:
        assert (folder / "replacement.toml").read_bytes() == record
    assert digest((folder / EVENT).read_bytes()) == now["replace"].data["event"]
    assert not list((bureau.folder / "sealed").glob("*"))
    assert (bureau.folder / "notices" / f"{NAME}.txt").exists()
    bureau.check()
    return next((name for kind, name in _REACHED.items() if kind in had), "new")


_REACHED: Final = {"replaced": "finished", "entropy": "entropy", "replace": "registered"}


@pytest.mark.parametrize("number", [2, 4, 8, 11])
def test_a_process_that_really_dies_leaves_no_lock_and_the_next_one_goes_on(drawn: Bureau, number: int) -> None:
    kill_process(number, *asked(drawn, "closed"))
    survived(drawn, "closed")


def test_while_one_process_replaces_a_second_is_kept_out(drawn: Bureau) -> None:
    before = drawn.snapshot()

    def second() -> None:
        drawn.play(*asked(drawn, "closed"), code=3, err=["SSJ-L010"])
        assert drawn.snapshot() == before

    while_held(drawn.folder, second)
    drawn.play(*asked(drawn, "closed"))


def test_one_that_another_process_finished_meanwhile_is_not_carried_out_again(
    drawn: Bureau, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other one comes between our registering and our taking of the entropy."""
    real: Callable[..., Any] = finish_replacement

    def late(*args: Any, **kwargs: Any) -> Any:
        monkeypatch.setattr(ssj_cli.replace, "finish_replacement", real)
        drawn.play("replace", drawn.plan, DRAW, out=["接着完成"])
        return real(*args, **kwargs)

    monkeypatch.setattr(ssj_cli.replace, "finish_replacement", late)
    drawn.play(*asked(drawn, "closed"), code=3, err=["SSJ-L007"])
    assert [kind for kind, name in drawn.events() if name == NAME] == KINDS["closed"]
