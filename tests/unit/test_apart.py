"""A process that runs code of others is waited for: whatever ends it, the mark says what was being asked."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from ssj_core.apart.child import DiedError, ask_child, start
from ssj_core.apart.marker import MARK, Marker, State
from ssj_core.apart.waiting import Ended, Patience, wait
from ssj_core.watching import UnwatchedError, careful, refuse_unwatched, run, watched_by

POSIX = os.name == "posix"
PATIENCE = Patience(row=0.6, whole=30, all=60)
CODE = """
import ctypes, itertools, os, sys, threading, time
from ssj_core.apart.child import watched_here
from ssj_core.watching import run
def deep(n):
    return [*map(deep, [n + 1])]
def vice():
    {vice}
with watched_here():
    run("other.sound", lambda: None)
    run("county.x", vice, whole={whole})
    {after}
"""
NO_CODE = State(calls=2, inside=True, last="county.x")

DEATHS = {
    "exit-0": ("os._exit(0)", "exit code 0"),
    "exit-3": ("os._exit(3)", "exit code 3"),
    "abort": ("os.abort()", "signal SIGABRT" if POSIX else "exit code 3"),
    "kill": ("os.kill(os.getpid(), 9)", "signal SIGKILL" if POSIX else "exit code 9"),
    "segfault": ("ctypes.string_at(0)", "signal SIGSEGV" if POSIX else "exit code"),
    "thread": ("threading.Thread(target=os._exit, args=(7,)).start(); time.sleep(60)", "exit code 7"),
    "loop": ("\n    while True: pass", "no answer in 0.6 s"),
    "loop-in-c": ("sum(itertools.count())", "no answer in 0.6 s"),
}


@pytest.fixture
def marker(tmp_path: Path) -> Iterator[Marker]:
    made = Marker.new(tmp_path / "mark")
    yield made
    made.close()


def ended(marker: Marker, folder: Path, vice: str, *, after: str = "", whole: bool = False, most: float = 60) -> Ended:
    """How such a process ends."""
    code = CODE.format(vice=vice, after=after, whole=whole)
    environment = {MARK: str(folder / "mark")}
    process = start(["-c", code], environment, stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return wait(process, marker, Patience(row=PATIENCE.row, whole=PATIENCE.whole, all=most))


@pytest.mark.parametrize(("vice", "how"), DEATHS.values(), ids=DEATHS)
def test_whatever_ends_it_the_mark_says_who_was_asked(marker: Marker, tmp_path: Path, vice: str, how: str) -> None:
    told = ended(marker, tmp_path, vice)
    assert (told.code, told.state) == (None, NO_CODE)
    assert told.how.en.startswith(how)


def test_a_stack_that_runs_over_is_a_death_or_an_error_of_python(marker: Marker, tmp_path: Path) -> None:
    told = ended(marker, tmp_path, "sys.setrecursionlimit(10 ** 6); deep(0)")
    assert told.how.en != "exit code 0"
    assert told.state.last == "county.x"


def test_whole_files_have_more_time_and_the_process_has_an_end_too(marker: Marker, tmp_path: Path) -> None:
    told = ended(marker, tmp_path, "time.sleep(1.2)", whole=True)
    assert told.how.en == "exit code 0"
    assert not told.state.inside
    assert ended(marker, tmp_path, "time.sleep(60)", whole=True, most=1).how.en == "no end in 1 s"
    assert ended(marker, tmp_path, "pass", after="time.sleep(60)", most=1).how.en == "no end in 1 s"


def test_an_answer_that_breaks_off_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A thread of others may end the process at any time."""
    code = "import os, sys\nhalf = open(sys.argv[2], 'w')\nhalf.write('{')\nhalf.flush()\nos._exit(0)\n"
    (tmp_path / "half_written.py").write_text(code, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(DiedError, match="exit code 0"):
        ask_child("half_written", {}, patience=PATIENCE)


def test_who_waits_is_told_for_whom(tmp_path: Path) -> None:
    marker = Marker.new(tmp_path / "mark")
    code = CODE.format(vice="time.sleep(60)", after="", whole=False)
    process = start(["-c", code], {MARK: str(tmp_path / "mark")}, stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    told: list[tuple[str, float]] = []
    wait(process, marker, PATIENCE, lambda state, seconds: told.append((state.last, seconds)))
    marker.close()
    assert {name for name, _ in told} == {"county.x"}
    assert sorted(seconds for _, seconds in told) == [seconds for _, seconds in told]


def test_the_mark_is_of_those_alone_who_are_watched(tmp_path: Path) -> None:
    marker = Marker.new(tmp_path / "mark")
    mine = Marker(tmp_path / "mark", only={"county"})
    with watched_by(mine):
        run("county.x", lambda: None)
        seen = run("ours.y", marker.read)
        assert seen == State(calls=1, last="county.x")
        assert run("county.z", marker.read) == State(calls=2, inside=True, last="county.z")
        assert run("county", marker.read, whole=True) == State(calls=3, inside=True, whole=True, last="county")
        with pytest.raises(ZeroDivisionError):
            run("county.x", lambda: 1 // 0)
    assert marker.read() == State(calls=4, last="county.x")
    mine.finish(3)
    assert marker.read() == State(calls=4, over=True, code=3, last="county.x")
    marker.close()


def test_a_name_of_any_length_has_a_place(tmp_path: Path) -> None:
    marker = Marker.new(tmp_path / "mark")
    marker.entered("甲" * 3000, whole=False)
    assert marker.read().last.startswith("甲" * 1300)
    marker.entered("乙", whole=False)
    assert marker.read().last == "乙"
    marker.close()


def test_code_of_others_is_refused_where_it_must_be_watched(tmp_path: Path) -> None:
    refuse_unwatched()
    marker = Marker.new(tmp_path / "mark")
    with careful():
        with pytest.raises(UnwatchedError):
            refuse_unwatched()
        with watched_by(marker):
            refuse_unwatched()
    refuse_unwatched()
    marker.close()
