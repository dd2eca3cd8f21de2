"""Whatever finds no room to write ends in one sentence, leaves nothing half-written, and goes on when there is some."""

import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from ssj_cli.main import group
from tests.cli.bureau import Bureau, snapshot
from tests.cli.test_replace import DRAW, teams

resource = pytest.importorskip("resource", reason="limits of file sizes are a thing of POSIX")

ROOT = Path(__file__).parents[2]
ROOM = (0, 1500, 12_000, 40_000)
"""Bytes that a file may have: from nothing to all but the largest."""

Write = Callable[[Bureau], list[str]]


def out(bureau: Bureau, name: str) -> str:
    return str(bureau.folder / name)


COMMANDS: dict[str, Write] = {
    "lists": lambda b: ["lists", str(b.folder), DRAW],
    "form": lambda b: ["forms", "print", str(b.folder), DRAW, "-o", out(b, "表/一企一表.docx")],
    "template": lambda b: ["forms", "template", "-o", out(b, "表.docx")],
    "clean": lambda b: ["rosters", "clean", out(b, "subjects.csv"), "-o", out(b, "规范.csv")],
    "new": lambda b: ["new", out(b, "demo")],
    "proof": lambda b: ["proof", str(b.folder), DRAW, teams(b)[0]["检查对象"], "-o", out(b, "p.proof")],
    "export": lambda b: ["ledger", "export", str(b.folder), out(b, "台账.jsonl")],
    "chain": lambda b: ["chain", out(b, "链")],
    "citations": lambda b: ["rules", "citations", "--csv", out(b, "引文.csv")],
    "simulate": lambda b: ["simulate", b.plan, "--batch", "batch-1", "--seeds", "3", "--csv", out(b, "s.csv")],
    "void": lambda b: ["void", str(b.folder), DRAW, "--reason", "误"],
    "commit": lambda b: ["commit", b.plan, "--batch", "key-1"],
}


@contextmanager
def room(most: int) -> Iterator[None]:
    """No file of this process may be larger; what is tried is told as the system tells it."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def refused(most: int, *args: str) -> Result:
    """A command with so much room: done, or refused in one sentence."""
    with room(most):
        result = CliRunner().invoke(group, args)
    assert "Traceback" not in result.output
    if result.exit_code:
        assert result.exit_code == 3, result.output
        assert len(re.findall("SSJ-[A-Z][0-9]{3} 错误：", result.stderr)) == 1, result.stderr
        assert any(code in result.stderr for code in ("SSJ-O004", "SSJ-L011")), result.stderr
    return result


@pytest.fixture
def drawn(bureau: Bureau) -> Bureau:
    bureau.furnish(subjects=60, officers=12).run("--batch", "batch-1")
    return bureau


@pytest.mark.parametrize("name", COMMANDS)
def test_what_does_not_fit_is_not_there_at_all(name: str, drawn: Bureau) -> None:
    args = COMMANDS[name](drawn)
    before = snapshot(drawn.folder)
    failed = 0
    for most in ROOM:
        if refused(most, *args).exit_code == 0:
            break
        failed += 1
        assert snapshot(drawn.folder) == before, most
    else:
        drawn.play(*args)
    assert failed, "the smallest room is too small for everything"
    assert snapshot(drawn.folder) != before


def test_a_draw_without_room_is_not_begun_or_goes_on(bureau: Bureau) -> None:
    bureau.furnish(subjects=60, officers=12)
    sealed: dict[str, bytes] = {}
    for most in (0, 100, 1500, 4000, 12_000, 30_000, 50_000, 60_000, 80_000):
        if refused(most, "run", bureau.plan, "--batch", "batch-1").exit_code == 0:
            break
        now = snapshot(bureau.folder)
        assert not any("aside" in name for name in now), most
        assert "draws" not in now
        if sealed:  # once it is sealed nothing of it changes, and nothing of the outcome lies beside it
            assert {n: v for n, v in now.items() if n.startswith("sealed")} == sealed
        sealed = {n: v for n, v in now.items() if n.startswith("sealed")}
    bureau.run("--batch", "batch-1")
    assert (bureau.folder / "draws" / DRAW / "record.toml").is_file()


def _may_mount() -> bool:
    unshare = shutil.which("unshare")
    if not unshare or not shutil.which("mount"):
        return False
    tried = [unshare, "-rm", "mount", "-t", "tmpfs", "none", "/mnt"]
    return subprocess.run(tried, capture_output=True, check=False).returncode == 0


@pytest.mark.skipif(not _may_mount(), reason="no small file system of its own can be mounted here (unshare -rm)")
def test_on_a_disk_that_is_really_full(tmp_path: Path) -> None:
    command = ["unshare", "-rm", sys.executable, "-m", "tests.cli.filling", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    said = done.stdout.splitlines()
    assert {line.split()[-1] for line in said} >= {"SSJ-L014", "SSJ-O003", "written"}, said
