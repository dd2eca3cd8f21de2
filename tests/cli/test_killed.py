"""A process killed anywhere loses nothing and gains nothing; and a second process is kept out."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import ssj_cli.run
from ssj_core import ledger as ledgers
from ssj_core.drawing import finish_batch
from ssj_core.opening import open_office, open_rosters
from ssj_core.seed import seed
from ssj_core.workspace import Workspace, evidence_from
from tests.cli.bureau import Bureau
from tests.cli.killing import die_at, kill_process, read, tear, while_held

DRAW = "t-2021-key-1-1"


@pytest.fixture
def killed(bureau: Bureau, monkeypatch: pytest.MonkeyPatch) -> Callable[[int], list[str]]:
    """Run a batch of the bureau and die at a step; gives the steps seen. Its files are read once, to save time."""
    office, warnings = open_office(Path(bureau.plan))
    rosters = open_rosters(office, bureau.folder)
    monkeypatch.setattr(ssj_cli.run, "open_office", lambda _: (office, warnings))
    monkeypatch.setattr(ssj_cli.run, "opened", lambda *_: rosters)

    def run(number: int) -> list[str]:
        ledger = bureau.folder / ledgers.FILE
        return die_at(number, ledger, lambda: bureau.run("--batch", "key-1", code=0), monkeypatch)

    return run


def steps(bureau: Bureau, killed: Callable[[int], list[str]]) -> int:
    """How many steps one draw takes."""
    count = len(killed(10_000))
    assert (bureau.folder / "draws" / DRAW).exists()
    return count


def reset(bureau: Bureau) -> None:
    """Everything away but plan and rosters."""
    for path in sorted(bureau.folder.rglob("*"), reverse=True):
        if path.relative_to(bureau.folder).parts[0] in ("draws", "sealed", "ledger.jsonl"):
            path.rmdir() if path.is_dir() else path.unlink()


def test_killed_at_any_step_the_next_run_finishes_that_very_draw(
    bureau: Bureau, killed: Callable[[int], list[str]]
) -> None:
    count = steps(bureau, killed)
    assert count > 20
    reached = set()
    for number in range(1, count + 1):
        reset(bureau)
        killed(number)
        reached.add(survived(bureau, torn=False))
    assert reached == {"new", "sealed", "entropy", "drawn"}


def test_killed_in_the_middle_of_a_line_of_the_ledger_the_line_never_counted(
    bureau: Bureau, killed: Callable[[int], list[str]]
) -> None:
    count = steps(bureau, killed)
    torn = 0
    for number in range(1, count + 1):
        reset(bureau)
        if killed(number)[-1] != "ledger":
            continue
        tear(bureau.folder / ledgers.FILE, whole_but_its_end=bool(torn))
        torn += 1
        survived(bureau, torn=True)
    assert torn == 3, "commit, entropy, draw"


def survived(bureau: Bureau, *, torn: bool) -> str:
    """What the ledger says after the kill binds the next run; returns how far the killed one had come."""
    path = bureau.folder / ledgers.FILE
    before = read(path)
    commit, entropy, drawn = (before.find(k, DRAW) for k in ("commit", "entropy", "draw"))
    folder = bureau.folder / "draws" / DRAW
    if drawn is not None:
        assert folder.exists(), "the ledger never says more than the disk"
        assert not torn or not before.torn
    record = (folder / "record.toml").read_bytes() if folder.exists() else None
    bureau.run("--batch", "key-1")
    after = ledgers.read(path.read_bytes())
    assert not after.torn
    assert after.events[: len(before.events)] == before.events
    assert [e.event for e in after.events] == ["commit", "entropy", "draw"]
    if entropy is not None:
        assert commit is not None
        values = [e.value for e in evidence_from(entropy.data["evidence"])]
        assert after.events[2].data["seed"] == seed(str(commit.data["commitment"]), values)
    if record is not None and not torn:
        assert (folder / "record.toml").read_bytes() == record
    assert not list(bureau.folder.rglob(".ssj-aside-*"))
    bureau.check()
    return "drawn" if drawn else "entropy" if entropy else "sealed" if commit else "new"


@pytest.mark.parametrize("number", [3, 9, 11, 15])
def test_a_process_that_really_dies_leaves_no_lock_and_the_next_one_goes_on(bureau: Bureau, number: int) -> None:
    kill_process(number, "run", bureau.plan, "--batch", "key-1")
    events = bureau.events()
    bureau.run("--batch", "key-1")
    assert bureau.events()[: len(events)] == events
    assert [kind for kind, _ in bureau.events()] == ["commit", "entropy", "draw"]


def test_while_one_process_draws_a_second_is_kept_out(bureau: Bureau) -> None:
    before = bureau.snapshot()

    def second() -> None:
        bureau.run("--batch", "key-1", code=3, err=["SSJ-L010"], absent=["draws", "sealed", "ledger.jsonl"])
        assert bureau.snapshot() == before

    while_held(bureau.folder, second)
    bureau.run("--batch", "key-1")


def test_a_draw_that_another_process_finished_meanwhile_is_not_drawn_again(
    bureau: Bureau, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other one comes between our sealing and our taking of the entropy."""
    real = finish_batch

    def late(*args: Any, **kwargs: Any) -> Any:
        monkeypatch.setattr(ssj_cli.run, "finish_batch", real)
        bureau.run("--batch", "key-1", out=["上次已封存"])
        return real(*args, **kwargs)

    monkeypatch.setattr(ssj_cli.run, "finish_batch", late)
    bureau.run("--batch", "key-1", code=3, err=["SSJ-L007"])
    assert [kind for kind, _ in bureau.events()] == ["commit", "entropy", "draw"]


def test_a_full_disk_is_told_in_a_sentence_and_nothing_is_lost(
    bureau: Bureau, killed: Callable[[int], list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    count = steps(bureau, killed)
    real = os.fsync
    for number in range(1, count, 3):
        reset(bureau)
        calls = 0

        def fsync(handle: int, number: int = number) -> None:
            nonlocal calls
            calls += 1
            if calls == number:
                raise OSError(28, "No space left on device")
            real(handle)

        with monkeypatch.context() as patch:
            patch.setattr(os, "fsync", fsync)
            if number > 19:
                break
            bureau.run("--batch", "key-1", code=3, err=["SSJ-L014", "磁盘满了"])
        survived(bureau, torn=False)


def test_what_a_killed_process_left_aside_is_swept_away(bureau: Bureau) -> None:
    aside = bureau.folder / "sealed" / f".ssj-aside-{DRAW}"
    aside.mkdir(parents=True)
    (aside / "subjects.csv").write_bytes(b"half a ta")
    (bureau.folder / "sealed" / DRAW).mkdir()  # written, but never committed
    (bureau.folder / "sealed" / DRAW / "subjects.csv").write_bytes(b"another roster")
    bureau.run("--batch", "key-1")
    assert not list(bureau.folder.rglob(".ssj-aside-*"))


def test_the_ledger_is_one_canonical_line_an_event(bureau: Bureau) -> None:
    bureau.run("--batch", "key-1")
    lines = (bureau.folder / ledgers.FILE).read_bytes().split(b"\n")
    assert lines.pop() == b""
    for line in lines:
        plain = json.loads(line)
        again = json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        assert again.encode() == line
    assert Workspace(bureau.folder).ledger().head
