"""Plays on a small disk that is full after a few pages more, in a mount namespace of its own; run by test_full_disk."""

import os
import re
import subprocess
import sys
from pathlib import Path

from click.testing import CliRunner, Result

from ssj_cli.main import group
from tests.cli.bureau import Bureau

DRAW = "t-2021-batch-1-1"
KB = 1024
ROOM = (0, 48, 96)
ENOUGH = 20_000


def play(disk: Path) -> None:
    """Every command with each of the rooms; raises `AssertionError` where something is half-written or lost."""
    for kb in ROOM:
        mount(disk, ENOUGH)
        bureau = Bureau(disk / "局").furnish(subjects=60, officers=12)
        step(disk, kb, bureau, "run", bureau.plan, "--batch", "batch-1")
        step(disk, kb, bureau, "lists", str(bureau.folder), DRAW)
        step(disk, kb, bureau, "forms", "print", str(bureau.folder), DRAW, "-o", str(bureau.folder / "表.docx"))
        step(disk, kb, bureau, "rosters", "clean", str(bureau.folder / "subjects.csv"), "-o", str(disk / "c.csv"))
        assert invoke("verify", str(bureau.folder)).exit_code == 0
        subprocess.run(["umount", str(disk)], check=True)


def step(disk: Path, kb: int, bureau: Bureau, *args: str) -> None:
    """One command on a full disk, then with room enough."""
    before = present(disk)
    size(disk, used(disk) + max(kb, 4))
    result = invoke(*args)
    size(disk, ENOUGH)
    if result.exit_code == 0:
        print(args[0], kb, "written")
        return
    assert result.exit_code == 3, result.output
    (code,) = set(re.findall("(SSJ-[A-Z][0-9]{3}) 错误", result.stderr))
    print(args[0], kb, code)
    left = present(disk) - before
    assert not any("aside" in name for name in left), left
    assert args[0] == "run" or not left, left
    again = invoke(*args)
    assert again.exit_code == 0, again.output
    assert bureau.folder.is_dir()


def invoke(*args: str) -> Result:
    """The programme, in this process."""
    result = CliRunner().invoke(group, list(args))
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def present(disk: Path) -> set[str]:
    """What lies on the disk."""
    return {str(p.relative_to(disk)) for p in disk.rglob("*")}


def used(disk: Path) -> int:
    """Kilobytes that are taken."""
    found = os.statvfs(disk)
    return (found.f_blocks - found.f_bfree) * found.f_frsize // KB


def mount(disk: Path, kb: int) -> None:
    """A disk of its own."""
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={kb}k", "none", str(disk)], check=True)


def size(disk: Path, kb: int) -> None:
    """Make it larger or smaller."""
    subprocess.run(["mount", "-o", f"remount,size={kb}k", str(disk)], check=True)


if __name__ == "__main__":
    play(Path(sys.argv[1]))
