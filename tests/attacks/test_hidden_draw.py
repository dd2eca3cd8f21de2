"""Two draws and one published: hiding the first is refused, or seen by whoever kept a head of the ledger."""

import re
import shutil
from pathlib import Path
from typing import Final

import pytest

from ssj_core import ledger as ledgers
from tests.cli.bureau import Bureau, plan_text

DRAW: Final = "t-2021-key-1-1"


@pytest.fixture
def drawn(tmp_path: Path) -> Bureau:
    """The first draw is made, and did not please."""
    bureau = Bureau(tmp_path / "bureau").furnish()
    bureau.run("--batch", "key-1")
    return bureau


def head(bureau: Bureau) -> str:
    return ledgers.read((bureau.folder / ledgers.FILE).read_bytes()).head


def test_run_again_draws_nothing_again(drawn: Bureau) -> None:
    before = drawn.snapshot()
    drawn.run("--batch", "key-1", out=["已经抽过，不再抽取"])
    assert drawn.snapshot() == before


def test_the_folder_deleted_the_draw_is_missed_and_not_made_again(drawn: Bureau) -> None:
    shutil.rmtree(drawn.folder / "draws" / DRAW)
    drawn.run("--batch", "batch-1", code=3, err=["SSJ-L003", DRAW])
    drawn.play("verify", str(drawn.folder), code=3, out=[f"〇 每次抽取都在\n.*{DRAW}"], silent=["×"])


def test_the_ledger_deleted_the_program_refuses_to_begin_another(drawn: Bureau) -> None:
    (drawn.folder / ledgers.FILE).unlink()
    drawn.run("--batch", "key-1", code=3, err=["SSJ-L006", DRAW])


def test_the_ledger_cut_back_the_program_refuses_too(drawn: Bureau) -> None:
    path = drawn.folder / ledgers.FILE
    path.write_bytes(b"")
    drawn.run("--batch", "key-1", code=3, err=["SSJ-L006"])
    path.write_bytes(b"")
    drawn.play("verify", str(drawn.folder), code=1, out=["× 台账里有这次抽取"])


def test_another_name_for_the_batch_or_the_plan_is_refused(drawn: Bureau) -> None:
    drawn.write(plan=plan_text().replace('id = "key-1"', 'id = "key-1x"'))
    drawn.run("--batch", "key-1x", code=3, err=["SSJ-L008", DRAW])
    drawn.write(plan=plan_text().replace('id = "t-2021"', 'id = "u-2021"'))
    drawn.run("--batch", "key-1", code=3, err=["SSJ-L008", DRAW])


def test_void_and_again_shows_for_ever(drawn: Bureau) -> None:
    drawn.play("void", str(drawn.folder), DRAW, "--reason", "重抽一次")
    drawn.run("--batch", "key-1", there=["draws/t-2021-key-1-2", f"draws/{DRAW}"])
    drawn.play("verify", str(drawn.folder), out=[f"{DRAW}.*", "重抽一次"])
    drawn.play("ledger", "show", str(drawn.folder), out=["作废.*重抽一次"])


def test_all_deleted_and_begun_anew_only_the_published_head_tells(drawn: Bureau, tmp_path: Path) -> None:
    """Whoever kept the head that was printed when the first draw was made finds that this ledger never had it."""
    public = head(drawn)
    copy = tmp_path / "copy.jsonl"
    drawn.play("ledger", "export", str(drawn.folder), str(copy), out=[public])
    again = Bureau(tmp_path / "again").furnish()
    again.run("--batch", "key-1")
    again.check()
    assert head(again) != public
    again.play("ledger", "verify", str(again.folder), code=0)
    again.play("ledger", "verify", str(again.folder), "--head", public, code=1, err=["SSJ-L026", public])
    again.play("ledger", "verify", str(again.folder), "--against", str(copy), code=1, err=["SSJ-L023"])
    told = again.play("--lang", "en", "ledger", "verify", str(again.folder), "--head", public, code=1).stderr
    assert re.search("not in this ledger", told)


def test_honest_growth_keeps_every_head_that_ever_was(drawn: Bureau) -> None:
    heads = [head(drawn)]
    for batch in ("batch-1", "batch-2"):
        drawn.run("--batch", batch)
        heads.append(head(drawn))
    for number, public in zip((3, 6, 9), heads, strict=True):
        drawn.play("ledger", "verify", str(drawn.folder), "--head", public.upper(), out=[f"第 {number} 行之后"])
    drawn.play("ledger", "verify", str(drawn.folder), "--head", "0" * 63, code=2)
    drawn.check()
