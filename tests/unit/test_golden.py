"""What a release wrote verifies for ever."""

import subprocess
import sys
from pathlib import Path

import pytest

from ssj_core.verify import verify_folder
from ssj_core.verify.report import worst
from ssj_core.workspace import read_folder

GOLDEN = Path(__file__).resolve().parents[1] / "golden"
RELEASES = sorted(p.name for p in GOLDEN.iterdir() if (p / "ledger.jsonl").is_file())
HEADS = {"0.1.0": "d260cea185a0da6c272c16f7740560ed7486dff4a8a75fa368a26d01370d7c08"}
"""The head of each release's ledger: it fixes every byte of its draws."""


def test_every_release_is_known() -> None:
    assert sorted(HEADS) == RELEASES


@pytest.mark.parametrize("release", RELEASES)
def test_the_draws_of_a_release_hold(release: str) -> None:
    folder = GOLDEN / release
    draws = {p.name: read_folder(p) for p in sorted((folder / "draws").iterdir())}
    first, *reports = verify_folder(draws, (folder / "ledger.jsonl").read_bytes())
    assert worst(r.arithmetic for r in (first, *reports)) == "holds"
    assert {r.draw_id: r.level for r in reports} == dict.fromkeys(draws, "E2")
    assert HEADS[release] in first.summary[0].en


@pytest.mark.parametrize("release", RELEASES)
def test_the_verifier_laid_into_a_draw_finds_the_same(release: str) -> None:
    """The one of that release, run alone: the standard library is all it has."""
    for draw in sorted((GOLDEN / release / "draws").iterdir()):
        done = subprocess.run(
            [sys.executable, "-I", str(draw / "verify_ssj.py"), str(draw)], capture_output=True, check=False
        )
        assert done.returncode in (0, 3), done.stdout  # 3: a source of entropy it does not know
        assert "×".encode() not in done.stdout
